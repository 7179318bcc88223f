// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>

#include <array>

namespace postrider::support {

/**
 * An address that does not answer: a listener whose queue of waiting connections is full, so that the kernel
 * drops further attempts.
 */
class SilentAddress
{
public:
    SilentAddress(const QHostAddress &address, quint16 port)
    {
        m_server.setListenBacklogSize(0);
        isReady = m_server.listen(address, port);
        if (!isReady)
            return;
        m_server.pauseAccepting();
        for (QTcpSocket &socket : m_fillers)
            socket.connectToHost(address, m_server.serverPort());
        // The queue takes one; the others tell that it is full by not getting through.
        isReady = m_fillers.front().waitForConnected(1'000) && !m_fillers.back().waitForConnected(100);
    }

    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    bool isReady = false;

private:
    QTcpServer m_server {};
    std::array<QTcpSocket, 4> m_fillers;
};

} // namespace postrider::support
