// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/address/addressliteral.h"

#include <QChar>
#include <QList>

#include <algorithm>

namespace postrider::mime {

namespace {

bool isDecimalNumberUpTo(QStringView digits, uint limit)
{
    constexpr qsizetype LongestNumber = 3;
    if (digits.isEmpty() || digits.size() > LongestNumber || (digits.size() > 1 && digits.front() == u'0'))
        return false;
    uint number = 0;
    for (const QChar digit : digits) {
        if (digit < u'0' || digit > u'9')
            return false;
        number = number * 10 + (digit.unicode() - u'0');
    }
    return number <= limit;
}

bool isHexGroup(QStringView group)
{
    return !group.isEmpty() && group.size() <= 4
        && std::all_of(group.cbegin(), group.cend(), [](QChar digit) {
               return (digit >= u'0' && digit <= u'9') || (digit >= u'a' && digit <= u'f')
                   || (digit >= u'A' && digit <= u'F');
           });
}

/// The number of 16-bit groups in one side of an IPv6 address, or -1 when it is malformed.
int countIpv6Groups(QStringView side)
{
    if (side.isEmpty())
        return 0;
    const QList<QStringView> groups = side.split(u':');
    int count = 0;
    for (qsizetype i = 0; i < groups.size(); ++i) {
        if (isHexGroup(groups.at(i)))
            count += 1;
        else if (i == groups.size() - 1 && isIpv4Address(groups.at(i)))
            count += 2;
        else
            return -1;
    }
    return count;
}

bool isIpv6Address(QStringView text)
{
    constexpr int Groups = 8;
    const qsizetype gap = text.indexOf(u"::");
    if (gap < 0)
        return countIpv6Groups(text) == Groups;
    const QStringView before = text.first(gap);
    const int left = countIpv6Groups(before);
    const int right = countIpv6Groups(text.sliced(gap + 2));
    // The two colons stand for two groups at least.
    return !before.contains(u'.') && left >= 0 && right >= 0 && left + right <= Groups - 2;
}

} // namespace

bool isIpv4Address(QStringView text)
{
    const QList<QStringView> numbers = text.split(u'.');
    return numbers.size() == 4 && std::all_of(numbers.cbegin(), numbers.cend(), [](QStringView number) {
               return isDecimalNumberUpTo(number, 255);
           });
}

bool isAddressLiteral(QStringView literal)
{
    if (literal.size() < 2 || literal.front() != u'[' || literal.back() != u']')
        return false;
    const QStringView inner = literal.sliced(1, literal.size() - 2);
    const QStringView tag = u"IPv6:";
    if (inner.startsWith(tag, Qt::CaseInsensitive))
        return isIpv6Address(inner.sliced(tag.size()));
    return isIpv4Address(inner);
}

} // namespace postrider::mime
