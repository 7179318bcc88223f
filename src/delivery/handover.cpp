// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/handover.h"

#include "delivery/problems.h"
#include "sasl/mechanism.h"

#include <QSslCertificate>

#include <algorithm>
#include <utility>

namespace postrider::delivery {

using outbox::AttemptOutcome;
using outbox::Problem;
using outbox::RecipientState;

namespace {

smtp::Security toSession(accounts::Security security)
{
    switch (security) {
    case accounts::Security::Tls:
        return smtp::Security::ImplicitTls;
    case accounts::Security::StartTls:
        return smtp::Security::StartTls;
    case accounts::Security::None:
        return smtp::Security::Plaintext;
    }
    Q_UNREACHABLE();
}

net::ConnectionConfig toConnectionConfig(const HandoverTarget &target)
{
    const accounts::Account &account = target.account;
    net::ConnectionConfig config;
    config.host = account.server.host;
    config.port = account.server.port;
    config.session.security = toSession(account.server.security);
    config.session.timeouts = target.timeouts;
    if (target.connectTimeout) {
        config.lookupTimeout = std::min(config.lookupTimeout, *target.connectTimeout);
        config.connectTimeout = std::min(config.connectTimeout, *target.connectTimeout);
        config.handshakeTimeout = std::min(config.handshakeTimeout, *target.connectTimeout);
    }
    if (!account.clientName.isEmpty())
        config.session.clientName = account.clientName;
    if (!account.caFile.isEmpty())
        config.tls.extraAuthorities = QSslCertificate::fromPath(account.caFile, QSsl::Pem);
    config.tls.pinnedKey = account.pinnedKey;
    return config;
}

RecipientState refusedState(const smtp::Reply &reply)
{
    if (reply.code == 530) // sign-in is missing: the account's trouble, not the message's
        return RecipientState::Queued;
    return reply.isPermanent() ? RecipientState::Failed : RecipientState::Deferred;
}

/// Where a transaction's accepted or untried recipients are after it failed.
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
    case Cause::UnsafeEnvelope:
        return RecipientState::Failed;
    case Cause::ContentUnreadable:
        return RecipientState::Queued;
    case Cause::Malformed:
    case Cause::Unsolicited:
    case Cause::TimedOut:
    case Cause::ConnectionLost:
    case Cause::TlsMissing:
    case Cause::TlsFailed:
    case Cause::NoCommonMechanism:
    case Cause::MechanismFailed:
    case Cause::NoRecipients:
        return RecipientState::Deferred;
    }
    Q_UNREACHABLE();
}

} // namespace

Handover::Handover(HandoverTarget target, const base::Clock &clock, QObject *parent)
    : QObject(parent)
    , m_target(std::move(target))
    , m_connection(new net::Connection(toConnectionConfig(m_target), clock, this))
{
    connect(m_connection, &net::Connection::connected, this, &Handover::connected);
    connect(m_connection, &net::Connection::happened, this, &Handover::handle);
    connect(m_connection, &net::Connection::failed, this, [this](const net::ConnectionFailure &failure) {
        fail(toProblem(failure, m_connection->tlsReport()));
    });
    connect(m_connection, &net::Connection::finished, this, &Handover::closed);
}

Handover::~Handover() = default;

void Handover::open()
{
    const accounts::Account &account = m_target.account;
    if (account.server.security == accounts::Security::None
        && !accounts::isPlaintextAllowed(account.server.host, !account.user.isEmpty())) {
        Problem problem;
        problem.kind = Problem::Kind::TlsMissing;
        problem.stage = QStringLiteral("connect");
        fail(problem);
        return;
    }
    m_connection->open();
}

void Handover::submit(smtp::Envelope envelope, std::unique_ptr<QIODevice> content)
{
    Q_ASSERT(!m_transaction);
    m_transactionId = m_nextTransaction++;
    Transaction transaction;
    transaction.refusals.resize(envelope.recipients.size());
    transaction.envelope = envelope;
    m_transaction = std::move(transaction);
    m_connection->submit(m_transactionId, std::move(envelope), std::move(content));
}

void Handover::releaseFinalOctet()
{
    if (!m_transaction)
        return; // the connection broke while the mark was made durable
    m_transaction->finalOctetReleased = true;
    m_connection->releaseFinalOctet({ m_transactionId });
}

void Handover::verifySender(const QByteArray &reversePath)
{
    m_connection->verifySender(reversePath);
}

void Handover::close()
{
    m_connection->quit();
}

void Handover::abort()
{
    m_connection->abort();
}

bool Handover::isPastFinalOctet() const noexcept
{
    return m_transaction && m_transaction->finalOctetReleased;
}

std::optional<net::TlsReport> Handover::tlsReport() const
{
    return m_connection->tlsReport();
}

