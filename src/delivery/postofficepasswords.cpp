// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/postofficeprivate.h"

#include <algorithm>
#include <utility>

namespace postrider::delivery {

using accounts::Account;
using accounts::AccountError;
using base::Secret;
using base::Unexpected;
using outbox::Problem;
using outbox::Result;
using secrets::SecretError;
using secrets::SecretKey;

namespace {

bool isKeychainTrouble(const Problem &problem)
{
    return problem.kind == Problem::Kind::KeychainLocked || problem.kind == Problem::Kind::KeychainUnavailable
        || problem.kind == Problem::Kind::PasswordMissing;
}

} // namespace

SecretKey passwordKey(const Account &account)
{
    return { .accountId = account.id, .kind = SecretKey::Kind::Password, .host = account.server.host };
}

Trouble noSuchAccount()
{
    AccountError error;
    error.kind = AccountError::Kind::NoSuchAccount;
    return error;
}

void PostOffice::Private::keepPassword(const SecretKey &key, Secret password, Keeping keeping, Before before,
                                       QObject *context, Answer<void> answer)
{
    if (keeping == Keeping::ThisSession) {
        secretStore.keep(key, std::move(password));
        if (before == Before::Unknown)
            removeOldPassword(key);
        answer({});
        return;
    }
    std::erase_if(oldPasswords, [&key](const SecretKey &old) { return old.toString() == key.toString(); });
    secretStore.write(key, std::move(password), context,
                      [answer = std::move(answer)](const base::Expected<void, SecretError> &kept) {
                          if (kept)
                              answer({});
                          else
                              answer(Unexpected(Trouble(kept.error())));
                      });
}

/// An older one would be tried after the next start, so that it stays is told. Where there is no keychain
/// at all, there is nothing that could be told or removed.
void PostOffice::Private::removeOldPassword(const SecretKey &key)
{
    keychain.remove(key, q, [this, key](const base::Expected<void, SecretError> &removed) {
        using Kind = SecretError::Kind;
        if (removed || removed.error().kind == Kind::NotFound || removed.error().kind == Kind::NoService
            || removed.error().kind == Kind::NoBus || removed.error().kind == Kind::Unavailable)
            return;
        oldPasswords.push_back(key);
        Q_EMIT q->oldPasswordStays(key.accountId, removed.error());
    });
}

/// The password that is kept is one for this session from now on.
void PostOffice::Private::takeOutOfKeychain(const SecretKey &key, QObject *context,
                                            std::function<void()> then)
{
    if (secretStore.isKept(key)) {
        then();
        return;
    }
    keychain.read(key, context,
                  [this, key, then = std::move(then)](const base::Expected<Secret, SecretError> &found) {
                      if (found)
                          secretStore.keep(key, found->clone());
                      removeOldPassword(key);
                      then();
                  });
}

void PostOffice::Private::forgetPassword(const Account &account, QObject *context, Answer<void> answer)
{
    auto told = [answer = std::move(answer)](const base::Expected<void, SecretError> &forgotten) {
        if (forgotten)
            answer({});
        else
            answer(Unexpected(Trouble(forgotten.error())));
    };
    if (account.oauth)
        tokenKeeper.signOut(account, revocationFor(account), context, std::move(told));
    else
        secretStore.remove(passwordKey(account), context, std::move(told));
}

void PostOffice::setPassword(const QString &id, Secret password, QObject *context, Answer<void> answer)
{
    setPassword(id, std::move(password), Keeping::Keychain, context, std::move(answer));
}

void PostOffice::setPassword(const QString &id, Secret password, Keeping keeping, QObject *context,
                             Answer<void> answer)
{
    const std::optional<Account> target = account(id);
    if (!target) {
        answer(Unexpected(noSuchAccount()));
        return;
    }
    d->keepPassword(passwordKey(*target), std::move(password), keeping, Private::Before::Unknown, context,
                    [this, id, context, answer](const base::Expected<void, Trouble> &kept) {
                        if (!kept) {
                            answer(Unexpected(kept.error()));
                            return;
                        }
                        d->storeThread->change(
                            context, [id](Disk &disk) { return disk.store->releaseAccount(id); },
                            [answer](Result<void> &&released) { answer(orTrouble(std::move(released))); });
                    });
}

PostOffice::Keeping PostOffice::keeping(const QString &id) const
{
    const std::optional<Account> target = account(id);
    if (!target)
        return Keeping::Keychain;
    const SecretKey key = target->oauth ? oauth::TokenKeeper::keyOf(*target) : passwordKey(*target);
    return d->secretStore.isKept(key) ? Keeping::ThisSession : Keeping::Keychain;
}

void PostOffice::unlockKeychain(QObject *context, Answer<void> answer)
{
    d->secretStore.unlock(
        context, [this, context, answer](const base::Expected<void, SecretError> &unlocked) {
            if (!unlocked) {
                answer(Unexpected(Trouble(unlocked.error())));
                return;
            }
            const std::vector<SecretKey> old = std::exchange(d->oldPasswords, {});
            for (const SecretKey &key : old)
                d->removeOldPassword(key);
            d->storeThread->change(
                context,
                [ids = d->accountIds()](Disk &disk) -> Result<void> {
                    for (const QString &id : ids) {
                        const Result<outbox::AccountHold> hold = disk.store->accountHold(id);
                        if (!hold)
                            return Unexpected(hold.error());
                        if (hold->state != outbox::AccountHold::State::Held
                            || !isKeychainTrouble(hold->problem))
                            continue;
                        if (Result<void> released = disk.store->releaseAccount(id); !released)
                            return released;
                    }
                    return {};
                },
                [answer](Result<void> &&released) { answer(orTrouble(std::move(released))); });
        });
}

} // namespace postrider::delivery
