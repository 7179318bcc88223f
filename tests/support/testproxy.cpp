// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "support/testproxy.h"

#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>
#include <QtEndian>

#include <utility>

namespace postrider::support {

using Answer = TestProxy::Answer;

class TestProxy::Private
{
public:
    class Client;

    explicit Private(Behaviour b)
        : behaviour(std::move(b))
    { }

    Behaviour behaviour;
    QTcpServer listener {};
    QByteArrayList requests {};
    int connections = 0;
    int openConnections = 0;
};

class TestProxy::Private::Client final : public QObject
{
public:
    Client(QTcpSocket *socket, Private *proxy, QObject *parent)
        : QObject(parent)
        , p(proxy)
        , m_client(socket)
    {
        ++p->connections;
        ++p->openConnections;
        m_client->setParent(this);
        if (p->behaviour.answer == Answer::ClingsToContent)
            m_client->setReadBufferSize(64 * 1024);
        connect(m_client, &QTcpSocket::readyRead, this, [this] { read(); });
        connect(m_client, &QTcpSocket::disconnected, this, [this] {
            --p->openConnections;
            deleteLater();
        });
        connect(&m_server, &QTcpSocket::connected, this, [this] { sayConnected(); });
        connect(&m_server, &QTcpSocket::readyRead, this, [this] { carryToClient(); });
        connect(&m_server, &QTcpSocket::disconnected, m_client, [this] { m_client->disconnectFromHost(); });
    }
    ~Client() override
    {
        m_client->disconnect(this);
        m_server.disconnect();
    }
    Q_DISABLE_COPY_MOVE(Client)

private:
    enum class State { Greeting, SignIn, Request, Connecting, Carrying };

    void read()
    {
        if (m_state == State::Carrying) {
            constexpr qint64 MostOctetsOfCommands = 4096;
            m_clings = m_clings
                || (p->behaviour.answer == Answer::ClingsToContent
                    && m_client->bytesAvailable() > MostOctetsOfCommands);
            if (!m_clings)
                m_server.write(m_client->readAll());
            return;
        }
        m_input += m_client->readAll();
        if (p->behaviour.answer == Answer::Babbles) {
            m_client->write("220 This is a mail server\r\n");
            return;
        }
        while (p->behaviour.kind == Kind::Socks5 ? readSocks() : readHttp()) { }
    }

    /// Whether something was understood.
    bool readSocks()
    {
        const auto octet = [this](qsizetype i) { return static_cast<quint8>(m_input.at(i)); };
        switch (m_state) {
        case State::Greeting: {
            if (m_input.size() < 2 || m_input.size() < 2 + octet(1))
                return false;
            const bool asks = !p->behaviour.user.isEmpty();
            const char method = asks ? '\x02' : '\x00';
            const bool isOffered = m_input.mid(2, octet(1)).contains(method);
            m_input.remove(0, 2 + octet(1));
            m_client->write(isOffered ? QByteArray("\x05").append(method) : QByteArray("\x05\xff"));
            m_state = asks ? State::SignIn : State::Request;
            return true;
        }
        case State::SignIn: {
            if (m_input.size() < 2 || m_input.size() < 3 + octet(1)
                || m_input.size() < 3 + octet(1) + octet(2 + octet(1)))
                return false;
            const QByteArray user = m_input.mid(2, octet(1));
            const QByteArray password = m_input.mid(3 + user.size(), octet(2 + user.size()));
            m_input.remove(0, 3 + user.size() + password.size());
            const bool isRight = user == p->behaviour.user && password == p->behaviour.password;
            m_client->write(isRight ? QByteArray("\x01\x00", 2) : QByteArray("\x01\x01", 2));
            m_state = State::Request;
            return true;
        }
        case State::Request: {
            if (m_input.size() < 5)
                return false;
            const bool isName = octet(3) == 3;
            const qsizetype addressOctets = isName ? 1 + octet(4) : octet(3) == 1 ? 4 : 16;
            if (m_input.size() < 4 + addressOctets + 2)
                return false;
            QByteArray host = m_input.mid(5, addressOctets - 1);
            if (!isName) {
                const auto *address = reinterpret_cast<const quint8 *>(m_input.constData()) + 4;
                host
                    = (octet(3) == 1 ? QHostAddress(qFromBigEndian<quint32>(address)) : QHostAddress(address))
                          .toString()
                          .toLatin1();
            }
            const auto port = qFromBigEndian<quint16>(m_input.constData() + 4 + addressOctets);
            m_input.remove(0, 4 + addressOctets + 2);
            request(host + ':' + QByteArray::number(port));
            return false;
        }
        default:
            return false;
        }
    }

