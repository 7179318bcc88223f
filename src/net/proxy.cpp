// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "net/proxy.h"

namespace postrider::net {

using namespace Qt::StringLiterals;

QNetworkProxy toProxy(const ProxyChoice &choice)
{
    const auto type
        = choice.kind == ProxyChoice::Kind::Socks5 ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy;
    return QNetworkProxy(type, choice.host, choice.port, choice.user, choice.password);
}

QList<QNetworkProxy> systemProxies(const QString &host, quint16 port)
{
    QList<QNetworkProxy> usable;
    const QNetworkProxyQuery query(host, port, u"smtp"_s, QNetworkProxyQuery::TcpSocket);
    const auto all = QNetworkProxyFactory::systemProxyForQuery(query);
    for (const QNetworkProxy &proxy : all) {
        switch (proxy.type()) {
        case QNetworkProxy::NoProxy:
        case QNetworkProxy::Socks5Proxy:
        case QNetworkProxy::HttpProxy:
            usable.append(proxy);
            break;
        default: // caches for other protocols
            break;
        }
    }
    if (usable.isEmpty())
        usable.append(QNetworkProxy(QNetworkProxy::NoProxy));
    return usable;
}

} // namespace postrider::net
