// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "net/connection.h"
#include "sender.h"
#include "support/fakesmtpserver.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace postrider;
using net::Connection;
using net::ConnectionConfig;
using net::ConnectionFailure;
using net::TlsProblem;
using support::CertificateSpec;
using support::FakeSmtpServer;
using test::Sender;
using Cause = smtp::Failure::Cause;
using Kind = ConnectionFailure::Kind;
using Stage = FakeSmtpServer::Stage;

namespace {

/// A port on which nothing listens.
quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

} // namespace

Q_DECLARE_METATYPE(postrider::support::CertificateSpec)

class ConnectionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void message_arrivesUnchanged_data();
    void message_arrivesUnchanged();
    void largeMessage_waitsInPartsOnly();
    void slowServer_isNotRunOver();
    void untrustedCertificate_isRefusedBeforeAnyCommand_data();
    void untrustedCertificate_isRefusedBeforeAnyCommand();
    void pinnedKey_isAccepted_data();
    void pinnedKey_isAccepted();
    void otherKeyThanPinned_isRefused();
    void octetsBehindTheReplyToStartTls_endTheConnection_data();
    void octetsBehindTheReplyToStartTls_endTheConnection();
    void serverWithoutTls_getsNoPassword();
    void plainServerOnTlsPort_isATlsFailure();
    void closedHandshake_isATlsFailure();
    void silentHandshake_timesOut_data();
    void silentHandshake_timesOut();
    void silentServer_timesOut();
    void refusedPort_isReported();
    void nameThatCannotExist_isReported_data();
    void nameThatCannotExist_isReported();
    void localhost_isThisComputerWithoutALookup();
    void lostConnection_tellsWhetherTheServerMayHaveTheMessage_data();
    void lostConnection_tellsWhetherTheServerMayHaveTheMessage();
    void abortedInASlot_saysNothingMore_data();
    void abortedInASlot_saysNothingMore();
    void deletedLaterInASlot_saysNothingMore_data();
    void deletedLaterInASlot_saysNothingMore();
    void commandsAfterTheEnd_areIgnored();

private:
    [[nodiscard]] FakeSmtpServer::Behaviour behaviour(FakeSmtpServer::Security security) const;
    [[nodiscard]] ConnectionConfig config(const FakeSmtpServer &server, smtp::Security security) const;

    support::TestAuthority m_authority {};
    support::TestCertificate m_good = m_authority.issue();
};

FakeSmtpServer::Behaviour ConnectionTest::behaviour(FakeSmtpServer::Security security) const
{
    return { .security = security, .identity = m_good };
}

ConnectionConfig ConnectionTest::config(const FakeSmtpServer &server, smtp::Security security) const
{
    ConnectionConfig config;
    config.host = u"localhost"_s;
    config.port = server.port();
    config.session.security = security;
    config.tls.extraAuthorities = { m_authority.certificate() };
    return config;
}

void ConnectionTest::message_arrivesUnchanged_data()
{
    QTest::addColumn<int>("security");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("pieceOctets");
    const int startTls = int(smtp::Security::StartTls);
    const int implicitTls = int(smtp::Security::ImplicitTls);
    QTest::newRow("STARTTLS") << startTls << u"localhost"_s << 0;
    QTest::newRow("implicit TLS") << implicitTls << u"localhost"_s << 0;
    QTest::newRow("STARTTLS, address") << startTls << u"127.0.0.1"_s << 0;
    QTest::newRow("implicit TLS, trailing dot") << implicitTls << u"localhost."_s << 0;
    QTest::newRow("STARTTLS, replies octet by octet") << startTls << u"localhost"_s << 1;
    QTest::newRow("implicit TLS, replies octet by octet") << implicitTls << u"localhost"_s << 1;
}

