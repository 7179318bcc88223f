// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"
#include "accounts/import/importer.h"
#include "base/expected.h"
#include "base/secret.h"
#include "delivery/postoffice.h"
#include "delivery/proofnews.h"
#include "oauth/tokens.h"
#include "setup/serversearch.h"
#include "setup/tokensignin.h"

#include <QJsonObject>
#include <QList>
#include <QObject>
#include <QString>
#include <QUrl>

#include <functional>
#include <memory>
#include <optional>
#include <variant>

class QWidget;

namespace postrider::setup {

/// What an account signs in with; nothing where it does not sign in.
using Credentials = std::variant<std::monostate, base::Secret, oauth::Tokens>;
[[nodiscard]] Credentials clone(const Credentials &credentials);

/// What became of a test message.
struct TestOutcome
{
    QString server {}; ///< that took it
    QString reply {};  ///< its own words with code, inert text
};

/**
 * What the set-up windows want from the rest of the program and the world. The program fills it in with the
 * real things, a test with its own.
 *
 * Everything answers later and in the caller's thread, and not at all once the context is gone: deleting the
 * context is how a window takes its question back.
 */
struct Services
{
    template <typename T>
    using Answer = delivery::PostOffice::Answer<T>;

    /// Not started; owned by the caller.
    std::function<std::unique_ptr<ServerSearch>(const SearchWish &wish)> makeSearch {};
    /// Shows all that can be found out about the servers, in a window of its own beside the parent's.
    std::function<void(const SearchWish &wish, QWidget *parent)> showReport {};
    /// Calls back whenever the network is another one than before.
    std::function<void(QObject *context, std::function<void()> changed)> followNetwork {};

    std::function<void(QObject *context, std::function<void(const QList<accounts::FoundAccount> &)> answer)>
        findAccounts {};
    std::function<void(
        const QString &path, QObject *context,
        std::function<void(base::Expected<QList<accounts::FoundAccount>, accounts::ImportError>)> answer)>
        readAccountFile {};

    /// Signs in once and asks whether mail from the account's addresses is taken; saves nothing.
    std::function<void(const accounts::Account &account, Credentials credentials, QObject *context,
                       delivery::ProofWatcher watcher, Answer<void> answer)>
        prove {};
    /// Saves an account that was proved, or that the person wants all the same, with a new id.
    std::function<void(const accounts::Account &account, Credentials credentials,
                       delivery::PostOffice::Keeping keeping, QObject *context,
                       Answer<accounts::Account> answer)>
        save {};
    /// One message from the account's address to the same address, straight to the server.
    std::function<void(const accounts::Account &account, Credentials credentials, QObject *context,
                       Answer<TestOutcome> answer)>
        sendTest {};
    /// Asks the person for the password store's own password, where it is locked.
    std::function<void(QObject *context, Answer<void> answer)> unlockKeychain {};

    /// Nothing: this copy has no client id for the provider, and the settings have none either.
    std::function<bool(const accounts::OAuthSettings &settings)> hasClient {};
    std::function<std::unique_ptr<TokenSignIn>(const accounts::OAuthSettings &settings,
                                               const QString &address)>
        browserSignIn {};
    std::function<std::unique_ptr<TokenSignIn>(const accounts::OAuthSettings &settings,
                                               const QString &address)>
        deviceSignIn {};
    /// False: no browser could be started.
    std::function<bool(const QUrl &url)> openUrl {};

    /// What was typed, for another day; an empty object forgets it. Holds no secret.
    std::function<void(const QJsonObject &draft)> keepDraft {};
};

} // namespace postrider::setup
