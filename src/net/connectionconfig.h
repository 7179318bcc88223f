// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "net/clientcertificate.h"
#include "net/proxy.h"
#include "net/tlshandshake.h"
#include "net/tlsjudgement.h"
#include "net/tlsticket.h"
#include "smtp/session.h"

#include <QHostAddress>
#include <QString>

#include <chrono>

namespace postrider::net {

struct ConnectionConfig
{
    QString host {}; ///< a name or an address literal; this is also the name the certificate must have
    quint16 port = 0;
    /// Without an addressLiteral it gets that of the socket.
    smtp::SessionConfig session {};
    TlsPolicy tls {};
    ClientCertificate clientCertificate {}; ///< shown only to a server that asks for one
    TlsTicket tlsTicket {};                 ///< of an earlier connection, see Connection::tlsTicket()
    ProxyChoice proxy {};                   ///< never used for this computer's own addresses
    QHostAddress localAddress {};           ///< where connections come from; null: any. Not with a proxy
    std::chrono::milliseconds lookupTimeout = std::chrono::seconds { 20 }; ///< also for the system's proxies
    /// Over all addresses; with a proxy until it has connected.
    std::chrono::milliseconds connectTimeout = std::chrono::seconds { 30 };
    std::chrono::milliseconds handshakeTimeout = std::chrono::seconds { 30 }; ///< for all of it
};

/// Why there is no session, or none any more.
struct ConnectionFailure
{
    enum class Kind {
        HostNotFound, ///< the name does not exist
        LookupFailed, ///< the name server did not answer
        Refused,      ///< nothing listens on that port
        Unreachable,  ///< no route
        ConnectTimedOut,
        ProxyFailed,   ///< the proxy does not answer, or does not want to: see proxy and reason
        TlsFailed,     ///< the handshake broke off: see handshake and reason
        TlsNotTrusted, ///< see TlsReport::problems
        SocketFailed,  ///< another local error: see reason
        Session,       ///< the connection stood: see session; also a handshake that took too long
    };
    Kind kind = Kind::SocketFailed;
    QString reason {}; ///< the system's own words; with TlsFailed never empty
    HandshakeFailure handshake = HandshakeFailure::Other;
    ProxyFailure proxy = ProxyFailure::Other;
    smtp::Failure session {};
};

} // namespace postrider::net
