// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "smtp/session.h"

#include "smtp/sessionprivate.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace postrider::smtp {

using namespace Qt::StringLiterals;

namespace {

using Stage = Failure::Stage;
using Cause = Failure::Cause;
using Custody = Failure::Custody;

constexpr qsizetype ReceiveOctets = 16 * 1024; // parsed at a time, so that little is ever copied

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

const QByteArray HiddenText = "***"_ba;

/// The same refusal without the server's words.
Reply withoutText(Reply reply)
{
    std::fill(reply.lines.begin(), reply.lines.end(), HiddenText);
    return reply;
}

bool isAscii(QByteArrayView octets)
{
    return std::all_of(octets.begin(), octets.end(), [](char c) { return static_cast<uchar>(c) < 0x80; });
}

/// Whether a reply tells how far away the server is, and not how it deals with passwords or content.
bool isAnsweredQuickly(Step step)
{
    return step != Step::Auth && step != Step::Chunk && step != Step::ContentEnd;
}

} // namespace

Session::Private::Private(SessionConfig c)
    : config(std::move(c))
    , parser(config.limits)
    , isEncrypted(config.security == Security::ImplicitTls)
    , habits { config.chunkUse, config.pipelineUse }
{
    config.window = std::clamp<qsizetype>(config.window, 1, SessionConfig::LargestWindow);
    if (!isClientName(config.clientName))
        config.clientName = SessionConfig().clientName;
    if (!isClientName(config.addressLiteral))
        config.addressLiteral.clear();
}

void Session::Private::submit(TransactionId id, Envelope envelope, std::unique_ptr<QIODevice> content)
{
    if (state == State::Ended || state == State::Quitting) {
        refuseLate(id);
        return;
    }
    Q_ASSERT(state == State::Mail || state == State::Draining);
    if (state == State::Mail) {
        if (const std::optional<Failure> failure = objection(envelope, terms())) {
            events.emplace_back(event::TransactionFailed { id, *failure });
            wereSlotsFree = freeSlots() > 1;
            tellFreeSlots();
            return;
        }
    }
    transactions.emplace_back(id, std::move(envelope), std::move(content));
    transactions.back().isUnobjectionable = state == State::Mail;
    tellFreeSlots();
}

void Session::Private::handleReplies(MonotonicTime now)
{
    while (state != State::Ended) {
        auto reply = parser.next();
        if (!reply) {
            showRejectedLine();
            if (state == State::Quitting)
                finish();
            else
                fail(Cause::Malformed);
            return;
        }
        if (!*reply)
            return;
        handle(**std::move(reply), now);
        tellFreeSlots();
        if (state == State::TlsHandshake && parser.pendingOctets() > 0)
            failSession({ Stage::StartTls, Cause::Unsolicited }); // would pass for the server's after TLS
    }
}

void Session::Private::handle(Reply reply, MonotonicTime now)
{
    // Some servers quote what they do not understand, and this must not get into an error text either. What
    // belongs to the exchange itself is read as it is.
    if (exchange && exchange->isConfidential(reply)) {
        Reply hidden = withoutText(reply);
        showReply(hidden);
        if (!reply.isIntermediate())
            reply = std::move(hidden);
    } else {
        showReply(reply);
    }

    if (state == State::Quitting) {
        handleWhileQuitting();
        return;
    }
    if (reply.code == 421 && state != State::Draining) { // may come at any time (RFC 5321 section 3.8)
        handleShutdown(reply, now);
        return;
    }
    if (!stream.isReplyDue()) {
        handleUnexpected(reply);
        return;
    }
    const Step step = stream.front().step;
    if (reply.isIntermediate() && step != Step::Auth && step != Step::Data) {
        const bool isAddressing = step == Step::Mail || step == Step::Recipient || step == Step::WindowReset;
        if (isAddressing)
            failOutOfStep(*find(stream.front()), stage());
        else
            fail(Cause::Malformed);
        return;
    }
    const Awaited awaited = stream.takeFront();
    if (const std::optional<MonotonicTime> asked = std::exchange(askedAt, std::nullopt);
        asked && isAnsweredQuickly(step)) {
        const auto took = std::chrono::duration_cast<std::chrono::microseconds>(now - *asked);
        roundTrip = roundTrip ? (*roundTrip * 7 + took) / 8 : took;
    }
    dispatch(awaited, reply, now);

    if (state == State::Draining && !stream.isAwaiting())
        endDrain(now);
    else if (state == State::Opening || state == State::Mail || state == State::Draining)
        armDeadline(now);
    else if (state != State::Quitting)
        deadline.reset(); // the caller's turn, or nobody's
}

