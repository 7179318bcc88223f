// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "oauth/redirectlistener.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace postrider::oauth {

namespace {

/// How long one connection may take to say what it wants.
constexpr std::chrono::milliseconds Patience = 20s;
/// How often another port is tried where one must be free for both address families.
constexpr int MostTries = 20;

QHostAddress loopback6()
{
    return QHostAddress(QHostAddress::LocalHostIPv6);
}

} // namespace

RedirectListener::RedirectListener(const Provider &provider, PageFor pageFor, QObject *parent)
    : QObject(parent)
    , m_provider(provider)
    , m_pageFor(std::move(pageFor))
{ }

RedirectListener::~RedirectListener()
{
    const QList<QTcpSocket *> open = m_received.keys();
    for (QTcpSocket *socket : open)
        socket->disconnect(this);
}

bool RedirectListener::listen()
{
    const QHostAddress ipv4(QHostAddress::LocalHost);
    if (m_provider.redirect == Provider::Redirect::Loopback127)
        return listenOn({ ipv4 }, m_provider.redirectPort);
    // A browser may take either address for "localhost"; not every computer has both.
    const int tries = m_provider.redirectPort == 0 ? MostTries : 1;
    for (int i = 0; i < tries; ++i) {
        if (listenOn({ ipv4, loopback6() }, m_provider.redirectPort))
            return true;
    }
    return false;
}

bool RedirectListener::listenOn(const QList<QHostAddress> &addresses, quint16 port)
{
    m_servers.clear();
    m_port = port;
    for (const QHostAddress &address : addresses) {
        auto server = std::make_unique<QTcpServer>();
        if (!server->listen(address, m_port)) {
            // Without IPv6 there is nobody on ::1 who could take the answer in our place.
            if (address == loopback6() && server->serverError() != QAbstractSocket::AddressInUseError)
                continue;
            m_servers.clear();
            return false;
        }
        m_port = server->serverPort();
        connect(server.get(), &QTcpServer::newConnection, this, [this, s = server.get()] { accept(*s); });
        m_servers.push_back(std::move(server));
    }
    return true;
}

QString RedirectListener::redirectUri() const
{
    const QLatin1StringView host
        = m_provider.redirect == Provider::Redirect::Localhost ? "localhost"_L1 : "127.0.0.1"_L1;
    return u"http://%1:%2%3"_s.arg(host, QString::number(m_port), m_provider.redirectPath);
}

void RedirectListener::accept(QTcpServer &server)
{
    while (QTcpSocket *socket = server.nextPendingConnection()) {
        socket->setParent(this); // it outlives the server
        if (static_cast<std::size_t>(m_received.size()) >= MostConnections) {
            socket->abort();
            socket->deleteLater();
            continue;
        }
        m_received.insert(socket, {});
        socket->setReadBufferSize(LongestHeader + 1);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(*socket); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            m_received.remove(socket);
            socket->deleteLater();
        });
        QTimer::singleShot(Patience, socket, [socket] { socket->abort(); });
        read(*socket);
    }
}

void RedirectListener::read(QTcpSocket &socket)
{
    const auto received = m_received.find(&socket);
    if (received == m_received.end()) {
        socket.skip(socket.bytesAvailable()); // it has its reply
        return;
    }
    received->append(socket.readAll());
    const qsizetype lineEnd = received->indexOf('\n');
    const qsizetype lineOctets = lineEnd < 0 ? received->size() : lineEnd;
    if (lineOctets > LongestRequestLine) {
        reply(socket, "414 URI Too Long", {});
        return;
    }
    if (const qsizetype end = received->indexOf("\r\n\r\n"); end >= 0) {
        const QByteArray header = received->first(end + 2);
        handle(socket, header);
    } else if (received->size() > LongestHeader) {
        reply(socket, "431 Request Header Fields Too Large", {});
    }
}

void RedirectListener::handle(QTcpSocket &socket, const QByteArray &header)
{
    const QList<QByteArray> line = header.first(header.indexOf("\r\n")).split(' ');
    if (line.size() != 3 || !line.at(2).startsWith("HTTP/1.") || !isOwnHost(header))
        return reply(socket, "400 Bad Request", {});
    if (line.at(0) != "GET")
        return reply(socket, "405 Method Not Allowed", {});
    const qsizetype mark = line.at(1).indexOf('?');
    const QByteArray path = mark < 0 ? line.at(1) : line.at(1).first(mark);
    const QString wanted = m_provider.redirectPath.isEmpty() ? u"/"_s : m_provider.redirectPath;
    // Forms write a blank as "+".
    const QByteArray text = mark < 0 ? QByteArray() : line.at(1).sliced(mark + 1).replace('+', "%20");
    const QUrlQuery query(QString::fromLatin1(text));
    const bool isAnswer
        = query.hasQueryItem(u"code"_s) || query.hasQueryItem(u"error"_s) || query.hasQueryItem(u"state"_s);
    if (QString::fromLatin1(path) != wanted || !isAnswer)
        return reply(socket, "404 Not Found", {});
    reply(socket, "200 OK", m_pageFor(query));
    close();
    Q_EMIT answered(query);
}

bool RedirectListener::isOwnHost(const QByteArray &header) const
{
    const QByteArray port = ':' + QByteArray::number(m_port);
    const QList<QByteArray> lines = header.split('\n');
    const auto field = std::find_if(lines.begin(), lines.end(), [](const QByteArray &line) {
        return line.first(std::min<qsizetype>(line.size(), 5)).compare("host:", Qt::CaseInsensitive) == 0;
    });
    if (field == lines.end())
        return false;
    const QByteArray host = field->sliced(5).trimmed().toLower();
    return host == "127.0.0.1" + port || host == "localhost" + port || host == "[::1]" + port;
}

void RedirectListener::reply(QTcpSocket &socket, const QByteArray &status, const QByteArray &page)
{
    m_received.remove(&socket);
    // Nothing of the page or of its address goes anywhere else, nor stays in a cache.
    socket.write("HTTP/1.1 " + status
                 + "\r\n"
                   "Content-Type: text/html; charset=utf-8\r\n"
                   "Cache-Control: no-store\r\n"
                   "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'; base-uri 'none'; "
                   "form-action 'none'\r\n"
                   "Referrer-Policy: no-referrer\r\n"
                   "X-Content-Type-Options: nosniff\r\n"
                   "Connection: close\r\n"
                   "Content-Length: "
                 + QByteArray::number(page.size()) + "\r\n\r\n" + page);
    // The object may go before the event loop would write it.
    socket.flush();
    socket.disconnectFromHost();
}

void RedirectListener::close()
{
    for (const auto &server : m_servers)
        server->close();
    // One of them is the sender of the signal that led here.
    for (auto &server : m_servers)
        server.release()->deleteLater();
    m_servers.clear();
    // Who got in before and has no reply yet gets none.
    const QList<QTcpSocket *> open = m_received.keys();
    for (QTcpSocket *socket : open)
        socket->abort();
}

} // namespace postrider::oauth
