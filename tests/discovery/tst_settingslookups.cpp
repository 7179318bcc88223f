// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "lookuprun.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace postrider;
using namespace postrider::tests;
using accounts::Security;
using discovery::Approach;
using discovery::SignInKind;
using discovery::Trust;
using discovery::WebAnswer;
using Database = FinderOptions::Database;
using PlainSettings = FinderOptions::PlainSettings;

/// Settings that are fetched as documents: the domain's own, and those of the public database.
class SettingsLookupsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void settingsByHttps_areFollowed();
    void settingsAtTheWellKnownPlace_comeSecond();
    void plaintextSettings_areTriedWithEncryption();
    void settingsOfAnotherHost_areConfirmed();
    void settingsBehindARedirectElsewhere_areConfirmed();
    void uselessDocument_isNoSettings_data();
    void uselessDocument_isNoSettings();
    void hostsInThePersonsNetwork_areNeverTaken();
    void domainInThePersonsNetwork_mayNameItsOwnHosts();
    void database_isAskedOnlyOnWish();
    void network_isJudgedByCertificates_data();
    void network_isJudgedByCertificates();
    void oauthOnlySettings_sayHowToSignIn();
    void unencryptedSettings_areAskedForOnlyOnWish();
    void unencryptedAnswer_saysNothingOfTheNetwork();
};

void SettingsLookupsTest::settingsByHttps_areFollowed()
{
    LookupWorld world;
    world.addDocument(AutoconfigUrl,
                      document({ server("submit.example.org"), server("smtp2.example.org", 587, "STARTTLS"),
                                 server("smtp3.example.org", 2525, "STARTTLS") }));
    const Run run(world);
    QCOMPARE(run.servers(Source::Autoconfig),
             QStringList({ u"submit.example.org:465 tls"_s, u"smtp2.example.org:587 starttls"_s,
                           u"smtp3.example.org:2525 starttls"_s }));
    for (const Candidate &one : run.of(Source::Autoconfig))
        QVERIFY(one.trust == Trust::Sure && one.approach == Approach::AtOnce);
    QVERIFY(run.step(Source::Autoconfig) == StepState::Found);
    QCOMPARE(run.foundBy(Source::Autoconfig), u"submit.example.org"_s);
    QVERIFY(run.facts().web == FinderFacts::Web::Works);
    QCOMPARE(run.facts().signIn, QList { SignInKind::Password });
}

void SettingsLookupsTest::settingsAtTheWellKnownPlace_comeSecond()
{
    LookupWorld world;
    world.addDocument(AutoconfigUrl, document({ server("first.example.org") }));
    world.addDocument(WellKnownUrl, document({ server("second.example.org") }));
    world.delays.insert(AutoconfigUrl, 500ms);
    const Run run(world);
    QCOMPARE(run.candidates.at(3).server.host, u"second.example.org"_s); // after the guesses, as they come
    QCOMPARE(run.servers(Source::Autoconfig),
             QStringList({ u"first.example.org:465 tls"_s, u"second.example.org:465 tls"_s }));
}

void SettingsLookupsTest::plaintextSettings_areTriedWithEncryption()
{
    LookupWorld world;
    world.addDocument(
        AutoconfigUrl,
        document({ server("smtp.example.org", 587, "plain"), server("mx.example.org", 25, "plain") }));
    const Run run(world);
    QCOMPARE(run.servers(Source::Autoconfig),
             QStringList({ u"smtp.example.org:587 starttls"_s, u"mx.example.org:465 tls"_s }));
    for (const Candidate &one : std::as_const(run.candidates))
        QVERIFY(one.server.security != Security::None);
}

void SettingsLookupsTest::settingsOfAnotherHost_areConfirmed()
{
    LookupWorld world;
    world.addDocument(AutoconfigUrl, document({ server("smtp.hoster.example"), server("smtp.example.org") }));
    const Run run(world);
    QCOMPARE(run.of(Source::Autoconfig).size(), 2);
    QVERIFY(run.of(Source::Autoconfig).at(0).trust == Trust::Confirm);
    QVERIFY(run.of(Source::Autoconfig).at(1).trust == Trust::Sure);
}

void SettingsLookupsTest::settingsBehindARedirectElsewhere_areConfirmed()
{
    LookupWorld world;
    world.addDocument(AutoconfigUrl, document({ server("smtp.example.org") }));
    world.documents[AutoconfigUrl].url = QUrl(u"https://autoconfig.hoster.example/mail/config-v1.1.xml"_s);
    const Run lowered(world);
    QVERIFY(lowered.of(Source::Autoconfig).first().trust == Trust::Confirm);

    world.documents[AutoconfigUrl].url = QUrl(u"https://www.example.org/config.xml"_s);
    const Run same(world);
    QVERIFY2(same.of(Source::Autoconfig).first().trust == Trust::Sure, "still the domain's own holder");
}

