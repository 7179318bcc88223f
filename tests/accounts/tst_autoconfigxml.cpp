// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "accounts/import/autoconfigxml.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace postrider;
using accounts::AutoconfigDocument;
using accounts::AutoconfigError;
using accounts::AutoconfigServer;
using accounts::AutoconfigSignIn;
using accounts::readAutoconfig;
using accounts::Security;

Q_DECLARE_METATYPE(postrider::accounts::AutoconfigError)

namespace {

QByteArray server(const QByteArray &content, const QByteArray &type = "smtp")
{
    return "<outgoingServer type=\"" + type + "\">" + content + "</outgoingServer>";
}

QByteArray usualServer(const QByteArray &host = "smtp.example.org")
{
    return server("<hostname>" + host
                  + "</hostname><port>465</port><socketType>SSL</socketType>"
                    "<username>%EMAILADDRESS%</username><authentication>password-cleartext</authentication>");
}

QByteArray document(const QByteArray &content, const QByteArray &version = "1.1")
{
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<clientConfig version=\"" + version
        + "\"><emailProvider id=\"example.org\">" + content + "</emailProvider></clientConfig>\n";
}

} // namespace

class AutoconfigXmlTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void usualDocument_isReadWhole();
    void server_isReadAsWritten_data();
    void server_isReadAsWritten();
    void brokenServer_spoilsOnlyItself_data();
    void brokenServer_spoilsOnlyItself();
    void unknownParts_areSkipped();
    void version_isNoReasonToRefuse();
    void placeholder_isFilledInWhereItMayBe();
    void hostileDocument_isRefused_data();
    void hostileDocument_isRefused();
    void everyBeginningOfADocument_isRefused();
};

void AutoconfigXmlTest::usualDocument_isReadWhole()
{
    const auto read = readAutoconfig(document(
        "<domain>example.org</domain><domain purpose=\"mx\">mx.example.org</domain>"
        "<displayName>Exämple Mail</displayName><displayShortName>Ex</displayShortName>"
        "<incomingServer type=\"imap\"><hostname>imap.example.org</hostname><port>993</port>"
        "<socketType>SSL</socketType></incomingServer>"
        + usualServer()
        + server("<hostname>submit.example.org</hostname><port>587</port><socketType>STARTTLS</socketType>"
                 "<username>%EMAILLOCALPART%</username><authentication>OAuth2</authentication>"
                 "<authentication>password-cleartext</authentication>")));
    QVERIFY(read);
    QCOMPARE(read->displayName, u"Exämple Mail"_s);
    QCOMPARE(read->domains, QStringList({ u"example.org"_s, u"mx.example.org"_s }));
    const QList<AutoconfigServer> expected {
        { .server = { u"smtp.example.org"_s, 465, Security::Tls },
          .userPattern = u"%EMAILADDRESS%"_s,
          .signIn = { AutoconfigSignIn::Password } },
        { .server = { u"submit.example.org"_s, 587, Security::StartTls },
          .userPattern = u"%EMAILLOCALPART%"_s,
          .signIn = { AutoconfigSignIn::OAuth, AutoconfigSignIn::Password } },
    };
    QCOMPARE(read->servers, expected);
}

void AutoconfigXmlTest::server_isReadAsWritten_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<AutoconfigServer>("expected");

    const QByteArray port465 = "<port>465</port>";
    const QByteArray ssl = "<socketType>SSL</socketType>";
    const QByteArray host = "<hostname>smtp.example.org</hostname>";
    const accounts::Server usual { u"smtp.example.org"_s, 465, Security::Tls };
    QTest::newRow("nothing but the server")
        << QByteArray(host + port465 + ssl) << AutoconfigServer { .server = usual };
    QTest::newRow("white space and case") << QByteArray(
        "<hostname>\n SMTP.Example.ORG. </hostname><port> 465 </port><socketType> ssl </socketType>")
                                          << AutoconfigServer { .server = usual };
    QTest::newRow("plaintext is kept as it is written")
        << QByteArray(host + "<port>587</port><socketType>plain</socketType>")
        << AutoconfigServer { .server = { u"smtp.example.org"_s, 587, Security::None } };
    QTest::newRow("fixed user") << QByteArray(host + port465 + ssl + "<username>apikey</username>")
                                << AutoconfigServer { .server = usual, .userPattern = u"apikey"_s };
    QTest::newRow("placeholder without its end")
        << QByteArray(host + port465 + ssl + "<username>%EMAILADDRESS</username>")
        << AutoconfigServer { .server = usual };
    QTest::newRow("mechanism by its own name")
        << QByteArray(host + port465 + ssl
                      + "<authentication system=\"sasl\">SCRAM-SHA-256-PLUS</authentication>"
                        "<authentication>GSSAPI</authentication>"
                        "<authentication system=\"sasl\">OAUTHBEARER</authentication>")
        << AutoconfigServer { .server = usual,
                              .signIn = { AutoconfigSignIn::Password, AutoconfigSignIn::OAuth } };
    QTest::newRow("no sign-in") << QByteArray(host + port465 + ssl + "<authentication>none</authentication>")
                                << AutoconfigServer { .server = usual, .signIn = { AutoconfigSignIn::None } };
    QTest::newRow("unknown children")
        << QByteArray("<restriction>clientIPAddress</restriction>" + host + "<x><port>1</port></x>" + port465
                      + ssl + "<addThisServer>true</addThisServer>")
        << AutoconfigServer { .server = usual };
    QTest::newRow("elements inside text")
        << QByteArray("<hostname>smtp<b>x</b>.example.org</hostname>" + port465 + ssl)
        << AutoconfigServer { .server = usual };
}

