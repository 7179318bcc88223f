// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/postofficeprivate.h"

#include <algorithm>

namespace postrider::delivery {

using base::Unexpected;
using outbox::Result;

void PostOffice::setRules(const QString &id, const accounts::Rules &rules, QObject *context,
                          Answer<accounts::Account> answer)
{
    std::optional<accounts::Account> target = account(id);
    if (!target || target->isPractice()) {
        accounts::AccountError error;
        error.kind = accounts::AccountError::Kind::NoSuchAccount;
        answer(Unexpected(Trouble(error)));
        return;
    }
    target->inDoubtRule = rules.inDoubt.value_or(target->inDoubtRule);
    target->partialRecipients = rules.partialRecipients.value_or(target->partialRecipients);
    target->laterDelivery = rules.laterDelivery.value_or(target->laterDelivery);
    d->storeThread->read(
        context, [changed = *target](Disk &disk) { return disk.accounts.update(changed); },
        [this, changed = *target, answer](const base::Expected<void, accounts::AccountError> &updated) {
            if (!updated) {
                answer(Unexpected(Trouble(updated.error())));
                return;
            }
            std::replace_if(
                d->accounts.begin(), d->accounts.end(),
                [&changed](const accounts::Account &known) { return known.id == changed.id; }, changed);
            d->announceAccounts();
            Q_EMIT accountsChanged();
            if (!d->isDelivering)
                wakeDeliverer();
            answer(changed);
        });
}

void PostOffice::accountHold(const QString &id, QObject *context, Answer<outbox::AccountHold> answer)
{
    d->storeThread->read(
        context, [id](Disk &disk) { return disk.store->accountHold(id); },
        [answer](Result<outbox::AccountHold> &&hold) { answer(orTrouble(std::move(hold))); });
}

void PostOffice::pace(const QString &id, QObject *context, Answer<outbox::PaceReport> answer)
{
    d->storeThread->read(
        context, [id](Disk &disk) { return disk.store->pace(id); },
        [answer](Result<outbox::PaceReport> &&report) { answer(orTrouble(std::move(report))); });
}

void PostOffice::setPace(const QString &id, const outbox::PaceLimits &chosen, QObject *context,
                         Answer<void> answer)
{
    d->storeThread->change(
        context, [id, chosen](Disk &disk) { return disk.store->setPace(id, chosen); },
        [answer](Result<void> &&set) { answer(orTrouble(std::move(set))); });
}

void PostOffice::serverFacts(const QString &id, QObject *context,
                             Answer<std::optional<outbox::ServerFacts>> answer)
{
    d->storeThread->read(
        context, [id](Disk &disk) { return disk.store->facts(id); },
        [answer](Result<std::optional<outbox::ServerFacts>> &&facts) {
            answer(orTrouble(std::move(facts)));
        });
}

void PostOffice::serverHabits(const QString &id, QObject *context,
                              Answer<std::optional<outbox::LearntHabits>> answer)
{
    d->storeThread->read(
        context, [id](Disk &disk) { return disk.store->habits(id); },
        [answer](Result<std::optional<outbox::LearntHabits>> &&habits) {
            answer(orTrouble(std::move(habits)));
        });
}

void PostOffice::forgetServerFacts(const QString &id, QObject *context, Answer<void> answer)
{
    d->storeThread->change(
        context, [id](Disk &disk) { return disk.store->forgetServer(id); },
        [answer](Result<void> &&forgotten) { answer(orTrouble(std::move(forgotten))); });
}

} // namespace postrider::delivery
