// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace postrider::accounts {

/// How the connection to a sending server is protected.
enum class Security {
    Tls,      ///< from the first octet (port 465)
    StartTls, ///< switched on before anything else, or nothing is sent (port 587)
    None,     ///< loopback, or a private address literal without sign-in (see isPlaintextAllowed())
};

/// What happens to a message of which nobody knows whether the server has it.
enum class InDoubtRule {
    Ask,    ///< the person decides
    Resend, ///< after half an hour the same message is sent again, once; then the person decides
    Never,  ///< it stays in doubt and nobody is asked
};

/// What happens to a message when its server refuses some of its recipients.
enum class PartialRecipients {
    SendToAccepted,    ///< the others get it
    SendToNobodyAndAsk ///< nobody gets it before the person has decided
};

/// Who keeps a message that leaves later.
enum class LaterDelivery {
    HoldHere,    ///< this computer
    HoldAtServer ///< the server, where it offers that (RFC 4865): then this computer may be off
};

/// What a person decides about an account's messages; what is not set stays as it is.
struct Rules
{
    std::optional<InDoubtRule> inDoubt {};
    std::optional<PartialRecipients> partialRecipients {};
    std::optional<LaterDelivery> laterDelivery {};

    [[nodiscard]] bool isEmpty() const { return !inDoubt && !partialRecipients && !laterDelivery; }
};

struct Server
{
    QString host {}; ///< a name or an address literal, without brackets
    quint16 port = 0;
    Security security = Security::Tls;

    friend bool operator==(const Server &, const Server &) = default;
};

/// A further address that a person sends from through the same account.
struct Identity
{
    QString id {};    ///< a UUID without braces
    QString email {}; ///< From and reverse-path
    QString displayName {};
    QString replyTo {};   ///< a mailbox or a list of them; empty: none
    QString signature {}; ///< plain text without the delimiter "-- "; empty: none

    friend bool operator==(const Identity &, const Identity &) = default;
};

/// Where the tokens of an account come from that signs in with OAuth 2. Holds no secret.
struct OAuthSettings
{
    QString provider {}; ///< an id of resources/oauth.json, as "microsoft"
    QString clientId {}; ///< a person's own; empty: the one that is built in
    QString tenant {};   ///< only where the provider has tenants; empty: its usual one
    QString scope {};    ///< empty: the provider's usual one
    /// Came with the person's own client id, where the provider gives one out. It tells nobody apart in a
    /// program that people install, and is not confidential (RFC 8252 section 8.5).
    QString clientSecret {};

    friend bool operator==(const OAuthSettings &, const OAuthSettings &) = default;
};

/// How the connections of an account are made, where the usual way does not lead to its server.
struct Route
{
    enum class Proxy {
        System, ///< what the desktop, or the environment, says for the server; usually none
        None,
        Socks5,
        HttpConnect,
    };
    Proxy proxy = Proxy::System;
    QString proxyHost {};    ///< with Socks5 and HttpConnect
    quint16 proxyPort = 0;   ///< likewise
    QString localAddress {}; ///< a literal of this computer that connections come from; empty: any
    /// In seconds, for connecting and for each answer but that to a whole message, which always has its ten
    /// minutes (RFC 5321 section 4.5.3.2); 0: the usual limits.
    int timeLimit = 0;

    friend bool operator==(const Route &, const Route &) = default;
};

/// A person's own way to send: one server or command, one user, one or more addresses. Holds no secret.
struct Account
{
    QString id {};    ///< a UUID without braces; "practice" is the built-in one
    QString name {};  ///< what the person calls it
    QString email {}; ///< the address that mail is from, also the reverse-path
    QString displayName {};
    QString replyTo {};            ///< of the account's own address; as Identity::replyTo
    QString signature {};          ///< of the account's own address; as Identity::signature
    QList<Identity> identities {}; ///< further addresses; the account's own one is not among them
    Server server {};
    /// A program and its arguments that takes messages in the server's place, as /usr/sbin/sendmail does;
    /// empty: the server does. It is started without a shell.
    QStringList command {};
    /// Further ways to the same server that have been verified, the best one first; see waysTo().
    QList<Server> alternates {};
    QString user {}; ///< whom to sign in as, which may differ from the address; empty: does not sign in
    std::optional<OAuthSettings> oauth {}; ///< nothing: signs in with a password, if it has a user
    QByteArray auth {};                    ///< a SASL mechanism in upper case; empty: the best one offered
    QString caFile {};        ///< PEM file of additional trusted authorities; empty: the system's only
    QByteArray pinnedKey {};  ///< SHA-256 of the SubjectPublicKeyInfo, 32 octets; empty: normal judgement
    QByteArray clientName {}; ///< EHLO argument; empty: "[127.0.0.1]"
    /// PEM file with a certificate that is shown to a server that asks for one; empty: none. The key may be
    /// in the same file, and is not protected by a passphrase.
    QString clientCertificate {};
    QString clientKey {}; ///< PEM file of the key; empty: in the file of the certificate
    Route route {};
    InDoubtRule inDoubtRule = InDoubtRule::Ask;
    PartialRecipients partialRecipients = PartialRecipients::SendToAccepted;
    LaterDelivery laterDelivery = LaterDelivery::HoldHere;

    /// The account's own address and the further ones, its own first (with an empty id).
    [[nodiscard]] QList<Identity> allIdentities() const;
    /// The one with this address, compared as mail servers do (local part exactly, domain without case).
    [[nodiscard]] std::optional<Identity> identityFor(const QString &email) const;
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

/**
 * The account's server and those of its alternates that may be used in its place, in the order in which they
 * are tried. They never protect less, and have the same host: a password is shown to another one only when a
 * person says so.
 */
[[nodiscard]] QList<Server> waysTo(const Account &account);

/// "tls", "starttls", "none": the words of the command line and of accounts.json.
[[nodiscard]] QString toString(Security security);
[[nodiscard]] bool fromString(const QString &word, Security &security);
/// "system", "none", "socks5", "http".
[[nodiscard]] QString toString(Route::Proxy proxy);
[[nodiscard]] bool fromString(const QString &word, Route::Proxy &proxy);
/// "ask", "resend", "never".
[[nodiscard]] QString toString(InDoubtRule rule);
[[nodiscard]] bool fromString(const QString &word, InDoubtRule &rule);
/// "accepted", "nobody".
[[nodiscard]] QString toString(PartialRecipients choice);
[[nodiscard]] bool fromString(const QString &word, PartialRecipients &choice);
/// "here", "server".
[[nodiscard]] QString toString(LaterDelivery keeper);
[[nodiscard]] bool fromString(const QString &word, LaterDelivery &keeper);

} // namespace postrider::accounts
