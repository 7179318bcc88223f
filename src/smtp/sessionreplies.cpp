// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "smtp/sessionprivate.h"

#include <algorithm>
#include <array>
#include <utility>

namespace postrider::smtp {

using namespace Qt::StringLiterals;

namespace {

using Stage = Failure::Stage;
using Cause = Failure::Cause;
using Custody = Failure::Custody;

template <size_t N>
bool isOneOf(int code, const std::array<int, N> &codes)
{
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

constexpr int OutOfSequence = 503; // bad sequence of commands

/// The server dislikes a parameter, or the form of the command (RFC 5321 section 4.2.4).
bool isParameterRefusal(int code)
{
    return isOneOf(code, std::array { 455, 501, 504, 555 });
}

/// The server does not know where in the conversation it is.
bool isSequenceComplaint(int code)
{
    return isOneOf(code, std::array { 500, 502, 503 });
}

/// What is kept of a reply to RCPT: there may be thousands, and a server may make each as long as the limits
/// allow.
Reply abridged(const Reply &reply)
{
    constexpr qsizetype MostOctets = 1024;
    constexpr qsizetype MostLines = 8;
    Reply brief = reply;
    brief.lines.clear();
    qsizetype room = MostOctets;
    for (qsizetype i = 0; i < std::min(reply.lines.size(), MostLines) && room > 0; ++i) {
        brief.lines.append(reply.lines.at(i).left(room));
        room -= brief.lines.constLast().size();
    }
    brief.lineCodes.clear();
    return brief;
}

} // namespace

void Session::Private::handleMail(Transaction &transaction, const Reply &reply, MonotonicTime now)
{
    if (reply.isPositive()) {
        transaction.isMailAccepted = true;
        if (transaction.isBehindOthers && transaction.form == Form::Data)
            isPipeliningProven = true;
        if (transaction.awaited == 0)
            sendRecipient(transaction, 0, now);
        return;
    }
    if (transaction.isBehindOthers && isSequenceComplaint(reply.code)) {
        learn(PipelineUse::WithinMessage);
        repeatLater(transaction);
    } else if (transaction.hasOptions && isParameterRefusal(reply.code)) {
        transaction.isWithoutOptions = true;
        events.emplace_back(event::OptionsLeftOut { transaction.id });
        repeatLater(transaction);
    } else if (transaction.hasSizeParameter && isParameterRefusal(reply.code)) {
        isSizeParameterRefused = true;
        repeatLater(transaction);
    } else {
        const Failure failure { Stage::Mail, Cause::Refused, Custody::NotAccepted, reply };
        refuse(transaction, failure);
        if (reply.code == OutOfSequence) // the server is elsewhere in the conversation: only a new one helps
            drain(failure, std::nullopt);
    }
    conclude(transaction, now);
}

void Session::Private::handleRecipient(Transaction &transaction, qsizetype index, const Reply &reply,
                                       MonotonicTime now)
{
    if (!transaction.isMailAccepted) { // says nothing about the recipient
        if (reply.isPositive())
            noteOutOfStep(transaction);
        conclude(transaction, now);
        return;
    }
    ++transaction.answered;
    if (reply.isPositive()) {
        ++transaction.accepted;
        events.emplace_back(event::RecipientAccepted { transaction.id, index, abridged(reply) });
    } else if (transaction.isGroup && reply.code == OutOfSequence) {
        transaction.outOfSequence.append({ transaction.id, index, abridged(reply) });
    } else {
        transaction.isAnyPutOff = transaction.isAnyPutOff || reply.isTransient() || reply.code == 552;
        events.emplace_back(event::RecipientRefused { transaction.id, index, abridged(reply) });
    }
    if (transaction.isEveryRecipientAnswered())
        handleEveryRecipientAnswered(transaction, now);
    else if (transaction.awaited == 0)
        sendRecipient(transaction, index + 1, now);
}

void Session::Private::handleEveryRecipientAnswered(Transaction &transaction, MonotonicTime now)
{
    using PartialRecipients = Envelope::PartialRecipients;
    if (transaction.accepted == 0 && !transaction.outOfSequence.empty()) {
        // MAIL was accepted, so this is not about a recipient; perhaps not even the reply to a RCPT.
        learn(PipelineUse::Never);
        repeatLater(transaction);
        conclude(transaction, now);
        return;
    }
    for (const event::RecipientRefused &refused : std::as_const(transaction.outOfSequence))
        events.emplace_back(refused);
    transaction.outOfSequence.clear();

    const bool isAnyRefused = transaction.accepted < transaction.envelope.recipients.size();
    const PartialRecipients partial = transaction.envelope.partialRecipients;
    const bool isUnwanted = (isAnyRefused && partial == PartialRecipients::SendToNobody)
        || (transaction.isAnyPutOff && partial == PartialRecipients::SendUnlessTooMany);
    if (transaction.accepted == 0) {
        refuse(transaction, { Stage::Rcpt, Cause::NoRecipients });
        conclude(transaction, now);
    } else if (isUnwanted) {
        refuse(transaction, { Stage::Rcpt, Cause::RecipientsRefused });
        conclude(transaction, now);
    } else if (transaction.phase == Phase::Addressing && transaction.awaited == 0) {
        if (transaction.form == Form::Data)
            sendFor(transaction, "DATA"_ba, Step::Data, now);
        else
            transaction.phase = Phase::Streaming;
    }
}

void Session::Private::handleData(Transaction &transaction, const Reply &reply, MonotonicTime now)
{
    if (reply.isPositive()) {
        failOutOfStep(transaction, Stage::Data); // is content expected now or not?
    } else if (!reply.isIntermediate()) {
        if (!transaction.verdict && !transaction.isToBeRepeated)
            refuse(transaction, { Stage::Data, Cause::Refused, Custody::NotAccepted, reply });
        conclude(transaction, now);
    } else if (!transaction.outOfSequence.empty() || transaction.isOutOfStep) {
        // Whom would an empty message reach? It is no message only when the connection ends here.
        failOutOfStep(transaction, Stage::Data);
    } else if (transaction.verdict || transaction.isToBeRepeated) {
        // It waits for content although there is nobody to get it (RFC 2920 section 3.1): there is none.
        sendDot(transaction, now);
    } else {
        transaction.phase = Phase::Streaming;
    }
}

void Session::Private::handleChunk(Transaction &transaction, const Reply &reply, MonotonicTime now)
{
    if (reply.isPositive()) {
        isChunkingProven = true;
    } else if (!transaction.verdict && !transaction.isToBeRepeated) {
        if (isChunkingUnknown(transaction, reply)) {
            learn(ChunkUse::Never);
            repeatLater(transaction);
        } else {
            refuse(transaction, { Stage::Content, Cause::Refused, Custody::NotAccepted, reply });
        }
    }
    conclude(transaction, now);
}

void Session::Private::handleContentEnd(Transaction &transaction, const Reply &reply, MonotonicTime now)
{
    const bool isDecided = transaction.verdict || transaction.isToBeRepeated;
    if (!isDecided && reply.isPositive()) {
        isChunkingProven = isChunkingProven || transaction.form != Form::Data;
        events.emplace_back(event::Delivered { transaction.id, reply });
        transactions.remove_if([&transaction](const Transaction &t) { return &t == &transaction; });
        return;
    }
    if (isDecided && reply.isPositive() && transaction.form != Form::Data
        && (!transaction.isMailAccepted || transaction.accepted > 0 || !transaction.outOfSequence.empty())) {
        // MAIL, RCPT or a chunk was refused, and the whole is accepted: the replies belong to something else.
        transaction.verdict = Failure { Stage::ContentEnd, Cause::Malformed, Custody::Unknown };
        failSession({ Stage::ContentEnd, Cause::Malformed });
        return;
    }
    if (!isDecided) {
        if (isChunkingUnknown(transaction, reply)) {
            learn(ChunkUse::Never);
            repeatLater(transaction);
        } else if (transaction.isBehindOthers && transaction.form != Form::Data
                   && isSequenceComplaint(reply.code)) {
            learn(PipelineUse::WithinMessage);
            repeatLater(transaction);
        } else {
            refuse(transaction, { Stage::ContentEnd, Cause::Refused, Custody::NotAccepted, reply });
        }
    }
    conclude(transaction, now);
}

/// Whether this is how a server answers BDAT that offers CHUNKING and does not know it.
bool Session::Private::isChunkingUnknown(const Transaction &transaction, const Reply &reply) const
{
    return transaction.form != Form::Data && !isChunkingProven && transaction.accepted > 0
        && isOneOf(reply.code, std::array { 500, 502, 503 });
}

/// Whether a refusal that fits to nothing may be about a line of content: a server that does not know BDAT
/// may take what follows it for commands, and answers each.
bool Session::Private::isContentReadAsCommands() const
{
    return isResetAwaited && habits.chunkUse != config.chunkUse && !isChunkingProven;
}

void Session::Private::handleSenderMail(const Reply &reply, MonotonicTime now)
{
    if (reply.isPositive()) {
        events.emplace_back(event::SenderVerified {});
        sendReset(now);
    } else {
        events.emplace_back(event::SenderRefused { reply });
        isVerifyingSender = false;
    }
}

void Session::Private::handleReset(Step step, const Reply &reply, MonotonicTime now)
{
    if (reply.isPositive()) {
        if (step == Step::Reset) {
            isResetAwaited = false;
            isVerifyingSender = false;
        }
        return;
    }
    const Failure failure { Stage::Rset, Cause::Refused, Custody::NotAccepted, reply };
    if (step == Step::WindowReset) {
        if (state != State::Draining)
            drain(failure, std::nullopt);
    } else if (isContentReadAsCommands()) {
        failSession({ Stage::Content, Cause::ChunkingUnusable });
    } else {
        leave(failure, now);
    }
}

/// The replies to a group of commands contradict each other: the server does not answer in order, and nobody
/// knows what it has taken.
void Session::Private::noteOutOfStep(Transaction &transaction)
{
    transaction.isOutOfStep = true;
    transaction.verdict.reset();
    learn(PipelineUse::Never);
    repeatLater(transaction);
}

/// A reply that its command cannot have. Within a group it may belong to another, so that the same is worth
/// saying again word by word; the connection is lost either way.
void Session::Private::failOutOfStep(Transaction &transaction, Stage stage)
{
    Failure failure { stage, Cause::Malformed };
    if (transaction.isGroup) {
        learn(PipelineUse::Never);
        failure.cause = Cause::PipeliningUnusable;
    }
    transaction.isOutOfStep = true;
    transaction.verdict.reset();
    failure.custody = custodyOf(transaction);
    transaction.verdict = failure;
    failSession(failure);
}

void Session::Private::learn(ChunkUse use)
{
    if (std::exchange(habits.chunkUse, use) != use)
        events.emplace_back(event::HabitsLearnt { habits });
}

void Session::Private::learn(PipelineUse use)
{
    const PipelineUse worst = std::max(habits.pipelineUse, use);
    if (std::exchange(habits.pipelineUse, worst) != worst)
        events.emplace_back(event::HabitsLearnt { habits });
}

/// Nothing more is said for this transaction.
void Session::Private::refuse(Transaction &transaction, const Failure &failure)
{
    transaction.verdict = failure;
    if (transaction.phase != Phase::Addressing)
        transaction.phase = Phase::Complete;
}

void Session::Private::repeatLater(Transaction &transaction)
{
    transaction.isToBeRepeated = true;
    if (transaction.phase != Phase::Addressing)
        transaction.phase = Phase::Complete;
}

/// Ends a transaction that did not succeed, after the last reply to its commands.
void Session::Private::conclude(Transaction &transaction, MonotonicTime now)
{
    if (transaction.awaited > 0 || (!transaction.verdict && !transaction.isToBeRepeated))
        return;
    const auto place = std::find_if(transactions.begin(), transactions.end(),
                                    [&transaction](const Transaction &t) { return &t == &transaction; });
    const auto firstNotBegun = std::find_if(std::next(place), transactions.end(), [](const Transaction &t) {
        return t.phase == Phase::Waiting || t.phase == Phase::FlightHeld;
    });
    const bool isFollowed = firstNotBegun != std::next(place);
    // The dot ends a transaction whatever is answered (RFC 5321 section 4.1.1.4); behind a BDAT that failed
    // nobody knows where the server is (RFC 3030 section 2). One that follows has said RSET itself.
    const bool isOpenAtServer = transaction.form == Form::Flight || transaction.isOutOfStep
        || (transaction.isMailAccepted
            && !(transaction.form == Form::Data && transaction.phase == Phase::Complete));

    if (transaction.isToBeRepeated) {
        if (transaction.form != Form::Flight)
            transaction.held.clear();
        transaction.reset();
        transactions.splice(firstNotBegun, transactions, place); // behind those that are on their way
    } else {
        events.emplace_back(event::TransactionFailed { transaction.id, *transaction.verdict });
        transactions.erase(place);
    }
    if (isOpenAtServer && !isFollowed && state == State::Mail)
        sendReset(now);
}

Transaction *Session::Private::find(const Awaited &awaited)
{
    if (!awaited.transaction)
        return nullptr;
    const auto found
        = std::find_if(transactions.begin(), transactions.end(),
                       [&awaited](const Transaction &t) { return t.id == *awaited.transaction; });
    return found == transactions.end() ? nullptr : &*found;
}

} // namespace postrider::smtp