/// A reply to what the server cannot have seen, or to nothing.
void Session::Private::handleUnexpected(const Reply &reply)
{
    // Whatever it says, it cannot be about a message whose end the server has not seen.
    const bool isRefusal = reply.isTransient() || reply.isPermanent();
    const Transaction *transaction = firstIncomplete();
    if (isRefusal && isContentReadAsCommands()) { // before RSET has left
        failSession({ Stage::Content, Cause::ChunkingUnusable });
    } else if (stage() != Stage::Content || !isRefusal) {
        fail(Cause::Unsolicited);
    } else if (transaction && isChunkingUnknown(*transaction, reply)) {
        learn(ChunkUse::Never);
        fail(Cause::ChunkingUnusable);
    } else {
        fail(Cause::Refused, reply);
    }
}

void Session::Private::dispatch(const Awaited &awaited, const Reply &reply, MonotonicTime now)
{
    Transaction *const transaction = find(awaited);
    if (transaction)
        --transaction->awaited;
    switch (awaited.step) {
    case Step::Greeting:
        handleGreeting(reply, now);
        break;
    case Step::Ehlo:
    case Step::Helo:
        handleEhlo(awaited.step, reply, now);
        break;
    case Step::StartTls:
        handleStartTls(reply, now);
        break;
    case Step::Auth:
        handleAuth(reply, now);
        break;
    case Step::AuthCancel:
        handleAuthCancelled(now);
        break;
    case Step::Mail:
        handleMail(*transaction, reply, now);
        break;
    case Step::Recipient:
        handleRecipient(*transaction, awaited.recipient, reply, now);
        break;
    case Step::Data:
        handleData(*transaction, reply, now);
        break;
    case Step::Chunk:
        handleChunk(*transaction, reply, now);
        break;
    case Step::ContentEnd:
        handleContentEnd(*transaction, reply, now);
        break;
    case Step::SenderMail:
        handleSenderMail(reply, now);
        break;
    case Step::Reset:
    case Step::WindowReset:
        handleReset(awaited.step, reply, now);
        break;
    case Step::Quit:
        break; // only sent in State::Quitting
    }
}

void Session::Private::send(const QByteArray &line, const Awaited &awaited, MonotonicTime now)
{
    send(line, line, awaited, now);
}

void Session::Private::send(const QByteArray &line, const QByteArray &shown, const Awaited &awaited,
                            MonotonicTime now)
{
    const bool wasAwaiting = stream.isAwaiting();
    stream.appendLine(line, awaited);
    show(Direction::ToServer, shown);
    if (!wasAwaiting) {
        askedAt = now;
        armDeadline(now);
    }
}

/// Sets the time by which the server has to do what it is waited for now, counted from now.
void Session::Private::armDeadline(MonotonicTime now)
{
    if (state == State::Draining && drainUntil) {
        deadline = drainUntil;
    } else if (stream.isAwaiting()) {
        deadline = now + timeoutOf(stream.front());
    } else {
        const Transaction *transaction = firstIncomplete();
        const bool isServersTurn = transaction
            && (transaction->phase == Phase::Streaming || transaction->phase == Phase::EndReleased
                || (transaction->phase == Phase::FlightHeld && transaction->isReleased));
        deadline = isServersTurn ? std::optional(now + config.timeouts.dataBlock) : std::nullopt;
    }
}

std::chrono::milliseconds Session::Private::timeoutOf(const Awaited &awaited) const
{
    switch (awaited.step) {
    case Step::Greeting:
        return config.timeouts.greeting;
    case Step::Data:
        return config.timeouts.dataStart;
    case Step::ContentEnd:
        return stream.isTaken(awaited) ? config.timeouts.dataEnd : config.timeouts.dataBlock;
    case Step::Quit:
        return config.timeouts.quit;
    case Step::Mail:
        if (isPipeliningOnTrial(awaited))
            return std::min(config.timeouts.mailBehindContent, config.timeouts.command);
        return config.timeouts.command;
    default:
        return config.timeouts.command;
    }
}

/// Whether this MAIL is the first that left behind content by DATA.
bool Session::Private::isPipeliningOnTrial(const Awaited &awaited) const
{
    if (isPipeliningProven || awaited.step != Step::Mail)
        return false;
    return std::any_of(transactions.begin(), transactions.end(), [&awaited](const Transaction &transaction) {
        return transaction.id == awaited.transaction && transaction.isBehindOthers
            && transaction.form == Form::Data;
    });
}

void Session::Private::tellFreeSlots()
{
    const bool areFree = freeSlots() > 0;
    if (areFree && !wereSlotsFree)
        events.emplace_back(event::Ready {});
    wereSlotsFree = areFree;
}

qsizetype Session::Private::freeSlots() const
{
    if (state != State::Mail || isVerifyingSender)
        return 0;
    const qsizetype taken = qsizetype(transactions.size()) + (isResetAwaited ? 1 : 0);
    return std::max<qsizetype>(allowedWindow() - taken, 0);
}

void Session::Private::show(Direction direction, QByteArrayView line) const
{
    if (transcript)
        transcript(direction, direction == Direction::FromServer ? inertLine(line) : line.toByteArray());
}

