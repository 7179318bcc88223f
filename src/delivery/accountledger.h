// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "delivery/pacelesson.h"
#include "delivery/storethread.h"
#include "outbox/accountrecords.h"
#include "outbox/store.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

/// What a run reads and writes about its account. In the store thread only.
namespace postrider::delivery {

/// What is known before the first word to an account's server.
struct AccountKnowledge
{
    std::optional<outbox::ServerFacts> facts {};
    std::optional<outbox::LearntHabits> habits {};
    std::optional<int> releases {}; ///< AccountHold::releases
};
[[nodiscard]] outbox::Result<AccountKnowledge> readKnowledge(Disk &disk, const QString &account);

/// Ends attempts with one commit. A server that took a message has no failures in a row any more.
[[nodiscard]] outbox::Result<void> writeEndings(Disk &disk, const QString &account,
                                                const QList<outbox::EndedAttempt> &attempts);
/// A reply was about the account's pace.
struct LearntLesson
{
    PaceLesson lesson {};
    outbox::Problem problem {}; ///< as paceProblem() gives it
};
[[nodiscard]] outbox::Result<void> writeLesson(Disk &disk, const QString &account, const LearntLesson &learnt,
                                               const QDateTime &now);
/// The server let us in: whatever kept the account back is over. That it also takes messages shows with the
/// first one; until then the failures count on, or the waits would never grow. Facts only when they are news.
[[nodiscard]] outbox::Result<void> writeSignedIn(Disk &disk, const QString &account,
                                                 const std::optional<outbox::ServerFacts> &facts);

/// The network has changed: accounts whose server could not be reached may go at once. A server's own word
/// (busy, its pace) and what a person must mend stay; so does the number of failures, until one succeeds.
[[nodiscard]] outbox::Result<void> releaseUnreached(Disk &disk, const QStringList &accounts);

/// A run that ended by the account's trouble.
struct AccountTrouble
{
    outbox::FailedTry failed {}; ///< its message is empty when attempts tell the story already
    /// As they were when the run began, if it came so far as to read them.
    std::optional<int> releases {};
    QDateTime now {};
    double jitter = 0; ///< -1 to 1
};
/// Holds the account, or lets it wait, by the problem.
[[nodiscard]] outbox::Result<void> writeTrouble(Disk &disk, const QString &account,
                                                const AccountTrouble &trouble);

} // namespace postrider::delivery
