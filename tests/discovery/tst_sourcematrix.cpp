// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/lookups.h"
#include "discovery/searchfixture.h"
#include "discovery/words.h"

#include <array>

using namespace postrider::support;
using postrider::discovery::Approach;
using postrider::discovery::Candidate;
using postrider::discovery::DomainState;
using postrider::discovery::FinderFacts;
using postrider::discovery::Lookups;
using postrider::discovery::NameOutcome;
using postrider::discovery::NetworkState;
using postrider::discovery::Preparation;
using postrider::discovery::SignInKind;
using postrider::discovery::Source;
using postrider::discovery::SourceStep;
using postrider::discovery::StepState;
using postrider::discovery::Trust;
using postrider::discovery::WebAnswer;

/// Where servers come from: rows 33, 45 to 54, 57, 65 to 67 of the matrix.
class SourceMatrixTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void serviceRecord_isTriedFirst();
    void serviceElsewhere_waitsForConsent();
    void agreedHost_isTakenAsItsSourceListsIt();
    void serviceElsewhereBesideADeadHost_isOffered();
    void domainWithoutHosts_isNoUnknownDomain();
    void listedPort_isNotOvertakenByAnUnlistedOne();
    void listedPorts_areTakenInTheUsualOrder_data();
    void listedPorts_areTakenInTheUsualOrder();
    void deniedService_isSaid();
    void deadService_leavesTheGuess();
    void usualNames_areFoundOnlyWhereThereAreSome();
    void typedHost_isWhatTheVerdictIsAbout_data();
    void typedHost_isWhatTheVerdictIsAbout();
    void knownExchanger_needsAWord();
    void namesThatFail_areTold_data();
    void namesThatFail_areTold();
    void typedForms_askForTheSame_data();
    void typedForms_askForTheSame();
    void publishedPlainText_isNeverRecommended();
    void threePublishedServers_areAllInTheReport();
    void webPageInPlaceOfSettings_isIgnored();
    void provider_saysWhatComesFirst_data();
    void provider_saysWhatComesFirst();
    void cancel_leavesNothing();
    void networkChange_endsWithoutAVerdict();
    void typedServer_isTriedToo();
    void userNames_areFilledIn();

private:
    static void useLookups(SearchFixture &f)
    {
        f.world.finderMaker = [&f](const auto &query, const auto &finder) {
            return std::make_unique<Lookups>(query, finder, f.world);
        };
    }
};

void SourceMatrixTest::serviceRecord_isTriedFirst()
{
    SearchFixture f; // row 45
    useLookups(f);
    f.setPorts("OORR");
    f.world.addName(u"out.example.test"_s, { u"192.0.2.45"_s });
    f.world.at(u"192.0.2.45"_s, 1465) = FakeServer::implicit();
    f.world.services[u"_submissions._tcp.example.test"_s]
        = { NameOutcome::Found, { { u"out.example.test"_s, 1465, 0, 0 } } };
    QVERIFY(f.run());
    QVERIFY(f.answer.recommended);
    QCOMPARE(f.answer.recommended->server.host, u"out.example.test"_s);
    QCOMPARE(f.answered(), u"1465 tls"_s);
    QCOMPARE(f.answer.recommended->source, Source::Srv);
    QCOMPARE(f.answer.recommended->trust, Trust::Sure);
}

void SourceMatrixTest::serviceElsewhere_waitsForConsent()
{
    SearchFixture f; // row 46
    useLookups(f);
    f.world.hosts.clear();
    f.world.addName(u"smtp.hoster.test"_s, { f.v4() });
    f.setPorts("OORR");
    f.world.at(f.v4(), 465).names = { "smtp.hoster.test" };
    f.world.services[u"_submissions._tcp.example.test"_s]
        = { NameOutcome::Found, { { u"smtp.hoster.test"_s, 465, 0, 0 } } };
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"none"_s);
    QCOMPARE(f.world.connections, 0);
    const PortResult *row = f.row(465, {}, u"smtp.hoster.test"_s);
    QVERIFY(row);
    QCOMPARE(row->approach, Approach::AfterConsent);
    QCOMPARE(row->trust, Trust::Confirm);

    f.search->addHost(u"smtp.hoster.test"_s);
    QVERIFY(f.world.runUntil([&f] { return f.finishedCount == 2; }, 30s));
    QVERIFY(f.report().recommended);
    QCOMPARE(f.report().recommended->server.host, u"smtp.hoster.test"_s);
    QCOMPARE(f.report().recommended->trust, Trust::Sure);
}

