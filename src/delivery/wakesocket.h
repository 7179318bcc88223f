// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QLocalServer>
#include <QObject>
#include <QString>

namespace postrider::delivery {

/**
 * The short way from a process that changed a profile's outbox to the one that delivers it: a connection is
 * the whole message, nothing is sent over it. What there is to do stands in the outbox, so that whoever else
 * listens or calls under this name learns and changes nothing; without it, changes are seen a moment later.
 *
 * Lives in a thread with an event loop.
 */
class WakeSocket final : public QObject
{
    Q_OBJECT

public:
    explicit WakeSocket(const QString &profileFolder, QObject *parent = nullptr);
    Q_DISABLE_COPY_MOVE(WakeSocket)

    /// For the holder of the DelivererLock, who alone may do this: the name is taken from a process that
    /// died. False: nobody can wake us, and what others change is seen by looking.
    bool listen();
    void stopListening();

    /// Wakes the process that listens; false: there is none. Does not wait.
    [[nodiscard]] bool wake() const;

Q_SIGNALS:
    void woken();

private:
    QString m_name;
    QLocalServer m_server {};
};

} // namespace postrider::delivery
