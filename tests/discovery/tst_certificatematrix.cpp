// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/searchfixture.h"

using namespace postrider::support;
using postrider::net::TlsProblem;

/// Whose certificate a server has: rows 32 and 34 to 39, and 63 of the matrix.
class CertificateMatrixTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void problem_decidesTheVerdict_data();
    void problem_decidesTheVerdict();
    void portalsCertificate_isAnothersAndNothingIsSaid();
    void pinnedKey_isEnough();
    void hostersName_isSuggestedAndWorksOnceAgreedTo();
    void hostersNameElsewhere_isNoSuggestion();
    void nameAskedFor_mayShowAnotherCertificate();
    void loopbackBridge_isFoundForAPin();
    void plainLoopback_isTakenOnlyWithSignIn();
};

void CertificateMatrixTest::problem_decidesTheVerdict_data()
{
    QTest::addColumn<QList<QByteArray>>("names");
    QTest::addColumn<QList<TlsProblem>>("problems");
    QTest::addColumn<QString>("issuer");
    QTest::addColumn<QString>("verdict");
    QTest::addColumn<QString>("antivirus");
    const QList<QByteArray> own { "smtp.example.test" };
    const QString authority = u"Example Authority"_s;
    QTest::newRow("its own") << own << QList<TlsProblem>() << authority << u"OK"_s << QString();
    QTest::newRow("34: self-signed") << own << QList { TlsProblem::SelfSigned } << authority << u"CERT_SELF"_s
                                     << QString();
    QTest::newRow("34: unknown authority")
        << own << QList { TlsProblem::UntrustedAuthority } << authority << u"CERT_SELF"_s << QString();
    QTest::newRow("self-signed without names") << QList<QByteArray>() << QList { TlsProblem::SelfSigned }
                                               << authority << u"CERT_SELF"_s << QString();
    QTest::newRow("37: wildcard") << QList<QByteArray> { "*.example.test" } << QList<TlsProblem>()
                                  << authority << u"OK"_s << QString();
    QTest::newRow("37: too wide a wildcard")
        << QList<QByteArray> { "*.test" } << QList<TlsProblem>() << authority << u"CERT_NAME"_s << QString();
    QTest::newRow("38: expired") << own << QList { TlsProblem::Expired } << authority << u"CERT_EXPIRED"_s
                                 << QString();
    QTest::newRow("38: not yet valid")
        << own << QList { TlsProblem::NotYetValid } << authority << u"CERT_FUTURE"_s << QString();
    const QString avast = u"Avast Web/Mail Shield Root"_s;
    QTest::newRow("39: antivirus, untrusted")
        << own << QList { TlsProblem::UntrustedAuthority } << avast << u"CERT_AV"_s << u"Avast"_s;
    QTest::newRow("39: antivirus, trusted") << own << QList<TlsProblem>() << avast << u"OK"_s << u"Avast"_s;
    QTest::newRow("a name that contains one") << own << QList { TlsProblem::UntrustedAuthority }
                                              << u"Aveset Holdings"_s << u"CERT_SELF"_s << QString();
}

void CertificateMatrixTest::problem_decidesTheVerdict()
{
    QFETCH(QList<QByteArray>, names);
    QFETCH(QList<TlsProblem>, problems);
    QFETCH(QString, issuer);
    QFETCH(QString, verdict);
    SearchFixture f;
    f.setPorts("OORR");
    for (const quint16 port : std::array<quint16, 2> { 465, 587 }) {
        f.world.at(f.v4(), port).names = names;
        f.world.at(f.v4(), port).problems = problems;
        f.world.at(f.v4(), port).issuer = issuer;
    }
    QVERIFY(f.run());
    QCOMPARE(f.verdict(465), verdict);
    QCOMPARE(f.verdict(587), verdict);
    QCOMPARE(f.overall(), verdict);
    QCOMPARE(f.answered(), verdict == u"OK"_s ? u"465 tls"_s : u"none"_s);
    QTEST(f.row(465)->antivirus, "antivirus");
    QVERIFY(!f.row(465)->auth.isEmpty()); // what it offers is known all the same
    QVERIFY(f.settledAt <= 8s);
}

void CertificateMatrixTest::portalsCertificate_isAnothersAndNothingIsSaid()
{
    SearchFixture f; // row 32; that AUTH is never said is checked for all rows
    f.setPorts("ODDD");
    f.world.at(f.v4(), 465).names = { "login.wifi.test" };
    QVERIFY(f.run());
    QCOMPARE(f.verdict(465), u"CERT_NAME"_s);
    QCOMPARE(f.overall(), u"CERT_NAME"_s);
    QCOMPARE(f.answered(), u"none"_s);
}

void CertificateMatrixTest::pinnedKey_isEnough()
{
    SearchFixture f; // row 34
    f.setPorts("ORRR");
    f.world.at(f.v4(), 465).problems = { TlsProblem::SelfSigned };
    f.options.pinnedKey = f.world.at(f.v4(), 465).keySha256;
    QVERIFY(f.run());
    QCOMPARE(f.answered(), u"465 tls"_s);

    SearchFixture other;
    other.setPorts("ORRR");
    other.options.pinnedKey = QByteArray(32, 'x');
    QVERIFY(other.run());
    QCOMPARE(other.answered(), u"none"_s);
}

