// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "smtp/session.h"

#include "smtp/authexchange.h"
#include "smtp/contentencoder.h"

#include <algorithm>
#include <array>
#include <deque>
#include <utility>

namespace postrider::smtp {

using namespace Qt::StringLiterals;

namespace {

using Stage = Failure::Stage;
using Cause = Failure::Cause;
using Custody = Failure::Custody;

constexpr qsizetype ReceiveOctets = 16 * 1024;   // parsed at a time, so that little is ever copied
constexpr QByteArrayView EndOfContent = ".\r\n"; // the CRLF before it is the content's own

/// What a reply is awaited for.
enum class Step {
    Greeting,
    Ehlo,
    Helo,
    StartTls,
    Auth,
    AuthCancel,
    Mail,
    Recipient,
    Data,
    ContentEnd,
    SenderMail, ///< verifySender()
    Reset,
    Quit,
};

Stage stageOf(Step step)
{
    switch (step) {
    case Step::Greeting:
        return Stage::Greeting;
    case Step::Ehlo:
    case Step::Helo:
        return Stage::Ehlo;
    case Step::StartTls:
        return Stage::StartTls;
    case Step::Auth:
    case Step::AuthCancel:
        return Stage::Auth;
    case Step::Mail:
    case Step::SenderMail:
        return Stage::Mail;
    case Step::Recipient:
        return Stage::Rcpt;
    case Step::Data:
        return Stage::Data;
    case Step::ContentEnd:
        return Stage::ContentEnd;
    case Step::Reset:
        return Stage::Rset;
    case Step::Quit:
        return Stage::Quit;
    }
    Q_UNREACHABLE();
}

/// The server dislikes the mechanism or the form of the command, not the password (RFC 4954 section 6).
bool isMechanismRefusal(int code)
{
    constexpr std::array codes { 500, 501, 504, 534, 538 };
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

Cause causeOf(AuthExchange::Error error)
{
    return error == AuthExchange::Error::MechanismFailed ? Cause::MechanismFailed : Cause::Malformed;
}

/// A domain name or an address literal, by its characters (RFC 5321 sections 4.1.2 and 4.1.3).
bool isClientName(QByteArrayView name)
{
    const bool isLiteral = name.size() > 2 && name.startsWith('[') && name.endsWith(']');
    const QByteArrayView characters = isLiteral ? name.sliced(1, name.size() - 2) : name;
    return !characters.isEmpty() && name.size() <= 255
        && std::all_of(characters.begin(), characters.end(), [isLiteral](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'
                   || c == '.' || (isLiteral && c == ':');
           });
}

bool isAscii(QByteArrayView octets)
{
    return std::all_of(octets.begin(), octets.end(), [](char c) { return static_cast<uchar>(c) < 0x80; });
}

} // namespace

class Session::Private
{
public:
    enum class State {
        Talking,      ///< a reply is awaited, see inFlight
        TlsHandshake, ///< BeginTls is asked
        Credentials,  ///< CredentialsWanted is asked
        Ready,
        Content,  ///< from the 354 until the last content octet is taken
        Quitting, ///< replies decide nothing any more
        Ended,
    };

    struct Awaited
    {
        Step step = Step::Greeting;
        qsizetype recipient = 0;
    };

    struct Transaction
    {
        enum class Phase {
            Commands,
            Streaming, ///< content is handed out
            Held,      ///< FinalOctetDue is asked
            Released,
            Complete, ///< the last octet was taken: from here on the server may have the message
        };

        TransactionId id = 0;
        Envelope envelope {};
        ContentEncoder content;
        Phase phase = Phase::Commands;
        qsizetype accepted = 0; ///< recipients
        QByteArrayView terminator = EndOfContent;
        qint64 progress = 0; ///< as last reported
    };

    explicit Private(SessionConfig c)
        : config(std::move(c))
        , parser(config.limits)
        , isEncrypted(config.security == Security::ImplicitTls)
    {
        if (!isClientName(config.clientName))
            config.clientName = SessionConfig().clientName;
    }

