// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/postofficeprivate.h"
#include "delivery/signinproof.h"
#include "mime/address/mailbox.h"

#include <QPointer>
#include <QUuid>

#include <algorithm>

namespace postrider::delivery {

using base::Unexpected;
using outbox::Result;

QByteArray reversePathOf(const accounts::Account &account)
{
    const auto mailbox = mime::parseMailbox(account.email);
    const auto wire = mailbox ? mime::wireAddress(*mailbox) : base::Unexpected(mailbox.error());
    return wire ? *wire : account.email.toUtf8();
}

void PostOffice::addAccount(const accounts::Account &account, base::Secret password, Proof proof,
                            QObject *context, Answer<accounts::Account> answer)
{
    accounts::Account named = account;
    named.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    if (proof == Proof::None) {
        d->save(named, std::move(password), context, std::move(answer));
        return;
    }
    // The proof runs beside the courier, in the network thread; its answer comes back into this one.
    auto kept = std::make_shared<base::Secret>(password.clone());
    auto sent = std::make_shared<base::Secret>(std::move(password));
    const QPointer<QObject> asker(context);
    auto conclude = [this, named, kept, asker, answer](std::optional<outbox::Problem> problem) {
        QMetaObject::invokeMethod(this, [this, named, kept, asker, answer, problem] {
            if (!asker)
                return;
            if (problem)
                answer(Unexpected(Trouble(*problem)));
            else
                d->save(named, std::move(*kept), asker, answer);
        });
    };
    auto *starter = new QObject;
    starter->moveToThread(&d->networkThread);
    QMetaObject::invokeMethod(starter, [starter, named, sent, &clock = d->clock, conclude] {
        auto *signIn = new SignInProof(named, reversePathOf(named), std::move(*sent), clock, conclude);
        // The office may close before the server answers.
        QObject::connect(QThread::currentThread(), &QThread::finished, signIn, &QObject::deleteLater);
        signIn->start();
        starter->deleteLater();
    });
}

void PostOffice::Private::save(accounts::Account account, base::Secret password, QObject *context,
                               Answer<accounts::Account> answer)
{
    if (account.user.isEmpty()) {
        write(account, context, std::move(answer));
        return;
    }
    const secrets::SecretKey key { .accountId = account.id,
                                   .kind = secrets::SecretKey::Kind::Password,
                                   .host = account.server.host };
    secretStore.write(
        key, std::move(password), context,
        [this, account, context, answer](const base::Expected<void, secrets::SecretError> &written) {
            if (!written)
                answer(Unexpected(Trouble(written.error())));
            else
                write(account, context, answer);
        });
}

void PostOffice::Private::write(const accounts::Account &account, QObject *context,
                                Answer<accounts::Account> answer)
{
    storeThread->read(
        context, [account](Disk &disk) { return disk.accounts.add(account); },
        [this, account, context, answer](const base::Expected<void, accounts::AccountError> &added) {
            if (!added) {
                const secrets::SecretKey key { .accountId = account.id,
                                               .kind = secrets::SecretKey::Kind::Password,
                                               .host = account.server.host };
                secretStore.remove(key, context, [](const base::Expected<void, secrets::SecretError> &) {});
                answer(Unexpected(Trouble(added.error())));
                return;
            }
            accounts.append(account);
            announceAccounts();
            Q_EMIT q->accountsChanged();
            answer(account);
        });
}

void PostOffice::removeAccount(const QString &id, QObject *context, Answer<void> answer)
{
    const std::optional<accounts::Account> removed = account(id);
    d->storeThread->read(
        context, [id](Disk &disk) { return disk.accounts.remove(id); },
        [this, id, removed, context, answer](base::Expected<void, accounts::AccountError> &&done) {
            if (!done) {
                answer(orTrouble(std::move(done)));
                return;
            }
            d->accounts.removeIf([&id](const accounts::Account &account) { return account.id == id; });
            d->announceAccounts();
            Q_EMIT accountsChanged();
            if (!removed || removed->user.isEmpty()) {
                answer({});
                return;
            }
            d->secretStore.remove(
                { .accountId = id, .kind = secrets::SecretKey::Kind::Password, .host = removed->server.host },
                context, [answer](const base::Expected<void, secrets::SecretError> &forgotten) {
                    if (forgotten)
                        answer({});
                    else
                        answer(Unexpected(Trouble(forgotten.error())));
                });
        });
}

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

void PostOffice::setPassword(const QString &id, base::Secret password, QObject *context, Answer<void> answer)
{
    const std::optional<accounts::Account> target = account(id);
    if (!target) {
        accounts::AccountError error;
        error.kind = accounts::AccountError::Kind::NoSuchAccount;
        answer(Unexpected(Trouble(error)));
        return;
    }
    d->secretStore.write(
        { .accountId = id, .kind = secrets::SecretKey::Kind::Password, .host = target->server.host },
        std::move(password), context,
        [this, id, context, answer](const base::Expected<void, secrets::SecretError> &written) {
            if (!written) {
                answer(Unexpected(Trouble(written.error())));
                return;
            }
            d->storeThread->change(
                context, [id](Disk &disk) { return disk.store->releaseAccount(id); },
                [answer](Result<void> &&released) { answer(orTrouble(std::move(released))); });
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
