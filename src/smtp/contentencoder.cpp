// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "smtp/contentencoder.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace postrider::smtp {

namespace {

const char *find(const char *from, const char *end, char octet)
{
    return static_cast<const char *>(std::memchr(from, octet, static_cast<size_t>(end - from)));
}

/// 1 where an octet may not leave behind the one before it, else 0. Numbers and no branches: compilers then
/// look at many octets at once.
quint8 isBrokenLineEnd(char before, char octet)
{
    return quint8(quint8(octet == '\n') ^ quint8(before == '\r'));
}

quint8 isBrokenWhenStuffed(char before, char octet)
{
    const quint8 isDotToDouble = quint8(octet == '.') & quint8(before == '\n');
    return isBrokenLineEnd(before, octet) | isDotToDouble;
}

/// Where the first such octet is behind the very first one; the size, if there is none. Nearly all of a
/// message passes here, and nearly all of it leaves as it is.
template <quint8 (*isBroken)(char, char)>
qsizetype findChange(QByteArrayView octets)
{
    constexpr int Stride = 128;
    const char *const data = octets.data();
    qsizetype next = 1;
    for (; octets.size() - next >= Stride; next += Stride) {
        const char *const before = data + next - 1;
        quint8 found = 0;
        for (int i = 0; i < Stride; ++i)
            found |= isBroken(before[i], before[i + 1]);
        if (found != 0)
            break;
    }
    while (next < octets.size() && isBroken(data[next - 1], data[next]) == 0)
        ++next;
    return next;
}

} // namespace

ContentEncoder::ContentEncoder(std::unique_ptr<QIODevice> device, qint64 expectedOctets)
    : m_device(std::move(device))
    , m_expectedOctets(expectedOctets)
    , m_startPosition(m_device ? m_device->pos() : 0)
{ }

ContentEncoder::Start ContentEncoder::start(Form form)
{
    if (m_isStarted && (!m_device || m_device->isSequential() || !m_device->seek(m_startPosition)))
        return Start::Impossible;
    m_isStarted = true;
    m_form = form;
    m_held.clear();
    m_position = 0;
    m_pending = {};
    m_isAtLineStart = true;
    m_isAfterCr = false;
    m_isExhausted = false;
    m_isUnreadable = false;
    m_octets = 0;
    return Start::Done;
}

ContentEncoder::Status ContentEncoder::take(QByteArray &out, qsizetype maxOctets)
{
    const qsizetype end = out.size() + maxOctets;
    while (takeHeld(out, end) && out.size() < end) {
        if (read(out, end))
            continue;
        if (m_isUnreadable)
            return Status::Unreadable;
        if (m_form != Form::Binary && !m_isAtLineStart) {
            m_pending = "\r\n";
            m_isAtLineStart = true;
            continue;
        }
        m_isUnreadable = m_octets < m_expectedOctets;
        return m_isUnreadable ? Status::Unreadable : Status::AtEnd;
    }
    return Status::More;
}

/// Changes what is held as it has to be. False when there is no room for all of it.
bool ContentEncoder::takeHeld(QByteArray &out, qsizetype end)
{
    while (true) {
        if (!m_pending.isEmpty()) {
            if (out.size() == end)
                return false;
            // The dot that doubles another is the one that is sent first; it is no content.
            m_octets += m_pending == QByteArrayView("..") ? 0 : 1;
            out.append(m_pending.front());
            m_pending = m_pending.sliced(1);
            continue;
        }
        if (m_position == m_held.size())
            return true;
        if (out.size() == end)
            return false;

        const char c = m_held.at(m_position);
        const bool isSecondHalf = c == '\n' && m_isAfterCr;
        m_isAfterCr = c == '\r';
        if (c == '\r' || c == '\n') {
            ++m_position;
            m_isAtLineStart = true;
            m_pending = isSecondHalf ? QByteArrayView() : QByteArrayView("\r\n");
        } else if (c == '.' && m_isAtLineStart && m_form == Form::DotStuffed) {
            ++m_position;
            m_isAtLineStart = false;
            m_pending = "..";
        } else {
            m_isAtLineStart = false;
            takeRun(out, end - out.size());
        }
    }
}

/// Copies up to the next line end in one go; most of a message is made of such runs.
void ContentEncoder::takeRun(QByteArray &out, qsizetype maxOctets)
{
    const char *const start = m_held.constData() + m_position;
    const char *end = start + std::min(maxOctets, m_held.size() - m_position);
    for (const char lineEnd : { '\n', '\r' }) {
        if (const char *found = find(start, end, lineEnd))
            end = found;
    }
    out.append(start, end - start);
    m_position += end - start;
    m_octets += end - start;
}

/// Reads on, after all that was held is taken. False at the end of the device, or when it cannot be read.
bool ContentEncoder::read(QByteArray &out, qsizetype end)
{
    if (m_isExhausted || m_isUnreadable)
        return false;
    const qsizetype before = out.size();
    // No more room than is needed, but one octet more than is expected, so that the end shows.
    const bool isSizeKnown = m_expectedOctets > 0 && m_octets <= m_expectedOctets;
    const qint64 room = isSizeKnown ? m_expectedOctets - m_octets + 1 : BlockOctets;
    out.resize(std::min(end, before + qsizetype(std::min<qint64>(room, BlockOctets))));
    const qint64 count = readDevice(out.data() + before, out.size() - before);
    if (count <= 0) {
        out.resize(before);
        return false;
    }
    const QByteArrayView octets = QByteArrayView(out).sliced(before, count);
    const qsizetype unchanged = m_isAfterCr ? 0 : unchangedOctets(octets);
    m_held = octets.sliced(unchanged).toByteArray();
    m_position = 0;
    m_octets += unchanged;
    out.resize(before + unchanged);
    return true;
}

qint64 ContentEncoder::readDevice(char *data, qsizetype maxOctets)
{
    const qint64 count = m_device ? m_device->read(data, maxOctets) : -1;
    // A device that has nothing now but is not at its end is none that can be waited for here.
    m_isUnreadable = count < 0 || (count == 0 && !m_device->atEnd());
    m_isExhausted = count == 0;
    return count;
}

/// How many octets from the start may leave as they are. A CR at the very end is not among them: what follows
/// it is not known. No CR came before them.
qsizetype ContentEncoder::unchangedOctets(QByteArrayView octets)
{
    if (m_form == Form::Binary)
        return octets.size();
    const bool isDotFirst = m_isAtLineStart && m_form == Form::DotStuffed && octets.front() == '.';
    if (isDotFirst || octets.front() == '\n')
        return 0;
    qsizetype unchanged = m_form == Form::DotStuffed ? findChange<isBrokenWhenStuffed>(octets)
                                                     : findChange<isBrokenLineEnd>(octets);
    if (octets.at(unchanged - 1) == '\r')
        --unchanged; // without its LF
    if (unchanged > 0)
        m_isAtLineStart = octets.at(unchanged - 1) == '\n';
    return unchanged;
}

} // namespace postrider::smtp
