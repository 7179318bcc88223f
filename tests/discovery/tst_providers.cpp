// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/providers.h"
#include "discovery/publicsuffix.h"

#include <QFile>
#include <QSet>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace postrider;
using accounts::Security;
using discovery::Preparation;
using discovery::Provider;
using discovery::ProviderTable;
using discovery::SendingService;
using discovery::SignInKind;

namespace {

const ProviderTable &table()
{
    return ProviderTable::builtIn();
}

QString idOf(const Provider *provider)
{
    return provider ? provider->id : QString();
}

QString withoutWildcard(const QString &pattern)
{
    return pattern.startsWith("*."_L1) ? pattern.sliced(2) : pattern;
}

/// A table with one provider, of which a line has been replaced.
QByteArray withLine(const QByteArray &line)
{
    QByteArrayList lines { R"("id": "a")",
                           R"("name": "A")",
                           R"("domains": ["example.org"])",
                           R"("servers": [{ "host": "smtp.example.org", "port": 465, "security": "tls" }])",
                           R"("user": "%EMAILADDRESS%")",
                           R"("signIn": ["password"])" };
    const QByteArray key = line.first(line.indexOf(':') + 1);
    const auto same = std::find_if(lines.begin(), lines.end(),
                                   [&key](const QByteArray &one) { return one.startsWith(key); });
    if (same == lines.end())
        lines.append(line);
    else
        *same = line;
    return R"({ "providers": [{ )" + lines.join(", ") + " }] }";
}

} // namespace

class ProvidersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void builtInTable_isLargeAndInOrder();
    void provider_isWhole_data();
    void provider_isWhole();
    void service_isWhole_data();
    void service_isWhole();
    void domain_leadsToItsProvider_data();
    void domain_leadsToItsProvider();
    void mailExchanger_leadsToItsProvider_data();
    void mailExchanger_leadsToItsProvider();
    void host_leadsToItsService();
    void region_hasTheSamePorts();
    void port2525_isAtHomeWithTheServices();
    void mistakeInTheData_isFound_data();
    void mistakeInTheData_isFound();
};

void ProvidersTest::builtInTable_isLargeAndInOrder()
{
    QVERIFY(table().providers().size() >= 80);
    QVERIFY(table().services().size() >= 20);
    qsizetype domains = 0;
    for (const Provider &provider : table().providers())
        domains += provider.domains.size();
    QVERIFY(domains >= 700);
}

void ProvidersTest::provider_isWhole_data()
{
    QTest::addColumn<qsizetype>("index");
    for (qsizetype i = 0; i < table().providers().size(); ++i)
        QTest::newRow(qPrintable(table().providers().at(i).id)) << i;
}

void ProvidersTest::provider_isWhole()
{
    QFETCH(const qsizetype, index);
    const Provider &provider = table().providers().at(index);
    // As resources/oauth.json has them.
    const QSet<QString> oauth { u"microsoft"_s, u"google"_s, u"yahoo"_s, u"aol"_s,
                                u"fastmail"_s,  u"yandex"_s, u"mailru"_s };
    QVERIFY(provider.oauth.isEmpty() || oauth.contains(provider.oauth));
    QVERIFY(provider.hint.isEmpty() == provider.hintUrl.isEmpty());
    if (provider.signIn.contains(SignInKind::AppPassword))
        QVERIFY2(!provider.hint.isEmpty(), "somebody has to say where an app password comes from");

    for (const QString &domain : provider.domains) {
        QVERIFY2(!discovery::registrableDomain(u"x."_s + withoutWildcard(domain)).isEmpty(),
                 qPrintable(domain));
        if (domain.startsWith("*."_L1))
            QVERIFY2(!discovery::registrableDomain(domain.sliced(2)).isEmpty(), qPrintable(domain));
    }
    for (const QString &pattern : provider.mxPatterns)
        QVERIFY2(!discovery::registrableDomain(withoutWildcard(pattern)).isEmpty(),
                 qPrintable(pattern + u" would match the names of many holders"_s));
    for (const accounts::Server &server : provider.servers) {
        QVERIFY(server.security != Security::None);
        QVERIFY(server.port != 25);
        // The one that stands for a provider's own program on this computer.
        const bool isBridge = server.host == "127.0.0.1"_L1 && provider.id.startsWith("proton"_L1);
        QVERIFY2(isBridge || discovery::isPublicHostName(server.host), qPrintable(server.host));
        if (server.port == 465)
            QVERIFY(server.security == Security::Tls);
    }
}

void ProvidersTest::service_isWhole_data()
{
    QTest::addColumn<qsizetype>("index");
    for (qsizetype i = 0; i < table().services().size(); ++i)
        QTest::newRow(qPrintable(table().services().at(i).id)) << i;
}

