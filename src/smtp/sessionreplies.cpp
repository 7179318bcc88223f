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
    return isOneOf(code, std::array { 455, 501, 503, 504, 555 });
}

/// The server does not know where in the conversation it is.
bool isSequenceComplaint(int code)
{
    return isOneOf(code, std::array { 500, 501, 502, 503 });
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
    if (transaction.isBehindOthers && transaction.form != Form::Data && isSequenceComplaint(reply.code)) {
        isWindowRefused = true;
        repeatLater(transaction);
    } else if (transaction.hasSizeParameter && isParameterRefusal(reply.code)) {
        isSizeParameterRefused = true;
        repeatLater(transaction);
    } else {
        refuse(transaction, { Stage::Mail, Cause::Refused, Custody::NotAccepted, reply });
    }
    conclude(transaction, now);
}

void Session::Private::handleRecipient(Transaction &transaction, qsizetype index, const Reply &reply,
                                       MonotonicTime now)
{
    if (!transaction.isMailAccepted) { // says nothing about the recipient
        conclude(transaction, now);
        return;
    }
    ++transaction.answered;
    if (reply.isPositive()) {
        ++transaction.accepted;
        events.emplace_back(event::RecipientAccepted { transaction.id, index, reply });
    } else if (transaction.isGroup && reply.code == OutOfSequence) {
        transaction.outOfSequence.append({ transaction.id, index, reply });
    } else {
        transaction.isAnyPutOff = transaction.isAnyPutOff || reply.isTransient() || reply.code == 552;
        events.emplace_back(event::RecipientRefused { transaction.id, index, reply });
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
        isGroupRefused = true;
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
        const Failure failure { Stage::Data, Cause::Malformed }; // is content expected now or not?
        refuse(transaction, failure);
        failSession(failure);
    } else if (!reply.isIntermediate()) {
        if (!transaction.verdict && !transaction.isToBeRepeated)
            refuse(transaction, { Stage::Data, Cause::Refused, Custody::NotAccepted, reply });
        conclude(transaction, now);
    } else if (!transaction.outOfSequence.empty()) {
        // Whom would an empty message reach? It is no message only when the connection ends here.
        const Failure failure { Stage::Data, Cause::Malformed };
        refuse(transaction, failure);
        failSession(failure);
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
            isChunkingRefused = true;
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
            isChunkingRefused = true;
            repeatLater(transaction);
        } else if (transaction.isBehindOthers && transaction.form != Form::Data
                   && isSequenceComplaint(reply.code)) {
            isWindowRefused = true;
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
    } else if (isChunkingRefused && !isChunkingProven) {
        // It took the content for commands and answers each line of it.
        failSession({ Stage::Content, Cause::ChunkingUnusable });
    } else {
        leave(failure, now);
    }
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
    const bool isOpenAtServer = transaction.form == Form::Flight
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
