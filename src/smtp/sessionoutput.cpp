// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "smtp/sessionprivate.h"

#include <QBuffer>

#include <algorithm>
#include <utility>

namespace postrider::smtp {

using namespace Qt::StringLiterals;

namespace {

using Stage = Failure::Stage;
using Cause = Failure::Cause;

/// A chunk and the line that announces it leave in one block, which is four records of TLS.
constexpr QByteArrayView FullChunkLine = "BDAT 65524\r\n";
constexpr qsizetype ChunkOctets = Session::BlockOctets - FullChunkLine.size();
/// Content up to here may leave together with MAIL and RCPT.
constexpr qsizetype FlightOctets = 64 * 1024;

ContentEncoder::Form chunkForm(const Envelope &envelope)
{
    return envelope.body == Envelope::Body::BinaryMime ? ContentEncoder::Form::Binary
                                                       : ContentEncoder::Form::Lines;
}

} // namespace

QByteArray Session::Private::produce(qsizetype maxOctets, MonotonicTime now)
{
    const bool wasReplyDue = stream.isReplyDue();
    if (state == State::Mail)
        advance(std::min(maxOctets, BlockOctets), now);

    QByteArray out = stream.take(maxOctets);
    Transaction *const transaction = firstIncomplete();
    const bool isContentNext = state == State::Mail && stream.waitingOctets() == 0 && transaction
        && transaction->form == Form::Data && transaction->phase == Phase::Streaming;
    if (isContentNext && out.size() < maxOctets)
        takeContent(*transaction, out, std::min(maxOctets - out.size(), BlockOctets));

    // Content that moves is never too slow; but what is said later does not prolong an earlier wait.
    const bool isMoving
        = !out.isEmpty() && (!wasReplyDue || (stream.isAwaiting() && stream.front().step == Step::Chunk));
    if (state != State::Ended && state != State::Quitting && (isMoving || (!due.isEmpty() && !wasReplyDue)))
        armDeadline(now);
    if (!due.isEmpty())
        events.emplace_back(event::FinalOctetDue { std::exchange(due, {}) });
    return out;
}

/// Puts what may be said now into the stream, until there is enough.
void Session::Private::advance(qsizetype wantedOctets, MonotonicTime now)
{
    Turn turn = Turn::Own;
    for (auto next = transactions.begin(); next != transactions.end();) {
        Transaction &transaction = *next++;
        Advance progress = Advance::Moved;
        while (progress == Advance::Moved && transaction.phase != Phase::Complete) {
            if (stream.waitingOctets() >= wantedOctets || state != State::Mail)
                return;
            progress = advance(transaction, turn, now);
        }
        if (progress == Advance::Gone || transaction.phase == Phase::Complete)
            continue;
        if (transaction.phase != Phase::FlightHeld)
            return;
        turn = Turn::OfOneInFront; // but the next may get ready, so that all are asked for at once
    }
}

Session::Private::Advance Session::Private::advance(Transaction &transaction, Turn turn, MonotonicTime now)
{
    switch (transaction.phase) {
    case Phase::Waiting:
        return begin(transaction, turn, now);
    case Phase::FlightHeld:
        if (turn != Turn::Own || !transaction.isReleased || !canBegin())
            return Advance::Waits;
        sendFlight(transaction, now);
        return Advance::Moved;
    case Phase::Streaming:
        return transaction.form == Form::Chunks ? sendChunk(transaction, now) : Advance::Waits;
    case Phase::EndReleased:
        if (!canPipeline() && stream.isAwaiting())
            return Advance::Waits;
        sendEnd(transaction, now);
        return Advance::Moved;
    case Phase::Addressing:
    case Phase::EndHeld:
    case Phase::Complete:
        return Advance::Waits;
    }
    Q_UNREACHABLE();
}

/// Decides in which form the transaction goes, by what is known about the server now.
Session::Private::Advance Session::Private::begin(Transaction &transaction, Turn turn, MonotonicTime now)
{
    if (!canBegin())
        return Advance::Waits;
    std::optional<Failure> failure;
    if (!transaction.isUnobjectionable) // submitted before all was known, or said in another form now
        failure = objection(transaction.envelope, termsFor(transaction));
    if (!failure && canBeFlight(transaction)) {
        failure = prepareFlight(transaction);
        if (!failure && transaction.form == Form::Flight)
            return Advance::Moved;
    } else if (!failure) {
        if (turn != Turn::Own)
            return Advance::Waits;
        failure = prepareContent(transaction);
    }
    if (failure) {
        refuse(transaction, *failure);
        conclude(transaction, now);
        return Advance::Gone;
    }
    if (turn != Turn::Own)
        return Advance::Waits;
    sendAddresses(transaction, now);
    return Advance::Moved;
}

/// Whether a MAIL command may follow what was said so far.
bool Session::Private::canBegin() const
{
    if (isResetAwaited)
        return false;
    const bool mayFollow = canPipeline() && habits.pipelineUse == PipelineUse::AcrossMessages
        && (!canChunk() || isChunkingProven);
    return mayFollow || !stream.isAwaiting();
}

bool Session::Private::canBeFlight(const Transaction &transaction) const
{
    return canPipeline() && canChunk() && transaction.form != Form::Chunks
        && transaction.envelope.partialRecipients == Envelope::PartialRecipients::SendToAccepted
        && transaction.envelope.size <= FlightOctets;
}

/// Reads the content while nothing depends on it yet. When it is too long after all, what was read becomes
/// the first chunk.
std::optional<Failure> Session::Private::prepareFlight(Transaction &transaction)
{
    if (!transaction.isHeldWhole) {
        if (transaction.content.start(chunkForm(transaction.envelope)) == ContentEncoder::Start::Impossible)
            return Failure { Stage::Content, Cause::NotTried };
        transaction.held.clear();
        const auto status = transaction.content.take(transaction.held, FlightOctets);
        if (status == ContentEncoder::Status::Unreadable)
            return Failure { Stage::Content, Cause::ContentUnreadable };
        if (status == ContentEncoder::Status::More) {
            transaction.form = Form::Chunks;
            return std::nullopt;
        }
        transaction.isHeldWhole = true;
    }
    transaction.form = Form::Flight;
    transaction.phase = Phase::FlightHeld;
    due.append(transaction.id);
    return std::nullopt;
}

std::optional<Failure> Session::Private::prepareContent(Transaction &transaction)
{
    if (transaction.form == Form::Chunks && !transaction.held.isEmpty())
        return std::nullopt; // begun by prepareFlight()
    if (transaction.isHeldWhole) {
        // It was to be a flight, and is not any more.
        auto buffer = std::make_unique<QBuffer>();
        buffer->setData(std::exchange(transaction.held, {}));
        buffer->open(QIODevice::ReadOnly);
        transaction.content = ContentEncoder(std::move(buffer), 0);
        transaction.isHeldWhole = false;
    }
    transaction.form = canChunk() ? Form::Chunks : Form::Data;
    const auto form = canChunk() ? chunkForm(transaction.envelope) : ContentEncoder::Form::DotStuffed;
    if (transaction.content.start(form) == ContentEncoder::Start::Impossible)
        return Failure { Stage::Content, Cause::NotTried };
    return std::nullopt;
}

void Session::Private::sendAddresses(Transaction &transaction, MonotonicTime now)
{
    const bool isGroup = canPipeline(); // RFC 2920 section 3.1
    transaction.phase = Phase::Addressing;
    sendMail(transaction, now);
    if (!isGroup)
        return;
    sendRecipients(transaction, now);
    if (transaction.form == Form::Data
        && transaction.envelope.partialRecipients == Envelope::PartialRecipients::SendToAccepted)
        sendFor(transaction, "DATA"_ba, Step::Data, now);
}

void Session::Private::sendFlight(Transaction &transaction, MonotonicTime now)
{
    sendMail(transaction, now);
    sendRecipients(transaction, now);
    sendChunkOf(transaction, transaction.held, Step::ContentEnd, now);
    transaction.phase = Phase::Complete;
}

void Session::Private::sendMail(Transaction &transaction, MonotonicTime now)
{
    transaction.isBehindOthers = stream.isAwaiting();
    // A BDAT that fails leaves the server in a state that only RSET makes known (RFC 3030 section 2).
    if (transaction.isBehindOthers && transaction.form != Form::Data)
        sendFor(transaction, "RSET"_ba, Step::WindowReset, now);
    const EnvelopeTerms terms = termsFor(transaction);
    transaction.hasSizeParameter = hasSizeParameter(transaction.envelope, terms);
    transaction.hasOptions = hasOptions(transaction.envelope, terms);
    sendFor(transaction, mailCommand(transaction.envelope, terms), Step::Mail, now);
}

void Session::Private::sendRecipients(Transaction &transaction, MonotonicTime now)
{
    transaction.isGroup = true;
    for (qsizetype i = 0; i < transaction.envelope.recipients.size(); ++i)
        sendRecipient(transaction, i, now);
}

void Session::Private::sendRecipient(Transaction &transaction, qsizetype index, MonotonicTime now)
{
    sendFor(transaction, recipientCommand(transaction.envelope, index, termsFor(transaction)),
            Step::Recipient, now, index);
}

void Session::Private::sendFor(Transaction &transaction, const QByteArray &line, Step step, MonotonicTime now,
                               qsizetype recipient)
{
    ++transaction.awaited;
    send(line, { step, transaction.id, recipient }, now);
}

void Session::Private::sendReset(MonotonicTime now)
{
    isResetAwaited = true;
    send("RSET"_ba, { Step::Reset }, now);
}

Session::Private::Advance Session::Private::sendChunk(Transaction &transaction, MonotonicTime now)
{
    if (!canPipeline() && stream.isAwaiting())
        return Advance::Waits;
    if (!transaction.held.isEmpty()) {
        sendChunkOf(transaction, std::exchange(transaction.held, {}), Step::Chunk, now);
        return Advance::Moved;
    }
    QByteArray block = blocks.acquire(BlockOctets);
    block.append(FullChunkLine);
    const auto status = transaction.content.take(block, ChunkOctets);
    reportProgress(transaction);
    switch (status) {
    case ContentEncoder::Status::More:
        blocks.keep(block);
        stream.appendBlock(block);
        awaitChunk(transaction, FullChunkLine.chopped(2), ChunkOctets, Step::Chunk, now);
        return Advance::Moved;
    case ContentEncoder::Status::AtEnd:
        transaction.held = block.sliced(FullChunkLine.size());
        holdEnd(transaction);
        return Advance::Waits;
    case ContentEncoder::Status::Unreadable:
        break;
    }
    // The server waits for no octet of a chunk now, so that the session can go on.
    const bool isLast = transaction.awaited == 0;
    refuse(transaction, { Stage::Content, Cause::ContentUnreadable });
    conclude(transaction, now);
    return isLast ? Advance::Gone : Advance::Waits;
}

void Session::Private::sendEnd(Transaction &transaction, MonotonicTime now)
{
    if (transaction.form == Form::Chunks) {
        sendChunkOf(transaction, std::exchange(transaction.held, {}), Step::ContentEnd, now);
    } else {
        showContent(transaction);
        sendDot(transaction, now);
    }
    transaction.phase = Phase::Complete;
}

/// Ends content by DATA; the octets before it are a line's end.
void Session::Private::sendDot(Transaction &transaction, MonotonicTime now)
{
    sendFor(transaction, "."_ba, Step::ContentEnd, now);
    transaction.phase = Phase::Complete;
}

void Session::Private::sendChunkOf(Transaction &transaction, const QByteArray &octets, Step step,
                                   MonotonicTime now)
{
    const QByteArray line
        = "BDAT " + QByteArray::number(octets.size()) + (step == Step::ContentEnd ? " LAST" : "");
    stream.append(line);
    stream.append("\r\n");
    stream.append(octets);
    awaitChunk(transaction, line, octets.size(), step, now);
}

void Session::Private::awaitChunk(Transaction &transaction, QByteArrayView line, qsizetype octets, Step step,
                                  MonotonicTime now)
{
    const bool wasAwaiting = stream.isAwaiting();
    ++transaction.awaited;
    stream.await({ step, transaction.id });
    if (!wasAwaiting)
        armDeadline(now);
    if (transcript) {
        show(Direction::ToServer, line);
        const QByteArray size = "[" + QByteArray::number(octets) + " octets of content]";
        show(Direction::ToServer, size);
    }
}

/// Hands out content by DATA past the stream, because nothing has to be said about it in advance.
void Session::Private::takeContent(Transaction &transaction, QByteArray &out, qsizetype maxOctets)
{
    const qsizetype before = out.size();
    if (before == 0)
        out = blocks.acquire(std::min(maxOctets, BlockOctets));
    const auto status = transaction.content.take(out, maxOctets);
    if (status == ContentEncoder::Status::Unreadable) {
        out.clear();
        fail(Cause::ContentUnreadable); // the server waits for the rest, and half a message is none
        return;
    }
    stream.notePassed(out.size() - before);
    if (before == 0)
        blocks.keep(out);
    reportProgress(transaction);
    if (status == ContentEncoder::Status::AtEnd)
        holdEnd(transaction);
}

void Session::Private::holdEnd(Transaction &transaction)
{
    transaction.phase = Phase::EndHeld;
    due.append(transaction.id);
}

void Session::Private::reportProgress(Transaction &transaction)
{
    const qint64 octets = transaction.content.octets();
    if (octets == std::exchange(transaction.progress, octets))
        return;
    // One that nobody fetched is overtaken, so that the events stay few however small the pieces are.
    auto *last = events.empty() ? nullptr : std::get_if<event::Progress>(&events.back());
    if (last && last->transaction == transaction.id)
        last->octets = octets;
    else
        events.emplace_back(event::Progress { transaction.id, octets });
}

void Session::Private::showContent(const Transaction &transaction) const
{
    if (!transcript)
        return;
    const QByteArray size = "[" + QByteArray::number(transaction.progress) + " octets of content]";
    show(Direction::ToServer, size);
}

Transaction *Session::Private::firstIncomplete()
{
    const auto found = std::find_if(transactions.begin(), transactions.end(),
                                    [](const Transaction &t) { return t.phase != Phase::Complete; });
    return found == transactions.end() ? nullptr : &*found;
}

const Transaction *Session::Private::firstIncomplete() const
{
    const auto found = std::find_if(transactions.begin(), transactions.end(),
                                    [](const Transaction &t) { return t.phase != Phase::Complete; });
    return found == transactions.end() ? nullptr : &*found;
}

bool Session::Private::canPipeline() const
{
    return habits.pipelineUse != PipelineUse::Never && capabilities.hasPipelining();
}

bool Session::Private::canChunk() const
{
    return habits.chunkUse == ChunkUse::WhereOffered && capabilities.hasChunking();
}

qsizetype Session::Private::allowedWindow() const
{
    if (!canPipeline() || habits.pipelineUse != PipelineUse::AcrossMessages)
        return 1;
    if (!canChunk()) // one in its content, the next behind it
        return std::min<qsizetype>(config.window, 2);
    return isChunkingProven ? config.window : 1;
}

EnvelopeTerms Session::Private::terms() const
{
    return { capabilities,
             isEncrypted ? EnvelopeTerms::Channel::Encrypted : EnvelopeTerms::Channel::Plaintext,
             canChunk() ? EnvelopeTerms::Chunking::Usable : EnvelopeTerms::Chunking::Unusable,
             isSizeParameterRefused ? EnvelopeTerms::SizeParameter::Never
                                    : EnvelopeTerms::SizeParameter::WhereOffered };
}

EnvelopeTerms Session::Private::termsFor(const Transaction &transaction) const
{
    EnvelopeTerms own = terms();
    if (transaction.isWithoutOptions) {
        own.sizeParameter = EnvelopeTerms::SizeParameter::Never;
        own.options = EnvelopeTerms::Options::Never;
    }
    return own;
}

} // namespace postrider::smtp
