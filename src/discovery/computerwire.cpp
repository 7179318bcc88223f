// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/computerwire.h"

#include "net/addressliteral.h"

#include <QSignalBlocker>

#include <utility>

namespace postrider::discovery {

using net::HandshakeFailure;
using net::TlsTarget;

namespace {

/// Octets that a server may send ahead of us; more stays in the kernel.
constexpr qint64 ReadBufferOctets = 64 * 1024;

WireFailure failureOf(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::ConnectionRefusedError:
    case QAbstractSocket::RemoteHostClosedError: // reset at once
        return WireFailure::Refused;
    case QAbstractSocket::NetworkError:
        return WireFailure::Unreachable;
    case QAbstractSocket::HostNotFoundError:
        return WireFailure::HostNotFound;
    default:
        return WireFailure::Other;
    }
}

} // namespace

ComputerWire::ComputerWire(QObject *parent)
    : Wire(parent)
    , m_socket(new QSslSocket(this))
{
    m_socket->setReadBufferSize(ReadBufferOctets);
    connect(m_socket, &QSslSocket::connected, this, [this] {
        if (m_state != State::Connecting)
            return;
        m_state = State::Connected;
        Q_EMIT connected();
    });
    connect(m_socket, &QSslSocket::errorOccurred, this, &ComputerWire::handleError);
    connect(m_socket, &QSslSocket::disconnected, this, &ComputerWire::handleError);
    connect(m_socket, &QSslSocket::readyRead, this, [this] {
        if (m_state != State::Connected)
            return;
        const QByteArray octets = m_socket->readAll();
        if (!octets.isEmpty())
            Q_EMIT received(octets);
    });
}

ComputerWire::~ComputerWire()
{
    close();
}

void ComputerWire::open(const WireTarget &target)
{
    m_port = target.port;
    // A socket may know at once that it cannot.
    QMetaObject::invokeMethod(
        this, [this, target] { connectNow(target); }, Qt::QueuedConnection);
}

void ComputerWire::connectNow(const WireTarget &target)
{
    if (m_state != State::Connecting)
        return;
    m_socket->setProxy(target.proxy);
    if (target.proxy.type() != QNetworkProxy::NoProxy) {
        m_socket->connectToHost(target.host, target.port);
        return;
    }
    if (!target.localAddress.isNull()) {
        const QSignalBlocker told(m_socket); // here, and once
        if (!m_socket->bind(target.localAddress)) {
            m_state = State::Closed;
            Q_EMIT failed(WireFailure::Unreachable, m_socket->errorString());
            return;
        }
    }
    m_socket->connectToHost(target.address, target.port);
}

void ComputerWire::send(const QByteArray &octets)
{
    if (m_state == State::Connected)
        m_socket->write(octets);
}

qint64 ComputerWire::pendingOctets() const
{
    return m_socket ? m_socket->bytesAvailable() : 0;
}

QByteArray ComputerWire::localLiteral() const
{
    const bool isDirect = m_socket && m_socket->proxy().type() == QNetworkProxy::NoProxy;
    return isDirect ? net::addressLiteral(m_socket->localAddress()) : QByteArray();
}

void ComputerWire::startTls(const WireTls &tls)
{
    if (m_state != State::Connected)
        return;
    m_state = State::Handshaking;
    TlsTarget target { .host = tls.host, .port = m_port, .policy = tls.policy };
    target.purpose = tls.versions == WireTls::Versions::All ? TlsTarget::Purpose::DiagnosisOfOldVersions
                                                            : TlsTarget::Purpose::Diagnosis;
    m_handshake = new net::TlsHandshake(*m_socket, target, {}, this);
    connect(m_handshake, &net::TlsHandshake::accepted, this, &ComputerWire::handleHandshake);
    connect(m_handshake, &net::TlsHandshake::notTrusted, this, &ComputerWire::handleHandshake);
    connect(m_handshake, &net::TlsHandshake::failed, this,
            [this](HandshakeFailure failure, const QString &reason) {
                if (m_state != State::Handshaking)
                    return;
                m_state = State::Closed;
                Q_EMIT tlsFailed(failure, reason);
            });
    m_handshake->start();
}

void ComputerWire::handleHandshake()
{
    if (m_state != State::Handshaking)
        return;
    // A certificate may have been shown before the connection broke.
    if (!m_socket->isEncrypted()) {
        m_state = State::Closed;
        Q_EMIT tlsFailed(HandshakeFailure::ServerClosed, m_socket->errorString());
        return;
    }
    m_state = State::Connected;
    Q_EMIT encrypted(*m_handshake->report());
}

void ComputerWire::handleError()
{
    switch (m_state) {
    case State::Connecting:
        m_state = State::Closed;
        Q_EMIT failed(failureOf(m_socket->error()), m_socket->errorString());
        return;
    case State::Connected: {
        // What it said before it closed counts.
        const QByteArray last = m_socket->readAll();
        if (!last.isEmpty())
            Q_EMIT received(last);
        if (m_state != State::Connected)
            return;
        m_state = State::Closed;
        Q_EMIT closed();
        return;
    }
    case State::Handshaking: // the handshake tells
    case State::Closed:
        return;
    }
}

void ComputerWire::close()
{
    m_state = State::Closed;
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    if (m_handshake)
        m_handshake->disconnect(this);
    m_socket->flush(); // QUIT
    m_socket->abort();
}

} // namespace postrider::discovery
