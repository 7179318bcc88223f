// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "oauth/tokenkeeper.h"

#include "oauth/tokenanswer.h"

#include <QPointer>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace postrider::oauth {

using Kind = SignInFailure::Kind;

namespace {

/// How long a removal waits for the provider.
constexpr std::chrono::milliseconds RevocationLimit = 10s;

/// Another process that used a refresh token up has its successor, but may not have stored it yet: so often,
/// and so long after one another, is looked for it.
constexpr int LooksForSuccessor = 3;
constexpr std::chrono::milliseconds BetweenLooks = 500ms;

/// To be called in the thread of who asks: the answer comes back into it, from whichever thread.
template <typename Outcome, typename Function>
std::function<void(Outcome)> answeringHere(QObject *context, Function answer)
{
    // The context may go at any time in its own thread, where alone it can be looked at.
    const std::shared_ptr<QObject> relay(new QObject, [](QObject *object) {
        if (object->thread()->isFinished())
            delete object; // nobody else would
        else
            object->deleteLater();
    });
    const QPointer<QObject> asker(context);
    return [relay, asker, answer = std::move(answer)](Outcome outcome) {
        const auto shared = std::make_shared<Outcome>(std::move(outcome));
        QMetaObject::invokeMethod(
            relay.get(),
            [relay, asker, answer, shared] {
                if (asker)
                    answer(std::move(*shared));
            },
            Qt::QueuedConnection);
    };
}

bool isSame(const base::Secret &one, const base::Secret &other)
{
    return one.reveal() == other.reveal();
}

bool isSameSignIn(const accounts::Account &one, const accounts::Account &other)
{
    return one.oauth == other.oauth && one.user == other.user && one.server.host == other.server.host;
}

std::optional<Client> clientOf(const accounts::Account &account)
{
    std::optional<Client> client = account.oauth ? clientFor(*account.oauth) : std::nullopt;
    if (client)
        client->caFile = account.caFile;
    return client;
}

SignInFailure noClient(const accounts::Account &account)
{
    const QString id = account.oauth ? account.oauth->provider : QString();
    const Provider *provider = findProvider(id);
    SignInFailure failure;
    failure.kind = Kind::NoClientId;
    failure.provider = provider ? provider->name : id;
    return failure;
}

/// Whether asking again later may be all that is needed.
bool isTemporary(const SignInFailure &failure)
{
    return failure.kind == Kind::Unavailable || failure.kind == Kind::BadAnswer;
}

} // namespace

TokenKeeper::TokenKeeper(secrets::SecretStore &secretStore, const base::Clock &clock, QObject *parent)
    : QObject(parent)
    , m_secretStore(secretStore)
    , m_clock(clock)
{ }

TokenKeeper::~TokenKeeper() = default;

secrets::SecretKey TokenKeeper::keyOf(const accounts::Account &account)
{
    return { .accountId = account.id,
             .kind = secrets::SecretKey::Kind::RefreshToken,
             .host = account.server.host };
}

// --- from any thread ---

void TokenKeeper::token(const accounts::Account &account, QObject *context, TokenAnswer answer)
{
    auto reply = answeringHere<base::Expected<base::Secret, TokenError>>(context, std::move(answer));
    QMetaObject::invokeMethod(
        this, [this, account, reply] { ask(account, reply); }, Qt::QueuedConnection);
}

void TokenKeeper::refuse(const accounts::Account &account, const base::Secret &accessToken)
{
    const auto refused = std::make_shared<base::Secret>(accessToken.clone());
    QMetaObject::invokeMethod(
        this,
        [this, id = account.id, refused] {
            const std::shared_ptr<Entry> entry = m_entries.value(id);
            // Whoever else was refused may have fetched another one by now.
            if (entry && isSame(entry->accessToken, *refused))
                entry->accessToken = {};
        },
        Qt::QueuedConnection);
}

void TokenKeeper::store(const accounts::Account &account, Tokens tokens, Place place, QObject *context,
                        Answer answer)
{
    auto reply = answeringHere<base::Expected<void, secrets::SecretError>>(context, std::move(answer));
    const auto shared = std::make_shared<Tokens>(std::move(tokens));
    QMetaObject::invokeMethod(
        this, [this, account, shared, place, reply] { storeNow(account, std::move(*shared), place, reply); },
        Qt::QueuedConnection);
}

void TokenKeeper::signOut(const accounts::Account &account, Revocation revocation, QObject *context,
                          Answer answer)
{
    auto reply = answeringHere<base::Expected<void, secrets::SecretError>>(context, std::move(answer));
    QMetaObject::invokeMethod(
        this, [this, account, revocation, reply] { signOutNow(account, revocation, reply); },
        Qt::QueuedConnection);
}

// --- in the keeper's own ---

