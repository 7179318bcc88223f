// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"
#include "mime/messagewriter.h"

#include <QString>

class QIODevice;

namespace postrider::mime {

/// Why a message has no 7-bit form.
struct ConversionError
{
    enum class Kind {
        NotConvertible, ///< it would not mean the same any more; reason says what stands in the way
        ReadFailed,
        OutputFailed,
    };
    Kind kind = Kind::NotConvertible;
    QString reason {}; ///< untranslated
};

/**
 * Copies a finished message for a server without 8BITMIME (RFC 6152 section 3): body parts with octets above
 * 127 become quoted-printable when they are text and base64 otherwise, at every level of the MIME tree; all
 * other octets stay as they are. Who reads it gets the same text and the same files.
 *
 * Refused is what cannot be had: octets above 127 in a header, in what was signed (RFC 1847 section 2.1), in
 * a part that claims an encoding already, or around the parts of a multipart. A text that names no charset is
 * declared as UTF-8 when it is that, otherwise as unknown-8bit (RFC 1428).
 *
 * The input has CRLF line ends, can be repositioned and is read from its start. Memory does not grow with the
 * size of the message.
 */
[[nodiscard]] base::Expected<WrittenMessage, ConversionError> toSevenBit(QIODevice &input, QIODevice &output);

} // namespace postrider::mime
