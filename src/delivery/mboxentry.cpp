// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/mboxentry.h"

#include <QFileDevice>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace postrider::delivery {

namespace {

constexpr qint64 BlockOctets = 64 * 1024;

/// As asctime() has it, in English whatever the language.
QByteArray timeText(const QDateTime &utc)
{
    const QLocale c = QLocale::c();
    const QString day = QString::number(utc.date().day()).rightJustified(2);
    return (c.toString(utc, u"ddd MMM "_s) + day + c.toString(utc, u" HH:mm:ss yyyy"_s)).toLatin1();
}

bool looksLikeABegin(QByteArrayView line)
{
    qsizetype marks = 0;
    while (marks < line.size() && line[marks] == '>')
        ++marks;
    return line.sliced(marks).startsWith("From ");
}

} // namespace

bool writeMboxEntry(QIODevice &message, QByteArrayView sender, const QDateTime &sent, const OctetSink &sink)
{
    const QByteArray who = sender.isEmpty() ? "MAILER-DAEMON"_ba : sender.toByteArray();
    if (!sink(QByteArray("From " + who + ' ' + timeText(sent) + '\n')))
        return false;
    bool isLineStart = true;
    QByteArray line; ///< of a long one, a piece
    for (;;) {
        const QByteArray more = message.readLine(BlockOctets);
        if (more.isEmpty())
            break;
        line += more;
        if (line.endsWith("\r\n"))
            line.replace(line.size() - 2, 2, "\n");
        else if (line.endsWith('\r'))
            continue; // its LF may come with the next piece
        if (isLineStart && looksLikeABegin(line))
            line.prepend('>');
        if (!sink(line))
            return false;
        isLineStart = line.endsWith('\n');
        line.clear();
    }
    const auto *file = qobject_cast<const QFileDevice *>(&message);
    if (file && file->error() != QFileDevice::NoError)
        return false;
    if (!line.isEmpty() && !sink(line))
        return false;
    isLineStart = isLineStart && line.isEmpty();
    return sink(isLineStart ? "\n" : "\n\n");
}

} // namespace postrider::delivery
