// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "base/plannedtime.h"

#include <QHash>
#include <QRegularExpression>

#include <chrono>
#include <optional>

namespace postrider::base {

using namespace Qt::StringLiterals;

namespace {

using Error = PlannedTimeError;

constexpr qint64 DaySeconds = std::chrono::seconds(std::chrono::days { 1 }).count();

QRegularExpression pattern(const QString &text)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(text),
                              QRegularExpression::CaseInsensitiveOption);
}

/// The moment at which the zone's clocks show this.
QDateTime momentOf(QDate date, QTime time, const QTimeZone &zone)
{
    // As if it were UTC: what a day earlier and a day later is ahead of UTC holds before and behind a change
    // of the clocks.
    const QDateTime shown(date, time, Qt::UTC);
    const int before = zone.offsetFromUtc(shown.addSecs(-DaySeconds));
    const int after = zone.offsetFromUtc(shown.addSecs(DaySeconds));
    const QDateTime first = shown.addSecs(-before);
    const QDateTime second = shown.addSecs(-after);
    if (zone.offsetFromUtc(first) == before)
        return first; // of two, the first
    if (zone.offsetFromUtc(second) == after)
        return second;
    return first; // skipped: as much later
}

/// "9", "9:05", "21:05:30", "9pm", "12:30 am"; null when it is none.
QTime readClock(const QString &text)
{
    static const QRegularExpression form
        = pattern(uR"((\d{1,2})(?::(\d{2})(?::(\d{2}))?)?\s*(am|pm|a\.m\.|p\.m\.)?)"_s);
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return {};
    int hour = match.captured(1).toInt();
    if (const QString half = match.captured(4).toLower(); !half.isEmpty()) {
        constexpr int Noon = 12;
        if (hour < 1 || hour > Noon)
            return {};
        hour = hour % Noon + (half.startsWith(u'p') ? Noon : 0);
    }
    return QTime(hour, match.captured(2).toInt(), match.captured(3).toInt());
}

std::optional<Expected<QDateTime, Error>> readIso(const QString &text, const QTimeZone &zone)
{
    static const QRegularExpression form = pattern(
        uR"((\d{4}-\d{2}-\d{2}|\d{8})(?:(?:[T ]\s*)(\d{2}:?\d{2}(?::?\d{2})?)(?:[.,]\d+)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?)"_s);
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return {};
    const QDate date = QDate::fromString(match.captured(1).remove(u'-'), u"yyyyMMdd"_s);
    if (!date.isValid())
        return Unexpected(Error::NotUnderstood);
    const QString digits = match.captured(2).remove(u':');
    if (digits.isEmpty())
        return Unexpected(Error::NoTime);
    const QTime time = QTime::fromString(digits.leftJustified(6, u'0'), u"HHmmss"_s);
    if (!time.isValid())
        return Unexpected(Error::NotUnderstood);
    const QString offset = match.captured(3).remove(u':').toUpper();
    if (offset.isEmpty())
        return momentOf(date, time, zone);
    const int hours = offset.mid(1, 2).toInt();
    const int minutes = offset.mid(3, 2).toInt();
    constexpr int MostHours = 14; // QTimeZone::MaxUtcOffsetSecs
    if (hours > MostHours || minutes > 59)
        return Unexpected(Error::NotUnderstood);
    const int seconds = (hours * 60 + minutes) * 60 * (offset.startsWith(u'-') ? -1 : 1);
    return QDateTime(date, time, Qt::UTC).addSecs(-seconds);
}

/// "in 2h 10m". Days are days of the calendar.
std::optional<QDateTime> readDistance(const QString &text, const QDateTime &now, const QTimeZone &zone)
{
    static const QRegularExpression form
        = pattern(uR"(in((?:\s*\d{1,5}\s*(?:days?|d|hours?|hrs?|h|minutes?|mins?|min|m))+))"_s);
    static const QRegularExpression part(uR"((\d+)\s*([dhm]))"_s, QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return {};
    qint64 days = 0;
    qint64 minutes = 0;
    QRegularExpressionMatchIterator parts = part.globalMatch(match.captured(1));
    while (parts.hasNext()) {
        const QRegularExpressionMatch one = parts.next();
        const qint64 count = one.captured(1).toLongLong();
        const QString unit = one.captured(2).toLower();
        if (unit == "d"_L1)
            days += count;
        else
            minutes += unit == "h"_L1 ? count * 60 : count;
    }
    QDateTime from = now;
    if (days > 0) {
        const QDateTime local = now.toTimeZone(zone);
        from = momentOf(local.date().addDays(days), local.time(), zone);
    }
    return from.addSecs(minutes * 60);
}

/// The day that a word means, as days from today and the days after which it comes again.
struct NamedDay
{
    int ahead = 0;
    int repeats = 0; ///< 0: never
};

std::optional<NamedDay> readDay(const QString &word, QDate today)
{
    static const QHash<QString, int> weekdays {
        { u"mon"_s, 1 },     { u"monday"_s, 1 }, { u"tue"_s, 2 },       { u"tues"_s, 2 },
        { u"tuesday"_s, 2 }, { u"wed"_s, 3 },    { u"wednesday"_s, 3 }, { u"thu"_s, 4 },
        { u"thur"_s, 4 },    { u"thurs"_s, 4 },  { u"thursday"_s, 4 },  { u"fri"_s, 5 },
        { u"friday"_s, 5 },  { u"sat"_s, 6 },    { u"saturday"_s, 6 },  { u"sun"_s, 7 },
        { u"sunday"_s, 7 },
    };
    constexpr int Week = 7;
    if (word == "today"_L1)
        return NamedDay { 0, 0 };
    if (word == "tomorrow"_L1)
        return NamedDay { 1, 0 };
    const auto weekday = weekdays.constFind(word);
    if (weekday == weekdays.constEnd())
        return {};
    return NamedDay { (*weekday - today.dayOfWeek() + Week) % Week, Week };
}

Expected<QDateTime, Error> readWords(const QString &text, const QDateTime &now, const QTimeZone &zone)
{
    const QDate today = now.toTimeZone(zone).date();
    NamedDay day { 0, 1 };
    QString clock = text;
    if (text.at(0).isLetter()) {
        const qsizetype space = text.indexOf(u' ');
        const auto named = readDay(text.left(space).toLower(), today);
        if (!named)
            return Unexpected(Error::NotUnderstood);
        if (space < 0)
            return Unexpected(Error::NoTime);
        day = *named;
        clock = text.mid(space + 1);
        if (clock.startsWith("at "_L1, Qt::CaseInsensitive))
            clock = clock.mid(3);
    }
    const QTime time = readClock(clock);
    if (!time.isValid())
        return Unexpected(Error::NotUnderstood);
    const QDateTime moment = momentOf(today.addDays(day.ahead), time, zone);
    if (moment > now || day.repeats == 0)
        return moment;
    return momentOf(today.addDays(day.ahead + day.repeats), time, zone);
}

} // namespace

Expected<QDateTime, PlannedTimeError> readPlannedTime(const QString &text, const QDateTime &now,
                                                      const QTimeZone &zone)
{
    const QString words = text.simplified();
    if (words.isEmpty())
        return Unexpected(Error::NotUnderstood);
    Expected<QDateTime, Error> moment = Unexpected(Error::NotUnderstood);
    if (const auto iso = readIso(words, zone))
        moment = *iso;
    else if (const auto distance = readDistance(words, now, zone))
        moment = *distance;
    else
        moment = readWords(words, now, zone);
    if (moment && *moment < now)
        return Unexpected(Error::Past);
    return moment;
}

} // namespace postrider::base