void AutoconfigXmlTest::server_isReadAsWritten()
{
    QFETCH(const QByteArray, content);
    QFETCH(const AutoconfigServer, expected);
    const auto read = readAutoconfig(document(server(content)));
    QVERIFY(read);
    QCOMPARE(read->servers, QList<AutoconfigServer> { expected });
}

void AutoconfigXmlTest::brokenServer_spoilsOnlyItself_data()
{
    QTest::addColumn<QByteArray>("broken");

    const QByteArray host = "<hostname>broken.example.org</hostname>";
    const QByteArray port = "<port>465</port>";
    const QByteArray ssl = "<socketType>SSL</socketType>";
    QTest::newRow("empty") << server({});
    QTest::newRow("no host") << server(port + ssl);
    QTest::newRow("no port") << server(host + ssl);
    QTest::newRow("no protection said") << server(host + port);
    QTest::newRow("unknown protection") << server(host + port + "<socketType>SSLv2</socketType>");
    QTest::newRow("port 0") << server(host + "<port>0</port>" + ssl);
    QTest::newRow("port above all") << server(host + "<port>65536</port>" + ssl);
    QTest::newRow("port in words") << server(host + "<port>smtps</port>" + ssl);
    QTest::newRow("a path as host") << server("<hostname>smtp.example.org/x</hostname>" + port + ssl);
    QTest::newRow("an address as host") << server("<hostname>ann@example.org</hostname>" + port + ssl);
    QTest::newRow("the person in the host")
        << server("<hostname>%EMAILLOCALPART%.example.org</hostname>" + port + ssl);
    QTest::newRow("another kind of server") << server(host + port + ssl, "exchange");
    QTest::newRow("incoming") << QByteArray("<incomingServer type=\"smtp\">" + host + port + ssl
                                            + "</incomingServer>");
}

void AutoconfigXmlTest::brokenServer_spoilsOnlyItself()
{
    QFETCH(const QByteArray, broken);
    const auto read = readAutoconfig(document(broken + usualServer() + broken));
    QVERIFY(read);
    QCOMPARE(read->servers.size(), 1);
    QCOMPARE(read->servers.first().server.host, u"smtp.example.org"_s);

    const auto alone = readAutoconfig(document(broken));
    QVERIFY(!alone);
    QCOMPARE(alone.error(), AutoconfigError::NoServers);
}

void AutoconfigXmlTest::unknownParts_areSkipped()
{
    const auto read
        = readAutoconfig("<clientConfig xmlns:y=\"urn:y\" surprise=\"1\"><!-- hello --><webMail/>"
                         "<y:emailProvider/><emailProvider><enable visiturl=\"https://example.org\">"
                         "<instruction>Do it</instruction></enable>"
                         + usualServer()
                         + "</emailProvider><oAuth2><scope>mail</scope></oAuth2>"
                           "<emailProvider>"
                         + usualServer("second.example.org") + "</emailProvider></clientConfig>");
    QVERIFY(read);
    QCOMPARE(read->servers.size(), 2);
    QCOMPARE(read->servers.at(1).server.host, u"second.example.org"_s);
}

void AutoconfigXmlTest::version_isNoReasonToRefuse()
{
    for (const QByteArray version : { "1.0", "1.2", "2.0", "" })
        QVERIFY(readAutoconfig(document(usualServer(), version)));
}

