// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/searchfixture.h"

using namespace postrider::support;
using postrider::discovery::AddressAttempt;
using postrider::discovery::FinderFacts;
using postrider::discovery::NetworkState;

/// Which ports and addresses answer: rows 1 to 11, 16, 31, 41 to 44 and 64 of the matrix, and how the limits
/// are kept.
class ReachMatrixTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ports_decideTheAnswer_data();
    void ports_decideTheAnswer();
    void port25Alone_isOfferedOnlyWithConsent();
    void port25WithoutSignIn_isNotAccepted();
    void everythingRefused_isSaidAtOnce();
    void everythingDropped_whileTheWebWorks_isABlock();
    void everythingDropped_whileASourceWasFetched_isABlock();
    void everythingDropped_andNothingElseWorks_isOffline();
    void everythingSilent_isSaidAsThat();
    void silent465_doesNotHold587Back();
    void resetAfterAccept_isClosedWithoutAStorm();
    void portal_isSaidFirst();
    void blackHoledIpv6_costsLittle();
    void refusedIpv6_costsNothing();
    void blockedIpv4_leavesIpv6();
    void sevenDeadAddresses_areOvercome();
    void everythingAtOnceWrong_isStillFound();
    void ipv6ThatRejects_leavesIpv4();
    void guessedHostsWithOneAddress_shareAConnection();
    void deadFirstGuess_doesNotHoldTheNextBack();
    void manyHosts_stayWithinTheLimits();
    void untilSettled_leavesOpenRowsUntried();
    void proxy_getsTheName();
    void deadProxy_givesWayToTheNext();
    void workingProxy_leavesTheDirectWayAlone();
    void proxyInANetworkWithoutNames_isUsed();
    void chosenProxy_winsOverTheSystems();
};

void ReachMatrixTest::ports_decideTheAnswer_data()
{
    QTest::addColumn<QByteArray>("ports");
    QTest::addColumn<QString>("answer");
    QTest::addColumn<QString>("verdicts");
    QTest::addColumn<int>("budget");
    QTest::newRow("1: all good") << "OOOO"_ba << u"465 tls"_s << u"OK OK OK OK"_s << 300;
    QTest::newRow("2: 465 dropped") << "DORR"_ba << u"587 starttls"_s << u"TIMEOUT OK REFUSED REFUSED"_s
                                    << 1600;
    QTest::newRow("3: only 465") << "ODDD"_ba << u"465 tls"_s << u"OK TIMEOUT TIMEOUT TIMEOUT"_s << 300;
    QTest::newRow("4: only 2525") << "DDOR"_ba << u"2525 starttls"_s << u"TIMEOUT TIMEOUT OK REFUSED"_s
                                  << 2000;
    QTest::newRow("7: all refused") << "RRRR"_ba << u"none"_s << u"REFUSED REFUSED REFUSED REFUSED"_s << 300;
    QTest::newRow("587 and 2525") << "ROOR"_ba << u"587 starttls"_s << u"REFUSED OK OK REFUSED"_s << 300;
}

void ReachMatrixTest::ports_decideTheAnswer()
{
    QFETCH(QByteArray, ports);
    QFETCH(int, budget);
    SearchFixture f;
    f.setPorts(ports.constData());
    QVERIFY(f.run());
    QTEST(f.answered(), "answer");
    QTEST(f.verdicts(), "verdicts");
    QVERIFY2(f.settledAt <= std::chrono::milliseconds(budget),
             qPrintable(QString::number(f.settledAt.count())));
    QVERIFY(f.finishedAt <= 8s);
    QCOMPARE(f.settledCount, 1);
    QCOMPARE(f.finishedCount, 1);
    const PortResult *port25 = f.row(25);
    QVERIFY(port25 && !port25->isRecommendable());
}

