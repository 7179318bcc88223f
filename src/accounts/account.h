// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace postrider::accounts {

/// How the connection to a sending server is protected.
enum class Security {
    Tls,      ///< from the first octet (port 465)
    StartTls, ///< switched on before anything else, or nothing is sent (port 587)
    None,     ///< loopback, or a private address literal without sign-in (see isPlaintextAllowed())
};

struct Server
{
    QString host {}; ///< a name or an address literal, without brackets
    quint16 port = 0;
    Security security = Security::Tls;

    friend bool operator==(const Server &, const Server &) = default;
};

/// A person's own way to send: one server, one user, one address. Holds no secret.
struct Account
{
    QString id {};    ///< a UUID without braces; "practice" is the built-in one
    QString name {};  ///< what the person calls it
    QString email {}; ///< the address that mail is from, also the reverse-path
    QString displayName {};
    Server server {};
    QString user {};          ///< empty: does not sign in
    QByteArray auth {};       ///< a SASL mechanism in upper case; empty: the best one offered
    QString caFile {};        ///< PEM file of additional trusted authorities; empty: the system's only
    QByteArray pinnedKey {};  ///< SHA-256 of the SubjectPublicKeyInfo, 32 octets; empty: normal judgement
    QByteArray clientName {}; ///< EHLO argument; empty: "[127.0.0.1]"

    [[nodiscard]] bool isPractice() const { return id == practiceId(); }
    [[nodiscard]] static QString practiceId() { return QStringLiteral("practice"); }
    friend bool operator==(const Account &, const Account &) = default;
};

/**
 * Whether Security::None may be used at all: on this computer, or to a private address literal (RFC 1918, RFC
 * 4193, link-local) as long as nobody signs in. A name other than "localhost" never qualifies, since it can
 * point anywhere.
 */
[[nodiscard]] bool isPlaintextAllowed(const QString &host, bool signsIn);

/// "tls", "starttls", "none": the words of the command line and of accounts.json.
[[nodiscard]] QString toString(Security security);
[[nodiscard]] bool fromString(const QString &word, Security &security);

} // namespace postrider::accounts
