// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "oauth/browsersignin.h"
#include "oauth/signingin.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTcpServer>
#include <QTest>

#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace postrider::oauth;
using postrider::support::FakeAuthServer;
using Kind = SignInFailure::Kind;
using Consent = FakeAuthServer::Consent;
using Answer = FakeAuthServer::Answer;

/// The whole way through the browser, with the test as browser and a provider that does as it is told.
class BrowserSignInTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void signIn_bringsTokens();
    void address_hasWhatAProviderNeeds();
    void localhost_isBothAddressFamilies();
    void onlyThisComputer_canAnswer();
    void page_isStaticAndStaysNowhere();
    void badAnswer_isNoSignIn_data();
    void badAnswer_isNoSignIn();
    void badTokenAnswer_isToldAsWhatItIs_data();
    void badTokenAnswer_isToldAsWhatItIs();
    void secondAnswer_findsTheDoorClosed();
    void otherVisitors_endNothing_data();
    void otherVisitors_endNothing();
    void slowVisitors_keepNobodyOut();
    void name_ofAnotherComputer_isRefused();
    void time_endsIt();
    void cancel_closesThePort();
    void destruction_closesThePort();
    void takenPort_isTold();

private:
    void start(const QString &loginHint = {});
    [[nodiscard]] quint16 portOfAnswer() const;
    [[nodiscard]] bool isPortClosed() const;

    std::unique_ptr<FakeAuthServer> m_server {};
    std::unique_ptr<BrowserSignIn> m_signIn {};
    std::optional<Client> m_client {};
    Ending m_ending {};
    QUrl m_url {};
};

void BrowserSignInTest::init()
{
    m_server = std::make_unique<FakeAuthServer>();
    m_client.reset();
    m_ending = {};
    m_url.clear();
}

void BrowserSignInTest::cleanup()
{
    m_signIn.reset();
    m_server.reset();
}

void BrowserSignInTest::start(const QString &loginHint)
{
    m_signIn = std::make_unique<BrowserSignIn>(m_client.value_or(clientOf(*m_server)), loginHint);
    m_ending.watch(*m_signIn);
    connect(m_signIn.get(), &BrowserSignIn::browserWanted, this, [this](const QUrl &url) { m_url = url; });
    m_signIn->start();
}

quint16 BrowserSignInTest::portOfAnswer() const
{
    return static_cast<quint16>(
        QUrl(QUrlQuery(m_url).queryItemValue(u"redirect_uri"_s, QUrl::FullyDecoded)).port());
}

bool BrowserSignInTest::isPortClosed() const
{
    QTcpServer other;
    return other.listen(QHostAddress::LocalHost, portOfAnswer());
}

void BrowserSignInTest::signIn_bringsTokens()
{
    start();
    QVERIFY(!m_url.isEmpty());
    QCOMPARE(m_signIn->authorizationUrl(), m_url);
    const Visit browser(m_server->decide(m_url));
    QTRY_VERIFY(m_ending.isThere());
    QVERIFY(m_ending.tokens);
    QCOMPARE(m_ending.tokens->accessToken.reveal().toByteArray(), m_server->accessTokens().value(0));
    QCOMPARE(m_ending.tokens->refreshToken.reveal().toByteArray(), m_server->refreshTokens().value(0));
    QCOMPARE(m_ending.tokens->expiresIn, 3600s);
    QCOMPARE(m_server->complaints(), QStringList());
    QVERIFY(isPortClosed());
}

void BrowserSignInTest::address_hasWhatAProviderNeeds()
{
    m_client = clientOf(*m_server);
    m_client->provider.authorization.setQuery(u"flow=mail"_s);
    m_client->provider.parameters
        = { { u"access_type"_s, u"offline"_s }, { u"prompt"_s, u"consent & more+"_s } };
    start(u"ann+mail@example.org"_s);
    const QUrlQuery query(m_url);
    const auto value = [&query](const char *name) {
        return query.queryItemValue(QString::fromLatin1(name), QUrl::FullyDecoded);
    };
    QCOMPARE(value("flow"), u"mail"_s);
    QCOMPARE(value("access_type"), u"offline"_s);
    QCOMPARE(value("prompt"), u"consent & more+"_s);
    QCOMPARE(value("login_hint"), u"ann+mail@example.org"_s);
    // A plus would be a blank for many servers.
    QVERIFY(!m_url.toEncoded().contains('+'));
    QCOMPARE(value("redirect_uri"), u"http://127.0.0.1:%1"_s.arg(portOfAnswer()));
    QCOMPARE(value("code_challenge_method"), u"S256"_s);
    // Nothing that was sent once is sent again.
    const QString state = value("state");
    start();
    QVERIFY(QUrlQuery(m_url).queryItemValue(u"state"_s) != state);
}

