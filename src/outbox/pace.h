// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "outbox/problem.h"

#include <QDateTime>
#include <QList>

#include <chrono>
#include <limits>
#include <optional>

/// How much an account may send, and when it may go on. Plain values and pure functions; the numbers of what
/// was sent are counted by the store (Store::pace()).
namespace postrider::outbox {

/// Nothing: not known. 0: there is no limit.
struct PaceLimits
{
    std::optional<int> messagesPerMinute {};
    std::optional<int> messagesPerDay {};
    std::optional<int> recipientsPerMessage {}; ///< in one transaction; a longer list is split
    std::optional<int> recipientsPerDay {};

    friend bool operator==(const PaceLimits &, const PaceLimits &) = default;
};

/// What is known of an account's pace.
struct Pace
{
    /// Quotas are set by people and change; what a server said is believed for so long.
    static constexpr std::chrono::seconds LearntAge = std::chrono::days { 30 };
    /// No server's word closes an account for longer; a time further ahead was noted before the computer's
    /// clock was put back.
    static constexpr std::chrono::seconds LongestClosing = std::chrono::hours { 25 };

    PaceLimits chosen {};     ///< by a person
    PaceLimits learnt {};     ///< from replies
    QDateTime learntAt {};    ///< UTC; null: nothing was learnt
    QDateTime closedUntil {}; ///< UTC; the server wants nothing before; null: it did not say so
    Problem closedBy {};      ///< its words

    /// What counts at a time: the person's number where there is one, otherwise what was learnt and is not
    /// too old.
    [[nodiscard]] PaceLimits inForce(const QDateTime &now) const;
    friend bool operator==(const Pace &, const Pace &) = default;
};

/// Messages are transactions here: a list that was split counts as often. Recipients are those who may have
/// got it: accepted, or in doubt.
struct SentCount
{
    int messages = 0;
    int recipients = 0;

    friend bool operator==(const SentCount &, const SentCount &) = default;
};

/// What was sent in a few seconds.
struct SentSlot
{
    static constexpr std::chrono::milliseconds Length = std::chrono::seconds { 5 };

    QDateTime start {}; ///< UTC
    SentCount sent {};
};

/// Whether an account may send now, and how much.
struct PaceVerdict
{
    static constexpr int Unlimited = std::numeric_limits<int>::max();

    int messages = Unlimited;   ///< that may be begun now
    int recipients = Unlimited; ///< of all of them together
    /// Why it may not go on: kind PaceReached with the limit that is in force the longest. None: it may.
    Problem reached {};
    QDateTime goesOn {}; ///< UTC, with `reached`

    [[nodiscard]] bool mayGoOn() const { return reached.isNone(); }
};

/**
 * Judges by what was sent in the last minute and the last 24 hours, counted back from now.
 *
 * @param sent     of the last 24 hours, oldest first; slots of a time that has not come are left out
 * @param underWay what was begun and has no outcome yet; counts as sent now
 */
[[nodiscard]] PaceVerdict judgePace(const Pace &pace, const QList<SentSlot> &sent, const SentCount &underWay,
                                    const QDateTime &now);

/// What was sent within a time before now.
[[nodiscard]] SentCount sentWithin(const QList<SentSlot> &sent, std::chrono::seconds time,
                                   const QDateTime &now);

/// When the day's quota may be open again for an account whose server closed it without saying for how long:
/// when the first message of the last 24 hours is a day old, so that nobody tries every two hours in vain; in
/// an hour when it sent none itself. Never more than LongestClosing ahead.
[[nodiscard]] QDateTime dayQuotaOpens(const QList<SentSlot> &sent, const QDateTime &now);

} // namespace postrider::outbox