    bool readHttp()
    {
        const qsizetype end = m_input.indexOf("\r\n\r\n");
        if (m_state == State::Connecting || end < 0)
            return false;
        const QByteArray head = m_input.left(end);
        m_input.remove(0, end + 4);
        const QByteArray credentials = p->behaviour.user + ':' + p->behaviour.password;
        const QByteArray field = "Proxy-Authorization: Basic " + credentials.toBase64();
        if (!p->behaviour.user.isEmpty() && !head.contains(field)) {
            m_client->write("HTTP/1.1 407 Who are you?\r\nProxy-Authenticate: Basic realm=\"test\"\r\n"
                            "Content-Length: 0\r\n\r\n");
            return true;
        }
        request(head.split(' ').value(1));
        return false;
    }

    void request(const QByteArray &target)
    {
        p->requests.append(target);
        m_state = State::Connecting;
        switch (p->behaviour.answer) {
        case Answer::Refuses:
            m_client->write(p->behaviour.kind == Kind::Socks5
                                ? QByteArray("\x05\x05\x00\x01\x00\x00\x00\x00\x00\x00", 10)
                                : QByteArray("HTTP/1.1 403 Not through me\r\nContent-Length: 0\r\n\r\n"));
            break;
        case Answer::Closes:
            m_client->disconnectFromHost();
            break;
        case Answer::Silent:
        case Answer::Babbles:
            break;
        case Answer::Connects:
        case Answer::ClingsToContent:
        case Answer::TwoSteps:
            m_server.connectToHost(QHostAddress(QHostAddress::LocalHost), p->behaviour.target);
            break;
        }
    }

    void sayConnected()
    {
        m_held = p->behaviour.kind == Kind::Socks5
            ? QByteArray("\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00", 10)
            : QByteArray("HTTP/1.1 200 Connection established\r\n\r\n");
        m_state = State::Carrying;
        if (p->behaviour.answer != Answer::TwoSteps)
            carryToClient();
    }

    void carryToClient() { m_client->write(std::exchange(m_held, {}) + m_server.readAll()); }

    Private *p;
    QTcpSocket *m_client;
    QTcpSocket m_server { this };
    State m_state = State::Greeting;
    QByteArray m_input {};
    bool m_clings = false;
    QByteArray m_held {}; ///< for the client, with the server's next octets
};

TestProxy::TestProxy(Behaviour behaviour, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(behaviour)))
{
    connect(&d->listener, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = d->listener.nextPendingConnection())
            new Private::Client(socket, d.get(), this);
    });
    if (!d->listener.listen(QHostAddress::LocalHost, 0))
        qFatal("The test's proxy could not listen");
}

TestProxy::~TestProxy()
{
    d->listener.close();
    const QObjectList clients = children();
    qDeleteAll(clients);
}

quint16 TestProxy::port() const
{
    return d->listener.serverPort();
}

QByteArrayList TestProxy::requests() const
{
    return d->requests;
}

int TestProxy::connections() const
{
    return d->connections;
}

int TestProxy::openConnections() const
{
    return d->openConnections;
}

} // namespace postrider::support
