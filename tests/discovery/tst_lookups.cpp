// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "lookuprun.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace postrider;
using namespace postrider::tests;
using discovery::Approach;
using discovery::DomainState;
using discovery::NameOutcome;
using discovery::Preparation;
using discovery::Trust;
using discovery::WebAnswer;
using Database = FinderOptions::Database;

/// What is asked, in which order, and what name servers answer.
class LookupsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unknownDomain_isAskedEverywhereAtOnce();
    void knownDomain_isAnsweredFromTheTable();
    void knownDomain_isAnsweredWhileEverythingElseHangs();
    void providerThatLetsNoProgramIn_hasNoServers();
    void serviceRecords_areFollowedInTheirOrder();
    void serviceRecordOutsideTheDomain_waitsForConsent();
    void serviceRecordOfADot_meansNoService();
    void serviceRecordOfADotForOneOfTwo_isNoRefusal();
    void exchangerAtAKnownProvider_bringsItsServers();
    void exchangerOfAnUnknownHolder_isAskedForSettingsAtItsOwnDomain();
    void exchangerBelowAPublicSuffix_isNeverClimbed();
    void exchangerInTheOwnDomain_isACandidateWithoutFurtherQuestions();
    void backupExchanger_saysNothing();
    void domainThatDoesNotExist_isToldAtOnce();
    void failingNameServer_isToldFromAMissingName();
    void silentPlaces_endAtTheLimit();
    void publicSuffixAsDomain_makesNoNamesOfOthers();
    void typedHost_isTaken_data();
    void typedHost_isTaken();
    void noLookups_meansNoQuestion();
    void destroyedInASignal_isGone_data();
    void destroyedInASignal_isGone();
    void localPart_isInNoQuestion_data();
    void localPart_isInNoQuestion();
};

void LookupsTest::unknownDomain_isAskedEverywhereAtOnce()
{
    LookupWorld world;
    world.addExchangers(u"example.org"_s, {});
    const Run run(world);
    QVERIFY(run.isFinished);
    QVERIFY(run.isOrderly);
    world.nameQuestions.sort();
    QCOMPARE(world.nameQuestions,
             QStringList({ u"_submission._tcp.example.org"_s, u"_submissions._tcp.example.org"_s,
                           u"example.org"_s }));
    QCOMPARE(world.webQuestions, QStringList({ AutoconfigUrl, WellKnownUrl }));
    QCOMPARE(run.servers(Source::Guess),
             QStringList(
                 { u"smtp.example.org:465 tls"_s, u"mail.example.org:465 tls"_s, u"example.org:465 tls"_s }));
    QCOMPARE(run.candidates.size(), 3);
    QVERIFY(run.step(Source::Table) == StepState::Nothing);
    QVERIFY(run.step(Source::Srv) == StepState::Nothing);
    QVERIFY(run.step(Source::Mx) == StepState::Nothing);
    QVERIFY(run.step(Source::Autoconfig) == StepState::Nothing);
    QVERIFY(run.step(Source::Database) == StepState::Skipped);
    QVERIFY2(!run.step(Source::Typed), "nobody typed a host");
    QVERIFY(run.facts().domain == DomainState::Exists);
    QVERIFY(run.took() <= 5ms);
}

void LookupsTest::knownDomain_isAnsweredFromTheTable()
{
    LookupWorld world;
    const Run run(world, u"ann@GMX.de."_s);
    QCOMPARE(run.servers(Source::Table),
             QStringList({ u"mail.gmx.net:465 tls"_s, u"mail.gmx.net:587 starttls"_s }));
    for (const Candidate &one : run.of(Source::Table)) {
        QVERIFY(one.trust == Trust::Sure);
        QVERIFY(one.approach == Approach::AtOnce);
        QCOMPARE(one.userPattern, u"%EMAILADDRESS%"_s);
    }
    QCOMPARE(run.facts().providerId, u"gmx"_s);
    QVERIFY(run.facts().preparation == Preparation::EnableSmtp);
    QCOMPARE(run.foundBy(Source::Table), u"GMX"_s);
    QVERIFY2(run.of(Source::Guess).isEmpty(), "what is known need not be guessed");
    QVERIFY(run.step(Source::Guess) == StepState::Skipped);
    QVERIFY(run.step(Source::Mx) == StepState::Skipped);
}

