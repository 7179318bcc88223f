// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/header/headerdate.h"

#include <QByteArray>
#include <QList>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace postrider::mime {

namespace {

constexpr int SecondsPerMinute = 60;
constexpr int SecondsPerHour = 3600;

/// The words of the text, without comments; a comma, like blank space, ends one.
QList<QByteArray> wordsOf(QByteArrayView text)
{
    constexpr qsizetype LongestDate = 1000;
    QList<QByteArray> words;
    QByteArray word;
    int depth = 0;
    const auto finish = [&words, &word] {
        if (!word.isEmpty())
            words.append(std::exchange(word, {}));
    };
    for (const char octet : text.first(std::min(text.size(), LongestDate))) {
        if (octet == '(')
            ++depth;
        else if (octet == ')' && depth > 0)
            --depth;
        else if (depth == 0
                 && (octet == ' ' || octet == '\t' || octet == ',' || octet == '\r' || octet == '\n'))
            finish();
        else if (depth == 0)
            word += octet;
    }
    finish();
    return words;
}

std::optional<int> toNumber(const QByteArray &digits, int least, int most)
{
    bool isNumber = false;
    const int number = digits.toInt(&isNumber);
    const bool hasDigitsOnly = std::all_of(digits.cbegin(), digits.cend(),
                                           [](char octet) { return octet >= '0' && octet <= '9'; });
    if (!isNumber || !hasDigitsOnly || number < least || number > most)
        return std::nullopt;
    return number;
}

std::optional<int> toMonth(const QByteArray &name)
{
    constexpr std::array<QByteArrayView, 12> Months { "jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec" };
    const QByteArray first = name.toLower().left(3);
    const auto found = std::find(Months.cbegin(), Months.cend(), first);
    if (found == Months.cend())
        return std::nullopt;
    return static_cast<int>(found - Months.cbegin()) + 1;
}

std::optional<int> toYear(const QByteArray &digits)
{
    const auto year = toNumber(digits, 0, 9999);
    if (!year || digits.size() < 2)
        return std::nullopt;
    if (digits.size() == 2)
        return *year < 50 ? *year + 2000 : *year + 1900;
    return digits.size() == 3 ? *year + 1900 : *year;
}

std::optional<QTime> toTime(const QByteArray &text)
{
    const QList<QByteArray> parts = text.split(':');
    if (parts.size() < 2 || parts.size() > 3)
        return std::nullopt;
    const auto hour = toNumber(parts.at(0), 0, 23);
    const auto minute = toNumber(parts.at(1), 0, 59);
    const auto second = parts.size() == 3 ? toNumber(parts.at(2), 0, 60) : std::optional(0);
    if (!hour || !minute || !second)
        return std::nullopt;
    return QTime(*hour, *minute, std::min(*second, 59)); // a leap second is none of Qt's
}

/// Seconds east of UTC. What is not known counts as UTC, as RFC 5322 section 4.3 wants it.
int toOffset(const QByteArray &zone)
{
    constexpr std::array<std::pair<QByteArrayView, int>, 8> Names { {
        { "EST", -5 },
        { "EDT", -4 },
        { "CST", -6 },
        { "CDT", -5 },
        { "MST", -7 },
        { "MDT", -6 },
        { "PST", -8 },
        { "PDT", -7 },
    } };
    if (zone.size() == 5 && (zone.front() == '+' || zone.front() == '-')) {
        const auto hours = toNumber(zone.sliced(1, 2), 0, 23);
        const auto minutes = toNumber(zone.sliced(3, 2), 0, 59);
        if (!hours || !minutes)
            return 0;
        const int offset = *hours * SecondsPerHour + *minutes * SecondsPerMinute;
        return zone.front() == '-' ? -offset : offset;
    }
    const QByteArray name = zone.toUpper();
    const auto found = std::find_if(Names.cbegin(), Names.cend(),
                                    [&name](const auto &entry) { return entry.first == name; });
    return found == Names.cend() ? 0 : found->second * SecondsPerHour;
}

} // namespace

QDateTime parseHeaderDate(QByteArrayView fieldBody)
{
    QList<QByteArray> words = wordsOf(fieldBody);
    if (!words.isEmpty() && !toNumber(words.first(), 1, 31))
        words.removeFirst(); // the name of the day
    if (words.size() < 4)
        return {};
    const auto day = toNumber(words.at(0), 1, 31);
    const auto month = toMonth(words.at(1));
    const auto year = toYear(words.at(2));
    const auto time = toTime(words.at(3));
    if (!day || !month || !year || !time)
        return {};
    const QDate date(*year, *month, *day);
    if (!date.isValid())
        return {};
    return { date, *time, Qt::OffsetFromUTC, words.size() > 4 ? toOffset(words.at(4)) : 0 };
}

} // namespace postrider::mime
