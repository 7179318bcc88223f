// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "smtp/commandstream.h"

#include <algorithm>
#include <utility>

namespace postrider::smtp {

namespace {

/// Room for the commands of a usual message, so that each of them does not make it anew.
constexpr qsizetype UsualFlight = 512;

} // namespace

void CommandStream::append(QByteArrayView octets)
{
    if (m_octets.isEmpty())
        m_octets.reserve(UsualFlight);
    m_octets.append(octets);
}

void CommandStream::appendBlock(const QByteArray &block)
{
    if (waitingOctets() == 0) {
        m_octets = block;
        m_taken = 0;
    } else {
        m_octets.append(block);
    }
}

void CommandStream::await(Awaited awaited)
{
    awaited.end = m_totalTaken + waitingOctets();
    m_awaited.push_back(awaited);
}

void CommandStream::appendLine(QByteArrayView line, const Awaited &awaited)
{
    append(line);
    append("\r\n");
    await(awaited);
}

QByteArray CommandStream::take(qsizetype maxOctets)
{
    const qsizetype count = std::min(maxOctets, waitingOctets());
    m_totalTaken += count;
    if (m_taken == 0 && count == m_octets.size())
        return std::exchange(m_octets, {});
    QByteArray taken = m_octets.mid(m_taken, count);
    m_taken += count;
    if (waitingOctets() == 0) {
        m_octets.resize(0);
        m_taken = 0;
    }
    return taken;
}

void CommandStream::notePassed(qsizetype octets)
{
    Q_ASSERT(waitingOctets() == 0);
    m_totalTaken += octets;
}

CommandStream::Awaited CommandStream::takeFront()
{
    const Awaited awaited = m_awaited.front();
    m_awaited.pop_front();
    return awaited;
}

void CommandStream::clear()
{
    *this = CommandStream();
}

} // namespace postrider::smtp