void Session::Private::showReply(const Reply &reply) const
{
    if (!transcript)
        return;
    for (qsizetype i = 0; i < reply.lines.size(); ++i) {
        const char separator = i + 1 < reply.lines.size() ? '-' : ' ';
        const int code = reply.lineCodes.value(i, reply.code);
        const QByteArray line = QByteArray::number(code) + separator + reply.lines.at(i);
        show(Direction::FromServer, line);
    }
}

void Session::Private::showRejectedLine() const
{
    const QByteArray &line = parser.rejectedLine();
    const int code = line.startsWith("334") ? 334 : 0; // a challenge that is too long, say
    const bool isConfidential = exchange && exchange->isConfidential({ code, {}, { line } });
    show(Direction::FromServer, isConfidential ? HiddenText : line);
}

// The public face

Session::Session(SessionConfig config, MonotonicTime now)
    : d(std::make_unique<Private>(std::move(config)))
{
    d->stream.await({ Step::Greeting });
    d->armDeadline(now);
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
        d->sendEhlo(now);
    } else if (d->config.security == Security::ImplicitTls && d->state == Private::State::Opening
               && d->stream.isAwaiting() && d->stream.front().step == Step::Greeting) {
        d->armDeadline(now);
    }
}

void Session::tlsFailed()
{
    if (d->state == Private::State::Quitting)
        d->finish();
    else if (d->state != Private::State::Ended)
        d->failSession({ Stage::TlsHandshake, Cause::TlsFailed });
}

void Session::connectionClosed()
{
    d->handleSilence(Cause::ConnectionLost);
}

void Session::handleTimeout(MonotonicTime now)
{
    if (d->deadline && now >= *d->deadline)
        d->handleSilence(Cause::TimedOut);
}

void Session::authenticate(std::unique_ptr<sasl::Mechanism> mechanism, MonotonicTime now)
{
    if (d->state == Private::State::Credentials)
        d->authenticate(std::move(mechanism), now);
}

void Session::skipAuthentication(MonotonicTime)
{
    if (d->state != Private::State::Credentials)
        return;
    d->state = Private::State::Mail;
    d->tellFreeSlots();
}

void Session::resumeAuthentication(base::Secret derivedKey, MonotonicTime now)
{
    if (d->state == Private::State::KeyDerivation)
        d->resumeAuthentication(std::move(derivedKey), now);
}

void Session::submit(TransactionId id, Envelope envelope, std::unique_ptr<QIODevice> content, MonotonicTime)
{
    d->submit(id, std::move(envelope), std::move(content));
}

void Session::releaseFinalOctet(const QList<TransactionId> &ids, MonotonicTime now)
{
    bool isAny = false;
    for (Transaction &transaction : d->transactions) {
        if (!ids.contains(transaction.id))
            continue;
        if (transaction.phase == Transaction::Phase::EndHeld)
            transaction.phase = Transaction::Phase::EndReleased;
        else if (transaction.phase == Transaction::Phase::FlightHeld)
            transaction.isReleased = true;
        else
            continue;
        isAny = true;
    }
    if (isAny && !d->stream.isAwaiting())
        d->armDeadline(now);
}

void Session::verifySender(const QByteArray &reversePath, MonotonicTime now)
{
    Q_ASSERT(d->state != Private::State::Opening);
    if (d->state != Private::State::Mail || !d->transactions.empty() || d->freeSlots() == 0)
        return;
    Envelope envelope;
    envelope.reversePath = reversePath;
    envelope.recipients = { "postmaster"_ba }; // is never asked about
    envelope.addresses = isAscii(reversePath) ? Envelope::Addresses::Ascii : Envelope::Addresses::Utf8;
    d->wereSlotsFree = false;
    if (objection(envelope, d->terms())) {
        d->events.emplace_back(event::SenderRefused {});
        d->tellFreeSlots();
        return;
    }
    d->isVerifyingSender = true;
    d->send(mailCommand(envelope, d->terms()), { Step::SenderMail }, now);
}

void Session::quit(MonotonicTime now)
{
    d->quit(now);
}

QByteArray Session::takeOutput(qsizetype maxOctets, MonotonicTime now)
{
    // A reply that began before anything it could answer was taken must not pass for an answer to what is
    // taken now.
    const bool isReplyDue = d->stream.isReplyDue();
    if (maxOctets <= 0 || (d->parser.pendingOctets() > 0 && !isReplyDue))
        return {};
    QByteArray octets = d->produce(maxOctets, now);
    d->tellFreeSlots();
    return octets;
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

qsizetype Session::freeSlots() const noexcept
{
    return d->freeSlots();
}

const Capabilities &Session::capabilities() const noexcept
{
    return d->capabilities;
}

const Reply &Session::greeting() const noexcept
{
    return d->greeting;
}

std::optional<std::chrono::microseconds> Session::roundTrip() const noexcept
{
    return d->roundTrip;
}

void Session::setTranscript(std::function<void(Direction, QByteArrayView line)> sink)
{
    d->transcript = std::move(sink);
}

} // namespace postrider::smtp
