// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/httpsfetcher.h"
#include "support/httpsserver.h"
#include "support/nameservice.h"
#include "support/silentaddress.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <memory>
#include <optional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace postrider;
using discovery::HttpsFetcher;
using discovery::WebAnswer;
using support::HttpsServer;
using Outcome = WebAnswer::Outcome;

namespace {

/// Far above what a starved computer needs: where time is not what the test is about.
constexpr HttpsFetcher::Limits Patient { .connect = 60s, .total = 60s };

} // namespace

class HttpsFetcherTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void document_isFetchedWhole();
    void request_tellsNothingOfThePerson();
    void missingDocument_isAnAnswer();
    void redirect_isFollowedWithinHttps();
    void redirect_isRefused_data();
    void redirect_isRefused();
    void redirect_endsAfterThree();
    void redirectLoop_ends();
    void cookie_isNeverSentBack();
    void largeBody_isCutOff_data();
    void largeBody_isCutOff();
    void largestBody_isAllowed();
    void foreignCertificate_isRefused_data();
    void foreignCertificate_isRefused();
    void server_isNoneOfOurs_data();
    void server_isNoneOfOurs();
    void brokenBody_isNoDocument();
    void silentServer_endsAtTheLimit_data();
    void silentServer_endsAtTheLimit();
    void slowDrip_endsAtTheLimit();
    void otherSchemes_areNeverAsked_data();
    void otherSchemes_areNeverAsked();
    void plainDocument_isFetchedWhereItIsAskedFor();
    void whoeverAskedIsGone_noAnswerComes();

private:
    WebAnswer fetch(const QUrl &url, const HttpsFetcher::Limits &limits = Patient) const;

    support::TestAuthority m_authority {};
    std::unique_ptr<HttpsServer> m_server {};
};

WebAnswer HttpsFetcherTest::fetch(const QUrl &url, const HttpsFetcher::Limits &limits) const
{
    HttpsFetcher fetcher(limits);
    fetcher.trust({ m_authority.certificate() });
    QObject context;
    std::optional<WebAnswer> answer;
    int answers = 0;
    bool isInside = true;
    fetcher.fetch(url, &context, [&](const WebAnswer &content) {
        if (isInside)
            QFAIL("answered from within fetch()");
        ++answers;
        answer = content;
    });
    isInside = false;
    (void)QTest::qWaitFor([&answer] { return answer.has_value(); }, 120'000);
    QTest::qWait(20); // for an answer too many
    if (answers != 1)
        qFatal("%d answers", answers);
    return *answer;
}

void HttpsFetcherTest::initTestCase()
{
    // The desktop of the person who runs the tests has no say in them.
    for (const char *variable :
         { "http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY" })
        qunsetenv(variable);
    support::nameservice::add("localhost", { "127.0.0.1" });
}

void HttpsFetcherTest::init()
{
    m_server = std::make_unique<HttpsServer>(m_authority.issue());
    QVERIFY(m_server->isReady());
}

void HttpsFetcherTest::document_isFetchedWhole()
{
    const QByteArray body = "<clientConfig/>" + QByteArray(100'000, 'x');
    m_server->sayDocument(u"/mail/config-v1.1.xml"_s, body);
    const WebAnswer answer = fetch(m_server->url(u"/mail/config-v1.1.xml"_s));
    QVERIFY(answer.outcome == Outcome::Answered);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.contentType, QByteArray("text/xml"));
    QCOMPARE(answer.body, body);
    QCOMPARE(answer.url, m_server->url(u"/mail/config-v1.1.xml"_s));
}

void HttpsFetcherTest::request_tellsNothingOfThePerson()
{
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Austria));
    m_server->sayDocument(u"/a"_s, "x");
    (void)fetch(m_server->url(u"/a"_s));
    QLocale::setDefault(QLocale::c());
    QCOMPARE(m_server->requests().size(), 1);
    QByteArrayList lines = m_server->requests().first().split('\n');
    for (QByteArray &line : lines)
        line = line.trimmed();
    QCOMPARE(lines.takeFirst(), QByteArray("GET /a HTTP/1.1"));
    std::sort(lines.begin(), lines.end());
    const QByteArrayList expected { "Accept-Encoding: identity",
                                    "Accept-Language: *",
                                    "Accept: text/xml, application/xml",
                                    "Connection: Keep-Alive",
                                    "Host: localhost:" + QByteArray::number(m_server->port()),
                                    "User-Agent: Postrider" };
    QVERIFY2(lines == expected, lines.join(" | ").constData());
}

