// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "delivery/words/words.h"
#include "outbox/message.h"
#include "outbox/problem.h"

#include <QList>

namespace postrider::cli {

/// What the process ends with: sysexits.h, and two of our own.
enum class ExitCode : int {
    Done = 0,
    Usage = 64,
    BadData = 65, ///< an address, a message or a file to send cannot be used
    RecipientsRefused = 67,
    HostUnknown = 68,
    Refused = 69, ///< for good, or not possible
    Bug = 70,
    LocalStorage = 74,
    TryLater = 75, ///< nothing is lost: a message that was queued stays so
    Protocol = 76, ///< encryption or certificate included
    SignInRefused = 77,
    Configuration = 78, ///< no account, or no secret for it
    InDoubt = 79,
    PartlyRefused = 80,
};

[[nodiscard]] ExitCode exitCode(const outbox::Problem &problem);
[[nodiscard]] ExitCode exitCode(const delivery::Trouble &trouble);
[[nodiscard]] ExitCode exitCode(const oauth::SignInFailure &failure);

/**
 * Of a message in the outbox, whatever became of it so far: Done only when every recipient's server has it.
 * One that is still on its way is TryLater; one that waits or is held has the code of the reason when that
 * lies with the server's name, encryption or the account.
 */
[[nodiscard]] ExitCode exitCode(const outbox::MessageSummary &message);

/**
 * Of recipients, perhaps of several messages, that are not tried again: in doubt first, then what may be
 * tried later (or the problem's own code), then partly and wholly refused.
 */
[[nodiscard]] ExitCode exitCode(const QList<outbox::Recipient> &recipients, const outbox::Problem &problem);

} // namespace postrider::cli
