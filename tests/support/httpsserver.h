// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "support/testcertificates.h"

#include <QHash>
#include <QSslServer>
#include <QStringList>
#include <QUrl>

#include <functional>

class QTcpSocket;

namespace postrider::support {

/**
 * A web server for https on 127.0.0.1 that says exactly the octets that a test gave it for a path, and keeps
 * what it was asked. It closes each connection after its answer, but where a test wants it to stay silent.
 */
class HttpsServer final : public QObject
{
    Q_OBJECT

public:
    explicit HttpsServer(const TestCertificate &identity);

    [[nodiscard]] bool isReady() const { return m_server.isListening(); }
    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    /// On host "localhost".
    [[nodiscard]] QUrl url(const QString &path) const;

    /// The whole of an answer, header included.
    void say(const QString &path, const QByteArray &octets) { m_answers.insert(path, octets); }
    void sayDocument(const QString &path, const QByteArray &body, const QByteArray &contentType = "text/xml");
    void redirect(const QString &path, const QString &target);
    /// Takes the request and says nothing.
    void stayOpen(const QString &path) { m_silent.append(path); }
    /// Instead of the answers: what the server does as soon as a connection is encrypted.
    void onConnection(std::function<void(QTcpSocket *socket)> action) { m_action = std::move(action); }

    /// Every request's header, as it came.
    [[nodiscard]] const QByteArrayList &requests() const { return m_requests; }

private:
    void serve(QTcpSocket *socket);

    QSslServer m_server {};
    QHash<QString, QByteArray> m_answers {};
    QStringList m_silent {};
    std::function<void(QTcpSocket *socket)> m_action {};
    QByteArrayList m_requests {};
};

} // namespace postrider::support
