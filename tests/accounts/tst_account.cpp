// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "accounts/account.h"
#include "support/comparewords.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace postrider::accounts {

class TestAccount : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plaintext_onlyWhereNobodyCanListen_data();
    void plaintext_onlyWhereNobodyCanListen();
    void security_hasItsWords();
    void rules_haveTheirWords();
};

void TestAccount::plaintext_onlyWhereNobodyCanListen_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("withSignIn");
    QTest::addColumn<bool>("withoutSignIn");
    const auto add = [](const QString &host, bool withSignIn, bool withoutSignIn) {
        QTest::newRow(qPrintable(host)) << host << withSignIn << withoutSignIn;
    };
    for (const QString &host : { u"localhost"_s, u"LocalHost"_s, u"127.0.0.1"_s, u"127.255.0.9"_s, u"::1"_s,
                                 u"::ffff:127.0.0.1"_s }) {
        add(host, true, true);
    }
    for (const QString &host :
         { u"10.0.0.1"_s, u"10.255.255.255"_s, u"172.16.0.1"_s, u"172.31.255.254"_s, u"192.168.1.25"_s,
           u"169.254.7.7"_s, u"fc00::1"_s, u"fdff::1"_s, u"fe80::1"_s, u"febf::1"_s, u"::ffff:10.0.0.1"_s }) {
        add(host, false, true);
    }
    for (const QString &host : { u"9.255.255.255"_s,
                                 u"11.0.0.0"_s,
                                 u"172.15.255.255"_s,
                                 u"172.32.0.0"_s,
                                 u"192.167.255.255"_s,
                                 u"192.169.0.0"_s,
                                 u"169.253.0.1"_s,
                                 u"8.8.8.8"_s,
                                 u"2001:db8::1"_s,
                                 u"fbff::1"_s,
                                 u"fe00::1"_s,
                                 u"fec0::1"_s,
                                 u"::ffff:8.8.8.8"_s,
                                 u"0.0.0.0"_s,
                                 u"::"_s,
                                 u"mail.example.org"_s,
                                 u"localhost.example"_s,
                                 u"localhost."_s,
                                 u"mail.local"_s,
                                 u"192.168.1.1.example"_s,
                                 u"10.1"_s,
                                 u"0x0a000001"_s,
                                 u"167772161"_s,
                                 u"[127.0.0.1]"_s,
                                 u"127.0.0.1 "_s,
                                 u""_s,
                                 u"10.0.0.256"_s }) {
        add(host, false, false);
    }
}

void TestAccount::plaintext_onlyWhereNobodyCanListen()
{
    QFETCH(QString, host);
    QFETCH(bool, withSignIn);
    QFETCH(bool, withoutSignIn);
    QCOMPARE(isPlaintextAllowed(host, true), withSignIn);
    QCOMPARE(isPlaintextAllowed(host, false), withoutSignIn);
}

void TestAccount::security_hasItsWords()
{
    for (const Security security : { Security::Tls, Security::StartTls, Security::None }) {
        Security read = security == Security::Tls ? Security::None : Security::Tls;
        QVERIFY(fromString(toString(security), read));
        QCOMPARE(read, security);
    }
    QCOMPARE(toString(Security::StartTls), u"starttls"_s);
    Security untouched = Security::StartTls;
    QVERIFY(!fromString(u"STARTTLS"_s, untouched));
    QVERIFY(!fromString(u"ssl"_s, untouched));
    QVERIFY(!fromString({}, untouched));
    QCOMPARE(untouched, Security::StartTls);
}

void TestAccount::rules_haveTheirWords()
{
    PartialRecipients choice = PartialRecipients::SendToAccepted;
    QVERIFY(fromString(u"nobody"_s, choice) && choice == PartialRecipients::SendToNobodyAndAsk);
    QVERIFY(!fromString(u"all"_s, choice) && choice == PartialRecipients::SendToNobodyAndAsk);
    QCOMPARE(toString(PartialRecipients::SendToAccepted), u"accepted"_s);
    LaterDelivery keeper = LaterDelivery::HoldHere;
    QVERIFY(fromString(u"server"_s, keeper) && keeper == LaterDelivery::HoldAtServer);
    QVERIFY(!fromString(u"Here"_s, keeper) && keeper == LaterDelivery::HoldAtServer);
    QCOMPARE(toString(LaterDelivery::HoldHere), u"here"_s);
}

} // namespace postrider::accounts

QTEST_GUILESS_MAIN(postrider::accounts::TestAccount)
#include "tst_account.moc"
