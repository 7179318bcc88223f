// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "net/tlsjudgement.h"
#include "support/testcertificates.h"

#include <QCryptographicHash>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postrider;
using net::TlsProblem;

class TlsJudgementTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void name_data();
    void name();
    void trustedCertificate_hasNoProblem();
    void wrongName_isAProblem();
    void hostNameErrorOfTheChainCheck_doesNotCount();
    void chainErrors_becomeProblemsInOrder();
    void wrongPurpose_isAProblem_data();
    void wrongPurpose_isAProblem();
    void dates_areReadWithoutAChainCheck();
    void weakKey_isAProblem_data();
    void weakKey_isAProblem();
    void pinnedKey_decidesAlone();
    void otherKeyThanPinned_isAMismatch();
    void nullCertificate_isAProblem();
    void keyHash_isOfTheSubjectPublicKeyInfo();

private:
    support::TestAuthority m_authority {};
};

void TlsJudgementTest::name_data()
{
    QTest::addColumn<QByteArray>("commonName");
    QTest::addColumn<QByteArray>("subjectAltName");
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("matches");
    const auto row
        = [](const char *name, const char *cn, const char *san, const QString &host, bool matches) {
              QTest::newRow(name) << QByteArray(cn) << QByteArray(san) << host << matches;
          };

    row("CN without SAN", "mail.example.com", "", u"mail.example.com"_s, false);
    row("CN beside another SAN", "mail.example.com", "DNS:other.example.net", u"mail.example.com"_s, false);
    row("SAN beside another CN", "mail.example.com", "DNS:other.example.net", u"other.example.net"_s, true);
    row("SAN in capitals", "x", "DNS:MAIL.Example.COM", u"mail.example.com"_s, true);
    row("second SAN", "x", "DNS:a.example.com,DNS:b.example.com", u"b.example.com"_s, true);
    row("host with a trailing dot", "x", "DNS:mail.example.com", u"mail.example.com."_s, true);
    row("longer host", "x", "DNS:example.com", u"mail.example.com"_s, false);
    row("longer SAN", "x", "DNS:mail.example.com.evil.example", u"mail.example.com"_s, false);

    row("wildcard", "x", "DNS:*.example.com", u"a.example.com"_s, true);
    row("wildcard, host in capitals", "x", "DNS:*.example.com", u"A.EXAMPLE.COM"_s, true);
    row("wildcard, no label", "x", "DNS:*.example.com", u"example.com"_s, false);
    row("wildcard, empty label", "x", "DNS:*.example.com", u".example.com"_s, false);
    row("wildcard, two labels", "x", "DNS:*.example.com", u"a.b.example.com"_s, false);
    row("wildcard behind a prefix", "x", "DNS:foo*.example.com", u"foo1.example.com"_s, false);
    row("wildcard within a label", "x", "DNS:f*o.example.com", u"foo.example.com"_s, false);
    row("wildcard in the second label", "x", "DNS:mail.*.com", u"mail.example.com"_s, false);
    row("two wildcards", "x", "DNS:*.*.com", u"mail.example.com"_s, false);
    row("wildcard for a top level domain", "x", "DNS:*.com", u"example.com"_s, false);
    row("wildcard alone", "x", "DNS:*", u"localhost"_s, false);

    row("IP address", "x", "IP:127.0.0.1", u"127.0.0.1"_s, true);
    row("other IP address", "x", "IP:127.0.0.2", u"127.0.0.1"_s, false);
    row("IP address as DNS name", "x", "DNS:127.0.0.1", u"127.0.0.1"_s, false);
    row("IP address as CN", "127.0.0.1", "", u"127.0.0.1"_s, false);
    row("IP address under a wildcard", "x", "DNS:*.0.0.1", u"127.0.0.1"_s, false);
    row("IPv6 address", "x", "IP:2001:db8::1", u"2001:0db8:0:0::1"_s, true);
    row("DNS name for an address only", "x", "IP:127.0.0.1", u"localhost"_s, false);

    row("A-label for a U-label host", "x", "DNS:xn--99zt52a.example.org", u"納豆.example.org"_s, true);
    row("A-label for another host", "x", "DNS:xn--99zt52a.example.org", u"豆腐.example.org"_s, false);
    row("empty host", "x", "DNS:localhost", QString(), false);
}

void TlsJudgementTest::name()
{
    QFETCH(QByteArray, commonName);
    QFETCH(QByteArray, subjectAltName);
    QFETCH(QString, host);
    QFETCH(bool, matches);
    const auto made = m_authority.issue({ .commonName = commonName, .subjectAltName = subjectAltName });
    QVERIFY(!made.certificate.isNull());
    QCOMPARE(net::certificateMatchesHost(made.certificate, host), matches);
}

void TlsJudgementTest::trustedCertificate_hasNoProblem()
{
    const auto made = m_authority.issue();
    QCOMPARE(net::judgeCertificate(made.certificate, {}, u"localhost"_s, {}), QList<TlsProblem> {});
}

void TlsJudgementTest::wrongName_isAProblem()
{
    const auto made = m_authority.issue();
    QCOMPARE(net::judgeCertificate(made.certificate, {}, u"mail.example.com"_s, {}),
             QList { TlsProblem::WrongName });
}