void BrowserSignInTest::localhost_isBothAddressFamilies()
{
    m_client = clientOf(*m_server);
    m_client->provider.redirect = Provider::Redirect::Localhost;
    start();
    const QUrl back = m_server->decide(m_url);
    QCOMPARE(back.host(), u"localhost"_s);
    QTcpServer probe;
    const bool hasIpv6 = probe.listen(QHostAddress::LocalHostIPv6);
    const Visit browser(portOfAnswer(), Visit::requestFor(back),
                        hasIpv6 ? QHostAddress(QHostAddress::LocalHostIPv6)
                                : QHostAddress(QHostAddress::LocalHost));
    QTRY_VERIFY(m_ending.isThere());
    QVERIFY(m_ending.tokens);
    QVERIFY(isPortClosed());
    QTcpServer other;
    QVERIFY(!hasIpv6 || other.listen(QHostAddress::LocalHostIPv6, portOfAnswer()));
}

void BrowserSignInTest::onlyThisComputer_canAnswer()
{
    for (const auto redirect : { Provider::Redirect::Loopback127, Provider::Redirect::Localhost }) {
        m_client = clientOf(*m_server);
        m_client->provider.redirect = redirect;
        start();
        // Every socket that listens on this port, as the system has it.
        QStringList addresses;
        for (const QString &name : { u"/proc/net/tcp"_s, u"/proc/net/tcp6"_s }) {
            QFile table(name);
            if (!table.open(QIODevice::ReadOnly))
                continue;
            const QByteArray port
                = ':' + QByteArray::number(portOfAnswer(), 16).toUpper().rightJustified(4, '0');
            const QList<QByteArray> lines = table.readAll().split('\n');
            for (const QByteArray &line : lines) {
                const QList<QByteArray> words = line.simplified().split(' ');
                if (words.value(1).endsWith(port) && words.value(3) == "0A")
                    addresses += QString::fromLatin1(words.value(1).chopped(5));
            }
        }
        if (addresses.isEmpty())
            QSKIP("this system does not show who listens");
        for (const QString &address : std::as_const(addresses))
            QVERIFY2(address == u"0100007F" || address == u"00000000000000000000000001000000",
                     qUtf8Printable(address));
    }
}

void BrowserSignInTest::page_isStaticAndStaysNowhere()
{
    start();
    const QUrl back = m_server->decide(m_url);
    const Visit browser(back);
    QTRY_VERIFY(browser.isOver());
    const QByteArray page = browser.received();
    QCOMPARE(browser.status(), 200);
    QVERIFY(page.contains("\r\nCache-Control: no-store\r\n"));
    QVERIFY(page.contains("\r\nContent-Security-Policy: default-src 'none';"));
    QVERIFY(page.contains("\r\nReferrer-Policy: no-referrer\r\n"));
    QVERIFY(page.contains("Test service"));
    QVERIFY(!page.contains("<script"));
    QVERIFY(!page.contains("http:") && !page.contains("https:"));
    const QUrlQuery query(back);
    QVERIFY(!page.contains(query.queryItemValue(u"code"_s).toLatin1()));
    QVERIFY(!page.contains(query.queryItemValue(u"state"_s).toLatin1()));
}

void BrowserSignInTest::badAnswer_isNoSignIn_data()
{
    QTest::addColumn<Consent>("consent");
    QTest::addColumn<QString>("issuer");
    QTest::addColumn<Kind>("kind");
    const QString issuer = u"https://issuer.example"_s;
    QTest::newRow("the person says no") << Consent::Deny << QString() << Kind::Denied;
    QTest::newRow("the person says no, with issuer") << Consent::Deny << issuer << Kind::Denied;
    QTest::newRow("no state") << Consent::NoState << QString() << Kind::WrongState;
    QTest::newRow("wrong state") << Consent::WrongState << QString() << Kind::WrongState;
    QTest::newRow("no issuer") << Consent::NoIssuer << issuer << Kind::WrongIssuer;
    QTest::newRow("another issuer") << Consent::WrongIssuer << issuer << Kind::WrongIssuer;
    QTest::newRow("no code") << Consent::NoCode << QString() << Kind::BadAnswer;
    QTest::newRow("trouble there") << Consent::Trouble << QString() << Kind::Unavailable;
}

