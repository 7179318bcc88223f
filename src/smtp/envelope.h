// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QList>

namespace postrider::smtp {

/// Who a message is from and for, as the commands of one mail transaction say it (RFC 5321 section 2.3.1).
struct Envelope
{
    enum class Body { SevenBit, EightBitMime };
    enum class Addresses { Ascii, Utf8 }; ///< Utf8 needs SMTPUTF8 (RFC 6531)

    QByteArray reversePath {};       ///< without angle brackets
    QList<QByteArray> recipients {}; ///< forward-paths without angle brackets, at least one
    qint64 size = 0;                 ///< octets of the content with CRLF, before dot-stuffing
    Body body = Body::SevenBit;
    Addresses addresses = Addresses::Ascii;

    /// False when an address has an octet that could add a command or a parameter: control, space outside
    /// a quoted local part, angle bracket, non-ASCII without Utf8, or what is not UTF-8; when one is too long
    /// for a command line (RFC 5321 section 4.5.3.1.4); and when there is no recipient or an empty one. The
    /// reverse-path may be empty. Such an envelope is never written to a connection.
    [[nodiscard]] bool isSafe() const;
};

} // namespace postrider::smtp
