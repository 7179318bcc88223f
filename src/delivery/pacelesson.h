// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "outbox/pace.h"
#include "outbox/store.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <optional>

/// What servers say about how much an account may send. Pure functions.
namespace postrider::delivery {

struct PaceLesson
{
    /// Until when the server wants nothing more.
    enum class Closed {
        ForAMoment, ///< it was too fast
        ForTheHour,
        ForTheDay,
    };
    Closed closed = Closed::ForAMoment;
    outbox::PaceLimits limits {}; ///< numbers that the reply names

    friend bool operator==(const PaceLesson &, const PaceLesson &) = default;
};

/**
 * Whether a refusal is about the sender's own pace, and what it tells.
 *
 * By its enhanced code: X.7.28 (too fast) and 5.4.5 (the day's quota), as large providers use them. Otherwise
 * by its words, since most servers say it only there, and many with a code that would be a refusal for good.
 * A recipient's full mailbox or too much mail for a recipient is nothing of the kind, nor are too many
 * recipients in one transaction or too many connections.
 */
[[nodiscard]] std::optional<PaceLesson> paceLesson(int code, const QByteArray &enhanced, const QString &text);
/// The same for a refusal that ended a transaction or a session; signing in has paces of its own.
[[nodiscard]] std::optional<PaceLesson> paceLesson(const outbox::Problem &refusal);

/**
 * Takes what is only about the account's pace out of an attempt's outcome: those recipients are as if they
 * had not been tried, and when nobody else was decided, so is the message. The outcome's problem is then
 * PaceReached. Nothing when there is nothing of the kind.
 */
[[nodiscard]] std::optional<PaceLesson> takePaceLesson(outbox::AttemptOutcome &outcome);

/// The server's refusal of the whole account for a time.
[[nodiscard]] outbox::Problem paceProblem(const outbox::Problem &refusal, const PaceLesson &lesson);

/// When to go on. Who is too fast again right after a wait waits twice as long, up to an hour.
[[nodiscard]] QDateTime paceOpens(const PaceLesson &lesson, const outbox::PaceReport &known,
                                  const QDateTime &now);

} // namespace postrider::delivery