void BrowserSignInTest::badAnswer_isNoSignIn()
{
    QFETCH(Consent, consent);
    QFETCH(QString, issuer);
    QFETCH(Kind, kind);
    m_server->behaviour.consent = consent;
    m_server->behaviour.issuer = issuer;
    start();
    const Visit browser(m_server->decide(m_url));
    QTRY_VERIFY(m_ending.isThere());
    QVERIFY(m_ending.isFailure(kind));
    QTRY_VERIFY(browser.isOver());
    QVERIFY(browser.received().contains("was not signed in"));
    // No code went anywhere.
    QCOMPARE(m_server->tokenRequests(), 0);
    QVERIFY(isPortClosed());
    if (kind == Kind::Denied)
        QCOMPARE(m_ending.failure->words, u"The person said no."_s);
}

void BrowserSignInTest::badTokenAnswer_isToldAsWhatItIs_data()
{
    QTest::addColumn<Answer>("answer");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("invalid_grant") << Answer::InvalidGrant << Kind::Refused;
    QTest::newRow("invalid_client") << Answer::InvalidClient << Kind::Refused;
    QTest::newRow("503") << Answer::ServerError << Kind::Unavailable;
    QTest::newRow("429") << Answer::TooManyRequests << Kind::Unavailable;
    QTest::newRow("HTML") << Answer::Html << Kind::BadAnswer;
    QTest::newRow("truncated") << Answer::Truncated << Kind::BadAnswer;
    QTest::newRow("endless") << Answer::Endless << Kind::BadAnswer;
    QTest::newRow("redirect") << Answer::Redirect << Kind::BadAnswer;
    QTest::newRow("hangs up") << Answer::HangUp << Kind::Unavailable;
    QTest::newRow("other kind of token") << Answer::WrongType << Kind::BadAnswer;
}

