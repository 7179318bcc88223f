// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/commandoutcome.h"
#include "delivery/postofficeprivate.h"
#include "delivery/problems.h"
#include "delivery/signinproblems.h"

#include <QPointer>
#include <QUuid>

#include <algorithm>
#include <chrono>

namespace postrider::delivery {

using accounts::Account;
using accounts::AccountError;
using base::Secret;
using base::Unexpected;
using outbox::Problem;
using outbox::Result;
using secrets::SecretError;
using namespace std::chrono_literals;

namespace {

/// A port of a server that has just answered at another one.
constexpr std::chrono::milliseconds AlternatePatience = 10s;

QString newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

QStringList addressesOf(const Account &account)
{
    QStringList addresses;
    const QList<accounts::Identity> identities = account.allIdentities();
    for (const accounts::Identity &identity : identities)
        addresses.append(identity.email);
    return addresses;
}

/// Whether a server would treat the account otherwise than before: what is for people alone makes no
/// difference.
bool isNewsToTheServer(const Account &before, const Account &now)
{
    const auto facts = [](const Account &account) {
        Account relevant;
        relevant.server = account.server;
        relevant.alternates = account.alternates;
        relevant.command = account.command;
        relevant.user = account.user;
        relevant.oauth = account.oauth;
        relevant.auth = account.auth;
        relevant.caFile = account.caFile;
        relevant.pinnedKey = account.pinnedKey;
        relevant.clientName = account.clientName;
        relevant.clientCertificate = account.clientCertificate;
        relevant.clientKey = account.clientKey;
        relevant.route = account.route;
        return relevant;
    };
    const QStringList known = addressesOf(before);
    const QStringList addresses = addressesOf(now);
    return facts(before) != facts(now)
        || std::any_of(addresses.begin(), addresses.end(),
                       [&known](const QString &address) { return !known.contains(address); });
}

} // namespace

// --- proofs ---

/// Beside the courier, in the network thread; news and the answer come back into this one.
void PostOffice::Private::runProof(SignInProof::Request request, ProofWatcher watcher, QObject *context,
                                   std::function<void(std::optional<Problem>)> then)
{
    request.credentialKind = credentialKindOf(request.account);
    const QPointer<QObject> asker(context);
    if (!request.account.command.isEmpty()) {
        // All that can be seen of a program without giving it a message.
        const QStringList command = request.account.command;
        QMetaObject::invokeMethod(
            q,
            [asker, command, watcher, then] {
                if (!asker)
                    return;
                const std::optional<Problem> objection = commandObjection(command);
                if (!objection && watcher)
                    watcher({ .step = ProofNews::Step::Connected, .host = command.constFirst() });
                then(objection);
            },
            Qt::QueuedConnection);
        return;
    }
    ProofWatcher tell;
    if (watcher) {
        tell = [this, asker, watcher = std::move(watcher)](const ProofNews &news) {
            QMetaObject::invokeMethod(q, [asker, watcher, news] {
                if (asker)
                    watcher(news);
            });
        };
    }
    auto conclude = [this, asker, then = std::move(then)](std::optional<Problem> problem) {
        QMetaObject::invokeMethod(q, [asker, then, problem] {
            if (asker)
                then(problem);
        });
    };
    // Whoever asked may lose interest, and the office may close before the server answers.
    auto *keeper = new QObject;
    QObject::connect(context, &QObject::destroyed, keeper, &QObject::deleteLater);
    QObject::connect(&networkThread, &net::NetworkThread::ending, keeper, &QObject::deleteLater);
    keeper->moveToThread(&networkThread);
    const auto shared = std::make_shared<SignInProof::Request>(std::move(request));
    QMetaObject::invokeMethod(
        keeper, [keeper, shared, &usedClock = clock, tell = std::move(tell), conclude = std::move(conclude)] {
            auto *proof = new SignInProof(std::move(*shared), usedClock, tell, conclude);
            proof->setParent(keeper);
            QObject::connect(proof, &QObject::destroyed, keeper, &QObject::deleteLater);
            proof->start();
        });
}

/// What was typed; otherwise what is kept for this account and host.
void PostOffice::Private::findPassword(
    const Account &account, std::shared_ptr<Secret> typed, QObject *context,
    std::function<void(base::Expected<std::shared_ptr<Secret>, Trouble>)> then)
{
    if (account.oauth && !typed) {
        tokenKeeper.token(account, context,
                          [account, then = std::move(then)](base::Expected<Secret, oauth::TokenError> token) {
                              if (token)
                                  then(std::make_shared<Secret>(std::move(*token)));
                              else
                                  then(Unexpected(Trouble(toProblem(token.error(), account))));
                          });
        return;
    }
    if (typed || account.user.isEmpty() || !account.command.isEmpty()) {
        then(typed ? std::move(typed) : std::make_shared<Secret>());
        return;
    }
    const std::optional<Account> saved = q->account(account.id);
    const bool isOtherHost
        = !saved || saved->server.host.compare(account.server.host, Qt::CaseInsensitive) != 0;
    if (isOtherHost) {
        Problem problem = toProblem(SecretError { .kind = SecretError::Kind::NotFound, .reason = {} });
        problem.host = account.server.host;
        problem.port = account.server.port;
        problem.detail = saved ? Problem::Detail::PasswordOfOtherHost : Problem::Detail::None;
        then(Unexpected(Trouble(problem)));
        return;
    }
    secretStore.read(passwordKey(account), context,
                     [then = std::move(then)](base::Expected<Secret, SecretError> found) {
                         if (found)
                             then(std::make_shared<Secret>(std::move(*found)));
                         else
                             then(Unexpected(Trouble(toProblem(found.error()))));
                     });
}

void PostOffice::proveAccount(const Account &account, std::optional<Secret> password, QObject *context,
                              ProofWatcher watcher, Answer<void> answer)
{
    auto typed = password ? std::make_shared<Secret>(std::move(*password)) : nullptr;
    d->findPassword(
        account, std::move(typed), context,
        [this, account, context, watcher = std::move(watcher),
         answer](const base::Expected<std::shared_ptr<Secret>, Trouble> &found) {
            if (!found) {
                answer(Unexpected(found.error()));
                return;
            }
            d->runProof({ .account = account, .senders = addressesOf(account), .secret = (*found)->clone() },
                        watcher, context, [answer](const std::optional<Problem> &problem) {
                            if (problem)
                                answer(Unexpected(Trouble(*problem)));
                            else
                                answer({});
                        });
        });
}

void PostOffice::Private::prove(const Change &change, const std::shared_ptr<Secret> &password)
{
    runProof(
        { .account = change.account, .senders = addressesOf(change.account), .secret = password->clone() },
        {}, change.context, [this, change, password](const std::optional<Problem> &problem) {
            if (problem)
                change.answer(Unexpected(Trouble(*problem)));
            else
                proveAlternates(change, password);
        });
}

/// They were verified when they were found; what has changed since may have closed them.
void PostOffice::Private::proveAlternates(const Change &change, const std::shared_ptr<Secret> &password)
{
    QList<accounts::Server> ways = accounts::waysTo(change.account);
    ways.removeFirst();
    if (!change.before || ways.isEmpty()) {
        save(change);
        return;
    }
    struct Findings
    {
        QList<accounts::Server> good {};
        qsizetype open = 0;
    };
    const auto findings = std::make_shared<Findings>();
    findings->open = ways.size();
    for (const accounts::Server &way : std::as_const(ways)) {
        Account byThisWay = change.account;
        byThisWay.server = way;
        runProof({ .account = byThisWay,
                   .senders = {},
                   .secret = password->clone(),
                   .connectTimeout = AlternatePatience },
                 {}, change.context,
                 [this, change, findings, ways, way](const std::optional<Problem> &problem) {
                     if (!problem)
                         findings->good.append(way);
                     if (--findings->open > 0)
                         return;
                     Change proved = change;
                     proved.account.alternates = ways; // in their order
                     proved.account.alternates.removeIf([&findings](const accounts::Server &server) {
                         return !findings->good.contains(server);
                     });
                     save(proved);
                 });
    }
}

// --- changes ---

void PostOffice::addAccount(const Account &account, Secret password, Proof proof, QObject *context,
                            Answer<Account> answer)
{
    addAccount(account, std::move(password), proof, Keeping::Keychain, context, std::move(answer));
}

void PostOffice::addAccount(const Account &account, Secret password, Proof proof, Keeping keeping,
                            QObject *context, Answer<Account> answer)
{
    Private::Change change;
    change.account = account;
    change.account.id = newId();
    for (accounts::Identity &identity : change.account.identities) {
        if (identity.id.isEmpty())
            identity.id = newId();
    }
    change.password = std::make_shared<Secret>(std::move(password));
    change.keeping = keeping;
    change.context = context;
    change.answer = std::move(answer);
    if (proof == Proof::None)
        d->save(change);
    else
        d->prove(change, change.password);
}

void PostOffice::updateAccount(const Account &account, Proof proof, std::optional<Secret> password,
                               Keeping keeping, QObject *context, Answer<Account> answer)
{
    const std::optional<Account> before = this->account(account.id);
    if (!before || before->isPractice()) {
        answer(Unexpected(noSuchAccount()));
        return;
    }
    Private::Change change;
    change.account = account;
    for (accounts::Identity &identity : change.account.identities) {
        if (identity.id.isEmpty())
            identity.id = newId();
    }
    const QList<accounts::Server> ways = accounts::waysTo(change.account);
    change.account.alternates = ways.mid(1); // those of another host are another server's
    change.before = before;
    change.password = password ? std::make_shared<Secret>(std::move(*password)) : nullptr;
    change.keeping = keeping;
    change.context = context;
    change.answer = std::move(answer);
    const bool isNews = change.password || isNewsToTheServer(*before, change.account);
    const bool isOtherHost = before->server.host.compare(account.server.host, Qt::CaseInsensitive) != 0
        || before->user.isEmpty();
    const bool needsPassword = isNews && (proof == Proof::SignIn || isOtherHost);
    if (!needsPassword) {
        d->save(change);
        return;
    }
    d->findPassword(change.account, change.password, context,
                    [this, change, proof](const base::Expected<std::shared_ptr<Secret>, Trouble> &found) {
                        if (!found)
                            change.answer(Unexpected(found.error()));
                        else if (proof == Proof::SignIn)
                            d->prove(change, *found);
                        else
                            d->save(change);
                    });
}

void PostOffice::Private::save(const Change &change)
{
    const bool signsIn = !change.account.user.isEmpty();
    if (signsIn && !change.password && !change.account.oauth && change.keeping == Keeping::ThisSession) {
        takeOutOfKeychain(passwordKey(change.account), change.context, [this, change] { write(change); });
        return;
    }
    if (!change.password || !signsIn) {
        write(change);
        return;
    }
    keepPassword(passwordKey(change.account), change.password->clone(), change.keeping,
                 change.before ? Before::Unknown : Before::Nothing, change.context,
                 [this, change](const base::Expected<void, Trouble> &kept) {
                     if (kept)
                         write(change);
                     else
                         change.answer(Unexpected(kept.error()));
                 });
}

void PostOffice::Private::write(const Change &change)
{
    storeThread->change(
        change.context,
        [account = change.account, isNew = !change.before](Disk &disk) -> base::Expected<void, AccountError> {
            if (isNew)
                return disk.accounts.add(account);
            return disk.accounts.update(account);
        },
        [this, change](const base::Expected<void, AccountError> &done) {
            if (done) {
                written(change);
                return;
            }
            if (!change.before)
                forgetPassword(change.account, change.context, [](const base::Expected<void, Trouble> &) {});
            change.answer(Unexpected(Trouble(done.error())));
        });
}

void PostOffice::Private::written(const Change &change)
{
    const auto known = std::find_if(accounts.begin(), accounts.end(),
                                    [&](const Account &account) { return account.id == change.account.id; });
    if (known == accounts.end())
        accounts.append(change.account);
    else
        *known = change.account;
    announceAccounts();
    Q_EMIT q->accountsChanged();
    if (!isDelivering)
        q->wakeDeliverer();
    const bool isOldPasswordUseless = change.before && !change.before->user.isEmpty()
        && (change.account.user.isEmpty()
            || change.before->oauth.has_value() != change.account.oauth.has_value()
            || change.before->server.host.compare(change.account.server.host, Qt::CaseInsensitive) != 0);
    if (isOldPasswordUseless) {
        forgetPassword(*change.before, change.context, [](const base::Expected<void, Trouble> &) {});
        if (!change.before->oauth)
            removeOldPassword(passwordKey(*change.before)); // which tells when it stays
    }
    if (!change.before) {
        change.answer(change.account);
        return;
    }
    // Only now that the courier knows what has changed: let go before, the messages would be tried as the
    // account was, and held once more. That they go at once is a convenience: they would go at their time.
    storeThread->change(
        change.context, [id = change.account.id](Disk &disk) { return disk.store->releaseAccount(id); },
        [change](const Result<void> &) { change.answer(change.account); });
}

void PostOffice::removeAccount(const QString &id, QObject *context, Answer<void> answer)
{
    const std::optional<Account> removed = account(id);
    d->storeThread->change(
        context, [id](Disk &disk) { return disk.accounts.remove(id); },
        [this, id, removed, context, answer](base::Expected<void, AccountError> &&done) {
            if (!done) {
                answer(orTrouble(std::move(done)));
                return;
            }
            d->accounts.removeIf([&id](const Account &account) { return account.id == id; });
            d->announceAccounts();
            // What its trouble kept back finds out now that the account is gone, and is held for that.
            d->storeThread->change(
                this, [id](Disk &disk) { return disk.store->releaseAccount(id); },
                [](const Result<void> &) {});
            Q_EMIT accountsChanged();
            if (!removed || removed->user.isEmpty())
                answer({});
            else
                d->forgetPassword(*removed, context, answer);
        });
}

} // namespace postrider::delivery
