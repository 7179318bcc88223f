// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/arguments.h"

#include "cli/commandtable.h"

#include <QDateTime>
#include <QHash>
#include <QUrl>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::cli {

namespace {

using Kind = UsageError::Kind;
using base::Unexpected;

template <typename T>
using Parsed = base::Expected<T, UsageError>;

template <typename Text>
QString withHyphens(const Text &name)
{
    return u"--"_s + name;
}

/// The arguments sorted into options and other words, before their command is known.
class Scan
{
public:
    explicit Scan(const QStringList &arguments);

    [[nodiscard]] bool has(QLatin1StringView option) const { return m_values.contains(option); }
    [[nodiscard]] QString value(QLatin1StringView option) const { return m_values.value(option).value(0); }
    [[nodiscard]] QStringList values(QLatin1StringView option) const { return m_values.value(option); }
    [[nodiscard]] QStringList options() const { return m_order; }

    [[nodiscard]] const QStringList &words() const { return m_words; }
    /// The first mistake that does not depend on the command.
    [[nodiscard]] const std::optional<UsageError> &error() const { return m_error; }

private:
    /// Returns whether the next argument was its value.
    bool takeOption(const QString &argument, const QString *next);
    void fail(Kind kind, const QString &subject, const QString &detail = {})
    {
        if (!m_error)
            m_error = UsageError { kind, subject, detail, {} };
    }

    QStringList m_words {};
    QHash<QString, QStringList> m_values {};
    QStringList m_order {};
    std::optional<UsageError> m_error {};
};

Scan::Scan(const QStringList &arguments)
{
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &argument = arguments.at(i);
        if (argument == "--"_L1) {
            m_words += arguments.mid(i + 1);
            return;
        }
        if (!argument.startsWith(u'-') || argument == "-"_L1) {
            m_words += argument;
            continue;
        }
        const QString *next = i + 1 < arguments.size() ? &arguments.at(i + 1) : nullptr;
        if (takeOption(argument == "-h"_L1 ? u"--help"_s : argument, next))
            ++i;
    }
}

bool Scan::takeOption(const QString &argument, const QString *next)
{
    const qsizetype equals = argument.indexOf(u'=');
    const QString written = equals < 0 ? argument : argument.left(equals);
    const QString name = written.mid(2);
    const OptionSpec *option = written.startsWith("--"_L1) ? findOption(name) : nullptr;
    if (!option) {
        fail(Kind::UnknownOption, written);
        return false;
    }

    QString value;
    bool tookNext = false;
    if (equals >= 0) {
        if (option->argument == OptionSpec::Argument::None)
            fail(Kind::ValueUnexpected, written);
        value = argument.mid(equals + 1);
    } else if (option->argument == OptionSpec::Argument::Required) {
        if (!next || (next->startsWith(u'-') && *next != "-"_L1)) {
            fail(Kind::ValueMissing, written);
        } else {
            value = *next;
            tookNext = true;
        }
    }

    const bool takesValue = option->argument != OptionSpec::Argument::None;
    if (takesValue && option->occurs == OptionSpec::Occurs::Once && m_values.contains(name))
        fail(Kind::GivenTwice, written);
    if (!m_values.contains(name))
        m_order += name;
    m_values[name] += value;
    return tookNext;
}

/// Reads the options of one command; after the first mistake everything else is let through.
class Reader
{
public:
    explicit Reader(const Scan &scan)
        : m_scan(scan)
    { }

    [[nodiscard]] const std::optional<UsageError> &error() const { return m_error; }

    [[nodiscard]] bool has(QLatin1StringView option) const { return m_scan.has(option); }
    [[nodiscard]] QString text(QLatin1StringView option) const { return m_scan.value(option); }
    [[nodiscard]] QStringList texts(QLatin1StringView option) const { return m_scan.values(option); }

