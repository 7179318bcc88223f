// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/reader/blockreader.h"

#include <QIODevice>

#include <algorithm>

namespace postrider::mime {

namespace {

constexpr qsizetype BlockSize = 128 * 1024;
static_assert(BlockReader::MostAhead < BlockSize);

} // namespace

BlockReader::BlockReader(QIODevice &device)
    : m_device(device)
    , m_block(BlockSize, Qt::Uninitialized)
{ }

QByteArrayView BlockReader::ahead(qsizetype least)
{
    Q_ASSERT(least <= MostAhead);
    if (m_end - m_begin < least && !m_hasEnded) {
        std::copy(m_block.cbegin() + m_begin, m_block.cbegin() + m_end, m_block.begin());
        m_end -= m_begin;
        m_begin = 0;
        while (m_end < least && !m_hasEnded) {
            const qint64 count = m_device.read(m_block.data() + m_end, m_block.size() - m_end);
            m_hasFailed = count < 0;
            m_hasEnded = count <= 0;
            m_end += std::max<qsizetype>(count, 0);
        }
    }
    return QByteArrayView(m_block).sliced(m_begin, m_end - m_begin);
}

void BlockReader::skip(qsizetype count)
{
    Q_ASSERT(count <= m_end - m_begin);
    m_begin += count;
    m_position += count;
}

QString BlockReader::errorString() const
{
    return m_device.errorString();
}

} // namespace postrider::mime