void LookupsTest::knownDomain_isAnsweredWhileEverythingElseHangs()
{
    LookupWorld world;
    for (const QString &question : { u"_submission._tcp.gmx.de"_s, u"_submissions._tcp.gmx.de"_s,
                                     u"https://autoconfig.gmx.de/mail/config-v1.1.xml"_s,
                                     u"https://gmx.de/.well-known/autoconfig/mail/config-v1.1.xml"_s })
        world.delays.insert(question, 1h);
    Lookups lookups(*Query::parse(u"ann@gmx.de"_s), {}, world);
    const QSignalSpy found(&lookups, &Lookups::found);
    lookups.start();
    QVERIFY(found.isEmpty());
    world.letTimePass(1ms);
    QCOMPARE(found.size(), 1);
}

void LookupsTest::providerThatLetsNoProgramIn_hasNoServers()
{
    LookupWorld world;
    const Run run(world, u"ann@tuta.com"_s);
    QVERIFY(run.candidates.isEmpty());
    QVERIFY(run.facts().preparation == Preparation::NotPossible);
    QCOMPARE(run.facts().providerId, u"tuta"_s);
    QVERIFY(run.isFinished);
}

void LookupsTest::serviceRecords_areFollowedInTheirOrder()
{
    LookupWorld world;
    world.addServices(u"_submission._tcp.example.org"_s, { { .host = u"old.example.org"_s, .port = 587 } });
    world.addServices(u"_submissions._tcp.example.org"_s,
                      { { .host = u"light.example.org"_s, .port = 465, .priority = 10, .weight = 1 },
                        { .host = u"backup.example.org"_s, .port = 465, .priority = 20, .weight = 9 },
                        { .host = u"heavy.example.org"_s, .port = 1465, .priority = 10, .weight = 5 },
                        { .host = u"none.example.org"_s, .port = 0, .priority = 1 } });
    const Run run(world);
    QCOMPARE(run.servers(Source::Srv),
             QStringList({ u"heavy.example.org:1465 tls"_s, u"light.example.org:465 tls"_s,
                           u"backup.example.org:465 tls"_s, u"old.example.org:587 starttls"_s }));
    for (const Candidate &one : run.of(Source::Srv)) {
        QVERIFY(one.trust == Trust::Sure && one.approach == Approach::AtOnce);
        QCOMPARE(one.userPattern, u"%EMAILADDRESS%"_s);
    }
    QVERIFY(run.step(Source::Srv) == StepState::Found);
    QVERIFY(!run.facts().saysNoService);
}

void LookupsTest::serviceRecordOutsideTheDomain_waitsForConsent()
{
    LookupWorld world;
    world.addServices(u"_submissions._tcp.example.org"_s,
                      { { .host = u"smtp.hoster.example"_s, .port = 465 },
                        { .host = u"example.org.hoster.example"_s, .port = 465 },
                        { .host = u"notexample.org"_s, .port = 465 } });
    const Run run(world);
    QCOMPARE(run.of(Source::Srv).size(), 3);
    for (const Candidate &one : run.of(Source::Srv)) {
        QVERIFY(one.trust == Trust::Confirm);
        QVERIFY(one.approach == Approach::AfterConsent);
    }
}

void LookupsTest::serviceRecordOfADot_meansNoService()
{
    LookupWorld world;
    world.addServices(u"_submissions._tcp.example.org"_s, { { .host = {}, .port = 0 } });
    world.addServices(u"_submission._tcp.example.org"_s, { { .host = {}, .port = 0 } });
    const Run run(world);
    QVERIFY(run.of(Source::Srv).isEmpty());
    QVERIFY(run.facts().saysNoService);

    world.services.remove(u"_submission._tcp.example.org"_s);
    QVERIFY(Run(world).facts().saysNoService);
    world.services.clear();
    QVERIFY(!Run(world).facts().saysNoService);
}

void LookupsTest::serviceRecordOfADotForOneOfTwo_isNoRefusal()
{
    for (const auto &slow : { u"_submissions._tcp.example.org"_s, u"_submission._tcp.example.org"_s }) {
        LookupWorld world;
        world.addServices(u"_submissions._tcp.example.org"_s, { { .host = {}, .port = 0 } });
        world.addServices(u"_submission._tcp.example.org"_s,
                          { { .host = u"smtp.example.org"_s, .port = 587 } });
        world.delays.insert(slow, 300ms);
        const Run run(world);
        QVERIFY(!run.facts().saysNoService);
        QCOMPARE(run.servers(Source::Srv), QStringList { u"smtp.example.org:587 starttls"_s });
    }
}