void CertificateMatrixTest::hostersName_isSuggestedAndWorksOnceAgreedTo()
{
    SearchFixture f; // row 35
    const QString hoster = u"server7.hoster.test"_s;
    f.world.addName(hoster, { f.v4() });
    f.setPorts("OORR");
    f.world.at(f.v4(), 465).names = { "*.hoster.test", hoster.toUtf8() };
    f.world.at(f.v4(), 587).names = { hoster.toUtf8() };
    QVERIFY(f.run());
    QCOMPARE(f.overall(), u"CERT_NAME"_s);
    QCOMPARE(f.row(465)->suggestedHost, hoster);
    QCOMPARE(f.row(587)->suggestedHost, hoster);

    f.search->addHost(hoster);
    QVERIFY(!f.report().isFinished);
    QVERIFY(f.world.runUntil([&f] { return f.finishedCount == 2; }, 30s));
    QVERIFY(f.report().recommended);
    QCOMPARE(f.report().recommended->server.host, hoster);
    QCOMPARE(f.report().recommended->source, postrider::discovery::Source::Typed);
    QCOMPARE(f.report().alternates.size(), 1);
}

void CertificateMatrixTest::hostersNameElsewhere_isNoSuggestion()
{
    SearchFixture f; // row 36
    f.world.addName(u"server7.hoster.test"_s, { u"192.0.2.77"_s });
    f.setPorts("OORR");
    f.world.at(f.v4(), 465).names = { "server7.hoster.test" };
    f.world.at(f.v4(), 587).names = { "server7.hoster.test" };
    QVERIFY(f.run());
    QCOMPARE(f.overall(), u"CERT_NAME"_s);
    QVERIFY(f.row(465)->suggestedHost.isEmpty());
}

void CertificateMatrixTest::nameAskedFor_mayShowAnotherCertificate()
{
    SearchFixture f;
    f.world.addName(u"mail.example.test"_s, { f.v4() });
    f.setPorts("ORRR");
    f.world.at(f.v4(), 465).names = { "hoster.test" };
    f.world.at(f.v4(), 465).namesFor = { { u"mail.example.test"_s, { "mail.example.test" } } };
    QVERIFY(f.run());
    QVERIFY(f.report().recommended);
    QCOMPARE(f.report().recommended->server.host, u"mail.example.test"_s);
}

void CertificateMatrixTest::loopbackBridge_isFoundForAPin()
{
    SearchFixture f; // row 63
    f.world.at(u"127.0.0.1"_s, 1025).names = { "127.0.0.1" };
    f.world.at(u"127.0.0.1"_s, 1025).problems = { TlsProblem::SelfSigned };
    QVERIFY(f.run(u"localhost"_s));
    QCOMPARE(f.verdict(1025, Security::StartTls, u"localhost"_s), u"CERT_SELF"_s);
    QCOMPARE(f.overall(), u"CERT_SELF"_s);
    QVERIFY(f.world.namesAsked.isEmpty());
    QVERIFY(f.settledAt <= 1s); // ::1 refuses, which costs nothing

    SearchFixture alone;
    alone.world.at(u"127.0.0.1"_s, 1025).names = { "127.0.0.1" };
    alone.world.at(u"127.0.0.1"_s, 1025).problems = { TlsProblem::SelfSigned };
    alone.options.pinnedKey = QByteArray(32, 'k');
    QVERIFY(alone.run(u"127.0.0.1:1025"_s));
    QCOMPARE(alone.answered(), u"1025 starttls"_s);
    QCOMPARE(alone.report().recommended->reason, postrider::discovery::Reason::ThisComputer);
}

void CertificateMatrixTest::plainLoopback_isTakenOnlyWithSignIn()
{
    SearchFixture f;
    f.world.at(u"127.0.0.1"_s, 1025).ehlo = "250-bridge\r\n250 AUTH PLAIN\r\n";
    QVERIFY(f.run(u"127.0.0.1:1025"_s));
    QCOMPARE(f.answered(), u"1025 none"_s);
    QCOMPARE(f.report().recommended->auth, QByteArrayList { "PLAIN" });

    SearchFixture relay;
    relay.world.at(u"127.0.0.1"_s, 1025).ehlo = "250-relay\r\n250 SIZE\r\n";
    QVERIFY(relay.run(u"127.0.0.1:1025"_s));
    QCOMPARE(relay.answered(), u"none"_s);
    QCOMPARE(relay.verdict(1025, Security::None, u"127.0.0.1"_s), u"NO_AUTH"_s);

    SearchFixture remote;
    remote.world.at(u"192.168.7.7"_s, 1025).ehlo = "250-bridge\r\n250 AUTH PLAIN\r\n";
    QVERIFY(remote.run(u"192.168.7.7:1025"_s));
    QCOMPARE(remote.answered(), u"none"_s);
    QCOMPARE(remote.verdict(1025, Security::StartTls, u"192.168.7.7"_s), u"NO_TLS"_s);
}

QTEST_GUILESS_MAIN(CertificateMatrixTest)
#include "tst_certificatematrix.moc"