void ReachMatrixTest::port25Alone_isOfferedOnlyWithConsent()
{
    SearchFixture f; // row 5
    f.setPorts("RDDO");
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"none"_s);
    QVERIFY(f.report().onlyWithConsent);
    QCOMPARE(f.describe(f.report().onlyWithConsent), u"25 starttls"_s);
    QCOMPARE(f.report().onlyWithConsent->reason, postrider::discovery::Reason::OnlyPort25);
}

void ReachMatrixTest::port25WithoutSignIn_isNotAccepted()
{
    SearchFixture f; // row 6
    f.setPorts("RRRO");
    f.world.at(f.v4(), 25) = FakeServer::exchanger();
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"none"_s);
    QVERIFY(!f.report().onlyWithConsent);
    QCOMPARE(f.verdict(25), u"NO_AUTH"_s);
    QCOMPARE(f.overall(), u"NO_AUTH"_s);
}

void ReachMatrixTest::everythingRefused_isSaidAtOnce()
{
    SearchFixture f; // row 7, for a server that was named with its port
    f.setPorts("RRRR");
    QVERIFY(f.run(u"smtp.example.test:587"_s));
    QCOMPARE(f.overall(), u"REFUSED"_s);
    QVERIFY(f.settledAt <= 300ms);
    QCOMPARE(f.report().ports.size(), 1);
}

void ReachMatrixTest::everythingDropped_whileTheWebWorks_isABlock()
{
    SearchFixture f; // row 8
    f.setPorts("DDDD");
    f.world.elsewhere = FakeServer::dropping();
    f.world.at(f.v4(), 443) = FakeServer::silent();
    QVERIFY(f.run());
    QCOMPARE(f.overall(), u"ALL_MAIL_BLOCKED"_s);
    QCOMPARE(f.verdicts(), u"TIMEOUT TIMEOUT TIMEOUT TIMEOUT"_s);
    QVERIFY(f.settledAt <= 8s);
}

void ReachMatrixTest::everythingDropped_whileASourceWasFetched_isABlock()
{
    SearchFixture f;
    f.setPorts("DDDD");
    f.world.elsewhere = FakeServer::dropping();
    f.world.findings.facts.web = FinderFacts::Web::Works;
    QVERIFY(f.run());
    QCOMPARE(f.overall(), u"ALL_MAIL_BLOCKED"_s);
}

void ReachMatrixTest::everythingDropped_andNothingElseWorks_isOffline()
{
    SearchFixture f; // row 9
    f.setPorts("DDDD");
    f.world.elsewhere = FakeServer::dropping();
    QVERIFY(f.run());
    QCOMPARE(f.overall(), u"OFFLINE"_s);
    QVERIFY(f.settledAt <= 8s);
}

void ReachMatrixTest::everythingSilent_isSaidAsThat()
{
    SearchFixture f;      // row 10
    f.mostPerAddress = 8; // those that keep silent do not count
    f.setPorts("SSSS");
    QVERIFY(f.run());
    QCOMPARE(postrider::discovery::code(f.answer.verdict), u"SILENT"_s);
    QVERIFY(f.settledAt <= 8s);
    QVERIFY(f.answer.isSlow);
    QCOMPARE(f.verdicts(), u"SILENT SILENT SILENT SILENT"_s);
    QCOMPARE(f.overall(), u"SILENT"_s);
    QVERIFY(f.finishedAt <= 15s);
}

void ReachMatrixTest::silent465_doesNotHold587Back()
{
    SearchFixture f; // row 11
    f.setPorts("SORR");
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"587 starttls"_s);
    QCOMPARE(f.verdict(465), u"SILENT"_s);
    QVERIFY(f.settledAt <= 1600ms);
}

void ReachMatrixTest::resetAfterAccept_isClosedWithoutAStorm()
{
    SearchFixture f; // row 16
    f.setPorts("OORR");
    f.world.at(f.v4(), 465).closesAtOnce = true;
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"587 starttls"_s);
    QCOMPARE(f.verdict(465), u"CLOSED"_s);
    QVERIFY(f.world.connectionsTo(465) <= 2);
    QVERIFY(f.settledAt <= 1600ms);
}

