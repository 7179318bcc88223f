// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"
#include "base/clock.h"
#include "oauth/provider.h"
#include "oauth/tokens.h"
#include "oauth/webpost.h"
#include "secrets/secretstore.h"

#include <QHash>
#include <QList>
#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <variant>

namespace postrider::oauth {

/// Why an account has no access token now. secrets::SecretError::Kind::NotFound: nobody has signed in.
using TokenError = std::variant<SignInFailure, secrets::SecretError>;

/**
 * The tokens of all accounts: access tokens in memory only, refresh tokens in the secret store only.
 *
 * An access token is used until it is about to end; then one request for the account fetches the next one,
 * whoever waits for it. When the provider gives a new refresh token with it, that is in the keychain before
 * the access token is handed out; until then the old one stays there, and the new one here. A provider that
 * is in trouble changes nothing: what is known stays, and an access token that has not ended yet is used
 * further on. One that says that the refresh token is no good is believed, unless another process has put a
 * newer one into the keychain meanwhile; nothing is removed even then, since only a person's next sign-in
 * replaces it.
 *
 * The functions may be called from any thread with an event loop, and answer later in the caller's thread,
 * unless the context, which lives there, is gone by then. The keeper itself lives in one thread, and outlives
 * its callers.
 */
class TokenKeeper final : public QObject
{
    Q_OBJECT

public:
    using TokenAnswer = std::function<void(base::Expected<base::Secret, TokenError>)>;
    using Answer = std::function<void(base::Expected<void, secrets::SecretError>)>;

    /// An access token is replaced so long before its end, or half its life where that is shorter.
    static constexpr std::chrono::minutes Reserve { 5 };
    /// After trouble at the provider it is not asked again before, unless it names a time itself.
    static constexpr std::chrono::seconds ShortestBackoff { 10 };

    TokenKeeper(secrets::SecretStore &secretStore, const base::Clock &clock, QObject *parent = nullptr);
    ~TokenKeeper() override;
    Q_DISABLE_COPY_MOVE(TokenKeeper)

    /// An access token for the account's server.
    void token(const accounts::Account &account, QObject *context, TokenAnswer answer);
    /// The server refused this access token: the next one is another.
    void refuse(const accounts::Account &account, const base::Secret &accessToken);
    /// Where a sign-in's refresh token goes; the next ones follow it.
    enum class Place {
        Keychain,
        WhereTheOldOneIs, ///< in the memory of this session, if the store keeps it there
    };
    /// After a sign-in: replaces what the account had. Answers when the store has it.
    void store(const accounts::Account &account, Tokens tokens, Place place, QObject *context, Answer answer);
    /// Whether the provider is told that tokens are not needed any more, where it knows how (RFC 7009). For
    /// some that ends everything of the same person at this client, in other accounts too.
    enum class Revocation { Revoke, Leave };
    /// Forgets everything and removes it from the keychain. Whether the provider was reached does not matter.
    void signOut(const accounts::Account &account, Revocation revocation, QObject *context, Answer answer);

    [[nodiscard]] static secrets::SecretKey keyOf(const accounts::Account &account);

private:
    struct Entry
    {
        accounts::Account account {}; ///< as it was when the tokens came
        base::Secret accessToken {};
        base::MonotonicTime refreshAt {};
        base::MonotonicTime endsAt {};
        base::Secret unsaved {}; ///< a refresh token that the keychain has not got yet
        std::optional<SignInFailure> trouble {};
        base::MonotonicTime troubleEnds {};
        int turn = 0; ///< what was begun in an earlier one does not matter any more
        bool isBusy = false;
        WebPost *post = nullptr;
        QList<TokenAnswer> waiting {};
    };

    void ask(const accounts::Account &account, const TokenAnswer &answer);
    [[nodiscard]] Entry &entryFor(const accounts::Account &account);
    /// The account's, as long as its turn lasts; null: somebody else took over.
    [[nodiscard]] Entry *entryIn(const QString &id, int turn) const;
    void beginTurn(Entry &entry);
    void readRefreshToken(const QString &id, const std::shared_ptr<base::Secret> &refused,
                          const SignInFailure &refusal, int looksLeft);
    void refresh(const QString &id, base::Secret refreshToken);
    void takeAnswer(Entry &entry, const WebAnswer &answer, const Client &client,
                    const std::shared_ptr<base::Secret> &used);
    void keep(Entry &entry, Tokens tokens);
    void save(const QString &id);
    void conclude(Entry &entry, const std::optional<TokenError> &error);
    void storeNow(const accounts::Account &account, Tokens tokens, Place place, const Answer &answer);
    void signOutNow(const accounts::Account &account, Revocation revocation, const Answer &answer);
    void revoke(const accounts::Account &account, const base::Secret &refreshToken,
                const std::function<void()> &then);

    secrets::SecretStore &m_secretStore;
    const base::Clock &m_clock;
    QHash<QString, std::shared_ptr<Entry>> m_entries {}; ///< by account
};

} // namespace postrider::oauth
