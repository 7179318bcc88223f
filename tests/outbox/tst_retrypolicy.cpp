// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/retrypolicy.h"

#include <QTest>

using namespace std::chrono_literals;

namespace postrider::outbox {

class TestRetryPolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void steps_grow_data();
    void steps_grow();
    void jitter_isAtMostAFifth();
    void fiveDaysOfFailures_endInGivingUp();
    void serverTrouble_neverGivesUp();

private:
    const QDateTime m_queued { { 2026, 3, 2 }, { 9, 0 }, Qt::UTC };
};

void TestRetryPolicy::steps_grow_data()
{
    QTest::addColumn<int>("failures");
    QTest::addColumn<std::chrono::seconds>("wait");
    QTest::newRow("first") << 1 << std::chrono::seconds(1min);
    QTest::newRow("second") << 2 << std::chrono::seconds(5min);
    QTest::newRow("third") << 3 << std::chrono::seconds(15min);
    QTest::newRow("fourth") << 4 << std::chrono::seconds(30min);
    QTest::newRow("fifth") << 5 << std::chrono::seconds(2h);
    QTest::newRow("fiftieth") << 50 << std::chrono::seconds(2h);
}

void TestRetryPolicy::steps_grow()
{
    QFETCH(int, failures);
    QFETCH(std::chrono::seconds, wait);
    const QDateTime now = m_queued.addSecs(3600);
    const auto next = nextAttempt(failures, m_queued, now, 0);
    QVERIFY(next.has_value());
    QCOMPARE(*next, now.addSecs(wait.count()));
    QCOMPARE(serverBackoff(failures, 0), wait);
}

void TestRetryPolicy::jitter_isAtMostAFifth()
{
    QCOMPARE(serverBackoff(5, 1), 2h + 24min);
    QCOMPARE(serverBackoff(5, -1), 2h - 24min);
    QCOMPARE(serverBackoff(1, 1), 72s);
    QCOMPARE(serverBackoff(5, 100), 2h + 24min);
}

void TestRetryPolicy::fiveDaysOfFailures_endInGivingUp()
{
    const QDateTime end = m_queued.addDays(5);
    QDateTime now = m_queued;
    int failures = 0;
    while (const auto next = nextAttempt(++failures, m_queued, now, 0)) {
        QVERIFY2(*next > now, "each try is later than the one before");
        QVERIFY2(*next <= end, "no try after the end");
        now = *next;
    }
    QCOMPARE(now, end);
    // 51 minutes of short steps, then one every two hours
    QCOMPARE(failures, 5 + 60);
}

void TestRetryPolicy::serverTrouble_neverGivesUp()
{
    QCOMPARE(serverBackoff(100'000, 0), 2h);
}

} // namespace postrider::outbox

QTEST_GUILESS_MAIN(postrider::outbox::TestRetryPolicy)
#include "tst_retrypolicy.moc"
