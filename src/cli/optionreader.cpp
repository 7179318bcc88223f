// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/optionreader.h"

#include "mime/header/messagefields.h"

#include <QDateTime>
#include <QHash>
#include <QUrl>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::cli {

using Kind = UsageError::Kind;

namespace {

/// A name or an address in digits: what could not be either is named here rather than looked up. Colons
/// belong to an IPv6 address, of which a port does not make one.
bool isHost(const QString &host)
{
    if (host.count(u':') == 1)
        return false;
    return std::none_of(host.begin(), host.end(), [](QChar character) {
        return character.isSpace() || character.category() == QChar::Other_Control
            || "/\\@[]<>\"',;"_L1.contains(character);
    });
}

/// Whether somebody wrote a password into the URL, be it well-formed or not.
bool isSecretVisible(const QString &url)
{
    const qsizetype at = url.lastIndexOf(u'@');
    const qsizetype slashes = url.indexOf("//"_L1);
    const qsizetype begin = slashes < 0 ? 0 : slashes + 2;
    return at > begin && QStringView(url).sliced(begin, at - begin).contains(u':');
}

} // namespace

quint16 OptionReader::port()
{
    if (!has("port"_L1))
        return 0;
    bool valid = false;
    const quint16 port = text("port"_L1).toUShort(&valid);
    if (!valid || port == 0)
        failValue("port"_L1);
    return port;
}

std::optional<std::chrono::milliseconds> OptionReader::duration(QLatin1StringView option)
{
    if (!has(option))
        return {};
    bool valid = false;
    const double milliseconds = text(option).toDouble(&valid) * 1000;
    // The upper end is what a QTimer can count, over three weeks.
    if (!valid || !std::isfinite(milliseconds) || milliseconds < 0
        || milliseconds > std::numeric_limits<int>::max()) {
        failValue(option);
        return {};
    }
    return std::chrono::milliseconds(std::llround(milliseconds));
}

std::chrono::seconds OptionReader::undoWindow()
{
    if (!has("undo"_L1))
        return std::chrono::seconds { 0 };
    const qint64 longest = outbox::MaxUndoWindow.count();
    return std::chrono::seconds(number("undo"_L1, text("undo"_L1), 0, longest).value_or(0));
}

accounts::Server OptionReader::server(QLatin1StringView hostOption)
{
    using accounts::Security;
    accounts::Server server;
    server.host = name(hostOption);
    if (server.host.startsWith(u'[') && server.host.endsWith(u']'))
        server.host = server.host.mid(1, server.host.size() - 2);
    if (has(hostOption) && !isHost(server.host))
        failValue(hostOption);
    server.port = port();

    if (has("security"_L1)) {
        if (!accounts::fromString(text("security"_L1), server.security))
            failValue("security"_L1);
    } else {
        const bool upgrades = server.port == 25 || server.port == 587 || server.port == 2525;
        server.security = upgrades ? Security::StartTls : Security::Tls;
    }
    if (server.port == 0) {
        switch (server.security) {
        case Security::Tls:
            server.port = 465;
            break;
        case Security::StartTls:
            server.port = 587;
            break;
        case Security::None:
            server.port = 25;
            break;
        }
    }
    return server;
}

