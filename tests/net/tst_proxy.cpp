// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "net/connection.h"
#include "sender.h"
#include "support/fakesmtpserver.h"
#include "support/nameservice.h"
#include "support/testproxy.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace postrider;
using net::ConnectionConfig;
using net::ConnectionFailure;
using net::ProxyChoice;
using net::ProxyFailure;
using support::FakeSmtpServer;
using support::TestProxy;
using test::Sender;
using Kind = ConnectionFailure::Kind;
namespace nameservice = support::nameservice;

class ProxyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void message_goesThroughWithTls_data();
    void message_goesThroughWithTls();
    void wrongPassword_isAFailureOfTheProxy_data();
    void wrongPassword_isAFailureOfTheProxy();
    void unhelpfulProxy_isToldFromTheServer_data();
    void unhelpfulProxy_isToldFromTheServer();
    void deadProxy_isAFailureOfTheProxy_data();
    void deadProxy_isAFailureOfTheProxy();
    void clingingProxy_getsNoMoreThanItTakes_data();
    void clingingProxy_getsNoMoreThanItTakes();

private:
    [[nodiscard]] ConnectionConfig config(quint16 serverPort, const TestProxy &proxy,
                                          TestProxy::Kind kind) const;

    support::TestAuthority m_authority {};
    support::TestCertificate m_identity
        = m_authority.issue({ .commonName = "mail.example.org", .subjectAltName = "DNS:mail.example.org" });
};

namespace {

void addKinds()
{
    QTest::addColumn<TestProxy::Kind>("kind");
    QTest::newRow("SOCKS5") << TestProxy::Kind::Socks5;
    QTest::newRow("HTTP CONNECT") << TestProxy::Kind::HttpConnect;
}

} // namespace

void ProxyTest::init()
{
    nameservice::clear();
}

ConnectionConfig ProxyTest::config(quint16 serverPort, const TestProxy &proxy, TestProxy::Kind kind) const
{
    ConnectionConfig config;
    config.host = u"mail.example.org"_s;
    config.port = serverPort;
    config.session.security = smtp::Security::StartTls;
    config.tls.extraAuthorities = { m_authority.certificate() };
    config.proxy.kind
        = kind == TestProxy::Kind::Socks5 ? ProxyChoice::Kind::Socks5 : ProxyChoice::Kind::HttpConnect;
    config.proxy.host = u"127.0.0.1"_s;
    config.proxy.port = proxy.port();
    return config;
}

void ProxyTest::message_goesThroughWithTls_data()
{
    QTest::addColumn<TestProxy::Kind>("kind");
    QTest::addColumn<bool>("signsIn");
    QTest::addColumn<bool>("implicitTls");
    QTest::addColumn<TestProxy::Answer>("answer");
    for (const auto &[name, kind] : { std::pair { "SOCKS5", TestProxy::Kind::Socks5 },
                                      std::pair { "HTTP CONNECT", TestProxy::Kind::HttpConnect } }) {
        for (const bool signsIn : { false, true }) {
            for (const bool implicitTls : { false, true }) {
                QTest::addRow("%s, %s, %s", name, signsIn ? "password" : "nobody",
                              implicitTls ? "implicit TLS" : "STARTTLS")
                    << kind << signsIn << implicitTls << TestProxy::Answer::Connects;
            }
        }
        QTest::addRow("%s, greeting behind its answer", name)
            << kind << false << false << TestProxy::Answer::TwoSteps;
    }
}

