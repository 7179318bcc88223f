// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/handovertarget.h"

#include <QSslCertificate>

#include <algorithm>

namespace postrider::delivery {

namespace {

smtp::Security toSession(accounts::Security security)
{
    switch (security) {
    case accounts::Security::Tls:
        return smtp::Security::ImplicitTls;
    case accounts::Security::StartTls:
        return smtp::Security::StartTls;
    case accounts::Security::None:
        return smtp::Security::Plaintext;
    }
    Q_UNREACHABLE();
}

} // namespace

net::ConnectionConfig toConnectionConfig(const HandoverTarget &target, const smtp::ServerHabits &habits)
{
    const accounts::Account &account = target.account;
    net::ConnectionConfig config;
    config.host = account.server.host;
    config.port = account.server.port;
    config.session.security = toSession(account.server.security);
    config.session.timeouts = target.timeouts;
    config.session.window = smtp::SessionConfig::LargestWindow;
    config.session.chunkUse = habits.chunkUse;
    config.session.pipelineUse = habits.pipelineUse;
    if (target.connectTimeout) {
        config.lookupTimeout = std::min(config.lookupTimeout, *target.connectTimeout);
        config.connectTimeout = std::min(config.connectTimeout, *target.connectTimeout);
        config.handshakeTimeout = std::min(config.handshakeTimeout, *target.connectTimeout);
    }
    if (!account.clientName.isEmpty())
        config.session.clientName = account.clientName;
    if (!account.caFile.isEmpty())
        config.tls.extraAuthorities = QSslCertificate::fromPath(account.caFile, QSsl::Pem);
    config.tls.pinnedKey = account.pinnedKey;
    config.clientCertificate = target.clientCertificate;
    config.tlsTicket = target.tlsTicket;
    config.proxy = target.proxy;
    return config;
}

} // namespace postrider::delivery
