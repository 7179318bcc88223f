// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/clock.h"
#include "net/tlsjudgement.h"
#include "smtp/session.h"

#include <QHostAddress>
#include <QObject>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace postrider::net {

struct ConnectionConfig
{
    QString host {}; ///< a name or an address literal; this is also the name the certificate must have
    quint16 port = 0;
    smtp::SessionConfig session {};
    TlsPolicy tls {};
    std::chrono::milliseconds lookupTimeout = std::chrono::seconds { 20 };
    std::chrono::milliseconds connectTimeout = std::chrono::seconds { 30 }; ///< over all addresses
    std::chrono::milliseconds handshakeTimeout = std::chrono::seconds { 30 };
};

/// Why there is no session, or none any more.
struct ConnectionFailure
{
    enum class Kind {
        HostNotFound, ///< the name does not exist
        LookupFailed, ///< the name server did not answer
        Refused,      ///< nothing listens on that port
        Unreachable,  ///< no route
        ConnectTimedOut,
        TlsFailed,     ///< the handshake broke off: see reason
        TlsNotTrusted, ///< see TlsReport::problems
        SocketFailed,  ///< another local error: see reason
        Session,       ///< the connection stood: see session; also a handshake that took too long
    };
    Kind kind = Kind::SocketFailed;
    QString reason {}; ///< the system's own words
    smtp::Failure session {};
};

/**
 * One connection to a sending server: joins an smtp::Session to a QSslSocket and a timer.
 *
 * open() looks the host up, connects to its addresses one after another with 250 ms between the starts (RFC
 * 8305) and keeps the first that answers. From then on the session's events come out of happened(), in order,
 * each followed by the driver's own work. The server's certificate is judged before any SMTP octet follows
 * the handshake; an octet that arrived in plain text behind the reply to STARTTLS ends the connection. At
 * most 256 KiB wait in the socket, so that progress and memory follow the network.
 *
 * Ends with exactly one of failed() and finished(), after which the socket is closed. abort() ends it
 * silently.
 *
 * Lives in one thread with an event loop. Slots connected to its signals may call its functions and may
 * deleteLater() it.
 */
class Connection final : public QObject
{
    Q_OBJECT

public:
    Connection(ConnectionConfig config, const base::Clock &clock, QObject *parent = nullptr);
    ~Connection() override;
    Q_DISABLE_COPY_MOVE(Connection)

    void open();

    void authenticate(std::unique_ptr<sasl::Mechanism> mechanism);
    void skipAuthentication();
    void submit(smtp::TransactionId id, smtp::Envelope envelope, std::unique_ptr<QIODevice> content);
    void releaseFinalOctet(const QList<smtp::TransactionId> &ids);
    void verifySender(const QByteArray &reversePath);
    /// After connected(); before that, abort().
    void quit();
    /// Closes at once and says nothing more. What was sent past the last octet of a message stays unknown.
    void abort();

    [[nodiscard]] const smtp::Capabilities &capabilities() const;
    /// Nothing while the connection is not encrypted. After TlsNotTrusted it tells what was found.
    [[nodiscard]] std::optional<TlsReport> tlsReport() const;
    [[nodiscard]] QHostAddress peerAddress() const;
    /// Octets that still wait in the socket. event::Progress minus these have left for the server.
    [[nodiscard]] qint64 octetsWaiting() const;

    /// May be set before open(). The sink must not call this object.
    void setTranscript(std::function<void(smtp::Session::Direction, QByteArrayView line)> sink);

Q_SIGNALS:
    /// The TCP connection stands; the greeting is awaited (ImplicitTls: after the handshake).
    void connected();
    void happened(const postrider::smtp::Event &what);
    void failed(const postrider::net::ConnectionFailure &failure);
    /// QUIT was answered.
    void finished();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace postrider::net
