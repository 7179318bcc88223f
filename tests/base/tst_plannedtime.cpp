// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "base/plannedtime.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using postrider::base::PlannedTimeError;
using postrider::base::readPlannedTime;

namespace {

QDateTime utc(const char *text)
{
    return QDateTime::fromString(QString::fromLatin1(text), Qt::ISODate);
}

} // namespace

class PlannedTimeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void time_isUnderstood_data()
    {
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<QDateTime>("now");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QDateTime>("meant");
        const QByteArray berlin = "Europe/Berlin";
        // A Saturday, 19:05 in Berlin.
        const QDateTime now = utc("2026-11-21T18:05:00Z");
        const auto row = [&](const char *text, const char *meant) {
            QTest::newRow(text) << berlin << now << QString::fromLatin1(text) << utc(meant);
        };
        row("2026-12-24T08:00:00Z", "2026-12-24T08:00:00Z");
        row("2026-12-24T08:00:00+01:00", "2026-12-24T07:00:00Z");
        row("2026-12-24T08:00-0530", "2026-12-24T13:30:00Z");
        row("2026-12-24t08:00:30.25z", "2026-12-24T08:00:30Z");
        row("20261224T080000+01", "2026-12-24T07:00:00Z");
        row("2026-12-24T08:00", "2026-12-24T07:00:00Z");
        row("2026-12-24 08:00", "2026-12-24T07:00:00Z");
        row("2027-07-01 08:00", "2027-07-01T06:00:00Z");
        row("tomorrow 9:00", "2026-11-22T08:00:00Z");
        row("tomorrow 9", "2026-11-22T08:00:00Z");
        row("  Tomorrow   AT  9 pm ", "2026-11-22T20:00:00Z");
        row("today 23:30", "2026-11-21T22:30:00Z");
        row("tomorrow 12 am", "2026-11-21T23:00:00Z");
        row("tomorrow 12pm", "2026-11-22T11:00:00Z");
        row("monday 8:15", "2026-11-23T07:15:00Z");
        row("Fri 8", "2026-11-27T07:00:00Z");
        row("saturday 20:00", "2026-11-21T19:00:00Z");
        row("saturday 19:05", "2026-11-28T18:05:00Z");
        row("22:00", "2026-11-21T21:00:00Z");
        row("8:00", "2026-11-22T07:00:00Z");
        row("in 2h 10m", "2026-11-21T20:15:00Z");
        row("in 45 minutes", "2026-11-21T18:50:00Z");
        row("in 1 day 1 hour", "2026-11-22T19:05:00Z");

        // In Berlin the clocks go from 2:00 to 3:00 on 28 March and from 3:00 to 2:00 on 31 October 2027.
        const auto clocks = [&](const char *name, const char *from, const char *text, const char *meant) {
            QTest::newRow(name) << berlin << utc(from) << QString::fromLatin1(text) << utc(meant);
        };
        clocks("day before a gap", "2027-03-26T12:00:00Z", "tomorrow 9", "2027-03-27T08:00:00Z");
        clocks("day of a gap", "2027-03-27T12:00:00Z", "tomorrow 9", "2027-03-28T07:00:00Z");
        clocks("before a gap", "2027-03-27T12:00:00Z", "tomorrow 1:59", "2027-03-28T00:59:00Z");
        clocks("in a gap", "2027-03-27T12:00:00Z", "tomorrow 2:30", "2027-03-28T01:30:00Z");
        clocks("behind a gap", "2027-03-27T12:00:00Z", "tomorrow 3:00", "2027-03-28T01:00:00Z");
        clocks("before an overlap", "2027-10-30T12:00:00Z", "tomorrow 1:59", "2027-10-30T23:59:00Z");
        clocks("in an overlap", "2027-10-30T12:00:00Z", "tomorrow 2:30", "2027-10-31T00:30:00Z");
        clocks("behind an overlap", "2027-10-30T12:00:00Z", "tomorrow 3:00", "2027-10-31T02:00:00Z");
        clocks("day over an overlap", "2027-10-30T12:00:00Z", "in 1 day", "2027-10-31T13:00:00Z");
        clocks("hours over an overlap", "2027-10-30T12:00:00Z", "in 24 hours", "2027-10-31T12:00:00Z");

        // Lord Howe changes its clocks by half an hour.
        QTest::newRow("other day in the zone")
            << "Pacific/Auckland"_ba << now << u"tomorrow 9"_s << utc("2026-11-22T20:00:00Z");
        QTest::newRow("half an hour's gap") << "Australia/Lord_Howe"_ba << utc("2026-10-03T00:00:00Z")
                                            << u"tomorrow 2:15"_s << utc("2026-10-03T15:45:00Z");
    }
    void time_isUnderstood()
    {
        QFETCH(QByteArray, zone);
        QFETCH(QDateTime, now);
        QFETCH(QString, text);
        QFETCH(QDateTime, meant);
        const auto moment = readPlannedTime(text, now, QTimeZone(zone));
        QVERIFY(moment);
        QCOMPARE(moment->toUTC(), meant);
    }

    void otherText_isAnError_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<PlannedTimeError>("error");
        using Error = PlannedTimeError;
        QTest::newRow("empty") << u"  "_s << Error::NotUnderstood;
        QTest::newRow("other word") << u"soon 9:00"_s << Error::NotUnderstood;
        QTest::newRow("no such day") << u"2026-02-30T08:00"_s << Error::NotUnderstood;
        QTest::newRow("no such hour") << u"tomorrow 24:00"_s << Error::NotUnderstood;
        QTest::newRow("no such minute") << u"2026-12-24T08:61"_s << Error::NotUnderstood;
        QTest::newRow("hour of no half") << u"tomorrow 13pm"_s << Error::NotUnderstood;
        QTest::newRow("no such offset") << u"2026-12-24T08:00+25:00"_s << Error::NotUnderstood;
        QTest::newRow("rest") << u"tomorrow 9:00 sharp"_s << Error::NotUnderstood;
        QTest::newRow("day alone") << u"2026-12-24"_s << Error::NoTime;
        QTest::newRow("word alone") << u"tomorrow"_s << Error::NoTime;
        QTest::newRow("over") << u"2026-11-21T18:04:59Z"_s << Error::Past;
        QTest::newRow("over today") << u"today 9"_s << Error::Past;
    }
    void otherText_isAnError()
    {
        QFETCH(QString, text);
        QFETCH(PlannedTimeError, error);
        const auto moment
            = readPlannedTime(text, utc("2026-11-21T18:05:00Z"), QTimeZone(QByteArray("Europe/Berlin")));
        QVERIFY(!moment);
        QVERIFY(moment.error() == error);
    }
};

QTEST_GUILESS_MAIN(PlannedTimeTest)
#include "tst_plannedtime.moc"