void Handover::handle(const smtp::Event &event)
{
    namespace e = smtp::event;
    if (const auto *wanted = std::get_if<e::CredentialsWanted>(&event)) {
        signIn(wanted->mechanisms);
    } else if (std::holds_alternative<e::Ready>(event)) {
        if (!m_transaction)
            Q_EMIT ready();
    } else if (std::holds_alternative<e::SenderVerified>(event)) {
        Q_EMIT senderVerified();
    } else if (const auto *sender = std::get_if<e::SenderRefused>(&event)) {
        Q_EMIT senderRefused(located(senderProblem(sender->reply)));
    } else if (const auto *refused = std::get_if<e::RecipientRefused>(&event)) {
        if (m_transaction)
            m_transaction->refusals[refused->index] = refused->reply;
    } else if (const auto *progress = std::get_if<e::Progress>(&event)) {
        Q_EMIT progressed(qMax<qint64>(0, progress->octets - m_connection->octetsWaiting()));
    } else if (std::holds_alternative<e::FinalOctetDue>(event)) {
        Q_EMIT finalOctetDue();
    } else if (const auto *delivered = std::get_if<e::Delivered>(&event)) {
        finishTransaction({}, RecipientState::Sent, delivered->reply, true);
    } else if (const auto *broken = std::get_if<e::TransactionFailed>(&event)) {
        endTransaction(broken->failure);
    }
    // BeginTls, RecipientAccepted, SessionFailed and Finished need nothing here: the connection acts on them.
}

void Handover::signIn(const QList<QByteArray> &offered)
{
    const accounts::Account &account = m_target.account;
    if (account.user.isEmpty()) {
        m_connection->skipAuthentication();
        return;
    }
    // Without TLS only this very computer is left (open() saw to it), and nobody reads along there.
    const QByteArray chosen = sasl::chooseMechanism(offered, account.auth, sasl::Channel::Encrypted);
    std::unique_ptr<sasl::Mechanism> mechanism = chosen.isEmpty()
        ? nullptr
        : sasl::makeMechanism(chosen, { .user = account.user, .secret = m_target.password.clone() });
    if (!mechanism) {
        Problem problem;
        problem.kind = Problem::Kind::NoMechanism;
        problem.stage = QStringLiteral("auth");
        problem.subject = QString::fromUtf8(offered.join(", "));
        m_connection->abort();
        fail(problem);
        return;
    }
    m_connection->authenticate(std::move(mechanism));
}

void Handover::finishTransaction(const Problem &problem, RecipientState accepted, const smtp::Reply &reply,
                                 bool reachedMail)
{
    const Transaction transaction = std::move(*m_transaction);
    m_transaction.reset();

    AttemptOutcome outcome;
    outcome.problem = problem;
    outcome.reachedMail = reachedMail;
    outcome.host = m_target.account.server.host;
    outcome.port = m_target.account.server.port;
    if (const std::optional<net::TlsReport> tls = m_connection->tlsReport()) {
        outcome.tls = tls->version;
        outcome.certificateSha256 = tls->certificateSha256;
    }
    for (qsizetype i = 0; i < transaction.envelope.recipients.size(); ++i) {
        const std::optional<smtp::Reply> &refusal = transaction.refusals.at(i);
        const smtp::Reply &decisive = refusal ? *refusal : reply;
        outcome.recipients.append({ .address = transaction.envelope.recipients.at(i),
                                    .state = refusal ? refusedState(*refusal) : accepted,
                                    .code = decisive.code,
                                    .enhanced = decisive.enhanced.toByteArray(),
                                    .text = decisive.text() });
        if (!refusal)
            continue;
        // What holds the account goes first: a recipient that stays queued would be tried again at once.
        const Problem own = recipientProblem(transaction.envelope.recipients.at(i), *refusal);
        if (outcome.problem.isNone()
            || (accountEffect(own) == AccountEffect::Held
                && accountEffect(outcome.problem) != AccountEffect::Held))
            outcome.problem = own;
    }
    outcome.problem = located(outcome.problem);
    Q_EMIT done(outcome);
}

void Handover::endTransaction(const smtp::Failure &failure)
{
    if (!m_transaction)
        return;
    Problem problem;
    if (failure.cause != smtp::Failure::Cause::NoRecipients)
        problem = toProblem(failure);
    if (problem.kind == Problem::Kind::TooLarge)
        problem.size = m_transaction->envelope.size;
    finishTransaction(problem, stateAfter(failure), failure.reply, reachedMail(failure.stage));
}

void Handover::fail(Problem problem)
{
    problem = located(std::move(problem));
    if (m_transaction) {
        finishTransaction(problem, isPastFinalOctet() ? RecipientState::InDoubt : RecipientState::Deferred,
                          {}, true);
    }
    Q_EMIT failed(problem);
}

Problem Handover::located(Problem problem) const
{
    if (!problem.isNone()) {
        problem.host = m_target.account.server.host;
        problem.port = m_target.account.server.port;
    }
    return problem;
}

} // namespace postrider::delivery
