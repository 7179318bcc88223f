// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/clock.h"
#include "sasl/mechanism.h"
#include "smtp/capabilities.h"
#include "smtp/envelope.h"
#include "smtp/reply.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QIODevice>
#include <QList>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <variant>

namespace postrider::smtp {

using base::MonotonicTime;

/// How the octets reach the server.
enum class Security {
    ImplicitTls, ///< TLS before the first octet; port 465 (RFC 8314 section 3.3)
    StartTls,    ///< STARTTLS or no mail at all (RFC 3207)
    Plaintext,   ///< no encryption; the caller has made sure that this is a server on this computer
};

/// How long each answer is waited for. RFC 5321 section 4.5.3.2 has the minimums that are the defaults here.
struct Timeouts
{
    std::chrono::milliseconds greeting = std::chrono::minutes { 5 };
    std::chrono::milliseconds command
        = std::chrono::minutes { 5 }; ///< EHLO, STARTTLS, AUTH, MAIL, RCPT, RSET
    std::chrono::milliseconds dataStart = std::chrono::minutes { 2 }; ///< the 354
    std::chrono::milliseconds dataBlock = std::chrono::minutes { 3 }; ///< between two pieces of content taken
    std::chrono::milliseconds dataEnd = std::chrono::minutes { 10 };  ///< the reply to the end of the content
    std::chrono::milliseconds quit = std::chrono::seconds { 5 };      ///< its reply decides nothing
};

struct SessionConfig
{
    /// The EHLO argument: never this computer's name unless chosen. What is neither a domain name in ASCII
    /// nor an address literal (RFC 5321 section 4.1.3) is replaced by "[127.0.0.1]".
    QByteArray clientName = "[127.0.0.1]";
    Security security = Security::StartTls;
    Timeouts timeouts {};
    ReplyLimits limits {};
};

/// Names one mail transaction; chosen by the caller, unique within a session.
using TransactionId = quint64;

/// Why a session, or one transaction in it, ended without success.
struct Failure
{
    enum class Stage {
        Greeting,
        Ehlo,
        StartTls,
        TlsHandshake,
        Auth,
        Mail,
        Rcpt,
        Data,
        Content,
        ContentEnd,
        Rset,
        Quit
    };
    enum class Cause {
        Refused,     ///< the server said so: see reply
        Malformed,   ///< the server broke the protocol
        Unsolicited, ///< octets where none may be: before TLS started, or a reply nobody waited for
        TimedOut,
        ConnectionLost,
        TlsMissing, ///< STARTTLS is required and is not offered
        TlsFailed,  ///< reported by the driver through tlsFailed()
        NoCommonMechanism,
        MechanismFailed,     ///< the SASL mechanism could not go on
        TooLarge,            ///< over the SIZE the server states; nothing was sent
        Utf8Unsupported,     ///< the envelope needs SMTPUTF8, the server lacks it; nothing was sent
        EightBitUnsupported, ///< the content needs 8BITMIME, the server lacks it; nothing was sent
        UnsafeEnvelope,      ///< Envelope::isSafe() said no; nothing was sent
        NoRecipients,        ///< every recipient was refused; RecipientRefused told each one's reply
        ContentUnreadable,   ///< the message's device failed; the session cannot go on either
    };
    /// Whether the server may hold the message. Unknown: the last content octet went out and no reply came.
    enum class Custody { NotAccepted, Unknown };