void ConnectionTest::message_arrivesUnchanged()
{
    QFETCH(int, security);
    QFETCH(QString, host);
    QFETCH(int, pieceOctets);
    const auto wanted = static_cast<smtp::Security>(security);
    auto b = behaviour(wanted == smtp::Security::StartTls ? FakeSmtpServer::Security::StartTls
                                                          : FakeSmtpServer::Security::ImplicitTls);
    b.pieceOctets = pieceOctets;
    FakeSmtpServer server(b);
    ConnectionConfig c = config(server, wanted);
    c.host = host;
    Sender sender(c);
    sender.connection()->open();
    QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 20'000);

    QCOMPARE(sender.finishedSignals, 1);
    QVERIFY(sender.failures.isEmpty());
    QCOMPARE(sender.connectedSignals, 1);
    QCOMPARE(sender.delivered, 1);
    QCOMPARE(server.messages().size(), 1);
    QCOMPARE(server.messages().first().content, sender.content);
    QCOMPARE(server.messages().first().reversePath, "ann@example.org");
    QCOMPARE(server.messages().first().recipients,
             (QList<QByteArray> { "bob@example.net", "cat@example.net" }));
    QVERIFY(sender.connection()->peerAddress().isLoopback());

    const auto report = sender.connection()->tlsReport();
    QVERIFY(report);
    QCOMPARE(report->version, u"TLS 1.3"_s);
    QVERIFY(!report->cipher.isEmpty());
    QVERIFY(report->names.contains("localhost") && report->names.contains("127.0.0.1"));
    QCOMPARE(report->issuer, u"Authority of a test"_s);
    QCOMPARE(report->expires, m_good.certificate.expiryDate());
    QCOMPARE(report->keySha256, net::publicKeySha256(m_good.certificate));
    QCOMPARE(report->problems, QList<TlsProblem> {});

    QTRY_COMPARE(server.closeNotifies(), 1);
    QTRY_COMPARE(server.openConnections(), 0);
}

void ConnectionTest::largeMessage_waitsInPartsOnly()
{
    FakeSmtpServer server(behaviour(FakeSmtpServer::Security::ImplicitTls));
    Sender sender(config(server, smtp::Security::ImplicitTls));
    const QByteArray line = QByteArray(76, 'x') + "\r\n";
    sender.content = line.repeated(20'000'000 / line.size());
    qint64 mostWaiting = 0;
    qint64 last = 0;
    bool isOrdered = true;
    sender.beforeEach = [&](const smtp::Event &event) {
        const auto *progress = std::get_if<smtp::event::Progress>(&event);
        if (!progress)
            return;
        mostWaiting = std::max(mostWaiting, sender.connection()->octetsWaiting());
        isOrdered = isOrdered && progress->octets >= last && progress->octets <= sender.content.size();
        last = progress->octets;
    };
    sender.connection()->open();
    QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 20'000);

    QCOMPARE(sender.delivered, 1);
    QVERIFY(server.messages().first().content == sender.content);
    QVERIFY(isOrdered);
    QCOMPARE(last, sender.content.size());
    QVERIFY(mostWaiting > 0);
    QVERIFY2(mostWaiting <= 256 * 1024, qPrintable(QString::number(mostWaiting)));
}

void ConnectionTest::slowServer_isNotRunOver()
{
    auto b = behaviour(FakeSmtpServer::Security::ImplicitTls);
    b.readsContent = false;
    FakeSmtpServer server(b);
    ConnectionConfig c = config(server, smtp::Security::ImplicitTls);
    c.session.timeouts.dataBlock = std::chrono::milliseconds { 300 };
    c.session.timeouts.quit = std::chrono::milliseconds { 50 };
    Sender sender(c);
    // Far more than the kernel keeps for one connection.
    sender.content = QByteArray("a line of text\r\n").repeated(2'000'000);
    qint64 taken = 0;
    sender.beforeEach = [&taken](const smtp::Event &event) {
        if (const auto *progress = std::get_if<smtp::event::Progress>(&event))
            taken = progress->octets;
    };
    sender.connection()->open();
    QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 20'000);

    QCOMPARE(sender.transactionFailures.size(), 1);
    QCOMPARE(sender.transactionFailures.first().cause, Cause::TimedOut);
    QCOMPARE(sender.transactionFailures.first().custody, smtp::Failure::Custody::NotAccepted);
    QVERIFY(taken > 0);
    QVERIFY2(taken < sender.content.size(), qPrintable(QString::number(taken)));
}

