// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "outbox/message.h"
#include "outbox/problem.h"
#include "smtp/serverhabits.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

#include <chrono>

/// What the outbox keeps about an account as a whole.
namespace postrider::outbox {

/// What an account's server offered at the last successful sign-in. One that offers less is not trusted; only
/// a person can say that less is right (Store::forgetServer()). It never gets too old.
struct ServerFacts
{
    QString host {};
    quint16 port = 0;
    QString tls {};                  ///< "TLS 1.3"; empty: not encrypted
    QList<QByteArray> mechanisms {}; ///< for signing in, as offered
    qint64 size = 0;                 ///< octets; 0: not stated
    QDateTime learnt {};             ///< UTC; no part of the comparison

    friend bool operator==(const ServerFacts &one, const ServerFacts &other)
    {
        return one.host == other.host && one.port == other.port && one.tls == other.tls
            && one.mechanisms == other.mechanisms && one.size == other.size;
    }
};

/// What an account's server turned out to stand, so that the next connection need not find it out again.
/// Nothing here is about security: when it is forgotten, the server is tried with everything that it offers.
struct LearntHabits
{
    /// Servers are mended or replaced; what one did not stand it is offered again after this time.
    static constexpr std::chrono::seconds HabitsAge = std::chrono::days { 30 };
    /// Numbers are set by people, and changed more often.
    static constexpr std::chrono::seconds RecipientsAge = std::chrono::days { 7 };

    QString host {};
    quint16 port = 0;
    smtp::ServerHabits habits {};
    QDateTime habitsLearnt {};     ///< UTC; null: nothing is known
    int recipientLimit = 0;        ///< it said that more are too many for one transaction; 0: it did not
    int recipientsTaken = 0;       ///< the most that it took in one transaction without complaint
    QDateTime recipientsLearnt {}; ///< UTC; of both numbers

    friend bool operator==(const LearntHabits &, const LearntHabits &) = default;

    /// Drops what is too old, or from a time that the computer's clock has not reached.
    void forgetOld(const QDateTime &now);
};

/// Trouble that belongs to an account as a whole, kept once for all its messages.
struct AccountHold
{
    enum class State {
        Ready,
        Waiting, ///< tries again by itself at `until`
        Held,    ///< a person must act
    };
    State state = State::Ready;
    Problem problem {};
    int failures = 0;   ///< in a row
    QDateTime until {}; ///< UTC, with Waiting
    int releases = 0;   ///< how often a person has let the account go; counted by the store
};

/// A try that failed before any message was begun, for the history of the message that it was made for.
struct FailedTry
{
    MessageId message {};
    QDateTime started {};
    Attempt attempt {}; ///< how it went; the store knows when it ended, and whether its transcript is kept
};

} // namespace postrider::outbox
