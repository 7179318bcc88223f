// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QObject>

#include <memory>

namespace postrider::support {

/**
 * A proxy for tests, on a free port of 127.0.0.1: SOCKS5 (RFC 1928, RFC 1929) or HTTP CONNECT (RFC 9110
 * section 9.3.6). Whatever name a client asks for, it is connected to one port of 127.0.0.1.
 *
 * Lives in the test's own thread.
 */
class TestProxy final : public QObject
{
    Q_OBJECT

public:
    enum class Kind { Socks5, HttpConnect };
    enum class Answer {
        Connects,
        Refuses,         ///< the target, as one that nobody listens on
        Silent,          ///< reads the request and says nothing
        Closes,          ///< in place of an answer
        Babbles,         ///< speaks another protocol
        ClingsToContent, ///< connects, and reads no more once a write of the client is larger than a command
        TwoSteps,        ///< sends its answer together with the server's first octets
    };

    struct Behaviour
    {
        Kind kind = Kind::Socks5;
        quint16 target = 0;
        QByteArray user {}; ///< empty: nobody is asked
        QByteArray password {};
        Answer answer = Answer::Connects;
    };

    explicit TestProxy(Behaviour behaviour, QObject *parent = nullptr);
    ~TestProxy() override;
    Q_DISABLE_COPY_MOVE(TestProxy)

    [[nodiscard]] quint16 port() const;
    /// "host:port", as asked for.
    [[nodiscard]] QByteArrayList requests() const;
    [[nodiscard]] int connections() const;
    [[nodiscard]] int openConnections() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace postrider::support