void AutoconfigXmlTest::placeholder_isFilledInWhereItMayBe()
{
    const QByteArray octets = document(server("<hostname>mail.%EMAILDOMAIN%</hostname><port>465</port>"
                                              "<socketType>SSL</socketType>"
                                              "<username>%EMAILLOCALPART%.%EMAILDOMAIN%</username>"));
    const auto read = readAutoconfig(octets, u"example.org"_s);
    QVERIFY(read);
    QCOMPARE(read->servers.first().server.host, u"mail.example.org"_s);
    QCOMPARE(read->servers.first().userPattern, u"%EMAILLOCALPART%.example.org"_s);

    const auto nobodys = readAutoconfig(octets);
    QVERIFY(!nobodys);
    QCOMPARE(nobodys.error(), AutoconfigError::NoServers);
}

void AutoconfigXmlTest::hostileDocument_isRefused_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<AutoconfigError>("error");

    const QByteArray whole = document(usualServer());
    QTest::newRow("nothing") << QByteArray() << AutoconfigError::NotXml;
    QTest::newRow("text") << QByteArray("smtp.example.org") << AutoconfigError::NotXml;
    QTest::newRow("web page") << QByteArray("<!DOCTYPE html><html><body>Sign in</body></html>")
                              << AutoconfigError::HasDtd;
    QTest::newRow("XHTML without its type")
        << QByteArray("<html><body/></html>") << AutoconfigError::NotAutoconfig;
    QTest::newRow("untidy web page") << QByteArray("<html><body><br>Sign in</html>")
                                     << AutoconfigError::NotAutoconfig;
    QTest::newRow("without servers") << document("<domain>example.org</domain>")
                                     << AutoconfigError::NoServers;
    QTest::newRow("servers outside the provider")
        << QByteArray("<clientConfig>" + usualServer() + "</clientConfig>") << AutoconfigError::NoServers;
    QTest::newRow("cut off") << whole.chopped(20) << AutoconfigError::NotXml;
    QTest::newRow("something behind it") << QByteArray(whole + "<clientConfig/>") << AutoconfigError::NotXml;
    QTest::newRow("Latin-1") << QByteArray(document("<displayName>Ex\xE4mple</displayName>" + usualServer()))
                             << AutoconfigError::BadEncoding;
    QTest::newRow("cut inside a character") << QByteArray(whole + "\xC3") << AutoconfigError::BadEncoding;
    QTest::newRow("overlong UTF-8") << QByteArray(document("<x>\xC0\xBC</x>" + usualServer()))
                                    << AutoconfigError::BadEncoding;
    QTest::newRow("UTF-16") << QByteArray("\xFF\xFE<\0c\0", 6) << AutoconfigError::BadEncoding;
    QTest::newRow("NUL") << QByteArray(document(QByteArray("<x>\0</x>", 8) + usualServer()))
                         << AutoconfigError::NotXml;
    QTest::newRow("empty DTD") << QByteArray("<!DOCTYPE clientConfig>" + whole.sliced(39))
                               << AutoconfigError::HasDtd;
    QTest::newRow("entities that grow")
        << QByteArray("<!DOCTYPE c [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
                      "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]><clientConfig>&c;</clientConfig>")
        << AutoconfigError::HasDtd;
    QTest::newRow("a file of this computer") << QByteArray(
        "<!DOCTYPE c [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><clientConfig>&a;</clientConfig>")
                                             << AutoconfigError::HasDtd;
    QTest::newRow("entity without DTD")
        << document("<displayName>&a;</displayName>" + usualServer()) << AutoconfigError::NotXml;
    QTest::newRow("too large") << QByteArray(whole + QByteArray(accounts::LargestAutoconfig, ' '))
                               << AutoconfigError::TooLarge;
}

void AutoconfigXmlTest::hostileDocument_isRefused()
{
    QFETCH(const QByteArray, octets);
    const auto read = readAutoconfig(octets);
    QVERIFY(!read);
    QTEST(read.error(), "error");
}

void AutoconfigXmlTest::everyBeginningOfADocument_isRefused()
{
    const QByteArray whole = document(usualServer()).trimmed();
    QVERIFY(readAutoconfig(whole));
    for (qsizetype size = 0; size < whole.size(); ++size)
        QVERIFY2(!readAutoconfig(whole.first(size)), whole.first(size).constData());
    // As deep as the largest one may be, which is no reason to end the program.
    const QByteArray deep = document(QByteArray("<a>").repeated(30'000));
    QVERIFY(!readAutoconfig(deep));
}

QTEST_GUILESS_MAIN(AutoconfigXmlTest)
#include "tst_autoconfigxml.moc"