void ConnectionTest::untrustedCertificate_isRefusedBeforeAnyCommand_data()
{
    QTest::addColumn<CertificateSpec>("spec");
    QTest::addColumn<bool>("isSelfSigned");
    QTest::addColumn<bool>("isAuthorityKnown");
    QTest::addColumn<QList<TlsProblem>>("problems");
    const auto row = [](const char *name, const CertificateSpec &spec, const QList<TlsProblem> &problems,
                        bool isSelfSigned = false, bool isAuthorityKnown = true) {
        QTest::newRow(name) << spec << isSelfSigned << isAuthorityKnown << problems;
    };
    row("self-signed", {}, { TlsProblem::SelfSigned }, true);
    row("self-signed, not allowed to sign", { .keyUsage = "critical,digitalSignature" },
        { TlsProblem::SelfSigned }, true);
    row("unknown authority", {}, { TlsProblem::UntrustedAuthority }, false, false);
    row("wrong name", { .subjectAltName = "DNS:mail.example.org" }, { TlsProblem::WrongName });
    row("CN only", { .commonName = "localhost", .subjectAltName = "" }, { TlsProblem::WrongName });
    row("expired", { .firstDay = -30, .lastDay = -1 }, { TlsProblem::Expired });
    row("not yet valid", { .firstDay = 1, .lastDay = 30 }, { TlsProblem::NotYetValid });
    row("wrong purpose", { .extendedKeyUsage = "clientAuth" }, { TlsProblem::WrongPurpose });
    row("wrong name and expired", { .subjectAltName = "DNS:a.example.org", .firstDay = -30, .lastDay = -1 },
        { TlsProblem::WrongName, TlsProblem::Expired });
}

void ConnectionTest::untrustedCertificate_isRefusedBeforeAnyCommand()
{
    QFETCH(CertificateSpec, spec);
    QFETCH(bool, isSelfSigned);
    QFETCH(bool, isAuthorityKnown);
    QFETCH(QList<TlsProblem>, problems);
    for (const auto security : { smtp::Security::StartTls, smtp::Security::ImplicitTls }) {
        const bool isStartTls = security == smtp::Security::StartTls;
        auto b = behaviour(isStartTls ? FakeSmtpServer::Security::StartTls
                                      : FakeSmtpServer::Security::ImplicitTls);
        b.identity = isSelfSigned ? support::selfSigned(spec) : m_authority.issue(spec);
        FakeSmtpServer server(b);
        ConnectionConfig c = config(server, security);
        if (!isAuthorityKnown)
            c.tls.extraAuthorities.clear();
        Sender sender(c);
        sender.connection()->open();
        QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 20'000);

        QCOMPARE(sender.failures.size(), 1);
        QCOMPARE(sender.failures.first().kind, Kind::TlsNotTrusted);
        const auto report = sender.connection()->tlsReport();
        QVERIFY(report);
        QCOMPARE(report->problems, problems);
        QCOMPARE(report->keySha256, net::publicKeySha256(b.identity.certificate));
        QTRY_COMPARE(server.openConnections(), 0);
        QVERIFY(!server.received("AUTH"));
        QVERIFY(!server.received("MAIL"));
        const auto commands = server.commands();
        QVERIFY(std::none_of(commands.cbegin(), commands.cend(),
                             [](const FakeSmtpServer::Command &command) { return command.encrypted; }));
        QCOMPARE(commands.size(), isStartTls ? 2 : 0); // EHLO, STARTTLS
    }
}

void ConnectionTest::pinnedKey_isAccepted_data()
{
    QTest::addColumn<CertificateSpec>("spec");
    QTest::newRow("self-signed") << CertificateSpec {};
    QTest::newRow("self-signed, other name, expired, for clients")
        << CertificateSpec { .subjectAltName = "DNS:mail.example.org",
                             .extendedKeyUsage = "clientAuth",
                             .firstDay = -30,
                             .lastDay = -1 };
}

void ConnectionTest::pinnedKey_isAccepted()
{
    QFETCH(CertificateSpec, spec);
    auto b = behaviour(FakeSmtpServer::Security::StartTls);
    b.identity = support::selfSigned(spec);
    FakeSmtpServer server(b);
    ConnectionConfig c = config(server, smtp::Security::StartTls);
    c.tls.pinnedKey = net::publicKeySha256(b.identity.certificate);
    Sender sender(c);
    sender.connection()->open();
    QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 20'000);
    QCOMPARE(sender.delivered, 1);
    QCOMPARE(server.messages().size(), 1);
}

