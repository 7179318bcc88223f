// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/localpart.h"

#include <algorithm>

namespace postrider::mime {

namespace {

constexpr qsizetype LongestLocalPart = 64; // octets, RFC 5321 section 4.5.3.1.1

/// Characters that nobody sees and nobody types: they come along with pasted text.
bool isInvisible(QChar character)
{
    const char16_t c = character.unicode();
    return c == 0x00AD || c == 0x200B || c == 0x200E || c == 0x200F || (c >= 0x2028 && c <= 0x202E)
        || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

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

std::optional<AddressError::Kind> checkLocalPart(QStringView localPart)
{
    if (localPart.isEmpty())
        return AddressError::Kind::NoLocalPart;
    const bool hasControl = std::any_of(localPart.cbegin(), localPart.cend(), [](QChar c) {
        return c.category() == QChar::Other_Control || isInvisible(c);
    });
    if (hasControl)
        return AddressError::Kind::ControlCharacter;
    if (!localPart.isValidUtf16())
        return AddressError::Kind::BadLocalPart;
    if (localPart.toUtf8().size() > LongestLocalPart)
        return AddressError::Kind::TooLong;
    return std::nullopt;
}

} // namespace postrider::mime