    // Replies
    void handleReplies(MonotonicTime now);
    void handle(const Reply &reply, MonotonicTime now);
    void handleGreeting(const Reply &reply, MonotonicTime now);
    void handleEhlo(Step step, const Reply &reply, MonotonicTime now);
    void handleStartTls(const Reply &reply, MonotonicTime now);
    void handleAuth(const Reply &reply, MonotonicTime now);
    void handleMail(const Reply &reply, MonotonicTime now);
    void handleRecipient(qsizetype index, const Reply &reply, MonotonicTime now);
    void handleData(const Reply &reply, MonotonicTime now);
    void handleContentEnd(const Reply &reply);
    void handleSenderMail(const Reply &reply, MonotonicTime now);
    void handleReset(const Reply &reply, MonotonicTime now);
    void handleWhileQuitting();

    // Commands
    void send(const QByteArray &line, Awaited awaited, MonotonicTime now);
    void send(const QByteArray &line, const QByteArray &shown, Awaited awaited, MonotonicTime now);
    void await(Awaited awaited, MonotonicTime now);
    void sendRecipient(qsizetype index, MonotonicTime now);
    void sendQuit();
    void cancelAuth(Cause cause, MonotonicTime now);
    void askCredentials();
    void becomeReady();
    [[nodiscard]] QByteArray mailCommand(const Envelope &envelope) const;
    [[nodiscard]] std::optional<Failure> objection(const Envelope &envelope) const;

    // Content
    void takeContent(QByteArray &out, qsizetype maxOctets, MonotonicTime now);
    void takeTerminator(QByteArray &out, qsizetype maxOctets, MonotonicTime now);
    void reportProgress();
    void showContent() const;

    // Endings
    void failTransaction(const Failure &failure);
    void fail(Cause cause, const Reply &reply = {});
    void failSession(const Failure &failure);
    void leave(const Failure &failure, MonotonicTime now);
    void finish();
    void end(Event lastEvent);

    [[nodiscard]] Stage stage() const;
    [[nodiscard]] Custody custody() const;
    [[nodiscard]] std::chrono::milliseconds timeoutOf(Step step) const;
    void show(Direction direction, const QByteArray &line) const;

    SessionConfig config;
    ReplyParser parser;
    State state = State::Talking;
    bool isEncrypted;
    std::deque<Awaited> inFlight {};
    QByteArray output {}; ///< commands not yet taken
    std::deque<Event> events {};
    std::optional<MonotonicTime> deadline {};
    Capabilities capabilities {};
    Reply greeting {};

    QList<QByteArray> mechanisms {}; ///< offered and not refused
    std::optional<AuthExchange> exchange {};
    Cause cancelCause = Cause::Malformed;
    std::optional<Reply> mechanismRefusal {};

