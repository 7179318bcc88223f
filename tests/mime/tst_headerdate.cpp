// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/header/headerdate.h"
#include "mime/header/headerwriter.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::mime;

class TestHeaderDate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void date_isRead_data();
    void date_isRead();
    void otherText_isNoDate_data();
    void otherText_isNoDate();
    void writtenDate_isReadBack();
};

void TestHeaderDate::date_isRead_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("iso");

    QTest::newRow("plain") << "Sat, 21 Nov 2026 17:41:47 +0100"_ba << u"2026-11-21T17:41:47+01:00"_s;
    QTest::newRow("no day, no seconds") << "21 Nov 2026 17:41 -0330"_ba << u"2026-11-21T17:41:00-03:30"_s;
    QTest::newRow("RFC 5322 A.6.2") << "21 Nov 97 09:55:06 GMT"_ba << u"1997-11-21T09:55:06Z"_s;
    QTest::newRow("RFC 5322 A.5") << "Thu,\r\n      13\r\n        Feb\r\n          1969\r\n      23:32\r\n"
                                     "               -0330 (Newfoundland Time)"_ba
                                  << u"1969-02-13T23:32:00-03:30"_s;
    QTest::newRow("two digits") << "1 Jan 49 00:00 UT"_ba << u"2049-01-01T00:00:00Z"_s;
    QTest::newRow("three digits") << "1 Jan 126 00:00 UT"_ba << u"2026-01-01T00:00:00Z"_s;
    QTest::newRow("zone by name") << "Fri, 21 Nov 1997 09:55:06 EST"_ba << u"1997-11-21T09:55:06-05:00"_s;
    QTest::newRow("unknown zone") << "Fri, 21 Nov 1997 09:55:06 XYZ"_ba << u"1997-11-21T09:55:06Z"_s;
    QTest::newRow("no zone known") << "Fri, 21 Nov 1997 09:55:06 -0000"_ba << u"1997-11-21T09:55:06Z"_s;
    QTest::newRow("no zone") << "Fri, 21 Nov 1997 09:55:06"_ba << u"1997-11-21T09:55:06Z"_s;
    QTest::newRow("no space behind the day")
        << "Fri,21 Nov 1997 09:55:06 +0000"_ba << u"1997-11-21T09:55:06Z"_s;
    QTest::newRow("leap second") << "30 Jun 2015 23:59:60 +0000"_ba << u"2015-06-30T23:59:59Z"_s;
    QTest::newRow("wrong day") << "Mon, 21 Nov 2026 17:41:47 +0000"_ba << u"2026-11-21T17:41:47Z"_s;
}

void TestHeaderDate::date_isRead()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, iso);
    const QDateTime date = parseHeaderDate(body);
    QVERIFY(date.isValid());
    QCOMPARE(date, QDateTime::fromString(iso, Qt::ISODate));
    QCOMPARE(date.offsetFromUtc(), QDateTime::fromString(iso, Qt::ISODate).offsetFromUtc());
}

void TestHeaderDate::otherText_isNoDate_data()
{
    QTest::addColumn<QByteArray>("body");
    for (const char *body : { "", "yesterday", "32 Nov 2026 17:41 +0000", "31 Nov 2026 17:41 +0000",
                              "21 Foo 2026 17:41 +0000", "21 Nov 2026 25:00 +0000", "21 Nov 2026 17 +0000",
                              "21 Nov 2026", "-1 Nov 2026 17:41", "21 Nov 99999 17:41", "((((((((" })
        QTest::newRow(body) << QByteArray(body);
}

void TestHeaderDate::otherText_isNoDate()
{
    QFETCH(const QByteArray, body);
    QVERIFY(!parseHeaderDate(body).isValid());
}

void TestHeaderDate::writtenDate_isReadBack()
{
    for (const int offset : { 0, 3600, 19800, 20700, -12600, -43200, 50400 }) {
        const QDateTime date(QDate(2026, 2, 28), QTime(23, 59, 59), Qt::OffsetFromUTC, offset);
        const QDateTime read = parseHeaderDate(toHeaderDate(date));
        QCOMPARE(read, date);
        QCOMPARE(read.offsetFromUtc(), offset);
    }
}

QTEST_GUILESS_MAIN(TestHeaderDate)
#include "tst_headerdate.moc"
