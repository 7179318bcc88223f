// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "support/fakesmtpserver.h"

#include <QHostAddress>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpServer>
#include <QTimer>

#include <algorithm>
#include <functional>
#include <sys/socket.h>
#include <utility>

namespace postrider::support {

namespace {

using Stage = FakeSmtpServer::Stage;

class Listener final : public QTcpServer
{
public:
    explicit Listener(std::function<void(qintptr)> accept)
        : m_accept(std::move(accept))
    { }

private:
    void incomingConnection(qintptr descriptor) override { m_accept(descriptor); }

    std::function<void(qintptr)> m_accept;
};

QByteArray defaultReply(Stage stage)
{
    switch (stage) {
    case Stage::Connected:
        return "220 fake.example.org ESMTP\r\n";
    case Stage::StartTls:
        return "220 Go\r\n";
    case Stage::Auth:
        return "235 2.7.0 OK\r\n";
    case Stage::Data:
        return "354 Go on\r\n";
    case Stage::Quit:
        return "221 Bye\r\n";
    default:
        return "250 OK\r\n";
    }
}

QByteArray pathOf(const QByteArray &line)
{
    const qsizetype begin = line.indexOf('<') + 1;
    return line.mid(begin, line.indexOf('>') - begin);
}

} // namespace

class FakeSmtpServer::Private
{
public:
    class Client;

    explicit Private(Behaviour b)
        : behaviour(std::move(b))
    { }

    Behaviour behaviour;
    std::unique_ptr<Listener> listener {};
    QList<Command> commands {};
    QList<Message> messages {};
    qint64 contentOctets = 0;
    QList<Client *> clients {};
    int connections = 0;
    int openConnections = 0;
    int speaker = 0;
    int closeNotifies = 0;
};

class FakeSmtpServer::Private::Client final : public QObject
{
public:
    Client(qintptr descriptor, Private *server, QObject *parent)
        : QObject(parent)
        , s(server)
    {
        m_number = ++s->connections;
        ++s->openConnections;
        s->clients.append(this);
        if (!m_socket.setSocketDescriptor(descriptor))
            qFatal("The fake server could not take a connection");
        QSslConfiguration tls = m_socket.sslConfiguration();
        tls.setProtocol(s->behaviour.protocol);
        tls.setPeerVerifyMode(QSslSocket::VerifyNone);
        tls.setLocalCertificate(s->behaviour.identity.certificate);
        tls.setPrivateKey(s->behaviour.identity.key);
        m_socket.setSslConfiguration(tls);

        connect(&m_socket, &QSslSocket::readyRead, this, [this] { read(); });
        connect(&m_socket, &QSslSocket::encrypted, this, [this] {
            if (s->behaviour.security == Security::ImplicitTls)
                answer(Stage::Connected);
        });
        connect(&m_socket, &QSslSocket::alertReceived, this,
                [this](QSsl::AlertLevel, QSsl::AlertType type, const QString &) {
                    if (type == QSsl::AlertType::CloseNotify)
                        ++s->closeNotifies;
                });
        connect(&m_socket, &QSslSocket::disconnected, this, [this] {
            --s->openConnections;
            s->clients.removeOne(this);
            deleteLater();
        });
        m_nextPiece.setSingleShot(true);
        connect(&m_nextPiece, &QTimer::timeout, this, [this] { writePiece(); });

        if (s->behaviour.security != Security::ImplicitTls)
            answer(Stage::Connected);
        else
            startTls();
    }
    ~Client() override
    {
        m_socket.disconnect(this);
        s->clients.removeOne(this);
    }
    Q_DISABLE_COPY_MOVE(Client)

    void send(const QByteArray &octets)
    {
        if (s->behaviour.pieceOctets == 0) {
            m_socket.write(octets);
            return;
        }
        m_waiting.append(octets);
        m_nextPiece.start(0);
    }

    void hangUp() { m_socket.disconnectFromHost(); }

private:
    void startTls()
    {
        if (answersNormally(Stage::Handshake))
            m_socket.startServerEncryption();
    }

