// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "cli/arguments.h"

#include <QString>

namespace postrider::cli {

/// The page for a command ("account add"), a family of commands ("account") or, empty, the whole program.
[[nodiscard]] QString helpPage(const QString &command);

/// "postrider-cli 0.1.0 (v0.1.0-3-g1234567)".
[[nodiscard]] QString versionLine();

/// What is wrong with the arguments, and where to read on. Values are quoted, except that of an option that
/// does not exist: it may be a secret.
[[nodiscard]] QString sentence(const UsageError &error);
[[nodiscard]] QString helpHint(const UsageError &error);

} // namespace postrider::cli
