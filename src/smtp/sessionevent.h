// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "sasl/mechanism.h"
#include "smtp/reply.h"
#include "smtp/serverhabits.h"

#include <QByteArray>
#include <QList>

#include <optional>
#include <variant>

namespace postrider::smtp {

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
        Refused,     ///< the server said so: see reply. 503 to MAIL ends the session, and is worth a new one
        Malformed,   ///< the server broke the protocol
        Unsolicited, ///< octets where none may be: before TLS started, or a reply nobody waited for
        TimedOut,
        ConnectionLost,
        TlsMissing, ///< STARTTLS is required and is not offered
        TlsFailed,  ///< reported by the driver through tlsFailed()
        NoCommonMechanism,
        MechanismFailed,          ///< the SASL mechanism could not go on
        ServerNotVerified,        ///< the server said success without the proof that the mechanism demands
        TooLarge,                 ///< over the SIZE the server states; nothing was sent
        Utf8Unsupported,          ///< the envelope needs SMTPUTF8, the server lacks it; nothing was sent
        EightBitUnsupported,      ///< the content needs 8BITMIME, the server lacks it; nothing was sent
        BinaryUnsupported,        ///< the content needs BINARYMIME with CHUNKING; nothing was sent
        RequireTlsUnsupported,    ///< REQUIRETLS is lacking, or TLS itself; nothing was sent
        FutureReleaseUnsupported, ///< FUTURERELEASE is lacking; nothing was sent
        FutureReleaseTooLate,     ///< over the longest hold that the server states; nothing was sent
        DeliverByUnsupported,     ///< DELIVERBY is lacking; nothing was sent
        DeliverByTooSoon,         ///< below the shortest time that the server states; nothing was sent
        UnsafeEnvelope,           ///< Envelope::isSafe() said no; nothing was sent
        NoRecipients,             ///< every recipient was refused; RecipientRefused told each one's reply
        RecipientsRefused,        ///< at least one was, and the envelope says SendToNobody
        ContentUnreadable,        ///< the message's device failed
        NotTried,           ///< nothing is wrong with the message: submit it again, the session now does it
                            ///< in a simpler form
        ChunkingUnusable,   ///< the server offers CHUNKING and lost its way at BDAT: connect anew, as
                            ///< event::HabitsLearnt said
        PipeliningUnusable, ///< the server offers PIPELINING and lost its way among commands without a
                            ///< pause: likewise
    };
    /// Whether the server may hold the message. Unknown: the last content octet went out and no reply came.
    enum class Custody { NotAccepted, Unknown };

    Stage stage = Stage::Greeting;
    Cause cause = Cause::ConnectionLost;
    Custody custody = Custody::NotAccepted;
    Reply reply {};   ///< code 0 unless cause is Refused
    qint64 limit = 0; ///< octets with TooLarge, seconds with FutureReleaseTooLate and DeliverByTooSoon
    /// With MechanismFailed and ServerNotVerified: what the mechanism cannot go on with. Nothing when the
    /// exchange around it failed (more challenges or longer lines than AUTH allows).
    std::optional<sasl::Error> mechanismError {};
    /// With a sign-in that failed: what the server told about it before it refused, as "invalid_token".
    std::optional<sasl::Refusal> mechanismRefusal {};
};

namespace event {
/// Start the TLS handshake now and answer with tlsEstablished() or tlsFailed().
struct BeginTls
{ };
/// Answer with authenticate() or skipAuthentication(). Comes again when the server refused a mechanism but
/// not the password (432, 500, 501, 504, 534, 538) and others are left.
struct CredentialsWanted
{
    QList<QByteArray> mechanisms {}; ///< as offered, without those already refused
};
/// Call run() on another thread and answer with resumeAuthentication().
struct KeyDerivationWanted
{
    sasl::KeyDerivation derivation {};
};
/// submit() is allowed again: freeSlots() was 0 and is not any more. verifySender() and quit() are allowed
/// when no transaction is open.
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
/// The server dislikes MAIL with what the envelope would like but can do without: this message goes on
/// without status notifications and without a priority.
struct OptionsLeftOut
{
    TransactionId transaction = 0;
};
/// Content octets handed out so far, before dot-stuffing.
struct Progress
{
    TransactionId transaction = 0;
    qint64 octets = 0;
};
/// The last octets of these transactions are next. They stay back until releaseFinalOctet(), so that the
/// caller can make durable that from now on the outcomes may be unknown.
struct FinalOctetDue
{
    QList<TransactionId> transactions {};
};
/// The server does not stand all that it offers. The next session with it should be told so from the start:
/// see SessionConfig. Comes before the failure to which it leads, if it leads to one.
struct HabitsLearnt
{
    ServerHabits habits {};
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

using Event = std::variant<event::BeginTls, event::CredentialsWanted, event::KeyDerivationWanted,
                           event::Ready, event::SenderVerified, event::SenderRefused,
                           event::RecipientAccepted, event::RecipientRefused, event::OptionsLeftOut,
                           event::Progress, event::FinalOctetDue, event::HabitsLearnt, event::Delivered,
                           event::TransactionFailed, event::SessionFailed, event::Finished>;

} // namespace postrider::smtp
