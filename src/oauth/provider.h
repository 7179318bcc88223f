// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace postrider::oauth {

/// A service that lets programs sign in for its users (an authorization server of RFC 6749), as data.
struct Provider
{
    /// The host that a browser is sent back to on this computer (RFC 8252 section 7.3); services compare it
    /// with what was registered.
    enum class Redirect {
        Loopback127, ///< 127.0.0.1
        Localhost,   ///< localhost, which may be either address family
    };
    /// Whether somebody can get a client id there.
    enum class Registration {
        Open,
        OnRequest,
        Closed, ///< the service gives out no new ones
    };
    enum class Secret {
        None,   ///< a public client, as programs that people install are
        Needed, ///< it wants a secret all the same, which protects nothing (RFC 8252 section 8.5)
    };

    /// How the token endpoint is asked for what a device code brings.
    enum class DeviceForm {
        Standard, ///< as RFC 8628 section 3.4 has it
        Short,    ///< grant_type "device_code", and the code as "code"
    };

    QString id {};   ///< as "microsoft"
    QString name {}; ///< a brand, not translated
    QUrl authorization {};
    QUrl token {};
    QUrl deviceAuthorization {}; ///< empty: no device codes (RFC 8628), or not for sending mail
    DeviceForm deviceForm = DeviceForm::Standard;
    QUrl revocation {}; ///< RFC 7009; empty: none
    QString issuer {};  ///< that it must name in its answer (RFC 9207); empty: it names none
    QStringList scopes {};
    QMap<QString, QString> parameters {}; ///< more ones of the authorization request
    Redirect redirect = Redirect::Loopback127;
    QString redirectPath {};  ///< "/name"; empty: none, not even a slash
    quint16 redirectPort = 0; ///< 0: any free one
    QString clientId {};      ///< empty: this copy has none
    QString clientSecret {};  ///< not confidential in a program that people install
    Secret secret = Secret::None;
    Registration registration = Registration::Open;
    QUrl registerGuide {}; ///< where a person can get a client id; empty: nowhere
    QString tenant {};     ///< in place of "{tenant}" in the addresses, unless the account has its own
};

/// A provider together with what an account says of it: all that a sign-in needs.
struct Client
{
    Provider provider {}; ///< with its tenant filled in
    QString caFile {};    ///< PEM file of additional trusted authorities; empty: the system's only
};

/**
 * Known providers: those of resources/oauth.json with the client ids that this copy was built with, and over
 * them the file that POSTRIDER_OAUTH_PROVIDERS names or, without it, oauth.json in the configuration folders
 * of the program (docs/oauth.md). Entries of that file replace what they name of the entry with the same id,
 * or add a provider. Read once.
 */
[[nodiscard]] QList<Provider> providers();
/// The one with this id; null when there is none. Valid until the program ends.
[[nodiscard]] const Provider *findProvider(const QString &id);

/// Nothing: there is no such provider, or no client id anywhere.
[[nodiscard]] std::optional<Client> clientFor(const accounts::OAuthSettings &settings);

/// What a file of providers says, over those that are known already. What cannot be used is left out and told
/// in `complaints`, in English, for whoever wrote the file: among that are addresses that are not https,
/// unless they are of this computer.
[[nodiscard]] QList<Provider> readProviders(const QByteArray &json, QList<Provider> known,
                                            QStringList &complaints);

/// Whether tokens may be sent there: https, or http on this computer, which only tests need.
[[nodiscard]] bool isSafeEndpoint(const QUrl &url);
[[nodiscard]] bool isLoopback(const QUrl &url);

} // namespace postrider::oauth
