// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "smtp/envelope.h"

#include <QTest>

using namespace Qt::StringLiterals;
using postrider::smtp::Envelope;

namespace {

Envelope to(const QByteArray &recipient, Envelope::Addresses addresses = Envelope::Addresses::Ascii)
{
    Envelope envelope;
    envelope.reversePath = "ann@example.org"_ba;
    envelope.recipients = { recipient };
    envelope.addresses = addresses;
    return envelope;
}

} // namespace

class TestEnvelope : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ordinaryAddresses_areSafe_data();
    void ordinaryAddresses_areSafe();
    void addressesThatCouldSayMore_areUnsafe_data();
    void addressesThatCouldSayMore_areUnsafe();
    void nonAscii_isSafeOnlyWithUtf8();
    void oneUnsafeRecipient_makesTheEnvelopeUnsafe();
    void theReversePathIsJudgedToo_butMayBeEmpty();
    void noRecipients_isUnsafe();
    void theLongestPath_fitsIntoACommandLine();
};

void TestEnvelope::ordinaryAddresses_areSafe_data()
{
    QTest::addColumn<QByteArray>("address");
    QTest::newRow("plain") << "bob@example.org"_ba;
    QTest::newRow("without domain") << "postmaster"_ba;
    QTest::newRow("odd atoms") << "o'neil+x=y/z!#$%&*?^_`{|}~@example.org"_ba;
    QTest::newRow("quoted space") << "\"a b\"@example.org"_ba;
    QTest::newRow("quoted pair") << "\"a\\\"b\\\\\"@example.org"_ba;
    QTest::newRow("quoted at sign") << "\"a@b\"@example.org"_ba;
    QTest::newRow("address literal") << "bob@[IPv6:2001:db8::1]"_ba;
}

void TestEnvelope::ordinaryAddresses_areSafe()
{
    QFETCH(QByteArray, address);
    QVERIFY(to(address).isSafe());
}

void TestEnvelope::addressesThatCouldSayMore_areUnsafe_data()
{
    QTest::addColumn<QByteArray>("address");
    QTest::newRow("another command") << "b@example.org>\r\nRCPT TO:<c@example.org"_ba;
    QTest::newRow("CR") << "b\r@example.org"_ba;
    QTest::newRow("LF") << "b\n@example.org"_ba;
    QTest::newRow("LF in quotes") << "\"b\n\"@example.org"_ba;
    QTest::newRow("escaped CR in quotes") << "\"b\\\r\"@example.org"_ba;
    QTest::newRow("NUL") << "b\0@example.org"_ba;
    QTest::newRow("tab") << "b\t@example.org"_ba;
    QTest::newRow("DEL") << "b\x7f@example.org"_ba;
    QTest::newRow("another parameter") << "b@example.org> SIZE=1"_ba;
    QTest::newRow("space") << "b c@example.org"_ba;
    QTest::newRow("space at the end") << "b@example.org "_ba;
    QTest::newRow("angle bracket") << "b<@example.org"_ba;
    QTest::newRow("angle bracket in quotes") << "\"b>c\"@example.org"_ba;
    QTest::newRow("quotes without end") << "\"b c@example.org"_ba;
    QTest::newRow("quotes ended by an escape") << "\"b c\\\"@example.org"_ba;
    QTest::newRow("quotes in the middle") << "b\" \"c@example.org"_ba;
    QTest::newRow("quotes in the domain") << "b@\" \""_ba;
    QTest::newRow("space behind the quotes") << "\"b\" @example.org"_ba;
    QTest::newRow("empty") << ""_ba;
    QTest::newRow("UTF-8 without SMTPUTF8") << "büro@example.org"_ba;
}

void TestEnvelope::addressesThatCouldSayMore_areUnsafe()
{
    QFETCH(QByteArray, address);
    QVERIFY(!to(address).isSafe());
    Envelope utf8 = to(address, Envelope::Addresses::Utf8);
    QCOMPARE(utf8.isSafe(), address == "büro@example.org"_ba);
}

void TestEnvelope::nonAscii_isSafeOnlyWithUtf8()
{
    QVERIFY(to("用户@例え.jp"_ba, Envelope::Addresses::Utf8).isSafe());
    QVERIFY(!to("用户@例え.jp"_ba, Envelope::Addresses::Ascii).isSafe());
    QVERIFY(!to("b\xff@example.org"_ba, Envelope::Addresses::Utf8).isSafe());
    QVERIFY(!to(u"b\u0085@example.org"_s.toUtf8(), Envelope::Addresses::Utf8).isSafe());
}

void TestEnvelope::oneUnsafeRecipient_makesTheEnvelopeUnsafe()
{
    Envelope envelope = to("bob@example.org"_ba);
    envelope.recipients.append("c\r\nDATA"_ba);
    QVERIFY(!envelope.isSafe());
}

void TestEnvelope::theReversePathIsJudgedToo_butMayBeEmpty()
{
    Envelope envelope = to("bob@example.org"_ba);
    envelope.reversePath = "a@example.org>\r\nRCPT TO:<b@example.org"_ba;
    QVERIFY(!envelope.isSafe());
    envelope.reversePath.clear();
    QVERIFY(envelope.isSafe());
}

void TestEnvelope::noRecipients_isUnsafe()
{
    Envelope envelope = to("bob@example.org"_ba);
    envelope.recipients.clear();
    QVERIFY(!envelope.isSafe());
}

void TestEnvelope::theLongestPath_fitsIntoACommandLine()
{
    const QByteArray domain = "@example.org"_ba;
    const QByteArray longest
        = QByteArray(512 - qsizetype(sizeof "MAIL FROM:<>\r\n" - 1) - domain.size(), 'a') + domain;
    QVERIFY(to(longest).isSafe());
    QVERIFY(!to('a' + longest).isSafe());
}

QTEST_GUILESS_MAIN(TestEnvelope)
#include "tst_envelope.moc"
