// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/wakesocket.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QLocalSocket>

namespace postrider::delivery {

namespace {

/// The same for every way to write the path. A hash, since the names of sockets are short.
QString nameFor(const QString &profileFolder)
{
    const QFileInfo folder(profileFolder);
    const QString canonical = folder.canonicalFilePath();
    const QString path = canonical.isEmpty() ? folder.absoluteFilePath() : canonical;
    const QByteArray hash = QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha256);
    constexpr qsizetype HashOctets = 16;
    return QStringLiteral("org.postrider.Postrider-") + QString::fromLatin1(hash.first(HashOctets).toHex());
}

// On Linux a name without a file: it is the same whatever TMPDIR and XDG_RUNTIME_DIR of the two processes
// say, and a process that dies leaves nothing behind.
#ifdef Q_OS_LINUX
constexpr QLocalServer::SocketOption ServerOption = QLocalServer::AbstractNamespaceOption;
constexpr QLocalSocket::SocketOption ClientOption = QLocalSocket::AbstractNamespaceOption;
#else
constexpr QLocalServer::SocketOption ServerOption = QLocalServer::UserAccessOption;
constexpr QLocalSocket::SocketOption ClientOption = QLocalSocket::NoOptions;
#endif

} // namespace

WakeSocket::WakeSocket(const QString &profileFolder, QObject *parent)
    : QObject(parent)
    , m_name(nameFor(profileFolder))
{
    m_server.setSocketOptions(ServerOption);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        // Many at once are one piece of news.
        while (QLocalSocket *caller = m_server.nextPendingConnection())
            delete caller;
        Q_EMIT woken();
    });
}

bool WakeSocket::listen()
{
    if (m_server.listen(m_name))
        return true;
    QLocalServer::removeServer(m_name);
    return m_server.listen(m_name);
}

void WakeSocket::stopListening()
{
    m_server.close();
}

bool WakeSocket::wake() const
{
    QLocalSocket caller;
    caller.setSocketOptions(ClientOption);
    caller.connectToServer(m_name, QIODevice::WriteOnly);
    // Still connecting: so many wake it already that this one has to wait for its turn, which nobody needs.
    return caller.state() != QLocalSocket::UnconnectedState;
}

} // namespace postrider::delivery