void HttpsFetcherTest::missingDocument_isAnAnswer()
{
    m_server->say(u"/error"_s, "HTTP/1.1 500 Oops\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody");
    const WebAnswer missing = fetch(m_server->url(u"/nothing"_s));
    QVERIFY(missing.outcome == Outcome::Answered);
    QCOMPARE(missing.status, 404);
    const WebAnswer failing = fetch(m_server->url(u"/error"_s));
    QVERIFY(failing.outcome == Outcome::Answered);
    QCOMPARE(failing.status, 500);
}

void HttpsFetcherTest::redirect_isFollowedWithinHttps()
{
    m_server->redirect(u"/a"_s, u"/b"_s);
    m_server->redirect(u"/b"_s, m_server->url(u"/c?x=1"_s).toString());
    m_server->redirect(u"/c?x=1"_s, u"d"_s);
    m_server->sayDocument(u"/d"_s, "there");
    const WebAnswer answer = fetch(m_server->url(u"/a"_s));
    QVERIFY(answer.outcome == Outcome::Answered);
    QCOMPARE(answer.body, QByteArray("there"));
    QCOMPARE(answer.url, m_server->url(u"/d"_s));
}

void HttpsFetcherTest::redirect_isRefused_data()
{
    QTest::addColumn<QString>("target");
    QTest::newRow("http") << u"http://localhost/"_s;
    QTest::newRow("file") << u"file:///etc/passwd"_s;
    QTest::newRow("data") << u"data:text/xml,<clientConfig/>"_s;
    QTest::newRow("with a password") << u"https://ann:secret@localhost/"_s;
    QTest::newRow("no host") << u"https:///x"_s;
}

void HttpsFetcherTest::redirect_isRefused()
{
    QFETCH(const QString, target);
    m_server->redirect(u"/a"_s, target);
    const WebAnswer answer = fetch(m_server->url(u"/a"_s));
    QVERIFY(answer.outcome == Outcome::RefusedRedirect);
    QCOMPARE(answer.url, m_server->url(u"/a"_s));
    if (target.startsWith("http:"_L1))
        QCOMPARE(answer.redirect, QUrl(target));
    QVERIFY(answer.body.isEmpty());
    QCOMPARE(m_server->requests().size(), 1);
}

void HttpsFetcherTest::redirect_endsAfterThree()
{
    for (int i = 0; i < 10; ++i)
        m_server->redirect(u"/%1"_s.arg(i), u"/%1"_s.arg(i + 1));
    const WebAnswer answer = fetch(m_server->url(u"/0"_s));
    QVERIFY(answer.outcome == Outcome::RefusedRedirect);
    QCOMPARE(m_server->requests().size(), 1 + HttpsFetcher::MostRedirects);
}

void HttpsFetcherTest::redirectLoop_ends()
{
    m_server->redirect(u"/a"_s, u"/a"_s);
    QVERIFY(fetch(m_server->url(u"/a"_s)).outcome == Outcome::RefusedRedirect);
}

void HttpsFetcherTest::cookie_isNeverSentBack()
{
    m_server->redirect(u"/a"_s, u"/b"_s); // sets one
    m_server->sayDocument(u"/b"_s, "x");
    QVERIFY(fetch(m_server->url(u"/a"_s)).outcome == Outcome::Answered);
    QCOMPARE(m_server->requests().size(), 2);
    QVERIFY(!m_server->requests().join().toLower().contains("cookie"));
}

void HttpsFetcherTest::largeBody_isCutOff_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("length said") << QByteArray("Content-Length: 10485760\r\n");
    QTest::newRow("length not said") << QByteArray();
    QTest::newRow("length said too small") << QByteArray("Content-Length: 300000\r\n");
}

void HttpsFetcherTest::largeBody_isCutOff()
{
    QFETCH(const QByteArray, header);
    m_server->say(u"/a"_s,
                  "HTTP/1.1 200 OK\r\n" + header + "Connection: close\r\n\r\n" + QByteArray(10 << 20, 'x'));
    const WebAnswer answer = fetch(m_server->url(u"/a"_s));
    QVERIFY(answer.outcome == Outcome::TooLarge);
    QVERIFY(answer.body.isEmpty());
}

