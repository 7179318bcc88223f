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

/// The characters of valid UTF-8.
QList<QByteArray> charactersOf(const QByteArray &utf8)
{
    QList<QByteArray> characters;
    for (const char octet : utf8) {
        const bool goesOn = (static_cast<unsigned char>(octet) & 0xC0U) == 0x80U;
        if (goesOn && !characters.isEmpty())
            characters.last() += octet;
        else
            characters.append(QByteArray(1, octet));
    }
    return characters;
}

/// Grapheme clusters; one that is too long for a whole word falls apart into characters.
QList<QByteArray> indivisiblePieces(const QString &text, Encoding encoding)
{
    QList<QByteArray> pieces;
    for (const QByteArray &cluster : splitAt(text, QTextBoundaryFinder::Grapheme)) {
        if (encodedSize(cluster, encoding) <= LongestEncodedWord - Frame)
            pieces.append(cluster);
        else
            pieces += charactersOf(cluster);
    }
    return pieces;
}

/// How many of the pieces make the longest word that fits and, where `multipleOf` is 3, ends with full
/// base64.
qsizetype countThatFit(const QList<QByteArray> &pieces, Encoding encoding, qsizetype room, int multipleOf)
{
    QByteArray octets;
    qsizetype count = 0;
    for (qsizetype i = 0; i < pieces.size(); ++i) {
        octets += pieces.at(i);
        if (Frame + encodedSize(octets, encoding) > room)
            break;
        if (octets.size() % multipleOf == 0)
            count = i + 1;
    }
    return count;
}

QByteArray joined(const QList<QByteArray> &pieces)
{
    return pieces.join(QByteArrayView());
}

/// Takes a word from the front of the pieces, whole clusters if any fits, else characters. Empty when there
/// is no room for one.
QByteArray takeWordInQ(QList<QByteArray> &pieces, qsizetype room)
{
    qsizetype count = countThatFit(pieces, Encoding::Q, room, 1);
    if (count == 0) {
        pieces = charactersOf(pieces.constFirst()) + pieces.sliced(1);
        count = countThatFit(pieces, Encoding::Q, room, 1);
    }
    const QByteArray word = count > 0 ? frame(joined(pieces.first(count)), Encoding::Q) : QByteArray();
    pieces.remove(0, count);
    return word;
}

/// The same. Only the last word has a padded end: readers that join neighbours before they decode them lose
/// what follows a padding, although RFC 2047 section 6.2 has each word decoded for itself.
QByteArray takeWordInB(QList<QByteArray> &pieces, qsizetype room)
{
    constexpr int FullBase64 = 3;
    constexpr qsizetype MostOctets = (LongestEncodedWord - Frame) / 4 * 3;
    qsizetype count = countThatFit(pieces, Encoding::B, room, 1);
    if (count < pieces.size())
        count = countThatFit(pieces, Encoding::B, room, FullBase64);
    if (count == 0) {
        qsizetype octets = 0;
        qsizetype end = 0;
        while (end < pieces.size() && octets <= MostOctets)
            octets += pieces.at(end++).size();
        pieces = charactersOf(joined(pieces.first(end))) + pieces.sliced(end);
        count = countThatFit(pieces, Encoding::B, room, FullBase64);
    }
    if (count == 0) {
        // One character in the other encoding, which readers do not join with this one.
        QList<QByteArray> first { pieces.constFirst() };
        const QByteArray word = takeWordInQ(first, room);
        pieces.remove(0, word.isEmpty() ? 0 : 1);
        return word;
    }
    const QByteArray word = frame(joined(pieces.first(count)), Encoding::B);
    pieces.remove(0, count);
    return word;
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

    qsizetype room = std::min(firstRoom, LongestEncodedWord);
    QList<QByteArray> pieces = indivisiblePieces(text, encoding);
    QList<QByteArray> words;
    while (!pieces.isEmpty()) {
        words.append(encoding == Encoding::Q ? takeWordInQ(pieces, room) : takeWordInB(pieces, room));
        room = LongestEncodedWord;
    }
    return words;
}

bool looksEncoded(QStringView text)
{
    return text.contains(u"=?");
}

QString decodeHeaderText(QByteArrayView octets)
{
    return decodeEncodedWords(readCharset(octets, {}));
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
