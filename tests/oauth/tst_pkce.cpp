// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "oauth/pkce.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postrider::oauth;

class PkceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void challenge_isTheOneOfTheRfc();
    void nonces_areLongAndNeverTheSame();
};

void PkceTest::challenge_isTheOneOfTheRfc()
{
    // RFC 7636 appendix B
    QCOMPARE(codeChallenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
             "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"_ba);
}

void PkceTest::nonces_areLongAndNeverTheSame()
{
    // RFC 7636 section 4.1: 43 to 128 characters of these.
    static const QRegularExpression verifier(u"^[A-Za-z0-9._~-]{43,128}$"_s);
    QSet<QByteArray> seen;
    for (int i = 0; i < 1000; ++i) {
        const QByteArray nonce = makeNonce();
        QVERIFY2(verifier.match(QString::fromLatin1(nonce)).hasMatch(), nonce.constData());
        QCOMPARE(QByteArray::fromBase64(nonce, QByteArray::Base64UrlEncoding).size(), 32);
        seen.insert(nonce);
    }
    QCOMPARE(seen.size(), 1000);
}

QTEST_APPLESS_MAIN(PkceTest)
#include "tst_pkce.moc"
