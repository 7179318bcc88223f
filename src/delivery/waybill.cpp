// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/waybill.h"

#include "delivery/problems.h"

#include <QSet>

#include <algorithm>
#include <numeric>
#include <utility>

namespace postrider::delivery {

using outbox::Problem;
using outbox::RecipientOutcome;
using outbox::RecipientState;

namespace {

bool isAscii(const QByteArray &octets)
{
    return std::all_of(octets.begin(), octets.end(),
                       [](char octet) { return static_cast<unsigned char>(octet) < 0x80; });
}

} // namespace

Waybill::Waybill(Consignment consignment)
    : m_consignment(std::move(consignment))
    , m_decided(m_consignment.envelope.recipients.size())
    , m_left(m_consignment.envelope.recipients.size())
{
    std::iota(m_left.begin(), m_left.end(), 0);
    if (m_consignment.recipientsAtOnce > 0)
        m_mostAtOnce = m_consignment.recipientsAtOnce;
}

const QByteArray &Waybill::address(qsizetype recipient) const
{
    return m_consignment.envelope.recipients.at(recipient);
}

smtp::Envelope Waybill::envelopeFor(const QList<qsizetype> &recipients) const
{
    smtp::Envelope envelope = m_consignment.envelope;
    bool needsUtf8 = m_consignment.header == Consignment::Header::Utf8 || !isAscii(envelope.reversePath);
    envelope.recipients.clear();
    for (const qsizetype recipient : recipients) {
        needsUtf8 = needsUtf8 || !isAscii(address(recipient));
        envelope.recipients.append(address(recipient));
    }
    envelope.addresses = needsUtf8 ? smtp::Envelope::Addresses::Utf8 : smtp::Envelope::Addresses::Ascii;
    return envelope;
}

QList<qsizetype> Waybill::take(const Limits &limits)
{
    const qsizetype most = std::min(limits.recipients, m_mostAtOnce);
    QSet<QByteArray> domains;
    QList<qsizetype> taken;
    m_left.removeIf([&](qsizetype recipient) {
        const QByteArray &whole = address(recipient);
        const QByteArray domain = whole.sliced(whole.lastIndexOf('@') + 1).toLower();
        if (taken.size() >= most || (domains.size() >= limits.domains && !domains.contains(domain)))
            return false;
        domains.insert(domain);
        taken.append(recipient);
        return true;
    });
    return taken;
}

void Waybill::putBack(const QList<qsizetype> &recipients)
{
    m_left = recipients + m_left;
}

void Waybill::limitRecipients(qsizetype most)
{
    m_mostAtOnce = std::min(m_mostAtOnce, most);
}

void Waybill::refuseInternationalAddresses()
{
    const bool isHopelessForAll
        = m_consignment.header == Consignment::Header::Utf8 || !isAscii(m_consignment.envelope.reversePath);
    if (isHopelessForAll)
        return; // the session says so
    m_left.removeIf([this](qsizetype recipient) {
        if (isAscii(address(recipient)))
            return false;
        const Problem problem = internationalAddressProblem(address(recipient));
        m_decided[recipient] = RecipientOutcome { .address = address(recipient),
                                                  .state = RecipientState::Failed,
                                                  .code = 0,
                                                  .enhanced = problem.enhanced,
                                                  .text = {} };
        if (m_problem.isNone())
            m_problem = problem;
        return true;
    });
}

void Waybill::decide(qsizetype recipient, RecipientState state, const smtp::Reply &reply)
{
    m_decided[recipient] = RecipientOutcome { .address = address(recipient),
                                              .state = state,
                                              .code = reply.code,
                                              .enhanced = reply.enhanced.toByteArray(),
                                              .text = reply.text() };
}

void Waybill::decideRefused(qsizetype recipient, const smtp::Reply &reply)
{
    decide(recipient, refusedState(reply), reply);
    // What holds the account goes first: a recipient that stays queued would be tried again at once.
    const Problem own = recipientProblem(address(recipient), reply);
    if (m_problem.isNone()
        || (accountEffect(own) == AccountEffect::Held && accountEffect(m_problem) != AccountEffect::Held))
        m_problem = own;
}

void Waybill::decideOthers(RecipientState state, const smtp::Reply &reply)
{
    for (qsizetype recipient = 0; recipient < m_decided.size(); ++recipient) {
        if (!m_decided.at(recipient))
            decide(recipient, state, reply);
    }
    m_left.clear();
}

QList<RecipientOutcome> Waybill::outcomesOf(const QList<qsizetype> &recipients) const
{
    QList<RecipientOutcome> outcomes;
    for (const qsizetype recipient : recipients) {
        if (const std::optional<RecipientOutcome> &decided = m_decided.at(recipient))
            outcomes.append(*decided);
    }
    return outcomes;
}

void Waybill::noteFailure(const Problem &problem)
{
    if (m_problem.isNone() || accountEffect(problem) != AccountEffect::None
        || problem.kind == Problem::Kind::OutcomeUnknown)
        m_problem = problem;
    if (m_problem.kind == Problem::Kind::TooLarge)
        m_problem.size = m_consignment.envelope.size;
}

outbox::AttemptOutcome Waybill::outcome() const
{
    outbox::AttemptOutcome outcome;
    outcome.problem = m_problem;
    outcome.reachedMail = m_reachedMail;
    for (qsizetype recipient = 0; recipient < m_decided.size(); ++recipient) {
        outcome.recipients.append(
            m_decided.at(recipient).value_or(RecipientOutcome { .address = address(recipient),
                                                                .state = RecipientState::Queued,
                                                                .code = 0,
                                                                .enhanced = {},
                                                                .text = {} }));
    }
    return outcome;
}

RecipientState refusedState(const smtp::Reply &reply)
{
    if (reply.code == 530) // sign-in is missing: the account's trouble, not the message's
        return RecipientState::Queued;
    return reply.isPermanent() ? RecipientState::Failed : RecipientState::Deferred;
}

RecipientState stateAfter(const smtp::Failure &failure)
{
    using Cause = smtp::Failure::Cause;
    if (failure.custody == smtp::Failure::Custody::Unknown)
        return RecipientState::InDoubt;
    switch (failure.cause) {
    case Cause::Refused:
        return refusedState(failure.reply);
    case Cause::TooLarge:
    case Cause::Utf8Unsupported:
    case Cause::EightBitUnsupported:
    case Cause::BinaryUnsupported:
    case Cause::RequireTlsUnsupported:
    case Cause::FutureReleaseUnsupported:
    case Cause::FutureReleaseTooLate:
    case Cause::DeliverByUnsupported:
    case Cause::DeliverByTooSoon:
    case Cause::UnsafeEnvelope:
        return RecipientState::Failed;
    case Cause::ContentUnreadable:
    case Cause::RecipientsRefused:
        return RecipientState::Queued;
    case Cause::Malformed:
    case Cause::Unsolicited:
    case Cause::TimedOut:
    case Cause::ConnectionLost:
    case Cause::TlsMissing:
    case Cause::TlsFailed:
    case Cause::NoCommonMechanism:
    case Cause::MechanismFailed:
    case Cause::ServerNotVerified:
    case Cause::NotTried:
    case Cause::ChunkingUnusable:
    case Cause::PipeliningUnusable:
    case Cause::NoRecipients:
        return RecipientState::Deferred;
    }
    Q_UNREACHABLE();
}

} // namespace postrider::delivery
