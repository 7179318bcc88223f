// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"
#include "base/clock.h"
#include "base/secret.h"
#include "outbox/message.h"

#include <QIODevice>
#include <QObject>

#include <chrono>
#include <memory>
#include <optional>

namespace postrider::delivery {

/// A message to hand over at once, without account and outbox.
struct DirectMessage
{
    QByteArray reversePath {};
    QList<QByteArray> recipients {};
    qint64 size = 0;
    bool eightBit = false;
    bool smtpUtf8 = false;
    std::unique_ptr<QIODevice> content {}; ///< open, CRLF lines
};

/// What came of it.
struct DirectResult
{
    QList<outbox::Recipient> recipients {};
    outbox::Problem problem {}; ///< None when every recipient was accepted
    QString tls {};             ///< "TLS 1.3"; empty: not encrypted, or never connected
};

/**
 * Sends messages straight to one server over one connection, as `postrider-cli send --server` does: nothing
 * is stored, nothing is tried again.
 *
 * Lives in a thread with an event loop.
 */
class DirectSender final : public QObject
{
    Q_OBJECT

public:
    /// Each wait of the session is at most `timeout` when one is given.
    DirectSender(accounts::Account server, std::optional<base::Secret> password,
                 std::optional<std::chrono::milliseconds> timeout, const base::Clock &clock,
                 QObject *parent = nullptr);
    ~DirectSender() override;
    Q_DISABLE_COPY_MOVE(DirectSender)

    void add(DirectMessage message);
    /// Connects and sends what was added, in order.
    void start();

Q_SIGNALS:
    /// In the order of add(); every message gets exactly one.
    void result(qsizetype index, const postrider::delivery::DirectResult &result);
    void finished();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace postrider::delivery