    bool answersNormally(Stage stage)
    {
        const Behaviour &told = s->behaviour;
        if (told.silentFrom && stage >= *told.silentFrom) {
            m_isSilent = true;
            return false;
        }
        if (told.closesAt == stage) {
            m_socket.disconnectFromHost();
            return false;
        }
        if (told.resetsAt == stage) {
            const linger atOnce { 1, 0 };
            ::setsockopt(static_cast<int>(m_socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce,
                         sizeof atOnce);
            m_socket.abort();
            return false;
        }
        return true;
    }

    void answer(Stage stage)
    {
        if (answersNormally(stage))
            send(s->behaviour.replies.value(stage, defaultReply(stage)));
    }

    /// Whether the behaviour has an answer of its own to this line.
    bool answersOwn(const QByteArray &line)
    {
        m_ownAnswer = s->behaviour.answer ? s->behaviour.answer(line) : QByteArray();
        if (m_ownAnswer.isEmpty())
            return false;
        send(m_ownAnswer);
        return true;
    }

    /// Closes, and reads on until the client has closed too: to close over octets that nobody has read is to
    /// reset the connection, and a reset takes with it the replies that the client has not read.
    void closeOwnSide()
    {
        m_hasClosed = true;
        m_socket.flush();
        ::shutdown(static_cast<int>(m_socket.socketDescriptor()), SHUT_WR);
    }

    /// Tells the message that has come in whole.
    void takeMessage()
    {
        if (s->behaviour.arrived)
            s->behaviour.arrived(m_message);
        const qsizetype taken = s->messages.size();
        if (s->behaviour.closesAfterMessages && taken >= *s->behaviour.closesAfterMessages) {
            if (s->behaviour.closing == Behaviour::Closing::Once)
                s->behaviour.closesAfterMessages.reset();
            closeOwnSide();
            return;
        }
        if (!answersNormally(Stage::ContentEnd))
            return;
        if (s->behaviour.acceptTime.count() == 0) {
            acceptMessage();
            return;
        }
        m_isAccepting = true;
        QTimer::singleShot(s->behaviour.acceptTime, this, [this] {
            m_isAccepting = false;
            acceptMessage();
            read();
        });
    }

    void acceptMessage()
    {
        s->messages.append(std::exchange(m_message, {}));
        send(s->behaviour.replies.value(Stage::ContentEnd, defaultReply(Stage::ContentEnd)));
    }

    /// Octets of a BDAT command; false when more must come.
    bool readChunk()
    {
        const qsizetype count = qMin(m_chunkLeft, m_input.size());
        m_content.append(m_input.left(count));
        m_input.remove(0, count);
        s->contentOctets += count;
        m_chunkLeft -= count;
        if (m_chunkLeft > 0) {
            answersNormally(Stage::Content);
            return false;
        }
        const QByteArray line = std::exchange(m_chunkLine, {});
        if (answersOwn(line))
            return true;
        if (!line.toUpper().endsWith(" LAST")) {
            send("250 OK\r\n");
            return true;
        }
        m_message.content = std::exchange(m_content, {});
        takeMessage();
        return true;
    }

    void writePiece()
    {
        m_socket.write(m_waiting.left(s->behaviour.pieceOctets));
        m_socket.flush();
        m_waiting.remove(0, s->behaviour.pieceOctets);
        if (!m_waiting.isEmpty())
            m_nextPiece.start(0);
        else if (std::exchange(m_tlsIsNext, false))
            startTls();
    }

    void read()
    {
        if (m_inContent && !s->behaviour.readsContent)
            return;
        m_input.append(m_socket.readAll());
        // Who has closed answers nothing more, not even what was read before.
        while (m_socket.state() == QAbstractSocket::ConnectedState && !m_hasClosed && !m_isAccepting) {
            s->speaker = m_number;
            if (m_inContent) {
                if (!readContent())
                    return;
                continue;
            }
            if (!m_chunkLine.isEmpty()) {
                if (!readChunk())
                    return;
                continue;
            }
            const qsizetype end = m_input.indexOf("\r\n");
            if (end < 0)
                return;
            const QByteArray line = m_input.left(end);
            m_input.remove(0, end + 2);
            s->commands.append({ line, m_socket.isEncrypted() });
            handle(line);
        }
    }

    bool readContent()
    {
        s->contentOctets += m_input.size();
        // The content begins behind an imagined line end, so that a lone dot at once is found too.
        const qsizetype from = qMax<qsizetype>(0, m_content.size() - 5);
        m_content.append(std::exchange(m_input, {}));
        const qsizetype end = m_content.indexOf("\r\n.\r\n", from);
        if (end < 0) {
            if (m_content.size() > 2)
                answersNormally(Stage::Content);
            return false;
        }
        m_input = m_content.mid(end + 5);
        s->contentOctets -= m_input.size();
        if (!s->behaviour.keepsInputBehindContent)
            m_input.clear();
        m_content.truncate(end + 2);
        m_message.content = m_content.replace("\r\n..", "\r\n.").mid(2);
        m_content.clear();
        m_inContent = false;
        takeMessage();
        return true;
    }

    void beginContent()
    {
        m_inContent = true;
        m_content = "\r\n";
        if (!s->behaviour.readsContent)
            m_socket.setReadBufferSize(1);
    }

    void handle(const QByteArray &line)
    {
        const QByteArray verb = line.left(4).toUpper();
        // An unanswered handshake looks like lines when chance puts a CRLF into its random octets.
        if (m_isSilent || (s->behaviour.ignores && s->behaviour.ignores(line)))
            return;
        if (verb == "BDAT" && s->behaviour.knowsChunks) {
            m_chunkLine = line;
            m_chunkLeft = line.split(' ').value(1).toLongLong();
            return;
        }
        if (answersOwn(line)) {
            if (verb == "RCPT" && m_ownAnswer.startsWith('2'))
                m_message.recipients.append(pathOf(line));
            if (verb == "DATA" && m_ownAnswer.startsWith('3'))
                beginContent();
            return;
        }
        if (verb == "EHLO") {
            if (!answersNormally(Stage::Ehlo))
                return;
            const bool offersTls = s->behaviour.security == Security::StartTls && !m_socket.isEncrypted();
            QByteArray usual = "250-fake.example.org\r\n250-8BITMIME\r\n";
            for (const QByteArray &extension : std::as_const(s->behaviour.extensions))
                usual += "250-" + extension + "\r\n";
            usual += (offersTls ? "250 STARTTLS\r\n" : "250 AUTH PLAIN\r\n");
            send(s->behaviour.replies.value(Stage::Ehlo, usual));
        } else if (verb == "STAR") {
            if (!answersNormally(Stage::StartTls))
                return;
            m_tlsIsNext = s->behaviour.pieceOctets != 0;
            send(s->behaviour.replies.value(Stage::StartTls, defaultReply(Stage::StartTls))
                 + s->behaviour.injectedBehindStartTls);
            if (!m_tlsIsNext)
                startTls();
        } else if (verb == "AUTH") {
            answer(Stage::Auth);
        } else if (verb == "MAIL") {
            m_message = { .reversePath = pathOf(line) };
            answer(Stage::Mail);
        } else if (verb == "RCPT") {
            if (s->behaviour.replies.value(Stage::Rcpt, "2").startsWith('2'))
                m_message.recipients.append(pathOf(line));
            answer(Stage::Rcpt);
        } else if (verb == "DATA") {
            beginContent();
            answer(Stage::Data);
        } else if (verb == "QUIT") {
            answer(Stage::Quit);
        } else if (s->behaviour.knowsChunks || verb == "RSET") {
            send("250 OK\r\n");
        } else {
            send("500 5.5.1 What?\r\n");
        }
    }

    Private *s;
    int m_number = 0;
    QSslSocket m_socket { this };
    QTimer m_nextPiece { this };
    QByteArray m_waiting {};
    QByteArray m_input {};
    QByteArray m_content {};
    Message m_message {};
    QByteArray m_ownAnswer {};
    QByteArray m_chunkLine {}; ///< the BDAT command whose octets are coming in
    qsizetype m_chunkLeft = 0;
    bool m_inContent = false;
    bool m_tlsIsNext = false;
    bool m_hasClosed = false;   ///< its own side
    bool m_isAccepting = false; ///< until Behaviour::acceptTime is over
    bool m_isSilent = false;    ///< since the stage of Behaviour::silentFrom
};

FakeSmtpServer::FakeSmtpServer(Behaviour behaviour, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(behaviour)))
{
    d->listener = std::make_unique<Listener>(
        [this](qintptr descriptor) { new Private::Client(descriptor, d.get(), this); });
    if (!d->listener->listen(QHostAddress::LocalHost, 0))
        qFatal("The fake server could not listen");
}

FakeSmtpServer::~FakeSmtpServer()
{
    d->listener->close();
    qDeleteAll(children());
}

quint16 FakeSmtpServer::port() const
{
    return d->listener->serverPort();
}

void FakeSmtpServer::say(const QByteArray &octets)
{
    const QList<Private::Client *> clients = d->clients;
    for (Private::Client *client : clients)
        client->send(octets);
}

void FakeSmtpServer::hangUp()
{
    const QList<Private::Client *> clients = d->clients;
    for (Private::Client *client : clients)
        client->hangUp();
}

void FakeSmtpServer::stop()
{
    d->listener->close();
    hangUp();
}

QList<FakeSmtpServer::Command> FakeSmtpServer::commands() const
{
    return d->commands;
}

qsizetype FakeSmtpServer::count(QByteArrayView verb) const
{
    return std::count_if(d->commands.cbegin(), d->commands.cend(),
                         [verb](const Command &command) { return command.line.startsWith(verb); });
}

QList<FakeSmtpServer::Message> FakeSmtpServer::messages() const
{
    return d->messages;
}

qint64 FakeSmtpServer::contentOctets() const
{
    return d->contentOctets;
}

int FakeSmtpServer::connections() const
{
    return d->connections;
}

int FakeSmtpServer::openConnections() const
{
    return d->openConnections;
}

int FakeSmtpServer::speaker() const
{
    return d->speaker;
}

int FakeSmtpServer::closeNotifies() const
{
    return d->closeNotifies;
}

} // namespace postrider::support