void LookupsTest::exchangerAtAKnownProvider_bringsItsServers()
{
    LookupWorld world;
    world.addExchangers(u"example.org"_s,
                        { { u"aspmx2.googlemail.com"_s, 30 }, { u"aspmx.l.google.com"_s, 10 } });
    const Run run(world);
    QCOMPARE(run.servers(Source::Mx),
             QStringList({ u"smtp.gmail.com:465 tls"_s, u"smtp.gmail.com:587 starttls"_s }));
    for (const Candidate &one : run.of(Source::Mx)) {
        QVERIFY(one.trust == Trust::Confirm);
        QVERIFY2(one.approach == Approach::AtOnce, "the host is one that our table knows");
    }
    QCOMPARE(run.facts().hostedAt, u"Google Workspace"_s);
    QCOMPARE(run.facts().providerId, u"google-workspace"_s);
    QCOMPARE(run.foundBy(Source::Mx), u"Google Workspace"_s);
    QVERIFY(run.facts().preparation == Preparation::AppPassword);
}

void LookupsTest::exchangerOfAnUnknownHolder_isAskedForSettingsAtItsOwnDomain()
{
    LookupWorld world;
    world.addExchangers(u"example.org"_s, { { u"mx1.cluster.hoster.co.uk"_s, 10 } });
    world.addDocument(u"https://autoconfig.hoster.co.uk/mail/config-v1.1.xml"_s,
                      document({ server("smtp.hoster.co.uk") }));
    const Run run(world);
    QVERIFY(world.webQuestions.contains(u"https://autoconfig.cluster.hoster.co.uk/mail/config-v1.1.xml"_s));
    QVERIFY(world.webQuestions.contains(u"https://autoconfig.hoster.co.uk/mail/config-v1.1.xml"_s));
    QCOMPARE(world.webQuestions.size(), 4);
    QCOMPARE(run.servers(Source::Mx),
             QStringList({ u"mx1.cluster.hoster.co.uk:465 tls"_s, u"smtp.hoster.co.uk:465 tls"_s }));
    for (const Candidate &one : run.of(Source::Mx)) {
        QVERIFY(one.trust == Trust::Confirm);
        QVERIFY(one.approach == Approach::AfterConsent);
    }
}

void LookupsTest::exchangerBelowAPublicSuffix_isNeverClimbed()
{
    LookupWorld world;
    world.addExchangers(u"example.org"_s, { { u"hoster.co.uk"_s, 10 } });
    const Run direct(world);
    QCOMPARE(world.webQuestions.size(), 3);
    QVERIFY(world.webQuestions.contains(u"https://autoconfig.hoster.co.uk/mail/config-v1.1.xml"_s));

    world.webQuestions.clear();
    world.addExchangers(u"example.org"_s, { { u"co.uk"_s, 10 } });
    const Run suffix(world);
    QCOMPARE(world.webQuestions, QStringList({ AutoconfigUrl, WellKnownUrl }));
    QVERIFY(suffix.of(Source::Mx).isEmpty());
}

void LookupsTest::exchangerInTheOwnDomain_isACandidateWithoutFurtherQuestions()
{
    LookupWorld world;
    world.addExchangers(u"example.org"_s, { { u"mx.example.org"_s, 10 } });
    const Run run(world);
    QCOMPARE(world.webQuestions, QStringList({ AutoconfigUrl, WellKnownUrl }));
    QCOMPARE(run.servers(Source::Mx), QStringList { u"mx.example.org:465 tls"_s });
    QVERIFY(run.of(Source::Mx).first().trust == Trust::Sure);
    QVERIFY(run.of(Source::Mx).first().approach == Approach::AtOnce);
}

void LookupsTest::backupExchanger_saysNothing()
{
    LookupWorld world;
    world.addExchangers(u"example.org"_s, { { u"mx.example.org"_s, 10 }, { u"aspmx.l.google.com"_s, 20 } });
    const Run run(world);
    QVERIFY(run.facts().hostedAt.isEmpty());
    QCOMPARE(run.servers(Source::Mx), QStringList { u"mx.example.org:465 tls"_s });
}

