// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "mime/encoding/base64lines.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace postrider::mime {

/// A text part in the form in which it travels.
struct EncodedText
{
    QByteArray charset {};  ///< "us-ascii" or "utf-8"
    QByteArray encoding {}; ///< "7bit", "8bit", "quoted-printable" or "base64"
    QByteArray octets {};   ///< lines ended by CRLF
};

/// What may stand in the body of a part. EightBit is for servers with 8BITMIME (RFC 6152).
enum class BodyOctets { SevenBit, EightBit };

/// Whether a text must arrive octet by octet, because a signature is made over it (RFC 3156 section 3, RFC
/// 8551 section 3.1.2): then nothing stands as it is that some server might change.
enum class TextProtection { None, ForSignature };

/// How a text may travel.
struct TextTransport
{
    BodyOctets octets = BodyOctets::SevenBit;
    TextProtection protection = TextProtection::None;
    /// Must not stand in the result, such as the boundary of the multipart around it. The encodings cannot
    /// contain one that has "=_" in it.
    QByteArray avoided {};
};

/// The text with CRLF line ends only, the last line ended too. An empty text stays empty.
[[nodiscard]] QString withCrlfLineEnds(const QString &text);

/**
 * Chooses the transfer encoding of a text: none when it is in lines of at most 998 octets without control
 * characters and either ASCII or allowed to be 8-bit, else quoted-printable as long as it is at most half as
 * long again as base64, which is taken for all other scripts (RFC 2045 section 6).
 */
[[nodiscard]] EncodedText encodeText(const QString &text, const TextTransport &transport);
[[nodiscard]] EncodedText encodeText(const QString &text, QByteArrayView avoided = {});

/// Quoted-printable (RFC 2045 section 6.7) of text with CRLF line ends: lines of at most 76 octets, and safe
/// from mail programs that change lines of a single dot or with "From " in front.
[[nodiscard]] QByteArray toQuotedPrintable(QByteArrayView text);

} // namespace postrider::mime
