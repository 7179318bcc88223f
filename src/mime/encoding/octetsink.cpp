// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/encoding/octetsink.h"

#include "mime/encoding/octetscan.h"

#include <QIODevice>

namespace postrider::mime {

bool OctetSink::write(QByteArrayView octets)
{
    if (m_written.content == WrittenMessage::Content::SevenBit && hasEightBitOctet(octets))
        m_written.content = WrittenMessage::Content::EightBit;
    return writeSevenBit(octets);
}

bool OctetSink::writeSevenBit(QByteArrayView octets)
{
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