SignIn OptionReader::signIn()
{
    static const QStringList mechanisms { u"plain"_s,       u"login"_s,         u"cram-md5"_s,
                                          u"scram-sha-1"_s, u"scram-sha-256"_s, u"xoauth2"_s,
                                          u"oauthbearer"_s, u"external"_s };
    exclude("password-stdin"_L1, "password-file"_L1);
    exclude("password-stdin"_L1, "token-file"_L1);
    exclude("password-file"_L1, "token-file"_L1);

    SignIn signIn;
    signIn.user = name("user"_L1);
    if (has("password-stdin"_L1))
        signIn.source = SignIn::PasswordSource::StandardInput;
    for (const QLatin1StringView file : { "password-file"_L1, "token-file"_L1 }) {
        if (!has(file))
            continue;
        signIn.source = SignIn::PasswordSource::File;
        signIn.passwordFile = name(file);
    }
    if (has("token-file"_L1))
        signIn.kind = sasl::CredentialKind::AccessToken;
    readCertificate(signIn);

    const QString mechanism = text("auth"_L1);
    if (mechanism == "none"_L1) {
        for (const QLatin1StringView option :
             { "user"_L1, "password-stdin"_L1, "password-file"_L1, "token-file"_L1 }) {
            if (has(option))
                fail(Kind::Exclusive, withHyphens(option), u"--auth=none"_s);
        }
    } else if (mechanisms.contains(mechanism)) {
        signIn.mechanism = mechanism.toUpper().toLatin1();
        matchMechanism(signIn);
    } else if (has("auth"_L1) && mechanism != "auto"_L1) {
        failValue("auth"_L1);
    }
    return signIn;
}

/// A certificate signs in by itself unless there is a password or a token too.
void OptionReader::readCertificate(SignIn &signIn)
{
    needs("client-key"_L1, "client-cert"_L1);
    if (!has("client-cert"_L1))
        return;
    signIn.clientCertificate = name("client-cert"_L1);
    signIn.clientKey = has("client-key"_L1) ? name("client-key"_L1) : signIn.clientCertificate;
    if (signIn.source == SignIn::PasswordSource::None)
        signIn.kind = sasl::CredentialKind::ClientCertificate;
}

/// A password is of no use where a token is wanted, nor a token where a password is; no server can tell that
/// as well as we can.
void OptionReader::matchMechanism(const SignIn &signIn)
{
    const auto fits = [&signIn](sasl::CredentialKind kind) {
        return !sasl::chooseMechanism({ signIn.mechanism }, {}, sasl::Channel::Encrypted, kind).isEmpty();
    };
    if (signIn.source == SignIn::PasswordSource::None || fits(signIn.kind))
        return;
    const QString mechanism = u"--auth="_s + text("auth"_L1);
    for (const QLatin1StringView secret : { "password-stdin"_L1, "password-file"_L1, "token-file"_L1 }) {
        if (!has(secret))
            continue;
        if (fits(sasl::CredentialKind::AccessToken))
            fail(Kind::TokenNeeded, mechanism, withHyphens(secret));
        else if (fits(sasl::CredentialKind::Password))
            fail(Kind::PasswordNeeded, mechanism, withHyphens(secret));
        else
            fail(Kind::Exclusive, mechanism, withHyphens(secret));
    }
}

QByteArray OptionReader::clientName()
{
    const QString value = name("helo"_L1);
    // What is one word for the server; a name in other letters has an xn-- form.
    const bool isWord = std::all_of(value.begin(), value.end(),
                                    [](QChar character) { return character > u' ' && character < u'\x7f'; });
    if (!isWord)
        failValue("helo"_L1);
    return value.toLatin1();
}

QByteArray OptionReader::pin()
{
    if (!has("pin"_L1))
        return {};
    const QString value = text("pin"_L1);
    constexpr qsizetype Sha256Octets = 32;
    const QByteArray digits = value.mid(7).remove(u':').toLatin1();
    const QByteArray key = QByteArray::fromHex(digits);
    // fromHex() skips what is no digit; only what comes back the same was one number.
    if (!value.startsWith("sha256:"_L1) || key.size() != Sha256Octets || key.toHex() != digits.toLower())
        failValue("pin"_L1);
    return key;
}

