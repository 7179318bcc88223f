// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "base/inert.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::base;

class InertTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textThatActs_isOnlyRead_data();
    void textThatActs_isOnlyRead();
    void quotation_endsItsOwnDirection();
};

void InertTest::textThatActs_isOnlyRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("ordinary") << u"No such user “ann” äöü 日本"_s << u"No such user “ann” äöü 日本"_s;
    QTest::newRow("terminal's escape") << u"a\u001b[31mb"_s << u"a\uFFFD[31mb"_s;
    QTest::newRow("line end") << u"a\r\nb\u2028c\u2029d"_s << u"a\uFFFD\uFFFDb\uFFFDc\uFFFDd"_s;
    QTest::newRow("direction") << u"a\u202eb\u2067c\u200fd"_s << u"a\uFFFDb\uFFFDc\uFFFDd"_s;
    QTest::newRow("right to left by itself") << u"שלום"_s << u"שלום"_s;
}

void InertTest::textThatActs_isOnlyRead()
{
    QFETCH(QString, text);
    QTEST(inert(text), "shown");
}

void InertTest::quotation_endsItsOwnDirection()
{
    QCOMPARE(quoted(u"שלום\u2069"_s), u"“\u2068שלום\uFFFD\u2069”"_s);
}

QTEST_GUILESS_MAIN(InertTest)
#include "tst_inert.moc"
