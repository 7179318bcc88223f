// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "discovery/wire.h"

#include <QPointer>
#include <QSslSocket>

namespace postrider::discovery {

/// A Wire of this computer's network: a QSslSocket whose handshake is for a diagnosis (net::TlsTarget).
class ComputerWire final : public Wire
{
    Q_OBJECT

public:
    explicit ComputerWire(QObject *parent = nullptr);
    ~ComputerWire() override;
    Q_DISABLE_COPY_MOVE(ComputerWire)

    void open(const WireTarget &target) override;
    void send(const QByteArray &octets) override;
    [[nodiscard]] qint64 pendingOctets() const override;
    [[nodiscard]] QByteArray localLiteral() const override;
    void startTls(const WireTls &tls) override;
    void close() override;

private:
    enum class State { Connecting, Connected, Handshaking, Closed };

    void connectNow(const WireTarget &target);
    void handleError();
    void handleHandshake();

    /// A child without a fixed end: close() may run within one of its signals.
    QPointer<QSslSocket> m_socket;
    net::TlsHandshake *m_handshake = nullptr;
    quint16 m_port = 0;
    State m_state = State::Connecting;
};

} // namespace postrider::discovery
