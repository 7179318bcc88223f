// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "net/connector.h"
#include "support/nameservice.h"
#include "support/silentaddress.h"
#include "support/testproxy.h"

#include <QElapsedTimer>
#include <QSslSocket>
#include <QTcpServer>
#include <QTest>

#include <optional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace postrider;
using net::ConnectionConfig;
using net::ConnectionFailure;
using net::Connector;
using net::ProxyChoice;
using support::SilentAddress;
using support::TestProxy;
using Kind = ConnectionFailure::Kind;
namespace nameservice = support::nameservice;

namespace {

// Each test has a name of its own: Qt remembers for a minute what a name server said.

/// One attempt to connect and what came of it.
class Attempt
{
public:
    explicit Attempt(const ConnectionConfig &config)
        : m_connector(std::make_unique<Connector>(config))
    {
        QObject::connect(m_connector.get(), &Connector::connected, m_connector.get(),
                         [this] { socket = m_connector->takeSocket(); });
        QObject::connect(m_connector.get(), &Connector::failed, m_connector.get(),
                         [this](const ConnectionFailure &f) { failures.append(f); });
        m_connector->start();
    }

    [[nodiscard]] bool hasEnded() const { return socket || !failures.isEmpty(); }
    void cancel() { m_connector.reset(); }

    std::unique_ptr<QSslSocket> socket {};
    QList<ConnectionFailure> failures {};

private:
    std::unique_ptr<Connector> m_connector;
};

} // namespace

class ConnectorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void name_isLookedUp();
    void ownNames_areNotLookedUpNorGivenToAProxy_data();
    void ownNames_areNotLookedUpNorGivenToAProxy();
    void nameThatNeverExists_isNotLookedUp();
    void unknownName_isNotFound();
    void failingNameServer_isToldFromAnUnknownName();
    void hangingNameServer_timesOut();
    void blackHoledIpv6_costsLittle();
    void manyDeadAddresses_areAllTried();
    void cancel_isPromptAtEveryStage_data();
    void cancel_isPromptAtEveryStage();
    void systemProxy_isAsked();
    void noSystemProxy_meansTheDirectWay();
    void chosenDirectWay_ignoresTheSystemsProxy();

private:
    [[nodiscard]] ConnectionConfig config(const QString &host) const;

    std::unique_ptr<QTcpServer> m_server {};
};

void ConnectorTest::initTestCase()
{
    // The desktop of the person who runs the tests has no say in them.
    for (const char *variable :
         { "http_proxy", "https_proxy", "ftp_proxy", "all_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY",
           "ALL_PROXY", "NO_PROXY", "XDG_CURRENT_DESKTOP", "DESKTOP_SESSION", "KDE_FULL_SESSION" })
        qunsetenv(variable);
}

void ConnectorTest::init()
{
    nameservice::clear();
    m_server = std::make_unique<QTcpServer>();
    QVERIFY(m_server->listen(QHostAddress::LocalHost));
}

void ConnectorTest::cleanup()
{
    nameservice::clear();
    qunsetenv("http_proxy");
}

ConnectionConfig ConnectorTest::config(const QString &host) const
{
    ConnectionConfig config;
    config.host = host;
    config.port = m_server->serverPort();
    config.proxy.kind = ProxyChoice::Kind::None;
    return config;
}

