// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/lookups.h"
#include "lookupworld.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace postrider;
using accounts::Security;
using discovery::Approach;
using discovery::Candidate;
using discovery::DomainState;
using discovery::FinderFacts;
using discovery::FinderOptions;
using discovery::Lookups;
using discovery::MailExchanger;
using discovery::NameOutcome;
using discovery::Preparation;
using discovery::Query;
using discovery::ServiceRecord;
using discovery::SignInKind;
using discovery::Source;
using discovery::StepState;
using discovery::Trust;
using discovery::WebAnswer;
using Database = FinderOptions::Database;
using tests::LookupWorld;

namespace {

const auto AutoconfigUrl = u"https://autoconfig.example.org/mail/config-v1.1.xml"_s;
const auto WellKnownUrl = u"https://example.org/.well-known/autoconfig/mail/config-v1.1.xml"_s;
const QString DatabaseUrl = "https://"_L1 + discovery::SettingsDatabaseHost + "/v1.1/example.org"_L1;

QByteArray document(const QByteArrayList &servers)
{
    return "<clientConfig version=\"1.1\"><emailProvider id=\"x\">" + servers.join()
        + "</emailProvider></clientConfig>";
}

QByteArray server(const QByteArray &host, int port = 465, const QByteArray &socketType = "SSL",
                  const QByteArray &signIn = "password-cleartext")
{
    return "<outgoingServer type=\"smtp\"><hostname>" + host + "</hostname><port>" + QByteArray::number(port)
        + "</port><socketType>" + socketType
        + "</socketType><username>%EMAILADDRESS%</username><authentication>" + signIn
        + "</authentication></outgoingServer>";
}

/// One run, until its end.
class Run
{
public:
    explicit Run(LookupWorld &world, const QString &text = u"ann.smith+news@example.org"_s,
                 const FinderOptions &options = {})
        : m_lookups(*Query::parse(text), options, world)
    {
        QObject::connect(&m_lookups, &Lookups::found, &m_lookups, [this](const QList<Candidate> &some) {
            isOrderly = isOrderly && !isFinished && !some.isEmpty();
            candidates += some;
        });
        QObject::connect(&m_lookups, &Lookups::changed, &m_lookups,
                         [this] { isOrderly = isOrderly && !isFinished; });
        QObject::connect(&m_lookups, &Lookups::finished, &m_lookups, [this, &world] {
            isOrderly = isOrderly && !isFinished;
            isFinished = true;
            end = world.clock().monotonic();
        });
        begin = world.clock().monotonic();
        m_lookups.start();
        isOrderly = candidates.isEmpty() && !isFinished;
        world.letTimePass(20s);
    }

    [[nodiscard]] QList<Candidate> of(Source source) const
    {
        QList<Candidate> some;
        std::copy_if(candidates.cbegin(), candidates.cend(), std::back_inserter(some),
                     [source](const Candidate &one) { return one.source == source; });
        std::stable_sort(some.begin(), some.end(),
                         [](const Candidate &a, const Candidate &b) { return a.order < b.order; });
        return some;
    }

    /// "host:port security", in the source's order.
    [[nodiscard]] QStringList servers(Source source) const
    {
        QStringList all;
        for (const Candidate &one : of(source))
            all.append(one.server.host + u':' + QString::number(one.server.port) + u' '
                       + accounts::toString(one.server.security));
        return all;
    }

    [[nodiscard]] std::optional<StepState> step(Source source) const
    {
        for (const discovery::SourceStep &one : m_lookups.steps()) {
            if (one.source == source)
                return one.state;
        }
        return std::nullopt;
    }

    [[nodiscard]] QString foundBy(Source source) const
    {
        for (const discovery::SourceStep &one : m_lookups.steps()) {
            if (one.source == source)
                return one.found;
        }
        return {};
    }

    [[nodiscard]] FinderFacts facts() const { return m_lookups.facts(); }
    [[nodiscard]] std::chrono::milliseconds took() const
    {
        return std::chrono::duration_cast<std::chrono::milliseconds>(end - begin);
    }

    QList<Candidate> candidates {};
    bool isFinished = false;
    bool isOrderly = true; ///< no signal from within start(), none after the end
    base::MonotonicTime begin {};
    base::MonotonicTime end {};

private:
    Lookups m_lookups;
};

} // namespace

class LookupsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unknownDomain_isAskedEverywhereAtOnce();
    void knownDomain_isAnsweredFromTheTable();
    void knownDomain_isAnsweredWhileEverythingElseHangs();
    void providerThatLetsNoProgramIn_hasNoServers();
    void settingsByHttps_areFollowed();
    void settingsAtTheWellKnownPlace_comeSecond();
    void plaintextSettings_areTriedWithEncryption();
    void settingsOfAnotherHost_areConfirmed();
    void settingsBehindARedirectElsewhere_areConfirmed();
    void uselessDocument_isNoSettings_data();
    void uselessDocument_isNoSettings();
    void hostsInThePersonsNetwork_areNeverTaken();
    void domainInThePersonsNetwork_mayNameItsOwnHosts();
    void serviceRecords_areFollowedInTheirOrder();
    void serviceRecordOutsideTheDomain_waitsForConsent();
    void serviceRecordOfADot_meansNoService();
    void serviceRecordOfADotForOneOfTwo_isNoRefusal();
    void exchangerAtAKnownProvider_bringsItsServers();
    void exchangerOfAnUnknownHolder_isAskedForSettingsAtItsOwnDomain();
    void exchangerBelowAPublicSuffix_isNeverClimbed();
    void exchangerInTheOwnDomain_isACandidateWithoutFurtherQuestions();
    void backupExchanger_saysNothing();
    void database_isAskedOnlyOnWish();
    void domainThatDoesNotExist_isToldAtOnce();
    void failingNameServer_isToldFromAMissingName();
    void silentPlaces_endAtTheLimit();
    void publicSuffixAsDomain_makesNoNamesOfOthers();
    void typedHost_isTaken_data();
    void typedHost_isTaken();
    void noLookups_meansNoQuestion();
    void network_isJudgedByCertificates_data();
    void network_isJudgedByCertificates();
    void oauthOnlySettings_sayHowToSignIn();
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

void LookupsTest::settingsByHttps_areFollowed()
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

void LookupsTest::settingsAtTheWellKnownPlace_comeSecond()
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

void LookupsTest::plaintextSettings_areTriedWithEncryption()
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

void LookupsTest::settingsOfAnotherHost_areConfirmed()
{
    LookupWorld world;
    world.addDocument(AutoconfigUrl, document({ server("smtp.hoster.example"), server("smtp.example.org") }));
    const Run run(world);
    QCOMPARE(run.of(Source::Autoconfig).size(), 2);
    QVERIFY(run.of(Source::Autoconfig).at(0).trust == Trust::Confirm);
    QVERIFY(run.of(Source::Autoconfig).at(1).trust == Trust::Sure);
}

void LookupsTest::settingsBehindARedirectElsewhere_areConfirmed()
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

void LookupsTest::uselessDocument_isNoSettings_data()
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

void LookupsTest::uselessDocument_isNoSettings()
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

void LookupsTest::hostsInThePersonsNetwork_areNeverTaken()
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

void LookupsTest::domainInThePersonsNetwork_mayNameItsOwnHosts()
{
    LookupWorld world;
    world.addServices(u"_submissions._tcp.office.local"_s,
                      { { .host = u"smtp.office.local"_s, .port = 465 },
                        { .host = u"printer.other.local"_s, .port = 465 },
                        { .host = u"10.0.0.1"_s, .port = 465 } });
    const Run run(world, u"ann@office.local"_s);
    QCOMPARE(run.servers(Source::Srv), QStringList { u"smtp.office.local:465 tls"_s });
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

void LookupsTest::database_isAskedOnlyOnWish()
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

void LookupsTest::network_isJudgedByCertificates_data()
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

void LookupsTest::network_isJudgedByCertificates()
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

void LookupsTest::oauthOnlySettings_sayHowToSignIn()
{
    LookupWorld world;
    world.addDocument(AutoconfigUrl, document({ server("smtp.example.org", 465, "SSL", "OAuth2") }));
    QCOMPARE(Run(world).facts().signIn, QList { SignInKind::OAuth });
    QCOMPARE(Run(world, u"ann@outlook.com"_s).facts().signIn, QList { SignInKind::OAuth });
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
