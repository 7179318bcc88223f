// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"
#include "base/clock.h"
#include "base/secret.h"
#include "net/connection.h"
#include "outbox/store.h"

#include <QObject>

#include <chrono>
#include <memory>
#include <optional>

namespace postrider::delivery {

/// Which server, and who signs in.
struct HandoverTarget
{
    accounts::Account account {};
    base::Secret password {}; ///< empty when the account has no user
    smtp::Timeouts timeouts {};
    std::optional<std::chrono::milliseconds> connectTimeout {}; ///< for lookup, connect and handshake each
};

/**
 * Signs in to an account's server and hands messages over to it, one after another, on one connection.
 *
 * The part that the outbox's courier, the direct sender and the sign-in proof share: it knows how an account
 * becomes a connection, which mechanism signs in, and what each reply means for each recipient. It stores
 * nothing.
 *
 * open(), then ready(); submit() or verifySender() whenever ready() was the last word; close() at the end.
 * Every submitted message gets exactly one done(). A connection that breaks ends with failed(), after the
 * done() of an open message; a closed one with closed(). Both are the last signal.
 *
 * Belongs to one thread with an event loop.
 */
class Handover final : public QObject
{
    Q_OBJECT

public:
    Handover(HandoverTarget target, const base::Clock &clock, QObject *parent = nullptr);
    ~Handover() override;
    Q_DISABLE_COPY_MOVE(Handover)

    void open();
    void submit(smtp::Envelope envelope, std::unique_ptr<QIODevice> content);
    /// Answers finalOctetDue().
    void releaseFinalOctet();
    void verifySender(const QByteArray &reversePath);
    /// QUIT; closed() follows.
    void close();
    /// Ends at once without another signal.
    void abort();

    /// Whether an open message's last octet was released: its outcome must be waited for.
    [[nodiscard]] bool isPastFinalOctet() const noexcept;
    [[nodiscard]] std::optional<net::TlsReport> tlsReport() const;

Q_SIGNALS:
    /// The server answered; signing in begins.
    void connected();
    void ready();
    void senderVerified();
    void senderRefused(const postrider::outbox::Problem &problem);
    /// Octets of content that left this computer.
    void progressed(qint64 octets);
    void finalOctetDue();
    void done(const postrider::outbox::AttemptOutcome &outcome);
    void failed(const postrider::outbox::Problem &problem);
    void closed();

private:
    void handle(const smtp::Event &event);
    void signIn(const QList<QByteArray> &offered);
    void finishTransaction(const outbox::Problem &problem, outbox::RecipientState accepted,
                           const smtp::Reply &reply, bool reachedMail);
    void endTransaction(const smtp::Failure &failure);
    void fail(outbox::Problem problem);
    [[nodiscard]] outbox::Problem located(outbox::Problem problem) const;

    HandoverTarget m_target;
    net::Connection *m_connection = nullptr;
    smtp::TransactionId m_nextTransaction = 1;

    /// The message that is being handed over.
    struct Transaction
    {
        smtp::Envelope envelope {};
        QList<std::optional<smtp::Reply>> refusals {}; ///< by recipient
        bool finalOctetReleased = false;
    };
    std::optional<Transaction> m_transaction {};
    smtp::TransactionId m_transactionId = 0;
};

} // namespace postrider::delivery