void ProvidersTest::service_isWhole()
{
    QFETCH(const qsizetype, index);
    const SendingService &service = table().services().at(index);
    QVERIFY(!service.documentation.isEmpty());
    QSet<QString> regions;
    for (const discovery::Region &region : service.regions) {
        QVERIFY(!regions.contains(region.id));
        regions.insert(region.id);
        QVERIFY2(discovery::isPublicHostName(region.host), qPrintable(region.host));
    }
    QSet<quint16> ports;
    for (const accounts::Server &server : service.servers) {
        QVERIFY(server.security != Security::None);
        ports.insert(server.port);
        QCOMPARE(server.host, service.servers.first().host);
    }
    QVERIFY(ports.contains(587) || ports.contains(465));
    QCOMPARE(ports.size(), service.servers.size());
    for (const quint16 port : std::as_const(ports)) {
        const QSet<quint16> encryptedFromStart { 465, 2465, 8465, 443 };
        const auto server = std::find_if(service.servers.cbegin(), service.servers.cend(),
                                         [port](const accounts::Server &one) { return one.port == port; });
        QCOMPARE(server->security == Security::Tls, encryptedFromStart.contains(port));
    }
}

void ProvidersTest::domain_leadsToItsProvider_data()
{
    QTest::addColumn<QString>("domain");
    QTest::addColumn<QString>("id");

    QTest::newRow("gmail") << u"gmail.com"_s << u"gmail"_s;
    QTest::newRow("country domain") << u"hotmail.co.uk"_s << u"outlook"_s;
    QTest::newRow("another country") << u"yahoo.com.br"_s << u"yahoo"_s;
    QTest::newRow("Japan is another company") << u"yahoo.co.jp"_s << u"yahoo-japan"_s;
    QTest::newRow("gmx.de") << u"gmx.de"_s << u"gmx"_s;
    QTest::newRow("gmx.com is elsewhere") << u"gmx.com"_s << u"gmx-com"_s;
    QTest::newRow("wildcard") << u"aa2.so-net.ne.jp"_s << u"so-net"_s;
    QTest::newRow("wildcard and exact") << u"ocn.ne.jp"_s << u"ocn"_s;
    QTest::newRow("tenant") << u"contoso.onmicrosoft.com"_s << u"microsoft-365"_s;
    QTest::newRow("deeper tenant") << u"a.contoso.onmicrosoft.com"_s << u"microsoft-365"_s;
    QTest::newRow("the wildcard's own name is not below it") << u"onmicrosoft.com"_s << QString();
    QTest::newRow("subdomain of an exact one") << u"mail.gmail.com"_s << QString();
    QTest::newRow("longer name") << u"notgmail.com"_s << QString();
    QTest::newRow("somebody else") << u"example.org"_s << QString();
    QTest::newRow("nothing") << QString() << QString();
}

void ProvidersTest::domain_leadsToItsProvider()
{
    QFETCH(const QString, domain);
    QTEST(idOf(table().byDomain(domain)), "id");
}

void ProvidersTest::mailExchanger_leadsToItsProvider_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("id");

    QTest::newRow("Google") << u"aspmx.l.google.com"_s << u"google-workspace"_s;
    QTest::newRow("Google, second") << u"alt1.aspmx.l.google.com"_s << u"google-workspace"_s;
    QTest::newRow("Google, old names") << u"aspmx2.googlemail.com"_s << u"google-workspace"_s;
    QTest::newRow("Microsoft") << u"example-org.mail.protection.outlook.com"_s << u"microsoft-365"_s;
    QTest::newRow("Microsoft, signed") << u"example-org.j-v1.mx.microsoft"_s << u"microsoft-365"_s;
    QTest::newRow("Outlook.com") << u"outlook-com.olc.protection.outlook.com"_s << u"outlook"_s;
    QTest::newRow("iCloud") << u"mx01.mail.icloud.com"_s << u"icloud"_s;
    QTest::newRow("Fastmail") << u"in1-smtp.messagingengine.com"_s << u"fastmail"_s;
    QTest::newRow("Zoho, Europe") << u"mx2.zoho.eu"_s << u"zoho-eu"_s;
    QTest::newRow("AOL is more exact than Yahoo") << u"mx-aol.mail.gm0.yahoodns.net"_s << u"aol"_s;
    QTest::newRow("Yahoo") << u"mta5.am0.yahoodns.net"_s << u"yahoo"_s;
    QTest::newRow("IONOS") << u"mx00.ionos.de"_s << u"ionos-de"_s;
    QTest::newRow("Strato") << u"smtpin.rzone.de"_s << u"strato"_s;
    QTest::newRow("OVH") << u"mx1.mail.ovh.net"_s << u"ovh"_s;
    QTest::newRow("Infomaniak") << u"mta-gw.infomaniak.ch"_s << u"infomaniak"_s;
    QTest::newRow("Proton") << u"mail.protonmail.ch"_s << u"proton-business"_s;
    QTest::newRow("another host of Google") << u"mail.google.com"_s << QString();
    QTest::newRow("unknown") << u"mx.example.org"_s << QString();
    QTest::newRow("a suffix") << u"com"_s << QString();
    QTest::newRow("none") << QString() << QString();
}