    void fail(Kind kind, const QString &subject = {}, const QString &detail = {})
    {
        if (!m_error)
            m_error = UsageError { kind, subject, detail, {} };
    }
    void require(QLatin1StringView option)
    {
        if (!has(option))
            fail(Kind::OptionMissing, withHyphens(option));
    }
    void exclude(QLatin1StringView option, QLatin1StringView other)
    {
        if (has(option) && has(other))
            fail(Kind::Exclusive, withHyphens(option), withHyphens(other));
    }
    void needs(QLatin1StringView option, QLatin1StringView other)
    {
        if (has(option) && !has(other))
            fail(Kind::OnlyWith, withHyphens(option), withHyphens(other));
    }

    /// A text that may not be empty.
    QString name(QLatin1StringView option)
    {
        const QString value = text(option).trimmed();
        if (has(option) && value.isEmpty())
            failValue(option);
        return value;
    }
    quint16 port();
    std::optional<std::chrono::milliseconds> duration(QLatin1StringView option);
    accounts::Server server(QLatin1StringView hostOption);
    SignIn signIn();
    QByteArray clientName();
    QByteArray pin();
    net::ProxyChoice proxy();
    delivery::Services services();
    Content content();

private:
    void readCertificate(SignIn &signIn);
    std::optional<smtp::StatusNotifications> notifications();
    std::optional<smtp::DeliverBy> deliverBy();
    std::optional<smtp::FutureRelease> futureRelease();
    std::optional<int> priority();
    /// A whole number in these bounds; otherwise the option fails.
    std::optional<qint64> number(QLatin1StringView option, const QString &text, qint64 least, qint64 most);
    void failValue(QLatin1StringView option) { fail(Kind::ValueBad, withHyphens(option), text(option)); }

    const Scan &m_scan;
    std::optional<UsageError> m_error {};
};

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

quint16 Reader::port()
{
    if (!has("port"_L1))
        return 0;
    bool valid = false;
    const quint16 port = text("port"_L1).toUShort(&valid);
    if (!valid || port == 0)
        failValue("port"_L1);
    return port;
}

std::optional<std::chrono::milliseconds> Reader::duration(QLatin1StringView option)
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

accounts::Server Reader::server(QLatin1StringView hostOption)
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

SignIn Reader::signIn()
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
    } else if (has("auth"_L1) && mechanism != "auto"_L1) {
        failValue("auth"_L1);
    }
    return signIn;
}

/// A certificate signs in by itself unless there is a password or a token too.
void Reader::readCertificate(SignIn &signIn)
{
    needs("client-key"_L1, "client-cert"_L1);
    if (!has("client-cert"_L1))
        return;
    signIn.clientCertificate = name("client-cert"_L1);
    signIn.clientKey = has("client-key"_L1) ? name("client-key"_L1) : signIn.clientCertificate;
    if (signIn.source == SignIn::PasswordSource::None)
        signIn.kind = sasl::CredentialKind::ClientCertificate;
}

QByteArray Reader::clientName()
{
    const QString value = name("helo"_L1);
    // What is one word for the server; a name in other letters has an xn-- form.
    const bool isWord = std::all_of(value.begin(), value.end(),
                                    [](QChar character) { return character > u' ' && character < u'\x7f'; });
    if (!isWord)
        failValue("helo"_L1);
    return value.toLatin1();
}

QByteArray Reader::pin()
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

net::ProxyChoice Reader::proxy()
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
    choice.password = url.password(QUrl::FullyDecoded);
    const bool isWhole = choice.kind != Way::System && url.isValid() && !choice.host.isEmpty()
        && choice.port != 0 && (url.path().isEmpty() || url.path() == "/"_L1) && !url.hasQuery()
        && !url.hasFragment();
    if (!isWhole)
        failValue("proxy"_L1);
    return choice;
}

std::optional<qint64> Reader::number(QLatin1StringView option, const QString &text, qint64 least, qint64 most)
{
    bool valid = false;
    const qint64 value = text.toLongLong(&valid);
    if (valid && value >= least && value <= most)
        return value;
    failValue(option);
    return {};
}

