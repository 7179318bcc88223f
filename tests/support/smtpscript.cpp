// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "support/smtpscript.h"

#include "sasl/mechanism.h"

#include <QBuffer>
#include <QFile>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace postrider::support {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype All = std::numeric_limits<qsizetype>::max();

QByteArray unescaped(const QByteArray &text)
{
    QByteArray octets;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i) != '\\' || i + 1 == text.size()) {
            octets += text.at(i);
            continue;
        }
        switch (const char c = text.at(++i)) {
        case 'r':
            octets += '\r';
            break;
        case 'n':
            octets += '\n';
            break;
        case 't':
            octets += '\t';
            break;
        case '0':
            octets += '\0';
            break;
        case 'x':
            octets += QByteArray::fromHex(text.mid(i + 1, 2));
            i += 2;
            break;
        default:
            octets += c;
        }
    }
    return octets;
}

/// The octets that "S: line" and "S> octets" stand for.
QByteArray literal(const QByteArray &verb, const QByteArray &argument)
{
    return verb.endsWith('>') ? unescaped(argument) : argument + "\r\n";
}

std::chrono::milliseconds duration(const QByteArray &text)
{
    if (text.endsWith("ms"))
        return std::chrono::milliseconds(text.chopped(2).toInt());
    const int count = text.chopped(1).toInt();
    return text.endsWith('m') ? std::chrono::minutes(count) : std::chrono::seconds(count);
}

QByteArray nameOf(smtp::Failure::Stage stage)
{
    constexpr std::array names { "Greeting", "Ehlo", "StartTls", "TlsHandshake", "Auth", "Mail",
                                 "Rcpt",     "Data", "Content",  "ContentEnd",   "Rset", "Quit" };
    return names.at(static_cast<size_t>(stage));
}

QByteArray nameOf(smtp::Failure::Cause cause)
{
    constexpr std::array names { "Refused",
                                 "Malformed",
                                 "Unsolicited",
                                 "TimedOut",
                                 "ConnectionLost",
                                 "TlsMissing",
                                 "TlsFailed",
                                 "NoCommonMechanism",
                                 "MechanismFailed",
                                 "ServerNotVerified",
                                 "TooLarge",
                                 "Utf8Unsupported",
                                 "EightBitUnsupported",
                                 "BinaryUnsupported",
                                 "RequireTlsUnsupported",
                                 "FutureReleaseUnsupported",
                                 "FutureReleaseTooLate",
                                 "DeliverByUnsupported",
                                 "DeliverByTooSoon",
                                 "UnsafeEnvelope",
                                 "NoRecipients",
                                 "RecipientsRefused",
                                 "ContentUnreadable",
                                 "NotTried",
                                 "ChunkingUnusable",
                                 "PipeliningUnusable" };
    return names.at(static_cast<size_t>(cause));
}

QByteArray described(const smtp::Reply &reply)
{
    if (reply.code == 0)
        return {};
    const QByteArray enhanced = reply.enhanced.toByteArray();
    return ' ' + QByteArray::number(reply.code) + (enhanced.isEmpty() ? QByteArray() : ' ' + enhanced);
}

QByteArray described(const smtp::Failure &failure)
{
    const bool isUnknown = failure.custody == smtp::Failure::Custody::Unknown;
    QByteArray text = nameOf(failure.stage) + ' ' + nameOf(failure.cause)
        + (isUnknown ? " Unknown" : " NotAccepted") + described(failure.reply);
    if (failure.limit > 0)
        text += " limit=" + QByteArray::number(failure.limit);
    return text;
}

