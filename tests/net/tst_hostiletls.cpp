// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "hostilefixture.h"
#include "net/connection.h"
#include "sender.h"

#include <QTest>

#include <atomic>
#include <optional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace postrider;
using net::ConnectionConfig;
using net::ConnectionFailure;
using net::HandshakeFailure;
using net::TlsProblem;
using support::CertificateSpec;
using support::HostilePeer;
using support::HostileServer;
using support::HostileTls;
using support::Manners;
using test::Sender;
using Kind = ConnectionFailure::Kind;

Q_DECLARE_METATYPE(postrider::support::CertificateSpec)

/// TLS as a server does it that need not be a good one.
class HostileTlsTest : public test::HostileFixture
{
    Q_OBJECT

private Q_SLOTS:
    void badCertificate_getsNoPassword_data();
    void badCertificate_getsNoPassword();
    void brokenHandshake_saysWhy_data();
    void brokenHandshake_saysWhy();
    void closedWithoutCloseNotify_isHarmlessAfterTheReply_data();
    void closedWithoutCloseNotify_isHarmlessAfterTheReply();
    void session_isResumed_data();
    void session_isResumed();
    void refusedResumption_isHarmless();
    void ticket_isOfNoUseElsewhere_data();
    void ticket_isOfNoUseElsewhere();
    void resumedSession_isJudgedAgain();
    void clientCertificate_isShownWhenConfigured();
    void serverName_isSaid();
    void renegotiation_changesNothing();
};

void HostileTlsTest::badCertificate_getsNoPassword_data()
{
    QTest::addColumn<CertificateSpec>("spec");
    QTest::addColumn<TlsProblem>("problem");
    const auto row = [](const char *name, const CertificateSpec &spec, TlsProblem problem) {
        QTest::newRow(name) << spec << problem;
    };
    row("expired", { .firstDay = -30, .lastDay = -1 }, TlsProblem::Expired);
    row("not yet valid", { .firstDay = 1, .lastDay = 30 }, TlsProblem::NotYetValid);
    row("another name", { .subjectAltName = "DNS:mail.example.org" }, TlsProblem::WrongName);
    row("CN only", { .commonName = "localhost", .subjectAltName = {} }, TlsProblem::WrongName);
    row("part of the name as a wildcard", { .subjectAltName = "DNS:local*" }, TlsProblem::WrongName);
    row("wildcard for everything", { .subjectAltName = "DNS:*" }, TlsProblem::WrongName);
    row("an address as a name", { .subjectAltName = "DNS:127.0.0.1" }, TlsProblem::WrongName);
    row("for clients", { .extendedKeyUsage = "clientAuth" }, TlsProblem::WrongPurpose);
    row("RSA of 1024 bits", { .rsaBits = 1024 }, TlsProblem::WeakKey);
}

void HostileTlsTest::badCertificate_getsNoPassword()
{
    QFETCH(CertificateSpec, spec);
    QFETCH(TlsProblem, problem);
    for (const auto security : { smtp::Security::StartTls, smtp::Security::ImplicitTls }) {
        const bool isImplicit = security == smtp::Security::ImplicitTls;
        // The newest version and the oldest still allowed: they verify at different times.
        for (const auto version : { HostileTls::Version::Tls12, HostileTls::Version::Tls13 }) {
            Manners manners {
                .security = isImplicit ? Manners::Security::ImplicitTls : Manners::Security::StartTls,
                .tls = std::make_shared<HostileTls>(HostileTls::Setup {
                    .identity = m_authority.issue(spec), .oldest = version, .newest = version }),
            };
            HostileServer server(support::misbehaving(manners));
            Sender sender(config(server, security));
            sender.connection()->open();
            QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 10'000);
            QCOMPARE(sender.failures.size(), 1);
            QCOMPARE(sender.failures.first().kind, Kind::TlsNotTrusted);
            const auto report = sender.connection()->tlsReport();
            QVERIFY(report);
            QVERIFY(report->problems.contains(problem));
            QVERIFY(sender.connection()->tlsTicket().isNull());
            QTRY_COMPARE(server.openConnections(), 0);
            // Not one command, neither under TLS nor instead of it.
            const auto lines = server.lines();
            QCOMPARE(lines.size(), isImplicit ? 0 : 2);
            if (!isImplicit)
                QVERIFY(lines.first().octets.startsWith("EHLO") && lines.last().octets == "STARTTLS");
        }
    }
}

