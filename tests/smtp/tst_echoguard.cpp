// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "smtp/echoguard.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace postrider::smtp;

class TestEchoGuard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void serversWords_areJudged_data();
    void serversWords_areJudged();
    void ordinaryWords_areNoEcho();
};

void TestEchoGuard::serversWords_areJudged_data()
{
    QTest::addColumn<QList<QByteArray>>("lines");
    QTest::addColumn<bool>("isEcho");
    const QByteArray encoded = "\0ann\0open sesame"_ba.toBase64(); // AGFubgBvcGVuIHNlc2FtZQ==
    QTest::newRow("nothing of it") << QList { "5.7.8 authentication failed"_ba } << false;
    QTest::newRow("as it is") << QList { "5.7.8 'open sesame' is wrong"_ba } << true;
    QTest::newRow("as it is, over two lines") << QList { "5.7.8 wrong: open s"_ba, "esame"_ba } << true;
    QTest::newRow("a word of it") << QList { "5.7.8 the account is not open yet"_ba } << false;
    QTest::newRow("encoded") << QList<QByteArray> { "5.5.1 unknown command: " + encoded } << true;
    QTest::newRow("the start of the encoded")
        << QList<QByteArray> { "5.5.1 unknown command: " + encoded.first(8) } << true;
    QTest::newRow("the end of the encoded")
        << QList<QByteArray> { "5.5.1 unknown command: " + encoded.last(8) } << true;
    QTest::newRow("encoded, over lines of four")
        << QList { encoded.mid(0, 4), encoded.mid(4, 4), encoded.mid(8, 4), encoded.mid(12, 4) } << true;
    QTest::newRow("too little to give anything away") << QList { encoded.first(7) } << false;
    QTest::newRow("empty") << QList { ""_ba } << false;
    QTest::newRow("no lines") << QList<QByteArray>() << false;
}

void TestEchoGuard::serversWords_areJudged()
{
    QFETCH(QList<QByteArray>, lines);
    QFETCH(bool, isEcho);
    EchoGuard guard;
    guard.rememberPlain("open sesame");
    guard.rememberEncoded("\0ann\0open sesame"_ba.toBase64());
    QCOMPARE(guard.isEcho(lines), isEcho);
}

/// A password of three letters is found everywhere, and an empty one is none.
void TestEchoGuard::ordinaryWords_areNoEcho()
{
    EchoGuard guard;
    guard.rememberPlain("");
    guard.rememberPlain("the");
    guard.rememberEncoded("");
    QVERIFY(!guard.isEcho({ "5.7.8 the password is wrong"_ba, ""_ba }));
}

QTEST_GUILESS_MAIN(TestEchoGuard)
#include "tst_echoguard.moc"
