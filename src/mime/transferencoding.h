// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace postrider::mime {

/// A text part in the form in which it travels.
struct EncodedText
{
    QByteArray charset {};  ///< "us-ascii" or "utf-8"
    QByteArray encoding {}; ///< "7bit", "quoted-printable" or "base64"
    QByteArray octets {};   ///< lines ended by CRLF
};

/// The text with CRLF line ends only, the last line ended too. An empty text stays empty.
[[nodiscard]] QString withCrlfLineEnds(const QString &text);

/**
 * Chooses the transfer encoding of a text: none when it is ASCII in lines of at most 998 octets without
 * control characters, else quoted-printable as long as it is at most half as long again as base64, which is
 * taken for all other scripts (RFC 2045 section 6).
 *
 * avoided is a text that must not stand in the result, such as the boundary of the multipart around it; the
 * encodings cannot contain one that has "=_" in it.
 */
[[nodiscard]] EncodedText encodeText(const QString &text, QByteArrayView avoided = {});

/// Quoted-printable (RFC 2045 section 6.7) of text with CRLF line ends: lines of at most 76 octets, and safe
/// from mail programs that change lines of a single dot or with "From " in front.
[[nodiscard]] QByteArray toQuotedPrintable(QByteArrayView text);

/// The octets that go into one line of base64, so that blocks of a multiple of it can be encoded one by one.
inline constexpr qsizetype OctetsPerBase64Line = 57;

/// Base64 (RFC 2045 section 6.8) in lines of 76 characters with CRLF between them, none behind the last one.
[[nodiscard]] QByteArray toBase64Lines(const QByteArray &octets);

} // namespace postrider::mime