void HostileTlsTest::brokenHandshake_saysWhy_data()
{
    QTest::addColumn<Manners>("manners");
    QTest::addColumn<HandshakeFailure>("failure");
    QTest::addColumn<QString>("word");
    const auto row
        = [](const char *name, const Manners::Act &act, HandshakeFailure failure, const QString &word) {
              QTest::newRow(name) << Manners { .instead = { { "handshake", act } } } << failure << word;
          };
    const auto afterHello = [](const std::function<void(HostilePeer &)> &act) {
        return [act](HostilePeer &peer, const QByteArray &) {
            (void)peer.readOctets(6);
            act(peer);
        };
    };
    row("closed", afterHello([](HostilePeer &peer) { peer.close(); }), HandshakeFailure::ServerClosed,
        u"closed"_s);
    row("reset", afterHello([](HostilePeer &peer) { peer.reset(); }), HandshakeFailure::ServerClosed,
        u"closed"_s);
    row("alert", afterHello([](HostilePeer &peer) {
            peer.send(QByteArray("\x15\x03\x03\x00\x02\x02\x28", 7)); // handshake_failure
            peer.close();
        }),
        HandshakeFailure::Alert, u"handshake failure"_s);
    row("alert about the version", afterHello([](HostilePeer &peer) {
            peer.send(QByteArray("\x15\x03\x01\x00\x02\x02\x46", 7)); // protocol_version
            peer.close();
        }),
        HandshakeFailure::OldVersion, u"protocol version"_s);
    row("another protocol", afterHello([](HostilePeer &peer) {
            peer.send("220 mail.example.org ESMTP\r\n");
            peer.ignore();
        }),
        HandshakeFailure::NotTls, u"wrong version"_s);

    const auto oldTls = std::make_shared<HostileTls>(HostileTls::Setup {
        .identity = m_good, .oldest = HostileTls::Version::Tls11, .newest = HostileTls::Version::Tls11 });
    QTest::newRow("TLS 1.1 only") << Manners { .tls = oldTls } << HandshakeFailure::OldVersion
                                  << u"version"_s;
}

void HostileTlsTest::brokenHandshake_saysWhy()
{
    QFETCH(Manners, manners);
    QFETCH(HandshakeFailure, failure);
    QFETCH(QString, word);
    for (const auto security : { smtp::Security::StartTls, smtp::Security::ImplicitTls }) {
        manners.security = security == smtp::Security::ImplicitTls ? Manners::Security::ImplicitTls
                                                                   : Manners::Security::StartTls;
        HostileServer server(support::misbehaving(manners));
        Sender sender(config(server, security));
        sender.connection()->open();
        QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 10'000);
        QCOMPARE(sender.failures.size(), 1);
        QCOMPARE(sender.failures.first().kind, Kind::TlsFailed);
        QVERIFY2(sender.failures.first().reason.contains(word), qPrintable(sender.failures.first().reason));
        QVERIFY(sender.failures.first().handshake == failure);
        QVERIFY(!server.received("AUTH"));
        QTRY_COMPARE(server.openConnections(), 0);
    }
}

void HostileTlsTest::closedWithoutCloseNotify_isHarmlessAfterTheReply_data()
{
    QTest::addColumn<bool>("reset");
    QTest::newRow("closed") << false;
    QTest::newRow("reset") << true;
}

void HostileTlsTest::closedWithoutCloseNotify_isHarmlessAfterTheReply()
{
    QFETCH(bool, reset);
    Manners manners { .tls = goodTls() };
    manners.instead.insert(".", [reset](HostilePeer &peer, const QByteArray &) {
        peer.send("250 2.0.0 Taken\r\n");
        if (!reset) {
            peer.close();
            return;
        }
        (void)peer.readLine(); // the reply has been read, or the reset would overtake it
        peer.reset();
    });
    HostileServer server(support::misbehaving(manners));
    Sender sender(config(server, smtp::Security::StartTls));
    sender.connection()->open();
    QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 10'000);
    QCOMPARE(sender.delivered, 1);
    QVERIFY(sender.transactionFailures.isEmpty());
}