void HttpsFetcherTest::largestBody_isAllowed()
{
    m_server->sayDocument(u"/a"_s, QByteArray(HttpsFetcher::LargestBody, 'x'));
    m_server->sayDocument(u"/b"_s, QByteArray(HttpsFetcher::LargestBody + 1, 'x'));
    const WebAnswer answer = fetch(m_server->url(u"/a"_s));
    QVERIFY(answer.outcome == Outcome::Answered);
    QCOMPARE(answer.body.size(), HttpsFetcher::LargestBody);
    QVERIFY(fetch(m_server->url(u"/b"_s)).outcome == Outcome::TooLarge);
}

void HttpsFetcherTest::foreignCertificate_isRefused_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("another name") << 0;
    QTest::newRow("signed by itself") << 1;
    QTest::newRow("expired") << 2;
    QTest::newRow("unknown authority") << 3;
}

void HttpsFetcherTest::foreignCertificate_isRefused()
{
    QFETCH(const int, kind);
    support::TestCertificate identity;
    switch (kind) {
    case 0:
        identity = m_authority.issue({ .commonName = "portal", .subjectAltName = "DNS:portal.example" });
        break;
    case 1:
        identity = support::selfSigned();
        break;
    case 2:
        identity = m_authority.issue({ .firstDay = -10, .lastDay = -1 });
        break;
    default:
        identity = support::TestAuthority().issue();
        break;
    }
    HttpsServer server(identity);
    server.sayDocument(u"/a"_s, "x");
    const WebAnswer answer = fetch(server.url(u"/a"_s));
    QVERIFY(answer.outcome == Outcome::CertificateRefused);
    QVERIFY2(server.requests().isEmpty(), "nothing was asked of it");
}

void HttpsFetcherTest::server_isNoneOfOurs_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::newRow("mail server") << QByteArray("220 mail.example.org ESMTP\r\n");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("half a header") << QByteArray("HTTP/1.1 200 OK\r\nContent-");
}

void HttpsFetcherTest::server_isNoneOfOurs()
{
    QFETCH(const QByteArray, octets);
    m_server->onConnection([octets](QTcpSocket *socket) {
        socket->write(octets);
        socket->disconnectFromHost();
    });
    QVERIFY(fetch(m_server->url(u"/a"_s)).outcome == Outcome::Failed);

    // And one that is plaintext.
    QTcpServer plain;
    connect(&plain, &QTcpServer::newConnection, &plain, [&plain, octets] {
        QTcpSocket *socket = plain.nextPendingConnection();
        socket->write(octets);
        socket->disconnectFromHost();
    });
    QVERIFY(plain.listen(QHostAddress::LocalHost));
    const WebAnswer answer = fetch(QUrl(u"https://localhost:%1/a"_s.arg(plain.serverPort())));
    QVERIFY(answer.outcome == Outcome::Failed || answer.outcome == Outcome::CertificateRefused);

    // And none.
    plain.close();
    QVERIFY(fetch(QUrl(u"https://localhost:%1/a"_s.arg(m_server->port() ^ 1))).outcome != Outcome::Answered);
    QVERIFY(fetch(QUrl(u"https://no-such-host.example/a"_s)).outcome == Outcome::HostNotFound);
}

void HttpsFetcherTest::brokenBody_isNoDocument()
{
    m_server->say(u"/a"_s,
                  "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nConnection: close\r\n\r\n<clientConfig>");
    QVERIFY(fetch(m_server->url(u"/a"_s)).outcome == Outcome::Failed);
}

void HttpsFetcherTest::silentServer_endsAtTheLimit_data()
{
    QTest::addColumn<QString>("place");
    QTest::newRow("does not connect") << u"connect"_s;
    QTest::newRow("says nothing in the handshake") << u"handshake"_s;
    QTest::newRow("says nothing to the request") << u"request"_s;
}