void SettingsLookupsTest::uselessDocument_isNoSettings_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");

    const QByteArray good = document({ server("smtp2.example.org") });
    QTest::newRow("web page") << 200 << QByteArray("<!DOCTYPE html><html><body>Sign in</body></html>");
    QTest::newRow("DTD") << 200 << QByteArray("<!DOCTYPE c [<!ENTITY a 'a'>]>" + good);
    QTest::newRow("bad UTF-8") << 200 << QByteArray(good + "<!--\xFF-->");
    QTest::newRow("empty") << 200 << QByteArray();
    QTest::newRow("not found, with a document") << 404 << good;
    QTest::newRow("server's trouble") << 500 << good;
    QTest::newRow("incoming servers only")
        << 200 << QByteArray(document({ server("smtp2.example.org") })).replace("outgoing", "incoming");
}

void SettingsLookupsTest::uselessDocument_isNoSettings()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    LookupWorld world;
    world.addDocument(AutoconfigUrl, body);
    world.documents[AutoconfigUrl].status = status;
    const Run run(world);
    QVERIFY(run.of(Source::Autoconfig).isEmpty());
    QVERIFY(run.step(Source::Autoconfig) == StepState::Nothing);
    QCOMPARE(run.servers(Source::Guess).size(), 3);
}

void SettingsLookupsTest::hostsInThePersonsNetwork_areNeverTaken()
{
    LookupWorld world;
    world.addDocument(
        AutoconfigUrl,
        document({ server("192.168.0.1"), server("localhost"), server("printer.local"), server("router"),
                   server("[::1]"), server("127.0.0.1"), server("10.0.0.1", 22) }));
    world.addServices(u"_submissions._tcp.example.org"_s,
                      { { .host = u"localhost"_s, .port = 465 }, { .host = u"10.0.0.1"_s, .port = 465 } });
    world.addExchangers(u"example.org"_s, { { u"mail.local"_s, 10 } });
    const Run run(world);
    QCOMPARE(run.candidates.size(), run.of(Source::Guess).size());
}

void SettingsLookupsTest::domainInThePersonsNetwork_mayNameItsOwnHosts()
{
    LookupWorld world;
    world.addServices(u"_submissions._tcp.office.local"_s,
                      { { .host = u"smtp.office.local"_s, .port = 465 },
                        { .host = u"printer.other.local"_s, .port = 465 },
                        { .host = u"10.0.0.1"_s, .port = 465 } });
    const Run run(world, u"ann@office.local"_s);
    QCOMPARE(run.servers(Source::Srv), QStringList { u"smtp.office.local:465 tls"_s });
}

void SettingsLookupsTest::database_isAskedOnlyOnWish()
{
    LookupWorld world;
    world.addDocument(DatabaseUrl, document({ server("smtp.example.org"), server("smtp.hoster.example") }));
    const Run silent(world);
    QVERIFY(!world.webQuestions.contains(DatabaseUrl));
    QVERIFY(silent.of(Source::Database).isEmpty());

    world.webQuestions.clear();
    const Run asked(world, u"ann@example.org"_s, { .database = Database::Ask });
    QCOMPARE(world.webQuestions, QStringList({ AutoconfigUrl, WellKnownUrl, DatabaseUrl }));
    QCOMPARE(asked.servers(Source::Database),
             QStringList({ u"smtp.example.org:465 tls"_s, u"smtp.hoster.example:465 tls"_s }));
    for (const Candidate &one : asked.of(Source::Database))
        QVERIFY2(one.trust == Trust::Confirm, "anybody may have entered it");

    world.webQuestions.clear();
    const Run known(world, u"ann@gmx.de"_s, { .database = Database::Ask });
    QVERIFY2(!world.webQuestions.join(u' ').contains("thunderbird"_L1), "what we know, nobody else needs to");
}

