// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "net/connectionconfig.h"
#include "support/hostileserver.h"

#include <QObject>

#include <memory>

namespace postrider::test {

/// For tests with a HostileServer: an authority, a server's good certificate from it, and clients that trust
/// it and have little patience.
class HostileFixture : public QObject
{
protected:
    HostileFixture() = default;

    /// Waits for nothing longer than 300 ms.
    [[nodiscard]] net::ConnectionConfig config(const support::HostileServer &server,
                                               smtp::Security security) const
    {
        using namespace std::chrono_literals;
        net::ConnectionConfig config;
        config.host = QStringLiteral("localhost");
        config.port = server.port();
        config.session.security = security;
        config.session.timeouts = { .greeting = 300ms,
                                    .command = 300ms,
                                    .dataStart = 300ms,
                                    .dataBlock = 300ms,
                                    .dataEnd = 300ms,
                                    .quit = 200ms };
        config.handshakeTimeout = 300ms;
        config.tls.extraAuthorities = { m_authority.certificate() };
        return config;
    }
    /// Of a server with nothing wrong but what it is told.
    [[nodiscard]] std::shared_ptr<support::HostileTls> goodTls() const
    {
        return std::make_shared<support::HostileTls>(support::HostileTls::Setup { .identity = m_good });
    }

    support::TestAuthority m_authority {};
    support::TestCertificate m_good = m_authority.issue();
};

} // namespace postrider::test
