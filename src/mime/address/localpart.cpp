// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/address/localpart.h"

#include <algorithm>

namespace postrider::mime {

namespace {

constexpr qsizetype LongestLocalPart = 64; // octets, RFC 5321 section 4.5.3.1.1

} // namespace

bool isAtomCharacter(QChar character)
{
    const char16_t c = character.unicode();
    if (c > 0x7F)
        return !character.isSpace() && character.category() != QChar::Other_Control;
    if ((c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9'))
        return true;
    return QStringView(u"!#$%&'*+-/=?^_`{|}~").contains(character);
}

bool isDotAtom(QStringView text)
{
    if (text.isEmpty() || text.front() == u'.' || text.back() == u'.' || text.contains(u".."))
        return false;
    return std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c == u'.' || isAtomCharacter(c); });
}

QString quoted(QStringView text)
{
    QString result;
    result.reserve(text.size() + 2);
    result += u'"';
    for (const QChar character : text) {
        if (character == u'"' || character == u'\\')
            result += u'\\';
        result += character;
    }
    result += u'"';
    return result;
}

QString quotedWhenNeeded(QStringView localPart)
{
    return isDotAtom(localPart) ? localPart.toString() : quoted(localPart);
}

bool isInvisible(char32_t character)
{
    constexpr char32_t ZeroWidthNonJoiner = 0x200C;
    constexpr char32_t ZeroWidthJoiner = 0x200D;
    switch (QChar::category(character)) {
    case QChar::Other_Format:
        return character != ZeroWidthNonJoiner && character != ZeroWidthJoiner;
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return false;
    }
}

std::optional<AddressError> checkLocalPart(QStringView localPart)
{
    using Kind = AddressError::Kind;
    if (localPart.isEmpty())
        return AddressError { .kind = Kind::NoLocalPart };
    for (qsizetype i = 0; i < localPart.size();) {
        const bool isPair = localPart.at(i).isHighSurrogate() && i + 1 < localPart.size()
            && localPart.at(i + 1).isLowSurrogate();
        const qsizetype length = isPair ? 2 : 1;
        const char32_t character = isPair ? QChar::surrogateToUcs4(localPart.at(i), localPart.at(i + 1))
                                          : localPart.at(i).unicode();
        const auto bad = [i, length](Kind kind) {
            return AddressError { .kind = kind, .detailPosition = i, .detailLength = length };
        };
        if (QChar::isSurrogate(character))
            return bad(Kind::BadLocalPart);
        if (QChar::category(character) == QChar::Other_Control || isInvisible(character))
            return bad(Kind::ControlCharacter);
        i += length;
    }
    if (localPart.toUtf8().size() > LongestLocalPart)
        return AddressError { .kind = Kind::TooLong, .detail = AddressError::Detail::LocalPartTooLong };
    return std::nullopt;
}

} // namespace postrider::mime