net::ProxyChoice OptionReader::proxy()
{
    using Way = net::ProxyChoice::Kind;
    net::ProxyChoice choice;
    const QString value = text("proxy"_L1);
    if (!has("proxy"_L1) || value == "system"_L1)
        return choice;
    if (value == "none"_L1) {
        choice.kind = Way::None;
        return choice;
    }
    const QUrl url(value, QUrl::StrictMode);
    const QString scheme = url.scheme();
    if (scheme == "socks5"_L1 || scheme == "socks5h"_L1)
        choice.kind = Way::Socks5;
    else if (scheme == "http"_L1)
        choice.kind = Way::HttpConnect;
    constexpr int SocksPort = 1080;
    constexpr int HttpPort = 8080;
    choice.host = url.host();
    choice.port = static_cast<quint16>(url.port(choice.kind == Way::Socks5 ? SocksPort : HttpPort));
    choice.user = url.userName(QUrl::FullyDecoded);
    const bool isWhole = choice.kind != Way::System && url.isValid() && !choice.host.isEmpty()
        && choice.port != 0 && (url.path().isEmpty() || url.path() == "/"_L1) && !url.hasQuery()
        && !url.hasFragment();
    if (isSecretVisible(value))
        fail(Kind::SecretVisible, u"--proxy"_s, u"--proxy-password-file"_s);
    else if (!isWhole)
        failValue("proxy"_L1);
    return choice;
}

std::optional<qint64> OptionReader::number(QLatin1StringView option, const QString &text, qint64 least,
                                           qint64 most)
{
    bool valid = false;
    const qint64 value = text.toLongLong(&valid);
    if (valid && value >= least && value <= most)
        return value;
    failValue(option);
    return {};
}

std::optional<smtp::StatusNotifications> OptionReader::notifications()
{
    using Notifications = smtp::StatusNotifications;
    if (!has("dsn"_L1)) {
        for (const QLatin1StringView option : { "dsn-return"_L1, "dsn-id"_L1 })
            needs(option, "dsn"_L1);
        return {};
    }
    static const QHash<QString, Notifications::Occasion> occasions {
        { u"success"_s, Notifications::Occasion::Success },
        { u"failure"_s, Notifications::Occasion::Failure },
        { u"delay"_s, Notifications::Occasion::Delay },
    };
    Notifications notifications;
    notifications.notify = {};
    notifications.envelopeId = has("dsn-id"_L1) ? text("dsn-id"_L1).toLatin1() : delivery::makeEnvelopeId();
    const bool isPrintable = std::all_of(notifications.envelopeId.begin(), notifications.envelopeId.end(),
                                         [](char octet) { return octet > ' ' && octet <= '~'; });
    constexpr qsizetype LongestId = 100;
    if (has("dsn-id"_L1)
        && (!isPrintable || notifications.envelopeId.isEmpty()
            || notifications.envelopeId.size() > LongestId))
        failValue("dsn-id"_L1);
    if (const QString returned = text("dsn-return"_L1); returned == "full"_L1)
        notifications.returned = Notifications::Returned::WholeMessage;
    else if (returned == "headers"_L1)
        notifications.returned = Notifications::Returned::HeadersOnly;
    else if (has("dsn-return"_L1))
        failValue("dsn-return"_L1);
    const QString wanted = text("dsn"_L1).toLower();
    if (wanted == "never"_L1)
        return notifications;
    for (const QString &word : wanted.split(u',')) {
        const auto occasion = occasions.constFind(word.trimmed());
        if (occasion == occasions.constEnd())
            failValue("dsn"_L1);
        else
            notifications.notify |= *occasion;
    }
    return notifications;
}

/// Seconds, and after a semicolon what is to happen with a message that is late.
std::optional<smtp::DeliverBy> OptionReader::deliverBy()
{
    if (!has("deliver-by"_L1))
        return {};
    constexpr qint64 Longest = 999'999'999;
    const QString value = text("deliver-by"_L1);
    const qsizetype comma = value.indexOf(u',');
    const QString mode = comma < 0 ? u"notify"_s : value.mid(comma + 1);
    smtp::DeliverBy wanted;
    wanted.mode = mode == "return"_L1 ? smtp::DeliverBy::Mode::Return : smtp::DeliverBy::Mode::Notify;
    if (mode != "return"_L1 && mode != "notify"_L1)
        failValue("deliver-by"_L1);
    wanted.within = std::chrono::seconds(number("deliver-by"_L1, value.left(comma), 1, Longest).value_or(1));
    return wanted;
}