TokenKeeper::Entry &TokenKeeper::entryFor(const accounts::Account &account)
{
    std::shared_ptr<Entry> &entry = m_entries[account.id];
    if (!entry)
        entry = std::make_shared<Entry>();
    if (!isSameSignIn(entry->account, account)) {
        // Another server or another person: what was there is not for them.
        beginTurn(*entry);
        entry->accessToken = {};
        entry->unsaved = {};
    }
    entry->account = account;
    return *entry;
}

TokenKeeper::Entry *TokenKeeper::entryIn(const QString &id, int turn) const
{
    const std::shared_ptr<Entry> entry = m_entries.value(id);
    return entry && entry->turn == turn ? entry.get() : nullptr;
}

/// Whatever was under way is given up.
void TokenKeeper::beginTurn(Entry &entry)
{
    ++entry.turn;
    entry.isBusy = false;
    entry.trouble.reset();
    if (entry.post)
        std::exchange(entry.post, nullptr)->deleteLater();
}

void TokenKeeper::ask(const accounts::Account &account, const TokenAnswer &answer)
{
    Entry &entry = entryFor(account);
    entry.waiting.append(answer);
    if (entry.isBusy)
        return;
    const base::MonotonicTime now = m_clock.monotonic();
    const bool isFresh = !entry.accessToken.isEmpty() && now < entry.refreshAt;
    entry.isBusy = true;
    if (isFresh && entry.unsaved.isEmpty())
        conclude(entry, std::nullopt);
    else if (isFresh)
        save(account.id);
    else if (entry.trouble && now < entry.troubleEnds)
        conclude(entry, TokenError(SignInFailure(*entry.trouble)));
    else if (!entry.unsaved.isEmpty())
        refresh(account.id, entry.unsaved.clone());
    else
        readRefreshToken(account.id, nullptr, {}, 0);
}

/// refused: what the provider did not take, and why; the keychain may have another one by now, or after some
/// more looks.
void TokenKeeper::readRefreshToken(const QString &id, const std::shared_ptr<base::Secret> &refused,
                                   const SignInFailure &refusal, int looksLeft)
{
    const Entry &entry = *m_entries.value(id);
    m_secretStore.read(keyOf(entry.account), this,
                       [this, id, turn = entry.turn, refused, refusal,
                        looksLeft](base::Expected<base::Secret, secrets::SecretError> stored) {
                           Entry *current = entryIn(id, turn);
                           if (!current)
                               return;
                           if (refused && stored && isSame(*stored, *refused) && looksLeft > 0)
                               QTimer::singleShot(BetweenLooks, this, [=, this] {
                                   if (entryIn(id, turn))
                                       readRefreshToken(id, refused, refusal, looksLeft - 1);
                               });
                           else if (refused && (!stored || isSame(*stored, *refused)))
                               conclude(*current, TokenError(refusal));
                           else if (!stored)
                               conclude(*current, TokenError(stored.error()));
                           else
                               refresh(id, std::move(*stored));
                       });
}

void TokenKeeper::refresh(const QString &id, base::Secret refreshToken)
{
    Entry &entry = *m_entries.value(id);
    const std::optional<Client> client = clientOf(entry.account);
    if (!client) {
        conclude(entry, TokenError(noClient(entry.account)));
        return;
    }
    const Provider &provider = client->provider;
    Form form {
        { "grant_type", "refresh_token" },
        { "refresh_token", refreshToken.reveal().toByteArray() },
        { "client_id", provider.clientId.toUtf8() },
    };
    if (!provider.clientSecret.isEmpty())
        form.append({ "client_secret", provider.clientSecret.toUtf8() });
    const auto used = std::make_shared<base::Secret>(std::move(refreshToken));
    entry.post = new WebPost(*client, this);
    entry.post->post(provider.token, form, WebPost::UsualLimit,
                     [this, id, turn = entry.turn, client = *client, used](const WebAnswer &answer) {
                         Entry *current = entryIn(id, turn);
                         if (!current)
                             return;
                         std::exchange(current->post, nullptr)->deleteLater();
                         takeAnswer(*current, answer, client, used);
                     });
}

void TokenKeeper::takeAnswer(Entry &entry, const WebAnswer &answer, const Client &client,
                             const std::shared_ptr<base::Secret> &used)
{
    SignInResult tokens = readTokens(answer, client);
    if (tokens) {
        const bool isSaved = !isSame(*used, entry.unsaved)
            && (tokens->refreshToken.isEmpty() || isSame(tokens->refreshToken, *used));
        if (isSaved)
            tokens->refreshToken = {};
        keep(entry, std::move(*tokens));
        if (isSaved)
            conclude(entry, std::nullopt);
        else
            save(entry.account.id);
        return;
    }
    const SignInFailure &failure = tokens.error();
    if (isTemporary(failure)) {
        const auto wait = std::max(failure.retryAfter.value_or(0s), ShortestBackoff);
        entry.trouble = failure;
        entry.troubleEnds = m_clock.monotonic() + wait;
        conclude(entry, TokenError(failure));
    } else if (failure.code == "invalid_grant"_L1) {
        entry.unsaved = {};
        readRefreshToken(entry.account.id, used, failure, LooksForSuccessor);
    } else {
        conclude(entry, TokenError(failure));
    }
}

