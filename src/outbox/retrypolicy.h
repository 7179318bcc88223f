// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QDateTime>

#include <chrono>
#include <optional>

namespace postrider::outbox {

/**
 * When to try again after something temporary: 1, 5, 15 and 30 minutes after the first failures, then every 2
 * hours, each with up to 20 % jitter, until 5 days after the message was queued (RFC 5321 section 4.5.4.1
 * leaves the first steps to those who know the cause).
 *
 * @param failures how many tries failed so far, at least 1
 * @param jitter   a number in [-1, 1], the caller's dice
 * @return nothing when the time is up: the message has failed
 */
[[nodiscard]] std::optional<QDateTime> nextAttempt(int failures, const QDateTime &queued,
                                                   const QDateTime &now, double jitter);

/// The same steps without an end, for a server that is in trouble; counted once for all its messages.
[[nodiscard]] std::chrono::seconds serverBackoff(int failures, double jitter);

/// No wait of the schedule is longer.
[[nodiscard]] std::chrono::seconds longestBackoff();

} // namespace postrider::outbox
