// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/header/filename.h"

#include "mime/address/localpart.h"
#include "mime/encoding/wellformed.h"
#include "mime/header/encodedword.h"
#include "mime/header/parameters.h"

#include <algorithm>

namespace postrider::mime {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype LongestParameter = 76;                // with a space before and a semicolon behind it: 78
constexpr qsizetype LongestParameterWithEncodedWord = 75; // with a space before it: 76

bool isAscii(QStringView text)
{
    return std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c.unicode() <= 0x7F; });
}

bool changesDirection(QChar character)
{
    const char16_t c = character.unicode();
    return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
}

/// ASCII that still tells a person which file it is: accents dropped, runs of other characters and the spaces
/// among them as one underscore, the suffix kept.
QString resemblingAscii(const QString &fileName)
{
    constexpr qsizetype LongestStem = 40;
    constexpr qsizetype LongestSuffix = 12;
    const auto fold = [](QStringView text) {
        QString result;
        for (const QChar character : text.toString().normalized(QString::NormalizationForm_KD)) {
            if (character.isMark())
                continue;
            const bool isKept = character.unicode() <= 0x7F && !u"\"\\/=?"_s.contains(character);
            const bool isBehindUnderscore = result.endsWith(u'_');
            if (isKept && !(isBehindUnderscore && character == u' '))
                result += character;
            else if (!isKept && !isBehindUnderscore)
                result += u'_';
        }
        return result;
    };
    const qsizetype dot = fileName.lastIndexOf(u'.');
    const bool hasSuffix = dot > 0 && fileName.size() - dot <= LongestSuffix;
    const QStringView whole(fileName);
    const QStringView stem = hasSuffix ? whole.first(dot) : whole;
    // What looks like one or two dots may have become them.
    return safeFileName(fold(stem).left(LongestStem) + (hasSuffix ? fold(whole.sliced(dot)) : QString()));
}

} // namespace

QString safeFileName(const QString &name)
{
    const qsizetype separator = std::max(name.lastIndexOf(u'/'), name.lastIndexOf(u'\\'));
    QString result;
    for (const QChar character : QStringView(name).sliced(separator + 1)) {
        const bool isLineEnd = character == QChar::LineSeparator || character == QChar::ParagraphSeparator;
        if (character.category() != QChar::Other_Control && !isLineEnd && !changesDirection(character))
            result += character;
    }
    result = toWellFormed(result).trimmed();
    const bool hasName = !result.isEmpty() && result != "."_L1 && result != ".."_L1;
    return hasName ? result : u"attachment"_s;
}

QList<QByteArray> fileNameParameter(const QString &fileName)
{
    return parameterPieces("filename", fileName);
}

QByteArray nameParameter(const QString &fileName)
{
    if (isAscii(fileName) && !looksEncoded(fileName)) {
        const QByteArray simple = "name=" + quoted(fileName).toLatin1();
        if (simple.size() <= LongestParameter)
            return simple;
    } else {
        const QByteArray word = "=?utf-8?B?" + fileName.toUtf8().toBase64() + "?=";
        const QByteArray encoded = "name=\"" + word + '"';
        if (word.size() <= LongestEncodedWord && encoded.size() <= LongestParameterWithEncodedWord)
            return encoded;
    }
    return "name=" + quoted(resemblingAscii(fileName)).toLatin1();
}

} // namespace postrider::mime
