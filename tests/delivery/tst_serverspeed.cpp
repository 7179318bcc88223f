// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/serverspeed.h"

#include <QTest>

using namespace postrider;
using namespace std::chrono_literals;
using delivery::ServerSpeed;
using std::chrono::microseconds;

Q_DECLARE_METATYPE(microseconds)

class ServerSpeedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aServer_isSlowAgainstTheWayToIt_data();
    void aServer_isSlowAgainstTheWayToIt();
    void aServerOfWhichLittleIsKnown_isNotSlow();
    void aWindowThatIsAnsweredAtOnce_isItsMean();
    void whatALongTimeAgoWas_doesNotCount();
};

void ServerSpeedTest::aServer_isSlowAgainstTheWayToIt_data()
{
    QTest::addColumn<microseconds>("roundTrip");
    QTest::addColumn<microseconds>("acceptance");
    QTest::addColumn<bool>("slow");
    QTest::newRow("10 ms nearby") << microseconds(200us) << microseconds(10ms) << true;
    QTest::newRow("a second from abroad") << microseconds(80ms) << microseconds(1s) << true;
    QTest::newRow("fast nearby") << microseconds(50us) << microseconds(600us) << false;
    QTest::newRow("fast from abroad") << microseconds(80ms) << microseconds(81ms) << false;
    QTest::newRow("10 ms behind a slow line") << microseconds(20ms) << microseconds(30ms) << false;
    QTest::newRow("at the border") << microseconds(1ms) << microseconds(8ms) << false;
    QTest::newRow("beyond it") << microseconds(1ms) << microseconds(8001us) << true;
}

void ServerSpeedTest::aServer_isSlowAgainstTheWayToIt()
{
    QFETCH(microseconds, roundTrip);
    QFETCH(microseconds, acceptance);
    QFETCH(bool, slow);
    ServerSpeed speed;
    speed.noteRoundTrip(roundTrip);
    for (std::size_t i = 0; i < ServerSpeed::Samples; ++i)
        speed.noteAcceptance(acceptance);
    QCOMPARE(delivery::isSlow(speed), slow);
}

void ServerSpeedTest::aServerOfWhichLittleIsKnown_isNotSlow()
{
    ServerSpeed speed;
    QVERIFY(!delivery::isSlow(speed));
    for (std::size_t i = 1; i < ServerSpeed::Samples; ++i)
        speed.noteAcceptance(1s);
    speed.noteRoundTrip(1ms);
    QVERIFY(!delivery::isSlow(speed));
    speed.noteAcceptance(1s);
    QVERIFY(delivery::isSlow(speed));

    ServerSpeed wayUnknown;
    for (std::size_t i = 0; i < ServerSpeed::Samples; ++i)
        wayUnknown.noteAcceptance(1s);
    QVERIFY(!delivery::isSlow(wayUnknown));
}

void ServerSpeedTest::aWindowThatIsAnsweredAtOnce_isItsMean()
{
    ServerSpeed speed;
    speed.noteRoundTrip(100us);
    speed.noteAcceptance(80ms);
    for (std::size_t i = 1; i < ServerSpeed::Samples; ++i)
        speed.noteAcceptance(0us);
    QCOMPARE(speed.acceptance(), std::optional<microseconds>(10ms));
    QVERIFY(delivery::isSlow(speed));
}

void ServerSpeedTest::whatALongTimeAgoWas_doesNotCount()
{
    ServerSpeed speed;
    speed.noteRoundTrip(100us);
    for (std::size_t i = 0; i < ServerSpeed::Samples; ++i)
        speed.noteAcceptance(1s);
    for (std::size_t i = 0; i < ServerSpeed::Samples; ++i)
        speed.noteAcceptance(1ms);
    QVERIFY(!delivery::isSlow(speed));
}

QTEST_GUILESS_MAIN(ServerSpeedTest)
#include "tst_serverspeed.moc"