void ConnectionTest::otherKeyThanPinned_isRefused()
{
    FakeSmtpServer server(behaviour(FakeSmtpServer::Security::StartTls));
    ConnectionConfig c = config(server, smtp::Security::StartTls);
    c.tls.pinnedKey = net::publicKeySha256(support::selfSigned().certificate);
    Sender sender(c);
    sender.connection()->open();
    QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 20'000);
    QCOMPARE(sender.failures.size(), 1);
    QCOMPARE(sender.failures.first().kind, Kind::TlsNotTrusted);
    QCOMPARE(sender.connection()->tlsReport()->problems, QList { TlsProblem::PinMismatch });
    QVERIFY(!server.received("AUTH"));
}

void ConnectionTest::octetsBehindTheReplyToStartTls_endTheConnection_data()
{
    QTest::addColumn<QByteArray>("injected");
    QTest::addColumn<int>("pieceOctets");
    QTest::newRow("a reply in the same write") << QByteArray("250-injected\r\n250 AUTH PLAIN\r\n") << 0;
    QTest::newRow("one octet") << QByteArray("2") << 0;
    QTest::newRow("a reply in pieces") << QByteArray("250 injected\r\n") << 1;
}

void ConnectionTest::octetsBehindTheReplyToStartTls_endTheConnection()
{
    QFETCH(QByteArray, injected);
    QFETCH(int, pieceOctets);
    auto b = behaviour(FakeSmtpServer::Security::StartTls);
    b.injectedBehindStartTls = injected;
    b.pieceOctets = pieceOctets;
    FakeSmtpServer server(b);
    Sender sender(config(server, smtp::Security::StartTls));
    sender.connection()->open();
    QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 20'000);

    QCOMPARE(sender.failures.size(), 1);
    // In pieces, the injected octets may reach the handshake, which breaks off at them.
    const ConnectionFailure failure = sender.failures.first();
    if (pieceOctets == 0) {
        QCOMPARE(failure.kind, Kind::Session);
        QCOMPARE(failure.session.cause, Cause::Unsolicited);
    } else {
        QVERIFY(failure.kind == Kind::TlsFailed || failure.session.cause == Cause::Unsolicited);
    }
    QVERIFY(!sender.connection()->tlsReport());
    QVERIFY(!server.received("AUTH"));
    QCOMPARE(server.commands().size(), 2);
}

void ConnectionTest::serverWithoutTls_getsNoPassword()
{
    FakeSmtpServer server(behaviour(FakeSmtpServer::Security::Plaintext));
    Sender sender(config(server, smtp::Security::StartTls));
    sender.connection()->open();
    QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 20'000);
    QCOMPARE(sender.failures.size(), 1);
    QCOMPARE(sender.failures.first().kind, Kind::Session);
    QCOMPARE(sender.failures.first().session.cause, Cause::TlsMissing);
    QVERIFY(!server.received("AUTH"));
    QVERIFY(!server.received("MAIL"));
}

void ConnectionTest::plainServerOnTlsPort_isATlsFailure()
{
    FakeSmtpServer server(behaviour(FakeSmtpServer::Security::Plaintext));
    Sender sender(config(server, smtp::Security::ImplicitTls));
    sender.connection()->open();
    QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 20'000);
    QCOMPARE(sender.failures.size(), 1);
    QCOMPARE(sender.failures.first().kind, Kind::TlsFailed);
    QVERIFY(!sender.failures.first().reason.isEmpty());
    QCOMPARE(sender.connectedSignals, 0);
}

void ConnectionTest::closedHandshake_isATlsFailure()
{
    auto b = behaviour(FakeSmtpServer::Security::ImplicitTls);
    b.closesAt = Stage::Handshake;
    FakeSmtpServer server(b);
    Sender sender(config(server, smtp::Security::ImplicitTls));
    sender.connection()->open();
    QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 20'000);
    QCOMPARE(sender.failures.size(), 1);
    QCOMPARE(sender.failures.first().kind, Kind::TlsFailed);
}

void ConnectionTest::silentHandshake_timesOut_data()
{
    QTest::addColumn<bool>("isStartTls");
    QTest::newRow("STARTTLS") << true;
    QTest::newRow("implicit TLS") << false;
}