void BrowserSignInTest::badTokenAnswer_isToldAsWhatItIs()
{
    QFETCH(Answer, answer);
    QFETCH(Kind, kind);
    m_server->behaviour.answer = answer;
    start();
    const Visit browser(m_server->decide(m_url));
    QTRY_VERIFY_WITH_TIMEOUT(m_ending.isThere(), 20'000);
    QVERIFY(m_ending.isFailure(kind));
    QCOMPARE(m_ending.failure->provider, u"Test service"_s);
    if (answer == Answer::TooManyRequests)
        QCOMPARE(m_ending.failure->retryAfter, std::optional<std::chrono::seconds>(120s));
    if (answer == Answer::InvalidGrant) {
        QCOMPARE(m_ending.failure->code, u"invalid_grant"_s);
        QCOMPARE(m_ending.failure->words, u"The grant is over."_s);
    }
    QVERIFY(m_server->tokenRequests() == 1 || answer == Answer::HangUp); // Qt tries such a one again
}

void BrowserSignInTest::secondAnswer_findsTheDoorClosed()
{
    start();
    const QUrl back = m_server->decide(m_url);
    const Visit browser(back);
    const Visit again(back);
    QTRY_VERIFY(m_ending.isThere() && again.isOver());
    QVERIFY(m_ending.tokens);
    QVERIFY(again.received().isEmpty() || browser.received().isEmpty());
    QCOMPARE(m_server->tokenRequests(), 1);
    QCOMPARE(m_ending.count, 1);
}

void BrowserSignInTest::otherVisitors_endNothing_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<int>("status");
    const QByteArray host = "Host: 127.0.0.1:%PORT%\r\n\r\n";
    QTest::newRow("favicon") << "GET /favicon.ico HTTP/1.1\r\n" + host << 404;
    QTest::newRow("other path") << "GET /other?code=x&state=y HTTP/1.1\r\n" + host << 404;
    QTest::newRow("no query") << "GET / HTTP/1.1\r\n" + host << 404;
    QTest::newRow("POST") << "POST /?code=x&state=y HTTP/1.1\r\n" + host << 405;
    QTest::newRow("HEAD") << "HEAD /?code=x&state=y HTTP/1.1\r\n" + host << 405;
    QTest::newRow("no Host") << "GET /?code=x&state=y HTTP/1.1\r\n\r\n"_ba << 400;
    QTest::newRow("garbage") << "\x16\x03\x01\x02\xff\xfe\r\n\r\n"_ba << 400;
    QTest::newRow("long line") << "GET /?code=" + QByteArray(9'000, 'x') << 414;
    QTest::newRow("long header") << "GET / HTTP/1.1\r\n" + QByteArray("X: y\r\n").repeated(6'000) << 431;
    QTest::newRow("nothing") << ""_ba << 0;
    QTest::newRow("half a line") << "GET /?co"_ba << 0;
}

void BrowserSignInTest::otherVisitors_endNothing()
{
    QFETCH(QByteArray, octets);
    QFETCH(int, status);
    start();
    octets.replace("%PORT%", QByteArray::number(portOfAnswer()));
    const Visit visitor(portOfAnswer(), octets);
    if (status != 0) {
        QTRY_VERIFY(visitor.isOver());
        QCOMPARE(visitor.status(), status);
        QVERIFY(visitor.received().contains("Cache-Control: no-store"));
    } else {
        QTRY_VERIFY(visitor.isConnected());
    }
    QVERIFY(!m_ending.isThere());
    const Visit browser(m_server->decide(m_url));
    QTRY_VERIFY(m_ending.isThere());
    QVERIFY(m_ending.tokens);
}

void BrowserSignInTest::slowVisitors_keepNobodyOut()
{
    start();
    std::vector<std::unique_ptr<Visit>> crowd;
    for (int i = 0; i < 12; ++i)
        crowd.push_back(std::make_unique<Visit>(portOfAnswer(), "GET /"));
    QTRY_VERIFY(
        std::all_of(crowd.begin(), crowd.end(), [](const auto &visit) { return visit->isConnected(); }));
    // The answer itself may come octet by octet.
    Visit browser(portOfAnswer(), "G");
    QTRY_VERIFY(browser.isConnected());
    const QByteArray request = Visit::requestFor(m_server->decide(m_url));
    for (qsizetype i = 1; i < request.size(); i += 7) {
        browser.say(request.mid(i, 7));
        QCoreApplication::processEvents();
    }
    QTRY_VERIFY(m_ending.isThere());
    QVERIFY(m_ending.tokens);
    QCOMPARE(browser.status(), 200);
}

void BrowserSignInTest::name_ofAnotherComputer_isRefused()
{
    start();
    QByteArray request = Visit::requestFor(m_server->decide(m_url));
    request.replace("Host: 127.0.0.1:", "Host: evil.example:");
    const Visit visitor(portOfAnswer(), request);
    QTRY_VERIFY(visitor.isOver());
    QCOMPARE(visitor.status(), 400);
    QVERIFY(!m_ending.isThere());
}

void BrowserSignInTest::time_endsIt()
{
    m_client = clientOf(*m_server);
    m_signIn = std::make_unique<BrowserSignIn>(*m_client, QString());
    QCOMPARE(BrowserSignIn::UsualLimit, std::chrono::milliseconds(5min));
    m_ending.watch(*m_signIn);
    connect(m_signIn.get(), &BrowserSignIn::browserWanted, this, [this](const QUrl &url) { m_url = url; });
    m_signIn->setTimeLimit(50ms);
    m_signIn->start();
    QTRY_VERIFY(m_ending.isThere());
    QVERIFY(m_ending.isFailure(Kind::TimedOut));
    QVERIFY(isPortClosed());
}

void BrowserSignInTest::cancel_closesThePort()
{
    start();
    m_signIn->cancel();
    QVERIFY(m_ending.isFailure(Kind::Cancelled));
    QVERIFY(isPortClosed());
    m_signIn->cancel();
    QCOMPARE(m_ending.count, 1);
    // Also while the provider is being asked.
    m_ending = {};
    m_server->behaviour.answer = Answer::Silent;
    start();
    const Visit browser(m_server->decide(m_url));
    QTRY_COMPARE(m_server->tokenRequests(), 1);
    m_signIn->cancel();
    QVERIFY(m_ending.isFailure(Kind::Cancelled));
}

void BrowserSignInTest::destruction_closesThePort()
{
    start();
    m_signIn.reset();
    QVERIFY(isPortClosed());
    QVERIFY(!m_ending.isThere());
}

void BrowserSignInTest::takenPort_isTold()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    m_client = clientOf(*m_server);
    m_client->provider.redirectPort = other.serverPort();
    start();
    QTRY_VERIFY(m_ending.isThere());
    QVERIFY(m_ending.isFailure(Kind::NoListener));
    QVERIFY(m_url.isEmpty());
    other.close();
    m_ending = {};
    start();
    QCOMPARE(portOfAnswer(), m_client->provider.redirectPort);
}

QTEST_GUILESS_MAIN(BrowserSignInTest)
#include "tst_browsersignin.moc"
