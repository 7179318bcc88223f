// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "net/clientcertificate.h"
#include "net/tlsjudgement.h"
#include "net/tlsticket.h"

#include <QObject>
#include <QSsl>
#include <QString>

#include <optional>

class QSslSocket;

namespace postrider::net {

/// What a handshake has to do with.
struct TlsTarget
{
    enum class Purpose {
        Use,
        /// To find out what the server offers: a certificate that is not accepted does not break the
        /// handshake off, and nothing secret may go through the connection.
        Diagnosis,
        /// The same, and versions that are no longer safe are spoken too, to tell a server that knows nothing
        /// else from a broken one.
        DiagnosisOfOldVersions,
    };

    QString host {}; ///< without a trailing dot; the name that the certificate must have
    quint16 port = 0;
    TlsPolicy policy {};
    ClientCertificate clientCertificate {};
    Purpose purpose = Purpose::Use;
};

/// Why a handshake broke off, as far as it can be known.
enum class HandshakeFailure {
    Other,
    ServerClosed, ///< without a word
    Alert,        ///< the server said why
    OldVersion,   ///< it has nothing newer than TLS 1.1
    NotTls,       ///< it speaks something else on this port
};

/**
 * One TLS handshake on a connected QSslSocket, and the judgement on the server's certificate.
 *
 * TLS 1.2 or newer, the server's name in the hello (RFC 6066 section 3), no insecure renegotiation (RFC
 * 5746), no compression. A session is resumed when there is a ticket for exactly this target; a server that
 * does not want to makes a new one, which is no failure. The certificate is judged in both cases.
 *
 * Ends with exactly one of accepted(), notTrusted() and failed(), unless the object is destroyed before; time
 * limits are the owner's. After failed() the socket is of no more use, nor after notTrusted() except for a
 * diagnosis.
 */
class TlsHandshake final : public QObject
{
    Q_OBJECT

public:
    /// The socket must outlive this object.
    TlsHandshake(QSslSocket &socket, TlsTarget target, TlsTicket ticket, QObject *parent = nullptr);
    ~TlsHandshake() override;
    Q_DISABLE_COPY_MOVE(TlsHandshake)

    /// Once, with a socket that has nothing to read.
    void start();

    /// What was found; nothing before the server showed a certificate.
    [[nodiscard]] std::optional<TlsReport> report() const { return m_report; }
    /// The newest one of this connection, after accepted(); null as long as the server gave none.
    [[nodiscard]] TlsTicket ticket() const;
    /// The server's last alert, in the words of RFC 8446 section 6; empty if there was none.
    [[nodiscard]] QString alert() const { return m_alert; }

Q_SIGNALS:
    void accepted();
    /// See report().
    void notTrusted();
    /// reason is never empty. It is meant for people who know TLS, in English.
    void failed(postrider::net::HandshakeFailure failure, const QString &reason);

private:
    enum class State { Waiting, Running, Accepted, Ended };

    void judge(const QList<QSslError> &chainErrors);
    void handleErrors(const QList<QSslError> &errors);
    void handleEncrypted();
    void handleBroken();
    [[nodiscard]] HandshakeFailure classify() const;

    QSslSocket *m_socket;
    TlsTarget m_target;
    QByteArray m_purpose; ///< of tickets
    State m_state = State::Waiting;
    std::optional<TlsReport> m_report {};
    std::optional<QSsl::AlertType> m_alertType {};
    QString m_alert {};
};

} // namespace postrider::net
