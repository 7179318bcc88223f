// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/encoding/transferencoding.h"

#include "mime/encoding/octetscan.h"
#include "mime/encoding/wellformed.h"

#include <algorithm>
#include <cstring>

namespace postrider::mime {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype EncodedLine = 76; // RFC 2045 sections 6.7 and 6.8
constexpr QByteArrayView LineEnd = "\r\n";

bool isAscii(QStringView text)
{
    return std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c.unicode() <= 0x7F; });
}

/// Whether the octets can travel as they are: no line too long and no control character but tabs and line
/// ends.
bool canStandAsItIs(QByteArrayView octets)
{
    qsizetype column = 0;
    for (const char octet : octets) {
        if (octet == '\n') {
            column = 0;
            continue;
        }
        if (octet == '\r')
            continue;
        const auto value = static_cast<unsigned char>(octet);
        if ((value < ' ' && value != '\t') || value == 0x7F || ++column > LongestMessageLine)
            return false;
    }
    return true;
}

/// Blanks at the end of a line, and lines with "From " in front, are what servers change.
bool isChangedByServers(QByteArrayView octets)
{
    const QByteArray text = "\n" + octets.toByteArray();
    return text.contains("\nFrom ") || text.contains(" \r\n") || text.contains("\t\r\n");
}

/// What is before the next CRLF.
qsizetype lineSize(QByteArrayView text)
{
    qsizetype from = 0;
    while (from < text.size()) {
        const void *found = std::memchr(text.data() + from, '\n', static_cast<size_t>(text.size() - from));
        if (!found)
            break;
        const qsizetype at = static_cast<const char *>(found) - text.data();
        if (at > 0 && text.at(at - 1) == '\r')
            return at - 1;
        from = at + 1;
    }
    return text.size();
}

/// Room for a line where every octet is encoded, 25 to a line.
qsizetype longestQuotedPrintable(QByteArrayView line)
{
    constexpr qsizetype EncodedOctets = 3;
    constexpr qsizetype OctetsPerLine = (EncodedLine - 1) / EncodedOctets;
    return EncodedOctets * line.size() + EncodedOctets * (line.size() / OctetsPerLine + 1);
}

bool isPrintable(char octet)
{
    return octet > ' ' && octet <= '~' && octet != '=';
}

bool isBlank(char octet)
{
    return octet == ' ' || octet == '\t';
}

/// Whether the whole line stands for itself.
bool isPlainLine(QByteArrayView line)
{
    if (line.size() > EncodedLine || line == "." || line.startsWith("From "))
        return false;
    return (line.isEmpty() || !isBlank(line.back()))
        && std::all_of(line.cbegin(), line.cend(),
                       [](char octet) { return isPrintable(octet) || isBlank(octet); });
}

/// Writes one line, with soft line breaks where it gets too long, and tells where it ended.
char *writeQuotedPrintable(QByteArrayView line, char *target)
{
    static constexpr char Digits[] = "0123456789ABCDEF";
    if (isPlainLine(line)) {
        if (!line.isEmpty())
            std::memcpy(target, line.data(), static_cast<size_t>(line.size()));
        return target + line.size();
    }
    qsizetype column = 0;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const char octet = line.at(i);
        const bool endsLine = i + 1 == line.size();
        // A soft line break makes room for itself: the last column of a line is for text only when the line
        // ends behind it. A line may begin at a soft break too, so what must not begin a line is looked for
        // once the column is known.
        const auto isPlain = [&] {
            if (isBlank(octet))
                return !endsLine;
            if (!isPrintable(octet))
                return false;
            if (column != 0)
                return true;
            return octet == '.' ? !endsLine : octet != 'F' || !line.sliced(i).startsWith("From ");
        };
        qsizetype width = isPlain() ? 1 : 3;
        if (column + width > (endsLine ? EncodedLine : EncodedLine - 1)) {
            std::memcpy(target, "=\r\n", 3);
            target += 3;
            column = 0;
            width = isPlain() ? 1 : 3;
        }
        if (width == 1) {
            *target++ = octet;
        } else {
            const auto value = static_cast<unsigned char>(octet);
            *target++ = '=';
            *target++ = Digits[value >> 4U];
            *target++ = Digits[value & 0x0FU];
        }
        column += width;
    }
    return target;
}

} // namespace

QString withCrlfLineEnds(const QString &text)
{
    QString result;
    result.reserve(text.size() + text.size() / 32 + 2);
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar character = text.at(i);
        if (character == u'\r' && i + 1 < text.size() && text.at(i + 1) == u'\n')
            ++i;
        if (character == u'\r' || character == u'\n' || character == QChar::LineSeparator
            || character == QChar::ParagraphSeparator)
            result += QStringView(u"\r\n");
        else
            result += character;
    }
    if (!result.isEmpty() && !result.endsWith(u'\n'))
        result += QStringView(u"\r\n");
    return result;
}

EncodedText encodeText(const QString &text, const TextTransport &transport)
{
    const QString lines = toWellFormed(withCrlfLineEnds(text));
    const QByteArray octets = lines.toUtf8();
    const bool isPlain = isAscii(lines);
    const QByteArray charset = isPlain ? QByteArray("us-ascii") : QByteArray("utf-8");
    const bool hasAvoided = !transport.avoided.isEmpty() && octets.contains(transport.avoided);
    const bool mayChange = transport.protection == TextProtection::ForSignature && isChangedByServers(octets);
    if ((isPlain || transport.octets == BodyOctets::EightBit) && canStandAsItIs(octets) && !hasAvoided
        && !mayChange)
        return { .charset = charset, .encoding = isPlain ? "7bit"_ba : "8bit"_ba, .octets = octets };

    const QByteArray quotedPrintable = toQuotedPrintable(octets);
    // Worth its length as long as people can read most of it, whatever program shows it.
    const qint64 base64Size = base64LinesSize(octets.size()) + LineEnd.size();
    if (2 * quotedPrintable.size() <= 3 * base64Size)
        return { .charset = charset, .encoding = "quoted-printable"_ba, .octets = quotedPrintable };
    return { .charset = charset, .encoding = "base64"_ba, .octets = toBase64Lines(octets) + LineEnd };
}

EncodedText encodeText(const QString &text, QByteArrayView avoided)
{
    return encodeText(text, TextTransport { .avoided = avoided.toByteArray() });
}

QByteArray toQuotedPrintable(QByteArrayView text)
{
    QByteArray result(text.size() + text.size() / 4 + EncodedLine, Qt::Uninitialized);
    qsizetype size = 0;
    while (!text.isEmpty()) {
        const QByteArrayView line = text.first(lineSize(text));
        const bool isEnded = line.size() < text.size();
        const qsizetype most = longestQuotedPrintable(line) + LineEnd.size();
        if (result.size() - size < most)
            result.resize(result.size() + most + text.size());
        char *target = writeQuotedPrintable(line, result.data() + size);
        if (isEnded) {
            std::memcpy(target, LineEnd.data(), static_cast<size_t>(LineEnd.size()));
            target += LineEnd.size();
        }
        size = target - result.constData();
        text = text.sliced(line.size() + (isEnded ? LineEnd.size() : 0));
    }
    result.truncate(size);
    return result;
}

} // namespace postrider::mime
