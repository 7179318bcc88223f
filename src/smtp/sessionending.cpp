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

} // namespace

/// The caller may act on a Ready that it fetched before it hears of the end: this message, too, gets its
/// answer before the session's last event.
void Session::Private::refuseLate(TransactionId id)
{
    Failure failure = parting.value_or(Failure { Stage::Mail, Cause::ConnectionLost });
    if (state == State::Ended) {
        if (events.empty())
            return;
        if (const auto *last = std::get_if<event::SessionFailed>(&events.back()))
            failure = last->failure;
    }
    failure.custody = Custody::NotAccepted;
    const auto place = state == State::Ended ? std::prev(events.end()) : events.end();
    events.insert(place, event::TransactionFailed { id, failure });
}

/// 421: the server closes the connection, and everything that is open is refused for now (RFC 5321 section
/// 3.8).
void Session::Private::handleShutdown(const Reply &reply, MonotonicTime now)
{
    const Failure failure { stage(), Cause::Refused, Custody::NotAccepted, reply };
    Transaction *const addressed = stream.isReplyDue() ? find(stream.front()) : nullptr;
    const bool areOthersComplete
        = std::any_of(transactions.begin(), transactions.end(), [this, addressed](const Transaction &t) {
              return &t != addressed && custodyOf(t) == Custody::Unknown;
          });
    if (!areOthersComplete) {
        failSession(failure);
        return;
    }
    // A server that goes on all the same may still say what became of them.
    drain(failure, now + config.timeouts.quit);
    if (addressed) {
        stream.takeFront();
        --addressed->awaited;
        if (!addressed->verdict)
            refuse(*addressed, failure);
        conclude(*addressed, now);
    }
}

/// No reply comes any more.
void Session::Private::handleSilence(Cause cause)
{
    if (state == State::Quitting) {
        finish();
    } else if (state == State::Draining && drainUntil) {
        failSession(*parting);
    } else if (cause == Cause::TimedOut && stream.isAwaiting() && isPipeliningOnTrial(stream.front())) {
        learn(PipelineUse::WithinMessage);
        failSession({ Stage::Mail, Cause::PipeliningUnusable });
    } else if (state != State::Ended) {
        fail(cause);
    }
}

void Session::Private::fail(Cause cause, const Reply &reply)
{
    failSession({ stage(), cause, Custody::NotAccepted, reply });
}

void Session::Private::failSession(const Failure &failure)
{
    // The demand for a handshake that must not happen any more is withdrawn.
    if (!events.empty() && std::holds_alternative<event::BeginTls>(events.back()))
        events.pop_back();
    Failure last = failure;
    for (const Transaction &transaction : transactions) {
        if (failureOf(transaction, failure).custody == Custody::Unknown)
            last.custody = Custody::Unknown;
    }
    failTransactions(failure);
    end(event::SessionFailed { last });
}

void Session::Private::failTransactions(const Failure &failure)
{
    for (const Transaction &transaction : std::as_const(transactions)) {
        const bool isInContent = transaction.phase == Phase::Streaming || transaction.phase == Phase::EndHeld
            || transaction.phase == Phase::EndReleased;
        if (isInContent && transaction.form == Form::Data)
            showContent(transaction);
        events.emplace_back(event::TransactionFailed { transaction.id, failureOf(transaction, failure) });
    }
    transactions.clear();
}

/// What the end of the session is for one transaction.
Failure Session::Private::failureOf(const Transaction &transaction, const Failure &failure) const
{
    if (transaction.verdict)
        return *transaction.verdict;
    Failure own = failure;
    own.custody = failure.cause == Cause::Refused ? Custody::NotAccepted : custodyOf(transaction);
    own.stage = own.custody == Custody::Unknown ? Stage::ContentEnd : stageOf(transaction);
    return own;
}

Custody Session::Private::custodyOf(const Transaction &transaction) const
{
    if (transaction.phase != Phase::Complete || (transaction.isToBeRepeated && !transaction.isOutOfStep))
        return Custody::NotAccepted;
    if (transaction.verdict)
        return transaction.verdict->custody;
    const auto &awaited = stream.awaited();
    const bool isEndTaken
        = std::any_of(awaited.begin(), awaited.end(), [this, &transaction](const Awaited &a) {
              return a.step == Step::ContentEnd && a.transaction == transaction.id && stream.isTaken(a);
          });
    return isEndTaken ? Custody::Unknown : Custody::NotAccepted;
}

