// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/fakenetwork.h"
#include "delivery/networkwatcher.h"
#include "support/manualclock.h"

#include <QSignalSpy>
#include <QTest>

using namespace postrider;
using namespace std::chrono_literals;
using delivery::FakeNetwork;
using delivery::NetworkWatcher;
using delivery::Reach;

class NetworkWatcherTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNetworkThatReachesFurther_isAReturn_data();
    void aNetworkThatReachesFurther_isAReturn();
    void theEndOfACaptivePortal_isAReturn();
    void aNetworkBehindAPortal_isNone();
    void sleep_showsInTheClocks();
    void sleepThatIsTold_isToldOnce();
    void whatClocksDoAllTheTime_isNoSleep();
};

void NetworkWatcherTest::aNetworkThatReachesFurther_isAReturn_data()
{
    QTest::addColumn<Reach>("before");
    QTest::addColumn<Reach>("after");
    QTest::addColumn<int>("returns");
    QTest::newRow("online again") << Reach::Disconnected << Reach::Online << 1;
    QTest::newRow("beyond this site") << Reach::Site << Reach::Online << 1;
    QTest::newRow("offline") << Reach::Online << Reach::Disconnected << 0;
    QTest::newRow("the same") << Reach::Online << Reach::Online << 0;
    QTest::newRow("first word of it") << Reach::Unknown << Reach::Online << 0;
    QTest::newRow("no word any more") << Reach::Disconnected << Reach::Unknown << 0;
}

void NetworkWatcherTest::aNetworkThatReachesFurther_isAReturn()
{
    QFETCH(Reach, before);
    QFETCH(Reach, after);
    QFETCH(int, returns);
    support::ManualClock clock;
    FakeNetwork network(before);
    NetworkWatcher watcher(network, clock);
    QSignalSpy returned(&watcher, &NetworkWatcher::returned);
    network.setReach(after);
    QCOMPARE(returned.count(), returns);
}

void NetworkWatcherTest::theEndOfACaptivePortal_isAReturn()
{
    support::ManualClock clock;
    FakeNetwork network(Reach::Online);
    NetworkWatcher watcher(network, clock);
    QSignalSpy returned(&watcher, &NetworkWatcher::returned);
    network.setBehindPortal(true);
    QCOMPARE(returned.count(), 0);
    network.setBehindPortal(false);
    QCOMPARE(returned.count(), 1);
}

void NetworkWatcherTest::aNetworkBehindAPortal_isNone()
{
    support::ManualClock clock;
    FakeNetwork network(Reach::Disconnected);
    network.setBehindPortal(true);
    NetworkWatcher watcher(network, clock);
    QSignalSpy returned(&watcher, &NetworkWatcher::returned);
    network.setReach(Reach::Online);
    QCOMPARE(returned.count(), 0);
}

void NetworkWatcherTest::sleep_showsInTheClocks()
{
    support::ManualClock clock;
    FakeNetwork network(Reach::Online);
    NetworkWatcher watcher(network, clock);
    QSignalSpy returned(&watcher, &NetworkWatcher::returned);
    clock.advance(5s);
    clock.setWallClock(clock.now().addSecs(3 * 3600));
    watcher.compareClocks();
    QCOMPARE(returned.count(), 1);
    clock.advance(5s);
    watcher.compareClocks();
    QCOMPARE(returned.count(), 1);
}

void NetworkWatcherTest::sleepThatIsTold_isToldOnce()
{
    support::ManualClock clock;
    FakeNetwork network(Reach::Online);
    NetworkWatcher watcher(network, clock);
    QSignalSpy returned(&watcher, &NetworkWatcher::returned);
    clock.setWallClock(clock.now().addSecs(3 * 3600));
    network.wakeUp();
    QCOMPARE(returned.count(), 1);
    watcher.compareClocks();
    QCOMPARE(returned.count(), 1);
}

void NetworkWatcherTest::whatClocksDoAllTheTime_isNoSleep()
{
    support::ManualClock clock;
    FakeNetwork network(Reach::Online);
    NetworkWatcher watcher(network, clock);
    QSignalSpy returned(&watcher, &NetworkWatcher::returned);
    clock.advance(1h); // the program was busy: both went on
    watcher.compareClocks();
    clock.setWallClock(clock.now().addSecs(2)); // corrected
    watcher.compareClocks();
    clock.setWallClock(clock.now().addSecs(-7200)); // put back
    watcher.compareClocks();
    QCOMPARE(returned.count(), 0);
}

QTEST_GUILESS_MAIN(NetworkWatcherTest)
#include "tst_networkwatcher.moc"