struct Describe
{
    QByteArray operator()(const smtp::event::BeginTls &) const { return "BeginTls"_ba; }
    QByteArray operator()(const smtp::event::CredentialsWanted &e) const
    {
        return QByteArray("CredentialsWanted " + e.mechanisms.join(' ')).trimmed();
    }
    QByteArray operator()(const smtp::event::KeyDerivationWanted &) const { return "KeyDerivationWanted"_ba; }
    QByteArray operator()(const smtp::event::Ready &) const { return "Ready"_ba; }
    QByteArray operator()(const smtp::event::SenderVerified &) const { return "SenderVerified"_ba; }
    QByteArray operator()(const smtp::event::SenderRefused &e) const
    {
        return "SenderRefused" + described(e.reply);
    }
    QByteArray operator()(const smtp::event::RecipientAccepted &e) const
    {
        return "RecipientAccepted " + QByteArray::number(e.transaction) + ' ' + QByteArray::number(e.index)
            + described(e.reply);
    }
    QByteArray operator()(const smtp::event::RecipientRefused &e) const
    {
        return "RecipientRefused " + QByteArray::number(e.transaction) + ' ' + QByteArray::number(e.index)
            + described(e.reply);
    }
    QByteArray operator()(const smtp::event::OptionsLeftOut &e) const
    {
        return "OptionsLeftOut " + QByteArray::number(e.transaction);
    }
    QByteArray operator()(const smtp::event::Progress &e) const
    {
        return "Progress " + QByteArray::number(e.transaction) + ' ' + QByteArray::number(e.octets);
    }
    QByteArray operator()(const smtp::event::FinalOctetDue &e) const
    {
        QByteArray text = "FinalOctetDue"_ba;
        for (const smtp::TransactionId id : e.transactions)
            text += ' ' + QByteArray::number(id);
        return text;
    }
    QByteArray operator()(const smtp::event::HabitsLearnt &e) const
    {
        const bool isChunkless = e.habits.chunkUse == smtp::ChunkUse::Never;
        QByteArray text = "HabitsLearnt"_ba + (isChunkless ? " no-chunking" : "");
        if (e.habits.pipelineUse == smtp::PipelineUse::WithinMessage)
            text += " pipelining-within-message";
        else if (e.habits.pipelineUse == smtp::PipelineUse::Never)
            text += " no-pipelining";
        return text;
    }
    QByteArray operator()(const smtp::event::Delivered &e) const
    {
        return "Delivered " + QByteArray::number(e.transaction) + described(e.reply);
    }
    QByteArray operator()(const smtp::event::TransactionFailed &e) const
    {
        return "TransactionFailed " + QByteArray::number(e.transaction) + ' ' + described(e.failure);
    }
    QByteArray operator()(const smtp::event::SessionFailed &e) const
    {
        return "SessionFailed " + described(e.failure);
    }
    QByteArray operator()(const smtp::event::Finished &) const { return "Finished"_ba; }
};

/// Content that can be read once, as from a pipe.
class OneWayDevice final : public QIODevice
{
public:
    explicit OneWayDevice(QByteArray octets)
        : m_octets(std::move(octets))
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] bool atEnd() const override { return m_octets.isEmpty(); }

protected:
    qint64 readData(char *data, qint64 maxSize) override
    {
        const qsizetype count = std::min(qsizetype(maxSize), m_octets.size());
        std::copy_n(m_octets.constData(), count, data);
        m_octets.remove(0, count);
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_octets;
};

std::unique_ptr<QIODevice> makeContent(const QByteArray &octets, bool canGoBack)
{
    if (!canGoBack)
        return std::make_unique<OneWayDevice>(octets);
    auto buffer = std::make_unique<QBuffer>();
    buffer->setData(octets);
    buffer->open(QIODevice::ReadOnly);
    return buffer;
}

/// What a word of SUBMIT adds to the envelope.
void addWord(smtp::Envelope &envelope, const QByteArray &word)
{
    using smtp::DeliverBy;
    using smtp::StatusNotifications;
    const qsizetype equals = word.indexOf('=');
    const QByteArray name = equals < 0 ? word : word.first(equals);
    const QByteArray value = equals < 0 ? QByteArray() : word.mid(equals + 1);
    const auto notifications = [&envelope]() -> StatusNotifications & {
        if (!envelope.notifications)
            envelope.notifications = StatusNotifications { .notify = {}, .envelopeId = {} };
        return *envelope.notifications;
    };
    if (name == "SIZE") {
        envelope.size = value.toLongLong();
    } else if (name == "8BITMIME") {
        envelope.body = smtp::Envelope::Body::EightBitMime;
    } else if (name == "BINARYMIME") {
        envelope.body = smtp::Envelope::Body::BinaryMime;
    } else if (name == "SMTPUTF8") {
        envelope.addresses = smtp::Envelope::Addresses::Utf8;
    } else if (name == "NOBODY") {
        envelope.partialRecipients = smtp::Envelope::PartialRecipients::SendToNobody;
    } else if (name == "UNLESSTOOMANY") {
        envelope.partialRecipients = smtp::Envelope::PartialRecipients::SendUnlessTooMany;
    } else if (name == "REQUIRETLS") {
        envelope.transportSecurity = smtp::Envelope::TransportSecurity::RequireTls;
    } else if (name == "HOLDFOR") {
        envelope.futureRelease = std::chrono::seconds(value.toLongLong());
    } else if (name == "HOLDUNTIL") {
        envelope.futureRelease = QDateTime::fromString(QString::fromLatin1(value), Qt::ISODate);
    } else if (name == "BY") {
        envelope.deliverBy = DeliverBy {
            .within = std::chrono::seconds(value.split(';').constFirst().toLongLong()),
            .mode = value.contains('R') ? DeliverBy::Mode::Return : DeliverBy::Mode::Notify,
            .trace = value.endsWith('T') ? DeliverBy::Trace::Yes : DeliverBy::Trace::No,
        };
    } else if (name == "PRIORITY") {
        envelope.priority = value.toInt();
    } else if (name == "NOTIFY") {
        notifications().notify.setFlag(StatusNotifications::Occasion::Success, value.contains("SUCCESS"));
        notifications().notify.setFlag(StatusNotifications::Occasion::Failure, value.contains("FAILURE"));
        notifications().notify.setFlag(StatusNotifications::Occasion::Delay, value.contains("DELAY"));
    } else if (name == "RET") {
        notifications().returned = value == "HDRS" ? StatusNotifications::Returned::HeadersOnly
                                                   : StatusNotifications::Returned::WholeMessage;
    } else if (name == "ENVID") {
        notifications().envelopeId = value;
    }
}

} // namespace