void SourceMatrixTest::agreedHost_isTakenAsItsSourceListsIt()
{
    SearchFixture f;
    useLookups(f);
    f.world.addName(u"smtp.hoster.test"_s, { u"192.0.2.46"_s });
    f.setPorts("RRRR");
    f.setPorts("ROOR", u"192.0.2.46"_s);
    f.world.at(u"192.0.2.46"_s, 1465) = FakeServer::implicit();
    for (const quint16 port : { quint16(587), quint16(1465), quint16(2525) })
        f.world.at(u"192.0.2.46"_s, port).names = { "smtp.hoster.test" };
    f.world.services[u"_submissions._tcp.example.test"_s]
        = { NameOutcome::Found, { { u"smtp.hoster.test"_s, 1465, 0, 0 } } };
    // Agreed to beforehand, as with --agree.
    f.world.callLater(0ms, &f.world, [&f] { f.search->addHost(u"smtp.hoster.test"_s); });
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"1465 tls"_s);
    QCOMPARE(f.answer.recommended->server.host, u"smtp.hoster.test"_s);
    QCOMPARE(f.answer.recommended->trust, Trust::Sure);
    QCOMPARE(f.answer.recommended->user, u"ann@example.test"_s);
}

void SourceMatrixTest::serviceElsewhereBesideADeadHost_isOffered()
{
    SearchFixture f;
    useLookups(f);
    f.world.hosts.clear();
    f.world.addName(u"example.test"_s, { f.v4() }); // a web server, as domains have one
    f.setPorts("DDDD");
    f.world.at(f.v4(), 443) = FakeServer();
    f.world.services[u"_submissions._tcp.example.test"_s]
        = { NameOutcome::Found, { { u"smtp.hoster.test"_s, 465, 0, 0 } } };
    QVERIFY(f.run());
    QVERIFY(!f.report().recommended);
    QCOMPARE(f.overall(), u"NOT_TRIED"_s);
    const auto offer = postrider::discovery::awaitingConsent(f.report());
    QVERIFY(offer);
    QCOMPARE(offer->server.host, u"smtp.hoster.test"_s);
    QVERIFY(postrider::discovery::sentence(f.report()).contains(u"smtp.hoster.test"_s));
    QVERIFY(postrider::discovery::advice(f.report()).contains(u"password"_s));
}

void SourceMatrixTest::domainWithoutHosts_isNoUnknownDomain()
{
    SearchFixture f;
    useLookups(f);
    f.world.hosts.clear();
    f.world.exchangers[u"example.test"_s] = { NameOutcome::Found, { { u"mx.hoster.test"_s, 10 } } };
    QVERIFY(f.run());
    QCOMPARE(f.overall(), u"NOT_TRIED"_s);
    QCOMPARE(f.world.connections, 0);

    SearchFixture none;
    useLookups(none);
    none.world.hosts.clear();
    none.world.exchangers[u"example.test"_s] = { NameOutcome::NotFound, {} };
    QVERIFY(none.run());
    QCOMPARE(none.overall(), u"DNS_NX"_s);
}

void SourceMatrixTest::listedPort_isNotOvertakenByAnUnlistedOne()
{
    SearchFixture f;
    f.setPorts("OORR");
    const postrider::accounts::Server listed { u"smtp.example.test"_s, 587, Security::StartTls };
    f.world.findings.finds = { { 1ms, { { .server = listed, .source = Source::Autoconfig } } },
                               { 3ms, { { .server = listed, .source = Source::Srv } } } };
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"587 starttls"_s);
    QVERIFY(f.row(587)->isListed);
    QVERIFY(!f.row(465)->isListed);
}

