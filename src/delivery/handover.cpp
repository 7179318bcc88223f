// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/handover.h"

#include "delivery/problems.h"
#include "sasl/mechanism.h"

#include <QSet>
#include <QSslCertificate>

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

namespace postrider::delivery {

using outbox::AttemptOutcome;
using outbox::Problem;
using outbox::RecipientOutcome;
using outbox::RecipientState;

namespace {

/// How often a session may ask for the same transaction once more, in a simpler form.
constexpr int MostSimplerTries = 3;

/// So few recipients are hardly too many for a server; content may leave before the replies to them.
constexpr qsizetype FewRecipients = 20;

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
    config.session.window = smtp::SessionConfig::LargestWindow;
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
    config.clientCertificate = target.clientCertificate;
    config.tlsTicket = target.tlsTicket;
    config.proxy = target.proxy;
    return config;
}

bool isAscii(const QByteArray &octets)
{
    return std::all_of(octets.begin(), octets.end(),
                       [](char octet) { return static_cast<unsigned char>(octet) < 0x80; });
}

/// How many of something the server takes (LIMITS, RFC 9422).
qsizetype orAny(std::optional<int> limit)
{
    constexpr auto Any = std::numeric_limits<qsizetype>::max();
    return limit ? *limit : Any;
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

} // namespace

Handover::Handover(HandoverTarget target, const base::Clock &clock, QObject *parent)
    : QObject(parent)
    , m_target(std::move(target))
    , m_clock(clock)
{ }

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
    m_isBroken = false;
    m_afterEnd = AfterEnd::Report;
    net::ConnectionConfig config = toConnectionConfig(m_target);
    config.session.chunkUse = m_chunkUse;
    config.session.pipelineUse = m_pipelineUse;
    m_connection = new net::Connection(std::move(config), m_clock, this);
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

bool Handover::isPastFinalOctet() const
{
    return std::any_of(m_legs.begin(), m_legs.end(), [](const auto &entry) {
        return entry.second.finalOctet == Leg::FinalOctet::Released;
    });
}

bool Handover::takesEightBit() const
{
    return m_connection->capabilities().has("8BITMIME");
}

outbox::ServerFacts Handover::facts() const
{
    outbox::ServerFacts facts;
    facts.host = m_target.account.server.host;
    facts.port = m_target.account.server.port;
    if (const std::optional<net::TlsReport> tls = tlsReport())
        facts.tls = tls->version;
    facts.mechanisms = m_offered;
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
    } else if (const auto *due = std::get_if<e::FinalOctetDue>(&event)) {
        QList<HandoverId> ids;
        for (const smtp::TransactionId transaction : due->transactions) {
            if (const Leg *found = leg(transaction))
                ids.append(found->message);
        }
        Q_EMIT finalOctetsDue(ids);
    } else if (const auto *delivered = std::get_if<e::Delivered>(&event)) {
        endLeg(delivered->transaction, delivered->reply);
    } else if (const auto *broken = std::get_if<e::TransactionFailed>(&event)) {
        endLeg(broken->transaction, broken->failure);
    }
    // BeginTls, KeyDerivationWanted, SessionFailed and Finished need nothing here: the connection acts on
    // them.
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
    if (account.user.isEmpty() && m_target.credentialKind == sasl::CredentialKind::Password) {
        m_connection->skipAuthentication();
        return;
    }
    const sasl::Channel channel = account.server.security == accounts::Security::None
        ? sasl::Channel::Loopback // open() saw to it
        : sasl::Channel::Encrypted;
    const auto best = [&](const QList<QByteArray> &mechanisms) {
        return sasl::chooseMechanism(mechanisms, account.auth, channel, m_target.credentialKind);
    };
    const QByteArray chosen = best(offered);
    // A later list lacks what the server itself refused just now (504, 534), which withdraws nothing.
    if (m_offered.isEmpty()) {
        m_offered = offered;
        const QByteArray before = m_target.facts ? best(m_target.facts->mechanisms) : QByteArray();
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

// --- messages and their transactions ---

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

void Handover::submit(HandoverId id, Consignment consignment)
{
    Delivery delivery;
    delivery.decided.resize(consignment.envelope.recipients.size());
    delivery.consignment = std::move(consignment);
    delivery.rest = refuseInternationalAddresses(delivery);
    m_deliveries.insert_or_assign(id, std::move(delivery));
    startLeg(id);
}

/// One recipient whose address this server cannot carry does not keep the others from theirs. Returns who is
/// left.
QList<qsizetype> Handover::refuseInternationalAddresses(Delivery &delivery) const
{
    const smtp::Envelope &envelope = delivery.consignment.envelope;
    QList<qsizetype> left(envelope.recipients.size());
    std::iota(left.begin(), left.end(), 0);
    const bool isHopelessForAll
        = delivery.consignment.header == Consignment::Header::Utf8 || !isAscii(envelope.reversePath);
    if (isHopelessForAll || m_connection->capabilities().has("SMTPUTF8"))
        return left; // the session says so, if there is something to say
    left.removeIf([&](qsizetype recipient) {
        const QByteArray &address = envelope.recipients.at(recipient);
        if (isAscii(address))
            return false;
        const Problem problem = internationalAddressProblem(address);
        delivery.decided[recipient] = RecipientOutcome { .address = address,
                                                         .state = RecipientState::Failed,
                                                         .code = 0,
                                                         .enhanced = problem.enhanced,
                                                         .text = {} };
        if (delivery.problem.isNone())
            delivery.problem = problem;
        return true;
    });
    return left;
}

/// The message's next transaction; its end when nobody is left.
void Handover::startLeg(HandoverId id)
{
    Delivery &delivery = m_deliveries.at(id);
    if (delivery.rest.isEmpty()) {
        finish(id);
        return;
    }
    Leg leg;
    leg.message = id;
    leg.recipients = takeRecipients(delivery);
    m_waiting.push_back(std::move(leg));
    submitWaiting();
}

/// As many of those who are left as one transaction may have (LIMITS RCPTMAX and RCPTDOMAINMAX).
QList<qsizetype> Handover::takeRecipients(Delivery &delivery) const
{
    const qsizetype most = std::min(orAny(m_connection->capabilities().recipientLimit()),
                                    delivery.mostAtOnce.value_or(std::numeric_limits<qsizetype>::max()));
    const qsizetype mostDomains = orAny(m_connection->capabilities().recipientDomainLimit());
    QSet<QByteArray> domains;
    QList<qsizetype> taken;
    delivery.rest.removeIf([&](qsizetype recipient) {
        const QByteArray &address = delivery.consignment.envelope.recipients.at(recipient);
        const QByteArray domain = address.sliced(address.lastIndexOf('@') + 1).toLower();
        if (taken.size() >= most || (domains.size() >= mostDomains && !domains.contains(domain)))
            return false;
        domains.insert(domain);
        taken.append(recipient);
        return true;
    });
    return taken;
}

void Handover::submitWaiting()
{
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
    Delivery &delivery = m_deliveries.at(id);
    smtp::Envelope envelope = envelopeOf(delivery, leg);
    std::unique_ptr<QIODevice> content = delivery.consignment.openContent();
    if (!content) {
        Problem problem;
        problem.kind = Problem::Kind::ContentMissing;
        delivery.problem = problem;
        delivery.rest = leg.recipients + delivery.rest;
        finish(id);
        return;
    }
    leg.answers = Answers(leg.recipients.size());
    leg.finalOctet = Leg::FinalOctet::Kept;
    const smtp::TransactionId transaction = m_nextTransaction++;
    m_legs.insert_or_assign(transaction, std::move(leg));
    ++m_begun;
    m_connection->submit(transaction, std::move(envelope), std::move(content));
}

smtp::Envelope Handover::envelopeOf(const Delivery &delivery, const Leg &leg) const
{
    smtp::Envelope envelope = delivery.consignment.envelope;
    bool needsUtf8
        = delivery.consignment.header == Consignment::Header::Utf8 || !isAscii(envelope.reversePath);
    envelope.recipients.clear();
    for (const qsizetype recipient : leg.recipients) {
        const QByteArray &address = delivery.consignment.envelope.recipients.at(recipient);
        needsUtf8 = needsUtf8 || !isAscii(address);
        envelope.recipients.append(address);
    }
    envelope.addresses = needsUtf8 ? smtp::Envelope::Addresses::Utf8 : smtp::Envelope::Addresses::Ascii;
    if (mayBeTooMany(delivery, leg))
        envelope.partialRecipients = smtp::Envelope::PartialRecipients::SendUnlessTooMany;
    return envelope;
}

/// Whether the replies to RCPT have to be seen before content is sent. Some servers that hand on to another
/// one have passed it a few RCPT of a group already when they refuse these as too many: content that followed
/// would reach those recipients too, and once more with the next transaction.
bool Handover::mayBeTooMany(const Delivery &delivery, const Leg &leg) const
{
    return delivery.consignment.envelope.partialRecipients
        == smtp::Envelope::PartialRecipients::SendToAccepted
        && leg.recipients.size() > FewRecipients && !delivery.mostAtOnce
        && !m_connection->capabilities().recipientLimit();
}

/// The accepted recipients of a transaction without content in one of their own, those who were too many
/// behind them.
void Handover::splitLeg(Leg leg)
{
    Delivery &delivery = m_deliveries.at(leg.message);
    const QList<qsizetype> tooMany = tooManyRecipients(leg.answers);
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
            decideRefused(delivery, recipient, *answer);
    }
    delivery.mostAtOnce = accepted.size();
    delivery.reachedMail = true;
    delivery.rest = next + delivery.rest;
    leg.recipients = accepted;
    leg.answers.clear();
    tryAgain(std::move(leg));
}

void Handover::releaseFinalOctets(const QList<HandoverId> &ids)
{
    QList<smtp::TransactionId> transactions;
    for (auto &[transaction, leg] : m_legs) {
        if (ids.contains(leg.message)) {
            leg.finalOctet = Leg::FinalOctet::Released;
            transactions.append(transaction);
        }
    }
    if (!transactions.isEmpty()) // otherwise the connection broke while the mark was made durable
        m_connection->releaseFinalOctet(transactions);
}

/// Whether the failure only says that the server does not keep what it offers; it is done without from now
/// on. All open messages are told the same, and the first of them decides.
bool Handover::isFormInVain(smtp::Failure::Cause cause)
{
    using Cause = smtp::Failure::Cause;
    const bool isDecided = m_afterEnd == AfterEnd::Reconnect;
    switch (cause) {
    case Cause::ChunkingUnusable:
        return std::exchange(m_chunkUse, smtp::ChunkUse::Never) != smtp::ChunkUse::Never || isDecided;
    case Cause::PipeliningUnusable:
        return std::exchange(m_pipelineUse, smtp::PipelineUse::WithinMessage)
            != smtp::PipelineUse::WithinMessage
            || isDecided;
    default:
        return false;
    }
}

void Handover::endLeg(smtp::TransactionId transaction, const smtp::Reply &reply)
{
    auto node = m_legs.extract(transaction);
    if (node.empty())
        return;
    const Leg leg = std::move(node.mapped());
    Delivery &delivery = m_deliveries.at(leg.message);
    ++m_answered;
    delivery.reachedMail = true;

    const QList<qsizetype> tooMany = tooManyRecipients(leg.answers);
    QList<qsizetype> next;
    QList<RecipientOutcome> decided;
    for (qsizetype i = 0; i < leg.recipients.size(); ++i) {
        const qsizetype recipient = leg.recipients.at(i);
        const std::optional<smtp::Reply> &answer = leg.answers.at(i);
        if (tooMany.contains(i)) {
            next.append(recipient);
            continue;
        }
        if (answer && !answer->isPositive())
            decideRefused(delivery, recipient, *answer);
        else
            decide(delivery, recipient, RecipientState::Sent, reply);
        decided.append(*delivery.decided.at(recipient));
    }
    delivery.rest = next + delivery.rest;
    if (!delivery.rest.isEmpty())
        Q_EMIT partlyDone(leg.message, decided);
    startLeg(leg.message);
    submitWaiting();
}

void Handover::endLeg(smtp::TransactionId transaction, const smtp::Failure &failure)
{
    using Cause = smtp::Failure::Cause;
    auto node = m_legs.extract(transaction);
    if (node.empty())
        return;
    Leg leg = std::move(node.mapped());
    if (failure.custody == smtp::Failure::Custody::NotAccepted) {
        if (failure.cause == Cause::NotTried && ++leg.simplerTries <= MostSimplerTries) {
            tryAgain(std::move(leg));
            return;
        }
        if (isFormInVain(failure.cause) || isFirstCommandInVain(failure)) {
            m_afterEnd = AfterEnd::Reconnect;
            tryAgain(std::move(leg));
            return;
        }
    }

    if (isEndForTooMany(leg, failure)) {
        m_afterEnd = AfterEnd::Reconnect;
        splitLeg(std::move(leg));
        return;
    }
    if (failure.cause == Cause::RecipientsRefused && mayBeTooMany(m_deliveries.at(leg.message), leg)) {
        ++m_answered;
        splitLeg(std::move(leg));
        submitWaiting();
        return;
    }
    if (failure.cause == Cause::Refused || failure.cause == Cause::NoRecipients)
        ++m_answered;
    else
        m_isBroken = true;
    Delivery &delivery = m_deliveries.at(leg.message);
    delivery.reachedMail = delivery.reachedMail || reachedMail(failure.stage);
    if (failure.cause != Cause::NoRecipients) {
        const Problem problem = toProblem(failure);
        if (delivery.problem.isNone() || accountEffect(problem) != AccountEffect::None
            || problem.kind == Problem::Kind::OutcomeUnknown)
            delivery.problem = problem;
        if (delivery.problem.kind == Problem::Kind::TooLarge)
            delivery.problem.size = delivery.consignment.envelope.size;
    }
    const RecipientState state = stateAfter(failure);
    for (qsizetype i = 0; i < leg.recipients.size(); ++i) {
        const std::optional<smtp::Reply> &answer = leg.answers.at(i);
        // A message that is refused for good is refused for those too who only were too many at once.
        const bool hasOwnAnswer = answer && !answer->isPositive()
            && !(state == RecipientState::Failed && tooManyRecipients(leg.answers).contains(i));
        if (hasOwnAnswer)
            decideRefused(delivery, leg.recipients.at(i), *answer);
        else
            decide(delivery, leg.recipients.at(i), state, failure.reply);
    }
    // Nobody has heard of the others yet.
    for (const qsizetype recipient : std::as_const(delivery.rest)) {
        decide(delivery, recipient, state == RecipientState::InDoubt ? RecipientState::Deferred : state,
               failure.reply);
    }
    delivery.rest.clear();
    finish(leg.message);
    submitWaiting();
}

/// Whether a server that answered messages before ends the session at the first command of the next one: it
/// wants a new connection for it (RFC 5321 section 3.8). Only after such answers, so that this has an end,
/// and not where the connection broke in the middle of another message.
bool Handover::isFirstCommandInVain(const smtp::Failure &failure) const
{
    using Cause = smtp::Failure::Cause;
    const bool isEnd = failure.cause == Cause::ConnectionLost
        || (failure.cause == Cause::Refused && failure.reply.code == 421);
    return isEnd && failure.stage == smtp::Failure::Stage::Mail && m_answered > 0 && !m_isBroken;
}

/// Whether the server hung up because we went on after it had said "too many": its patience is at an end, not
/// the transaction's.
bool Handover::isEndForTooMany(const Leg &leg, const smtp::Failure &failure) const
{
    const auto delivery = m_deliveries.find(leg.message);
    return failure.cause == smtp::Failure::Cause::Refused && failure.reply.code == 421
        && mayBeTooMany(delivery->second, leg) && !tooManyRecipients(leg.answers).isEmpty();
}

/// The same transaction once more, before those of later messages.
void Handover::tryAgain(Leg leg)
{
    if (leg.finalOctet == Leg::FinalOctet::Released)
        Q_EMIT partlyDone(leg.message, {});
    const auto place = std::find_if(m_waiting.begin(), m_waiting.end(),
                                    [&leg](const Leg &other) { return other.message > leg.message; });
    m_waiting.insert(place, std::move(leg));
}

void Handover::decide(Delivery &delivery, qsizetype recipient, RecipientState state, const smtp::Reply &reply)
{
    delivery.decided[recipient]
        = RecipientOutcome { .address = delivery.consignment.envelope.recipients.at(recipient),
                             .state = state,
                             .code = reply.code,
                             .enhanced = reply.enhanced.toByteArray(),
                             .text = reply.text() };
}

void Handover::decideRefused(Delivery &delivery, qsizetype recipient, const smtp::Reply &reply)
{
    decide(delivery, recipient, refusedState(reply), reply);
    // What holds the account goes first: a recipient that stays queued would be tried again at once.
    const Problem own = recipientProblem(delivery.consignment.envelope.recipients.at(recipient), reply);
    if (delivery.problem.isNone()
        || (accountEffect(own) == AccountEffect::Held
            && accountEffect(delivery.problem) != AccountEffect::Held))
        delivery.problem = own;
}

void Handover::finish(HandoverId id)
{
    const auto node = m_deliveries.extract(id);
    Q_EMIT done(id, outcomeOf(node.mapped()));
}

AttemptOutcome Handover::outcomeOf(const Delivery &delivery) const
{
    AttemptOutcome outcome;
    outcome.problem = located(delivery.problem);
    outcome.reachedMail = delivery.reachedMail;
    outcome.host = m_target.account.server.host;
    outcome.port = m_target.account.server.port;
    if (const std::optional<net::TlsReport> tls = tlsReport()) {
        outcome.tls = tls->version;
        outcome.certificateSha256 = tls->certificateSha256;
    }
    for (qsizetype i = 0; i < delivery.decided.size(); ++i) {
        outcome.recipients.append(delivery.decided.at(i).value_or(
            RecipientOutcome { .address = delivery.consignment.envelope.recipients.at(i),
                               .state = RecipientState::Queued,
                               .code = 0,
                               .enhanced = {},
                               .text = {} }));
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
    auto deliveries = std::exchange(m_deliveries, {});
    for (auto &[id, delivery] : deliveries) {
        const auto leg = legs.find(id);
        const bool isPast = leg != legs.end() && leg->second.finalOctet == Leg::FinalOctet::Released;
        if (leg != legs.end()) {
            for (qsizetype i = 0; i < leg->second.recipients.size(); ++i) {
                const std::optional<smtp::Reply> &answer = leg->second.answers.at(i);
                if (answer && !answer->isPositive())
                    decideRefused(delivery, leg->second.recipients.at(i), *answer);
                else if (isPast)
                    decide(delivery, leg->second.recipients.at(i), RecipientState::InDoubt, {});
            }
            delivery.reachedMail = true;
        }
        delivery.problem = problem;
        if (isPast)
            delivery.problem.kind = Problem::Kind::OutcomeUnknown;
        for (qsizetype i = 0; i < delivery.decided.size(); ++i) {
            if (!delivery.decided.at(i))
                decide(delivery, i, undecided, {});
        }
    }
    for (const auto &[id, delivery] : deliveries)
        Q_EMIT done(id, outcomeOf(delivery));
}

Problem Handover::located(Problem problem) const
{
    if (problem.isNone())
        return problem;
    problem.host = m_target.account.server.host;
    problem.port = m_target.account.server.port;
    const bool hadTls = m_target.facts && !m_target.facts->tls.isEmpty()
        && m_target.facts->host == m_target.account.server.host;
    if (problem.kind == Problem::Kind::TlsMissing && hadTls)
        problem.kind = Problem::Kind::TlsWithdrawn;
    return problem;
}

} // namespace postrider::delivery