std::optional<smtp::FutureRelease> OptionReader::futureRelease()
{
    constexpr qint64 Longest = 999'999'999; // the nine digits of RFC 4865
    exclude("hold-for"_L1, "hold-until"_L1);
    if (has("hold-for"_L1))
        return std::chrono::seconds(number("hold-for"_L1, text("hold-for"_L1), 1, Longest).value_or(1));
    if (!has("hold-until"_L1))
        return {};
    const QDateTime until = QDateTime::fromString(text("hold-until"_L1), Qt::ISODate);
    if (!until.isValid())
        failValue("hold-until"_L1);
    return until.toUTC();
}

std::optional<int> OptionReader::priority()
{
    constexpr int Extreme = 9;
    if (!has("priority"_L1))
        return {};
    return static_cast<int>(number("priority"_L1, text("priority"_L1), -Extreme, Extreme).value_or(0));
}

AccountSet::Limit OptionReader::limit(QLatin1StringView option)
{
    constexpr int Most = 1'000'000;
    if (!has(option))
        return {};
    std::optional<int> chosen;
    if (text(option) != "auto"_L1)
        chosen = static_cast<int>(number(option, text(option), 0, Most).value_or(0));
    return AccountSet::Limit(std::in_place, chosen);
}

delivery::Services OptionReader::services()
{
    delivery::Services services;
    services.notifications = notifications();
    if (has("require-tls"_L1))
        services.transportSecurity = smtp::Envelope::TransportSecurity::RequireTls;
    services.deliverBy = deliverBy();
    services.futureRelease = futureRelease();
    services.priority = priority();
    // A message must not be late before it may leave (RFC 4865 section 4.2).
    const auto *hold
        = services.futureRelease ? std::get_if<std::chrono::seconds>(&*services.futureRelease) : nullptr;
    if (hold && services.deliverBy && services.deliverBy->within <= *hold)
        failValue("deliver-by"_L1);
    return services;
}

/// With its angle brackets, which a shell makes hard to type.
QString OptionReader::messageId(QLatin1StringView option)
{
    QString id = name(option);
    if (id.isEmpty())
        return {};
    if (!id.startsWith(u'<'))
        id = u'<' + id + u'>';
    if (!mime::isMessageId(id.toUtf8()))
        failValue(option);
    return id;
}

Content OptionReader::content(const QString &link)
{
    for (const QLatin1StringView option :
         { "subject"_L1, "text"_L1, "html"_L1, "attach"_L1, "in-reply-to"_L1 })
        exclude(option, "eml"_L1);

    Content content;
    content.link = link;
    const bool isLink = link.startsWith("mailto:"_L1, Qt::CaseInsensitive);
    if (!link.isEmpty() && (!isLink || has("eml"_L1)))
        fail(Kind::OperandUnexpected, link);
    content.from = text("from"_L1);
    content.to = texts("to"_L1);
    content.cc = texts("cc"_L1);
    content.bcc = texts("bcc"_L1);
    content.subject = text("subject"_L1);
    content.textFile = name("text"_L1);
    content.htmlFile = name("html"_L1);
    if (content.textFile == "-"_L1 && content.htmlFile == "-"_L1)
        fail(Kind::Exclusive, u"--text=-"_s, u"--html=-"_s);
    content.inReplyTo = messageId("in-reply-to"_L1);
    content.attachments = texts("attach"_L1);
    content.emlFiles = texts("eml"_L1);
    if (content.emlFiles.isEmpty() && link.isEmpty() && !content.hasRecipients())
        fail(Kind::NothingToSend);
    return content;
}

} // namespace postrider::cli
