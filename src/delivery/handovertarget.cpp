// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/handovertarget.h"

#include <QFile>
#include <QSslCertificate>

#include <algorithm>
#include <utility>

namespace postrider::delivery {

namespace {

constexpr qint64 LargestPem = 1024 * 1024;

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

net::ProxyChoice toProxyChoice(const accounts::Route &route)
{
    using Proxy = accounts::Route::Proxy;
    using Kind = net::ProxyChoice::Kind;
    const Kind kind = route.proxy == Proxy::None ? Kind::None
        : route.proxy == Proxy::Socks5           ? Kind::Socks5
        : route.proxy == Proxy::HttpConnect      ? Kind::HttpConnect
                                                 : Kind::System;
    return { .kind = kind, .host = route.proxyHost, .port = route.proxyPort };
}

/// Nothing when there is none, or when it cannot be read: then the server says that it wants one.
net::ClientCertificate readCertificate(const accounts::Account &account)
{
    const auto contents = [](const QString &path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.read(LargestPem) : QByteArray();
    };
    if (account.clientCertificate.isEmpty())
        return {};
    const QByteArray certificate = contents(account.clientCertificate);
    const QByteArray key = account.clientKey.isEmpty() ? certificate : contents(account.clientKey);
    auto read = net::readClientCertificate(certificate, key);
    return read ? std::move(*read) : net::ClientCertificate {};
}

void limitWaiting(net::ConnectionConfig &config, std::chrono::seconds limit)
{
    config.lookupTimeout = config.connectTimeout = config.handshakeTimeout = limit;
    smtp::Timeouts &waits = config.session.timeouts;
    waits.greeting = waits.command = waits.dataStart = waits.dataBlock = limit;
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
    if (account.route.timeLimit > 0)
        limitWaiting(config, std::chrono::seconds { account.route.timeLimit });
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
    config.clientCertificate
        = target.clientCertificate.isNull() ? readCertificate(account) : target.clientCertificate;
    config.tlsTicket = target.tlsTicket;
    const bool isChosen = target.proxy.kind != net::ProxyChoice::Kind::System;
    config.proxy = isChosen ? target.proxy : toProxyChoice(account.route);
    config.localAddress = QHostAddress(account.route.localAddress);
    return config;
}

} // namespace postrider::delivery
