// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/searchfixture.h"

using namespace postrider::support;
using postrider::discovery::Source;

/// What is spoken on a port: rows 12 to 30, 40, 58 and 59 of the matrix.
class ProtocolMatrixTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tlsAtConnectOn587_isFound();
    void plainTextOn465_isFound();
    void otherProtocol_isNamed_data();
    void otherProtocol_isNamed();
    void closedHandshake_leaves587();
    void slowGreetingOn465_isALaterBetter();
    void slowGreetingEverywhere_isWaitedForInSilence();
    void tarpit_isSlowAndNotConfused();
    void busyOnce_isAskedAgain();
    void busyTwice_isBusy();
    void rejectedClient_hasTheServersWords();
    void longGreeting_isRead();
    void ehloCutAnywhere_isTheSame();
    void signInAfterTls_counts();
    void signInBeforeTlsOnly_doesNotCount();
    void maskedKeyword_isStripping_data();
    void maskedKeyword_isStripping();
    void noStartTls_whereItIsPublished_isStripping();
    void refusedStartTls_endsThere();
    void injectedOctets_endTheConnection();
    void injectedOctetsInTheSocket_endTheConnection();
    void plainTextInsteadOfTls_isAFailure();
    void silenceInsteadOfTls_isAFailure();
    void oldTls_isSaid();
    void newTls_works_data();
    void newTls_works();
    void mechanisms_areSorted_data();
    void mechanisms_areSorted();
    void refusedEhlo_isTriedWithTheAddress();
    void sizeLimit_isTheOneUnderTls();
};

void ProtocolMatrixTest::tlsAtConnectOn587_isFound()
{
    SearchFixture f; // row 12
    f.setPorts("RORR");
    f.world.at(f.v4(), 587) = FakeServer::implicit();
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"587 tls"_s);
    QVERIFY(f.settledAt <= 3500ms);
    QCOMPARE(f.verdict(587, Security::StartTls), u"WRONG_MODE"_s);
    QCOMPARE(f.verdict(587, Security::Tls), u"OK"_s);
}

void ProtocolMatrixTest::plainTextOn465_isFound()
{
    SearchFixture f; // row 13
    f.setPorts("ORRR");
    f.world.at(f.v4(), 465) = FakeServer();
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"465 starttls"_s);
    QVERIFY2(f.settledAt <= 500ms, qPrintable(QString::number(f.settledAt.count())));
    QCOMPARE(f.verdict(465, Security::Tls), u"WRONG_MODE"_s);
}

void ProtocolMatrixTest::otherProtocol_isNamed_data()
{
    QTest::addColumn<quint16>("port");
    QTest::addColumn<QByteArray>("greeting");
    QTest::addColumn<QString>("protocol");
    QTest::newRow("14: web server on 465") << quint16(465) << ""_ba << u"HTTP"_s;
    QTest::newRow("web server on 587") << quint16(587) << ""_ba << u"HTTP"_s;
    QTest::newRow("15: IMAP on 587") << quint16(587) << "* OK [CAPABILITY IMAP4rev1] ready\r\n"_ba
                                     << u"IMAP"_s;
    QTest::newRow("15: SSH on 587") << quint16(587) << "SSH-2.0-OpenSSH_9.2\r\n"_ba << u"SSH"_s;
    QTest::newRow("POP3 on 587") << quint16(587) << "+OK ready\r\n"_ba << u"POP3"_s;
    QTest::newRow("IMAP on 465") << quint16(465) << "* OK ready\r\n"_ba << u"IMAP"_s;
    QTest::newRow("anything on 587") << quint16(587) << "hello\r\n"_ba << QString();
}

void ProtocolMatrixTest::otherProtocol_isNamed()
{
    QFETCH(quint16, port);
    QFETCH(QByteArray, greeting);
    SearchFixture f;
    f.options.limit = 45s;
    f.setPorts("OORR");
    FakeServer other;
    other.isHttp = greeting.isEmpty();
    other.greetings = { greeting };
    other.ehlo = "500 what\r\n"; // no TLS here
    f.world.at(f.v4(), port) = other;
    QVERIFY(f.run());
    QCOMPARE(f.answered(), port == 465 ? u"587 starttls"_s : u"465 tls"_s);
    QCOMPARE(f.verdict(port), u"NOT_SMTP"_s);
    QTEST(f.row(port)->spokenInstead, "protocol");
    QVERIFY(f.settledAt <= 1600ms);
}

