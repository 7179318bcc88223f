// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/clock.h"
#include "delivery/handovertarget.h"
#include "delivery/toomanyrecipients.h"
#include "delivery/transport.h"

#include <deque>
#include <map>
#include <optional>

namespace postrider::delivery {

/**
 * Signs in to an account's server and hands messages over to it on one connection, several at a time.
 *
 * The part that the outbox's courier, the direct sender and the sign-in proof share: it knows how an account
 * becomes a connection, which mechanism signs in, and what each reply means for each recipient.
 *
 * A message is one transaction as long as the server takes all its recipients at once. When it wants fewer at
 * a time (452 and its likes, LIMITS RCPTMAX), the others follow in further transactions; partlyDone() tells
 * in between who was decided. Of more recipients than the server is known to take at once, nobody is sent
 * anything before it has taken exactly those of one transaction. When it wants fewer messages on a connection
 * (LIMITS MAILMAX, 421 to the first command after a message was taken) or does not stand what it offers, a
 * new connection is made, and only messages that were not tried yet go to it. learnt() tells what the next
 * Handover should know from the start.
 *
 * Instead of submitting messages, verifySender() may be called.
 */
class Handover final : public Transport
{
    Q_OBJECT

public:
    Handover(HandoverTarget target, const base::Clock &clock, QObject *parent = nullptr);
    ~Handover() override;
    Q_DISABLE_COPY_MOVE(Handover)

    void open() override;
    [[nodiscard]] qsizetype freeSlots() const override;
    void submit(HandoverId id, Consignment consignment) override;
    void releaseFinalOctets(const postrider::delivery::FinalOctets &released) override;
    void verifySender(const QByteArray &reversePath);
    /// QUIT; closed() follows.
    void close() override;
    void abort() override;
    void cancel() override;

    [[nodiscard]] bool isPastFinalOctet() const override;
    [[nodiscard]] bool takesEightBit() const override;
    [[nodiscard]] std::optional<smtp::Capabilities::FutureReleaseLimits> futureReleaseLimits() const override;
    [[nodiscard]] outbox::ServerFacts facts() const override;
    /// Of this connection.
    [[nodiscard]] const ServerSpeed &speed() const noexcept override { return m_speed; }
    [[nodiscard]] std::optional<net::TlsReport> tlsReport() const override;
    [[nodiscard]] net::TlsTicket tlsTicket() const override;
    void setTranscript(TranscriptSink sink) override;

private:
    /// One transaction of a message.
    struct Leg
    {
        HandoverId message = 0;
        QList<qsizetype> recipients {}; ///< of the message
        Answers answers {};             ///< to RCPT, in the order of `recipients`
        int simplerTries = 0;
        bool hadNewSession = false; ///< because of a 503 to MAIL
        enum class FinalOctet { Kept, AskedFor, Released } finalOctet = FinalOctet::Kept;
        base::MonotonicTime released {};
    };
    /// What becomes of the connection when it has broken or is closed.
    enum class AfterEnd { Report, Reconnect };

    void connectAnew();
    void handle(const smtp::Event &event);
    void handleReady();
    void handleFinalOctetDue(const QList<smtp::TransactionId> &transactions);
    void handleEnd(const outbox::Problem &problem);
    void signIn(const QList<QByteArray> &offered);
    void refuseToSignIn(outbox::Problem::Kind kind, const QByteArray &subject);
    [[nodiscard]] QByteArray bestMechanism(const QList<QByteArray> &offered, const QByteArray &wanted) const;
    [[nodiscard]] const outbox::ServerFacts *factsBefore() const;
    [[nodiscard]] outbox::Problem located(outbox::Problem problem) const;

    // handoverlegs.cpp
    void startLeg(HandoverId id);
    void submitWaiting();
    void submitLeg(Leg leg);
    [[nodiscard]] qsizetype messagesLeft() const;
    [[nodiscard]] bool mayBeTooMany(const Waybill &waybill, const Leg &leg) const;
    void tryAgain(Leg leg);
    void splitLeg(Leg leg);
    void endLeg(smtp::TransactionId transaction, const smtp::Reply &reply);
    void endLeg(smtp::TransactionId transaction, const smtp::Failure &failure);
    void decideLeg(Waybill &waybill, const Leg &leg, const smtp::Failure &failure);
    [[nodiscard]] bool isFormInVain(smtp::Failure::Cause cause) const;
    [[nodiscard]] bool isEndForTooMany(const Leg &leg, const smtp::Failure &failure) const;
    [[nodiscard]] bool isEndBeforeMail(const smtp::Failure &failure) const;
    void noteSpeed(const Waybill &waybill, const Leg &leg);
    void learnRecipients(Waybill &waybill, const Leg &leg, const QList<qsizetype> &tooMany);
    void finish(HandoverId id);
    void finishAll(const outbox::Problem &problem, outbox::RecipientState undecided);
    [[nodiscard]] outbox::AttemptOutcome outcomeOf(const Waybill &waybill) const;

    HandoverTarget m_target;
    const base::Clock &m_clock;
    net::Connection *m_connection = nullptr;
    outbox::LearntHabits m_learnt {};
    smtp::ServerHabits m_habitsAtStart {}; ///< of this connection
    QList<QByteArray> m_offered {};        ///< mechanisms, as this connection's server first listed them
    AfterEnd m_afterEnd = AfterEnd::Report;
    qsizetype m_begun = 0;    ///< transactions on this connection
    qsizetype m_answered = 0; ///< of them
    ServerSpeed m_speed {};
    base::MonotonicTime m_lastAnswer {}; ///< to a message's last octet
    bool m_isBroken = false;             ///< one of them ended without an answer
    bool m_isOver = false;

    std::map<HandoverId, Waybill> m_waybills {};  ///< of the open messages
    std::map<smtp::TransactionId, Leg> m_legs {}; ///< on the connection
    std::deque<Leg> m_waiting {};                 ///< for a slot, or for a new connection
    smtp::TransactionId m_nextTransaction = 1;
};

} // namespace postrider::delivery
