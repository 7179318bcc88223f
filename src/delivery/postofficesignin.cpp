// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/postofficeprivate.h"

#include <QUuid>

#include <algorithm>
#include <utility>

// Accounts that sign in with OAuth 2: what a person's sign-in brought is proved and kept.

namespace postrider::delivery {

using accounts::Account;
using base::Unexpected;

namespace {

QString newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

/// As it is saved: with a user, and its identities with ids.
Account completed(Account account)
{
    if (account.user.isEmpty())
        account.user = account.email;
    for (accounts::Identity &identity : account.identities) {
        if (identity.id.isEmpty())
            identity.id = newId();
    }
    return account;
}

QStringList addressesOf(const Account &account)
{
    QStringList addresses;
    const QList<accounts::Identity> identities = account.allIdentities();
    for (const accounts::Identity &identity : identities)
        addresses.append(identity.email);
    return addresses;
}

} // namespace

void PostOffice::addAccount(const Account &account, oauth::Tokens tokens, Proof proof, QObject *context,
                            Answer<Account> answer)
{
    addAccount(account, std::move(tokens), proof, Keeping::Keychain, context, std::move(answer));
}

void PostOffice::addAccount(const Account &account, oauth::Tokens tokens, Proof proof, Keeping keeping,
                            QObject *context, Answer<Account> answer)
{
    Private::Change change;
    change.account = completed(account);
    change.account.id = newId();
    change.keeping = keeping;
    change.context = context;
    change.answer = std::move(answer);
    d->proveTokens(change, proof, std::make_shared<oauth::Tokens>(std::move(tokens)));
}

void PostOffice::updateAccount(const Account &account, Proof proof, oauth::Tokens tokens, Keeping keeping,
                               QObject *context, Answer<Account> answer)
{
    const std::optional<Account> before = this->account(account.id);
    if (!before || before->isPractice()) {
        accounts::AccountError error;
        error.kind = accounts::AccountError::Kind::NoSuchAccount;
        answer(Unexpected(Trouble(error)));
        return;
    }
    Private::Change change;
    change.account = completed(account);
    change.account.alternates = accounts::waysTo(change.account).mid(1);
    change.before = before;
    change.keeping = keeping;
    change.context = context;
    change.answer = std::move(answer);
    d->proveTokens(change, proof, std::make_shared<oauth::Tokens>(std::move(tokens)));
}

void PostOffice::signIn(const QString &id, Proof proof, oauth::Tokens tokens, QObject *context,
                        Answer<Account> answer)
{
    Account target = account(id).value_or(Account());
    target.id = id;
    updateAccount(target, proof, std::move(tokens), keeping(id), context, std::move(answer));
}

void PostOffice::Private::proveTokens(const Change &change, Proof proof,
                                      const std::shared_ptr<oauth::Tokens> &tokens)
{
    if (proof == Proof::None) {
        saveTokens(change, tokens);
        return;
    }
    runProof({ .account = change.account,
               .senders = addressesOf(change.account),
               .secret = tokens->accessToken.clone() },
             {}, change.context, [this, change, tokens](std::optional<outbox::Problem> problem) {
                 if (!problem) {
                     saveTokens(change, tokens);
                     return;
                 }
                 if (problem->detail == outbox::Problem::Detail::TokenRefused)
                     problem->detail = outbox::Problem::Detail::FreshTokenRefused;
                 change.answer(Unexpected(Trouble(*problem)));
             });
}

/// Before the account, so that a saved one can send.
void PostOffice::Private::saveTokens(const Change &change, const std::shared_ptr<oauth::Tokens> &tokens)
{
    auto place = oauth::TokenKeeper::Place::Keychain;
    if (change.keeping == Keeping::ThisSession) {
        place = oauth::TokenKeeper::Place::WhereTheOldOneIs;
        const secrets::SecretKey key = oauth::TokenKeeper::keyOf(change.account);
        secretStore.keep(key, tokens->refreshToken.clone());
        if (change.before)
            removeOldPassword(key);
    }
    tokenKeeper.store(change.account, std::move(*tokens), place, change.context,
                      [this, change](const base::Expected<void, secrets::SecretError> &stored) {
                          if (stored)
                              write(change);
                          else
                              change.answer(Unexpected(Trouble(stored.error())));
                      });
}

/// Tokens are revoked when nobody needs them: some providers then end everything of this person.
oauth::TokenKeeper::Revocation PostOffice::Private::revocationFor(const Account &account) const
{
    const bool isNeeded = std::any_of(accounts.begin(), accounts.end(), [&account](const Account &other) {
        return other.oauth && other.oauth->provider == account.oauth->provider && other.user == account.user;
    });
    return isNeeded ? oauth::TokenKeeper::Revocation::Leave : oauth::TokenKeeper::Revocation::Revoke;
}

} // namespace postrider::delivery