void HostileTlsTest::session_isResumed_data()
{
    QTest::addColumn<HostileTls::Version>("version");
    QTest::newRow("TLS 1.2") << HostileTls::Version::Tls12;
    QTest::newRow("TLS 1.3") << HostileTls::Version::Tls13;
}

void HostileTlsTest::session_isResumed()
{
    QFETCH(HostileTls::Version, version);
    for (const auto security : { smtp::Security::StartTls, smtp::Security::ImplicitTls }) {
        const bool isImplicit = security == smtp::Security::ImplicitTls;
        HostileServer server(support::misbehaving({
            .security = isImplicit ? Manners::Security::ImplicitTls : Manners::Security::StartTls,
            .tls = std::make_shared<HostileTls>(
                HostileTls::Setup { .identity = m_good, .oldest = version, .newest = version }),
        }));
        ConnectionConfig c = config(server, security);
        std::optional<net::TlsReport> first;
        for (int i = 0; i < 3; ++i) {
            Sender sender(c);
            sender.connection()->open();
            QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 10'000);
            QCOMPARE(sender.delivered, 1);
            QCOMPARE(sender.finishedSignals, 1);
            c.tlsTicket = sender.connection()->tlsTicket();
            QVERIFY(!c.tlsTicket.isNull());

            // The certificate is known, and judged, in a resumed session too.
            const auto report = sender.connection()->tlsReport();
            QVERIFY(report);
            if (!first)
                first = report;
            QCOMPARE(report->keySha256, net::publicKeySha256(m_good.certificate));
            QCOMPARE(report->names, first->names);
            QCOMPARE(report->version, first->version);
            QVERIFY(report->problems.isEmpty());
        }
        const auto sessions = server.tlsSessions();
        QCOMPARE(sessions.size(), 3);
        QVERIFY(!sessions.at(0).resumed);
        QVERIFY(sessions.at(1).resumed);
        QVERIFY(sessions.at(2).resumed);
        QTRY_VERIFY(server.tlsSessions().at(2).closeNotify);
    }
}

void HostileTlsTest::refusedResumption_isHarmless()
{
    // Each connection meets a server that has forgotten the keys of its tickets.
    Manners manners;
    manners.instead.insert("handshake", [this](HostilePeer &peer, const QByteArray &) {
        HostileTls tls({ .identity = m_good });
        peer.startTls(tls);
    });
    HostileServer server(support::misbehaving(manners));
    ConnectionConfig c = config(server, smtp::Security::StartTls);
    for (int i = 0; i < 2; ++i) {
        Sender sender(c);
        sender.connection()->open();
        QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 10'000);
        QCOMPARE(sender.delivered, 1);
        c.tlsTicket = sender.connection()->tlsTicket();
        QVERIFY(!c.tlsTicket.isNull());
    }
    QCOMPARE(server.tlsSessions().size(), 2);
    QVERIFY(!server.tlsSessions().at(1).resumed);
}

void HostileTlsTest::ticket_isOfNoUseElsewhere_data()
{
    QTest::addColumn<QString>("change");
    for (const char *change : { "host", "authorities", "pin", "client certificate" })
        QTest::newRow(change) << QString::fromLatin1(change);
}

void HostileTlsTest::ticket_isOfNoUseElsewhere()
{
    QFETCH(QString, change);
    HostileServer server(support::misbehaving({ .tls = goodTls() }));
    ConnectionConfig c = config(server, smtp::Security::StartTls);
    {
        Sender sender(c);
        sender.connection()->open();
        QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 10'000);
        c.tlsTicket = sender.connection()->tlsTicket();
        QVERIFY(!c.tlsTicket.isNull());
    }
    if (change == u"host"_s) {
        c.host = u"127.0.0.1"_s;
    } else if (change == u"authorities"_s) {
        c.tls.extraAuthorities.append(support::TestAuthority().certificate());
    } else if (change == u"pin"_s) {
        c.tls.pinnedKey = net::publicKeySha256(m_good.certificate);
    } else {
        const auto own = m_authority.issue({ .commonName = "ann", .extendedKeyUsage = "clientAuth" });
        c.clientCertificate = { { own.certificate }, own.key };
    }
    Sender sender(c);
    sender.connection()->open();
    QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 10'000);
    QCOMPARE(sender.delivered, 1);
    QVERIFY(!server.tlsSessions().at(1).resumed);
}