void SourceMatrixTest::listedPorts_areTakenInTheUsualOrder_data()
{
    QTest::addColumn<QString>("ports");
    QTest::addColumn<QString>("answered");
    QTest::newRow("465 before 587") << u"OOOO"_s << u"465 tls"_s;
    QTest::newRow("587 before 2525") << u"ROOO"_s << u"587 starttls"_s;
    QTest::newRow("2525 before 8025") << u"RROO"_s << u"2525 starttls"_s;
}

/// Whatever the order in which a source has them.
void SourceMatrixTest::listedPorts_areTakenInTheUsualOrder()
{
    QFETCH(QString, ports);
    QFETCH(QString, answered);
    SearchFixture f;
    f.setPorts(ports.toLatin1().constData());
    f.world.at(f.v4(), 8025) = FakeServer();
    QList<Candidate> listed;
    for (const int port : { 8025, 2525, 587, 465 })
        listed.append({ .server = { u"smtp.example.test"_s, quint16(port),
                                    port == 465 ? Security::Tls : Security::StartTls },
                        .source = Source::Table,
                        .order = int(listed.size()) });
    f.world.findings.finds = { { 1ms, listed } };
    QVERIFY(f.run());
    QTEST(f.answered(), "answered");
}

void SourceMatrixTest::deniedService_isSaid()
{
    SearchFixture f; // row 47
    useLookups(f);
    f.world.services[u"_submissions._tcp.example.test"_s] = { NameOutcome::Found, { { {}, 0, 0, 0 } } };
    f.world.services[u"_submission._tcp.example.test"_s] = { NameOutcome::Found, { { {}, 0, 0, 0 } } };
    f.setPorts("RRRR");
    QVERIFY(f.run());
    QCOMPARE(f.overall(), u"NO_SEND_SRV"_s);

    SearchFixture works;
    useLookups(works);
    works.world.services = f.world.services;
    works.setPorts("OORR");
    QVERIFY(works.run());
    QCOMPARE(works.answered(), u"465 tls"_s);
}

void SourceMatrixTest::deadService_leavesTheGuess()
{
    SearchFixture f; // row 48
    useLookups(f);
    f.setPorts("OORR");
    f.world.addName(u"old.example.test"_s, { u"192.0.2.48"_s });
    f.world.services[u"_submission._tcp.example.test"_s]
        = { NameOutcome::Found, { { u"old.example.test"_s, 587, 0, 0 } } };
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"465 tls"_s);
    QCOMPARE(f.answer.recommended->source, Source::Guess);
    QCOMPARE(f.verdict(587, {}, u"old.example.test"_s), u"REFUSED"_s);
}

void SourceMatrixTest::usualNames_areFoundOnlyWhereThereAreSome()
{
    const auto guess = [](const Report &report) {
        const auto step = std::find_if(report.steps.cbegin(), report.steps.cend(),
                                       [](const SourceStep &one) { return one.source == Source::Guess; });
        return step == report.steps.cend() ? StepState::Skipped : step->state;
    };
    SearchFixture there;
    useLookups(there);
    there.setPorts("OORR");
    QVERIFY(there.run());
    QCOMPARE(guess(there.answer), StepState::Found);

    SearchFixture nowhere;
    useLookups(nowhere);
    nowhere.world.hosts.clear();
    QVERIFY(nowhere.run());
    QCOMPARE(guess(nowhere.answer), StepState::Nothing);
}

void SourceMatrixTest::typedHost_isWhatTheVerdictIsAbout_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<Verdict>("verdict");
    QTest::newRow("nothing listens there") << u"localhost"_s << Verdict::Refused;
    QTest::newRow("no such name") << u"mail.nowhere.test"_s << Verdict::DnsNotFound;
}

