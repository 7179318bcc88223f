// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "delivery/courier.h"
#include "delivery/networkwatcher.h"
#include "delivery/postoffice.h"
#include "delivery/storethread.h"
#include "delivery/wakesocket.h"

#include <QThread>
#include <QTimer>

#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

// What the pieces of the post office share: postoffice.cpp opens, closes and delivers, postofficemessages.cpp
// has the messages, postofficeaccounts.cpp the accounts, postofficekeeping.cpp what becomes of sent messages.

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

/// An account's address as MAIL carries it. What is no address stays as it is, for the store or the session
/// to refuse.
[[nodiscard]] QByteArray reversePathOf(const accounts::Account &account);

class PostOffice::Private
{
public:
    Private(PostOffice *owner, Options o, secrets::SecretStore &s, const base::Clock &c)
        : q(owner)
        , options(std::move(o))
        , secretStore(s)
        , clock(c)
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
    void save(accounts::Account account, base::Secret password, QObject *context,
              Answer<accounts::Account> answer);
    void write(const accounts::Account &account, QObject *context, Answer<accounts::Account> answer);
    void announceAccounts();
    [[nodiscard]] QStringList accountIds() const;

    PostOffice *q;
    Options options;
    secrets::SecretStore &secretStore;
    const base::Clock &clock;
    std::unique_ptr<StoreThread> storeThread {};
    std::unique_ptr<WakeSocket> wakeSocket {}; ///< once the profile folder is there
    QThread networkThread {};
    Courier *courier = nullptr; ///< lives in networkThread
    std::unique_ptr<NetworkSource> computerNetwork {};
    std::unique_ptr<NetworkWatcher> networkWatcher {}; ///< as long as there is a courier
    QTimer *lockTimer = nullptr;
    QTimer *renderTimer = nullptr;
    QTimer *copyTimer = nullptr;
    QTimer *houseTimer = nullptr;
    Settings settings {};
    outbox::FileError copyTrouble {}; ///< as told last
    QList<accounts::Account> accounts {};
    bool isDelivering = false;
    bool isClosing = false;
};

} // namespace postrider::delivery
