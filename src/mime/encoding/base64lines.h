// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace postrider::mime {

/// The octets that go into one line of base64, so that blocks of a multiple of it can be encoded one by one.
inline constexpr qsizetype OctetsPerBase64Line = 57;

/// How long the base64 of so many octets is, in lines of 76 characters with CRLF between them (RFC 2045
/// section 6.8), none behind the last one.
[[nodiscard]] constexpr qint64 base64LinesSize(qint64 octets)
{
    if (octets <= 0)
        return 0;
    return (octets + 2) / 3 * 4 + (octets - 1) / OctetsPerBase64Line * 2;
}

/// The ways to encode. All give the same characters; which of them a computer has is found at run time.
enum class Base64Way {
    Portable,
    Avx2, ///< 24 octets at a time on x86-64
};

/// Whether this computer has what the way needs.
[[nodiscard]] bool hasBase64Way(Base64Way way);

/// Writes the lines to target, which has room for base64LinesSize(), and tells how many characters that were.
/// Without a way, the fastest one that the computer has is taken.
qsizetype writeBase64Lines(QByteArrayView octets, char *target);
qsizetype writeBase64Lines(QByteArrayView octets, char *target, Base64Way way);

/// Base64 in lines of 76 characters with CRLF between them, none behind the last one.
[[nodiscard]] QByteArray toBase64Lines(QByteArrayView octets);

} // namespace postrider::mime
