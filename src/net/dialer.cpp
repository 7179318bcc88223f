// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "net/dialer.h"

#include <QSignalBlocker>
#include <QSslSocket>

#include <algorithm>
#include <utility>

namespace postrider::net {

namespace {

Dialer::Failure classify(const QSslSocket &socket)
{
    const bool isProxied = socket.proxy().type() != QNetworkProxy::NoProxy;
    switch (socket.error()) {
    case QAbstractSocket::ConnectionRefusedError:
    case QAbstractSocket::RemoteHostClosedError: // reset at once
        return Dialer::Failure::Refused;
    case QAbstractSocket::NetworkError:
        return Dialer::Failure::Unreachable;
    case QAbstractSocket::SocketTimeoutError:
        return Dialer::Failure::TimedOut;
    case QAbstractSocket::HostNotFoundError:
        return Dialer::Failure::HostNotFound;
    default:
        // The rest is about the next hop: the socket's own trouble, or a proxy that does not want to.
        return isProxied ? Dialer::Failure::ProxyFailed : Dialer::Failure::SocketFailed;
    }
}

ProxyFailure classifyProxy(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::ProxyNotFoundError:
        return ProxyFailure::NotFound;
    case QAbstractSocket::ProxyConnectionRefusedError:
    case QAbstractSocket::ProxyConnectionClosedError:
    case QAbstractSocket::ProxyConnectionTimeoutError:
        return ProxyFailure::Unreachable;
    case QAbstractSocket::ProxyAuthenticationRequiredError:
        return ProxyFailure::SignInRefused;
    case QAbstractSocket::SocketAccessError:
    case QAbstractSocket::UnsupportedSocketOperationError:
        return ProxyFailure::Forbids;
    case QAbstractSocket::ProxyProtocolError:
        return ProxyFailure::NoProxy;
    default:
        return ProxyFailure::Other;
    }
}

} // namespace

void Dialer::SocketDeleter::operator()(QSslSocket *socket) const
{
    // May run inside one of the socket's own signals.
    socket->disconnect();
    socket->abort();
    socket->deleteLater();
}

Dialer::Dialer(QObject *parent)
    : QObject(parent)
{
    m_nextAttempt.setSingleShot(true);
    connect(&m_nextAttempt, &QTimer::timeout, this, &Dialer::startNext);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] { finish(Failure::TimedOut, {}); });
}

Dialer::~Dialer() = default;

QList<QHostAddress> Dialer::interleaved(const QList<QHostAddress> &addresses)
{
    QList<QHostAddress> first;
    QList<QHostAddress> second;
    for (const QHostAddress &address : addresses) {
        auto &family = address.protocol() == addresses.first().protocol() ? first : second;
        if (!family.contains(address))
            family.append(address);
    }

    QList<QHostAddress> result;
    result.reserve(first.size() + second.size());
    for (qsizetype i = 0; i < qMax(first.size(), second.size()); ++i) {
        if (i < first.size())
            result.append(first.at(i));
        if (i < second.size())
            result.append(second.at(i));
    }
    return result;
}

void Dialer::start(const QList<QHostAddress> &addresses, quint16 port, std::chrono::milliseconds timeout)
{
    Q_ASSERT(!addresses.isEmpty());
    m_waiting = interleaved(addresses);
    if (!m_localAddress.isNull())
        m_waiting.removeIf(
            [this](const QHostAddress &address) { return address.protocol() != m_localAddress.protocol(); });
    m_port = port;
    m_deadline.start(timeout);
    m_nextAttempt.start(0);
}

void Dialer::start(const QNetworkProxy &proxy, const QString &host, quint16 port,
                   std::chrono::milliseconds timeout)
{
    m_deadline.start(timeout);
    QMetaObject::invokeMethod(
        this, [this, proxy, host, port] { addAttempt(proxy)->connectToHost(host, port); },
        Qt::QueuedConnection);
}

std::unique_ptr<QSslSocket> Dialer::takeSocket()
{
    return std::unique_ptr<QSslSocket>(m_winner.release());
}

void Dialer::startNext()
{
    if (m_waiting.isEmpty()) { // none of the local address's family
        finish(Failure::Unreachable, {});
        return;
    }
    const QHostAddress address = m_waiting.takeFirst();
    if (!m_waiting.isEmpty())
        m_nextAttempt.start(AttemptDelay);

    QSslSocket *socket = addAttempt(QNetworkProxy::NoProxy);
    if (!m_localAddress.isNull()) {
        const QSignalBlocker told(socket); // here, and once
        if (!socket->bind(m_localAddress)) {
            // It is no address of this computer, whatever the other end is.
            finish(Failure::Unreachable, socket->errorString());
            return;
        }
    }
    socket->connectToHost(address, m_port);
}

QSslSocket *Dialer::addAttempt(const QNetworkProxy &proxy)
{
    auto *socket = new QSslSocket;
    m_attempts.emplace_back(socket);
    socket->setProxy(proxy);
    connect(socket, &QSslSocket::connected, this, [this, socket] { attemptConnected(socket); });
    connect(socket, &QSslSocket::errorOccurred, this, [this, socket] { attemptFailed(socket); });
    return socket;
}

void Dialer::attemptConnected(QSslSocket *socket)
{
    const auto attempt = std::find_if(m_attempts.begin(), m_attempts.end(),
                                      [socket](const Attempt &a) { return a.get() == socket; });
    if (attempt == m_attempts.end())
        return;
    m_winner = std::move(*attempt);
    m_winner->disconnect(this);
    m_attempts.erase(attempt);
    m_attempts.clear();
    m_nextAttempt.stop();
    m_deadline.stop();
    Q_EMIT connected();
}

void Dialer::attemptFailed(QSslSocket *socket)
{
    const auto attempt = std::find_if(m_attempts.begin(), m_attempts.end(),
                                      [socket](const Attempt &a) { return a.get() == socket; });
    if (attempt == m_attempts.end())
        return;
    const Failure failure = classify(*socket);
    if (failure >= m_failure) {
        m_failure = failure;
        m_proxyFailure = classifyProxy(socket->error());
        m_reason = socket->errorString();
    }
    m_attempts.erase(attempt);

    if (!m_waiting.isEmpty())
        m_nextAttempt.start(0);
    else if (m_attempts.empty())
        finish(m_failure, m_reason);
}

void Dialer::finish(Failure failure, const QString &reason)
{
    m_waiting.clear();
    m_attempts.clear();
    m_nextAttempt.stop();
    m_deadline.stop();
    Q_EMIT failed(failure, reason);
}

} // namespace postrider::net
