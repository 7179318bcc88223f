// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "delivery/handovertarget.h"
#include "delivery/serverspeed.h"
#include "delivery/services.h"
#include "delivery/waybill.h"
#include "net/connection.h"
#include "outbox/store.h"

#include <QObject>

#include <optional>

namespace postrider::delivery {

/// Names one message on a Transport; chosen by the caller, unique among those that are open. The lower one
/// goes first where the order is free.
using HandoverId = qint64;

/// Whose last octets are next. Names transactions too: what is answered late must not let go the octets of a
/// message's next transaction.
struct FinalOctets
{
    QList<HandoverId> messages {};
    QList<smtp::TransactionId> transactions {};
};

/**
 * The way on which an account's messages leave this computer: a server (Handover) or a program that takes
 * them in its place (CommandTransport). It stores nothing.
 *
 * open(), then ready(); submit() while there are freeSlots(); close() when no message is open. Every
 * submitted message gets exactly one done(). A way that breaks ends with failed(), after the done() of all
 * open messages; a closed one with closed(). Both are the last signal.
 *
 * Belongs to one thread with an event loop. Signals may come while a function is running.
 */
class Transport : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void open() = 0;
    /// How many more messages may be submitted now.
    [[nodiscard]] virtual qsizetype freeSlots() const = 0;
    virtual void submit(HandoverId id, Consignment consignment) = 0;
    /// Answers finalOctetsDue().
    virtual void releaseFinalOctets(const postrider::delivery::FinalOctets &released) = 0;
    virtual void close() = 0;
    /// Ends at once without another signal.
    virtual void abort() = 0;
    /// Ends at once; every open message gets its done() before: in doubt when its last octet was released,
    /// otherwise not decided.
    virtual void cancel() = 0;

    /// Whether an open message's last octet was released: its outcome must be waited for.
    [[nodiscard]] virtual bool isPastFinalOctet() const = 0;
    /// Whether octets above 127 are taken; after ready().
    [[nodiscard]] virtual bool takesEightBit() const = 0;
    /// How long messages are kept back until their time (RFC 4865); nothing: they are not. After ready().
    [[nodiscard]] virtual std::optional<smtp::Capabilities::FutureReleaseLimits>
    futureReleaseLimits() const = 0;
    /// What the server has shown of itself; after ready(). Never weaker than what was known before.
    [[nodiscard]] virtual outbox::ServerFacts facts() const = 0;
    [[nodiscard]] virtual const ServerSpeed &speed() const = 0;
    [[nodiscard]] virtual std::optional<net::TlsReport> tlsReport() const = 0;
    /// For the account's next connection.
    [[nodiscard]] virtual net::TlsTicket tlsTicket() const = 0;
    virtual void setTranscript(TranscriptSink sink) = 0;

Q_SIGNALS:
    /// The connection stands; the server is waited for.
    void connected();
    /// The server said what it offers, behind the encryption where there is one; signing in begins.
    void signingIn();
    /// There are free slots: now for the first time, or again.
    void ready();
    void senderVerified();
    void senderRefused(const postrider::outbox::Problem &problem);
    /// Octets of a message's content that left this computer.
    void progressed(postrider::delivery::HandoverId id, qint64 octets);
    /// An open message goes on without these wishes: the server does not offer to hear them, or disliked
    /// them. May come several times for one message.
    void wishesLeftOut(postrider::delivery::HandoverId id, postrider::delivery::Wishes wishes);
    /// The last octets of these messages are next; releaseFinalOctets() lets them go.
    void finalOctetsDue(const postrider::delivery::FinalOctets &due);
    /// These recipients of an open message are decided, and none of its octets is on its way.
    void partlyDone(postrider::delivery::HandoverId id,
                    const QList<postrider::outbox::RecipientOutcome> &decided);
    void done(postrider::delivery::HandoverId id, const postrider::outbox::AttemptOutcome &outcome);
    /// All that is known by now, when something new is.
    void learnt(const postrider::outbox::LearntHabits &habits);
    void failed(const postrider::outbox::Problem &problem);
    void closed();
};

} // namespace postrider::delivery