void ProxyTest::message_goesThroughWithTls()
{
    QFETCH(TestProxy::Kind, kind);
    QFETCH(bool, signsIn);
    QFETCH(bool, implicitTls);
    QFETCH(TestProxy::Answer, answer);
    FakeSmtpServer server({ .security = implicitTls ? FakeSmtpServer::Security::ImplicitTls
                                                    : FakeSmtpServer::Security::StartTls,
                            .identity = m_identity });
    TestProxy proxy({ .kind = kind,
                      .target = server.port(),
                      .user = signsIn ? "visitor" : "",
                      .password = signsIn ? "let me through" : "",
                      .answer = answer });
    ConnectionConfig c = config(server.port(), proxy, kind);
    if (implicitTls)
        c.session.security = smtp::Security::ImplicitTls;
    if (signsIn) {
        c.proxy.user = u"visitor"_s;
        c.proxy.password = u"let me through"_s;
    }
    Sender sender(c);
    sender.content = QByteArray("a line of text\r\n").repeated(100'000);
    sender.connection()->open();
    QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 20'000);
    QVERIFY2(sender.failures.isEmpty(), qPrintable(sender.failures.value(0).reason));
    QCOMPARE(sender.delivered, 1);
    QVERIFY(server.messages().first().content == sender.content);
    QVERIFY(sender.connection()->tlsReport()->problems.isEmpty());
    // The proxy knows where the server is; nobody else was asked.
    QCOMPARE(proxy.requests(), QByteArrayList { "mail.example.org:" + QByteArray::number(server.port()) });
    QVERIFY(!nameservice::questions().contains("mail.example.org"));
    QTRY_COMPARE(proxy.openConnections(), 0);
}

void ProxyTest::wrongPassword_isAFailureOfTheProxy_data()
{
    addKinds();
}

void ProxyTest::wrongPassword_isAFailureOfTheProxy()
{
    QFETCH(TestProxy::Kind, kind);
    TestProxy proxy({ .kind = kind, .user = "visitor", .password = "right" });
    for (const QString &password : { u"wrong"_s, QString() }) {
        ConnectionConfig c = config(25, proxy, kind);
        c.connectTimeout = 5s;
        if (!password.isEmpty())
            c.proxy.user = u"visitor"_s;
        c.proxy.password = password;
        Sender sender(c);
        sender.connection()->open();
        QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 20'000);
        QCOMPARE(sender.failures.first().kind, Kind::ProxyFailed);
        QVERIFY(sender.failures.first().proxy == ProxyFailure::SignInRefused);
        QVERIFY(!sender.failures.first().reason.isEmpty());
        QVERIFY(proxy.requests().isEmpty());
    }
}

void ProxyTest::unhelpfulProxy_isToldFromTheServer_data()
{
    QTest::addColumn<TestProxy::Kind>("kind");
    QTest::addColumn<TestProxy::Answer>("answer");
    QTest::addColumn<Kind>("expected");
    QTest::addColumn<ProxyFailure>("proxyFailure");
    const auto socks = TestProxy::Kind::Socks5;
    const auto http = TestProxy::Kind::HttpConnect;
    using Answer = TestProxy::Answer;
    const auto none = ProxyFailure::Other;
    QTest::newRow("SOCKS5, server refuses") << socks << Answer::Refuses << Kind::Refused << none;
    QTest::newRow("HTTP, forbidden") << http << Answer::Refuses << Kind::ProxyFailed << ProxyFailure::Forbids;
    QTest::newRow("SOCKS5, silent") << socks << Answer::Silent << Kind::ConnectTimedOut << none;
    QTest::newRow("HTTP, silent") << http << Answer::Silent << Kind::ConnectTimedOut << none;
    QTest::newRow("SOCKS5, closes") << socks << Answer::Closes << Kind::ProxyFailed
                                    << ProxyFailure::Unreachable;
    QTest::newRow("HTTP, closes") << http << Answer::Closes << Kind::ProxyFailed << ProxyFailure::Unreachable;
    QTest::newRow("SOCKS5, babbles") << socks << Answer::Babbles << Kind::ProxyFailed
                                     << ProxyFailure::NoProxy;
    QTest::newRow("HTTP, babbles") << http << Answer::Babbles << Kind::ProxyFailed << ProxyFailure::NoProxy;
}

void ProxyTest::unhelpfulProxy_isToldFromTheServer()
{
    QFETCH(TestProxy::Kind, kind);
    QFETCH(TestProxy::Answer, answer);
    QFETCH(Kind, expected);
    QFETCH(ProxyFailure, proxyFailure);
    TestProxy proxy({ .kind = kind, .answer = answer });
    ConnectionConfig c = config(25, proxy, kind);
    c.connectTimeout = 500ms;
    Sender sender(c);
    sender.connection()->open();
    QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 20'000);
    QCOMPARE(sender.failures.size(), 1);
    QCOMPARE(sender.failures.first().kind, expected);
    QCOMPARE(static_cast<int>(sender.failures.first().proxy), static_cast<int>(proxyFailure));
    if (expected != Kind::ConnectTimedOut)
        QVERIFY(!sender.failures.first().reason.isEmpty());
    QTRY_COMPARE(proxy.openConnections(), 0);
}

void ProxyTest::deadProxy_isAFailureOfTheProxy_data()
{
    addKinds();
}

void ProxyTest::deadProxy_isAFailureOfTheProxy()
{
    QFETCH(TestProxy::Kind, kind);
    ConnectionConfig c;
    {
        const TestProxy gone({ .kind = kind });
        c = config(25, gone, kind);
    }
    Sender sender(c);
    sender.connection()->open();
    QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 20'000);
    QCOMPARE(sender.failures.first().kind, Kind::ProxyFailed);
    QVERIFY(sender.failures.first().proxy == ProxyFailure::Unreachable);
}

void ProxyTest::clingingProxy_getsNoMoreThanItTakes_data()
{
    addKinds();
}

void ProxyTest::clingingProxy_getsNoMoreThanItTakes()
{
    QFETCH(TestProxy::Kind, kind);
    FakeSmtpServer server({ .security = FakeSmtpServer::Security::Plaintext });
    TestProxy proxy({ .kind = kind, .target = server.port(), .answer = TestProxy::Answer::ClingsToContent });
    ConnectionConfig c = config(server.port(), proxy, kind);
    c.session.security = smtp::Security::Plaintext;
    c.session.timeouts.dataBlock = 500ms;
    c.session.timeouts.quit = 50ms;
    Sender sender(c);
    sender.content = QByteArray("a line of text\r\n").repeated(4'000'000);
    sender.connection()->open();
    QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 20'000);
    QCOMPARE(sender.delivered, 0);
    QCOMPARE(sender.transactionFailures.size(), 1);
    QCOMPARE(sender.transactionFailures.first().cause, smtp::Failure::Cause::TimedOut);
    // What the kernel holds for two sockets, and no more.
    QVERIFY2(sender.progress < 16'000'000, qPrintable(QString::number(sender.progress)));
}

QTEST_GUILESS_MAIN(ProxyTest)
#include "tst_proxy.moc"