void ProtocolMatrixTest::closedHandshake_leaves587()
{
    SearchFixture f; // row 17
    f.setPorts("OORR");
    f.world.at(f.v4(), 465).handshake = FakeServer::Handshake::Closed;
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"587 starttls"_s);
    QCOMPARE(f.verdict(465), u"TLS_FAILED"_s);
    QVERIFY(f.settledAt <= 1600ms);
}

void ProtocolMatrixTest::slowGreetingOn465_isALaterBetter()
{
    SearchFixture f; // row 18
    f.setPorts("OORR");
    f.world.at(f.v4(), 465).greetingDelay = 5s;
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"587 starttls"_s);
    QVERIFY(f.settledAt <= 1600ms);
    QCOMPARE(f.describe(f.report().recommended), u"587 starttls"_s); // what was answered stands
    QCOMPARE(f.verdict(465), u"OK_SLOW"_s);
    QVERIFY(f.report().laterBetter);
    QCOMPARE(f.report().laterBetter->port, quint16(465));
}

void ProtocolMatrixTest::slowGreetingEverywhere_isWaitedForInSilence()
{
    SearchFixture f; // row 19
    f.mostPerAddress = 8;
    f.options.limit = 45s;
    f.setPorts("OOOO");
    for (const quint16 port : std::array<quint16, 4> { 465, 587, 2525, 25 })
        f.world.at(f.v4(), port).greetingDelay = 17s;
    f.start();
    QVERIFY(f.world.runUntil([&f] { return f.report().isSlow; }, 60s));
    QVERIFY(f.world.now() - f.begin <= 3500ms);
    QVERIFY(f.settle());
    QVERIFY(f.settledAt <= 8s);
    QVERIFY(!f.report().recommended);
    QCOMPARE(f.overall(), u"SILENT"_s);
    QVERIFY(f.finish());
    QCOMPARE(f.describe(f.report().recommended), u"465 tls"_s);
    QCOMPARE(f.overall(), u"OK_SLOW"_s);
    QCOMPARE(f.verdict(587), u"OK_SLOW"_s);
    QVERIFY(f.row(587)->greetingDelay >= 17s);
    QVERIFY(!f.world.hasSpokenFirst);
}

void ProtocolMatrixTest::tarpit_isSlowAndNotConfused()
{
    SearchFixture f; // row 20
    f.mostPerAddress = 8;
    f.options.limit = 180s;
    f.setPorts("RORR");
    f.world.at(f.v4(), 587).octetInterval = 300ms;
    QVERIFY(f.run());
    QCOMPARE(f.verdict(587), u"OK_SLOW"_s);
    QCOMPARE(f.row(587)->auth, (QByteArrayList { "PLAIN", "LOGIN" }));
    QCOMPARE(f.describe(f.report().recommended), u"587 starttls"_s);
    QVERIFY(!f.world.hasSpokenFirst);
}

void ProtocolMatrixTest::busyOnce_isAskedAgain()
{
    SearchFixture f; // row 21
    f.setPorts("RORR");
    f.world.at(f.v4(), 587).greetings = { "421 4.3.2 busy\r\n", "220 mail.example.test\r\n" };
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"587 starttls"_s);
    QCOMPARE(f.world.connectionsTo(587), 2);
    QVERIFY(f.settledAt >= 2s && f.settledAt <= 3s);
}

void ProtocolMatrixTest::busyTwice_isBusy()
{
    SearchFixture f;
    f.setPorts("RORR");
    f.world.at(f.v4(), 587).greetings = { "421 4.3.2 busy\r\n" };
    QVERIFY(f.run());
    QCOMPARE(f.verdict(587), u"BUSY"_s);
    QCOMPARE(f.overall(), u"BUSY"_s);
    QCOMPARE(f.row(587)->serverWords, "421 4.3.2 busy"_ba);
    QCOMPARE(f.world.connectionsTo(587), 2);

    SearchFixture limited;
    limited.setPorts("RORR");
    limited.world.at(f.v4(), 587).greetings = { "450 4.7.1 Too many connections from you\r\n" };
    QVERIFY(limited.run());
    QCOMPARE(limited.verdict(587), u"RATE"_s);
}

