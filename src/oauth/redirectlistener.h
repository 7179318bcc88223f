// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "oauth/provider.h"

#include <QByteArray>
#include <QHash>
#include <QHostAddress>
#include <QObject>
#include <QUrl>
#include <QUrlQuery>

#include <functional>
#include <memory>
#include <vector>

class QTcpServer;
class QTcpSocket;

namespace postrider::oauth {

/**
 * Waits on this computer for the browser to come back with a provider's answer (RFC 8252 section 7.3).
 *
 * Listens on 127.0.0.1, where the provider knows it as "localhost" on ::1 too, and on nothing else. Exactly
 * one GET of the redirect address that carries an answer is taken; from then on nobody else can connect. What
 * else comes (favicon.ico, other paths and methods, garbage) gets an HTTP error, and who stays silent is
 * dropped after a while; nothing of that ends the wait. A name other than this computer's in Host is refused,
 * since a web page could have made it point here.
 *
 * listen(), then answered() once at most. Destroying it closes the port. Belongs to one thread with an event
 * loop.
 */
class RedirectListener final : public QObject
{
    Q_OBJECT

public:
    /// The page that the browser shows, made when the answer is known.
    using PageFor = std::function<QByteArray(const QUrlQuery &)>;

    static constexpr qsizetype LongestRequestLine = 8 * 1024; ///< octets
    static constexpr qsizetype LongestHeader = 32 * 1024;     ///< octets, the request line included
    static constexpr std::size_t MostConnections = 16;        ///< at a time

    RedirectListener(const Provider &provider, PageFor pageFor, QObject *parent = nullptr);
    ~RedirectListener() override;
    Q_DISABLE_COPY_MOVE(RedirectListener)

    /// False: the port, or any, could not be had.
    [[nodiscard]] bool listen();
    /// Nobody gets in any more; what was replied is with the system already.
    void close();
    /// As it goes into the authorization request and, the same, into the token request; after listen().
    [[nodiscard]] QString redirectUri() const;

Q_SIGNALS:
    /// The query of the one answer; the page is on its way to the browser.
    void answered(const QUrlQuery &query);

private:
    [[nodiscard]] bool listenOn(const QList<QHostAddress> &addresses, quint16 port);
    void accept(QTcpServer &server);
    void read(QTcpSocket &socket);
    void handle(QTcpSocket &socket, const QByteArray &header);
    void reply(QTcpSocket &socket, const QByteArray &status, const QByteArray &page);
    [[nodiscard]] bool isOwnHost(const QByteArray &header) const;

    Provider m_provider;
    PageFor m_pageFor;
    std::vector<std::unique_ptr<QTcpServer>> m_servers {};
    QHash<QTcpSocket *, QByteArray> m_received {}; ///< of those that have not said all
    quint16 m_port = 0;
};

} // namespace postrider::oauth