void HostileTlsTest::resumedSession_isJudgedAgain()
{
    // Valid when the ticket was given, and for a few seconds more.
    const auto brief = m_authority.issue({ .lastDay = 0, .lastSecond = 2 });
    HostileServer server(support::misbehaving(
        { .tls = std::make_shared<HostileTls>(HostileTls::Setup { .identity = brief }) }));
    ConnectionConfig c = config(server, smtp::Security::StartTls);
    {
        Sender sender(c);
        sender.connection()->open();
        QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 10'000);
        QCOMPARE(sender.delivered, 1);
        c.tlsTicket = sender.connection()->tlsTicket();
    }
    QTRY_VERIFY_WITH_TIMEOUT(brief.certificate.expiryDate() < QDateTime::currentDateTimeUtc(), 10'000);
    Sender sender(c);
    sender.connection()->open();
    QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 10'000);
    QVERIFY(server.tlsSessions().last().resumed);
    QCOMPARE(sender.delivered, 0);
    QCOMPARE(sender.failures.first().kind, Kind::TlsNotTrusted);
    QCOMPARE(sender.connection()->tlsReport()->problems, QList { TlsProblem::Expired });
}

void HostileTlsTest::clientCertificate_isShownWhenConfigured()
{
    const auto own = m_authority.issue({ .commonName = "ann", .extendedKeyUsage = "clientAuth" });
    for (const bool isConfigured : { true, false }) {
        HostileServer server(support::misbehaving(
            { .tls = std::make_shared<HostileTls>(HostileTls::Setup {
                  .identity = m_good, .clientCertificate = HostileTls::ClientCertificate::Demanded }) }));
        ConnectionConfig c = config(server, smtp::Security::StartTls);
        if (isConfigured) {
            const auto read = net::readClientCertificate(own.certificate.toPem(), own.key.toPem());
            QVERIFY(read);
            c.clientCertificate = *read;
        }
        Sender sender(c);
        sender.connection()->open();
        QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 10'000);
        QCOMPARE(sender.delivered, isConfigured ? 1 : 0);
        if (isConfigured) {
            QCOMPARE(server.tlsSessions().first().clientName, "ann");
        } else {
            // In TLS 1.3 the server's word comes after the client's end of the handshake.
            QVERIFY2(sender.failures.first().reason.contains(u"certificate required"_s),
                     qPrintable(sender.failures.first().reason));
        }
    }
}

void HostileTlsTest::serverName_isSaid()
{
    HostileServer server(support::misbehaving({ .tls = goodTls() }));
    for (const QString &host : { u"localhost"_s, u"LocalHost."_s, u"127.0.0.1"_s }) {
        ConnectionConfig c = config(server, smtp::Security::StartTls);
        c.host = host;
        Sender sender(c);
        sender.connection()->open();
        QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 10'000);
        QCOMPARE(sender.delivered, 1);
    }
    QCOMPARE(server.tlsSessions().at(0).serverName, "localhost");
    QCOMPARE(server.tlsSessions().at(1).serverName.toLower(), "localhost");
    QCOMPARE(server.tlsSessions().at(2).serverName, QByteArray()); // RFC 6066 section 3: no addresses
}

void HostileTlsTest::renegotiation_changesNothing()
{
    // Qt leaves it to OpenSSL, which takes part only where the new handshake is bound to the old one (RFC
    // 5746).
    std::atomic<bool> tookPart = false;
    Manners manners { .tls = std::make_shared<HostileTls>(
                          HostileTls::Setup { .identity = m_good, .newest = HostileTls::Version::Tls12 }) };
    manners.instead.insert("MAIL", [&tookPart](HostilePeer &peer, const QByteArray &) {
        tookPart = peer.renegotiate();
        peer.send("250 2.1.0 OK\r\n");
    });
    HostileServer server(support::misbehaving(manners));
    Sender sender(config(server, smtp::Security::StartTls));
    sender.connection()->open();
    QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 10'000);
    QVERIFY(tookPart);
    QCOMPARE(sender.delivered, 1);
    QCOMPARE(server.messages(), QByteArrayList { sender.content });
}

QTEST_GUILESS_MAIN(HostileTlsTest)
#include "tst_hostiletls.moc"