void ProtocolMatrixTest::rejectedClient_hasTheServersWords()
{
    SearchFixture f; // row 22
    f.setPorts("RORR");
    f.world.at(f.v4(), 587).greetings = { "554-your network\r\n554 is not \x1b[31mwelcome\r\n" };
    QVERIFY(f.run());
    QCOMPARE(f.verdict(587), u"REJECT_CLIENT"_s);
    QCOMPARE(f.row(587)->serverWords, "554 your network is not \\u{1B}[31mwelcome"_ba);
    QCOMPARE(f.overall(), u"REJECT_CLIENT"_s);
}

void ProtocolMatrixTest::longGreeting_isRead()
{
    SearchFixture f; // row 23
    f.setPorts("RORR");
    f.world.at(f.v4(), 587).greetings = { "220-mail.example.test\r\n220-no spam\r\n220 please\r\n" };
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"587 starttls"_s);
    QCOMPARE(f.row(587)->greeting, "mail.example.test no spam please"_ba);
}

void ProtocolMatrixTest::ehloCutAnywhere_isTheSame()
{
    const FakeServer server; // row 24
    const qsizetype longest = std::max(server.ehlo.size(), server.ehloAfterTls.size());
    for (qsizetype cut = 0; cut <= longest; ++cut) {
        SearchFixture f;
        f.options.extent = Search::Extent::UntilSettled;
        f.setPorts("RORR");
        f.world.at(f.v4(), 587).splitAt = cut;
        QVERIFY(f.run(u"smtp.example.test:587"_s));
        QCOMPARE(f.answered(), u"587 starttls"_s);
        QCOMPARE(f.row(587)->keywords, (QByteArrayList { "SIZE 52428800", "8BITMIME", "AUTH PLAIN LOGIN" }));
    }
}

void ProtocolMatrixTest::signInAfterTls_counts()
{
    SearchFixture f; // row 25
    f.setPorts("RORR");
    QVERIFY(!f.world.at(f.v4(), 587).ehlo.contains("AUTH"));
    QVERIFY(f.run());
    QCOMPARE(f.row(587)->auth, (QByteArrayList { "PLAIN", "LOGIN" }));
}

void ProtocolMatrixTest::signInBeforeTlsOnly_doesNotCount()
{
    SearchFixture f; // row 26
    f.setPorts("RORR");
    f.world.at(f.v4(), 587) = FakeServer::exchanger();
    f.world.at(f.v4(), 587).ehlo = "250-mail.example.test\r\n250-AUTH PLAIN\r\n250 STARTTLS\r\n";
    QVERIFY(f.run());
    QCOMPARE(f.verdict(587), u"NO_AUTH"_s);
    QVERIFY(f.row(587)->auth.isEmpty());
    QCOMPARE(f.answered(), u"none"_s);
}

void ProtocolMatrixTest::maskedKeyword_isStripping_data()
{
    QTest::addColumn<QByteArray>("greeting");
    QTest::addColumn<QByteArray>("ehlo");
    QTest::addColumn<QString>("verdict");
    const QByteArray plain = "250-mail.example.test\r\n250 8BITMIME\r\n";
    QTest::newRow("27: keyword of X")
        << "220 mail\r\n"_ba
        << "250-mail.example.test\r\n250-SIZE 1000\r\n250 XXXXXXXA\r\n"_ba << u"TLS_STRIPPED"_s;
    QTest::newRow("all X") << "220 mail\r\n"_ba
                           << "250-mail.example.test\r\n250 XXXXXXXX\r\n"_ba << u"TLS_STRIPPED"_s;
    QTest::newRow("greeting of stars")
        << "220 **************************0*****\r\n"_ba << plain << u"TLS_STRIPPED"_s;
    QTest::newRow("none at all") << "220 mail\r\n"_ba << plain << u"NO_TLS"_s;
    QTest::newRow("an experiment with X")
        << "220 mail\r\n"_ba
        << "250-mail.example.test\r\n250 XCLIENT NAME\r\n"_ba << u"NO_TLS"_s;
}

