// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QFlags>
#include <QList>

#include <chrono>
#include <optional>
#include <variant>

namespace postrider::smtp {

/// Reports about what became of a message, asked from every server on its way (RFC 3461).
struct StatusNotifications
{
    enum class Occasion {
        Success = 1,
        Failure = 2,
        Delay = 4,
    };
    Q_DECLARE_FLAGS(Occasions, Occasion)
    enum class Returned {
        ServerDecides,
        WholeMessage,
        HeadersOnly,
    };

    Occasions notify = Occasion::Failure; ///< none at all: never, not even when it fails
    Returned returned = Returned::ServerDecides;
    QByteArray envelopeId {}; ///< printable ASCII, at most 100 octets; comes back in reports; empty: none
};
Q_DECLARE_OPERATORS_FOR_FLAGS(StatusNotifications::Occasions)

/// A time limit for the way to the recipient's server (RFC 2852).
struct DeliverBy
{
    enum class Mode {
        Return, ///< a message that is late comes back; the limit is positive
        Notify, ///< it goes on, and a report says that it is late; the limit may be past
    };
    enum class Trace { No, Yes }; ///< Yes: each server on the way reports

    std::chrono::seconds within {}; ///< at most nine digits
    Mode mode = Mode::Notify;
    Trace trace = Trace::No;
};

/// Until when the server shall keep the message back (RFC 4865): a span or a point in time.
using FutureRelease = std::variant<std::chrono::seconds, QDateTime>;

/// Who a message is from and for, as the commands of one mail transaction say it (RFC 5321 section 2.3.1).
struct Envelope
{
    enum class Body {
        SevenBit,
        EightBitMime, ///< lines with octets above 127 (RFC 6152)
        BinaryMime,   ///< no lines at all; needs CHUNKING too (RFC 3030)
    };
    enum class Addresses { Ascii, Utf8 }; ///< Utf8 needs SMTPUTF8 (RFC 6531)
    enum class PartialRecipients {
        SendToAccepted,
        SendToNobody, ///< one refused recipient is enough: no content is sent
        /// To the accepted ones, unless somebody was refused in a way that may mean "too many at once" (4yz,
        /// 552): then no content is sent either, and the caller may split the recipients.
        SendUnlessTooMany,
    };
    enum class TransportSecurity {
        Opportunistic,
        RequireTls, ///< on every hop, or the message comes back (RFC 8689)
    };

    QByteArray reversePath {};       ///< without angle brackets
    QList<QByteArray> recipients {}; ///< forward-paths without angle brackets, at least one
    qint64 size = 0;                 ///< octets of the content with CRLF, before dot-stuffing; 0: unknown
    Body body = Body::SevenBit;
    Addresses addresses = Addresses::Ascii;
    PartialRecipients partialRecipients = PartialRecipients::SendToAccepted;
    /// Left out where the server lacks DSN; Capabilities tell beforehand. Each recipient's own address is
    /// what the reports will call it.
    std::optional<StatusNotifications> notifications {};
    /// Like the next two: where the server lacks it, nothing is sent and a Failure says so.
    TransportSecurity transportSecurity = TransportSecurity::Opportunistic;
    std::optional<FutureRelease> futureRelease {};
    std::optional<DeliverBy> deliverBy {};
    std::optional<int> priority {}; ///< -9 to 9 (RFC 6710); left out where the server lacks MT-PRIORITY

    /**
     * Whether this may be written to a connection at all. False
     *  - when an address has an octet that could add a command or a parameter: control, space outside a
     *    quoted local part, angle bracket, non-ASCII without Utf8, or what is not UTF-8;
     *  - when an address does not fit into a command line (RFC 5321 section 4.5.3.1.4);
     *  - when there is no recipient or an empty one; the reverse-path may be empty;
     *  - when an extension's value is outside of what its RFC allows.
     */
    [[nodiscard]] bool isSafe() const;
};

} // namespace postrider::smtp
