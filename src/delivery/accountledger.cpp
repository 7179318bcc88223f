// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/accountledger.h"

#include "delivery/problems.h"
#include "outbox/retrypolicy.h"

#include <algorithm>

namespace postrider::delivery {

using outbox::AccountHold;
using outbox::Result;

namespace {

enum class Failures { CountOn, Forgotten };

Result<void> clearHold(outbox::Store &store, const QString &account, Failures failures)
{
    const bool forgets = failures == Failures::Forgotten;
    const auto hold = store.accountHold(account);
    if (hold && hold->state == AccountHold::State::Ready && (!forgets || hold->failures == 0))
        return {};
    AccountHold over;
    over.failures = hold && !forgets ? hold->failures : 0;
    return store.setAccountHold(account, over);
}

} // namespace

Result<AccountKnowledge> readKnowledge(Disk &disk, const QString &account)
{
    AccountKnowledge knowledge;
    // Without the facts nobody could say whether the server offers less than before.
    Result<std::optional<outbox::ServerFacts>> facts = disk.store->facts(account);
    if (!facts)
        return base::Unexpected(facts.error());
    knowledge.facts = std::move(*facts);
    knowledge.habits = disk.store->habits(account).value_or(std::nullopt);
    const Result<AccountHold> hold = disk.store->accountHold(account);
    if (!hold)
        return base::Unexpected(hold.error());
    knowledge.releases = hold->releases;
    return knowledge;
}

Result<void> writeEndings(Disk &disk, const QString &account, const QList<outbox::EndedAttempt> &attempts)
{
    if (attempts.isEmpty())
        return {};
    if (Result<void> finished = disk.store->finish(attempts); !finished)
        return finished;
    const bool anyTaken
        = std::any_of(attempts.begin(), attempts.end(), [](const outbox::EndedAttempt &ended) {
              return ended.outcome.reachedMail && accountEffect(ended.outcome.problem) == AccountEffect::None;
          });
    // Only a count of past failures is at stake: it is no reason to write the outcomes again.
    if (anyTaken)
        static_cast<void>(clearHold(*disk.store, account, Failures::Forgotten));
    return {};
}

Result<void> writeLesson(Disk &disk, const QString &account, const LearntLesson &learnt, const QDateTime &now)
{
    const Result<outbox::PaceReport> known = disk.store->pace(account);
    if (!known)
        return base::Unexpected(known.error());
    return disk.store->learnPace(account,
                                 { .limits = learnt.lesson.limits,
                                   .closedUntil = paceOpens(learnt.lesson, *known, now),
                                   .problem = learnt.problem });
}

Result<void> writeSignedIn(Disk &disk, const QString &account,
                           const std::optional<outbox::ServerFacts> &facts)
{
    if (facts) {
        if (Result<void> learnt = disk.store->setFacts(account, *facts); !learnt)
            return learnt;
    }
    return clearHold(*disk.store, account, Failures::CountOn);
}

Result<void> releaseUnreached(Disk &disk, const QStringList &accounts)
{
    for (const QString &account : accounts) {
        const Result<AccountHold> hold = disk.store->accountHold(account);
        if (!hold)
            return base::Unexpected(hold.error());
        if (hold->state != AccountHold::State::Waiting || !isOfTheNetwork(hold->problem))
            continue;
        if (Result<void> released = clearHold(*disk.store, account, Failures::CountOn); !released)
            return released;
    }
    return {};
}

Result<void> writeTrouble(Disk &disk, const QString &account, const AccountTrouble &trouble)
{
    const outbox::Problem &problem = trouble.failed.attempt.problem;
    const Result<AccountHold> before = disk.store->accountHold(account);
    if (!before)
        return base::Unexpected(before.error());
    AccountHold hold;
    hold.problem = problem;
    hold.failures = before->failures + 1;
    hold.releases = trouble.releases.value_or(before->releases);
    if (accountEffect(problem) == AccountEffect::Held) {
        hold.state = AccountHold::State::Held;
    } else {
        hold.state = AccountHold::State::Waiting;
        hold.until = trouble.now.addSecs(outbox::serverBackoff(hold.failures, trouble.jitter).count());
    }
    return disk.store->failTry(account, hold, trouble.failed);
}

} // namespace postrider::delivery