void ProtocolMatrixTest::maskedKeyword_isStripping()
{
    QFETCH(QByteArray, greeting);
    QFETCH(QByteArray, ehlo);
    SearchFixture f;
    f.setPorts("OORR");
    f.world.at(f.v4(), 587).greetings = { greeting };
    f.world.at(f.v4(), 587).ehlo = ehlo;
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"465 tls"_s);
    QTEST(f.verdict(587), "verdict");
    QVERIFY(!f.row(587)->isRecommendable());
}

void ProtocolMatrixTest::noStartTls_whereItIsPublished_isStripping()
{
    SearchFixture f;
    f.setPorts("RORR");
    f.world.at(f.v4(), 587).ehlo = "250-mail.example.test\r\n250 8BITMIME\r\n";
    f.world.findings.finds = {
        { 1ms,
          { { .server = { u"smtp.example.test"_s, 587, Security::StartTls }, .source = Source::Table } } }
    };
    QVERIFY(f.run());
    QCOMPARE(f.verdict(587), u"TLS_STRIPPED"_s);
}

void ProtocolMatrixTest::refusedStartTls_endsThere()
{
    SearchFixture f; // row 28
    f.setPorts("RORR");
    f.world.at(f.v4(), 587).startTlsReply = "454 4.7.0 TLS not available\r\n";
    QVERIFY(f.run());
    QCOMPARE(f.verdict(587), u"NO_TLS"_s);
    QCOMPARE(f.row(587)->serverWords, "454 4.7.0 TLS not available"_ba);
    QCOMPARE(f.world.said.last().octets, "QUIT\r\n"_ba);
    QVERIFY(f.row(587)->auth.isEmpty());
    QCOMPARE(f.answered(), u"none"_s);
}

void ProtocolMatrixTest::injectedOctets_endTheConnection()
{
    SearchFixture f; // row 29
    f.setPorts("OORR");
    f.world.at(f.v4(), 587).startTlsReply = "220 go\r\n250-injected\r\n250 AUTH PLAIN\r\n";
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"465 tls"_s);
    QCOMPARE(f.verdict(587), u"TLS_TAMPER"_s);
    for (const FakeWorld::Said &said : std::as_const(f.world.said)) {
        if (said.port == 587)
            QVERIFY(!said.octets.startsWith("QUIT"));
    }
}

void ProtocolMatrixTest::injectedOctetsInTheSocket_endTheConnection()
{
    SearchFixture f; // row 29: nobody has read them, so no parser could see them
    f.setPorts("ROOR");
    f.world.at(f.v4(), 587).unreadBehindStartTls = "250-injected\r\n";
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"2525 starttls"_s);
    QCOMPARE(f.verdict(587), u"TLS_TAMPER"_s);
    for (const FakeWorld::Said &said : std::as_const(f.world.said))
        QVERIFY(said.port != 587 || !said.isEncrypted);
}

void ProtocolMatrixTest::plainTextInsteadOfTls_isAFailure()
{
    SearchFixture f; // row 30
    f.setPorts("RORR");
    f.world.at(f.v4(), 587).handshake = FakeServer::Handshake::Garbage;
    QVERIFY(f.run());
    QCOMPARE(f.verdict(587), u"TLS_FAILED"_s);
    QCOMPARE(f.overall(), u"TLS_FAILED"_s);
}

void ProtocolMatrixTest::silenceInsteadOfTls_isAFailure()
{
    SearchFixture f;
    f.setPorts("ROOR");
    f.world.at(f.v4(), 587).handshake = FakeServer::Handshake::Silent;
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"2525 starttls"_s);
    QCOMPARE(f.verdict(587), u"TLS_FAILED"_s);
}