void ProvidersTest::mailExchanger_leadsToItsProvider()
{
    QFETCH(const QString, host);
    QTEST(idOf(table().byMx(host)), "id");
}

void ProvidersTest::host_leadsToItsService()
{
    const SendingService *service = table().byHost(u"email-smtp.eu-central-1.amazonaws.com");
    QVERIFY(service);
    QCOMPARE(service->id, u"amazon-ses"_s);
    service = table().byHost(u"smtp.eu.mailgun.org");
    QVERIFY(service);
    QCOMPARE(service->name, u"Mailgun"_s);
    QVERIFY(!table().byHost(u"smtp.gmail.com"));
    QCOMPARE(idOf(table().byServer(u"smtp.gmail.com")), u"gmail"_s);
    QVERIFY(!table().byServer(u"smtp.example.org"));
    QVERIFY2(!table().byServer(u"127.0.0.1"), "what listens on this computer may be anybody's");
}

void ProvidersTest::region_hasTheSamePorts()
{
    const SendingService *service = table().serviceById(u"mailgun");
    QVERIFY(service);
    const auto usual = service->serversOf(u"us"_s);
    const auto european = service->serversOf(u"eu"_s);
    QCOMPARE(usual, service->servers);
    QCOMPARE(european.size(), usual.size());
    for (qsizetype i = 0; i < usual.size(); ++i) {
        QCOMPARE(european.at(i).host, u"smtp.eu.mailgun.org"_s);
        QCOMPARE(european.at(i).port, usual.at(i).port);
        QVERIFY(european.at(i).security == usual.at(i).security);
    }
    QCOMPARE(service->serversOf(u"nowhere"_s), usual);
}

void ProvidersTest::port2525_isAtHomeWithTheServices()
{
    const auto has2525 = [](const auto &entry) {
        return std::any_of(entry.servers.cbegin(), entry.servers.cend(),
                           [](const accounts::Server &server) { return server.port == 2525; });
    };
    QVERIFY(std::count_if(table().services().cbegin(), table().services().cend(), has2525) >= 15);
    QCOMPARE(std::count_if(table().providers().cbegin(), table().providers().cend(), has2525), 0);
}

void ProvidersTest::mistakeInTheData_isFound_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("problem");

    QTest::newRow("none") << withLine(R"("name": "B")") << QString();
    QTest::newRow("no JSON") << QByteArray("{") << u"at octet"_s;
    QTest::newRow("unknown key") << withLine(R"("domain": ["example.org"])") << u"unknown key domain"_s;
    QTest::newRow("no id") << withLine(R"("id": "")") << u"no id"_s;
    QTest::newRow("upper case") << withLine(R"("domains": ["Example.org"])") << u"domains: Example.org"_s;
    QTest::newRow("top-level wildcard") << withLine(R"("mx": ["*.com"])") << u"mx: *.com"_s;
    QTest::newRow("domain twice") << withLine(R"("domains": ["example.org", "example.org"])")
                                  << u"example.org is there twice"_s;
    QTest::newRow("nobody's") << withLine(R"("domains": [])") << u"neither domains nor mx"_s;
    QTest::newRow("plaintext") << withLine(
        R"("servers": [{ "host": "smtp.example.org", "port": 587, "security": "none" }])")
                               << u"encrypted"_s;
    QTest::newRow("port 0") << withLine(
        R"("servers": [{ "host": "smtp.example.org", "port": 0, "security": "tls" }])")
                            << u"no port"_s;
    QTest::newRow("port too large") << withLine(
        R"("servers": [{ "host": "smtp.example.org", "port": 65536, "security": "tls" }])")
                                    << u"no port"_s;
    QTest::newRow("no servers") << withLine(R"("servers": [])") << u"servers are missing"_s;
    QTest::newRow("unknown placeholder") << withLine(R"("user": "%EMAIL%")") << u"user: %EMAIL%"_s;
    QTest::newRow("unknown sign-in") << withLine(R"("signIn": ["ntlm"])") << u"signIn: ntlm"_s;
    QTest::newRow("OAuth without provider") << withLine(R"("signIn": ["oauth"])") << u"do not agree"_s;
    QTest::newRow("preparation without hint")
        << withLine(R"("preparation": "enable-smtp")") << u"no hint about the preparation"_s;
    QTest::newRow("http") << withLine(R"("hintUrl": "http://example.org/")") << u"hintUrl: http:"_s;
}

void ProvidersTest::mistakeInTheData_isFound()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QString, problem);
    const auto parsed = ProviderTable::parse(json);
    QCOMPARE(parsed.has_value(), problem.isEmpty());
    if (!parsed)
        QVERIFY2(parsed.error().contains(problem), qPrintable(parsed.error()));
}

QTEST_GUILESS_MAIN(ProvidersTest)
#include "tst_providers.moc"