void SourceMatrixTest::typedHost_isWhatTheVerdictIsAbout()
{
    QFETCH(QString, typed);
    QFETCH(Verdict, verdict);
    SearchFixture f; // the domain's own server does not answer
    useLookups(f);
    f.setPorts("DDDD");
    constexpr std::array<quint16, 5> Ports { 465, 587, 2525, 25, 1025 };
    for (const quint16 port : Ports) {
        f.world.at(u"127.0.0.1"_s, port) = FakeServer::refusing();
        f.world.at(u"::1"_s, port) = FakeServer::refusing();
    }
    QVERIFY(f.run());
    QVERIFY(f.search->report().verdict != verdict);
    f.finishedCount = 0;
    f.search->addHost(typed);
    QVERIFY(f.finish());
    QCOMPARE(f.search->report().verdict, verdict);
    QCOMPARE(f.search->report().typedHosts, QStringList { typed });
    const QString words = sentence(f.search->report());
    QVERIFY2(words.contains(typed) && !words.contains(u"example.test"_s), qPrintable(words));
}

void SourceMatrixTest::knownExchanger_needsAWord()
{
    SearchFixture f; // row 49
    f.world.hosts.clear();
    f.world.addName(u"smtp.provider.test"_s, { f.v4() });
    f.setPorts("OORR");
    f.world.at(f.v4(), 465).names = { "smtp.provider.test" };
    f.world.findings.finds = { { 3ms,
                                 { { .server = { u"smtp.provider.test"_s, 465, Security::Tls },
                                     .source = Source::Mx,
                                     .trust = Trust::Confirm } } } };
    f.world.findings.facts.hostedAt = u"Provider"_s;
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"465 tls"_s);
    QCOMPARE(f.answer.recommended->trust, Trust::Confirm);
    QCOMPARE(f.report().hostedAt, u"Provider"_s);
}

void SourceMatrixTest::namesThatFail_areTold_data()
{
    QTest::addColumn<int>("outcome"); // -1: no answer
    QTest::addColumn<QString>("verdict");
    QTest::addColumn<int>("budget");
    QTest::newRow("51: does not exist") << int(NameOutcome::NotFound) << u"DNS_NX"_s << 300;
    QTest::newRow("51: server failure") << int(NameOutcome::Failed) << u"DNS_FAIL"_s << 300;
    QTest::newRow("51: no answer") << -1 << u"DNS_FAIL"_s << 10000;
}

void SourceMatrixTest::namesThatFail_areTold()
{
    QFETCH(int, outcome);
    QFETCH(int, budget);
    SearchFixture f;
    f.world.hosts.clear();
    for (const QString &name : { u"smtp.example.test"_s, u"mail.example.test"_s, u"example.test"_s }) {
        f.world.hosts[name].outcome = static_cast<NameOutcome>(std::max(outcome, 0));
        f.world.hosts[name].delay = outcome < 0 ? -1ms : 2ms;
    }
    QVERIFY(f.run());
    QTEST(f.overall(), "verdict");
    QVERIFY(f.settledAt <= std::chrono::milliseconds(budget));
    QCOMPARE(f.world.connections, 0);
}

void SourceMatrixTest::typedForms_askForTheSame_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("domain");
    QTest::addColumn<QString>("user");
    QTest::newRow("52: upper case and trailing dot")
        << u"ANN@EXAMPLE.TEST."_s << u"example.test"_s << u"ANN@example.test"_s;
    QTest::newRow("52: tag") << u"ann+shop@example.test"_s << u"example.test"_s << u"ann+shop@example.test"_s;
    QTest::newRow("52: international")
        << u"ann@B\u00fccher.test"_s << u"xn--bcher-kva.test"_s << u"ann@xn--bcher-kva.test"_s;
}

void SourceMatrixTest::typedForms_askForTheSame()
{
    QFETCH(QString, text);
    QFETCH(QString, domain);
    SearchFixture f;
    useLookups(f);
    const QString host = u"smtp."_s + domain;
    f.world.addName(host, { f.v4() });
    f.setPorts("ORRR");
    f.world.at(f.v4(), 465).names = { host.toUtf8() };
    QVERIFY(f.run(text));
    QVERIFY(f.answer.recommended);
    QCOMPARE(f.answer.recommended->server.host, host);
    QTEST(f.answer.recommended->user, "user");
    for (const QString &name : std::as_const(f.world.namesAsked))
        QVERIFY2(name.endsWith(domain) && name == name.toLower(), qPrintable(name));
}

