// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"
#include "mime/draft.h"

class QIODevice;

namespace postrider::mime {

/// Why a message could not be written.
struct WriteError
{
    enum class Kind {
        AttachmentUnreadable, ///< subject is its path
        OutputFailed,         ///< the device did not take the octets (disk full)
        BadAddress,           ///< subject is the address
    };
    Kind kind = Kind::OutputFailed;
    QString subject {};
    QString reason {}; ///< the system's own words, untranslated
};

/// What the transport must know of a message that was written.
struct WrittenMessage
{
    qint64 size = 0; ///< octets with CRLF line ends, before dot-stuffing (RFC 1870 section 6)
    enum class Content { SevenBit, EightBit } content = Content::SevenBit; ///< of header and body together
    /// Utf8: the message's own header has raw octets above 127, so that the server must know SMTPUTF8 (RFC
    /// 6531 section 3.4), not only 8BITMIME.
    enum class Header { Ascii, Utf8 } header = Header::Ascii;
};

/**
 * Writes the draft as an RFC 5322 message with MIME: header, text part, attachments.
 *
 * The output has CRLF line ends only, has no line over 998 octets, never a Bcc field, and nothing about this
 * computer. It is 7-bit clean, unless an address in its header has a non-ASCII local part: there is no ASCII
 * form of that, so the header is UTF-8 then (RFC 6532). Attachments are read and encoded as a stream; memory
 * does not grow with their size. The caller's device decides about durability. Works on any thread.
 */
[[nodiscard]] base::Expected<WrittenMessage, WriteError> writeMessage(const Draft &draft, const Stamp &stamp,
                                                                      QIODevice &output);

} // namespace postrider::mime