void SettingsLookupsTest::network_isJudgedByCertificates_data()
{
    QTest::addColumn<WebAnswer>("autoconfig");
    QTest::addColumn<WebAnswer>("wellKnown");
    QTest::addColumn<FinderFacts::Web>("web");
    QTest::addColumn<QUrl>("portal");

    using Outcome = WebAnswer::Outcome;
    const WebAnswer nothing { .outcome = Outcome::Failed, .url = QUrl(AutoconfigUrl) };
    const WebAnswer missing { .outcome = Outcome::Answered, .status = 404, .url = QUrl(WellKnownUrl) };
    const WebAnswer stranger { .outcome = Outcome::CertificateRefused, .url = QUrl(AutoconfigUrl) };
    const QUrl portal(u"http://login.cafe.example/"_s);
    const WebAnswer away { .outcome = Outcome::RefusedRedirect,
                           .url = QUrl(WellKnownUrl),
                           .redirect = portal };
    const WebAnswer toHttp { .outcome = Outcome::RefusedRedirect,
                             .url = QUrl(WellKnownUrl),
                             .redirect = QUrl(u"http://www.example.org/"_s) };
    QTest::newRow("nobody answers") << nothing << nothing << FinderFacts::Web::Unknown << QUrl();
    QTest::newRow("not found is an answer") << nothing << missing << FinderFacts::Web::Works << QUrl();
    QTest::newRow("another's certificate") << stranger << nothing << FinderFacts::Web::Intercepted << QUrl();
    QTest::newRow("one bad certificate is the domain's own trouble")
        << stranger << missing << FinderFacts::Web::Works << QUrl();
    QTest::newRow("led away") << nothing << away << FinderFacts::Web::Intercepted << portal;
    QTest::newRow("to the same holder's http") << nothing << toHttp << FinderFacts::Web::Works << QUrl();
}

void SettingsLookupsTest::network_isJudgedByCertificates()
{
    QFETCH(const WebAnswer, autoconfig);
    QFETCH(const WebAnswer, wellKnown);
    QFETCH(const FinderFacts::Web, web);
    for (const bool isFirstSlow : { true, false }) {
        LookupWorld world;
        world.documents.insert(AutoconfigUrl, autoconfig);
        world.documents.insert(WellKnownUrl, wellKnown);
        world.delays.insert(isFirstSlow ? AutoconfigUrl : WellKnownUrl, 100ms);
        const Run run(world);
        QVERIFY(run.facts().web == web);
        QTEST(run.facts().portalUrl, "portal");
    }
}

void SettingsLookupsTest::oauthOnlySettings_sayHowToSignIn()
{
    LookupWorld world;
    world.addDocument(AutoconfigUrl, document({ server("smtp.example.org", 465, "SSL", "OAuth2") }));
    QCOMPARE(Run(world).facts().signIn, QList { SignInKind::OAuth });
    QCOMPARE(Run(world, u"ann@outlook.com"_s).facts().signIn, QList { SignInKind::OAuth });
}

void SettingsLookupsTest::unencryptedSettings_areAskedForOnlyOnWish()
{
    const QString plainUrl = u"http://autoconfig.example.org/mail/config-v1.1.xml"_s;
    LookupWorld world;
    world.addDocument(plainUrl, document({ server("smtp.example.org", 587, "STARTTLS") }));
    const Run unasked(world);
    QVERIFY(!world.webQuestions.join(u' ').contains("http://"_L1));
    QVERIFY(unasked.of(Source::PlainAutoconfig).isEmpty());
    QVERIFY(!unasked.step(Source::PlainAutoconfig));

    const Run asked(world, u"ann.smith+news@example.org"_s, { .plainSettings = PlainSettings::Ask });
    QVERIFY(world.webQuestions.contains(plainUrl));
    QVERIFY(world.webQuestions.contains(u"http://example.org/.well-known/autoconfig/mail/config-v1.1.xml"_s));
    QVERIFY(!world.webQuestions.join(u' ').contains("ann"_L1));
    QVERIFY(asked.step(Source::PlainAutoconfig) == StepState::Found);
    QCOMPARE(asked.servers(Source::PlainAutoconfig), QStringList { u"smtp.example.org:587 starttls"_s });
    const Candidate found = asked.of(Source::PlainAutoconfig).first();
    QVERIFY(found.trust == Trust::Confirm);
    QVERIFY(found.approach == Approach::AfterConsent);
}

void SettingsLookupsTest::unencryptedAnswer_saysNothingOfTheNetwork()
{
    LookupWorld world;
    world.addDocument(u"http://autoconfig.example.org/mail/config-v1.1.xml"_s, "<html>Sign in here</html>");
    world.documents.insert(AutoconfigUrl, { .url = QUrl(AutoconfigUrl) }); // no connection
    const Run run(world, u"ann@example.org"_s, { .plainSettings = PlainSettings::Ask });
    QVERIFY2(run.facts().web == FinderFacts::Web::Unknown, "a portal answers by http, too");
}

QTEST_GUILESS_MAIN(SettingsLookupsTest)
#include "tst_settingslookups.moc"
