// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>

#include <array>
#include <utility>

namespace postrider::smtp {

/**
 * A few blocks of memory that are filled again and again, because fresh memory for each block of a large
 * message costs more than the octets in it.
 *
 * A block may be filled by whoever has the only copy. The pool keeps one of each that it was given, and gives
 * it out again when all the others are gone, which is when the socket has sent it.
 */
class BlockPool
{
public:
    /// An empty array with room for so many octets.
    [[nodiscard]] QByteArray acquire(qsizetype octets)
    {
        for (QByteArray &kept : m_blocks) {
            if (kept.capacity() < octets || !kept.isDetached())
                continue;
            QByteArray block = std::exchange(kept, {});
            block.resize(0);
            return block;
        }
        QByteArray block;
        block.reserve(octets);
        return block;
    }

    void keep(const QByteArray &block)
    {
        m_blocks[m_next] = block;
        m_next = (m_next + 1) % m_blocks.size();
    }

private:
    std::array<QByteArray, 4> m_blocks {};
    size_t m_next = 0;
};

} // namespace postrider::smtp
