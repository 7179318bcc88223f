// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "net/clientcertificate.h"
#include "support/testcertificates.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace postrider;
using net::ClientCertificateError;
using net::readClientCertificate;

class ClientCertificateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void certificateAndKey_areRead_data();
    void certificateAndKey_areRead();
    void chain_isReadInOrder();
    void encryptedKey_needsItsPassphrase();
    void whatIsMissing_isTold();
    void keyOfAnotherCertificate_isRefused();

private:
    support::TestAuthority m_authority {};
};

void ClientCertificateTest::certificateAndKey_areRead_data()
{
    QTest::addColumn<int>("rsaBits");
    QTest::newRow("elliptic") << 0;
    QTest::newRow("RSA") << 2048;
}

void ClientCertificateTest::certificateAndKey_areRead()
{
    QFETCH(int, rsaBits);
    const auto own = m_authority.issue({ .commonName = "ann", .rsaBits = rsaBits });
    const auto read = readClientCertificate(own.certificate.toPem(), own.key.toPem());
    QVERIFY(read);
    QVERIFY(!read->isNull());
    QCOMPARE(read->chain, QList { own.certificate });
    QCOMPARE(read->key.toPem(), own.key.toPem());

    // One file with both, in any order.
    const QByteArray both = own.key.toPem() + own.certificate.toPem();
    QVERIFY(readClientCertificate(both, both));
}

void ClientCertificateTest::chain_isReadInOrder()
{
    const auto own = m_authority.issue();
    const QByteArray pem = own.certificate.toPem() + m_authority.certificate().toPem();
    const auto read = readClientCertificate(pem, own.key.toPem());
    QVERIFY(read);
    QCOMPARE(read->chain, (QList { own.certificate, m_authority.certificate() }));
}

void ClientCertificateTest::encryptedKey_needsItsPassphrase()
{
    const auto own = m_authority.issue();
    const QByteArray keyPem = own.key.toPem("open sesame");
    QVERIFY(keyPem.contains("ENCRYPTED"));
    const auto read = readClientCertificate(own.certificate.toPem(), keyPem, base::Secret("open sesame"_ba));
    QVERIFY(read);
    QCOMPARE(read->key.toPem(), own.key.toPem());

    for (const QByteArray &passphrase : { "another"_ba, QByteArray(), QByteArray(5000, 'x') }) {
        const auto locked
            = readClientCertificate(own.certificate.toPem(), keyPem, base::Secret(QByteArray(passphrase)));
        QVERIFY(!locked);
        QVERIFY(locked.error() == ClientCertificateError::NoKey);
    }
}

void ClientCertificateTest::whatIsMissing_isTold()
{
    const auto own = m_authority.issue();
    for (const QByteArray &noCertificate : { QByteArray(), "no PEM"_ba, own.key.toPem() }) {
        const auto read = readClientCertificate(noCertificate, own.key.toPem());
        QVERIFY(!read);
        QVERIFY(read.error() == ClientCertificateError::NoCertificate);
    }
    for (const QByteArray &noKey : { QByteArray(), "no PEM"_ba, own.certificate.toPem() }) {
        const auto read = readClientCertificate(own.certificate.toPem(), noKey);
        QVERIFY(!read);
        QVERIFY(read.error() == ClientCertificateError::NoKey);
    }
}

void ClientCertificateTest::keyOfAnotherCertificate_isRefused()
{
    const auto read
        = readClientCertificate(m_authority.issue().certificate.toPem(), m_authority.issue().key.toPem());
    QVERIFY(!read);
    QVERIFY(read.error() == ClientCertificateError::KeyMismatch);
}

QTEST_GUILESS_MAIN(ClientCertificateTest)
#include "tst_clientcertificate.moc"
