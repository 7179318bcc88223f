// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/transcript.h"

#include "smtp/reply.h"

namespace postrider::delivery {

namespace {

constexpr qsizetype LinesOfTheBeginning = 100;
constexpr qsizetype LongestText = 128 * 1024;
/// A server may send lines of 8 KiB without end; nobody reads them to the end.
constexpr qsizetype LongestLine = 1000;

} // namespace

QString transcriptLine(smtp::Session::Direction direction, QByteArrayView line)
{
    const smtp::Reply asReply { .lines = { line.first(std::min(line.size(), LongestLine)).toByteArray() } };
    const QString text = asReply.text();
    return (direction == smtp::Session::Direction::ToServer ? QStringLiteral("C: ") : QStringLiteral("S: "))
        + text + (line.size() > LongestLine ? QStringLiteral(" …") : QString());
}

void Transcript::add(smtp::Session::Direction direction, QByteArrayView line)
{
    const QString text = transcriptLine(direction, line);
    if (m_beginning.size() < LinesOfTheBeginning) {
        m_beginning.append(text);
        return;
    }
    m_newest.append(text);
    m_newestSize += text.size();
    while (m_newestSize > LongestText) {
        m_newestSize -= m_newest.takeFirst().size();
        m_hasGap = true;
    }
}

QString Transcript::text() const
{
    QStringList lines = m_beginning;
    if (m_hasGap)
        lines.append(QStringLiteral("…"));
    lines += m_newest;
    return lines.join(u'\n');
}

} // namespace postrider::delivery
