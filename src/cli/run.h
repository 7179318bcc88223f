// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QString>
#include <QStringList>

namespace postrider::cli {

/// Whether the arguments (without the program's name) ask for sending past the outbox, which uses no
/// keychain. Needs no QCoreApplication.
[[nodiscard]] bool isDirectDelivery(const QString &program, const QStringList &arguments);

/**
 * Does what the arguments (without the program's name) ask for and returns the process's exit code. Called by
 * the name "sendmail" it is that. Runs the application's event loop; needs a QCoreApplication that has its
 * name.
 */
[[nodiscard]] int run(const QString &program, const QStringList &arguments);

} // namespace postrider::cli
