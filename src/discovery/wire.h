// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "net/tlshandshake.h"

#include <QByteArray>
#include <QHostAddress>
#include <QNetworkProxy>
#include <QObject>
#include <QString>

#include <optional>

namespace postrider::discovery {

/// Where a Wire leads. With a proxy the host's name goes there, and address counts for nothing.
struct WireTarget
{
    QHostAddress address {};
    QNetworkProxy proxy { QNetworkProxy::NoProxy };
    QString host {};
    quint16 port = 0;
    QHostAddress localAddress {}; ///< where it comes from; null: any. Not with a proxy
};

/// What a Wire's handshake has to do with.
struct WireTls
{
    /// Whether what is no longer safe is spoken too, to tell a server that knows nothing else from a broken
    /// one.
    enum class Versions { Safe, All };

    QString host {}; ///< in the hello, and to be in the certificate
    net::TlsPolicy policy {};
    Versions versions = Versions::Safe;
};

/// Why a Wire did not connect.
enum class WireFailure {
    Refused,
    Unreachable,
    HostNotFound, ///< says the proxy
    Other,
};

/**
 * One TCP connection to one address, that may switch to TLS: a socket, or a test's picture of one.
 *
 * Time limits are the owner's. No signal comes from within a function of this class, and none after close().
 * A certificate that is not in order does not end the connection: the probe wants to see what the server
 * offers. Nothing secret may go through it, ever.
 *
 * Lives in the owner's thread. Destroying it closes it.
 */
class Wire : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Once.
    virtual void open(const WireTarget &target) = 0;
    /// After connected().
    virtual void send(const QByteArray &octets) = 0;
    /// Octets that have arrived and were in no received() yet; STARTTLS demands that there are none.
    [[nodiscard]] virtual qint64 pendingOctets() const = 0;
    /// This end as EHLO takes it (RFC 5321 section 4.1.3), after connected(); empty behind a proxy.
    [[nodiscard]] virtual QByteArray localLiteral() const = 0;
    /// After connected(), once.
    virtual void startTls(const WireTls &tls) = 0;
    /// Drops the connection. Octets that were to be sent are sent where the system can do that by itself.
    virtual void close() = 0;

Q_SIGNALS:
    void connected();
    void failed(postrider::discovery::WireFailure failure, const QString &reason);
    void received(const QByteArray &octets);
    /// The handshake is done; see the report's problems.
    void encrypted(const postrider::net::TlsReport &report);
    void tlsFailed(postrider::net::HandshakeFailure failure, const QString &reason);
    /// The other side ended it after connected().
    void closed();
};

} // namespace postrider::discovery