void LookupsTest::domainThatDoesNotExist_isToldAtOnce()
{
    LookupWorld world;
    const Run run(world);
    QVERIFY(run.facts().domain == DomainState::DoesNotExist);
    QVERIFY(run.isFinished);
    QVERIFY(run.took() < 100ms);
}

void LookupsTest::failingNameServer_isToldFromAMissingName()
{
    LookupWorld world;
    world.exchangers.insert(u"example.org"_s, { .outcome = NameOutcome::Failed });
    world.services.insert(u"_submission._tcp.example.org"_s, { .outcome = NameOutcome::Failed });
    world.documents.insert(AutoconfigUrl,
                           { .outcome = WebAnswer::Outcome::Failed, .url = QUrl(AutoconfigUrl) });
    const Run run(world);
    QVERIFY(run.facts().domain == DomainState::LookupFailed);
    QVERIFY(run.step(Source::Mx) == StepState::Failed);
    QVERIFY(run.step(Source::Srv) == StepState::Failed);
    QVERIFY(run.step(Source::Autoconfig) == StepState::Failed);
}

void LookupsTest::silentPlaces_endAtTheLimit()
{
    LookupWorld world;
    world.addServices(u"_submissions._tcp.example.org"_s, { { .host = u"smtp.example.org"_s, .port = 465 } });
    world.delays.insert(u"example.org"_s, 1h);
    world.delays.insert(AutoconfigUrl, 1h);
    world.delays.insert(u"_submission._tcp.example.org"_s, 1h);
    const Run run(world);
    QVERIFY(run.isFinished);
    QVERIFY(run.isOrderly);
    QVERIFY(run.took() == Lookups::Limit);
    QVERIFY(run.step(Source::Mx) == StepState::Failed);
    QVERIFY(run.step(Source::Autoconfig) == StepState::Failed);
    QVERIFY2(run.step(Source::Srv) == StepState::Found, "one of the two answered");
    const auto candidates = run.candidates.size();
    world.letTimePass(2h);
    QCOMPARE(run.candidates.size(), candidates);
}

void LookupsTest::publicSuffixAsDomain_makesNoNamesOfOthers()
{
    LookupWorld world;
    const Run run(world, u"ann@co.uk"_s);
    QCOMPARE(world.webQuestions,
             QStringList { u"https://co.uk/.well-known/autoconfig/mail/config-v1.1.xml"_s });
    QCOMPARE(run.servers(Source::Guess), QStringList { u"co.uk:465 tls"_s });
}

void LookupsTest::typedHost_isTaken_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("servers");
    QTest::addColumn<qsizetype>("questions"); ///< to name servers

    QTest::newRow("host and port") << u"smtp.example.org:587"_s
                                   << QStringList { u"smtp.example.org:587 starttls"_s } << qsizetype(0);
    QTest::newRow("encrypted port") << u"smtp.example.org:465"_s
                                    << QStringList { u"smtp.example.org:465 tls"_s } << qsizetype(0);
    QTest::newRow("address literal") << u"192.168.0.10"_s << QStringList { u"192.168.0.10:465 tls"_s }
                                     << qsizetype(0);
    QTest::newRow("this computer") << u"localhost"_s << QStringList { u"localhost:465 tls"_s }
                                   << qsizetype(0);
    QTest::newRow("in the own network")
        << u"mailserver"_s << QStringList { u"mailserver:465 tls"_s } << qsizetype(0);
    QTest::newRow("a host is tried as a domain, too")
        << u"smtp.example.org"_s << QStringList { u"smtp.example.org:465 tls"_s } << qsizetype(3);
    QTest::newRow("a domain is no host") << u"example.org"_s << QStringList {} << qsizetype(3);
    QTest::newRow("a provider's server")
        << u"smtp.gmail.com"_s
        << QStringList({ u"smtp.gmail.com:465 tls"_s, u"smtp.gmail.com:587 starttls"_s }) << qsizetype(0);
    QTest::newRow("a service's region") << u"smtp.eu.sparkpostmail.com"_s
                                        << QStringList({ u"smtp.eu.sparkpostmail.com:587 starttls"_s,
                                                         u"smtp.eu.sparkpostmail.com:2525 starttls"_s })
                                        << qsizetype(0);
    QTest::newRow("a provider's odd port")
        << u"mobile.charter.net:587"_s << QStringList { u"mobile.charter.net:587 tls"_s } << qsizetype(0);
}

