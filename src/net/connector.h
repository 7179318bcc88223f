// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "net/connectionconfig.h"
#include "net/dialer.h"

#include <QNetworkProxy>
#include <QObject>
#include <QTimer>

#include <memory>

class QHostInfo;
class QSslSocket;

namespace postrider::net {

/**
 * Gets from a host's name to a TCP connection: asks the system for its proxies, looks the name up, and dials
 * (see Dialer).
 *
 * The names of this computer (RFC 6761 section 6.3) and its loopback addresses are connected to directly and
 * without a lookup; names that never exist (section 6.4) are not asked for. With a proxy, the name goes to
 * the proxy and no name server is asked. Of several proxies that the system names, the next is tried when one
 * fails.
 *
 * Emits exactly one of connected() and failed(), never from within start(). Destroying it cancels at once.
 */
class Connector final : public QObject
{
    Q_OBJECT

public:
    explicit Connector(const ConnectionConfig &config, QObject *parent = nullptr);
    ~Connector() override;
    Q_DISABLE_COPY_MOVE(Connector)

    /// Once.
    void start();

    /// The connected socket, after connected().
    [[nodiscard]] std::unique_ptr<QSslSocket> takeSocket();

Q_SIGNALS:
    void connected();
    void failed(const postrider::net::ConnectionFailure &failure);

private Q_SLOTS:
    void handleLookup(const QHostInfo &info);

private:
    enum class State { Idle, AskingForProxies, LookingUp, Dialing };

    void askForProxies();
    void tryNextProxy();
    void lookUp();
    void handleTimeout();
    Dialer &makeDialer();
    void fail(const ConnectionFailure &failure);

    QString m_host; ///< without a trailing dot
    quint16 m_port;
    ProxyChoice m_choice;
    QHostAddress m_localAddress;
    std::chrono::milliseconds m_lookupTimeout;
    std::chrono::milliseconds m_connectTimeout;
    QList<QNetworkProxy> m_proxies {}; ///< not yet tried
    State m_state = State::Idle;
    QTimer m_timer { this }; ///< for questions; the Dialer has its own
    int m_lookupId = -1;
    std::unique_ptr<Dialer> m_dialer {};
};

} // namespace postrider::net
