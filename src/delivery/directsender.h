// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/clock.h"
#include "delivery/handover.h"
#include "outbox/message.h"

#include <QObject>
#include <QString>

#include <chrono>
#include <memory>

namespace postrider::delivery {

/// What came of a message that was sent directly.
struct DirectResult
{
    QList<outbox::Recipient> recipients {};
    outbox::Problem problem {}; ///< None when every recipient was accepted
    QString tls {};             ///< "TLS 1.3"; empty: not encrypted, or never connected
    Wishes leftOut {};          ///< what it went without; the server could not be asked for it
};

/**
 * Sends messages straight to one server over one connection, as `postrider-cli send --server` does: nothing
 * is stored, nothing is tried again.
 *
 * add(), then start(); finished() is the last signal.
 *
 * Lives in a thread with an event loop.
 */
class DirectSender final : public QObject
{
    Q_OBJECT

public:
    DirectSender(HandoverTarget target, const base::Clock &clock, QObject *parent = nullptr);
    ~DirectSender() override;
    Q_DISABLE_COPY_MOVE(DirectSender)

    void add(Consignment message);
    /// Connects and sends what was added, in order.
    void start();
    /// Ends at once. Every message without a result gets one: in doubt when its last octet may have left.
    void cancel();

Q_SIGNALS:
    /// In the order of add(); every message gets exactly one.
    void result(qsizetype index, const postrider::delivery::DirectResult &result);
    void finished();

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// No wait of the connection or the session is longer than this, not even that for the final reply.
void limitWaits(HandoverTarget &target, std::chrono::milliseconds longest);

} // namespace postrider::delivery
