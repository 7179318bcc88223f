// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "widgets/fittoscreen.h"

#include <QScreen>
#include <QTest>
#include <QWidget>

using namespace postrider;

class TestFitToScreen : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void windowLargerThanTheScreen_becomesSmallEnoughForItAndItsTitleBar()
    {
        QWidget window;
        const QSize available = window.screen()->availableSize();
        window.resize(available + QSize(100, 100));
        widgets::fitToScreen(window);
        QCOMPARE(window.width(), available.width());
        QVERIFY(window.height() < available.height());
    }

    void windowThatFits_keepsItsSize()
    {
        QWidget window;
        window.resize(320, 240);
        widgets::fitToScreen(window);
        QCOMPARE(window.size(), QSize(320, 240));
    }

    void whatTheContentNeeds_stays()
    {
        QWidget window;
        const QSize needed = window.screen()->availableSize() + QSize(10, 10);
        window.setMinimumSize(needed);
        widgets::fitToScreen(window);
        QCOMPARE(window.size(), needed);
    }
};

QTEST_MAIN(TestFitToScreen)
#include "tst_fittoscreen.moc"