class SmtpScript::Player
{
public:
    Player(const smtp::SessionConfig &config, qsizetype serverOctets, qsizetype clientOctets)
        : m_session(config, m_now)
        , m_serverOctets(serverOctets)
        , m_clientOctets(clientOctets)
    { }

    void serverSays(const QByteArray &octets);
    void act(const Step &step);
    void takeEvents();

    QByteArray said {};
    QList<QByteArray> told {};

private:
    void submit(const Step &step);
    void release(const Step &step);
    void takeOutput();

    smtp::MonotonicTime m_now {};
    smtp::Session m_session;
    qsizetype m_serverOctets;
    qsizetype m_clientOctets;
    QList<smtp::TransactionId> m_due {};
};

void SmtpScript::Player::serverSays(const QByteArray &octets)
{
    for (QByteArrayView rest = octets; !rest.isEmpty();) {
        const qsizetype count = std::min(m_serverOctets, rest.size());
        m_session.receive(rest.first(count), m_now);
        rest = rest.sliced(count);
        takeOutput();
    }
    takeEvents();
}

void SmtpScript::Player::act(const Step &step)
{
    const QList<QByteArray> words = step.argument.split(' ');
    if (step.verb == "TLS")
        m_session.tlsEstablished(m_now);
    else if (step.verb == "TLSFAIL")
        m_session.tlsFailed();
    else if (step.verb == "CLOSE")
        m_session.connectionClosed();
    else if (step.verb == "WAIT")
        m_session.handleTimeout(m_now += duration(step.argument));
    else if (step.verb == "AUTH")
        m_session.authenticate(
            sasl::makeMechanism(words.value(0),
                                { QString::fromUtf8(words.value(1)), base::Secret(words.value(2)) }),
            m_now);
    else if (step.verb == "SKIP")
        m_session.skipAuthentication(m_now);
    else if (step.verb == "SUBMIT")
        submit(step);
    else if (step.verb == "RELEASE")
        release(step);
    else if (step.verb == "VERIFY")
        m_session.verifySender(step.argument.mid(1).chopped(1), m_now);
    else if (step.verb == "QUIT")
        m_session.quit(m_now);
    takeOutput();
    takeEvents();
}

void SmtpScript::Player::release(const Step &step)
{
    QList<smtp::TransactionId> ids;
    const QList<QByteArray> words = step.argument.split(' ');
    for (const QByteArray &word : words) {
        if (!word.isEmpty())
            ids.append(word.toULongLong());
    }
    m_session.releaseFinalOctet(ids.isEmpty() ? m_due : ids, m_now);
}

void SmtpScript::Player::submit(const Step &step)
{
    smtp::Envelope envelope;
    envelope.size = step.content.size();
    QList<QByteArray> words = unescaped(step.argument).split(' ');
    const smtp::TransactionId id = words.takeFirst().toULongLong();
    envelope.reversePath = words.takeFirst().mid(1).chopped(1);
    for (const QByteArray &word : std::as_const(words)) {
        if (word.startsWith('<'))
            envelope.recipients.append(word.mid(1).chopped(1));
        else
            addWord(envelope, word);
    }
    m_session.submit(id, envelope, makeContent(step.content, !words.contains("ONCE"_ba)), m_now);
}

void SmtpScript::Player::takeOutput()
{
    for (QByteArray piece = m_session.takeOutput(m_clientOctets, m_now); !piece.isEmpty();
         piece = m_session.takeOutput(m_clientOctets, m_now))
        said += piece;
}

void SmtpScript::Player::takeEvents()
{
    while (const auto what = m_session.nextEvent()) {
        if (const auto *due = std::get_if<smtp::event::FinalOctetDue>(&*what))
            m_due += due->transactions;
        if (!std::holds_alternative<smtp::event::Progress>(*what))
            told.append(describe(*what));
    }
}

