// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"
#include "base/clock.h"
#include "base/secret.h"
#include "delivery/toomanyrecipients.h"
#include "net/connection.h"
#include "outbox/store.h"

#include <QObject>

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace postrider::delivery {

/// Takes what was said in a session, a line at a time and without secrets.
using TranscriptSink = std::function<void(smtp::Session::Direction, QByteArrayView line)>;

/// Which server, who signs in, and how the connection is made.
struct HandoverTarget
{
    accounts::Account account {};
    base::Secret secret {}; ///< a password or an access token; empty when the account has no user
    sasl::CredentialKind credentialKind = sasl::CredentialKind::Password;
    smtp::Timeouts timeouts {};
    std::optional<std::chrono::milliseconds> connectTimeout {}; ///< for lookup, connect and handshake each
    /// What the server offered before; it may not offer less now.
    std::optional<outbox::ServerFacts> facts {};
    net::ProxyChoice proxy {};
    net::ClientCertificate clientCertificate {};
    net::TlsTicket tlsTicket {}; ///< of the account's last connection
    TranscriptSink transcript {};
};

/// Names one message on a Handover; chosen by the caller, unique among those that are open. The lower one
/// goes first where the order is free.
using HandoverId = qint64;

/// A message as it is handed over.
struct Consignment
{
    enum class Header { Ascii, Utf8 };

    /// To whom and how; whether its addresses need SMTPUTF8 is found out from them and the header.
    smtp::Envelope envelope {};
    Header header = Header::Ascii; ///< Utf8: without SMTPUTF8 the server can take it for nobody
    /// Opens the content at its start, once for each transaction; null when it is gone.
    std::function<std::unique_ptr<QIODevice>()> openContent {};
};

/**
 * Signs in to an account's server and hands messages over to it on one connection, several at a time.
 *
 * The part that the outbox's courier, the direct sender and the sign-in proof share: it knows how an account
 * becomes a connection, which mechanism signs in, and what each reply means for each recipient. It stores
 * nothing.
 *
 * A message is one transaction as long as the server takes all its recipients at once. When it wants fewer at
 * a time (452 and its likes, LIMITS RCPTMAX), the others follow in further transactions; partlyDone() tells
 * in between who was decided. Of many recipients nobody is sent anything before the server has taken exactly
 * those of one transaction. When it wants fewer messages on a connection (LIMITS MAILMAX, 421 to the first
 * command after a message was taken) or its CHUNKING does not work, a new connection is made, and only
 * messages that were not tried yet go to it.
 *
 * open(), then ready(); submit() while there are freeSlots(), or verifySender(); close() when no message is
 * open. Every submitted message gets exactly one done(). A connection that breaks ends with failed(), after
 * the done() of all open messages; a closed one with closed(). Both are the last signal.
 *
 * Belongs to one thread with an event loop. Signals may come while a function is running.
 */
class Handover final : public QObject
{
    Q_OBJECT

public:
    Handover(HandoverTarget target, const base::Clock &clock, QObject *parent = nullptr);
    ~Handover() override;
    Q_DISABLE_COPY_MOVE(Handover)

    void open();
    /// How many more messages may be submitted now.
    [[nodiscard]] qsizetype freeSlots() const;
    void submit(HandoverId id, Consignment consignment);
    /// Answers finalOctetsDue().
    void releaseFinalOctets(const QList<HandoverId> &ids);
    void verifySender(const QByteArray &reversePath);
    /// QUIT; closed() follows.
    void close();
    /// Ends at once without another signal.
    void abort();
    /// Ends at once; every open message gets its done() before: in doubt when its last octet was released,
    /// otherwise not decided.
    void cancel();

    /// Whether an open message's last octet was released: its outcome must be waited for.
    [[nodiscard]] bool isPastFinalOctet() const;
    /// Whether the server takes octets above 127; after ready().
    [[nodiscard]] bool takesEightBit() const;
    /// What the server has shown of itself; after ready().
    [[nodiscard]] outbox::ServerFacts facts() const;
    [[nodiscard]] std::optional<net::TlsReport> tlsReport() const;
    /// For the account's next connection.
    [[nodiscard]] net::TlsTicket tlsTicket() const;
    void setTranscript(TranscriptSink sink);

Q_SIGNALS:
    /// The server answered; signing in begins.
    void connected();
    /// There are free slots: now for the first time, or again.
    void ready();
    void senderVerified();
    void senderRefused(const postrider::outbox::Problem &problem);
    /// Octets of a message's content that left this computer.
    void progressed(postrider::delivery::HandoverId id, qint64 octets);
    /// The last octets of these messages are next; releaseFinalOctets() lets them go.
    void finalOctetsDue(const QList<postrider::delivery::HandoverId> &ids);
    /// These recipients of an open message are decided, and none of its octets is on its way.
    void partlyDone(postrider::delivery::HandoverId id,
                    const QList<postrider::outbox::RecipientOutcome> &decided);
    void done(postrider::delivery::HandoverId id, const postrider::outbox::AttemptOutcome &outcome);
    void failed(const postrider::outbox::Problem &problem);
    void closed();

private:
    /// A message, over all its transactions.
    struct Delivery
    {
        Consignment consignment {};
        QList<std::optional<outbox::RecipientOutcome>> decided {}; ///< by recipient
        QList<qsizetype> rest {};                                  ///< recipients for further transactions
        std::optional<qsizetype> mostAtOnce {};                    ///< recipients, as the server turned out
        outbox::Problem problem {};
        bool reachedMail = false;
    };
    /// One transaction of a message.
    struct Leg
    {
        HandoverId message = 0;
        QList<qsizetype> recipients {}; ///< of the message
        Answers answers {};             ///< to RCPT, in the order of `recipients`
        int simplerTries = 0;
        enum class FinalOctet { Kept, Released } finalOctet = FinalOctet::Kept;
    };
    /// What becomes of the connection when it has broken or is closed.
    enum class AfterEnd { Report, Reconnect };

    void connectAnew();
    void handle(const smtp::Event &event);
    void handleReady();
    void handleEnd(const outbox::Problem &problem);
    void signIn(const QList<QByteArray> &offered);
    void refuseToSignIn(outbox::Problem::Kind kind, const QByteArray &subject);

    [[nodiscard]] QList<qsizetype> refuseInternationalAddresses(Delivery &delivery) const;
    void startLeg(HandoverId id);
    [[nodiscard]] QList<qsizetype> takeRecipients(Delivery &delivery) const;
    void submitWaiting();
    void submitLeg(Leg leg);
    [[nodiscard]] smtp::Envelope envelopeOf(const Delivery &delivery, const Leg &leg) const;
    [[nodiscard]] bool mayBeTooMany(const Delivery &delivery, const Leg &leg) const;
    void splitLeg(Leg leg);
    [[nodiscard]] qsizetype messagesLeft() const;
    [[nodiscard]] bool isFormInVain(smtp::Failure::Cause cause);
    [[nodiscard]] bool isEndForTooMany(const Leg &leg, const smtp::Failure &failure) const;
    [[nodiscard]] bool isFirstCommandInVain(const smtp::Failure &failure) const;
    void tryAgain(Leg leg);
    void endLeg(smtp::TransactionId transaction, const smtp::Reply &reply);
    void endLeg(smtp::TransactionId transaction, const smtp::Failure &failure);
    void decide(Delivery &delivery, qsizetype recipient, outbox::RecipientState state,
                const smtp::Reply &reply);
    void decideRefused(Delivery &delivery, qsizetype recipient, const smtp::Reply &reply);
    void finish(HandoverId id);
    [[nodiscard]] outbox::AttemptOutcome outcomeOf(const Delivery &delivery) const;
    void finishAll(const outbox::Problem &problem, outbox::RecipientState undecided);
    [[nodiscard]] outbox::Problem located(outbox::Problem problem) const;

    HandoverTarget m_target;
    const base::Clock &m_clock;
    net::Connection *m_connection = nullptr;
    smtp::ChunkUse m_chunkUse = smtp::ChunkUse::WhereOffered;
    smtp::PipelineUse m_pipelineUse = smtp::PipelineUse::AcrossMessages;
    QList<QByteArray> m_offered {}; ///< mechanisms, as this connection's server first listed them
    AfterEnd m_afterEnd = AfterEnd::Report;
    qsizetype m_begun = 0;    ///< transactions on this connection
    qsizetype m_answered = 0; ///< of them
    bool m_isBroken = false;  ///< one of them ended without an answer
    bool m_isOver = false;

    std::map<HandoverId, Delivery> m_deliveries {};
    std::map<smtp::TransactionId, Leg> m_legs {}; ///< on the connection
    std::deque<Leg> m_waiting {};                 ///< for a slot, or for a new connection
    smtp::TransactionId m_nextTransaction = 1;
};

} // namespace postrider::delivery
