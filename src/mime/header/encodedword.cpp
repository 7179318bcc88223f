// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/header/encodedword.h"

#include "mime/encoding/charset.h"

#include <QRegularExpression>
#include <QTextBoundaryFinder>

#include <algorithm>
#include <optional>

namespace postrider::mime {

using namespace Qt::StringLiterals;

namespace {

enum class Encoding { Q, B };

constexpr QByteArrayView BeginQ = "=?utf-8?Q?";
constexpr QByteArrayView BeginB = "=?utf-8?B?";
constexpr QByteArrayView EndOfWord = "?=";
constexpr qsizetype Frame = BeginQ.size() + EndOfWord.size();

/// The octets that stand for themselves in Q within a phrase (RFC 2047 section 5, rule 3).
bool isPlainInQ(char octet)
{
    return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z') || (octet >= '0' && octet <= '9')
        || QByteArrayView("!*+-/").contains(octet);
}

QByteArray toQ(const QByteArray &octets)
{
    QByteArray result;
    for (const char octet : octets) {
        if (isPlainInQ(octet))
            result += octet;
        else if (octet == ' ')
            result += '_';
        else
            result += '=' + QByteArray(1, octet).toHex().toUpper();
    }
    return result;
}

qsizetype encodedSize(const QByteArray &octets, Encoding encoding)
{
    if (encoding == Encoding::B)
        return (octets.size() + 2) / 3 * 4;
    qsizetype size = 0;
    for (const char octet : octets)
        size += isPlainInQ(octet) || octet == ' ' ? 1 : 3;
    return size;
}

QByteArray frame(const QByteArray &octets, Encoding encoding)
{
    return encoding == Encoding::Q ? BeginQ + toQ(octets) + EndOfWord
                                   : BeginB + octets.toBase64() + EndOfWord;
}

QList<QByteArray> splitAt(const QString &text, QTextBoundaryFinder::BoundaryType type)
{
    QList<QByteArray> pieces;
    QTextBoundaryFinder finder(type, text);
    qsizetype begin = 0;
    for (qsizetype end = finder.toNextBoundary(); end > begin; end = finder.toNextBoundary()) {
        // Behind Thai letters, Qt 6.4 finds boundaries inside of characters.
        if (end < text.size() && text.at(end - 1).isHighSurrogate() && text.at(end).isLowSurrogate())
            continue;
        pieces.append(QStringView(text).sliced(begin, end - begin).toUtf8());
        begin = end;
    }
    return pieces;
}

/// Grapheme clusters; one that is too long for a whole word falls apart into characters.
QList<QByteArray> indivisiblePieces(const QString &text, Encoding encoding)
{
    QList<QByteArray> pieces;
    for (const QByteArray &cluster : splitAt(text, QTextBoundaryFinder::Grapheme)) {
        if (encodedSize(cluster, encoding) <= LongestEncodedWord - Frame) {
            pieces.append(cluster);
            continue;
        }
        for (const uint codePoint : QString::fromUtf8(cluster).toUcs4()) {
            const char32_t character = codePoint;
            pieces.append(QString::fromUcs4(&character, 1).toUtf8());
        }
    }
    return pieces;
}

std::optional<QByteArray> fromQ(QStringView encoded)
{
    QByteArray octets;
    for (qsizetype i = 0; i < encoded.size(); ++i) {
        const QChar character = encoded.at(i);
        if (character == u'_') {
            octets += ' ';
        } else if (character == u'=') {
            bool isHex = false;
            const uint octet = encoded.mid(i + 1, 2).toUInt(&isHex, 16);
            if (!isHex || i + 2 >= encoded.size())
                return std::nullopt;
            octets += static_cast<char>(octet);
            i += 2;
        } else if (character.unicode() < 0x80) {
            octets += character.toLatin1();
        } else {
            return std::nullopt;
        }
    }
    return octets;
}

std::optional<QByteArray> fromB(QStringView encoded)
{
    const auto decoded
        = QByteArray::fromBase64Encoding(encoded.toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? std::optional(*decoded) : std::nullopt;
}

struct EncodedWord
{
    QByteArray charset {};
    QByteArray octets {};
};

std::optional<EncodedWord> parse(const QRegularExpressionMatch &match)
{
    // RFC 2231 section 5 lets a language follow the charset.
    const QByteArray charset = match.captured(1).section(u'*', 0, 0).toLatin1().toLower();
    const auto octets = match.capturedView(2).compare(u"b", Qt::CaseInsensitive) == 0
        ? fromB(match.capturedView(3))
        : fromQ(match.capturedView(3));
    if (!octets)
        return std::nullopt;
    return EncodedWord { .charset = charset, .octets = *octets };
}

bool isBlank(QStringView text)
{
    return std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c.isSpace(); });
}

} // namespace

QList<QByteArray> encodedWords(const QString &text, qsizetype firstRoom)
{
    const QByteArray utf8 = text.toUtf8();
    const bool isReadableInQ = 2 * encodedSize(utf8, Encoding::Q) <= 3 * encodedSize(utf8, Encoding::B);
    const Encoding encoding = isReadableInQ ? Encoding::Q : Encoding::B;

    QList<QByteArray> words;
    QByteArray pending;
    qsizetype room = std::min(firstRoom, LongestEncodedWord);
    for (const QByteArray &piece : indivisiblePieces(text, encoding)) {
        if (Frame + encodedSize(pending + piece, encoding) > room) {
            words.append(pending.isEmpty() ? QByteArray() : frame(pending, encoding));
            pending.clear();
            room = LongestEncodedWord;
        }
        pending += piece;
    }
    if (!pending.isEmpty())
        words.append(frame(pending, encoding));
    return words;
}

bool looksEncoded(QStringView text)
{
    return text.contains(u"=?");
}

QString decodeHeaderText(QByteArrayView octets)
{
    const QByteArray copy = octets.toByteArray();
    return decodeEncodedWords(decodeCharset(copy, "utf-8").value_or(QString::fromLatin1(copy)));
}

QString decodeEncodedWords(const QString &text)
{
    static const QRegularExpression pattern(u"=\\?([^?\\s]+)\\?([BbQq])\\?([^?]*)\\?="_s);

    QString result;
    // Octets of adjacent words in one charset are joined first: some programs split characters among words.
    EncodedWord pending;
    QString pendingAsWritten;
    const auto flush = [&] {
        if (!pendingAsWritten.isEmpty())
            result += decodeCharset(pending.octets, pending.charset).value_or(pendingAsWritten);
        pending = {};
        pendingAsWritten.clear();
    };

    qsizetype behindLast = 0;
    for (auto matches = pattern.globalMatch(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        const auto word = parse(match);
        if (!word)
            continue;
        const QStringView between = QStringView(text).sliced(behindLast, match.capturedStart() - behindLast);
        const bool isAdjacent = !pendingAsWritten.isEmpty() && isBlank(between);
        if (isAdjacent && word->charset == pending.charset) {
            pending.octets += word->octets;
            pendingAsWritten += between + match.capturedView();
        } else {
            flush();
            if (!isAdjacent)
                result += between;
            pending = *word;
            pendingAsWritten = match.captured();
        }
        behindLast = match.capturedEnd();
    }
    flush();
    return result + QStringView(text).sliced(behindLast);
}

} // namespace postrider::mime
