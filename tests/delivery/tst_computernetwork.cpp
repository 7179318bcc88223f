// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/networksource.h"
#include "delivery/networkwatcher.h"
#include "support/actedsystembus.h"
#include "support/manualclock.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace postrider;
using namespace Qt::StringLiterals;
using delivery::NetworkSource;
using delivery::NetworkWatcher;
using delivery::Reach;

namespace {

using Bus = support::ActedSystemBus;

const QString Login = u"org.freedesktop.login1"_s;

} // namespace

/// The operating system's word, with services that are acted out on a system bus of the test's own.
class ComputerNetworkTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanupTestCase();

    void aNetworkThatReturns_isNoticed();
    void theEndOfACaptivePortal_isNoticed();
    void aNetworkBehindAPortal_isNone();
    void theEndOfSleep_isNoticed();

private:
    [[nodiscard]] static bool sleep(bool isBeginning);

    Bus m_bus {};
    support::ManualClock m_clock {};
    std::unique_ptr<NetworkSource> m_network {};
    std::unique_ptr<NetworkWatcher> m_watcher {};
};

void ComputerNetworkTest::initTestCase()
{
    if (!m_bus.start())
        QSKIP("dbus-daemon is missing (Debian package dbus-daemon)");
    if (!m_bus.actOutNetworkManager() || !m_bus.actOut(Login, u"logind"_s))
        QSKIP("Nobody can act it out (Debian package python3-dbusmock)");
    QVERIFY(Bus::setState(Bus::ConnectedGlobally));
    QVERIFY(Bus::setConnectivity(Bus::Full));
    m_network = NetworkSource::ofThisComputer();
}

void ComputerNetworkTest::init()
{
    QVERIFY(Bus::setState(Bus::ConnectedGlobally));
    QVERIFY(Bus::setConnectivity(Bus::Full));
    QTRY_COMPARE(m_network->reach(), Reach::Online);
    QTRY_VERIFY(!m_network->isBehindPortal());
    m_watcher = std::make_unique<NetworkWatcher>(*m_network, m_clock);
}

void ComputerNetworkTest::cleanupTestCase()
{
    m_watcher.reset();
    m_network.reset();
}

bool ComputerNetworkTest::sleep(bool isBeginning)
{
    return Bus::ask(
        Login, u"/org/freedesktop/login1"_s, u"EmitSignal"_s,
        { u"org.freedesktop.login1.Manager"_s, u"PrepareForSleep"_s, u"b"_s, QVariantList { isBeginning } });
}

void ComputerNetworkTest::aNetworkThatReturns_isNoticed()
{
    QSignalSpy returned(m_watcher.get(), &NetworkWatcher::returned);
    QVERIFY(Bus::setState(Bus::Disconnected));
    QTRY_COMPARE(m_network->reach(), Reach::Disconnected);
    QCOMPARE(returned.count(), 0);
    QVERIFY(Bus::setState(Bus::ConnectedGlobally));
    QTRY_COMPARE(returned.count(), 1);
}

void ComputerNetworkTest::theEndOfACaptivePortal_isNoticed()
{
    QVERIFY(Bus::setConnectivity(Bus::Portal));
    QTRY_VERIFY(m_network->isBehindPortal());
    QSignalSpy returned(m_watcher.get(), &NetworkWatcher::returned);
    QVERIFY(Bus::setConnectivity(Bus::Full));
    QTRY_COMPARE(returned.count(), 1);
}

void ComputerNetworkTest::aNetworkBehindAPortal_isNone()
{
    QVERIFY(Bus::setState(Bus::Disconnected));
    QTRY_COMPARE(m_network->reach(), Reach::Disconnected);
    QVERIFY(Bus::setConnectivity(Bus::Portal));
    QTRY_VERIFY(m_network->isBehindPortal());
    QSignalSpy returned(m_watcher.get(), &NetworkWatcher::returned);
    QVERIFY(Bus::setState(Bus::ConnectedGlobally));
    QTRY_COMPARE(m_network->reach(), Reach::Online);
    QCOMPARE(returned.count(), 0);
    QVERIFY(Bus::setConnectivity(Bus::Full));
    QTRY_COMPARE(returned.count(), 1);
}

void ComputerNetworkTest::theEndOfSleep_isNoticed()
{
    QSignalSpy returned(m_watcher.get(), &NetworkWatcher::returned);
    QSignalSpy awoken(m_network.get(), &NetworkSource::awoken);
    QVERIFY(sleep(true));
    QVERIFY(sleep(false));
    QTRY_COMPARE(returned.count(), 1);
    QCOMPARE(awoken.count(), 1);
}

QTEST_GUILESS_MAIN(ComputerNetworkTest)
#include "tst_computernetwork.moc"
