// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/clock.h"
#include "sasl/mechanism.h"
#include "smtp/capabilities.h"
#include "smtp/envelope.h"
#include "smtp/reply.h"
#include "smtp/serverhabits.h"
#include "smtp/sessionevent.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QIODevice>
#include <QList>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

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
    /// The reply to the first MAIL that left right behind a message's dot: some servers that offer PIPELINING
    /// throw away what came in together with the dot. See Failure::Cause::PipeliningUnusable.
    std::chrono::milliseconds mailBehindContent = std::chrono::seconds { 10 };
};

struct SessionConfig
{
    static constexpr qsizetype LargestWindow = 8;

    /// The EHLO argument: never this computer's name unless chosen. What is neither a domain name in ASCII
    /// nor an address literal (RFC 5321 section 4.1.3) is replaced by "[127.0.0.1]".
    QByteArray clientName = "[127.0.0.1]";
    /// This end's address as the driver sees it, "[192.0.2.1]" or "[IPv6:2001:db8::1]". Said once, and only
    /// to a server that refuses clientName. Empty: no second try.
    QByteArray addressLiteral {};
    Security security = Security::StartTls;
    Timeouts timeouts {};
    ReplyLimits limits {};
    /// How many transactions may be open at once, 1 to LargestWindow: a connection that is lost leaves at
    /// most so many in doubt.
    qsizetype window = 1;
    ChunkUse chunkUse = ChunkUse::WhereOffered; ///< as event::HabitsLearnt of an earlier session said
    PipelineUse pipelineUse = PipelineUse::AcrossMessages; ///< likewise
};

/**
 * The client's side of one SMTP connection, without the connection (docs/adr/0001-session-without-io.md).
 *
 * A Session turns the octets that a server sent into events, and the caller's wishes into octets to send. It
 * opens no socket, starts no timer and reads no clock, so that every path through RFC 5321 can be tested with
 * literal octets and the port probe, the sign-in proof and the delivery are the same code.
 *
 * Every command puts what it waits for into a queue; a reply always belongs to the head of that queue. One
 * that comes when the queue is empty, or before the last octet of the command was taken, ends the session.
 *
 * How messages go depends on what the server offers, and nobody else has to know:
 *  - without PIPELINING, one command at a time;
 *  - with PIPELINING (RFC 2920), MAIL, RCPT and DATA together, behind the last octet of the message before:
 *    one turn a message;
 *  - with CHUNKING too (RFC 3030), up to SessionConfig::window messages of at most 64 KiB back to back, each
 *    whole from MAIL to the last octet; larger ones in chunks after the replies to RCPT. The first message
 *    goes alone, because a server that offers CHUNKING without knowing it would read content as commands.
 *
 * Where a server turns out to dislike the form, and not the message, the session says the same once more in a
 * simpler form: without SIZE and other optional parameters, by DATA instead of BDAT, one message or one
 * command at a time. The recipients are then told a second time. Content that cannot be read twice fails with
 * Cause::NotTried instead.
 *
 * Four groups of functions:
 *  - inputs, what happened outside: receive(), tlsEstablished(), tlsFailed(), connectionClosed(),
 *    handleTimeout();
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
    /// Answers KeyDerivationWanted.
    void resumeAuthentication(base::Secret derivedKey, MonotonicTime now);

    /**
     * Adds one mail transaction (RFC 5321 section 3.3): MAIL, a RCPT for each recipient, the content.
     *
     * Ends in exactly one of Delivered and TransactionFailed. A refused recipient does not end it; when all
     * are refused, no content is sent. The content is an open, readable device that gives CRLF lines; the
     * session reads it as takeOutput() is called and holds at most 64 KiB of it. Whatever the device gives,
     * no CR or LF leaves alone.
     *
     * @pre freeSlots() is not 0.
     */
    void submit(TransactionId id, Envelope envelope, std::unique_ptr<QIODevice> content, MonotonicTime now);
    /// Answers FinalOctetDue, for some of its transactions or all.
    void releaseFinalOctet(const QList<TransactionId> &ids, MonotonicTime now);

    /// Asks whether mail from this reverse-path would be taken: MAIL, then RSET. Nothing is sent to anybody.
    /// @pre No transaction is open, and freeSlots() is not 0.
    void verifySender(const QByteArray &reversePath, MonotonicTime now);

    /// Says QUIT, after the reply that is awaited; Finished follows at once where no command may be sent.
    /// Ignored while a transaction is past its last octet; an open one is told TransactionFailed with
    /// ConnectionLost.
    void quit(MonotonicTime now);

    /// A good size for maxOctets: a chunk of a large message and its command leave in one piece.
    static constexpr qsizetype BlockOctets = 64 * 1024;
    /// Octets for the server, at most maxOctets; empty when there are none now. Nothing leaves while a reply
    /// is coming in that answers nothing.
    [[nodiscard]] QByteArray takeOutput(qsizetype maxOctets, MonotonicTime now);
    /// When handleTimeout() is due; nothing while no answer is awaited.
    [[nodiscard]] std::optional<MonotonicTime> deadline() const noexcept;
    [[nodiscard]] std::optional<Event> nextEvent();

    /// How many more submit() calls are allowed now.
    [[nodiscard]] qsizetype freeSlots() const noexcept;

    /// What the last EHLO said; emptied by STARTTLS (RFC 3207 section 4.2).
    [[nodiscard]] const Capabilities &capabilities() const noexcept;
    /// The server's greeting; code 0 before it came, and again after STARTTLS.
    [[nodiscard]] const Reply &greeting() const noexcept;
    /// How long replies to commands take that are quickly answered, as a moving mean: the way there and back,
    /// and how busy the server is. Signing in does not count. Nothing before the first reply to EHLO.
    [[nodiscard]] std::optional<std::chrono::microseconds> roundTrip() const noexcept;

    enum class Direction { ToServer, FromServer };
    /// Receives every command and reply line, without CRLF and with secrets replaced by "***"; content as its
    /// size only.
    void setTranscript(std::function<void(Direction, QByteArrayView line)> sink);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace postrider::smtp
