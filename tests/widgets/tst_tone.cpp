// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "widgets/tone.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace postrider::widgets;

class TestTone : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void contrast_isThatOfTheGuidelines()
    {
        QCOMPARE(qRound(contrastRatio(Qt::black, Qt::white) * 100), 2100);
        QCOMPARE(qRound(contrastRatio(Qt::white, Qt::white) * 100), 100);
        // #767676 is the lightest grey that passes 4.5:1 on white.
        QVERIFY(contrastRatio(QColor(0x76, 0x76, 0x76), Qt::white) >= 4.5);
        QVERIFY(contrastRatio(QColor(0x77, 0x77, 0x77), Qt::white) < 4.5);
    }

    void everyTone_isReadableInLightAndDark_data()
    {
        QTest::addColumn<Tone>("tone");
        QTest::addColumn<QPalette>("palette");
        const QPalette light(QColor(0xef, 0xef, 0xef));
        const QPalette dark(QColor(0x2b, 0x2b, 0x2b));
        for (const auto &[name, tone] :
             { std::pair("information", Tone::Information), std::pair("practice", Tone::Practice),
               std::pair("good", Tone::Good), std::pair("attention", Tone::Attention),
               std::pair("problem", Tone::Problem) }) {
            QTest::addRow("%s in light", name) << tone << light;
            QTest::addRow("%s in dark", name) << tone << dark;
        }
    }
    void everyTone_isReadableInLightAndDark()
    {
        QFETCH(Tone, tone);
        QFETCH(QPalette, palette);
        const ToneColors colors = toneColors(tone, palette);
        QVERIFY(contrastRatio(colors.text, colors.background) >= 4.5);
        QVERIFY(contrastRatio(colors.accent, colors.background) >= 3);
        QVERIFY(contrastRatio(colors.accent, palette.color(QPalette::Base)) >= 3);
        QVERIFY(contrastRatio(colors.accent, palette.color(QPalette::Window)) >= 3);
        QCOMPARE(isDark(palette), contrastRatio(palette.color(QPalette::Window), Qt::black) < 4.5);
    }
};

QTEST_MAIN(TestTone)
#include "tst_tone.moc"