void ReachMatrixTest::portal_isSaidFirst()
{
    SearchFixture f; // row 31
    f.setPorts("DDDD");
    f.world.elsewhere = FakeServer::dropping();
    f.world.findings.facts.web = FinderFacts::Web::Intercepted;
    f.world.findings.facts.portalUrl = QUrl(u"http://login.wifi.test/"_s);
    QVERIFY(f.run());
    QCOMPARE(f.overall(), u"CAPTIVE"_s);
    QCOMPARE(f.report().portalUrl.host(), u"login.wifi.test"_s);

    SearchFixture told;
    told.setPorts("DDDD");
    told.world.elsewhere = FakeServer::dropping();
    told.world.networkState.portal = NetworkState::Portal::Present;
    QVERIFY(told.run());
    QCOMPARE(told.overall(), u"CAPTIVE"_s);
}

void ReachMatrixTest::blackHoledIpv6_costsLittle()
{
    SearchFixture f; // row 41
    f.world.hosts.clear();
    f.world.addName(u"smtp.example.test"_s, { f.v6(), f.v4() });
    f.setPorts("OORR");
    f.setPorts("DDDD", f.v6());
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"465 tls"_s);
    QVERIFY2(f.settledAt <= 700ms, qPrintable(QString::number(f.settledAt.count())));
    const PortResult *row = f.row(465);
    QCOMPARE(row->addresses.size(), 2);
    QCOMPARE(row->addresses.at(0).address, QHostAddress(f.v6()));
    QCOMPARE(row->addresses.at(0).verdict, Verdict::Timeout); // found out later
    QCOMPARE(row->addresses.at(1).address, QHostAddress(f.v4()));
    QCOMPARE(row->addresses.at(1).verdict, Verdict::Ok);
    QVERIFY(row->addresses.at(1).took);
}

void ReachMatrixTest::refusedIpv6_costsNothing()
{
    SearchFixture f; // row 42
    f.world.hosts.clear();
    f.world.addName(u"smtp.example.test"_s, { f.v6(), f.v4() });
    f.setPorts("OORR");
    f.setPorts("RRRR", f.v6());
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"465 tls"_s);
    QVERIFY(f.settledAt <= 300ms);
    QCOMPARE(f.row(465)->addresses.at(0).verdict, Verdict::Refused);
}

void ReachMatrixTest::blockedIpv4_leavesIpv6()
{
    SearchFixture f; // row 43
    f.world.hosts.clear();
    f.world.addName(u"smtp.example.test"_s, { f.v4(), f.v6() });
    f.setPorts("DDDD");
    f.setPorts("OORR", f.v6());
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"465 tls"_s);
    QVERIFY(f.settledAt <= 700ms);
    QCOMPARE(f.row(465)->addresses.at(1).verdict, Verdict::Ok);
}

void ReachMatrixTest::sevenDeadAddresses_areOvercome()
{
    SearchFixture f; // row 44
    f.world.hosts.clear();
    QStringList addresses;
    for (int i = 1; i <= 7; ++i) {
        addresses.append(u"192.0.2.%1"_s.arg(100 + i));
        f.setPorts("DDDD", addresses.last());
    }
    addresses.append(f.v4());
    f.world.addName(u"smtp.example.test"_s, addresses);
    f.setPorts("OORR");
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"465 tls"_s);
    QVERIFY2(f.settledAt <= 2500ms, qPrintable(QString::number(f.settledAt.count())));
    QCOMPARE(f.row(465)->addresses.size(), 8);
}

