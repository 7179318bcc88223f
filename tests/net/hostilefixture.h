// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "net/connectionconfig.h"
#include "support/hostileserver.h"

#include <QObject>

#include <memory>

namespace postrider::test {

/// How long a client waits for each thing.
enum class Patience {
    Long,  ///< longer than a busy machine can make a server that answers seem silent
    Short, ///< for a server that falls silent
};

/// For tests with a HostileServer: an authority, a server's good certificate from it, and clients that trust
/// it.
class HostileFixture : public QObject
{
protected:
    HostileFixture() = default;

    [[nodiscard]] net::ConnectionConfig config(const support::HostileServer &server, smtp::Security security,
                                               Patience patience = Patience::Long) const
    {
        using namespace std::chrono_literals;
        const auto each = patience == Patience::Long ? 8s : 2s;
        net::ConnectionConfig config;
        config.host = QStringLiteral("localhost");
        config.port = server.port();
        config.session.security = security;
        config.session.timeouts = { .greeting = each,
                                    .command = each,
                                    .dataStart = each,
                                    .dataBlock = each,
                                    .dataEnd = each,
                                    .quit = 200ms }; // whatever comes of it, the mail is delivered
        config.handshakeTimeout = each;
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