void ConnectorTest::name_isLookedUp()
{
    nameservice::add("mail.example.org", { "127.0.0.1" });
    Attempt attempt(config(u"mail.example.org."_s));
    QVERIFY(!attempt.hasEnded());
    QTRY_VERIFY_WITH_TIMEOUT(attempt.hasEnded(), 10'000);
    QVERIFY(attempt.socket);
    QCOMPARE(attempt.socket->peerPort(), m_server->serverPort());
    QCOMPARE(nameservice::questions(), QByteArrayList { "mail.example.org" });
}

void ConnectorTest::ownNames_areNotLookedUpNorGivenToAProxy_data()
{
    QTest::addColumn<QString>("host");
    for (const char *host : { "localhost", "LOCALHOST.", "mail.localhost", "127.0.0.1" })
        QTest::newRow(host) << QString::fromLatin1(host);
}

void ConnectorTest::ownNames_areNotLookedUpNorGivenToAProxy()
{
    QFETCH(QString, host);
    TestProxy proxy({ .target = m_server->serverPort() });
    qputenv("http_proxy", "http://127.0.0.1:" + QByteArray::number(proxy.port()));
    for (const auto kind : { ProxyChoice::Kind::System, ProxyChoice::Kind::Socks5 }) {
        ConnectionConfig c = config(host);
        c.proxy = { .kind = kind, .host = u"127.0.0.1"_s, .port = proxy.port() };
        Attempt attempt(c);
        QTRY_VERIFY_WITH_TIMEOUT(attempt.hasEnded(), 10'000);
        QVERIFY(attempt.socket);
        QCOMPARE(attempt.socket->peerPort(), m_server->serverPort());
    }
    QCOMPARE(proxy.connections(), 0);
    QCOMPARE(nameservice::questions(), QByteArrayList {});
}

void ConnectorTest::nameThatNeverExists_isNotLookedUp()
{
    for (const QString &host : { u"mail.invalid"_s, u"Mail.INVALID."_s, QString() }) {
        Attempt attempt(config(host));
        QTRY_VERIFY_WITH_TIMEOUT(attempt.hasEnded(), 10'000);
        QCOMPARE(attempt.failures.first().kind, Kind::HostNotFound);
    }
    QCOMPARE(nameservice::questions(), QByteArrayList {});
}

void ConnectorTest::unknownName_isNotFound()
{
    Attempt attempt(config(u"unknown.example.org"_s));
    QTRY_VERIFY_WITH_TIMEOUT(attempt.hasEnded(), 10'000);
    QCOMPARE(attempt.failures.size(), 1);
    QCOMPARE(attempt.failures.first().kind, Kind::HostNotFound);
}

void ConnectorTest::failingNameServer_isToldFromAnUnknownName()
{
    nameservice::fail("failing.example.org");
    Attempt attempt(config(u"failing.example.org"_s));
    QTRY_VERIFY_WITH_TIMEOUT(attempt.hasEnded(), 10'000);
    QCOMPARE(attempt.failures.size(), 1);
    QCOMPARE(attempt.failures.first().kind, Kind::LookupFailed);
    QVERIFY(!attempt.failures.first().reason.isEmpty());
}

void ConnectorTest::hangingNameServer_timesOut()
{
    nameservice::hang("slow.example.org");
    ConnectionConfig c = config(u"slow.example.org"_s);
    c.lookupTimeout = 50ms;
    Attempt attempt(c);
    QTRY_VERIFY_WITH_TIMEOUT(attempt.hasEnded(), 10'000);
    QCOMPARE(attempt.failures.size(), 1);
    QCOMPARE(attempt.failures.first().kind, Kind::LookupFailed);
    // The answer comes when nobody waits for it any more.
    nameservice::release();
    QCoreApplication::processEvents();
    QCOMPARE(attempt.failures.size(), 1);
}

void ConnectorTest::blackHoledIpv6_costsLittle()
{
    const SilentAddress silent(QHostAddress(QHostAddress::LocalHostIPv6), m_server->serverPort());
    if (!silent.isReady)
        QSKIP("This computer has no IPv6, or its kernel lets connections through to a full queue");
    nameservice::add("dual.example.org", { "::1", "127.0.0.1" });
    QElapsedTimer timer;
    timer.start();
    Attempt attempt(config(u"dual.example.org"_s));
    QTRY_VERIFY_WITH_TIMEOUT(attempt.hasEnded(), 10'000);
    QVERIFY(attempt.socket);
    QCOMPARE(attempt.socket->peerAddress(), QHostAddress(QHostAddress::LocalHost));
    QVERIFY(timer.elapsed() < 10 * net::Dialer::AttemptDelay.count());
}

void ConnectorTest::manyDeadAddresses_areAllTried()
{
    QByteArrayList addresses;
    for (int i = 1; i <= 200; ++i)
        addresses.append("127.1.0." + QByteArray::number(i));
    nameservice::add("many.example.org", addresses + QByteArrayList { "127.0.0.1" });
    Attempt attempt(config(u"many.example.org"_s));
    QTRY_VERIFY_WITH_TIMEOUT(attempt.hasEnded(), 10'000);
    QVERIFY(attempt.socket);
}

void ConnectorTest::cancel_isPromptAtEveryStage_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("throughProxy");
    QTest::newRow("lookup") << u"slow.example.org"_s << false;
    QTest::newRow("connect") << u"127.0.0.2"_s << false;
    QTest::newRow("proxy") << u"mail.example.org"_s << true;
}

void ConnectorTest::cancel_isPromptAtEveryStage()
{
    QFETCH(QString, host);
    QFETCH(bool, throughProxy);
    nameservice::hang("slow.example.org");
    const SilentAddress silent(QHostAddress(u"127.0.0.2"_s), m_server->serverPort());
    TestProxy proxy({ .answer = TestProxy::Answer::Silent });
    ConnectionConfig c = config(host);
    if (throughProxy)
        c.proxy = { .kind = ProxyChoice::Kind::Socks5, .host = u"127.0.0.1"_s, .port = proxy.port() };
    Attempt attempt(c);
    if (throughProxy)
        QTRY_COMPARE(proxy.requests().size(), 1);
    QCoreApplication::processEvents();
    QVERIFY(!attempt.hasEnded());

    QElapsedTimer timer;
    timer.start();
    attempt.cancel();
    QCoreApplication::processEvents();
    QVERIFY2(timer.elapsed() < 100, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(!attempt.hasEnded());
    QTRY_COMPARE(proxy.openConnections(), 0);
}

void ConnectorTest::systemProxy_isAsked()
{
    TestProxy proxy({ .kind = TestProxy::Kind::HttpConnect, .target = m_server->serverPort() });
    qputenv("http_proxy", "http://127.0.0.1:" + QByteArray::number(proxy.port()));
    ConnectionConfig c = config(u"proxied.example.org"_s);
    c.proxy.kind = ProxyChoice::Kind::System;
    Attempt attempt(c);
    QVERIFY(!attempt.hasEnded());
    QTRY_VERIFY_WITH_TIMEOUT(attempt.hasEnded(), 10'000);
    QVERIFY(attempt.socket);
    QCOMPARE(proxy.requests(), QByteArrayList { "proxied.example.org:" + QByteArray::number(c.port) });
    QVERIFY(!nameservice::questions().contains("proxied.example.org"));
}

void ConnectorTest::noSystemProxy_meansTheDirectWay()
{
    nameservice::add("direct.example.org", { "127.0.0.1" });
    ConnectionConfig c = config(u"direct.example.org"_s);
    c.proxy.kind = ProxyChoice::Kind::System;
    Attempt attempt(c);
    QTRY_VERIFY_WITH_TIMEOUT(attempt.hasEnded(), 10'000);
    QVERIFY(attempt.socket);
    QCOMPARE(attempt.socket->peerPort(), m_server->serverPort());
}

void ConnectorTest::chosenDirectWay_ignoresTheSystemsProxy()
{
    TestProxy proxy({ .kind = TestProxy::Kind::HttpConnect, .target = m_server->serverPort() });
    qputenv("http_proxy", "http://127.0.0.1:" + QByteArray::number(proxy.port()));
    nameservice::add("chosen.example.org", { "127.0.0.1" });
    Attempt attempt(config(u"chosen.example.org"_s));
    QTRY_VERIFY_WITH_TIMEOUT(attempt.hasEnded(), 10'000);
    QVERIFY(attempt.socket);
    QCOMPARE(proxy.connections(), 0);
}

QTEST_GUILESS_MAIN(ConnectorTest)
#include "tst_connector.moc"
