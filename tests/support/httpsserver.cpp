// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "support/httpsserver.h"

#include <QSslConfiguration>
#include <QTcpSocket>

namespace postrider::support {

using namespace Qt::StringLiterals;

HttpsServer::HttpsServer(const TestCertificate &identity)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setLocalCertificate(identity.certificate);
    tls.setPrivateKey(identity.key);
    tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    m_server.setSslConfiguration(tls);
    connect(&m_server, &QSslServer::pendingConnectionAvailable, this, [this] {
        while (QTcpSocket *socket = m_server.nextPendingConnection()) {
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            if (m_action) {
                m_action(socket);
                continue;
            }
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { serve(socket); });
            serve(socket); // what has come already
        }
    });
    m_server.listen(QHostAddress::LocalHost);
}

QUrl HttpsServer::url(const QString &path) const
{
    return QUrl(u"https://localhost:"_s + QString::number(port()) + path);
}

void HttpsServer::sayDocument(const QString &path, const QByteArray &body, const QByteArray &contentType)
{
    say(path,
        "HTTP/1.1 200 OK\r\nContent-Type: " + contentType + "\r\nContent-Length: "
            + QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" + body);
}

void HttpsServer::redirect(const QString &path, const QString &target)
{
    say(path,
        "HTTP/1.1 302 Found\r\nLocation: " + target.toUtf8()
            + "\r\nSet-Cookie: seen=1\r\nContent-Length: 0\r\n"
              "Connection: close\r\n\r\n");
}

void HttpsServer::serve(QTcpSocket *socket)
{
    const QByteArray begun = socket->property("begun").toByteArray() + socket->readAll();
    const qsizetype end = begun.indexOf("\r\n\r\n");
    socket->setProperty("begun", begun);
    if (end < 0)
        return;
    socket->setProperty("begun", begun.sliced(end + 4));
    const QByteArray request = begun.first(end);
    m_requests.append(request);
    const QString path = QString::fromUtf8(request.split(' ').value(1));
    if (m_silent.contains(path))
        return;
    socket->write(
        m_answers.value(path, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
    socket->disconnectFromHost();
}

} // namespace postrider::support
