// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/handover.h"

#include "delivery/problems.h"
#include "sasl/mechanism.h"

#include <algorithm>
#include <utility>

namespace postrider::delivery {

using outbox::Problem;
using outbox::RecipientState;

Handover::Handover(HandoverTarget target, const base::Clock &clock, QObject *parent)
    : Transport(parent)
    , m_target(std::move(target))
    , m_clock(clock)
{
    const accounts::Server &server = m_target.account.server;
    if (m_target.habits && m_target.habits->host == server.host && m_target.habits->port == server.port)
        m_learnt = *m_target.habits;
    m_learnt.host = server.host;
    m_learnt.port = server.port;
    if (m_learnt.recipientsTaken == 0)
        m_learnt.recipientsTaken = m_target.recipientsAtOnce;
}

Handover::~Handover() = default;

// --- the connection ---

void Handover::open()
{
    const accounts::Account &account = m_target.account;
    if (account.server.security == accounts::Security::None
        && !accounts::isPlaintextAllowed(account.server.host, !account.user.isEmpty())) {
        Problem problem;
        problem.kind = Problem::Kind::TlsMissing;
        problem.stage = QStringLiteral("connect");
        handleEnd(problem);
        return;
    }
    connectAnew();
}

void Handover::connectAnew()
{
    if (m_connection) {
        m_target.tlsTicket = m_connection->tlsTicket();
        m_connection->disconnect(this);
        m_connection->deleteLater();
    }
    m_begun = 0;
    m_answered = 0;
    m_offered.clear();
    m_speed = {};
    m_lastAnswer = {};
    m_isBroken = false;
    m_afterEnd = AfterEnd::Report;
    m_habitsAtStart = m_learnt.habits;
    m_connection = new net::Connection(toConnectionConfig(m_target, m_learnt.habits), m_clock, this);
    m_connection->setTranscript(m_target.transcript);
    connect(m_connection, &net::Connection::connected, this, &Handover::connected);
    connect(m_connection, &net::Connection::happened, this, &Handover::handle);
    connect(m_connection, &net::Connection::failed, this, [this](const net::ConnectionFailure &failure) {
        handleEnd(toProblem(failure, m_connection->tlsReport()));
    });
    connect(m_connection, &net::Connection::finished, this, [this] { handleEnd({}); });
    m_connection->open();
}

/// The connection has broken, or with Problem::Kind::None was closed.
void Handover::handleEnd(const Problem &problem)
{
    if (m_afterEnd == AfterEnd::Reconnect) {
        connectAnew();
        return;
    }
    m_isOver = true;
    if (problem.isNone()) {
        Q_EMIT closed();
        return;
    }
    const Problem told = located(problem);
    finishAll(told, RecipientState::Deferred);
    Q_EMIT failed(told);
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
    m_isOver = true;
    if (m_connection)
        m_connection->abort();
}

void Handover::cancel()
{
    abort();
    Problem problem;
    problem.kind = Problem::Kind::Interrupted;
    finishAll(located(problem), RecipientState::Queued);
}

bool Handover::takesEightBit() const
{
    return m_connection->capabilities().has("8BITMIME");
}

std::optional<smtp::Capabilities::FutureReleaseLimits> Handover::futureReleaseLimits() const
{
    return m_connection->capabilities().futureReleaseLimits();
}

outbox::ServerFacts Handover::facts() const
{
    outbox::ServerFacts facts;
    facts.host = m_target.account.server.host;
    facts.port = m_target.account.server.port;
    if (const std::optional<net::TlsReport> tls = tlsReport())
        facts.tls = tls->version;
    facts.mechanisms = m_offered;
    if (const outbox::ServerFacts *before = factsBefore()) {
        // An account may have a choice of its own among mechanisms; that teaches nothing about the server.
        if (sasl::isWeaker(bestMechanism(m_offered, {}), bestMechanism(before->mechanisms, {})))
            facts.mechanisms = before->mechanisms;
    }
    facts.size = m_connection->capabilities().sizeLimit().value_or(0);
    facts.learnt = m_clock.now();
    return facts;
}

std::optional<net::TlsReport> Handover::tlsReport() const
{
    return m_connection ? m_connection->tlsReport() : std::nullopt;
}

net::TlsTicket Handover::tlsTicket() const
{
    return m_connection ? m_connection->tlsTicket() : net::TlsTicket();
}

void Handover::setTranscript(TranscriptSink sink)
{
    m_target.transcript = std::move(sink);
    if (m_connection)
        m_connection->setTranscript(m_target.transcript);
}

void Handover::handle(const smtp::Event &event)
{
    namespace e = smtp::event;
    const auto leg = [this](smtp::TransactionId transaction) -> Leg * {
        const auto found = m_legs.find(transaction);
        return found == m_legs.end() ? nullptr : &found->second;
    };
    if (const auto *wanted = std::get_if<e::CredentialsWanted>(&event)) {
        signIn(wanted->mechanisms);
    } else if (std::holds_alternative<e::Ready>(event)) {
        handleReady();
    } else if (std::holds_alternative<e::SenderVerified>(event)) {
        Q_EMIT senderVerified();
    } else if (const auto *sender = std::get_if<e::SenderRefused>(&event)) {
        Q_EMIT senderRefused(located(senderProblem(sender->reply)));
    } else if (const auto *accepted = std::get_if<e::RecipientAccepted>(&event)) {
        if (Leg *found = leg(accepted->transaction))
            found->answers[accepted->index] = accepted->reply;
    } else if (const auto *refused = std::get_if<e::RecipientRefused>(&event)) {
        if (Leg *found = leg(refused->transaction))
            found->answers[refused->index] = refused->reply;
    } else if (const auto *progress = std::get_if<e::Progress>(&event)) {
        if (const Leg *found = leg(progress->transaction)) {
            Q_EMIT progressed(found->message,
                              std::max<qint64>(0, progress->octets - m_connection->octetsWaiting()));
        }
    } else if (const auto *options = std::get_if<e::OptionsLeftOut>(&event)) {
        if (const Leg *found = leg(options->transaction))
            Q_EMIT wishesLeftOut(found->message,
                                 wishesOf(m_waybills.at(found->message).consignment().envelope));
    } else if (const auto *due = std::get_if<e::FinalOctetDue>(&event)) {
        handleFinalOctetDue(due->transactions);
    } else if (const auto *news = std::get_if<e::HabitsLearnt>(&event)) {
        m_learnt.habits = news->habits;
        m_learnt.habitsLearnt = m_clock.now();
        Q_EMIT learnt(m_learnt);
    } else if (const auto *delivered = std::get_if<e::Delivered>(&event)) {
        endLeg(delivered->transaction, delivered->reply);
    } else if (const auto *broken = std::get_if<e::TransactionFailed>(&event)) {
        endLeg(broken->transaction, broken->failure);
    }
    // BeginTls, KeyDerivationWanted, SessionFailed and Finished need nothing here: the connection acts on
    // them.
}

void Handover::handleFinalOctetDue(const QList<smtp::TransactionId> &transactions)
{
    FinalOctets due;
    for (const smtp::TransactionId transaction : transactions) {
        const auto leg = m_legs.find(transaction);
        if (leg == m_legs.end())
            continue;
        // Also after a release: the session says the transaction once more, in another form.
        leg->second.finalOctet = Leg::FinalOctet::AskedFor;
        due.messages.append(leg->second.message);
        due.transactions.append(transaction);
    }
    Q_EMIT finalOctetsDue(due);
}

void Handover::releaseFinalOctets(const FinalOctets &released)
{
    QList<smtp::TransactionId> open;
    for (const smtp::TransactionId transaction : released.transactions) {
        const auto leg = m_legs.find(transaction);
        if (leg == m_legs.end())
            continue; // the connection broke while the mark was made durable
        leg->second.finalOctet = Leg::FinalOctet::Released;
        leg->second.released = m_clock.monotonic();
        open.append(transaction);
    }
    if (!open.isEmpty())
        m_connection->releaseFinalOctet(open);
}

void Handover::handleReady()
{
    if (m_afterEnd == AfterEnd::Reconnect) {
        if (m_legs.empty())
            m_connection->quit();
        return;
    }
    submitWaiting();
    if (!m_isOver && freeSlots() > 0)
        Q_EMIT ready();
}

// --- signing in ---

void Handover::signIn(const QList<QByteArray> &offered)
{
    const accounts::Account &account = m_target.account;
    if (m_offered.isEmpty())
        Q_EMIT signingIn();
    if (account.user.isEmpty() && m_target.credentialKind == sasl::CredentialKind::Password) {
        m_connection->skipAuthentication();
        return;
    }
    const QByteArray chosen = bestMechanism(offered, account.auth);
    // A later list lacks what the server itself refused just now (504, 534), which withdraws nothing.
    if (m_offered.isEmpty()) {
        m_offered = offered;
        const outbox::ServerFacts *facts = factsBefore();
        const QByteArray before = facts ? bestMechanism(facts->mechanisms, account.auth) : QByteArray();
        if (sasl::isWeaker(chosen, before)) {
            refuseToSignIn(Problem::Kind::MechanismWithdrawn, before);
            return;
        }
    }
    std::unique_ptr<sasl::Mechanism> mechanism;
    if (!chosen.isEmpty()) {
        mechanism = sasl::makeMechanism(chosen,
                                        { .user = account.user,
                                          .secret = m_target.secret.clone(),
                                          .kind = m_target.credentialKind,
                                          .host = account.server.host,
                                          .port = account.server.port });
    }
    if (!mechanism) {
        refuseToSignIn(Problem::Kind::NoMechanism, offered.join(", "));
        return;
    }
    m_connection->authenticate(std::move(mechanism));
}

void Handover::refuseToSignIn(Problem::Kind kind, const QByteArray &subject)
{
    Problem problem;
    problem.kind = kind;
    problem.stage = QStringLiteral("auth");
    problem.subject = QString::fromUtf8(subject);
    m_connection->abort();
    handleEnd(problem);
}

/// The account's choice, or with none the best one.
QByteArray Handover::bestMechanism(const QList<QByteArray> &offered, const QByteArray &wanted) const
{
    const sasl::Channel channel = m_target.account.server.security == accounts::Security::None
        ? sasl::Channel::Loopback // open() saw to it
        : sasl::Channel::Encrypted;
    return sasl::chooseMechanism(offered, wanted, channel, m_target.credentialKind);
}

/// What is known of this very server; null when that is nothing.
const outbox::ServerFacts *Handover::factsBefore() const
{
    const std::optional<outbox::ServerFacts> &facts = m_target.facts;
    return facts && facts->host == m_target.account.server.host ? &*facts : nullptr;
}

Problem Handover::located(Problem problem) const
{
    if (problem.isNone())
        return problem;
    problem.host = m_target.account.server.host;
    problem.port = m_target.account.server.port;
    const outbox::ServerFacts *facts = factsBefore();
    if (problem.kind == Problem::Kind::TlsMissing && facts && !facts->tls.isEmpty())
        problem.kind = Problem::Kind::TlsWithdrawn;
    if (problem.kind == Problem::Kind::SignInRefused
        && m_target.credentialKind == sasl::CredentialKind::AccessToken)
        problem.detail = Problem::Detail::TokenRefused;
    return problem;
}

} // namespace postrider::delivery