void ReachMatrixTest::everythingAtOnceWrong_isStillFound()
{
    SearchFixture f; // row 64
    f.world.hosts.clear();
    f.world.addName(u"smtp.example.test"_s, { f.v6(), f.v4() });
    f.setPorts("DORR");
    f.world.at(f.v4(), 587) = FakeServer::implicit();
    f.setPorts("DDDD", f.v6());
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"587 tls"_s);
    QVERIFY2(f.settledAt <= 4500ms, qPrintable(QString::number(f.settledAt.count())));
    QCOMPARE(f.verdict(587, Security::StartTls), u"WRONG_MODE"_s);
}

void ReachMatrixTest::ipv6ThatRejects_leavesIpv4()
{
    SearchFixture f;
    f.world.hosts.clear();
    f.world.addName(u"smtp.example.test"_s, { f.v6(), f.v4() });
    f.setPorts("RORR");
    f.setPorts("RORR", f.v6());
    f.world.at(f.v6(), 587).greetings = { "554 5.7.1 no reverse name for you\r\n" };
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"587 starttls"_s);
    QCOMPARE(f.row(587)->addresses.size(), 2);
    QCOMPARE(f.row(587)->addresses.at(0).verdict, Verdict::RejectClient);
    QCOMPARE(f.row(587)->addresses.at(1).verdict, Verdict::Ok);
}

void ReachMatrixTest::guessedHostsWithOneAddress_shareAConnection()
{
    SearchFixture f;
    f.world.addName(u"mail.example.test"_s, { f.v4() });
    f.world.addName(u"example.test"_s, { f.v4() });
    f.setPorts("OORR");
    f.world.at(f.v4(), 465).names = { "mail.example.test" };
    f.world.at(f.v4(), 587).names = { "mail.example.test" };
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"465 tls"_s);
    QCOMPARE(f.answer.recommended->server.host, u"mail.example.test"_s);
    QCOMPARE(f.world.connectionsTo(465), 1);
    QCOMPARE(f.verdict(465), u"CERT_NAME"_s);
    QVERIFY(f.settledAt <= 300ms);
}

void ReachMatrixTest::deadFirstGuess_doesNotHoldTheNextBack()
{
    SearchFixture f;
    f.setPorts("DDDD");
    f.world.addName(u"mail.example.test"_s, { u"192.0.2.20"_s });
    f.setPorts("OORR", u"192.0.2.20"_s);
    QVERIFY(f.run());
    QCOMPARE(f.answer.recommended->server.host, u"mail.example.test"_s);
    QVERIFY(f.settledAt <= 1600ms);
    // The dead one is of no interest any more, except for what was tried before the answer.
    QVERIFY(f.finishedAt <= 8s);
}

void ReachMatrixTest::manyHosts_stayWithinTheLimits()
{
    SearchFixture f;
    QList<postrider::discovery::Candidate> many;
    for (int i = 0; i < 12; ++i) {
        const QString name = u"out%1.example.test"_s.arg(i);
        const QString address = u"192.0.2.%1"_s.arg(30 + i);
        f.world.addName(name, { address });
        f.setPorts("OOOO", address);
        many.append({ .server = { name, 465, Security::Tls },
                      .source = postrider::discovery::Source::Autoconfig,
                      .order = i });
    }
    f.world.findings.finds = { { 1ms, many } };
    QVERIFY(f.run());
    QCOMPARE(f.answer.recommended->server.host, u"out0.example.test"_s);
    QVERIFY2(f.world.mostOpen <= 8, qPrintable(QString::number(f.world.mostOpen)));
    QVERIFY(f.world.mostEstablishedAt <= 2);
}

void ReachMatrixTest::untilSettled_leavesOpenRowsUntried()
{
    SearchFixture f;
    f.options.extent = Search::Extent::UntilSettled;
    f.setPorts("OOOO");
    QVERIFY(f.run());
    QCOMPARE(f.finishedAt, f.settledAt);
    QCOMPARE(f.verdict(2525), u"NOT_TRIED"_s);
    QCOMPARE(f.verdict(25), u"NOT_TRIED"_s);
    QCOMPARE(f.world.connectionsTo(25), 0);
}

