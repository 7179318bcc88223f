// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace postrider::mime {

/// The name under which a file may travel: the last element of a path of any system, without control
/// characters and without those that turn the direction of text. Never empty.
[[nodiscard]] QString safeFileName(const QString &name);

/// The filename parameter of Content-Disposition, in as many pieces as it takes to stay within 76 columns:
/// quoted when it is short ASCII, else in the form of RFC 2231. No semicolon behind the last piece.
[[nodiscard]] QList<QByteArray> fileNameParameter(const QString &fileName);

/// The name parameter of Content-Type, for the readers that do not know RFC 2231: one encoded word within
/// quotes (against RFC 2047 section 5, but what these readers expect), or plain ASCII that resembles a longer
/// name.
[[nodiscard]] QByteArray nameParameter(const QString &fileName);

} // namespace postrider::mime