QByteArray SmtpScript::describe(const smtp::Event &what)
{
    return std::visit(Describe {}, what);
}

base::Expected<SmtpScript, QString> SmtpScript::fromFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return base::Unexpected(QString(path + u": "_s + file.errorString()));
    return fromText(file.readAll());
}

base::Expected<SmtpScript, QString> SmtpScript::fromText(const QByteArray &text)
{
    constexpr std::array verbs { "S:",      "S>",      "C:",       "C>",        "E:",   "TLS",
                                 "TLSFAIL", "CLOSE",   "WAIT",     "AUTH",      "SKIP", "BODY:",
                                 "BODY>",   "SUBMIT",  "RELEASE",  "VERIFY",    "QUIT", "SECURITY",
                                 "WINDOW",  "LITERAL", "CHUNKING", "PIPELINING" };
    SmtpScript script;
    QByteArray content;
    int number = 0;
    const QList<QByteArray> lines = text.split('\n');
    for (const QByteArray &line : lines) {
        ++number;
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        QByteArray rest = line;
        const auto takeWord = [&rest] {
            const qsizetype space = rest.indexOf(' ');
            const QByteArray word = space < 0 ? rest : rest.first(space);
            rest = space < 0 ? QByteArray() : rest.mid(space + 1);
            return word;
        };
        QByteArray verb = takeWord();
        qsizetype count = 1;
        if (verb == "REPEAT") {
            count = takeWord().toLongLong();
            verb = takeWord();
        }
        if (std::find(verbs.begin(), verbs.end(), verb) == verbs.end())
            return base::Unexpected(u"line %1: %2 is no step"_s.arg(number).arg(QString::fromUtf8(verb)));

        if (verb == "SECURITY") {
            script.m_config.security = rest == "tls" ? smtp::Security::ImplicitTls
                : rest == "none"                     ? smtp::Security::Plaintext
                                                     : smtp::Security::StartTls;
        } else if (verb == "WINDOW") {
            script.m_config.window = rest.toLongLong();
        } else if (verb == "LITERAL") {
            script.m_config.addressLiteral = rest;
        } else if (verb == "CHUNKING") {
            script.m_config.chunkUse = smtp::ChunkUse::Never;
        } else if (verb == "PIPELINING") {
            script.m_config.pipelineUse
                = rest == "never" ? smtp::PipelineUse::Never : smtp::PipelineUse::WithinMessage;
        } else if (verb.startsWith("BODY")) {
            content += literal(verb, rest).repeated(count);
        } else if (verb == "SUBMIT") {
            script.m_steps.append({ number, verb, rest, std::exchange(content, {}) });
        } else {
            script.m_steps += QList<Step>(count, { number, verb, rest, {} });
        }
    }
    return script;
}

QString SmtpScript::play(qsizetype serverOctets, qsizetype clientOctets) const
{
    Player player(m_config, serverOctets == 0 ? All : serverOctets, clientOctets == 0 ? All : clientOctets);
    const auto isExpectation
        = [](const Step &step) { return step.verb.startsWith('C') && step.verb.size() == 2; };
    const auto isEvent = [](const Step &step) { return step.verb == "E:"; };
    const auto isServer = [](const Step &step) { return step.verb.startsWith("S") && step.verb.size() == 2; };

    for (auto step = m_steps.begin(); step != m_steps.end();) {
        const int line = step->line;
        QByteArray burst;
        for (; step != m_steps.end() && isServer(*step); ++step)
            burst += literal(step->verb, step->argument);
        if (!burst.isEmpty())
            player.serverSays(burst);
        else if (!isExpectation(*step) && !isEvent(*step))
            player.act(*step++);

        QByteArray expectedOctets;
        QList<QByteArray> expectedEvents;
        for (; step != m_steps.end() && (isExpectation(*step) || isEvent(*step)); ++step) {
            if (isEvent(*step))
                expectedEvents.append(step->argument);
            else
                expectedOctets += literal(step->verb, step->argument);
        }
        const QByteArray said = std::exchange(player.said, {});
        if (said != expectedOctets)
            return u"after line %1 the session said\n%2instead of\n%3"_s.arg(line).arg(
                QString::fromUtf8(said), QString::fromUtf8(expectedOctets));
        const QList<QByteArray> told = std::exchange(player.told, {});
        if (told != expectedEvents)
            return u"after line %1 the session told\n%2\ninstead of\n%3"_s.arg(line).arg(
                QString::fromUtf8(told.join('\n')), QString::fromUtf8(expectedEvents.join('\n')));
    }
    return {};
}

} // namespace postrider::support
