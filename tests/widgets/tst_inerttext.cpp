// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "widgets/inerttext.h"

#include <QTest>

using namespace Qt::StringLiterals;
using postrider::widgets::inertText;

class TestInertText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ordinaryText_isIsolatedAndUnchanged()
    {
        QCOMPARE(inertText(u"550 5.1.1 Grüße <b>x</b>"_s), u"\u2068550 5.1.1 Grüße <b>x</b>\u2069"_s);
    }

    void noText_staysEmpty()
    {
        QCOMPARE(inertText({}), QString());
        QCOMPARE(inertText(u" \n\t"_s), QString());
    }

    void charactersThatWouldChangeTheScreen_areReplaced_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("inert");
        QTest::newRow("escape sequence") << u"a\u001b[31mb"_s << u"\u2068a\ufffd[31mb\u2069"_s;
        QTest::newRow("right-to-left override")
            << u"report\u202efdp.exe"_s << u"\u2068report\ufffdfdp.exe\u2069"_s;
        QTest::newRow("an end of our own isolation") << u"a\u2069b"_s << u"\u2068a\ufffdb\u2069"_s;
        QTest::newRow("lines") << u"first\r\nsecond"_s << u"\u2068first second\u2069"_s;
    }
    void charactersThatWouldChangeTheScreen_areReplaced()
    {
        QFETCH(QString, text);
        QTEST(inertText(text), "inert");
    }
};

QTEST_GUILESS_MAIN(TestInertText)
#include "tst_inerttext.moc"
