// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/handover.h"
#include "delivery/pacelesson.h"
#include "delivery/problems.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>

// The transactions of a Handover: how messages become some, and what their ends mean.

namespace postrider::delivery {

using outbox::AttemptOutcome;
using outbox::Problem;
using outbox::RecipientState;

namespace {

using Cause = smtp::Failure::Cause;
using Stage = smtp::Failure::Stage;
using Custody = smtp::Failure::Custody;

/// How often a session may ask for the same transaction once more, in a simpler form.
constexpr int MostSimplerTries = 3;

/// How many of something the server takes (LIMITS, RFC 9422).
qsizetype orAny(std::optional<int> limit)
{
    constexpr auto Any = std::numeric_limits<qsizetype>::max();
    return limit ? *limit : Any;
}

bool isShutdown(const smtp::Failure &failure)
{
    return failure.cause == Cause::Refused && failure.reply.code == 421;
}

/// The server was elsewhere in the conversation when MAIL came.
bool isOutOfSequence(const smtp::Failure &failure)
{
    return failure.cause == Cause::Refused && failure.stage == Stage::Mail && failure.reply.code == 503;
}

/// The server has dealt with the transaction to its end.
bool isAnswer(const smtp::Failure &failure)
{
    return (failure.cause == Cause::Refused && !isShutdown(failure)) || failure.cause == Cause::NoRecipients
        || failure.cause == Cause::RecipientsRefused;
}

bool isRefused(const std::optional<smtp::Reply> &answer)
{
    return answer && !answer->isPositive();
}

/// Where the accepted or untried recipients of a transaction are after it failed.
RecipientState stateAfter(const Answers &answers, const smtp::Failure &failure)
{
    // All or nobody: who is refused only for now keeps the others waiting until all can have it.
    const bool isAnyFailed
        = std::any_of(answers.begin(), answers.end(), [](const std::optional<smtp::Reply> &answer) {
              return isRefused(answer) && refusedState(*answer) == RecipientState::Failed;
          });
    if (failure.cause == Cause::RecipientsRefused && !isAnyFailed)
        return RecipientState::Deferred;
    return delivery::stateAfter(failure);
}

/// Whether nobody was refused for another reason than that there were too many.
bool wereOnlyTooMany(const Answers &answers)
{
    return tooManyRecipients(answers).size() == std::count_if(answers.begin(), answers.end(), isRefused);
}

/// The connection ended in the middle of the transaction.
bool isBreak(const smtp::Failure &failure)
{
    return failure.custody == Custody::Unknown || failure.cause == Cause::ConnectionLost
        || failure.cause == Cause::TimedOut || failure.cause == Cause::Malformed
        || failure.cause == Cause::Unsolicited || isShutdown(failure);
}

} // namespace

qsizetype Handover::freeSlots() const
{
    if (m_isOver || !m_connection || m_afterEnd == AfterEnd::Reconnect)
        return 0;
    // Over its limit of messages, one more may wait for the next connection.
    const qsizetype left = std::min(m_connection->freeSlots(), std::max<qsizetype>(messagesLeft(), 1));
    return std::max<qsizetype>(0, left - static_cast<qsizetype>(m_waiting.size()));
}

/// How many transactions this connection still takes (LIMITS MAILMAX, RFC 9422). The first one always may.
qsizetype Handover::messagesLeft() const
{
    const qsizetype most = orAny(m_connection->capabilities().transactionLimit());
    return std::max<qsizetype>(most - m_begun, m_begun == 0 ? 1 : 0);
}

bool Handover::isPastFinalOctet() const
{
    return std::any_of(m_legs.begin(), m_legs.end(), [](const auto &entry) {
        return entry.second.finalOctet == Leg::FinalOctet::Released;
    });
}

void Handover::submit(HandoverId id, Consignment consignment)
{
    Waybill waybill(std::move(consignment));
    if (!m_connection->capabilities().has("SMTPUTF8"))
        waybill.refuseInternationalAddresses();
    m_waybills.insert_or_assign(id, std::move(waybill));
    startLeg(id);
}

/// The message's next transaction; its end when nobody is left.
void Handover::startLeg(HandoverId id)
{
    Waybill &waybill = m_waybills.at(id);
    if (!waybill.isAnybodyLeft()) {
        finish(id);
        return;
    }
    const smtp::Capabilities &capabilities = m_connection->capabilities();
    qsizetype most = orAny(capabilities.recipientLimit());
    if (m_learnt.recipientLimit > 0)
        most = std::min<qsizetype>(most, m_learnt.recipientLimit);
    Leg leg;
    leg.message = id;
    leg.recipients
        = waybill.take({ .recipients = most, .domains = orAny(capabilities.recipientDomainLimit()) });
    m_waiting.push_back(std::move(leg));
    submitWaiting();
}

void Handover::submitWaiting()
{
    // A session that still works is left once the open transactions have their answers.
    if (m_afterEnd == AfterEnd::Reconnect && m_legs.empty() && !m_isOver)
        m_connection->quit();
    while (!m_isOver && m_afterEnd == AfterEnd::Report && !m_waiting.empty()
           && m_connection->freeSlots() > 0) {
        if (messagesLeft() <= 0) {
            // Once the open ones have their answers, the others go over a new connection.
            if (m_legs.empty()) {
                m_afterEnd = AfterEnd::Reconnect;
                m_connection->quit();
            }
            return;
        }
        Leg leg = std::move(m_waiting.front());
        m_waiting.pop_front();
        submitLeg(std::move(leg));
    }
}

void Handover::submitLeg(Leg leg)
{
    const HandoverId id = leg.message;
    Waybill &waybill = m_waybills.at(id);
    smtp::Envelope envelope = waybill.envelopeFor(leg.recipients);
    if (mayBeTooMany(waybill, leg))
        envelope.partialRecipients = smtp::Envelope::PartialRecipients::SendUnlessTooMany;
    std::unique_ptr<QIODevice> content = waybill.consignment().openContent();
    if (!content) {
        Problem problem;
        problem.kind = Problem::Kind::ContentMissing;
        waybill.setProblem(problem);
        finish(id);
        return;
    }
    leg.answers = Answers(leg.recipients.size());
    leg.finalOctet = Leg::FinalOctet::Kept;
    const smtp::TransactionId transaction = m_nextTransaction++;
    m_legs.insert_or_assign(transaction, std::move(leg));
    ++m_begun;
    if (const Wishes unheard = unheardWishes(envelope, m_connection->capabilities()))
        Q_EMIT wishesLeftOut(id, unheard);
    m_connection->submit(transaction, std::move(envelope), std::move(content));
}

/// Whether the replies to RCPT have to be seen before content is sent. Some servers that hand on to another
/// one have passed it a few RCPT of a group already when they refuse these as too many: content that followed
/// would reach those recipients too, and once more with the next transaction. So content goes along only with
/// so many recipients as the server has taken before.
bool Handover::mayBeTooMany(const Waybill &waybill, const Leg &leg) const
{
    return waybill.consignment().envelope.partialRecipients
        == smtp::Envelope::PartialRecipients::SendToAccepted
        && leg.recipients.size() > m_learnt.recipientsTaken && !m_connection->capabilities().recipientLimit();
}

/// The same transaction once more, before those of later messages.
void Handover::tryAgain(Leg leg)
{
    if (leg.finalOctet != Leg::FinalOctet::Kept)
        Q_EMIT partlyDone(leg.message, {});
    leg.finalOctet = Leg::FinalOctet::Kept;
    const auto place = std::find_if(m_waiting.begin(), m_waiting.end(),
                                    [&leg](const Leg &other) { return other.message > leg.message; });
    m_waiting.insert(place, std::move(leg));
}

/// The accepted recipients of a transaction without content in one of their own, those who were too many
/// behind them.
void Handover::splitLeg(Leg leg)
{
    Waybill &waybill = m_waybills.at(leg.message);
    const QList<qsizetype> tooMany = tooManyRecipients(leg.answers);
    learnRecipients(waybill, leg, tooMany);
    QList<qsizetype> accepted;
    QList<qsizetype> next;
    for (qsizetype i = 0; i < leg.recipients.size(); ++i) {
        const qsizetype recipient = leg.recipients.at(i);
        const std::optional<smtp::Reply> &answer = leg.answers.at(i);
        if (tooMany.contains(i) || !answer)
            next.append(recipient);
        else if (answer->isPositive())
            accepted.append(recipient);
        else
            waybill.decideRefused(recipient, *answer);
    }
    waybill.noteMail();
    waybill.putBack(next);
    leg.recipients = accepted;
    leg.answers.clear();
    tryAgain(std::move(leg));
}

/// A message was taken. Before the one in front of it was, the server could not turn to this one.
void Handover::noteSpeed(const Waybill &waybill, const Leg &leg)
{
    const base::MonotonicTime now = m_clock.monotonic();
    const base::MonotonicTime began = std::max(leg.released, std::exchange(m_lastAnswer, now));
    if (waybill.consignment().envelope.size > ServerSpeed::LargestSample)
        return;
    if (const auto roundTrip = m_connection->roundTrip())
        m_speed.noteRoundTrip(*roundTrip);
    m_speed.noteAcceptance(std::chrono::duration_cast<std::chrono::microseconds>(now - began));
}

/// What the replies to a transaction's RCPT say about the next ones.
void Handover::learnRecipients(Waybill &waybill, const Leg &leg, const QList<qsizetype> &tooMany)
{
    const auto isAccepted
        = [](const std::optional<smtp::Reply> &answer) { return answer && answer->isPositive(); };
    const auto accepted = static_cast<int>(std::count_if(leg.answers.begin(), leg.answers.end(), isAccepted));
    outbox::LearntHabits learntNow = m_learnt;
    if (tooMany.isEmpty()) {
        learntNow.recipientsTaken = std::max(m_learnt.recipientsTaken, accepted);
    } else {
        waybill.limitRecipients(accepted);
        learntNow.recipientsTaken = accepted;
        // Without the reason in the reply it is a guess, good enough for this message only.
        if (std::any_of(tooMany.begin(), tooMany.end(),
                        [&leg](qsizetype place) { return saysTooMany(*leg.answers.at(place)); }))
            learntNow.recipientLimit = accepted;
    }
    if (learntNow == m_learnt)
        return;
    m_learnt = learntNow;
    m_learnt.recipientsLearnt = m_clock.now();
    Q_EMIT learnt(m_learnt);
}

void Handover::endLeg(smtp::TransactionId transaction, const smtp::Reply &reply)
{
    auto node = m_legs.extract(transaction);
    if (node.empty())
        return;
    const Leg leg = std::move(node.mapped());
    Waybill &waybill = m_waybills.at(leg.message);
    ++m_answered;
    waybill.noteMail();
    noteSpeed(waybill, leg);

    const QList<qsizetype> tooMany = tooManyRecipients(leg.answers);
    QList<qsizetype> next;
    QList<qsizetype> decided;
    for (qsizetype i = 0; i < leg.recipients.size(); ++i) {
        const qsizetype recipient = leg.recipients.at(i);
        const std::optional<smtp::Reply> &answer = leg.answers.at(i);
        if (tooMany.contains(i)) {
            next.append(recipient);
            continue;
        }
        if (answer && !answer->isPositive())
            waybill.decideRefused(recipient, *answer);
        else
            waybill.decide(recipient, RecipientState::Sent, reply);
        decided.append(recipient);
    }
    waybill.putBack(next);
    learnRecipients(waybill, leg, tooMany);
    if (waybill.isAnybodyLeft())
        Q_EMIT partlyDone(leg.message, waybill.outcomesOf(decided));
    startLeg(leg.message);
    submitWaiting();
}

void Handover::endLeg(smtp::TransactionId transaction, const smtp::Failure &failure)
{
    auto node = m_legs.extract(transaction);
    if (node.empty())
        return;
    Leg leg = std::move(node.mapped());
    Waybill &waybill = m_waybills.at(leg.message);
    if (isEndForTooMany(leg, failure)) {
        m_afterEnd = AfterEnd::Reconnect;
        splitLeg(std::move(leg));
        return;
    }
    if (failure.custody == Custody::NotAccepted) {
        if (failure.cause == Cause::NotTried && ++leg.simplerTries <= MostSimplerTries) {
            tryAgain(std::move(leg));
            return;
        }
        const bool isWorthANewSession = isOutOfSequence(failure) && !std::exchange(leg.hadNewSession, true);
        if (isFormInVain(failure.cause) || isWorthANewSession || (isEndBeforeMail(failure) && !m_isBroken)) {
            m_afterEnd = AfterEnd::Reconnect;
            tryAgain(std::move(leg));
            submitWaiting();
            return;
        }
    }
    if (failure.cause == Cause::RecipientsRefused
        && (mayBeTooMany(waybill, leg) || wereOnlyTooMany(leg.answers))) {
        ++m_answered;
        splitLeg(std::move(leg));
        submitWaiting();
        return;
    }

    m_answered += isAnswer(failure) ? 1 : 0;
    m_isBroken = m_isBroken || isBreak(failure);
    decideLeg(waybill, leg, failure);
    // Whoever is left was not asked about yet. A refusal of those before is none of theirs.
    const bool goesOn = failure.cause == Cause::NoRecipients && waybill.isAnybodyLeft()
        && std::any_of(leg.answers.begin(), leg.answers.end(), [](const std::optional<smtp::Reply> &answer) {
                            return answer && answer->isPermanent();
                        });
    if (goesOn) {
        Q_EMIT partlyDone(leg.message, waybill.outcomesOf(leg.recipients));
        startLeg(leg.message);
    } else {
        const RecipientState state = stateAfter(leg.answers, failure);
        waybill.decideOthers(state == RecipientState::InDoubt ? RecipientState::Deferred : state,
                             failure.reply);
        finish(leg.message);
    }
    submitWaiting();
}

void Handover::decideLeg(Waybill &waybill, const Leg &leg, const smtp::Failure &failure)
{
    RecipientState state = stateAfter(leg.answers, failure);
    const bool isAllOrNobody = failure.cause == Cause::RecipientsRefused;
    if (failure.custody == Custody::NotAccepted && isEndBeforeMail(failure)) {
        // The connection broke in the middle of another message; this one goes again as if it had not begun.
        state = RecipientState::Queued;
    } else {
        if (reachedMail(failure.stage))
            waybill.noteMail();
        const bool isOfRecipients
            = failure.cause == Cause::NoRecipients || (isAllOrNobody && state == RecipientState::Deferred);
        if (!isOfRecipients) {
            Problem problem = toProblem(failure);
            if (problem.kind == Problem::Kind::SenderRefused)
                problem.subject = QString::fromUtf8(waybill.consignment().envelope.reversePath);
            waybill.noteFailure(problem);
        }
    }
    for (qsizetype i = 0; i < leg.recipients.size(); ++i) {
        const std::optional<smtp::Reply> &answer = leg.answers.at(i);
        // A message that is refused for good is refused for those too who only were too many at once.
        // Who was refused for now waits with the others for what the person says about those refused for
        // good.
        const bool sharesTheOutcome
            = (state == RecipientState::Failed && tooManyRecipients(leg.answers).contains(i))
            || (isAllOrNobody && state == RecipientState::Queued && answer && answer->isTransient());
        if (isRefused(answer) && !sharesTheOutcome)
            waybill.decideRefused(leg.recipients.at(i), *answer);
        else
            waybill.decide(leg.recipients.at(i), state, failure.reply);
    }
}

/// Whether the failure only says that the server does not stand what it offers; event::HabitsLearnt told what
/// it is done without from now on. All open messages are told the same, and the first of them decides.
bool Handover::isFormInVain(smtp::Failure::Cause cause) const
{
    if (cause != Cause::ChunkingUnusable && cause != Cause::PipeliningUnusable)
        return false;
    return m_afterEnd == AfterEnd::Reconnect || m_learnt.habits != m_habitsAtStart;
}

/// Whether a server that answered messages before ends the session at the first command of the next one: it
/// wants a new connection for it (RFC 5321 section 3.8), unless it wants no more for a while. Only after such
/// answers, so that this has an end.
bool Handover::isEndBeforeMail(const smtp::Failure &failure) const
{
    const bool isEnd
        = failure.cause == Cause::ConnectionLost || (isShutdown(failure) && !paceLesson(toProblem(failure)));
    return isEnd && failure.stage == Stage::Mail && m_answered > 0;
}

/// Whether the server hung up because we went on after it had said "too many": its patience is at an end, not
/// the transaction's. What is then tried again has fewer recipients, so that this has an end too.
bool Handover::isEndForTooMany(const Leg &leg, const smtp::Failure &failure) const
{
    const bool isEnd = failure.cause == Cause::ConnectionLost || isShutdown(failure);
    const smtp::Envelope &envelope = m_waybills.at(leg.message).consignment().envelope;
    return isEnd && failure.custody == Custody::NotAccepted && failure.stage == Stage::Rcpt
        && envelope.partialRecipients == smtp::Envelope::PartialRecipients::SendToAccepted
        && !tooManyRecipients(leg.answers).isEmpty();
}

void Handover::finish(HandoverId id)
{
    const auto node = m_waybills.extract(id);
    Q_EMIT done(id, outcomeOf(node.mapped()));
}

AttemptOutcome Handover::outcomeOf(const Waybill &waybill) const
{
    AttemptOutcome outcome = waybill.outcome();
    outcome.problem = located(std::move(outcome.problem));
    outcome.host = m_target.account.server.host;
    outcome.port = m_target.account.server.port;
    if (const std::optional<net::TlsReport> tls = tlsReport()) {
        outcome.tls = tls->version;
        outcome.certificateSha256 = tls->certificateSha256;
    }
    return outcome;
}

/// Ends all messages that are still open when the connection is gone. Who was not decided yet is in doubt
/// behind the last octet, and otherwise as told.
void Handover::finishAll(const Problem &problem, RecipientState undecided)
{
    std::map<HandoverId, Leg> legs;
    for (auto &[transaction, leg] : std::exchange(m_legs, {}))
        legs.emplace(leg.message, std::move(leg));
    m_waiting.clear();
    auto waybills = std::exchange(m_waybills, {});
    for (auto &[id, waybill] : waybills) {
        Problem own = problem;
        if (const auto found = legs.find(id); found != legs.end()) {
            const Leg &leg = found->second;
            const bool isPast = leg.finalOctet == Leg::FinalOctet::Released;
            for (qsizetype i = 0; i < leg.recipients.size(); ++i) {
                const std::optional<smtp::Reply> &answer = leg.answers.at(i);
                if (answer && !answer->isPositive())
                    waybill.decideRefused(leg.recipients.at(i), *answer);
                else if (isPast)
                    waybill.decide(leg.recipients.at(i), RecipientState::InDoubt, {});
            }
            waybill.noteMail();
            if (isPast)
                own.kind = Problem::Kind::OutcomeUnknown;
        }
        waybill.setProblem(own);
        waybill.decideOthers(undecided, {});
    }
    for (const auto &[id, waybill] : waybills)
        Q_EMIT done(id, outcomeOf(waybill));
}

} // namespace postrider::delivery
