// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/transferencoding.h"

#include <algorithm>
#include <cstring>

namespace postrider::mime {

namespace {

constexpr qsizetype HardLineLimit = 998; // RFC 5322 section 2.1.1, without CRLF
constexpr qsizetype EncodedLine = 76;    // RFC 2045 sections 6.7 and 6.8
constexpr QByteArrayView LineEnd = "\r\n";

bool isAscii(QStringView text)
{
    return std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c.unicode() <= 0x7F; });
}

/// Whether the octets can travel as they are: no line too long and no control character but tabs and line
/// ends.
bool isSafeAsSevenBit(QByteArrayView octets)
{
    qsizetype column = 0;
    for (const char octet : octets) {
        if (octet == '\n') {
            column = 0;
            continue;
        }
        if (octet == '\r')
            continue;
        if ((octet < ' ' && octet != '\t') || octet == '\x7F' || ++column > HardLineLimit)
            return false;
    }
    return true;
}

bool startsLineEndOrNothing(QByteArrayView text)
{
    return text.isEmpty() || text.startsWith(LineEnd);
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

EncodedText encodeText(const QString &text, QByteArrayView avoided)
{
    const QString lines = withCrlfLineEnds(text);
    const QByteArray octets = lines.toUtf8();
    const bool isPlain = isAscii(lines);
    const bool hasAvoided = !avoided.isEmpty() && octets.contains(avoided);
    if (isPlain && isSafeAsSevenBit(octets) && !hasAvoided)
        return { .charset = "us-ascii", .encoding = "7bit", .octets = octets };

    const QByteArray charset = isPlain ? QByteArray("us-ascii") : QByteArray("utf-8");
    const QByteArray quotedPrintable = toQuotedPrintable(octets);
    const QByteArray base64 = toBase64Lines(octets) + LineEnd;
    // Worth its length as long as people can read most of it, whatever program shows it.
    if (2 * quotedPrintable.size() <= 3 * base64.size())
        return { .charset = charset, .encoding = "quoted-printable", .octets = quotedPrintable };
    return { .charset = charset, .encoding = "base64", .octets = base64 };
}

QByteArray toQuotedPrintable(QByteArrayView text)
{
    static constexpr char Digits[] = "0123456789ABCDEF";
    QByteArray result;
    result.reserve(text.size() + text.size() / 4);
    qsizetype column = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QByteArrayView rest = text.sliced(i);
        if (rest.startsWith(LineEnd)) {
            result += LineEnd;
            column = 0;
            ++i;
            continue;
        }
        const char octet = rest.front();
        const QByteArrayView behind = rest.sliced(1);
        const bool endsLine = startsLineEndOrNothing(behind);
        // A soft line break makes room for itself: the last column of a line is for text only when the line
        // ends behind it. A line may begin at a soft break too, so what must not begin a line is looked for
        // once the column is known.
        const auto isPlain = [&] {
            if (octet == ' ' || octet == '\t')
                return !endsLine;
            if (octet <= ' ' || octet > '~' || octet == '=')
                return false;
            if (column == 0 && octet == '.')
                return !endsLine;
            return column != 0 || !rest.startsWith("From ");
        };
        qsizetype width = isPlain() ? 1 : 3;
        if (column + width > (endsLine ? EncodedLine : EncodedLine - 1)) {
            result += "=\r\n";
            column = 0;
            width = isPlain() ? 1 : 3;
        }
        if (width == 1) {
            result += octet;
        } else {
            const auto value = static_cast<unsigned char>(octet);
            result += '=';
            result += Digits[value >> 4U];
            result += Digits[value & 0x0FU];
        }
        column += width;
    }
    return result;
}

QByteArray toBase64Lines(const QByteArray &octets)
{
    const QByteArray encoded = octets.toBase64();
    if (encoded.size() <= EncodedLine)
        return encoded;
    const qsizetype breaks = (encoded.size() - 1) / EncodedLine;
    QByteArray lines(encoded.size() + breaks * LineEnd.size(), Qt::Uninitialized);
    char *target = lines.data();
    for (qsizetype i = 0; i < encoded.size(); i += EncodedLine) {
        if (i > 0) {
            std::memcpy(target, LineEnd.data(), static_cast<size_t>(LineEnd.size()));
            target += LineEnd.size();
        }
        const qsizetype length = std::min(EncodedLine, encoded.size() - i);
        std::memcpy(target, encoded.constData() + i, static_cast<size_t>(length));
        target += length;
    }
    return lines;
}

} // namespace postrider::mime
