// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QThread>

namespace postrider::net {

/**
 * A thread with an event loop for connections, which leaves nothing of OpenSSL behind when it ends (see
 * releaseThreadState()).
 *
 * That is done after the last of its connections: whatever lives here and has no other owner connects
 * ending() with deleteLater(), never finished().
 */
class NetworkThread final : public QThread
{
    Q_OBJECT

public:
    using QThread::QThread;

Q_SIGNALS:
    /// The event loop is over; comes in this thread. What is deleted later is deleted before finished().
    void ending(QPrivateSignal);

private:
    void run() override;
};

} // namespace postrider::net