std::optional<smtp::StatusNotifications> Reader::notifications()
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
std::optional<smtp::DeliverBy> Reader::deliverBy()
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

std::optional<smtp::FutureRelease> Reader::futureRelease()
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

std::optional<int> Reader::priority()
{
    constexpr int Extreme = 9;
    if (!has("priority"_L1))
        return {};
    return static_cast<int>(number("priority"_L1, text("priority"_L1), -Extreme, Extreme).value_or(0));
}

delivery::Services Reader::services()
{
    delivery::Services services;
    services.notifications = notifications();
    if (has("require-tls"_L1))
        services.transportSecurity = smtp::Envelope::TransportSecurity::RequireTls;
    services.deliverBy = deliverBy();
    services.futureRelease = futureRelease();
    services.priority = priority();
    return services;
}

Content Reader::content()
{
    for (const QLatin1StringView option : { "subject"_L1, "text"_L1, "attach"_L1 })
        exclude(option, "eml"_L1);

    Content content;
    content.from = text("from"_L1);
    content.to = texts("to"_L1);
    content.cc = texts("cc"_L1);
    content.bcc = texts("bcc"_L1);
    content.subject = text("subject"_L1);
    content.textFile = name("text"_L1);
    content.attachments = texts("attach"_L1);
    content.emlFiles = texts("eml"_L1);
    if (content.emlFiles.isEmpty() && !content.hasRecipients())
        fail(Kind::NothingToSend);
    return content;
}

AccountAdd readAccountAdd(Reader &reader)
{
    AccountAdd command;
    reader.require("email"_L1);
    command.email = reader.text("email"_L1);
    command.name = reader.text("name"_L1).trimmed();
    if (!reader.has("host"_L1))
        reader.fail(Kind::DetectionMissing, u"--host"_s);
    command.server = reader.server("host"_L1);
    command.signIn = reader.signIn();
    reader.needs("user"_L1, "password-stdin"_L1);
    command.caFile = reader.name("ca-file"_L1);
    command.pinnedKey = reader.pin();
    command.clientName = reader.clientName();
    if (reader.has("no-verify-login"_L1))
        command.proof = delivery::PostOffice::Proof::None;
    return command;
}

Command readSendDirect(Reader &reader)
{
    for (const QLatin1StringView option : { "account"_L1, "queue-only"_L1, "wait"_L1, "record"_L1 })
        reader.exclude(option, "server"_L1);

    SendDirect command;
    command.server = reader.server("server"_L1);
    command.signIn = reader.signIn();
    if (command.signIn.mechanism == "EXTERNAL")
        reader.require("client-cert"_L1);
    const bool hasSecret = command.signIn.source != SignIn::PasswordSource::None;
    if (hasSecret)
        reader.require("user"_L1);
    else if (command.signIn.kind == sasl::CredentialKind::Password)
        reader.needs("user"_L1, "password-stdin"_L1);
    command.caFile = reader.name("ca-file"_L1);
    command.pinnedKey = reader.pin();
    command.clientName = reader.clientName();
    command.proxy = reader.proxy();
    command.services = reader.services();
    command.transcriptFile = reader.name("transcript"_L1);
    if (reader.has("verbose"_L1))
        command.verbosity = SendDirect::Verbosity::Conversation;
    command.timeout = reader.duration("timeout"_L1);
    if (command.timeout == std::chrono::milliseconds::zero())
        reader.fail(Kind::ValueBad, u"--timeout"_s, reader.text("timeout"_L1));
    command.content = reader.content();
    return command;
}

