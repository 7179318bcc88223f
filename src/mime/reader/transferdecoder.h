// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "mime/reader/entity.h"

#include <QByteArray>
#include <QByteArrayView>

namespace postrider::mime {

/// Takes the transfer encoding off a body that arrives in blocks of any size (RFC 2045 section 6).
///
/// Base64: whatever is no base64 is left out, padding may lack or stand in the middle, as where bodies were
/// put together. Quoted-printable: what is no escape stays as it is, blank space before a line end goes,
/// lines may have any length and any end.
class TransferDecoder
{
public:
    explicit TransferDecoder(TransferEncoding encoding);

    /// The octets that can be told by now; valid until the next call.
    [[nodiscard]] QByteArrayView decode(QByteArrayView block);
    /// The rest of them.
    [[nodiscard]] QByteArrayView finish();

    /// Whether there was anything that the encoding does not have.
    [[nodiscard]] bool isDamaged() const noexcept { return m_isDamaged; }

private:
    [[nodiscard]] QByteArrayView decodeBase64(QByteArrayView block);
    [[nodiscard]] char *endQuantum(char *out);
    [[nodiscard]] QByteArrayView decodeQuotedPrintable(QByteArrayView block);
    [[nodiscard]] char *decodeLine(QByteArrayView line, char *out);

    TransferEncoding m_encoding;
    QByteArray m_output {};
    QByteArray m_held {};     ///< quoted-printable: the beginning of a line
    quint32 m_bits = 0;       ///< base64: what was read of a quantum of four characters
    int m_characters = 0;     ///< of the quantum
    bool m_isPadding = false; ///< base64: the last character was "="
    bool m_isDamaged = false;
};

} // namespace postrider::mime
