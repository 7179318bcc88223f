// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "practice/practiceconnection.h"

#include <QDateTime>
#include <QSslCipher>
#include <QSslConfiguration>
#include <QSslSocket>

#include <utility>
#include <variant>

namespace postrider::practice {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 BlockOctets = 64 * 1024;
/// While more replies than this wait for a client, nothing more is read from it.
constexpr qint64 MostOctetsWaiting = 64 * 1024;

QString tlsVersion(const QSslSocket &socket)
{
    return socket.sessionProtocol() == QSsl::TlsV1_3 ? u"TLS 1.3"_s : u"TLS 1.2"_s;
}

} // namespace

PracticeConnection::PracticeConnection(QSslSocket *socket, const Identity &identity,
                                       ServerSession::Config config, MailFolder &folder, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_session(std::move(config))
    , m_folder(folder)
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(BlockOctets);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);

    QSslConfiguration tls = m_socket->sslConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    // This is the server's side: it asks its clients for no certificate, since they sign in with a password.
    tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    tls.setLocalCertificate(identity.certificate);
    tls.setPrivateKey(identity.key);
    m_socket->setSslConfiguration(tls);

    connect(m_socket, &QSslSocket::readyRead, this, &PracticeConnection::read);
    connect(m_socket, &QSslSocket::bytesWritten, this, &PracticeConnection::read);
    connect(m_socket, &QSslSocket::encryptedBytesWritten, this, &PracticeConnection::read);
    connect(m_socket, &QSslSocket::encrypted, this, [this] {
        m_session.tlsEstablished();
        read();
    });
    connect(m_socket, &QSslSocket::errorOccurred, this, [this](QAbstractSocket::SocketError error) {
        // Octets that came before the client closed are still read; with a failed handshake there are none.
        if (error != QAbstractSocket::RemoteHostClosedError)
            m_socket->abort();
    });
    connect(m_socket, &QSslSocket::disconnected, this, &QObject::deleteLater);

    m_idle.setSingleShot(true);
    m_idle.setInterval(IdleTimeout);
    connect(&m_idle, &QTimer::timeout, this, [this] {
        if (m_closing) {
            m_socket->abort();
            return;
        }
        m_session.handleIdle();
        work();
    });
    m_idle.start();

    work();
    read(); // what came before the connections above were made is not signalled again
}

PracticeConnection::~PracticeConnection()
{
    m_socket->disconnect(this); // closing it below is no news
}

void PracticeConnection::read()
{
    while (!m_closing && m_socket->bytesAvailable() > 0
           && m_socket->bytesToWrite() + m_socket->encryptedBytesToWrite() < MostOctetsWaiting) {
        m_idle.start();
        m_session.receive(m_socket->read(BlockOctets));
        work();
    }
}

void PracticeConnection::work()
{
    while (const std::optional<Action> action = m_session.nextAction()) {
        if (std::holds_alternative<action::BeginTls>(*action))
            beginTls();
        else if (const auto *begin = std::get_if<action::BeginMessage>(&*action))
            beginMessage(begin->envelope);
        else if (const auto *content = std::get_if<action::AppendContent>(&*action))
            m_incoming->append(content->octets);
        else if (std::holds_alternative<action::KeepMessage>(*action))
            keepMessage();
        else if (std::holds_alternative<action::DropMessage>(*action))
            m_incoming.reset();
        else if (std::holds_alternative<action::Close>(*action))
            close();
    }
    writeReplies();
}

void PracticeConnection::writeReplies()
{
    if (const QByteArray replies = m_session.takeOutput(); !replies.isEmpty())
        m_socket->write(replies);
}

void PracticeConnection::beginTls()
{
    if (m_socket->bytesAvailable() > 0) {
        // Would be read as if it had come encrypted.
        m_socket->abort();
        return;
    }
    writeReplies();
    m_socket->startServerEncryption();
}

void PracticeConnection::beginMessage(const CaughtEnvelope &envelope)
{
    m_incoming = m_folder.begin(CaughtMessage {
        .envelope = envelope,
        .time = QDateTime::currentDateTimeUtc(),
        .tlsVersion = tlsVersion(*m_socket),
    });
}

void PracticeConnection::keepMessage()
{
    const base::Expected<QString, QString> kept = m_incoming->keep();
    m_incoming.reset();
    if (!kept) {
        m_session.messageNotKept();
        return;
    }
    m_session.messageKept();
    Q_EMIT caught(kept.value());
}

void PracticeConnection::close()
{
    m_closing = true;
    m_incoming.reset();
    writeReplies();
    m_socket->disconnectFromHost();
}

} // namespace postrider::practice