void HttpsFetcherTest::silentServer_endsAtTheLimit()
{
    QFETCH(const QString, place);
    m_server->stayOpen(u"/a"_s);
    QTcpServer mute;
    QVERIFY(mute.listen(QHostAddress::LocalHost));
    const support::SilentAddress silent(QHostAddress(QHostAddress::LocalHost), 0);
    if (!silent.isReady)
        QSKIP("this system's queue of connections does not fill up");

    const bool isRequest = place == "request"_L1;
    QUrl url = m_server->url(u"/a"_s);
    if (!isRequest)
        url.setPort(place == "connect"_L1 ? silent.port() : mute.serverPort());
    // The other limit is far away, so that it is this one that ends it.
    const HttpsFetcher::Limits limits { .connect = isRequest ? std::chrono::milliseconds(10min) : 300ms,
                                        .total = isRequest ? 300ms : std::chrono::milliseconds(10min) };
    QElapsedTimer timer;
    timer.start();
    QVERIFY(fetch(url, limits).outcome == Outcome::Failed);
    QVERIFY(timer.elapsed() >= 290);
}

void HttpsFetcherTest::slowDrip_endsAtTheLimit()
{
    m_server->onConnection([](QTcpSocket *socket) {
        socket->write("HTTP/1.1 200 OK\r\n\r\n");
        auto *drip = new QTimer(socket);
        connect(drip, &QTimer::timeout, socket, [socket] { socket->write("x"); });
        drip->start(20);
    });
    const HttpsFetcher::Limits limits { .connect = 60s, .total = 1s };
    QVERIFY(fetch(m_server->url(u"/a"_s), limits).outcome == Outcome::Failed);
}

void HttpsFetcherTest::otherSchemes_areNeverAsked_data()
{
    QTest::addColumn<QString>("scheme");
    QTest::newRow("ftp") << u"ftp"_s;
    QTest::newRow("file") << u"file"_s;
    QTest::newRow("none") << QString();
}

void HttpsFetcherTest::otherSchemes_areNeverAsked()
{
    QFETCH(const QString, scheme);
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QUrl url(u"//localhost:%1/a"_s.arg(server.serverPort()));
    url.setScheme(scheme);
    QVERIFY(fetch(url).outcome == Outcome::Failed);
    QVERIFY(!server.hasPendingConnections());
}

void HttpsFetcherTest::plainDocument_isFetchedWhereItIsAskedFor()
{
    QTcpServer plain;
    QByteArrayList requests;
    connect(&plain, &QTcpServer::newConnection, &plain, [this, &plain, &requests] {
        QTcpSocket *socket = plain.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [this, socket, &requests] {
            if (!socket->canReadLine())
                return;
            requests += socket->readAll();
            const QByteArray target = m_server->url(u"/there"_s).toEncoded();
            socket->write(requests.last().startsWith("GET /led ")
                              ? "HTTP/1.1 302 Found\r\nLocation: " + target + "\r\nContent-Length: 0\r\n\r\n"
                              : QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nplain"));
        });
    });
    QVERIFY(plain.listen(QHostAddress::LocalHost));
    const QString host = u"http://localhost:%1"_s.arg(plain.serverPort());
    const WebAnswer answer = fetch(QUrl(host + u"/a"_s));
    QVERIFY(answer.outcome == Outcome::Answered);
    QCOMPARE(answer.body, QByteArray("plain"));
    for (const char *person : { "Cookie", "Referer", "Authorization" })
        QVERIFY(!requests.first().contains(person));

    m_server->sayDocument(u"/there"_s, "encrypted");
    QCOMPARE(fetch(QUrl(host + u"/led"_s)).body, QByteArray("encrypted"));
}

void HttpsFetcherTest::whoeverAskedIsGone_noAnswerComes()
{
    m_server->sayDocument(u"/a"_s, "x");
    HttpsFetcher fetcher(Patient);
    fetcher.trust({ m_authority.certificate() });
    auto context = std::make_unique<QObject>();
    int answers = 0;
    for (int i = 0; i < 20; ++i)
        fetcher.fetch(m_server->url(u"/a"_s), context.get(), [&answers, &context](const WebAnswer &) {
            ++answers;
            context.reset(); // within the answer, as an owner may do it
        });
    QTRY_COMPARE_WITH_TIMEOUT(answers, 1, 60'000);
    QTest::qWait(50);
    QCOMPARE(answers, 1);

    context = std::make_unique<QObject>();
    fetcher.fetch(m_server->url(u"/a"_s), context.get(), [&answers](const WebAnswer &) { ++answers; });
    context.reset();
    QTest::qWait(50);
    QCOMPARE(answers, 1);
}

QTEST_GUILESS_MAIN(HttpsFetcherTest)
#include "tst_httpsfetcher.moc"