void ReachMatrixTest::proxy_getsTheName()
{
    SearchFixture f;
    f.world.proxies = { QNetworkProxy(QNetworkProxy::Socks5Proxy, u"proxy.test"_s, 1080) };
    f.setPorts("OORR", u"smtp.example.test"_s); // where the proxy leads by name
    f.world.elsewhere = FakeServer::dropping();
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"465 tls"_s);
    QVERIFY(f.world.namesAsked.isEmpty());
    QVERIFY(f.row(465)->isProxied);
    QCOMPARE(f.row(465)->addresses.size(), 1);
    QVERIFY(f.row(465)->addresses.at(0).address.isNull());
}

void ReachMatrixTest::deadProxy_givesWayToTheNext()
{
    SearchFixture f;
    f.world.proxies = { QNetworkProxy(QNetworkProxy::HttpProxy, u"proxy.test"_s, 8080),
                        QNetworkProxy(QNetworkProxy::NoProxy) };
    f.setPorts("RRRR", u"smtp.example.test"_s); // the proxy lets no mail through
    f.setPorts("OORR");
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"465 tls"_s);
    QVERIFY(!f.row(465)->isProxied);
    QCOMPARE(f.row(465)->addresses.size(), 2);
    QVERIFY(f.row(465)->addresses.at(0).address.isNull());
    QCOMPARE(f.row(465)->addresses.at(1).address.toString(), f.v4());
}

void ReachMatrixTest::workingProxy_leavesTheDirectWayAlone()
{
    SearchFixture f;
    f.world.proxies = { QNetworkProxy(QNetworkProxy::HttpProxy, u"proxy.test"_s, 8080),
                        QNetworkProxy(QNetworkProxy::NoProxy) };
    FakeServer slow = FakeServer::implicit();
    slow.latency = 900ms;
    f.world.at(u"smtp.example.test"_s, 465) = slow;
    f.setPorts("OOOO");
    QVERIFY(f.run());
    QVERIFY(f.row(465)->isProxied);
    QCOMPARE(f.row(465)->verdict, Verdict::Ok);
    QCOMPARE(f.row(465)->addresses.at(1).verdict, Verdict::NotTried);
}

void ReachMatrixTest::proxyInANetworkWithoutNames_isUsed()
{
    SearchFixture f;
    f.world.proxies = { QNetworkProxy(QNetworkProxy::HttpProxy, u"proxy.test"_s, 8080),
                        QNetworkProxy(QNetworkProxy::NoProxy) };
    f.world.hosts.clear();
    f.world.hosts.insert(u"smtp.example.test"_s, { .delay = 40s });
    f.setPorts("OORR", u"smtp.example.test"_s);
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"465 tls"_s);
    QVERIFY(f.settledAt < 3s);
}

void ReachMatrixTest::chosenProxy_winsOverTheSystems()
{
    using postrider::accounts::Route;
    SearchFixture f;
    f.options.route = { .proxy = Route::Proxy::Socks5, .proxyHost = u"proxy.test"_s, .proxyPort = 1080 };
    f.setPorts("OORR", u"smtp.example.test"_s);
    f.world.elsewhere = FakeServer::dropping();
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"465 tls"_s);
    QVERIFY(f.row(465)->isProxied);
    QVERIFY(f.world.namesAsked.isEmpty());

    SearchFixture direct;
    direct.world.proxies = { QNetworkProxy(QNetworkProxy::Socks5Proxy, u"proxy.test"_s, 1080) };
    direct.options.route.proxy = Route::Proxy::None;
    direct.setPorts("OORR");
    QVERIFY(direct.run());
    QCOMPARE(direct.answered(), u"465 tls"_s);
    QVERIFY(!direct.row(465)->isProxied);
}

QTEST_GUILESS_MAIN(ReachMatrixTest)
#include "tst_reachmatrix.moc"
