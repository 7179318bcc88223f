// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "support/testcertificates.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QByteArrayView>
#include <QHash>
#include <QList>

#include <chrono>
#include <functional>
#include <memory>

namespace postrider::support {

/// The server's side of TLS for several connections in turn: they share its session tickets.
class HostileTls
{
public:
    enum class Version { Tls11, Tls12, Tls13 };
    enum class ClientCertificate { NotAsked, Demanded };

    struct Setup
    {
        TestCertificate identity {};
        Version oldest = Version::Tls12;
        Version newest = Version::Tls13;
        ClientCertificate clientCertificate = ClientCertificate::NotAsked;
    };

    explicit HostileTls(const Setup &setup);
    ~HostileTls();
    Q_DISABLE_COPY_MOVE(HostileTls)

private:
    friend class HostilePeer;
    class Private;
    std::unique_ptr<Private> d;
};

/**
 * A client's connection as a HostileServer's script sees it.
 *
 * Blocks in the server's own thread. Once the client has gone, or the server is being destroyed, every
 * function returns at once and does nothing, so that a script needs no checks to come to its end.
 */
class HostilePeer
{
public:
    ~HostilePeer();
    Q_DISABLE_COPY_MOVE(HostilePeer)

    [[nodiscard]] bool isGone() const;
    [[nodiscard]] bool isEncrypted() const;

    void send(QByteArrayView octets);
    /// One octet after each pause; under TLS each is a record.
    void trickle(QByteArrayView octets, std::chrono::milliseconds pause);
    /// The same octets again and again, until the client goes.
    void flood(const QByteArray &octets);
    /// Under TLS: a whole record but for its last octet.
    void sendWithoutLastOctet(QByteArrayView octets);

    /// Without CRLF; empty as well when the client has gone.
    [[nodiscard]] QByteArray readLine();
    [[nodiscard]] QByteArray readOctets(qsizetype count);
    /// Up to the line with the lone dot; dots unstuffed.
    [[nodiscard]] QByteArray readContent();
    /// Reads this much after each pause, until the client goes or has said what ends a message.
    void readSlowly(qsizetype octets, std::chrono::milliseconds pause);
    /// Reads and forgets until the client goes.
    void ignore();
    /// Neither reads nor writes until the client goes.
    void stall();

    enum class Pace { AtOnce, Trickled };
    /// Whether the handshake succeeded. Trickled: an octet each 5 ms, which takes longer than any limit of a
    /// test.
    bool startTls(HostileTls &tls, Pace pace = Pace::AtOnce);
    /// TLS 1.2: asks the client to negotiate anew. Whether it did.
    bool renegotiate();
    /// Says close_notify.
    void endTls();
    /// FIN, without close_notify.
    void close();
    void reset();

private:
    friend class HostileServer;
    class Private;
    explicit HostilePeer(std::unique_ptr<Private> connection);
    std::unique_ptr<Private> d;
};

/**
 * A mail server for tests that does whatever its script says, on a free port of 127.0.0.1.
 *
 * The script runs in a thread of the server's own, once for each connection, one after another. All functions
 * may be called while it runs.
 */
class HostileServer
{
public:
    using Script = std::function<void(HostilePeer &)>;

    /// What one TLS handshake showed.
    struct TlsSession
    {
        bool completed = false; ///< the client did its part to the end
        QByteArray version {};  ///< "TLSv1.3"
        QByteArray serverName {};
        bool resumed = false;
        QByteArray clientName {}; ///< the common name in the client's certificate
        bool closeNotify = false; ///< the client ended it in order
    };

    struct Line
    {
        QByteArray octets {};
        bool encrypted = false;
    };

    explicit HostileServer(Script script);
    /// Ends the script's thread, whatever it does.
    ~HostileServer();
    Q_DISABLE_COPY_MOVE(HostileServer)

    [[nodiscard]] quint16 port() const;
    [[nodiscard]] int connections() const;
    /// Connections whose script has not come to its end.
    [[nodiscard]] int openConnections() const;
    /// Every line that a script read with readLine().
    [[nodiscard]] QList<Line> lines() const;
    [[nodiscard]] bool received(const QByteArray &verb) const;
    /// What scripts read with readContent() or as chunks, and then took.
    [[nodiscard]] QByteArrayList messages() const;
    [[nodiscard]] QList<TlsSession> tlsSessions() const;

    /// For scripts: counts this content as taken.
    static void take(HostilePeer &peer, const QByteArray &content);

    class Shared;

private:
    std::shared_ptr<Shared> d;
};

/// What a server does that behaves but for a few places.
struct Manners
{
    enum class Security { Plaintext, StartTls, ImplicitTls };
    using Act = std::function<void(HostilePeer &, const QByteArray &line)>;

    Security security = Security::StartTls;
    std::shared_ptr<HostileTls> tls {};
    QByteArrayList extensions { "8BITMIME", "PIPELINING" };
    QByteArray mechanisms = "PLAIN"; ///< offered once encrypted
    /// In place of the usual answer: by the command's verb, or at one of these places. "greeting",
    /// "handshake" (in place of it), "content" (behind the 354, before the content is read), "." (the content
    /// is read), "chunk" (the chunk is read).
    QHash<QByteArray, Act> instead {};
};

/// The script of such a server.
[[nodiscard]] HostileServer::Script misbehaving(const Manners &manners);

/// An act that answers with these octets, whatever was said.
[[nodiscard]] Manners::Act answer(const QByteArray &octets);

} // namespace postrider::support
