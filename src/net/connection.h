// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/clock.h"
#include "net/connectionconfig.h"
#include "net/tlsjudgement.h"
#include "net/tlsticket.h"
#include "smtp/session.h"

#include <QHostAddress>
#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace postrider::net {

/**
 * One connection to a sending server: joins an smtp::Session to a QSslSocket and a timer.
 *
 * open() connects (see Connector). From then on the session's events come out of happened(), in order, each
 * followed by the driver's own work; KeyDerivationWanted is answered here and does not come out. The server's
 * certificate is judged before any SMTP octet follows the handshake; an octet that arrived in plain text
 * behind the reply to STARTTLS ends the connection. Less than 128 KiB wait in the socket, so that progress
 * and memory follow the network.
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
    /// How many more submit() calls are allowed now.
    [[nodiscard]] qsizetype freeSlots() const;
    void submit(smtp::TransactionId id, smtp::Envelope envelope, std::unique_ptr<QIODevice> content);
    void releaseFinalOctet(const QList<smtp::TransactionId> &ids);
    void verifySender(const QByteArray &reversePath);
    /// After connected(); before that, abort().
    void quit();
    /// Closes at once and says nothing more. What was sent past the last octet of a message stays unknown.
    void abort();

    [[nodiscard]] const smtp::Capabilities &capabilities() const;
    /// As the session has it (smtp::Session::roundTrip()).
    [[nodiscard]] std::optional<std::chrono::microseconds> roundTrip() const;
    /// Nothing while the connection is not encrypted. After TlsNotTrusted it tells what was found.
    [[nodiscard]] std::optional<TlsReport> tlsReport() const;
    /// For ConnectionConfig::tlsTicket of the next connection to the same server; null as long as the server
    /// gave none. Servers give it, or a newer one, during the session: ask when that is over.
    [[nodiscard]] TlsTicket tlsTicket() const;
    /// With a proxy, the proxy's.
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