void LookupsTest::typedHost_isTaken()
{
    QFETCH(const QString, text);
    LookupWorld world;
    const Run run(world, text);
    QVERIFY(run.isFinished);
    QTEST(run.servers(Source::Typed), "servers");
    QTEST(world.nameQuestions.size(), "questions");
    for (const Candidate &one : run.of(Source::Typed))
        QVERIFY(one.trust == Trust::Sure && one.approach == Approach::AtOnce);
    QCOMPARE(run.step(Source::Typed).has_value(), !run.of(Source::Typed).isEmpty());

    LookupWorld another;
    const Run service(another, u"smtp.sendgrid.net:2525"_s);
    QCOMPARE(service.facts().serviceId, u"sendgrid"_s);
    QCOMPARE(service.candidates.first().userPattern, u"apikey"_s);
}

void LookupsTest::noLookups_meansNoQuestion()
{
    LookupWorld world;
    const FinderOptions options { .database = Database::Ask, .lookup = FinderOptions::Lookup::None };
    const Run own(world, u"ann@example.org"_s, options);
    QCOMPARE(own.servers(Source::Guess).size(), 3);
    const Run known(world, u"ann@gmx.de"_s, options);
    QCOMPARE(known.servers(Source::Table).size(), 2);
    QVERIFY(world.nameQuestions.isEmpty());
    QVERIFY(world.webQuestions.isEmpty());
    QVERIFY(own.step(Source::Srv) == StepState::Skipped);
}

void LookupsTest::destroyedInASignal_isGone_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("found") << 0;
    QTest::newRow("changed") << 1;
    QTest::newRow("finished") << 2;
}

void LookupsTest::destroyedInASignal_isGone()
{
    QFETCH(const int, signal);
    LookupWorld world;
    world.addDocument(AutoconfigUrl, document({ server("smtp.example.org") }));
    auto lookups = std::make_unique<Lookups>(*Query::parse(u"ann@example.org"_s), FinderOptions {}, world);
    int signalsAfter = 0;
    const auto end = [&lookups, &signalsAfter] {
        if (!lookups)
            ++signalsAfter;
        lookups.reset();
    };
    if (signal == 0)
        connect(lookups.get(), &Lookups::found, this, end);
    else if (signal == 1)
        connect(lookups.get(), &Lookups::changed, this, end);
    else
        connect(lookups.get(), &Lookups::finished, this, end);
    lookups->start();
    world.letTimePass(1h);
    QVERIFY(!lookups);
    QCOMPARE(signalsAfter, 0);
}

void LookupsTest::localPart_isInNoQuestion_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("domain");

    QTest::newRow("usual") << u"needle@example.org"_s << u"example.org"_s;
    QTest::newRow("tag and upper case") << u"Needle+Shop@Example.ORG."_s << u"example.org"_s;
    QTest::newRow("international") << u"needle@Bücher.example"_s << u"xn--bcher-kva.example"_s;
    QTest::newRow("quoted") << u"\"needle @ home\"@example.org"_s << u"example.org"_s;
    QTest::newRow("known provider") << u"needle@gmx.de"_s << u"gmx.de"_s;
}

void LookupsTest::localPart_isInNoQuestion()
{
    QFETCH(const QString, address);
    QFETCH(const QString, domain);
    LookupWorld world;
    world.addExchangers(domain, { { u"mx.hoster.example"_s, 10 } });
    world.addDocument(u"https://autoconfig."_s + domain + u"/mail/config-v1.1.xml"_s,
                      document({ server("%EMAILLOCALPART%.example.org"), server("smtp.example.org") }));
    const Run run(world, address, { .database = Database::Ask });
    const QString all = (world.nameQuestions + world.webQuestions).join(u'\n');
    QVERIFY(all.contains(domain));
    QVERIFY(!all.contains("needle"_L1, Qt::CaseInsensitive));
    QVERIFY(!all.contains(u'@') && !all.contains("%40"_L1) && !all.contains(u'?'));
    QVERIFY(!all.contains("http://"_L1));
    for (const Candidate &one : std::as_const(run.candidates))
        QVERIFY(!one.server.host.contains("needle"_L1, Qt::CaseInsensitive)
                && !one.server.host.contains(u'%'));
}

QTEST_GUILESS_MAIN(LookupsTest)
#include "tst_lookups.moc"
