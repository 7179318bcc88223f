// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/octetsink.h"

#include <QIODevice>

#include <algorithm>
#include <cstring>

namespace postrider::mime {

namespace {

/// Looks at eight octets at a time: every octet of every message passes here.
bool hasEightBitOctet(QByteArrayView octets)
{
    constexpr quint64 HighBits = 0x8080'8080'8080'8080;
    constexpr qsizetype WordSize = sizeof(quint64);
    while (octets.size() >= WordSize) {
        quint64 word = 0;
        std::memcpy(&word, octets.data(), sizeof word);
        if ((word & HighBits) != 0)
            return true;
        octets = octets.sliced(WordSize);
    }
    return std::any_of(octets.cbegin(), octets.cend(), [](char octet) { return octet < 0; });
}

} // namespace

bool OctetSink::write(QByteArrayView octets)
{
    if (m_written.content == WrittenMessage::Content::SevenBit && hasEightBitOctet(octets))
        m_written.content = WrittenMessage::Content::EightBit;
    m_written.size += octets.size();
    while (!octets.isEmpty()) {
        const qint64 count = m_device.write(octets.data(), octets.size());
        if (count <= 0)
            return false;
        octets = octets.sliced(count);
    }
    return true;
}

QString OctetSink::errorString() const
{
    return m_device.errorString();
}

} // namespace postrider::mime
