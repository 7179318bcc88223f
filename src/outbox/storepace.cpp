// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/storeprivate.h"

#include <chrono>

namespace postrider::outbox {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds Minute = 1min;
constexpr std::chrono::seconds Day = 24h;

/// Slots that began earlier may still reach into the time.
[[nodiscard]] QDateTime slotsFrom(const QDateTime &now, std::chrono::seconds time)
{
    return now.addSecs(-time.count()).addMSecs(-SentSlot::Length.count());
}

void replaceKnown(std::optional<int> &former, const std::optional<int> &now)
{
    if (now) {
        former = now;
    }
}

} // namespace

Result<PaceVerdict> Store::Private::judge(const QString &accountId)
{
    const auto pace = paces.pace(accountId);
    if (!pace) {
        return base::Unexpected(pace.error());
    }
    const QDateTime now = clock.now();
    const PaceLimits limits = pace->inForce(now);
    const bool hasDayLimit = limits.messagesPerDay || limits.recipientsPerDay;
    if (!hasDayLimit && !limits.messagesPerMinute) {
        return judgePace(*pace, {}, {}, now);
    }
    const auto sent = paces.sentSince(accountId, slotsFrom(now, hasDayLimit ? Day : Minute));
    if (!sent) {
        return base::Unexpected(sent.error());
    }
    const auto underWay = table.underWay(accountId);
    if (!underWay) {
        return base::Unexpected(underWay.error());
    }
    return judgePace(*pace, *sent, *underWay, now);
}

Result<void> Store::Private::noteSent(const SentCounts &counts)
{
    for (auto account = counts.cbegin(); account != counts.cend(); ++account) {
        if (const auto added = paces.addSent(account.key(), account.value(), clock.now()); !added) {
            return added;
        }
    }
    return {};
}

Result<AccountHold> Store::Private::shownHold(const QString &accountId)
{
    auto hold = accounts.hold(accountId);
    if (!hold || hold->state == AccountHold::State::Held
        || (hold->state == AccountHold::State::Waiting && !isOver(hold->until))) {
        return hold;
    }
    const auto verdict = judge(accountId);
    if (!verdict) {
        return base::Unexpected(verdict.error());
    }
    if (!verdict->mayGoOn()) {
        hold->state = AccountHold::State::Waiting;
        hold->problem = verdict->reached;
        if (hold->problem.host.isEmpty()) {
            const auto facts = accounts.facts(accountId);
            hold->problem.host = facts && *facts ? (*facts)->host : QString();
        }
        hold->until = verdict->goesOn;
    }
    return hold;
}

Result<PaceReport> Store::pace(const QString &accountId) const
{
    Transaction transaction(*d->database);
    if (const auto begun = transaction.begin(Transaction::Purpose::Read); !begun) {
        return base::Unexpected(begun.error());
    }
    const QDateTime now = d->clock.now();
    auto pace = d->paces.pace(accountId);
    if (!pace) {
        return base::Unexpected(pace.error());
    }
    const auto sent = d->paces.sentSince(accountId, slotsFrom(now, Day));
    if (!sent) {
        return base::Unexpected(sent.error());
    }
    const auto underWay = d->table.underWay(accountId);
    if (!underWay) {
        return base::Unexpected(underWay.error());
    }
    PaceReport report;
    report.verdict = judgePace(*pace, *sent, *underWay, now);
    report.pace = *std::move(pace);
    report.lastMinute = sentWithin(*sent, Minute, now);
    report.lastDay = sentWithin(*sent, Day, now);
    report.dayQuotaOpens = dayQuotaOpens(*sent, now);
    return report;
}

Result<void> Store::setPace(const QString &accountId, const PaceLimits &chosen)
{
    return d->paces.setChosen(accountId, chosen);
}

Result<void> Store::learnPace(const QString &accountId, const LearntPace &learnt)
{
    Transaction transaction(*d->database);
    if (const auto begun = transaction.begin(Transaction::Purpose::Write); !begun) {
        return begun;
    }
    auto pace = d->paces.pace(accountId);
    if (!pace) {
        return base::Unexpected(pace.error());
    }
    const QDateTime now = d->clock.now();
    PaceLimits known = pace->learnt;
    replaceKnown(known.messagesPerMinute, learnt.limits.messagesPerMinute);
    replaceKnown(known.messagesPerDay, learnt.limits.messagesPerDay);
    replaceKnown(known.recipientsPerMessage, learnt.limits.recipientsPerMessage);
    replaceKnown(known.recipientsPerDay, learnt.limits.recipientsPerDay);
    pace->learnt = known;
    pace->learntAt = now;
    pace->closedUntil = learnt.closedUntil;
    pace->closedBy = learnt.problem;
    pace->closedBy.kind = Problem::Kind::PaceReached;
    if (const auto stored = d->paces.setLearnt(accountId, *pace); !stored) {
        return stored;
    }
    return transaction.commit();
}

} // namespace postrider::outbox