void SourceMatrixTest::publishedPlainText_isNeverRecommended()
{
    SearchFixture f; // row 53
    f.setPorts("OORR");
    f.world.at(f.v4(), 587).ehlo = "250-mail.example.test\r\n250 AUTH PLAIN\r\n";
    f.world.findings.finds = {
        { 1ms,
          { { .server = { u"smtp.example.test"_s, 587, Security::None }, .source = Source::Autoconfig } } }
    };
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"465 tls"_s);
    QCOMPARE(f.verdict(587), u"NO_TLS"_s);
    QVERIFY(!f.row(587)->isRecommendable());
}

void SourceMatrixTest::threePublishedServers_areAllInTheReport()
{
    SearchFixture f; // row 54
    f.world.addName(u"b.example.test"_s, { u"192.0.2.54"_s });
    f.world.addName(u"c.example.test"_s, { u"192.0.2.55"_s });
    f.setPorts("DDDD");
    f.setPorts("ORRR", u"192.0.2.54"_s);
    f.setPorts("ORRR", u"192.0.2.55"_s);
    QList<Candidate> three;
    for (const QString &host : { u"smtp.example.test"_s, u"b.example.test"_s, u"c.example.test"_s })
        three.append({ .server = { host, 465, Security::Tls },
                       .source = Source::Autoconfig,
                       .order = int(three.size()) });
    f.world.findings.finds = { { 1ms, three } };
    QVERIFY(f.run());
    QVERIFY(f.answer.recommended);
    QCOMPARE(f.answer.recommended->server.host, u"b.example.test"_s);
    QCOMPARE(f.verdict(465), u"TIMEOUT"_s);
    QCOMPARE(f.verdict(465, {}, u"c.example.test"_s), u"OK"_s);
}

void SourceMatrixTest::webPageInPlaceOfSettings_isIgnored()
{
    SearchFixture f; // row 33
    useLookups(f);
    f.setPorts("OORR");
    WebAnswer page { .outcome = WebAnswer::Outcome::Answered };
    page.status = 200;
    page.contentType = "text/html";
    page.body = "<!DOCTYPE html><html><body>Sign in</body></html>";
    page.url = QUrl(u"https://autoconfig.example.test/mail/config-v1.1.xml"_s);
    f.world.documents[page.url] = page;
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"465 tls"_s);
    QVERIFY(f.world.urlsAsked.contains(page.url));
}

void SourceMatrixTest::provider_saysWhatComesFirst_data()
{
    QTest::addColumn<QByteArray>("auth");
    QTest::addColumn<QList<SignInKind>>("signIn");
    QTest::addColumn<Preparation>("preparation");
    QTest::addColumn<QString>("verdict");
    QTest::newRow("57: tokens only") << "250 AUTH LOGIN XOAUTH2\r\n"_ba << QList { SignInKind::OAuth }
                                     << Preparation::None << u"NEED_OAUTH"_s;
    QTest::newRow("57: the server says so")
        << "250 AUTH XOAUTH2\r\n"_ba << QList<SignInKind>() << Preparation::None << u"NEED_OAUTH"_s;
    QTest::newRow("app password") << "250 AUTH PLAIN\r\n"_ba << QList { SignInKind::AppPassword }
                                  << Preparation::AppPassword << u"NEED_APP_PASSWORD"_s;
    QTest::newRow("enable first") << "250 AUTH PLAIN\r\n"_ba << QList { SignInKind::Password }
                                  << Preparation::EnableSmtp << u"ENABLE_FIRST"_s;
    QTest::newRow("nothing") << "250 AUTH PLAIN\r\n"_ba << QList { SignInKind::Password } << Preparation::None
                             << u"OK"_s;
}