void TlsJudgementTest::hostNameErrorOfTheChainCheck_doesNotCount()
{
    const auto made = m_authority.issue();
    const QList errors { QSslError(QSslError::HostNameMismatch, made.certificate) };
    QCOMPARE(net::judgeCertificate(made.certificate, errors, u"localhost"_s, {}), QList<TlsProblem> {});
}

void TlsJudgementTest::chainErrors_becomeProblemsInOrder()
{
    const auto made = m_authority.issue();
    const QList errors {
        QSslError(QSslError::CertificateExpired, made.certificate),
        QSslError(QSslError::UnableToVerifyFirstCertificate, made.certificate),
        QSslError(QSslError::UnableToGetLocalIssuerCertificate, made.certificate),
    };
    const QList expected { TlsProblem::WrongName, TlsProblem::UntrustedAuthority, TlsProblem::Expired };
    QCOMPARE(net::judgeCertificate(made.certificate, errors, u"other.example.com"_s, {}), expected);
}

void TlsJudgementTest::wrongPurpose_isAProblem_data()
{
    QTest::addColumn<QByteArray>("extendedKeyUsage");
    QTest::addColumn<bool>("allowed");
    QTest::newRow("server") << QByteArray("serverAuth") << true;
    QTest::newRow("client and server") << QByteArray("clientAuth,serverAuth") << true;
    QTest::newRow("any") << QByteArray("anyExtendedKeyUsage") << true;
    QTest::newRow("not said") << QByteArray() << true;
    QTest::newRow("client") << QByteArray("clientAuth") << false;
    QTest::newRow("code signing") << QByteArray("codeSigning") << false;
}

void TlsJudgementTest::wrongPurpose_isAProblem()
{
    QFETCH(QByteArray, extendedKeyUsage);
    QFETCH(bool, allowed);
    const auto made = m_authority.issue({ .extendedKeyUsage = extendedKeyUsage });
    const QList<TlsProblem> expected = allowed ? QList<TlsProblem> {} : QList { TlsProblem::WrongPurpose };
    QCOMPARE(net::judgeCertificate(made.certificate, {}, u"localhost"_s, {}), expected);
}

void TlsJudgementTest::dates_areReadWithoutAChainCheck()
{
    // As in a resumed session.
    const auto old = m_authority.issue({ .firstDay = -30, .lastDay = -1 });
    QCOMPARE(net::judgeCertificate(old.certificate, {}, u"localhost"_s, {}), QList { TlsProblem::Expired });
    const auto early = m_authority.issue({ .firstDay = 1 });
    QCOMPARE(net::judgeCertificate(early.certificate, {}, u"localhost"_s, {}),
             QList { TlsProblem::NotYetValid });
}

void TlsJudgementTest::weakKey_isAProblem_data()
{
    QTest::addColumn<int>("rsaBits");
    QTest::addColumn<bool>("allowed");
    QTest::newRow("RSA 1024") << 1024 << false;
    QTest::newRow("RSA 1536") << 1536 << false;
    QTest::newRow("RSA 2048") << 2048 << true;
    QTest::newRow("P-256") << 0 << true;
}

void TlsJudgementTest::weakKey_isAProblem()
{
    QFETCH(int, rsaBits);
    QFETCH(bool, allowed);
    const auto made = m_authority.issue({ .rsaBits = rsaBits });
    const QList<TlsProblem> expected = allowed ? QList<TlsProblem> {} : QList { TlsProblem::WeakKey };
    QCOMPARE(net::judgeCertificate(made.certificate, {}, u"localhost"_s, {}), expected);
}

void TlsJudgementTest::pinnedKey_decidesAlone()
{
    const auto made = support::selfSigned({ .subjectAltName = "", .extendedKeyUsage = "clientAuth" });
    const QList errors { QSslError(QSslError::SelfSignedCertificate, made.certificate),
                         QSslError(QSslError::CertificateExpired, made.certificate) };
    const net::TlsPolicy policy { .pinnedKey = net::publicKeySha256(made.certificate) };
    QCOMPARE(net::judgeCertificate(made.certificate, errors, u"mail.example.com"_s, policy),
             QList<TlsProblem> {});
}

void TlsJudgementTest::otherKeyThanPinned_isAMismatch()
{
    const auto made = m_authority.issue();
    const net::TlsPolicy policy { .pinnedKey = QByteArray(32, 'x') };
    QCOMPARE(net::judgeCertificate(made.certificate, {}, u"localhost"_s, policy),
             QList { TlsProblem::PinMismatch });
}

void TlsJudgementTest::nullCertificate_isAProblem()
{
    const net::TlsPolicy pinned { .pinnedKey = QByteArray(32, 'x') };
    QVERIFY(!net::judgeCertificate(QSslCertificate(), {}, u"localhost"_s, {}).isEmpty());
    QVERIFY(!net::judgeCertificate(QSslCertificate(), {}, u"localhost"_s, pinned).isEmpty());
    QCOMPARE(net::publicKeySha256(QSslCertificate()), QByteArray());
}

void TlsJudgementTest::keyHash_isOfTheSubjectPublicKeyInfo()
{
    const auto made = m_authority.issue();
    const QByteArray spki = made.certificate.publicKey().toDer();
    QCOMPARE(net::publicKeySha256(made.certificate),
             QCryptographicHash::hash(spki, QCryptographicHash::Sha256));
}

QTEST_GUILESS_MAIN(TlsJudgementTest)
#include "tst_tlsjudgement.moc"