void ProtocolMatrixTest::oldTls_isSaid()
{
    SearchFixture f; // row 40
    f.setPorts("OORR");
    f.world.at(f.v4(), 465).handshake = FakeServer::Handshake::OnlyOld;
    f.world.at(f.v4(), 587).handshake = FakeServer::Handshake::OnlyOld;
    QVERIFY(f.run());
    QCOMPARE(f.verdict(465), u"TLS_OLD"_s);
    QCOMPARE(f.verdict(587), u"TLS_OLD"_s);
    QCOMPARE(f.row(465)->tls->version, u"TLS 1.0"_s);
    QCOMPARE(f.answered(), u"none"_s);
    for (const FakeWorld::Said &said : std::as_const(f.world.said))
        QVERIFY(!said.isEncrypted); // nothing is said over it
}

void ProtocolMatrixTest::newTls_works_data()
{
    QTest::addColumn<QString>("version");
    QTest::newRow("1.2") << u"TLS 1.2"_s;
    QTest::newRow("1.3") << u"TLS 1.3"_s;
}

void ProtocolMatrixTest::newTls_works()
{
    QFETCH(QString, version);
    SearchFixture f;
    f.setPorts("ORRR");
    f.world.at(f.v4(), 465).version = version;
    QVERIFY(f.run());
    QCOMPARE(f.verdict(465), u"OK"_s);
    QCOMPARE(f.row(465)->tls->version, version);
}

void ProtocolMatrixTest::mechanisms_areSorted_data()
{
    QTest::addColumn<QByteArray>("offer");
    QTest::addColumn<QByteArrayList>("usable");
    QTest::addColumn<QString>("verdict");
    QTest::newRow("58: none of ours")
        << "250 AUTH GSSAPI NTLM\r\n"_ba << QByteArrayList() << u"AUTH_UNSUPPORTED"_s;
    QTest::newRow("59: LOGIN only") << "250 AUTH LOGIN\r\n"_ba << QByteArrayList { "LOGIN" } << u"OK"_s;
    QTest::newRow("59: old form") << "250 AUTH=LOGIN\r\n"_ba << QByteArrayList { "LOGIN" } << u"OK"_s;
    QTest::newRow("order") << "250 AUTH NTLM CRAM-MD5 LOGIN XOAUTH2 PLAIN SCRAM-SHA-256\r\n"_ba
                           << QByteArrayList { "SCRAM-SHA-256", "PLAIN", "LOGIN", "CRAM-MD5", "XOAUTH2" }
                           << u"OK"_s;
    QTest::newRow("none") << "250 SIZE\r\n"_ba << QByteArrayList() << u"NO_AUTH"_s;
}

void ProtocolMatrixTest::mechanisms_areSorted()
{
    QFETCH(QByteArray, offer);
    SearchFixture f;
    f.setPorts("ORRR");
    f.world.at(f.v4(), 465).ehloAfterTls = "250-mail.example.test\r\n" + offer;
    QVERIFY(f.run());
    QTEST(f.verdict(465), "verdict");
    QTEST(f.row(465)->auth, "usable");
}

void ProtocolMatrixTest::refusedEhlo_isTriedWithTheAddress()
{
    SearchFixture f;
    f.setPorts("ORRR");
    f.world.at(f.v4(), 465).ehloAfterTls = "550 5.7.1 bad name\r\n";
    QVERIFY(f.run());
    QCOMPARE(f.verdict(465), u"REJECT_CLIENT"_s);
    int ehlos = 0;
    for (const FakeWorld::Said &said : std::as_const(f.world.said))
        ehlos += said.port == 465 && said.octets.startsWith("EHLO") ? 1 : 0;
    QCOMPARE(ehlos, 2);
}

void ProtocolMatrixTest::sizeLimit_isTheOneUnderTls()
{
    SearchFixture f;
    f.setPorts("RORR");
    QVERIFY(f.run());
    QCOMPARE(f.row(587)->sizeLimit, 52428800);
    QCOMPARE(f.row(587)->greeting, "mail.example.test ESMTP"_ba);
    QVERIFY(f.row(587)->connectTime && f.row(587)->greetingDelay && f.row(587)->took);
}

QTEST_GUILESS_MAIN(ProtocolMatrixTest)
#include "tst_protocolmatrix.moc"