void SourceMatrixTest::provider_saysWhatComesFirst()
{
    QFETCH(QByteArray, auth);
    SearchFixture f;
    f.setPorts("ORRR");
    f.world.at(f.v4(), 465).ehloAfterTls = "250-mail.example.test\r\n" + auth;
    f.world.findings.facts.signIn
        = *static_cast<QList<SignInKind> *>(QTest::qData("signIn", qMetaTypeId<QList<SignInKind>>()));
    f.world.findings.facts.preparation
        = *static_cast<Preparation *>(QTest::qData("preparation", qMetaTypeId<Preparation>()));
    f.world.findings.finds
        = { { 1ms,
              { { .server = { u"smtp.example.test"_s, 465, Security::Tls }, .source = Source::Table } } } };
    QVERIFY(f.run());
    QTEST(f.overall(), "verdict");
    QCOMPARE(f.answered(), u"465 tls"_s);
}

void SourceMatrixTest::cancel_leavesNothing()
{
    for (int moment = 0; moment < 3000; moment += moment < 60 ? 1 : 97) { // row 65
        SearchFixture f;
        useLookups(f);
        f.setPorts(moment % 2 == 0 ? "OOOO" : "SDSO");
        f.mostPerAddress = 8;
        f.start();
        f.world.runFor(std::chrono::milliseconds(moment));
        f.search->cancel();
        QCOMPARE(f.world.openConnections, 0);
        const int before = f.changedCount + f.settledCount + f.finishedCount;
        const int connections = f.world.connections;
        f.world.runFor(20s);
        QCOMPARE(f.changedCount + f.settledCount + f.finishedCount, before);
        QCOMPARE(f.world.connections, connections);
    }
}

void SourceMatrixTest::networkChange_endsWithoutAVerdict()
{
    SearchFixture f; // row 66
    f.setPorts("DDDD");
    f.world.elsewhere = FakeServer::dropping();
    f.world.networkState.reach = NetworkState::Reach::None;
    f.start();
    f.world.runFor(1s);
    f.world.networkState.reach = NetworkState::Reach::Some;
    Q_EMIT f.world.networkChanged();
    QCOMPARE(f.finishedCount, 1);
    QCOMPARE(f.report().freshness, postrider::discovery::Freshness::NetworkChanged);
    QCOMPARE(f.overall(), u"NOT_TRIED"_s);
    QCOMPARE(f.world.openConnections, 0);

    f.setPorts("OORR");
    f.search->restart();
    QVERIFY(f.world.runUntil([&f] { return f.finishedCount == 2; }, 30s));
    QCOMPARE(f.describe(f.report().recommended), u"465 tls"_s);
    QCOMPARE(f.report().freshness, postrider::discovery::Freshness::Current);
}

void SourceMatrixTest::typedServer_isTriedToo()
{
    SearchFixture f;
    f.setPorts("RRRR");
    f.world.addName(u"mx.other.test"_s, { u"192.0.2.99"_s });
    f.world.at(u"192.0.2.99"_s, 8025).names = { "mx.other.test" };
    f.start();
    f.search->addServer({ u"mx.other.test"_s, 8025, Security::StartTls });
    QVERIFY(f.settle());
    QVERIFY(f.report().recommended);
    QCOMPARE(f.report().recommended->server,
             (postrider::accounts::Server { u"mx.other.test"_s, 8025, Security::StartTls }));
    QVERIFY(f.finish());
}

void SourceMatrixTest::userNames_areFilledIn()
{
    const QList<std::pair<QString, QString>> all {
        { {}, u"ann@example.test"_s },       { u"%EMAILADDRESS%"_s, u"ann@example.test"_s },
        { u"%EMAILLOCALPART%"_s, u"ann"_s }, { u"%EMAILLOCALPART%.%EMAILDOMAIN%"_s, u"ann.example.test"_s },
        { u"apikey"_s, u"apikey"_s },
    };
    for (const auto &[pattern, user] : all) {
        SearchFixture f;
        f.setPorts("ORRR");
        f.world.findings.finds = { { 1ms,
                                     { { .server = { u"smtp.example.test"_s, 465, Security::Tls },
                                         .source = Source::Autoconfig,
                                         .userPattern = pattern } } } };
        QVERIFY(f.run());
        QCOMPARE(f.answer.recommended->user, user);
    }
}

QTEST_GUILESS_MAIN(SourceMatrixTest)
#include "tst_sourcematrix.moc"