Command readSend(Reader &reader)
{
    if (reader.has("server"_L1))
        return readSendDirect(reader);
    for (const QLatin1StringView option :
         { "port"_L1, "security"_L1, "user"_L1, "password-stdin"_L1, "password-file"_L1, "token-file"_L1,
           "client-cert"_L1, "client-key"_L1, "auth"_L1, "ca-file"_L1, "pin"_L1, "helo"_L1, "timeout"_L1,
           "proxy"_L1, "transcript"_L1, "verbose"_L1 })
        reader.needs(option, "server"_L1);
    reader.exclude("queue-only"_L1, "wait"_L1);

    Send command;
    command.account = reader.name("account"_L1);
    command.content = reader.content();
    if (command.content.emlFiles.size() > 1)
        reader.fail(Kind::GivenTwice, u"--eml"_s);
    command.services = reader.services();
    if (reader.has("record"_L1))
        command.recording = outbox::Recording::On;
    if (reader.has("queue-only"_L1))
        command.until = Send::Until::Queued;
    if (!reader.text("wait"_L1).isEmpty())
        command.wait = reader.duration("wait"_L1).value_or(DefaultWait);
    return command;
}

Command readOutboxList(Reader &reader)
{
    OutboxList command;
    if (reader.has("state"_L1)) {
        const QString word = reader.text("state"_L1);
        const outbox::MessageState state = outbox::messageStateFromString(word);
        if (outbox::toString(state) != word)
            reader.fail(Kind::ValueBad, u"--state"_s, word);
        command.state = state;
    }
    return command;
}

Command readOutboxRetry(Reader &reader, const QString &id)
{
    reader.exclude("record"_L1, "all"_L1);
    if (reader.has("all"_L1)) {
        if (!id.isEmpty())
            reader.fail(Kind::OperandUnexpected, id);
        return OutboxRetryAll {};
    }
    if (id.isEmpty())
        reader.fail(Kind::OperandMissing, u"ID"_s);
    return OutboxAct { id, delivery::PostOffice::Action::Retry,
                       reader.has("record"_L1) ? outbox::Recording::On : outbox::Recording::Off };
}

Command readOutboxResolve(Reader &reader, const QString &id)
{
    using Action = delivery::PostOffice::Action;
    reader.exclude("sent"_L1, "resend"_L1);
    if (!reader.has("sent"_L1) && !reader.has("resend"_L1))
        reader.fail(Kind::OptionMissing, u"--sent"_s, u"--resend"_s);
    return OutboxAct { id, reader.has("sent"_L1) ? Action::ResolveSent : Action::ResolveResend, {} };
}

Command readCommand(QLatin1StringView words, Reader &reader, const QString &operand)
{
    using Action = delivery::PostOffice::Action;
    if (words == "account add"_L1)
        return readAccountAdd(reader);
    if (words == "account list"_L1)
        return AccountList {};
    if (words == "account show"_L1)
        return AccountShow { operand };
    if (words == "account remove"_L1)
        return AccountRemove { operand };
    if (words == "account set-password"_L1) {
        reader.require("password-stdin"_L1);
        return AccountSetPassword { operand };
    }
    if (words == "send"_L1)
        return readSend(reader);
    if (words == "outbox list"_L1)
        return readOutboxList(reader);
    if (words == "outbox show"_L1)
        return OutboxShow { operand };
    if (words == "outbox log"_L1)
        return OutboxLog { operand };
    if (words == "outbox retry"_L1)
        return readOutboxRetry(reader, operand);
    if (words == "outbox cancel"_L1)
        return OutboxAct { operand, Action::Cancel, {} };
    if (words == "outbox hold"_L1)
        return OutboxAct { operand, Action::Hold, {} };
    if (words == "outbox release"_L1)
        return OutboxAct { operand, Action::Release, {} };
    if (words == "outbox resolve"_L1)
        return readOutboxResolve(reader, operand);
    if (words == "outbox run"_L1) {
        return OutboxRun { reader.has("until-empty"_L1) ? OutboxRun::Until::Empty
                                                        : OutboxRun::Until::Interrupted };
    }
    Q_ASSERT(words == "practice"_L1);
    return Practice { reader.port(), reader.name("dir"_L1) };
}