    Stage stage = Stage::Greeting;
    Cause cause = Cause::ConnectionLost;
    Custody custody = Custody::NotAccepted;
    Reply reply {};   ///< code 0 unless cause is Refused
    qint64 limit = 0; ///< octets, with TooLarge
};

namespace event {
/// Start the TLS handshake now and answer with tlsEstablished() or tlsFailed().
struct BeginTls
{ };
/// Answer with authenticate() or skipAuthentication(). Comes again when the server refused a mechanism but
/// not the password (500, 501, 504, 534, 538) and others are left.
struct CredentialsWanted
{
    QList<QByteArray> mechanisms {}; ///< as offered, without those already refused
};
/// submit(), verifySender() and quit() are allowed now.
struct Ready
{ };
/// The server accepts mail from the reverse-path that verifySender() asked about.
struct SenderVerified
{ };
/// It does not. Code 0: nothing was asked, because the address is unsafe or needs an SMTPUTF8 that is
/// missing.
struct SenderRefused
{
    Reply reply {};
};
struct RecipientAccepted
{
    TransactionId transaction = 0;
    qsizetype index = 0; ///< into Envelope::recipients
    Reply reply {};
};
struct RecipientRefused
{
    TransactionId transaction = 0;
    qsizetype index = 0;
    Reply reply {};
};
/// Content octets handed out so far, before dot-stuffing.
struct Progress
{
    TransactionId transaction = 0;
    qint64 octets = 0;
};
/// The last octet of these transactions is next. It stays back until releaseFinalOctet(), so that the caller
/// can make durable that from now on the outcome may be unknown.
struct FinalOctetDue
{
    QList<TransactionId> transactions {};
};
/// The server took the message for all recipients that it accepted.
struct Delivered
{
    TransactionId transaction = 0;
    Reply reply {};
};
/// This message was not taken, or nobody knows (custody). The session goes on with Ready, or ends with
/// SessionFailed.
struct TransactionFailed
{
    TransactionId transaction = 0;
    Failure failure {};
};
/// The last event of a session that broke; open transactions were told by TransactionFailed before. When the
/// server still listens, QUIT is said first and this event waits for its reply, for Timeouts::quit at most.
struct SessionFailed
{
    Failure failure {};
};
/// The last event after quit(): close the connection.
struct Finished
{ };
} // namespace event

using Event = std::variant<event::BeginTls, event::CredentialsWanted, event::Ready, event::SenderVerified,
                           event::SenderRefused, event::RecipientAccepted, event::RecipientRefused,
                           event::Progress, event::FinalOctetDue, event::Delivered, event::TransactionFailed,
                           event::SessionFailed, event::Finished>;

/**
 * The client's side of one SMTP connection, without the connection (docs/adr/0001-session-without-io.md).
 *
 * A Session turns the octets that a server sent into events, and the caller's wishes into octets to send. It
 * opens no socket, starts no timer and reads no clock, so that every path through RFC 5321 can be tested with
 * literal octets and the port probe, the sign-in proof and the delivery are the same code.
 *
 * Every command puts what it waits for into a queue; a reply always belongs to the head of that queue, and
 * one that comes when the queue is empty ends the session. Commands go one at a time.
 *
 * Four groups of functions:
 *  - inputs, what happened outside: receive(), tlsEstablished(), tlsFailed(), connectionClosed(),
 * handleTimeout();
 *  - commands, what the caller wants: authenticate(), submit(), releaseFinalOctet(), verifySender(), quit();
 *  - outputs, what the caller must do next: takeOutput(), deadline(), nextEvent();
 *  - plain getters.
 *
 * After each input or command the caller drains the outputs: takeOutput() until it is empty, the timer set to
 * deadline(), nextEvent() until there is none. No function calls back (except the transcript), so the caller
 * may destroy a session between any two calls.
 *
 * After SessionFailed or Finished, inputs and commands are ignored and the outputs stay empty.
 *
 * Not thread-safe: it belongs to the thread that uses it.
 */
class Session
{
public:
    Session(SessionConfig config, MonotonicTime now);
    ~Session();
    Q_DISABLE_COPY_MOVE(Session)

    /// Octets from the server, cut anywhere: the same stream gives the same events.
    void receive(QByteArrayView octets, MonotonicTime now);
    /// The handshake succeeded and the driver judged the certificate to be the server's. With ImplicitTls it
    /// may be called before the greeting, which is then waited for from now on.
    void tlsEstablished(MonotonicTime now);
    void tlsFailed();
    /// The connection is gone; bytes received before must have been given to receive().
    void connectionClosed();
    /// Call when deadline() has passed; earlier calls do nothing.
    void handleTimeout(MonotonicTime now);

    /// Answers CredentialsWanted. Null, or a mechanism that was not offered: the session fails with
    /// NoCommonMechanism, or with the server's last refusal if there was one.
    void authenticate(std::unique_ptr<sasl::Mechanism> mechanism, MonotonicTime now);
    /// Answers CredentialsWanted: this account does not sign in.
    void skipAuthentication(MonotonicTime now);

    /**
     * Starts one mail transaction (RFC 5321 section 3.3): MAIL, a RCPT for each recipient, the content.
     *
     * Ends in exactly one of Delivered and TransactionFailed. A refused recipient does not end it; when all
     * are refused, no content is sent. The content is an open, readable device that gives CRLF lines; the
     * session reads it as takeOutput() is called and never holds more than a block of it.
     *
     * @pre Ready was the last state reported and no transaction is open.
     */
    void submit(TransactionId id, Envelope envelope, std::unique_ptr<QIODevice> content, MonotonicTime now);
    /// Answers FinalOctetDue.
    void releaseFinalOctet(const QList<TransactionId> &ids, MonotonicTime now);

    /// Asks whether mail from this reverse-path would be taken: MAIL, then RSET. Nothing is sent to anybody.
    /// @pre Ready was the last state reported.
    void verifySender(const QByteArray &reversePath, MonotonicTime now);

    /// Says QUIT, after the reply that is awaited; Finished follows at once where no command may be sent.
    /// Ignored while a transaction is past its last octet; an open one is told TransactionFailed with
    /// ConnectionLost.
    void quit(MonotonicTime now);

    /// Octets for the server, at most maxOctets; empty when there are none now. The last octet of a message
    /// also stays back while a reply is coming in, which cannot be the answer to it.
    [[nodiscard]] QByteArray takeOutput(qsizetype maxOctets, MonotonicTime now);
    /// When handleTimeout() is due; nothing while no answer is awaited.
    [[nodiscard]] std::optional<MonotonicTime> deadline() const noexcept;
    [[nodiscard]] std::optional<Event> nextEvent();

    /// What the last EHLO said; emptied by STARTTLS (RFC 3207 section 4.2).
    [[nodiscard]] const Capabilities &capabilities() const noexcept;
    /// The server's greeting; code 0 before it came, and again after STARTTLS.
    [[nodiscard]] const Reply &greeting() const noexcept;

    enum class Direction { ToServer, FromServer };
    /// Receives every command and reply line, without CRLF and with secrets replaced by "***"; content as its
    /// size only.
    void setTranscript(std::function<void(Direction, QByteArrayView line)> sink);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace postrider::smtp
