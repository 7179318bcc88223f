// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "net/dialer.h"
#include "support/silentaddress.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QSslSocket>
#include <QTcpServer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postrider;
using net::Dialer;
using support::SilentAddress;

namespace {

QList<QHostAddress> toAddresses(const QStringList &texts)
{
    QList<QHostAddress> addresses;
    for (const QString &text : texts)
        addresses.append(QHostAddress(text));
    return addresses;
}

} // namespace

class DialerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addresses_alternateByFamily_data();
    void addresses_alternateByFamily();
    void firstAddressThatAnswers_wins();
    void refusedAddress_isFollowedByTheNextAtOnce();
    void silentAddress_doesNotHoldUpTheNext();
    void noAnswer_timesOut();
    void allRefused_isReportedOnce();
    void destroyedWhileConnecting_saysNothing();
    void localAddress_isWhereTheConnectionComesFrom();
    void localAddressOfTheOtherFamily_leadsNowhere();
    void localAddressOfAnotherComputer_leadsNowhere();
};

void DialerTest::addresses_alternateByFamily_data()
{
    QTest::addColumn<QStringList>("given");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("one") << QStringList { u"192.0.2.1"_s } << QStringList { u"192.0.2.1"_s };
    QTest::newRow("IPv6 first") << QStringList {
        u"2001:db8::1"_s, u"2001:db8::2"_s, u"192.0.2.1"_s, u"192.0.2.2"_s
    } << QStringList { u"2001:db8::1"_s, u"192.0.2.1"_s, u"2001:db8::2"_s, u"192.0.2.2"_s };
    QTest::newRow("IPv4 first") << QStringList { u"192.0.2.1"_s, u"2001:db8::1"_s, u"2001:db8::2"_s }
                                << QStringList { u"192.0.2.1"_s, u"2001:db8::1"_s, u"2001:db8::2"_s };
    QTest::newRow("repetitions") << QStringList { u"192.0.2.1"_s, u"192.0.2.1"_s, u"2001:db8::1"_s,
                                                  u"192.0.2.1"_s }
                                 << QStringList { u"192.0.2.1"_s, u"2001:db8::1"_s };
}

void DialerTest::addresses_alternateByFamily()
{
    QFETCH(QStringList, given);
    QFETCH(QStringList, expected);
    QCOMPARE(Dialer::interleaved(toAddresses(given)), toAddresses(expected));
}

void DialerTest::localAddress_isWhereTheConnectionComesFrom()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    Dialer dialer;
    QSignalSpy connected(&dialer, &Dialer::connected);
    dialer.setLocalAddress(QHostAddress(u"127.0.0.2"_s));
    dialer.start(toAddresses({ u"::1"_s, u"127.0.0.1"_s }), server.serverPort(), std::chrono::seconds { 10 });
    QTRY_COMPARE_WITH_TIMEOUT(connected.size(), 1, 20'000);
    const auto socket = dialer.takeSocket();
    QTRY_VERIFY_WITH_TIMEOUT(server.hasPendingConnections(), 20'000);
    QCOMPARE(server.nextPendingConnection()->peerAddress(), QHostAddress(u"127.0.0.2"_s));
}

void DialerTest::localAddressOfTheOtherFamily_leadsNowhere()
{
    Dialer dialer;
    QSignalSpy failed(&dialer, &Dialer::failed);
    dialer.setLocalAddress(QHostAddress(u"::1"_s));
    dialer.start(toAddresses({ u"127.0.0.1"_s }), 1, std::chrono::seconds { 10 });
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 20'000);
    QCOMPARE(failed.at(0).at(0).value<Dialer::Failure>(), Dialer::Failure::Unreachable);
}

void DialerTest::localAddressOfAnotherComputer_leadsNowhere()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    Dialer dialer;
    QSignalSpy failed(&dialer, &Dialer::failed);
    dialer.setLocalAddress(QHostAddress(u"192.0.2.1"_s));
    dialer.start(toAddresses({ u"127.0.0.1"_s }), server.serverPort(), std::chrono::seconds { 10 });
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 20'000);
    QCOMPARE(failed.at(0).at(0).value<Dialer::Failure>(), Dialer::Failure::Unreachable);
    QVERIFY(!failed.at(0).at(1).toString().isEmpty());
    QTest::qWait(0);
    QCOMPARE(failed.size(), 1);
}

