// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "delivery/handover.h"

#include <QBuffer>

#include <memory>

namespace postrider::delivery {

/// A message from ann@example.org as a Handover takes it.
inline Consignment consignment(const QList<QByteArray> &recipients,
                               const QByteArray &content = "Subject: x\r\n\r\nHi\r\n")
{
    Consignment message;
    message.envelope.reversePath = "ann@example.org";
    message.envelope.recipients = recipients;
    message.envelope.size = content.size();
    message.openContent = [content]() -> std::unique_ptr<QIODevice> {
        auto buffer = std::make_unique<QBuffer>();
        buffer->setData(content);
        buffer->open(QIODevice::ReadOnly);
        return buffer;
    };
    return message;
}

/// So many recipients, from r0@example.net on.
inline QList<QByteArray> addresses(int count)
{
    QList<QByteArray> made;
    for (int i = 0; i < count; ++i)
        made.append("r" + QByteArray::number(i) + "@example.net");
    return made;
}

} // namespace postrider::delivery
