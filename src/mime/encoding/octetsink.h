// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "mime/messagewriter.h"

#include <QByteArrayView>
#include <QString>

class QIODevice;

namespace postrider::mime {

/// Writes to a device that it does not own, and keeps account of what went there.
class OctetSink
{
public:
    explicit OctetSink(QIODevice &device)
        : m_device(device)
    { }

    /// Whether the device took all octets.
    [[nodiscard]] bool write(QByteArrayView octets);
    /// The same for what was made from ASCII, such as base64.
    [[nodiscard]] bool writeSevenBit(QByteArrayView octets);

    [[nodiscard]] const WrittenMessage &written() const noexcept { return m_written; }
    [[nodiscard]] QString errorString() const;

private:
    QIODevice &m_device;
    WrittenMessage m_written {};
};

} // namespace postrider::mime
