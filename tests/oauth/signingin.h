// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "oauth/provider.h"
#include "oauth/tokens.h"
#include "support/fakeauthserver.h"

#include <QHostAddress>
#include <QObject>
#include <QTcpSocket>
#include <QUrl>

#include <optional>

namespace postrider::oauth {

/// The server's provider as a client sees it.
inline Client clientOf(const support::FakeAuthServer &server)
{
    QStringList complaints;
    const QList<Provider> read = readProviders(server.providersFile(), {}, complaints);
    return { .provider = read.value(0) };
}

/// What a sign-in ended with, of which the tokens can be looked at.
struct Ending
{
    std::optional<Tokens> tokens {};
    std::optional<SignInFailure> failure {};
    int count = 0;

    template <typename SignIn>
    void watch(SignIn &signIn)
    {
        QObject::connect(&signIn, &SignIn::finished, &signIn, [this](const SignInResult &result) {
            ++count;
            if (result)
                tokens = result.value().clone();
            else
                failure = result.error();
        });
    }
    [[nodiscard]] bool isThere() const { return count > 0; }
    [[nodiscard]] bool isFailure(SignInFailure::Kind kind) const
    {
        return count == 1 && failure && failure->kind == kind;
    }
};

/// A browser, as far as this needs one: says something to a port of this computer and keeps what comes back.
class Visit final : public QObject
{
    Q_OBJECT

public:
    Visit(quint16 port, const QByteArray &octets,
          const QHostAddress &address = QHostAddress(QHostAddress::LocalHost))
    {
        connect(&m_socket, &QTcpSocket::readyRead, this, [this] { m_received += m_socket.readAll(); });
        connect(&m_socket, &QTcpSocket::connected, this, [this, octets] { m_socket.write(octets); });
        connect(&m_socket, &QTcpSocket::disconnected, this, [this] { m_isOver = true; });
        connect(&m_socket, &QTcpSocket::errorOccurred, this, [this] { m_isOver = true; });
        m_socket.connectToHost(address, port);
    }
    /// A GET of that address.
    explicit Visit(const QUrl &url)
        : Visit(static_cast<quint16>(url.port()), requestFor(url))
    { }
    Q_DISABLE_COPY_MOVE(Visit)

    [[nodiscard]] static QByteArray requestFor(const QUrl &url)
    {
        const QByteArray target = url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority);
        return "GET " + (target.startsWith('/') ? target : '/' + target)
            + " HTTP/1.1\r\nHost: " + url.host().toLatin1() + ':' + QByteArray::number(url.port())
            + "\r\nUser-Agent: Test\r\nAccept: */*\r\n\r\n";
    }
    void say(const QByteArray &octets) { m_socket.write(octets); }
    [[nodiscard]] const QByteArray &received() const { return m_received; }
    [[nodiscard]] bool isOver() const { return m_isOver; }
    [[nodiscard]] bool isConnected() const { return m_socket.state() == QAbstractSocket::ConnectedState; }
    [[nodiscard]] int status() const { return m_received.mid(9, 3).toInt(); }

private:
    QTcpSocket m_socket {};
    QByteArray m_received {};
    bool m_isOver = false;
};

} // namespace postrider::oauth
