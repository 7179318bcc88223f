// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "delivery/courier.h"
#include "delivery/networkwatcher.h"
#include "delivery/postoffice.h"
#include "delivery/signinproof.h"
#include "delivery/storethread.h"
#include "delivery/wakesocket.h"
#include "net/networkthread.h"
#include "oauth/tokenkeeper.h"
#include "secrets/sessionsecretstore.h"

#include <QTimer>

#include <functional>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

// What the pieces of the post office share: postoffice.cpp opens, closes and delivers, postofficemessages.cpp
// has the messages, postofficeaccounts.cpp the accounts, postofficechanges.cpp how they are proved and
// changed, postofficepasswords.cpp where their passwords are kept, postofficesignin.cpp those that sign in
// with the browser, postofficekeeping.cpp what becomes of sent messages.

namespace postrider::delivery {

template <typename T>
base::Expected<T, Trouble> orTrouble(outbox::Result<T> &&result)
{
    if (!result)
        return base::Unexpected(Trouble(result.error()));
    if constexpr (std::is_void_v<T>)
        return {};
    else
        return std::move(*result);
}

template <typename T>
base::Expected<T, Trouble> orTrouble(base::Expected<T, accounts::AccountError> &&result)
{
    if (!result)
        return base::Unexpected(Trouble(result.error()));
    if constexpr (std::is_void_v<T>)
        return {};
    else
        return std::move(*result);
}

/// Where the account's password lies, as long as its server has this host.
[[nodiscard]] secrets::SecretKey passwordKey(const accounts::Account &account);
[[nodiscard]] Trouble noSuchAccount();

class PostOffice::Private
{
public:
    Private(PostOffice *owner, Options o, secrets::SecretStore &s, const base::Clock &c)
        : q(owner)
        , options(std::move(o))
        , keychain(s)
        , secretStore(s)
        , clock(c)
        , tokenKeeper(secretStore, clock)
    { }

    void loadAccounts(std::function<void(const accounts::AccountList &)> then);
    void readAccountsAgain();
    void readSettingsAgain();
    void apply(const Settings &read);
    void tryToDeliver();
    void startCourier(const QStringList &toRender);
    void watchNetwork();
    void render(const outbox::MessageId &id);
    void renderInterrupted();
    void beginCopying();
    void copySent();
    /// Behind everything that was asked for before.
    void finishCopying(std::function<void()> then);
    void noteCopied(const outbox::FileResult &copied);
    void keepHouse();
    void stopThreads();

    // postofficechanges.cpp
    /// A new account, or a saved one with other contents.
    struct Change
    {
        accounts::Account account {};
        std::optional<accounts::Account> before {}; ///< nothing: a new one
        std::shared_ptr<base::Secret> password {};  ///< null: what is kept stays
        Keeping keeping = Keeping::Keychain;
        QObject *context = nullptr;
        Answer<accounts::Account> answer {};
    };
    void runProof(SignInProof::Request request, ProofWatcher watcher, QObject *context,
                  std::function<void(std::optional<outbox::Problem>)> then);
    void findPassword(const accounts::Account &account, std::shared_ptr<base::Secret> typed, QObject *context,
                      std::function<void(base::Expected<std::shared_ptr<base::Secret>, Trouble>)> then);
    void prove(const Change &change, const std::shared_ptr<base::Secret> &password);
    void proveAlternates(const Change &change, const std::shared_ptr<base::Secret> &password);
    void save(const Change &change);
    void write(const Change &change);
    void written(const Change &change);

    // postofficepasswords.cpp
    /// Whether the keychain may have an older one.
    enum class Before { Unknown, Nothing };
    void keepPassword(const secrets::SecretKey &key, base::Secret password, Keeping keeping, Before before,
                      QObject *context, Answer<void> answer);
    void removeOldPassword(const secrets::SecretKey &key);
    void takeOutOfKeychain(const secrets::SecretKey &key, QObject *context, std::function<void()> then);
    void forgetPassword(const accounts::Account &account, QObject *context, Answer<void> answer);

    // postofficesignin.cpp
    void proveTokens(const Change &change, Proof proof, const std::shared_ptr<oauth::Tokens> &tokens);
    [[nodiscard]] oauth::TokenKeeper::Revocation revocationFor(const accounts::Account &account) const;
    void saveTokens(const Change &change, const std::shared_ptr<oauth::Tokens> &tokens);

    void announceAccounts();
    [[nodiscard]] QStringList accountIds() const;

    PostOffice *q;
    Options options;
    secrets::SecretStore &keychain;
    secrets::SessionSecretStore secretStore; ///< the keychain, and before it what is only kept here
    const base::Clock &clock;
    oauth::TokenKeeper tokenKeeper;
    std::unique_ptr<StoreThread> storeThread {};
    std::unique_ptr<WakeSocket> wakeSocket {}; ///< once the profile folder is there
    net::NetworkThread networkThread {};
    Courier *courier = nullptr; ///< lives in networkThread
    std::unique_ptr<NetworkSource> computerNetwork {};
    std::unique_ptr<NetworkWatcher> networkWatcher {}; ///< as long as there is a courier
    QTimer *lockTimer = nullptr;
    QTimer *renderTimer = nullptr;
    QTimer *copyTimer = nullptr;
    QTimer *houseTimer = nullptr;
    Settings settings {};
    outbox::FileError copyTrouble {}; ///< as told last
    /// Passwords that a closed keychain may still have, and that nobody wants there any more.
    std::vector<secrets::SecretKey> oldPasswords {};
    QList<accounts::Account> accounts {};
    bool isDelivering = false;
    bool isClosing = false;
};

} // namespace postrider::delivery
