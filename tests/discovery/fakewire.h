// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "discovery/fakeworld.h"

namespace postrider::support {

/// A connection in a FakeWorld, with the server at its other end.
class FakeWire final : public discovery::Wire
{
    Q_OBJECT

public:
    FakeWire(FakeWorld &world, QObject *parent);
    ~FakeWire() override;
    Q_DISABLE_COPY_MOVE(FakeWire)

    void open(const discovery::WireTarget &target) override;
    void send(const QByteArray &octets) override;
    [[nodiscard]] qint64 pendingOctets() const override;
    [[nodiscard]] QByteArray localLiteral() const override { return "[192.0.2.200]"; }
    void startTls(const discovery::WireTls &tls) override;
    void close() override;

private:
    enum class Phase { Idle, Opening, Open, Closed };

    void later(std::chrono::milliseconds delay, std::function<void()> action);
    void accept();
    void greet();
    void answer(const QByteArray &octets);
    void handshake(const discovery::WireTls &tls);
    [[nodiscard]] net::TlsReport reportFor(const discovery::WireTls &tls) const;

    FakeWorld *m_world;
    discovery::WireTarget m_target {};
    FakeServer m_server {};
    Phase m_phase = Phase::Idle;
    int m_number = 0;
    bool m_isEncrypted = false;
    bool m_hasGreeted = false;
    std::chrono::milliseconds m_busyUntil { 0 }; ///< answers do not overtake each other
};

} // namespace postrider::support
