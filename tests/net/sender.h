// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "net/connection.h"
#include "sasl/mechanism.h"

#include <QBuffer>
#include <QObject>

#include <functional>
#include <memory>
#include <utility>
#include <variant>

namespace postrider::test {

/// Does with a connection what the courier does with one: signs in, hands its messages over, says goodbye.
class Sender final : public QObject
{
public:
    explicit Sender(const net::ConnectionConfig &config)
        : m_connection(new net::Connection(config, m_clock, this))
    {
        using net::Connection;
        connect(m_connection, &Connection::connected, this, [this] { ++connectedSignals; });
        connect(m_connection, &Connection::happened, this,
                [this](const smtp::Event &event) { handle(event); });
        connect(m_connection, &Connection::failed, this,
                [this](const net::ConnectionFailure &f) { failures.append(f); });
        connect(m_connection, &Connection::finished, this, [this] { ++finishedSignals; });
    }
    Q_DISABLE_COPY_MOVE(Sender)

    [[nodiscard]] net::Connection *connection() const { return m_connection; }
    [[nodiscard]] bool hasEnded() const { return finishedSignals > 0 || !failures.isEmpty(); }

    QByteArray content = "Subject: Test\r\n"
                         "\r\n"
                         ".a line that begins with a dot\r\n"
                         "..two\r\n"
                         ".\r\n"
                         "the end\r\n";
    QByteArrayList recipients { "bob@example.net", "cat@example.net" };
    QByteArray mechanism = "PLAIN";
    int messages = 1;
    std::function<void(const smtp::Event &)> beforeEach {}; ///< called first with every event

    int events = 0;
    int connectedSignals = 0;
    int finishedSignals = 0;
    QList<net::ConnectionFailure> failures {};
    QList<smtp::Failure> transactionFailures {};
    int delivered = 0;
    qint64 progress = 0; ///< of the last message

private:
    void handle(const smtp::Event &event)
    {
        ++events;
        if (beforeEach)
            beforeEach(event);
        if (std::holds_alternative<smtp::event::CredentialsWanted>(event)) {
            sasl::Credentials credentials { .user = QStringLiteral("ann"),
                                            .secret = base::Secret::fromText(QStringLiteral("open sesame")) };
            m_connection->authenticate(sasl::makeMechanism(mechanism, std::move(credentials)));
        } else if (std::holds_alternative<smtp::event::Ready>(event)) {
            goOn();
        } else if (const auto *due = std::get_if<smtp::event::FinalOctetDue>(&event)) {
            m_connection->releaseFinalOctet(due->transactions);
        } else if (const auto *now = std::get_if<smtp::event::Progress>(&event)) {
            progress = now->octets;
        } else if (std::holds_alternative<smtp::event::Delivered>(event)) {
            ++delivered;
            goOn();
        } else if (const auto *failed = std::get_if<smtp::event::TransactionFailed>(&event)) {
            transactionFailures.append(failed->failure);
            goOn();
        }
    }

    void goOn()
    {
        while (m_submitted < messages && m_connection->freeSlots() > 0)
            submit();
        if (delivered + transactionFailures.size() == messages)
            m_connection->quit();
    }

    void submit()
    {
        auto device = std::make_unique<QBuffer>();
        device->setData(content);
        device->open(QIODevice::ReadOnly);
        m_connection->submit(
            static_cast<smtp::TransactionId>(++m_submitted),
            { .reversePath = "ann@example.org", .recipients = recipients, .size = content.size() },
            std::move(device));
    }

    base::SystemClock m_clock {};
    net::Connection *m_connection;
    int m_submitted = 0;
};

} // namespace postrider::test
