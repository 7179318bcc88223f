// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/header/parameters.h"

#include "mime/address/localpart.h"
#include "mime/encoding/charset.h"
#include "mime/header/encodedword.h"

#include <QMap>

#include <algorithm>

namespace postrider::mime {

namespace {

constexpr qsizetype LongestPiece = 76;     // with a space before and a semicolon behind it: 78
constexpr qsizetype MostParameters = 1000; // of one field; nobody has so many, and each may be one piece

bool isBlank(char octet)
{
    return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
}

/// RFC 2045 section 5.1 "token".
bool isTokenOctet(char octet)
{
    return octet > ' ' && octet < 0x7F && !QByteArrayView("()<>@,;:\\\"/[]?=").contains(octet);
}

/// RFC 2231 section 7 "attribute-char".
bool isAttributeOctet(char octet)
{
    return isTokenOctet(octet) && octet != '*' && octet != '\'' && octet != '%';
}

int hexDigit(char octet)
{
    if (octet >= '0' && octet <= '9')
        return octet - '0';
    const char lower = static_cast<char>(octet | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

QByteArray percentDecoded(QByteArrayView encoded)
{
    QByteArray octets;
    for (qsizetype i = 0; i < encoded.size(); ++i) {
        const int high = encoded.at(i) == '%' && i + 2 < encoded.size() ? hexDigit(encoded.at(i + 1)) : -1;
        const int low = high >= 0 ? hexDigit(encoded.at(i + 2)) : -1;
        if (low >= 0) {
            octets += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            octets += encoded.at(i);
        }
    }
    return octets;
}

/// Walks through a field body.
class Scanner
{
public:
    explicit Scanner(QByteArrayView octets)
        : m_octets(octets)
    { }

    [[nodiscard]] bool atEnd() const { return m_position == m_octets.size(); }
    [[nodiscard]] char current() const { return m_octets.at(m_position); }
    void advance() { ++m_position; }

    /// Over blank space and comments (RFC 5322 section 3.2.2).
    void skipSpace()
    {
        int depth = 0;
        for (; !atEnd(); advance()) {
            if (current() == '(')
                ++depth;
            else if (depth > 0 && current() == ')')
                --depth;
            else if (depth > 0 && current() == '\\' && m_position + 1 < m_octets.size())
                advance();
            else if (depth == 0 && !isBlank(current()))
                return;
        }
    }

    /// Up to one of these octets, without blank space at the end. Blank space within is kept, because
    /// programs that forget the quotes mean it.
    [[nodiscard]] QByteArray until(QByteArrayView ends)
    {
        const qsizetype begin = m_position;
        while (!atEnd() && !ends.contains(current()))
            advance();
        return m_octets.sliced(begin, m_position - begin).toByteArray().trimmed();
    }

    /// A quoted string, without its quotes and backslashes. It may lack the last quote.
    [[nodiscard]] QByteArray quotedString()
    {
        QByteArray value;
        for (advance(); !atEnd(); advance()) {
            if (current() == '"') {
                advance();
                break;
            }
            // Before anything else than a quote or a backslash it is a path of Windows, not an escape.
            const bool isEscape = current() == '\\' && m_position + 1 < m_octets.size()
                && (m_octets.at(m_position + 1) == '"' || m_octets.at(m_position + 1) == '\\');
            if (isEscape)
                advance();
            if (current() != '\r' && current() != '\n')
                value += current();
        }
        return value;
    }

private:
    QByteArrayView m_octets;
    qsizetype m_position = 0;
};

/// One piece of a parameter in the form of RFC 2231.
struct Piece
{
    QByteArray octets {};
    bool isEncoded = false;
};

/// A parameter in all the forms in which it came.
struct Forms
{
    QByteArray plain {};
    bool hasPlain = false;
    QMap<int, Piece> pieces {}; ///< by their number; a single one "name*=" is number 0
};

QString decodedPieces(const QMap<int, Piece> &pieces)
{
    QByteArray charset;
    QByteArray octets;
    int expected = 0;
    for (auto it = pieces.cbegin(); it != pieces.cend() && it.key() == expected; ++it, ++expected) {
        QByteArray encoded = it->octets;
        if (it.key() == 0 && it->isEncoded) {
            const qsizetype charsetEnd = encoded.indexOf('\'');
            const qsizetype languageEnd = encoded.indexOf('\'', charsetEnd + 1);
            if (charsetEnd >= 0 && languageEnd >= 0) {
                charset = encoded.first(charsetEnd);
                encoded = encoded.sliced(languageEnd + 1);
            }
        }
        octets += it->isEncoded ? percentDecoded(encoded) : encoded;
    }
    if (const auto text = decodeCharset(octets, charset))
        return *text;
    return decodeHeaderText(octets);
}

/// Splits "filename*0*" into name, number and whether the value is percent-encoded.
void addParameter(QHash<QByteArray, Forms> &all, QByteArray name, const QByteArray &value)
{
    Piece piece { .octets = value };
    if (name.endsWith('*')) {
        piece.isEncoded = true;
        name.chop(1);
    }
    const qsizetype star = name.indexOf('*');
    bool isNumber = false;
    const int number = star < 0 ? 0 : name.sliced(star + 1).toInt(&isNumber);
    if (star < 0 && !piece.isEncoded) {
        Forms &forms = all[name];
        if (!forms.hasPlain)
            forms.plain = value;
        forms.hasPlain = true;
        return;
    }
    if (star >= 0 && (!isNumber || number < 0))
        return;
    Forms &forms = all[star < 0 ? name : name.first(star)];
    if (!forms.pieces.contains(number))
        forms.pieces.insert(number, piece);
}

/// Without a comment behind the value, "us-ascii (Plain text)"; parentheses elsewhere are its own.
QByteArray withoutComment(const QByteArray &value)
{
    const qsizetype begin = value.indexOf(" (");
    return begin > 0 && value.endsWith(')') ? value.first(begin).trimmed() : value;
}

bool isToken(const QByteArray &octets)
{
    return !octets.isEmpty() && std::all_of(octets.cbegin(), octets.cend(), isTokenOctet);
}

QByteArray percentEncoded(const QByteArray &octets)
{
    QByteArray result;
    for (const char octet : octets) {
        if (isAttributeOctet(octet))
            result += octet;
        else
            result += '%' + QByteArray(1, octet).toHex().toUpper();
    }
    return result;
}

} // namespace

ParameterizedValue parseParameters(QByteArrayView fieldBody)
{
    ParameterizedValue result;
    Scanner scanner(fieldBody);
    scanner.skipSpace();
    QByteArray value = scanner.until(";(");
    value.replace(' ', "").replace('\t', "").replace('\r', "").replace('\n', "");
    result.value = value.toLower();

    QHash<QByteArray, Forms> all;
    for (qsizetype count = 0; count < MostParameters; ++count) {
        scanner.skipSpace();
        while (!scanner.atEnd() && scanner.current() != ';')
            (void)scanner.until(";");
        if (scanner.atEnd())
            break;
        scanner.advance();
        scanner.skipSpace();
        const QByteArray name = scanner.until("=;").toLower();
        if (scanner.atEnd() || scanner.current() == ';')
            continue;
        scanner.advance();
        scanner.skipSpace();
        const bool isQuoted = !scanner.atEnd() && scanner.current() == '"';
        const QByteArray octets = isQuoted ? scanner.quotedString() : withoutComment(scanner.until(";"));
        if (isToken(name) && !name.startsWith('*')) // the asterisk belongs behind a name (RFC 2231 section 7)
            addParameter(all, name, octets);
    }
    for (auto it = all.cbegin(); it != all.cend(); ++it) {
        const bool isExtended = it->pieces.contains(0);
        if (isExtended)
            result.parameters.insert(it.key(), decodedPieces(it->pieces));
        else if (it->hasPlain)
            result.parameters.insert(it.key(), decodeHeaderText(it->plain));
    }
    return result;
}

QList<QByteArray> parameterPieces(QByteArrayView attribute, const QString &value)
{
    const bool isPrintable = std::all_of(value.cbegin(), value.cend(),
                                         [](QChar c) { return c.unicode() >= u' ' && c.unicode() < 0x7F; });
    if (isPrintable && !looksEncoded(value)) {
        const QByteArray simple = attribute.toByteArray() + '=' + quoted(value).toLatin1();
        if (simple.size() <= LongestPiece)
            return { simple };
    }

    // One percent-encoded text for each character, so that no split falls into a character.
    QList<QByteArray> characters;
    for (const char octet : value.toUtf8()) {
        const bool goesOn = (static_cast<unsigned char>(octet) & 0xC0U) == 0x80U;
        if (!goesOn || characters.isEmpty())
            characters.append(QByteArray());
        characters.last() += percentEncoded(QByteArray(1, octet));
    }
    const QByteArray whole = attribute.toByteArray() + "*=utf-8''" + characters.join();
    if (whole.size() <= LongestPiece)
        return { whole };

    QList<QByteArray> pieces;
    QByteArray piece = attribute.toByteArray() + "*0*=utf-8''";
    for (const QByteArray &character : characters) {
        if (piece.size() + character.size() + 1 > LongestPiece) {
            pieces.append(piece + ';');
            piece = attribute.toByteArray() + '*' + QByteArray::number(pieces.size()) + "*=";
        }
        piece += character;
    }
    pieces.append(piece);
    return pieces;
}

} // namespace postrider::mime