void ConnectionTest::silentHandshake_timesOut()
{
    QFETCH(bool, isStartTls);
    auto b
        = behaviour(isStartTls ? FakeSmtpServer::Security::StartTls : FakeSmtpServer::Security::ImplicitTls);
    b.silentFrom = Stage::Handshake;
    FakeSmtpServer server(b);
    ConnectionConfig c = config(server, isStartTls ? smtp::Security::StartTls : smtp::Security::ImplicitTls);
    c.handshakeTimeout = std::chrono::milliseconds { 50 };
    Sender sender(c);
    sender.connection()->open();
    QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 20'000);
    QCOMPARE(sender.failures.size(), 1);
    QCOMPARE(sender.failures.first().kind, Kind::Session);
    QCOMPARE(sender.failures.first().session.stage, smtp::Failure::Stage::TlsHandshake);
    QCOMPARE(sender.failures.first().session.cause, Cause::TimedOut);
}

void ConnectionTest::silentServer_timesOut()
{
    auto b = behaviour(FakeSmtpServer::Security::StartTls);
    b.silentFrom = Stage::Connected;
    FakeSmtpServer server(b);
    ConnectionConfig c = config(server, smtp::Security::StartTls);
    c.session.timeouts.greeting = std::chrono::milliseconds { 50 };
    c.session.timeouts.quit = std::chrono::milliseconds { 50 };
    Sender sender(c);
    sender.connection()->open();
    QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 20'000);
    QCOMPARE(sender.connectedSignals, 1);
    QCOMPARE(sender.failures.size(), 1);
    QCOMPARE(sender.failures.first().kind, Kind::Session);
    QCOMPARE(sender.failures.first().session.stage, smtp::Failure::Stage::Greeting);
    QCOMPARE(sender.failures.first().session.cause, Cause::TimedOut);
    QTRY_COMPARE(server.openConnections(), 0);
}

void ConnectionTest::refusedPort_isReported()
{
    ConnectionConfig c;
    c.host = u"127.0.0.1"_s;
    c.port = freePort();
    Sender sender(c);
    sender.connection()->open();
    QVERIFY(!sender.hasEnded()); // never from within open()
    QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 20'000);
    QCOMPARE(sender.failures.size(), 1);
    QCOMPARE(sender.failures.first().kind, Kind::Refused);
    QVERIFY(!sender.failures.first().reason.isEmpty());
}

void ConnectionTest::nameThatCannotExist_isReported_data()
{
    QTest::addColumn<QString>("host");
    QTest::newRow("reserved") << u"mail.invalid"_s; // RFC 6761 section 6.4
    QTest::newRow("reserved, in capitals, with a dot") << u"MAIL.INVALID."_s;
    QTest::newRow("empty label") << u"mail..example.org"_s;
    QTest::newRow("empty") << QString();
}

void ConnectionTest::nameThatCannotExist_isReported()
{
    QFETCH(QString, host);
    ConnectionConfig c;
    c.host = host;
    c.port = 587;
    Sender sender(c);
    sender.connection()->open();
    QVERIFY(!sender.hasEnded());
    QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 20'000);
    QCOMPARE(sender.failures.size(), 1);
    QCOMPARE(sender.failures.first().kind, Kind::HostNotFound);
}

