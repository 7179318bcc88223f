// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/encodedword.h"

#include <QRegularExpression>
#include <QStringDecoder>
#include <QTextBoundaryFinder>

#include <algorithm>
#include <array>
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

/// Windows-1252 where it differs from ISO-8859-1: 0x80 to 0x9F.
constexpr std::array<char16_t, 32> Windows1252 {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
};

QString fromWindows1252(const QByteArray &octets)
{
    QString text = QString::fromLatin1(octets);
    for (QChar &character : text) {
        if (character.unicode() >= 0x80 && character.unicode() <= 0x9F)
            character = QChar(Windows1252.at(character.unicode() - 0x80));
    }
    return text;
}

QString fromLatin9(const QByteArray &octets)
{
    QString text = QString::fromLatin1(octets);
    for (QChar &character : text) {
        switch (character.unicode()) {
        case 0xA4:
            character = u'\u20AC';
            break;
        case 0xA6:
            character = u'\u0160';
            break;
        case 0xA8:
            character = u'\u0161';
            break;
        case 0xB4:
            character = u'\u017D';
            break;
        case 0xB8:
            character = u'\u017E';
            break;
        case 0xBC:
            character = u'\u0152';
            break;
        case 0xBD:
            character = u'\u0153';
            break;
        case 0xBE:
            character = u'\u0178';
            break;
        default:
            break;
        }
    }
    return text;
}

bool isAscii(QByteArrayView octets)
{
    return std::all_of(octets.cbegin(), octets.cend(), [](char octet) { return octet >= 0; });
}

std::optional<QString> fromUtf8(const QByteArray &octets)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder.decode(octets);
    return decoder.hasError() ? std::nullopt : std::optional(text);
}

std::optional<QString> decodeCharset(const QByteArray &octets, const QString &charset)
{
    if (charset == "utf-8"_L1 || charset == "utf8"_L1)
        return fromUtf8(octets);
    // The web reads ISO-8859-1 as windows-1252, and so do the programs that mislabel their mail.
    if (charset == "iso-8859-1"_L1 || charset == "windows-1252"_L1 || charset == "us-ascii"_L1)
        return fromWindows1252(octets);
    if (charset == "iso-8859-15"_L1)
        return fromLatin9(octets);
    // The other ISO-8859 and Windows code pages agree with ASCII in their lower half.
    if (isAscii(octets) && (charset.startsWith("iso-8859-"_L1) || charset.startsWith("windows-125"_L1)))
        return QString::fromLatin1(octets);
    return std::nullopt;
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
    QString charset {};
    QByteArray octets {};
};

std::optional<EncodedWord> parse(const QRegularExpressionMatch &match)
{
    // RFC 2231 section 5 lets a language follow the charset.
    const QString charset = match.captured(1).section(u'*', 0, 0).toLower();
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
    return decodeEncodedWords(fromUtf8(copy).value_or(QString::fromLatin1(copy)));
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
