// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "net/connector.h"

#include "net/background.h"

#include <QHostInfo>
#include <QSslSocket>

#include <utility>

namespace postrider::net {

using namespace Qt::StringLiterals;
using Failed = ConnectionFailure::Kind;

namespace {

/// RFC 6761 section 6.4: these names never exist, and no name server needs to be asked.
bool isKnownNotToExist(const QString &host)
{
    return host.isEmpty() || host.compare("invalid"_L1, Qt::CaseInsensitive) == 0
        || host.endsWith(".invalid"_L1, Qt::CaseInsensitive);
}

/// RFC 6761 section 6.3: these names always mean this computer, and neither a name server nor a missing hosts
/// file has a say in it.
bool isThisComputer(const QString &host)
{
    return host.compare("localhost"_L1, Qt::CaseInsensitive) == 0
        || host.endsWith(".localhost"_L1, Qt::CaseInsensitive);
}

Failed toKind(Dialer::Failure failure)
{
    switch (failure) {
    case Dialer::Failure::Refused:
        return Failed::Refused;
    case Dialer::Failure::Unreachable:
        return Failed::Unreachable;
    case Dialer::Failure::TimedOut:
        return Failed::ConnectTimedOut;
    case Dialer::Failure::HostNotFound:
        return Failed::HostNotFound;
    case Dialer::Failure::ProxyFailed:
        return Failed::ProxyFailed;
    case Dialer::Failure::SocketFailed:
        break;
    }
    return Failed::SocketFailed;
}

} // namespace

Connector::Connector(const ConnectionConfig &config, QObject *parent)
    : QObject(parent)
    , m_host(config.host)
    , m_port(config.port)
    , m_choice(config.proxy)
    , m_localAddress(config.localAddress)
    , m_lookupTimeout(config.lookupTimeout)
    , m_connectTimeout(config.connectTimeout)
{
    if (m_host.endsWith(u'.'))
        m_host.chop(1);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Connector::handleTimeout);
}

Connector::~Connector()
{
    if (m_lookupId >= 0)
        QHostInfo::abortHostLookup(m_lookupId);
}

void Connector::start()
{
    if (isThisComputer(m_host)) {
        makeDialer().start(
            { QHostAddress(QHostAddress::LocalHost), QHostAddress(QHostAddress::LocalHostIPv6) }, m_port,
            m_connectTimeout);
        return;
    }
    if (const QHostAddress literal(m_host); literal.isLoopback()) {
        makeDialer().start({ literal }, m_port, m_connectTimeout);
        return;
    }
    if (isKnownNotToExist(m_host)) {
        QMetaObject::invokeMethod(
            this, [this] { fail({ .kind = Failed::HostNotFound }); }, Qt::QueuedConnection);
        return;
    }
    switch (m_choice.kind) {
    case ProxyChoice::Kind::System:
        askForProxies();
        break;
    case ProxyChoice::Kind::None:
        m_proxies = { QNetworkProxy(QNetworkProxy::NoProxy) };
        tryNextProxy();
        break;
    case ProxyChoice::Kind::Socks5:
    case ProxyChoice::Kind::HttpConnect:
        m_proxies = { toProxy(m_choice) };
        tryNextProxy();
        break;
    }
}

std::unique_ptr<QSslSocket> Connector::takeSocket()
{
    return m_dialer->takeSocket();
}

void Connector::askForProxies()
{
    m_state = State::AskingForProxies;
    m_timer.start(m_lookupTimeout);
    runInBackground(
        this, [host = m_host, port = m_port] { return systemProxies(host, port); },
        [this](const QList<QNetworkProxy> &proxies) {
            if (m_state != State::AskingForProxies)
                return; // too late
            m_timer.stop();
            m_proxies = proxies;
            tryNextProxy();
        });
}

void Connector::tryNextProxy()
{
    const QNetworkProxy proxy = m_proxies.takeFirst();
    if (proxy.type() != QNetworkProxy::NoProxy) {
        makeDialer().start(proxy, m_host, m_port, m_connectTimeout);
        return;
    }
    if (const QHostAddress literal(m_host); !literal.isNull())
        makeDialer().start({ literal }, m_port, m_connectTimeout);
    else
        lookUp();
}

void Connector::lookUp()
{
    m_state = State::LookingUp;
    m_timer.start(m_lookupTimeout);
    // Told by name: of a function, Qt 6.4 (QHostInfoResult) never frees what it made when the lookup is
    // aborted.
    m_lookupId = QHostInfo::lookupHost(m_host, this, SLOT(handleLookup(QHostInfo)));
}

void Connector::handleTimeout()
{
    if (m_state == State::LookingUp) {
        QHostInfo::abortHostLookup(std::exchange(m_lookupId, -1));
        fail({ .kind = Failed::LookupFailed });
    } else {
        fail({ .kind = Failed::ProxyFailed, .reason = u"The system's proxy settings did not answer"_s });
    }
}

void Connector::handleLookup(const QHostInfo &info)
{
    if (info.lookupId() != m_lookupId)
        return; // too late
    m_lookupId = -1;
    m_timer.stop();
    if (info.error() == QHostInfo::NoError && !info.addresses().isEmpty()) {
        makeDialer().start(info.addresses(), m_port, m_connectTimeout);
        return;
    }
    const bool notFound = info.error() == QHostInfo::HostNotFound || info.error() == QHostInfo::NoError;
    fail({ .kind = notFound ? Failed::HostNotFound : Failed::LookupFailed, .reason = info.errorString() });
}

Dialer &Connector::makeDialer()
{
    m_state = State::Dialing;
    // The one before may be in the middle of its own signal.
    if (m_dialer)
        m_dialer.release()->deleteLater();
    m_dialer = std::make_unique<Dialer>();
    m_dialer->setLocalAddress(m_localAddress);
    connect(m_dialer.get(), &Dialer::connected, this, &Connector::connected);
    connect(m_dialer.get(), &Dialer::failed, this, [this](Dialer::Failure failure, const QString &reason) {
        fail({ .kind = toKind(failure), .reason = reason, .proxy = m_dialer->proxyFailure() });
    });
    return *m_dialer;
}

void Connector::fail(const ConnectionFailure &failure)
{
    m_state = State::Idle;
    if (m_proxies.isEmpty())
        Q_EMIT failed(failure);
    else
        tryNextProxy();
}

} // namespace postrider::net
