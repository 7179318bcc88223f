// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QChar>
#include <QRandomGenerator>
#include <QString>
#include <QStringList>

namespace support {

/// Text of many scripts with the pieces that are hard for headers: emoji of several characters, combining
/// marks, right-to-left letters, quotes, and what looks like an encoded word. In form NFC, without controls,
/// without blank space at the ends or twice in a row. The same seed gives the same text.
inline QString randomText(QRandomGenerator &random, int mostPieces)
{
    using namespace Qt::StringLiterals;
    static const QStringList pieces {
        u" "_s,      u" "_s,
        u" "_s,      u"a"_s,
        u"word"_s,   u"Smith, Ann"_s,
        u"é"_s,      u"Größe"_s,
        u"日本語"_s, u"한국"_s,
        u"🎉"_s,      u"👨‍👩‍👧‍👦"_s,
        u"🇩🇪"_s,     u"q\u0323\u0301"_s,
        u"שלום"_s,   u"مرحبا"_s,
        u"Мария"_s,  u"ไทย"_s,
        u"हिन्दी"_s,  u"=?"_s,
        u"?="_s,     u"=?utf-8?Q?x?="_s,
        u"_"_s,      u"\""_s,
        u"\\"_s,     u"("_s,
        u")"_s,      u"<"_s,
        u">"_s,      u"@"_s,
        u";"_s,      u":"_s,
        u"."_s,      u"&"_s,
        u"+"_s,      u"longer-piece-of-text-without-a-space"_s,
    };
    QString text;
    for (int i = random.bounded(mostPieces + 1); i > 0; --i)
        text += pieces.at(random.bounded(static_cast<int>(pieces.size())));
    return text.simplified().normalized(QString::NormalizationForm_C);
}

/// Why the field breaks the rules for lines (RFC 5322 section 2.1.1, RFC 2047 section 2), or nothing.
inline QString lineProblem(const QByteArray &field)
{
    using namespace Qt::StringLiterals;
    if (!field.endsWith("\r\n"))
        return u"not ended"_s;
    const QList<QByteArray> lines = field.chopped(2).split('\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        QByteArray line = lines.at(i);
        if (i + 1 < lines.size()) {
            if (!line.endsWith('\r'))
                return u"bare LF"_s;
            line.chop(1);
        }
        if (line.contains('\r'))
            return u"bare CR"_s;
        if (i > 0 && !line.startsWith(' '))
            return u"a second field: "_s + QString::fromLatin1(line);
        if (i > 0 && line.trimmed().isEmpty())
            return u"a line of blanks"_s;
        if (line.size() > (line.contains("=?") ? 76 : 78))
            return u"a long line: "_s + QString::fromLatin1(line);
    }
    return {};
}

} // namespace support
