// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "net/proxy.h"

#include <QHostAddress>
#include <QList>
#include <QNetworkProxy>
#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>
#include <memory>
#include <vector>

class QSslSocket;

namespace postrider::net {

/**
 * Connects to the first of several addresses of one host that answers (RFC 8305).
 *
 * The addresses are tried in turn, the next one 250 ms after the last or as soon as that one failed; all stay
 * open until one connects, and then the others are dropped. The kernel's own order of addresses (RFC 6724,
 * which puts IPv6 first where it works) is kept within each family, and the families alternate.
 *
 * Emits exactly one of connected() and failed(), never from within start(). Destroying it cancels.
 */
class Dialer final : public QObject
{
    Q_OBJECT

public:
    /// RFC 8305 section 5, Connection Attempt Delay.
    static constexpr std::chrono::milliseconds AttemptDelay { 250 };

    /// From the least to the most telling: of several addresses' failures the last in this list is reported.
    enum class Failure {
        SocketFailed,
        Unreachable,
        TimedOut,
        Refused,
        HostNotFound, ///< says the proxy
        ProxyFailed,  ///< it does not answer, or does not want to
    };

    explicit Dialer(QObject *parent = nullptr);
    ~Dialer() override;
    Q_DISABLE_COPY_MOVE(Dialer)

    /// Addresses without repetitions, families in alternation, beginning with that of the first (RFC 8305
    /// section 4).
    [[nodiscard]] static QList<QHostAddress> interleaved(const QList<QHostAddress> &addresses);

    /// Connections come from this address, and only addresses of its family are tried; null: from any.
    void setLocalAddress(const QHostAddress &address) { m_localAddress = address; }

    /// @pre addresses is not empty; called once. timeout is for all addresses together.
    void start(const QList<QHostAddress> &addresses, quint16 port, std::chrono::milliseconds timeout);

    /// Through a proxy, which looks the host's name up.
    /// @pre called once, instead of the other.
    void start(const QNetworkProxy &proxy, const QString &host, quint16 port,
               std::chrono::milliseconds timeout);

    /// The connected socket, after connected().
    [[nodiscard]] std::unique_ptr<QSslSocket> takeSocket();
    /// What was wrong with the proxy, after Failure::ProxyFailed.
    [[nodiscard]] ProxyFailure proxyFailure() const noexcept { return m_proxyFailure; }

Q_SIGNALS:
    void connected();
    /// reason holds the system's own words; it is empty after a time-out.
    void failed(postrider::net::Dialer::Failure failure, const QString &reason);

private:
    struct SocketDeleter
    {
        void operator()(QSslSocket *socket) const;
    };
    using Attempt = std::unique_ptr<QSslSocket, SocketDeleter>;

    void startNext();
    [[nodiscard]] QSslSocket *addAttempt(const QNetworkProxy &proxy);
    void attemptConnected(QSslSocket *socket);
    void attemptFailed(QSslSocket *socket);
    void finish(Failure failure, const QString &reason);

    QHostAddress m_localAddress {};
    QList<QHostAddress> m_waiting {};
    quint16 m_port = 0;
    std::vector<Attempt> m_attempts {};
    Attempt m_winner {};
    Failure m_failure = Failure::SocketFailed;
    ProxyFailure m_proxyFailure = ProxyFailure::Other;
    QString m_reason {};
    QTimer m_nextAttempt { this };
    QTimer m_deadline { this };
};

} // namespace postrider::net
