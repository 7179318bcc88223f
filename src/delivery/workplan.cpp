// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/workplan.h"

#include <QLoggingCategory>

#include <algorithm>

namespace postrider::delivery {

using outbox::AccountHold;
using outbox::HoldReason;
using outbox::MessageSummary;
using outbox::Result;

namespace {

Q_LOGGING_CATEGORY(logDelivery, "postrider.delivery", QtInfoMsg)

/// What can be taken back was added within the last two minutes, so that it is among the newest.
constexpr int NewestRows = 16;

/// The earlier one; null stands for never.
QDateTime earlier(const QDateTime &one, const QDateTime &other)
{
    if (one.isNull() || other.isNull())
        return one.isNull() ? other : one;
    return std::min(one, other);
}

/// Sends again what the accounts' rules say; when the next one is old enough.
QDateTime resend(outbox::Store &store, const QStringList &accounts)
{
    QDateTime next;
    for (const QString &account : accounts) {
        if (const Result<QDateTime> found = store.resendInDoubt(account, ResendAge))
            next = earlier(next, *found);
        else
            qCWarning(logDelivery) << "What is in doubt could not be sent again:" << found.error().reason;
    }
    return next;
}

bool mayGo(const AccountHold &hold, const QDateTime &now)
{
    return hold.state == AccountHold::State::Ready
        || (hold.state == AccountHold::State::Waiting && hold.until <= now);
}

/// Queues what servers may keep until its time. What cannot be queued leaves from here.
void handOverEarly(outbox::Store &store, const QHash<QString, QDateTime> &keptByServer, const QDateTime &now)
{
    for (auto account = keptByServer.cbegin(); account != keptByServer.cend(); ++account) {
        const Result<AccountHold> hold = store.accountHold(account.key());
        if (!hold || !mayGo(*hold, now))
            continue;
        const Result<int> queued
            = store.queueScheduled(account.key(), now.addSecs(ShortestKeeping.count()), account.value());
        if (!queued)
            qCWarning(logDelivery) << "Nothing could be handed over before its time:"
                                   << queued.error().reason;
    }
}

/// Held messages that are about to leave, one for each account. None when it cannot be said: they leave all
/// the same.
QList<MessageSummary> leavingSoon(const outbox::Store &store, const QDateTime &now)
{
    QList<MessageSummary> soon;
    const Result<QList<MessageSummary>> newest = store.list(NewestRows);
    if (!newest)
        return soon;
    const QDateTime horizon = now.addSecs(PreparationTime.count());
    for (const MessageSummary &message : *newest) {
        const bool leaves = message.hold == HoldReason::Undo || message.hold == HoldReason::Scheduled;
        if (!leaves || message.nextAttempt.isNull() || message.nextAttempt <= now
            || message.nextAttempt > horizon)
            continue;
        const Result<AccountHold> hold = store.accountHold(message.accountId);
        const bool isNamed = std::any_of(soon.cbegin(), soon.cend(), [&message](const MessageSummary &other) {
            return other.accountId == message.accountId;
        });
        if (!isNamed && hold && mayGo(*hold, now))
            soon.append(message);
    }
    return soon;
}

/// When the first of these comes near enough to be prepared; it is looked for only if something is planned.
QDateTime preparation(const QDateTime &next, const QDateTime &now)
{
    const QDateTime begin = next.addSecs(-PreparationTime.count());
    return begin > now ? begin : next;
}

} // namespace

Result<WorkPlan> planWork(Disk &disk, const AccountRules &rules, const QDateTime &now)
{
    outbox::Store &store = *disk.store;
    WorkPlan plan;
    const QDateTime nextDoubt = resend(store, rules.resending);
    handOverEarly(store, rules.keptByServer, now);
    Result<QList<MessageSummary>> due = store.due();
    if (!due)
        return base::Unexpected(due.error());
    plan.due = *std::move(due);
    const Result<QDateTime> next = store.nextDue();
    if (!next)
        return base::Unexpected(next.error());
    plan.next = *next;
    if (next->isValid() && *next > now) {
        if (now.secsTo(*next) <= PreparationTime.count())
            plan.soon = leavingSoon(store, now);
        plan.next = preparation(*next, now);
    }
    plan.next = earlier(plan.next, nextDoubt);
    return plan;
}

} // namespace postrider::delivery