/// Begins nothing new, and ends when every reply has come or the time is over.
void Session::Private::drain(const Failure &failure, std::optional<MonotonicTime> until)
{
    state = State::Draining;
    parting = failure;
    drainUntil = until;
    deadline = until ? until : deadline;
}

void Session::Private::endDrain(MonotonicTime now)
{
    if (drainUntil)
        failSession(*parting);
    else
        leave(*parting, now);
}

/// Ends a session that the server still follows: not without QUIT (RFC 5321 section 4.1.1.10).
void Session::Private::leave(const Failure &failure, MonotonicTime now)
{
    failTransactions(failure);
    parting = failure;
    state = State::Quitting;
    deadline = now + config.timeouts.quit;
    sendQuit();
}

void Session::Private::quit(MonotonicTime now)
{
    const bool isPastLastOctet
        = std::any_of(transactions.begin(), transactions.end(),
                      [this](const Transaction &t) { return custodyOf(t) == Custody::Unknown; });
    if (isPastLastOctet || state == State::Draining || state == State::Quitting || state == State::Ended)
        return;

    const bool isInContent = stage() == Stage::Content;
    failTransactions({ stage(), Cause::ConnectionLost });
    constexpr std::array followedByQuit { Step::Ehlo,       Step::Helo,  Step::Mail,       Step::Recipient,
                                          Step::SenderMail, Step::Reset, Step::WindowReset };
    const auto &awaited = stream.awaited();
    const bool canBeFollowed
        = std::all_of(awaited.begin(), awaited.end(), [&followedByQuit](const Awaited &a) {
              return std::find(followedByQuit.begin(), followedByQuit.end(), a.step) != followedByQuit.end();
          });
    const bool canSpeak = state == State::Opening || state == State::Credentials || state == State::Mail;
    if (isInContent || !canBeFollowed || !canSpeak) {
        finish();
        return;
    }
    state = State::Quitting;
    deadline = now + config.timeouts.quit;
    if (!stream.isAwaiting())
        sendQuit();
}

/// The deadline is the caller's: waiting for an earlier reply counts too.
void Session::Private::sendQuit()
{
    stream.appendLine("QUIT", { Step::Quit });
    show(Direction::ToServer, "QUIT");
}

void Session::Private::handleWhileQuitting()
{
    const bool isAnswerToQuit = !stream.isAwaiting() || stream.front().step == Step::Quit;
    if (isAnswerToQuit) {
        finish();
        return;
    }
    stream.takeFront();
    if (!stream.isAwaiting())
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
    stream.clear();
    parser.clear();
    deadline.reset();
    exchange.reset();
    due.clear();
}

/// Where the session stands, by what is waited for.
Stage Session::Private::stage() const
{
    switch (state) {
    case State::TlsHandshake:
        return Stage::TlsHandshake;
    case State::Credentials:
    case State::KeyDerivation:
        return Stage::Auth;
    case State::Quitting:
        return Stage::Quit;
    case State::Opening:
    case State::Mail:
    case State::Draining:
    case State::Ended:
        break;
    }
    if (stream.isAwaiting())
        return stageOf(stream.front());
    const Transaction *transaction = firstIncomplete();
    return transaction ? stageOf(*transaction) : Stage::Mail; // nothing is awaited: what comes next fails
}

Stage Session::Private::stageOf(const Transaction &transaction) const
{
    const auto &awaited = stream.awaited();
    const auto own = std::find_if(awaited.begin(), awaited.end(), [&transaction](const Awaited &a) {
        return a.transaction == transaction.id && a.step != Step::WindowReset;
    });
    if (own != awaited.end())
        return stageOf(*own);
    const bool isInContent = transaction.phase == Phase::Streaming || transaction.phase == Phase::EndHeld
        || transaction.phase == Phase::EndReleased;
    return isInContent ? Stage::Content : Stage::Mail;
}

Stage Session::Private::stageOf(const Awaited &awaited) const
{
    switch (awaited.step) {
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
    case Step::WindowReset: // the first word of a transaction
        return Stage::Mail;
    case Step::Recipient:
        return Stage::Rcpt;
    case Step::Data:
        return Stage::Data;
    case Step::Chunk:
        return Stage::Content;
    case Step::ContentEnd:
        return stream.isTaken(awaited) ? Stage::ContentEnd : Stage::Content;
    case Step::Reset:
        return Stage::Rset;
    case Step::Quit:
        return Stage::Quit;
    }
    Q_UNREACHABLE();
}

} // namespace postrider::smtp