void DialerTest::firstAddressThatAnswers_wins()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    Dialer dialer;
    QSignalSpy connected(&dialer, &Dialer::connected);
    QSignalSpy failed(&dialer, &Dialer::failed);
    dialer.start(toAddresses({ u"127.0.0.1"_s }), server.serverPort(), std::chrono::seconds { 10 });
    QTRY_COMPARE_WITH_TIMEOUT(connected.size(), 1, 20'000);
    const auto socket = dialer.takeSocket();
    QVERIFY(socket);
    QCOMPARE(socket->state(), QAbstractSocket::ConnectedState);
    QCOMPARE(socket->peerPort(), server.serverPort());
    QVERIFY(failed.isEmpty());
}

void DialerTest::refusedAddress_isFollowedByTheNextAtOnce()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    Dialer dialer;
    QSignalSpy connected(&dialer, &Dialer::connected);
    dialer.start(toAddresses({ u"127.0.0.2"_s, u"127.0.0.3"_s, u"127.0.0.1"_s }), server.serverPort(),
                 std::chrono::seconds { 10 });
    QTRY_COMPARE_WITH_TIMEOUT(connected.size(), 1, 20'000);
    QCOMPARE(dialer.takeSocket()->peerAddress(), QHostAddress(QHostAddress::LocalHost));
}

void DialerTest::silentAddress_doesNotHoldUpTheNext()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const SilentAddress silent(QHostAddress(u"127.0.0.2"_s), server.serverPort());
    if (!silent.isReady)
        QSKIP("This kernel lets connections through to a full queue");

    Dialer dialer;
    QSignalSpy connected(&dialer, &Dialer::connected);
    QElapsedTimer timer;
    timer.start();
    dialer.start(toAddresses({ u"127.0.0.2"_s, u"127.0.0.1"_s }), server.serverPort(),
                 std::chrono::seconds { 30 });
    QTRY_COMPARE_WITH_TIMEOUT(connected.size(), 1, 20'000);
    QVERIFY(timer.elapsed() >= Dialer::AttemptDelay.count());
    QVERIFY(timer.elapsed() < 40 * Dialer::AttemptDelay.count());
    QCOMPARE(dialer.takeSocket()->peerAddress(), QHostAddress(QHostAddress::LocalHost));
}

void DialerTest::noAnswer_timesOut()
{
    const SilentAddress silent(QHostAddress(QHostAddress::LocalHost), 0);
    if (!silent.isReady)
        QSKIP("This kernel lets connections through to a full queue");

    Dialer dialer;
    QSignalSpy failed(&dialer, &Dialer::failed);
    dialer.start(toAddresses({ u"127.0.0.1"_s }), silent.port(), std::chrono::milliseconds { 50 });
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.first().first().value<Dialer::Failure>(), Dialer::Failure::TimedOut);
}

void DialerTest::allRefused_isReportedOnce()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const quint16 port = server.serverPort();
    server.close();
    Dialer dialer;
    QSignalSpy failed(&dialer, &Dialer::failed);
    dialer.start(toAddresses({ u"127.0.0.1"_s, u"127.0.0.2"_s }), port, std::chrono::seconds { 10 });
    QVERIFY(failed.isEmpty());
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.first().first().value<Dialer::Failure>(), Dialer::Failure::Refused);
    QVERIFY(!failed.first().last().toString().isEmpty());
}

void DialerTest::destroyedWhileConnecting_saysNothing()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    auto dialer = std::make_unique<Dialer>();
    QSignalSpy connected(dialer.get(), &Dialer::connected);
    dialer->start(toAddresses({ u"127.0.0.1"_s }), server.serverPort(), std::chrono::seconds { 10 });
    dialer.reset();
    QCoreApplication::processEvents();
    QVERIFY(connected.isEmpty());
}

QTEST_GUILESS_MAIN(DialerTest)
#include "tst_dialer.moc"