    std::optional<Transaction> transaction {};
    std::optional<Failure> parting {}; ///< said after QUIT instead of Finished
    std::function<void(Direction, QByteArrayView)> transcript {};
};

// Replies

void Session::Private::handleReplies(MonotonicTime now)
{
    while (state != State::Ended) {
        const auto reply = parser.next();
        if (!reply) {
            if (state == State::Quitting)
                finish();
            else
                fail(Cause::Malformed);
            return;
        }
        if (!*reply)
            return;
        handle(**reply, now);
        if (state == State::TlsHandshake && parser.pendingOctets() > 0)
            failSession({ Stage::StartTls, Cause::Unsolicited }); // would pass for the server's after TLS
    }
}

void Session::Private::handle(const Reply &reply, MonotonicTime now)
{
    for (qsizetype i = 0; i < reply.lines.size(); ++i) {
        const char separator = i + 1 < reply.lines.size() ? '-' : ' ';
        show(Direction::FromServer, QByteArray::number(reply.code) + separator + reply.lines.at(i));
    }

    if (state == State::Quitting) {
        handleWhileQuitting();
        return;
    }
    if (state == State::Content) {
        // Whatever it says, it cannot be about a message whose end the server has not seen.
        const bool isRefusal = reply.isTransient() || reply.isPermanent();
        fail(isRefusal ? Cause::Refused : Cause::Unsolicited, isRefusal ? reply : Reply());
        return;
    }
    if (reply.code == 421) { // may come at any time (RFC 5321 section 3.8)
        failSession({ stage(), Cause::Refused, Custody::NotAccepted, reply });
        return;
    }
    if (inFlight.empty()) {
        fail(Cause::Unsolicited);
        return;
    }
    const Step step = inFlight.front().step;
    if (reply.isIntermediate() && step != Step::Auth && step != Step::Data) {
        fail(Cause::Malformed);
        return;
    }

    const Awaited awaited = inFlight.front();
    inFlight.pop_front();
    deadline.reset();
    switch (step) {
    case Step::Greeting:
        handleGreeting(reply, now);
        break;
    case Step::Ehlo:
    case Step::Helo:
        handleEhlo(step, reply, now);
        break;
    case Step::StartTls:
        handleStartTls(reply, now);
        break;
    case Step::Auth:
        handleAuth(reply, now);
        break;
    case Step::AuthCancel:
        leave({ Stage::Auth, cancelCause }, now);
        break;
    case Step::Mail:
        handleMail(reply, now);
        break;
    case Step::Recipient:
        handleRecipient(awaited.recipient, reply, now);
        break;
    case Step::Data:
        handleData(reply, now);
        break;
    case Step::ContentEnd:
        handleContentEnd(reply);
        break;
    case Step::SenderMail:
        handleSenderMail(reply, now);
        break;
    case Step::Reset:
        handleReset(reply, now);
        break;
    case Step::Quit:
        break; // only sent in State::Quitting
    }
    if (!inFlight.empty() && !deadline)
        deadline = now + timeoutOf(inFlight.front().step);
}

void Session::Private::handleGreeting(const Reply &reply, MonotonicTime now)
{
    greeting = reply;
    if (reply.isPositive())
        send("EHLO " + config.clientName, { Step::Ehlo }, now);
    else
        leave({ Stage::Greeting, Cause::Refused, Custody::NotAccepted, reply }, now);
}

void Session::Private::handleEhlo(Step step, const Reply &reply, MonotonicTime now)
{
    if (!reply.isPositive()) {
        const bool isUnknown = step == Step::Ehlo && (reply.code == 500 || reply.code == 502);
        if (isUnknown && config.security == Security::Plaintext)
            send("HELO " + config.clientName, { Step::Helo }, now);
        else
            leave({ Stage::Ehlo, Cause::Refused, Custody::NotAccepted, reply }, now);
        return;
    }
    if (step == Step::Ehlo)
        capabilities = Capabilities::fromEhlo(reply);
    if (config.security != Security::StartTls || isEncrypted) {
        mechanisms = capabilities.authMechanisms();
        askCredentials();
    } else if (capabilities.has("STARTTLS")) {
        send("STARTTLS"_ba, { Step::StartTls }, now);
    } else {
        leave({ Stage::StartTls, Cause::TlsMissing }, now);
    }
}

void Session::Private::handleStartTls(const Reply &reply, MonotonicTime now)
{
    if (!reply.isPositive()) {
        leave({ Stage::StartTls, Cause::Refused, Custody::NotAccepted, reply }, now);
        return;
    }
    // What was said in plain text may be anybody's (RFC 3207 section 4.2).
    capabilities = {};
    greeting = {};
    state = State::TlsHandshake;
    events.emplace_back(event::BeginTls {});
}

void Session::Private::handleAuth(const Reply &reply, MonotonicTime now)
{
    if (reply.isIntermediate()) {
        if (const auto line = exchange->answer(reply))
            send(line->octets, line->shown, { Step::Auth }, now);
        else
            cancelAuth(causeOf(line.error()), now);
        return;
    }
    mechanisms.removeAll(exchange->mechanismName());
    exchange.reset();
    if (reply.isPositive()) {
        becomeReady();
    } else if (isMechanismRefusal(reply.code) && !mechanisms.isEmpty()) {
        mechanismRefusal = reply;
        askCredentials();
    } else {
        leave({ Stage::Auth, Cause::Refused, Custody::NotAccepted, reply }, now);
    }
}

void Session::Private::handleMail(const Reply &reply, MonotonicTime now)
{
    if (reply.isPositive()) {
        sendRecipient(0, now);
        return;
    }
    failTransaction({ Stage::Mail, Cause::Refused, Custody::NotAccepted, reply });
    becomeReady();
}

void Session::Private::handleRecipient(qsizetype index, const Reply &reply, MonotonicTime now)
{
    if (reply.isPositive()) {
        ++transaction->accepted;
        events.emplace_back(event::RecipientAccepted { transaction->id, index, reply });
    } else {
        events.emplace_back(event::RecipientRefused { transaction->id, index, reply });
    }
    if (index + 1 < transaction->envelope.recipients.size()) {
        sendRecipient(index + 1, now);
    } else if (transaction->accepted > 0) {
        send("DATA"_ba, { Step::Data }, now);
    } else {
        failTransaction({ Stage::Rcpt, Cause::NoRecipients });
        send("RSET"_ba, { Step::Reset }, now);
    }
}

void Session::Private::handleData(const Reply &reply, MonotonicTime now)
{
    if (reply.isIntermediate()) {
        state = State::Content;
        transaction->phase = Transaction::Phase::Streaming;
        deadline = now + config.timeouts.dataBlock;
    } else if (reply.isPositive()) {
        failSession({ Stage::Data, Cause::Malformed }); // is content expected now or not?
    } else {
        failTransaction({ Stage::Data, Cause::Refused, Custody::NotAccepted, reply });
        send("RSET"_ba, { Step::Reset }, now);
    }
}

void Session::Private::handleContentEnd(const Reply &reply)
{
    if (reply.isPositive()) {
        events.emplace_back(event::Delivered { transaction->id, reply });
        transaction.reset();
    } else {
        failTransaction({ Stage::ContentEnd, Cause::Refused, Custody::NotAccepted, reply });
    }
    becomeReady();
}

void Session::Private::handleSenderMail(const Reply &reply, MonotonicTime now)
{
    if (reply.isPositive()) {
        events.emplace_back(event::SenderVerified {});
        send("RSET"_ba, { Step::Reset }, now);
    } else {
        events.emplace_back(event::SenderRefused { reply });
        becomeReady();
    }
}

void Session::Private::handleReset(const Reply &reply, MonotonicTime now)
{
    if (reply.isPositive())
        becomeReady();
    else
        leave({ Stage::Rset, Cause::Refused, Custody::NotAccepted, reply }, now);
}

void Session::Private::handleWhileQuitting()
{
    const bool isAnswerToQuit = inFlight.empty() || inFlight.front().step == Step::Quit;
    if (isAnswerToQuit) {
        finish();
        return;
    }
    inFlight.pop_front();
    if (inFlight.empty())
        sendQuit();
}

// Commands

void Session::Private::send(const QByteArray &line, Awaited awaited, MonotonicTime now)
{
    send(line, line, awaited, now);
}

void Session::Private::send(const QByteArray &line, const QByteArray &shown, Awaited awaited,
                            MonotonicTime now)
{
    output += line + "\r\n";
    show(Direction::ToServer, shown);
    await(awaited, now);
}

void Session::Private::await(Awaited awaited, MonotonicTime now)
{
    state = State::Talking;
    inFlight.push_back(awaited);
    if (inFlight.size() == 1)
        deadline = now + timeoutOf(awaited.step);
}

void Session::Private::sendRecipient(qsizetype index, MonotonicTime now)
{
    send("RCPT TO:<" + transaction->envelope.recipients.at(index) + '>', { Step::Recipient, index }, now);
}

/// The deadline is the caller's: waiting for an earlier reply counts too.
void Session::Private::sendQuit()
{
    output += "QUIT\r\n";
    show(Direction::ToServer, "QUIT");
    inFlight.push_back({ Step::Quit });
}

void Session::Private::cancelAuth(Cause cause, MonotonicTime now)
{
    exchange.reset();
    cancelCause = cause;
    send("*"_ba, { Step::AuthCancel }, now);
}

void Session::Private::askCredentials()
{
    state = State::Credentials;
    events.emplace_back(event::CredentialsWanted { mechanisms });
}

void Session::Private::becomeReady()
{
    state = State::Ready;
    events.emplace_back(event::Ready {});
}

QByteArray Session::Private::mailCommand(const Envelope &envelope) const
{
    QByteArray command = "MAIL FROM:<" + envelope.reversePath + '>';
    if (envelope.size > 0 && capabilities.has("SIZE"))
        command += " SIZE=" + QByteArray::number(envelope.size);
    if (envelope.body == Envelope::Body::EightBitMime)
        command += " BODY=8BITMIME";
    if (envelope.addresses == Envelope::Addresses::Utf8)
        command += " SMTPUTF8";
    return command;
}

/// Why this envelope cannot be offered to this server, decided without asking it.
std::optional<Failure> Session::Private::objection(const Envelope &envelope) const
{
    if (!envelope.isSafe())
        return Failure { Stage::Mail, Cause::UnsafeEnvelope };
    if (envelope.addresses == Envelope::Addresses::Utf8 && !capabilities.has("SMTPUTF8"))
        return Failure { Stage::Mail, Cause::Utf8Unsupported };
    if (envelope.body == Envelope::Body::EightBitMime && !capabilities.has("8BITMIME"))
        return Failure { Stage::Mail, Cause::EightBitUnsupported };
    const std::optional<qint64> limit = capabilities.sizeLimit();
    if (limit && envelope.size > *limit)
        return Failure { Stage::Mail, Cause::TooLarge, Custody::NotAccepted, {}, *limit };
    return std::nullopt;
}

// Content

void Session::Private::takeContent(QByteArray &out, qsizetype maxOctets, MonotonicTime now)
{
    const qsizetype before = out.size();
    const auto status = transaction->content.take(out, maxOctets - out.size());
    if (status == ContentEncoder::Status::Unreadable) {
        out.clear();
        fail(Cause::ContentUnreadable);
        return;
    }
    if (out.size() > before)
        deadline = now + config.timeouts.dataBlock;
    reportProgress();
    if (status == ContentEncoder::Status::AtEnd) {
        transaction->phase = Transaction::Phase::Held;
        deadline.reset(); // the caller's turn, not the server's
        events.emplace_back(event::FinalOctetDue { { transaction->id } });
    }
}

void Session::Private::takeTerminator(QByteArray &out, qsizetype maxOctets, MonotonicTime now)
{
    // A reply that began before the message was complete must not be taken for the answer to it.
    if (parser.pendingOctets() > 0)
        return;
    QByteArrayView &terminator = transaction->terminator;
    const qsizetype count = std::min(maxOctets - out.size(), terminator.size());
    out.append(terminator.first(count));
    terminator = terminator.sliced(count);
    if (!terminator.isEmpty())
        return;
    showContent();
    show(Direction::ToServer, ".");
    transaction->phase = Transaction::Phase::Complete;
    await({ Step::ContentEnd }, now);
}

void Session::Private::reportProgress()
{
    const qint64 octets = transaction->content.octets();
    if (octets == std::exchange(transaction->progress, octets))
        return;
    // One that nobody fetched is overtaken, so that the events stay few however small the pieces are.
    auto *last = events.empty() ? nullptr : std::get_if<event::Progress>(&events.back());
    if (last && last->transaction == transaction->id)
        last->octets = octets;
    else
        events.emplace_back(event::Progress { transaction->id, octets });
}

void Session::Private::showContent() const
{
    show(Direction::ToServer, "[" + QByteArray::number(transaction->progress) + " octets of content]");
}

// Endings

void Session::Private::failTransaction(const Failure &failure)
{
    if (!transaction)
        return;
    if (state == State::Content)
        showContent();
    events.emplace_back(event::TransactionFailed { transaction->id, failure });
    transaction.reset();
}

void Session::Private::fail(Cause cause, const Reply &reply)
{
    failSession({ stage(), cause, custody(), reply });
}

void Session::Private::failSession(const Failure &failure)
{
    // The demand for a handshake that must not happen any more is withdrawn.
    if (!events.empty() && std::holds_alternative<event::BeginTls>(events.back()))
        events.pop_back();
    failTransaction(failure);
    end(event::SessionFailed { failure });
}

/// Ends a session that the server still follows: not without QUIT (RFC 5321 section 4.1.1.10).
void Session::Private::leave(const Failure &failure, MonotonicTime now)
{
    parting = failure;
    state = State::Quitting;
    deadline = now + config.timeouts.quit;
    sendQuit();
}

void Session::Private::finish()
{
    if (parting)
        end(event::SessionFailed { *parting });
    else
        end(event::Finished {});
}

void Session::Private::end(Event lastEvent)
{
    state = State::Ended;
    events.push_back(std::move(lastEvent));
    inFlight.clear();
    output.clear();
    parser.clear();
    deadline.reset();
    exchange.reset();
}

Stage Session::Private::stage() const
{
    switch (state) {
    case State::TlsHandshake:
        return Stage::TlsHandshake;
    case State::Credentials:
        return Stage::Auth;
    case State::Content:
        return Stage::Content;
    case State::Quitting:
        return Stage::Quit;
    case State::Talking:
        return stageOf(inFlight.front().step);
    case State::Ready:
    case State::Ended:
        break;
    }
    return Stage::Mail; // nothing is awaited: what comes next fails
}

Custody Session::Private::custody() const
{
    const bool isComplete = transaction && transaction->phase == Transaction::Phase::Complete;
    return isComplete ? Custody::Unknown : Custody::NotAccepted;
}

std::chrono::milliseconds Session::Private::timeoutOf(Step step) const
{
    switch (step) {
    case Step::Greeting:
        return config.timeouts.greeting;
    case Step::Data:
        return config.timeouts.dataStart;
    case Step::ContentEnd:
        return config.timeouts.dataEnd;
    case Step::Quit:
        return config.timeouts.quit;
    default:
        return config.timeouts.command;
    }
}

void Session::Private::show(Direction direction, const QByteArray &line) const
{
    if (transcript)
        transcript(direction, line);
}

// The public face

Session::Session(SessionConfig config, MonotonicTime now)
    : d(std::make_unique<Private>(std::move(config)))
{
    d->await({ Step::Greeting }, now);
}

Session::~Session() = default;

void Session::receive(QByteArrayView octets, MonotonicTime now)
{
    while (!octets.isEmpty() && d->state != Private::State::Ended) {
        if (d->state == Private::State::TlsHandshake) {
            d->failSession({ Stage::StartTls, Cause::Unsolicited });
            return;
        }
        const qsizetype count = std::min(octets.size(), ReceiveOctets);
        d->parser.append(octets.first(count));
        octets = octets.sliced(count);
        d->handleReplies(now);
    }
}

void Session::tlsEstablished(MonotonicTime now)
{
    if (d->state == Private::State::TlsHandshake) {
        d->isEncrypted = true;
        d->send("EHLO " + d->config.clientName, { Step::Ehlo }, now);
    } else if (d->config.security == Security::ImplicitTls && d->state == Private::State::Talking
               && d->inFlight.front().step == Step::Greeting) {
        d->deadline = now + d->config.timeouts.greeting;
    }
}

void Session::tlsFailed()
{
    if (d->state == Private::State::Quitting)
        d->finish();
    else if (d->state != Private::State::Ended)
        d->failSession({ Stage::TlsHandshake, Cause::TlsFailed, d->custody() });
}

void Session::connectionClosed()
{
    if (d->state == Private::State::Quitting)
        d->finish();
    else if (d->state != Private::State::Ended)
        d->fail(Cause::ConnectionLost);
}

void Session::handleTimeout(MonotonicTime now)
{
    if (!d->deadline || now < *d->deadline)
        return;
    if (d->state == Private::State::Quitting)
        d->finish();
    else
        d->fail(Cause::TimedOut);
}

void Session::authenticate(std::unique_ptr<sasl::Mechanism> mechanism, MonotonicTime now)
{
    if (d->state != Private::State::Credentials)
        return;
    if (!mechanism || !d->mechanisms.contains(mechanism->name().toUpper())) {
        if (d->mechanismRefusal)
            d->leave({ Stage::Auth, Cause::Refused, Custody::NotAccepted, *d->mechanismRefusal }, now);
        else
            d->leave({ Stage::Auth, Cause::NoCommonMechanism }, now);
        return;
    }
    d->exchange.emplace(std::move(mechanism));
    if (const auto line = d->exchange->command())
        d->send(line->octets, line->shown, { Step::Auth }, now);
    else
        d->leave({ Stage::Auth, causeOf(line.error()) }, now);
}

void Session::skipAuthentication(MonotonicTime)
{
    if (d->state == Private::State::Credentials)
        d->becomeReady();
}

void Session::submit(TransactionId id, Envelope envelope, std::unique_ptr<QIODevice> content,
                     MonotonicTime now)
{
    if (d->state == Private::State::Ended) {
        // The caller may act on a Ready that it fetched before it hears of the end: this message, too, gets
        // its answer before the session's last event.
        if (!d->events.empty()) {
            const auto *last = std::get_if<event::SessionFailed>(&d->events.back());
            Failure failure = last ? last->failure : Failure { Stage::Mail, Cause::ConnectionLost };
            failure.custody = Custody::NotAccepted;
            d->events.insert(std::prev(d->events.end()), event::TransactionFailed { id, failure });
        }
        return;
    }
    Q_ASSERT(d->state == Private::State::Ready);
    if (d->state != Private::State::Ready)
        return;
    if (const std::optional<Failure> objection = d->objection(envelope)) {
        d->events.emplace_back(event::TransactionFailed { id, *objection });
        d->becomeReady();
        return;
    }
    const QByteArray command = d->mailCommand(envelope);
    const qint64 size = envelope.size;
    d->transaction.emplace(
        Private::Transaction { id, std::move(envelope), ContentEncoder(std::move(content), size) });
    d->send(command, { Step::Mail }, now);
}

void Session::releaseFinalOctet(const QList<TransactionId> &ids, MonotonicTime now)
{
    const bool isHeld = d->transaction && d->transaction->phase == Private::Transaction::Phase::Held;
    if (!isHeld || !ids.contains(d->transaction->id))
        return;
    d->transaction->phase = Private::Transaction::Phase::Released;
    d->deadline = now + d->config.timeouts.dataBlock;
}

void Session::verifySender(const QByteArray &reversePath, MonotonicTime now)
{
    Q_ASSERT(d->state == Private::State::Ready || d->state == Private::State::Ended);
    if (d->state != Private::State::Ready)
        return;
    Envelope envelope;
    envelope.reversePath = reversePath;
    envelope.recipients = { "postmaster"_ba }; // is never asked about
    envelope.addresses = isAscii(reversePath) ? Envelope::Addresses::Ascii : Envelope::Addresses::Utf8;
    if (d->objection(envelope)) {
        d->events.emplace_back(event::SenderRefused {});
        d->becomeReady();
        return;
    }
    d->send(d->mailCommand(envelope), { Step::SenderMail }, now);
}

void Session::quit(MonotonicTime now)
{
    const bool isIdle = d->state == Private::State::Ready || d->state == Private::State::Credentials;
    if (!isIdle && d->state != Private::State::Talking && d->state != Private::State::Content
        && d->state != Private::State::TlsHandshake)
        return;
    const std::optional<Step> awaited
        = d->state == Private::State::Talking ? std::optional(d->inFlight.front().step) : std::nullopt;
    if (awaited == Step::ContentEnd)
        return;

    d->failTransaction({ d->stage(), Cause::ConnectionLost });
    constexpr std::array followedByQuit { Step::Ehlo,      Step::Helo,       Step::Mail,
                                          Step::Recipient, Step::SenderMail, Step::Reset };
    const bool canWait = awaited
        && std::find(followedByQuit.begin(), followedByQuit.end(), *awaited) != followedByQuit.end();
    if (!isIdle && !canWait) {
        d->finish();
        return;
    }
    d->state = Private::State::Quitting;
    d->deadline = now + d->config.timeouts.quit;
    if (isIdle)
        d->sendQuit();
}

QByteArray Session::takeOutput(qsizetype maxOctets, MonotonicTime now)
{
    if (maxOctets <= 0)
        return {};
    QByteArray out = d->output.first(std::min(maxOctets, d->output.size()));
    d->output.remove(0, out.size());
    using Phase = Private::Transaction::Phase;
    if (d->state == Private::State::Content && d->transaction->phase == Phase::Streaming)
        d->takeContent(out, maxOctets, now);
    if (d->state == Private::State::Content && d->transaction->phase == Phase::Released)
        d->takeTerminator(out, maxOctets, now);
    return out;
}

std::optional<MonotonicTime> Session::deadline() const noexcept
{
    return d->deadline;
}

std::optional<Event> Session::nextEvent()
{
    if (d->events.empty())
        return std::nullopt;
    Event next = std::move(d->events.front());
    d->events.pop_front();
    return next;
}

const Capabilities &Session::capabilities() const noexcept
{
    return d->capabilities;
}

const Reply &Session::greeting() const noexcept
{
    return d->greeting;
}

void Session::setTranscript(std::function<void(Direction, QByteArrayView line)> sink)
{
    d->transcript = std::move(sink);
}

} // namespace postrider::smtp
