// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "cli/arguments.h"

#include <QStringList>

#include <optional>

namespace postrider::cli {

/**
 * What stands for `sendmail` among the arguments of postrider-cli: its command line without that word.
 * Nothing when another command is meant. The word may follow --profile, --account and the other options of
 * two hyphens.
 */
[[nodiscard]] std::optional<QStringList> sendmailArguments(const QStringList &arguments);

/**
 * Understands the command line of /usr/sbin/sendmail as the programs that call it write it: options of one
 * letter, together (-ti) or with a value attached or behind them (-fA, -f A), also after recipients; `--`
 * ends them. What only tunes another mail system is passed over. What would not send the message of standard
 * input (listening, queue runs, listings) is UsageError::Kind::ModeRefused.
 *
 * --profile, --account, --json, --help and --version are this program's own and have the same meaning as
 * elsewhere; --wait says how long the one try may take.
 */
[[nodiscard]] base::Expected<Invocation, UsageError> parseSendmailArguments(const QStringList &arguments);

} // namespace postrider::cli