void TokenKeeper::keep(Entry &entry, Tokens tokens)
{
    const base::MonotonicTime now = m_clock.monotonic();
    const std::chrono::seconds reserve = std::min<std::chrono::seconds>(Reserve, tokens.expiresIn / 2);
    entry.accessToken = std::move(tokens.accessToken);
    entry.endsAt = now + tokens.expiresIn;
    entry.refreshAt = entry.endsAt - reserve;
    entry.trouble.reset();
    if (!tokens.refreshToken.isEmpty())
        entry.unsaved = std::move(tokens.refreshToken);
}

/// The keychain gets the new refresh token before anybody gets the access token.
void TokenKeeper::save(const QString &id)
{
    const Entry &entry = *m_entries.value(id);
    m_secretStore.replace(
        keyOf(entry.account), entry.unsaved.clone(), this,
        [this, id, turn = entry.turn](const base::Expected<void, secrets::SecretError> &done) {
            Entry *current = entryIn(id, turn);
            if (!current)
                return;
            if (done) {
                current->unsaved = {};
                conclude(*current, std::nullopt);
            } else {
                conclude(*current, TokenError(done.error()));
            }
        });
}

void TokenKeeper::conclude(Entry &entry, const std::optional<TokenError> &error)
{
    entry.isBusy = false;
    const QList<TokenAnswer> waiting = std::exchange(entry.waiting, {});
    const auto *failure = error ? std::get_if<SignInFailure>(&*error) : nullptr;
    const bool isStillGood = failure && isTemporary(*failure) && entry.unsaved.isEmpty()
        && !entry.accessToken.isEmpty() && m_clock.monotonic() < entry.endsAt;
    for (const TokenAnswer &answer : waiting) {
        if (error && !isStillGood)
            answer(base::Unexpected(*error));
        else
            answer(entry.accessToken.clone());
    }
}

void TokenKeeper::storeNow(const accounts::Account &account, Tokens tokens, Place place, const Answer &answer)
{
    Entry &entry = entryFor(account);
    beginTurn(entry);
    entry.isBusy = true;
    keep(entry, std::move(tokens));
    auto written = [this, id = account.id, turn = entry.turn,
                    answer](const base::Expected<void, secrets::SecretError> &done) {
        if (Entry *current = entryIn(id, turn)) {
            current->unsaved = {};
            if (!done)
                current->accessToken = {}; // it goes on with what the store has
            conclude(*current, done ? std::nullopt : std::optional(TokenError(done.error())));
        }
        answer(done);
    };
    if (place == Place::Keychain)
        m_secretStore.write(keyOf(account), entry.unsaved.clone(), this, std::move(written));
    else
        m_secretStore.replace(keyOf(account), entry.unsaved.clone(), this, std::move(written));
}

void TokenKeeper::signOutNow(const accounts::Account &account, Revocation revocation, const Answer &answer)
{
    Entry &entry = entryFor(account);
    beginTurn(entry);
    entry.accessToken = {};
    conclude(entry, TokenError(secrets::SecretError { secrets::SecretError::Kind::NotFound }));
    m_entries.remove(account.id);
    m_secretStore.read(
        keyOf(account), this,
        [this, account, revocation, answer](base::Expected<base::Secret, secrets::SecretError> stored) {
            const auto token = std::make_shared<base::Secret>(stored ? std::move(*stored) : base::Secret());
            m_secretStore.remove(keyOf(account), this,
                                 [this, account, revocation, token,
                                  answer](const base::Expected<void, secrets::SecretError> &removed) {
                                     if (revocation == Revocation::Leave)
                                         *token = {};
                                     revoke(account, *token, [answer, removed] { answer(removed); });
                                 });
        });
}

void TokenKeeper::revoke(const accounts::Account &account, const base::Secret &refreshToken,
                         const std::function<void()> &then)
{
    const std::optional<Client> client = clientOf(account);
    if (!client || client->provider.revocation.isEmpty() || refreshToken.isEmpty()) {
        then();
        return;
    }
    Form form {
        { "token", refreshToken.reveal().toByteArray() },
        { "token_type_hint", "refresh_token" },
        { "client_id", client->provider.clientId.toUtf8() },
    };
    if (!client->provider.clientSecret.isEmpty())
        form.append({ "client_secret", client->provider.clientSecret.toUtf8() });
    auto *post = new WebPost(*client, this);
    post->post(client->provider.revocation, form, RevocationLimit, [post, then](const WebAnswer &) {
        post->deleteLater();
        then();
    });
}

} // namespace postrider::oauth
