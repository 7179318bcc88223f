// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/computersurroundings.h"
#include "discovery/search.h"
#include "support/actedsystembus.h"

#include <QHostAddress>
#include <QNetworkInformation>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

#include <memory>

using namespace postrider;
using namespace Qt::StringLiterals;
using discovery::ComputerSurroundings;
using discovery::NetworkState;
using discovery::Query;
using discovery::Search;
using discovery::Verdict;
using Bus = support::ActedSystemBus;
using Portal = NetworkState::Portal;
using Reach = NetworkState::Reach;

/// What the operating system says about its network, with a NetworkManager that is acted out.
class ComputerSurroundingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanupTestCase();

    void stateOfTheSystem_isTold();
    void portalOfTheSystem_isTold();
    void networkThatGoes_endsASearch();
    void searchBehindAPortal_saysSo();

private:
    Bus m_bus {};
    std::unique_ptr<ComputerSurroundings> m_surroundings {};
};

void ComputerSurroundingsTest::initTestCase()
{
    if (!m_bus.start())
        QSKIP("dbus-daemon is missing (Debian package dbus-daemon)");
    if (!m_bus.actOutNetworkManager())
        QSKIP("Nobody can act it out (Debian package python3-dbusmock)");
    QVERIFY(Bus::setState(Bus::ConnectedGlobally));
    QVERIFY(Bus::setConnectivity(Bus::Full));
    m_surroundings = std::make_unique<ComputerSurroundings>();
    QVERIFY(QNetworkInformation::instance());
    QCOMPARE(QNetworkInformation::instance()->backendName(), u"networkmanager"_s);
}

void ComputerSurroundingsTest::init()
{
    QVERIFY(Bus::setState(Bus::ConnectedGlobally));
    QVERIFY(Bus::setConnectivity(Bus::Full));
    QTRY_COMPARE(m_surroundings->network().reach, Reach::Some);
    QTRY_COMPARE(m_surroundings->network().portal, Portal::Absent);
}

void ComputerSurroundingsTest::cleanupTestCase()
{
    m_surroundings.reset();
}

void ComputerSurroundingsTest::stateOfTheSystem_isTold()
{
    QSignalSpy changed(m_surroundings.get(), &ComputerSurroundings::networkChanged);
    QVERIFY(Bus::setState(Bus::Disconnected));
    QTRY_COMPARE(m_surroundings->network().reach, Reach::None);
    QCOMPARE(changed.count(), 1);
    QVERIFY(Bus::setState(Bus::ConnectedGlobally));
    QTRY_COMPARE(m_surroundings->network().reach, Reach::Some);
    QCOMPARE(changed.count(), 2);
}

void ComputerSurroundingsTest::portalOfTheSystem_isTold()
{
    QVERIFY(Bus::setConnectivity(Bus::Portal));
    QTRY_COMPARE(m_surroundings->network().portal, Portal::Present);
    QVERIFY(Bus::setConnectivity(Bus::Full));
    QTRY_COMPARE(m_surroundings->network().portal, Portal::Absent);
}

void ComputerSurroundingsTest::networkThatGoes_endsASearch()
{
    // A server that accepts and says nothing keeps the search waiting.
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    const auto query = Query::parse(u"127.0.0.1:"_s + QString::number(silent.serverPort()));
    QVERIFY(query);
    Search search(*query, {}, *m_surroundings);
    QSignalSpy finished(&search, &Search::finished);
    search.start();
    QTRY_VERIFY_WITH_TIMEOUT(silent.hasPendingConnections(), 20'000);
    QVERIFY(Bus::setState(Bus::Disconnected));
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 20'000);
    QCOMPARE(search.report().freshness, discovery::Freshness::NetworkChanged);
}

void ComputerSurroundingsTest::searchBehindAPortal_saysSo()
{
    QVERIFY(Bus::setConnectivity(Bus::Portal));
    QTRY_COMPARE(m_surroundings->network().portal, Portal::Present);
    const auto query = Query::parse(u"127.0.0.1:9"_s);
    Search search(*query, {}, *m_surroundings);
    QSignalSpy finished(&search, &Search::finished);
    search.start();
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 20'000);
    QCOMPARE(search.report().verdict, Verdict::Captive);
}

QTEST_GUILESS_MAIN(ComputerSurroundingsTest)
#include "tst_computersurroundings.moc"
