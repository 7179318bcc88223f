// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "practice/identity.h"
#include "practice/mailfolder.h"
#include "practice/serversession.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>

class QSslSocket;

namespace postrider::practice {

/**
 * One client of the practice mailbox: joins a ServerSession to a socket, the mail folder and a timer.
 *
 * Reads and writes in bounded pieces: a client that sends without reading the replies waits. Ends by
 * deleting itself.
 */
class PracticeConnection final : public QObject
{
    Q_OBJECT

public:
    /// How long a client may be silent.
    static constexpr std::chrono::minutes IdleTimeout { 5 };

    /// Takes the connected socket over. folder must live longer than this object.
    PracticeConnection(QSslSocket *socket, const Identity &identity, ServerSession::Config config,
                       MailFolder &folder, QObject *parent);
    ~PracticeConnection() override;
    Q_DISABLE_COPY_MOVE(PracticeConnection)

Q_SIGNALS:
    void caught(const QString &emlPath);

private:
    void read();
    void work();
    void writeReplies();
    void beginTls();
    void beginMessage(const CaughtEnvelope &envelope);
    void keepMessage();
    void close();

    QSslSocket *m_socket; ///< a child of this object
    QTimer m_idle { this };
    ServerSession m_session;
    MailFolder &m_folder;
    std::unique_ptr<MailFolder::Incoming> m_incoming {};
    bool m_closing = false;
};

} // namespace postrider::practice
