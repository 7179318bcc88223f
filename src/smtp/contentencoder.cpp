// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "smtp/contentencoder.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace postrider::smtp {

ContentEncoder::ContentEncoder(std::unique_ptr<QIODevice> device, qint64 expectedOctets)
    : m_device(std::move(device))
    , m_expectedOctets(expectedOctets)
{ }

ContentEncoder::Status ContentEncoder::take(QByteArray &out, qsizetype maxOctets)
{
    const qsizetype end = out.size() + maxOctets;
    while (true) {
        if (!m_pending.isEmpty()) {
            if (out.size() == end)
                return Status::More;
            // The dot that doubles another is the one that is sent first; it is no content.
            m_octets += m_pending == QByteArrayView("..") ? 0 : 1;
            out.append(m_pending.front());
            m_pending = m_pending.sliced(1);
            continue;
        }
        if (m_position == m_block.size()) {
            if (fill())
                continue;
            if (m_isUnreadable)
                return Status::Unreadable;
            if (!m_isAtLineStart) {
                m_pending = "\r\n";
                m_isAtLineStart = true;
                continue;
            }
            m_isUnreadable = m_octets < m_expectedOctets;
            return m_isUnreadable ? Status::Unreadable : Status::AtEnd;
        }
        if (out.size() == end)
            return Status::More;

        const char c = m_block.at(m_position);
        const bool isSecondHalf = c == '\n' && m_isAfterCr;
        m_isAfterCr = c == '\r';
        if (c == '\r' || c == '\n') {
            ++m_position;
            m_isAtLineStart = true;
            m_pending = isSecondHalf ? QByteArrayView() : QByteArrayView("\r\n");
        } else if (c == '.' && m_isAtLineStart) {
            ++m_position;
            m_isAtLineStart = false;
            m_pending = "..";
        } else {
            m_isAtLineStart = false;
            takeRun(out, end - out.size());
        }
    }
}

bool ContentEncoder::fill()
{
    if (m_isExhausted || m_isUnreadable)
        return false;
    m_block.resize(BlockOctets);
    m_position = 0;
    const qint64 count = m_device ? m_device->read(m_block.data(), BlockOctets) : -1;
    m_block.resize(std::max<qint64>(count, 0));
    // A device that has nothing now but is not at its end is none that can be waited for here.
    m_isUnreadable = count < 0 || (count == 0 && !m_device->atEnd());
    m_isExhausted = count == 0;
    return count > 0;
}

/// Copies up to the next line end in one go; most of a message is made of such runs.
void ContentEncoder::takeRun(QByteArray &out, qsizetype maxOctets)
{
    const char *const start = m_block.constData() + m_position;
    qsizetype length = std::min(maxOctets, m_block.size() - m_position);
    for (const char lineEnd : { '\n', '\r' }) {
        if (const void *found = std::memchr(start, lineEnd, static_cast<size_t>(length)))
            length = static_cast<const char *>(found) - start;
    }
    out.append(start, length);
    m_position += length;
    m_octets += length;
}

} // namespace postrider::smtp