void ConnectionTest::localhost_isThisComputerWithoutALookup()
{
    // RFC 6761 section 6.3; the second name is in no hosts file, and no name server is asked for it.
    FakeSmtpServer server(behaviour(FakeSmtpServer::Security::Plaintext));
    for (const QString &host : { u"localhost"_s, u"Mail.LocalHost"_s }) {
        ConnectionConfig c;
        c.host = host;
        c.port = server.port();
        c.session.security = smtp::Security::Plaintext;
        Sender sender(c);
        sender.connection()->open();
        QTRY_COMPARE_WITH_TIMEOUT(sender.connectedSignals, 1, 20'000);
        sender.connection()->abort();
    }
}

void ConnectionTest::lostConnection_tellsWhetherTheServerMayHaveTheMessage_data()
{
    QTest::addColumn<Stage>("stage");
    QTest::addColumn<bool>("reset");
    QTest::addColumn<bool>("isUnknown");
    const std::initializer_list<std::pair<const char *, Stage>> stages {
        { "MAIL", Stage::Mail },
        { "DATA", Stage::Data },
        { "content", Stage::Content },
        { "end of content", Stage::ContentEnd },
    };
    for (const auto &[name, stage] : stages) {
        QTest::addRow("%s, closed", name) << stage << false << (stage == Stage::ContentEnd);
        QTest::addRow("%s, reset", name) << stage << true << (stage == Stage::ContentEnd);
    }
}

void ConnectionTest::lostConnection_tellsWhetherTheServerMayHaveTheMessage()
{
    QFETCH(Stage, stage);
    QFETCH(bool, reset);
    QFETCH(bool, isUnknown);
    auto b = behaviour(FakeSmtpServer::Security::StartTls);
    (reset ? b.resetsAt : b.closesAt) = stage;
    FakeSmtpServer server(b);
    Sender sender(config(server, smtp::Security::StartTls));
    sender.content = sender.content.repeated(100'000);
    sender.connection()->open();
    QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 20'000);

    QCOMPARE(sender.delivered, 0);
    QCOMPARE(sender.transactionFailures.size(), 1);
    const smtp::Failure failure = sender.transactionFailures.first();
    QCOMPARE(failure.cause, Cause::ConnectionLost);
    QCOMPARE(failure.custody,
             isUnknown ? smtp::Failure::Custody::Unknown : smtp::Failure::Custody::NotAccepted);
    QCOMPARE(sender.failures.size(), 1);
    QCOMPARE(sender.failures.first().kind, Kind::Session);
    QVERIFY(!sender.failures.first().reason.isEmpty());
}

void ConnectionTest::abortedInASlot_saysNothingMore_data()
{
    QTest::addColumn<int>("lastEvent");
    for (int i = 1; i <= 12; ++i)
        QTest::addRow("event %d", i) << i;
}

void ConnectionTest::abortedInASlot_saysNothingMore()
{
    QFETCH(int, lastEvent);
    FakeSmtpServer server(behaviour(FakeSmtpServer::Security::StartTls));
    Sender sender(config(server, smtp::Security::StartTls));
    sender.beforeEach = [&sender, lastEvent](const smtp::Event &) {
        if (sender.events == lastEvent)
            sender.connection()->abort();
    };
    sender.connection()->open();
    QTRY_VERIFY(sender.events >= lastEvent || sender.hasEnded());
    QTRY_COMPARE(server.openConnections(), 0);
    QVERIFY(sender.events == lastEvent || sender.finishedSignals == 1);
    QVERIFY(sender.failures.isEmpty());
}

void ConnectionTest::deletedLaterInASlot_saysNothingMore_data()
{
    abortedInASlot_saysNothingMore_data();
}

void ConnectionTest::deletedLaterInASlot_saysNothingMore()
{
    QFETCH(int, lastEvent);
    FakeSmtpServer server(behaviour(FakeSmtpServer::Security::StartTls));
    Sender sender(config(server, smtp::Security::StartTls));
    QSignalSpy destroyed(sender.connection(), &QObject::destroyed);
    sender.beforeEach = [&sender, lastEvent](const smtp::Event &) {
        if (sender.events == lastEvent)
            sender.connection()->deleteLater();
    };
    sender.connection()->open();
    QTRY_VERIFY(!destroyed.isEmpty() || sender.hasEnded());
    QTRY_COMPARE(server.openConnections(), 0);
    QVERIFY(sender.failures.isEmpty());
}

void ConnectionTest::commandsAfterTheEnd_areIgnored()
{
    FakeSmtpServer server(behaviour(FakeSmtpServer::Security::StartTls));
    Sender sender(config(server, smtp::Security::StartTls));
    sender.connection()->open();
    QTRY_VERIFY_WITH_TIMEOUT(sender.hasEnded(), 20'000);
    const auto commands = server.commands().size();
    sender.connection()->quit();
    sender.connection()->verifySender("ann@example.org");
    sender.connection()->releaseFinalOctet({ 1 });
    sender.connection()->abort();
    QCOMPARE(sender.connection()->octetsWaiting(), 0);
    QCoreApplication::processEvents();
    QCOMPARE(server.commands().size(), commands);
    QCOMPARE(sender.finishedSignals, 1);
}

QTEST_GUILESS_MAIN(ConnectionTest)
#include "tst_connection.moc"