/// Takes the words that name a command off the front; null when they name none.
const CommandSpec *takeCommand(QStringList &words)
{
    for (const qsizetype count : { 1, 2 }) {
        if (words.size() < count)
            break;
        if (const CommandSpec *command = findCommand(words.mid(0, count).join(u' '))) {
            words.remove(0, count);
            return command;
        }
    }
    return nullptr;
}

/// Whether commands begin with this word ("outbox").
bool isFamily(const QString &word)
{
    const QString start = word + u' ';
    return std::any_of(commands().begin(), commands().end(),
                       [&start](const CommandSpec &command) { return command.words.startsWith(start); });
}

UsageError unknownCommand(const QStringList &words)
{
    if (words.isEmpty())
        return { Kind::NoCommand, {}, {}, {} };
    if (!isFamily(words.first()))
        return { Kind::UnknownCommand, words.first(), {}, {} };
    if (words.size() == 1)
        return { Kind::OperandMissing, u"COMMAND"_s, {}, words.first() };
    return { Kind::UnknownCommand, words.mid(0, 2).join(u' '), {}, words.first() };
}

std::optional<UsageError> misplacedOption(const Scan &scan, const CommandSpec &command)
{
    for (const QString &option : scan.options()) {
        const bool global = std::any_of(globalOptions().begin(), globalOptions().end(),
                                        [&option](const OptionSpec &spec) { return spec.name == option; });
        if (!global && !command.options.contains(QLatin1StringView(option.toLatin1())))
            return UsageError { Kind::OptionMisplaced, withHyphens(option), QString(command.words), {} };
    }
    return {};
}

std::optional<UsageError> wrongOperands(const QStringList &operands, const CommandSpec &command)
{
    const qsizetype allowed = command.operand.isEmpty() ? 0 : 1;
    if (operands.size() > allowed)
        return UsageError { Kind::OperandUnexpected, operands.at(allowed), {}, {} };
    const bool required = allowed == 1 && !command.operand.startsWith(u'[');
    if (required && operands.value(0).isEmpty())
        return UsageError { Kind::OperandMissing, QString(command.operand), {}, {} };
    return {};
}

Unexpected<UsageError> blame(UsageError error, const CommandSpec &command)
{
    error.command = command.words;
    return Unexpected(std::move(error));
}

} // namespace

base::Expected<Invocation, UsageError> parseArguments(const QStringList &arguments)
{
    const Scan scan(arguments);
    QStringList operands = scan.words();
    const CommandSpec *command = takeCommand(operands);

    Invocation invocation;
    invocation.profileFolder = scan.value("profile"_L1);
    if (scan.has("json"_L1))
        invocation.format = Output::Format::Json;

    if (scan.has("help"_L1)) {
        const QString family = operands.value(0);
        invocation.command = ShowHelp { command                ? QString(command->words)
                                            : isFamily(family) ? family
                                                               : QString() };
        return invocation;
    }
    if (scan.has("version"_L1)) {
        invocation.command = ShowVersion {};
        return invocation;
    }

    if (!command) {
        // An option that does not exist says more than the command that could not be found behind it.
        if (scan.error() && operands.isEmpty())
            return Unexpected(*scan.error());
        return Unexpected(unknownCommand(operands));
    }
    if (scan.error())
        return blame(*scan.error(), *command);
    if (const auto error = misplacedOption(scan, *command))
        return blame(*error, *command);
    if (const auto error = wrongOperands(operands, *command))
        return blame(*error, *command);
    if (scan.has("profile"_L1) && invocation.profileFolder.isEmpty())
        return blame({ Kind::ValueBad, u"--profile"_s, {}, {} }, *command);

    Reader reader(scan);
    invocation.command = readCommand(command->words, reader, operands.value(0));
    if (reader.error())
        return blame(*reader.error(), *command);
    return invocation;
}

} // namespace postrider::cli
