// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/reader/deliveryreport.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::mime;

using Action = RecipientReport::Action;
using Returned = DeliveryReport::Returned;

namespace {

postrider::base::Expected<DeliveryReport, ReadError> report(const QByteArray &octets)
{
    const auto message = readMessage(octets);
    if (!message)
        return postrider::base::Unexpected(message.error());
    return readDeliveryReport(*message);
}

/// A report with only the part that programs read.
QByteArray withStatus(const QByteArray &fields)
{
    return "From: <>\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
           "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        + fields + "\r\n--b--\r\n";
}

/// In the order and with the words that Postfix has.
constexpr QByteArrayView Postfix
    = "Return-Path: <>\r\n"
      "Received: by mx.example.org (Postfix)\r\n\tid 4T5; Sat, 21 Nov 2026 17:41:50 +0000 (UTC)\r\n"
      "Subject: Undelivered Mail Returned to Sender\r\n"
      "Auto-Submitted: auto-replied\r\n"
      "MIME-Version: 1.0\r\n"
      "Content-Type: multipart/report; "
      "report-type=delivery-status;\r\n\tboundary=\"4T5.1/mx.example.org\"\r\n"
      "\r\n"
      "This is a MIME-encapsulated message.\r\n"
      "\r\n"
      "--4T5.1/mx.example.org\r\n"
      "Content-Description: Notification\r\n"
      "Content-Type: text/plain; charset=us-ascii\r\n"
      "\r\n"
      "Your message could not be delivered.\r\n"
      "\r\n"
      "--4T5.1/mx.example.org\r\n"
      "Content-Description: Delivery report\r\n"
      "Content-Type: message/delivery-status\r\n"
      "\r\n"
      "Reporting-MTA: dns; mx.example.org\r\n"
      "Original-Envelope-Id: QQ+3D1\r\n"
      "X-Postfix-Queue-ID: 4T5\r\n"
      "X-Postfix-Sender: rfc822; ann@example.org\r\n"
      "Arrival-Date: Sat, 21 Nov 2026 17:41:47 +0000 (UTC)\r\n"
      "\r\n"
      "Final-Recipient: rfc822; nobody@example.net\r\n"
      "Original-Recipient: rfc822;old+tag@example.net\r\n"
      "Action: failed\r\n"
      "Status: 5.1.1\r\n"
      "Remote-MTA: dns; mx.example.net\r\n"
      "Diagnostic-Code: smtp; 550 5.1.1 <nobody@example.net>: Recipient address rejected:\r\n"
      "    User unknown\r\n"
      "\r\n"
      "Final-Recipient: rfc822; slow@example.com\r\n"
      "Action: delayed\r\n"
      "Status: 4.4.1\r\n"
      "Diagnostic-Code: X-Postfix; connect to mx.example.com[192.0.2.1]:25: Connection timed out\r\n"
      "Last-Attempt-Date: Sat, 21 Nov 2026 18:41:47 +0000 (UTC)\r\n"
      "Will-Retry-Until: Thu, 26 Nov 2026 17:41:47 +0000 (UTC)\r\n"
      "\r\n"
      "--4T5.1/mx.example.org\r\n"
      "Content-Description: Undelivered Message\r\n"
      "Content-Type: message/rfc822\r\n"
      "\r\n"
      "Message-ID: <original@example.org>\r\n"
      "Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\n"
      "\r\n"
      "Hello\r\n"
      "\r\n"
      "--4T5.1/mx.example.org--\r\n";

} // namespace

class TestReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void postfix_tellsEachRecipient();
    void exchange_isRead();
    void gmail_isRead();
    void exim_isRead();
    void eximWithoutParts_isRead();
    void qmail_isRead();
    void internationalAddress_isDecoded();
    void brokenStatus_tellsWhatItCan_data();
    void brokenStatus_tellsWhatItCan();
    void encodedStatus_isRead();
    void missingEmptyLines_separateNothing();
    void readReceipt_isRead_data();
    void readReceipt_isRead();
    void readReceipt_namesItsMessage();
    void returnedMessage_canBeRead();
    void returnedHeader_isAllThereIs();
    void encodedReturnedMessage_isRead();
    void otherMessage_isNoReport_data();
    void otherMessage_isNoReport();
    void attachedReport_isNotThisOne();
};

void TestReport::postfix_tellsEachRecipient()
{
    const auto told = report(Postfix.toByteArray());
    QVERIFY(told);
    QVERIFY(told->kind == DeliveryReport::Kind::Delivery);
    QVERIFY(told->form == DeliveryReport::Form::Standard);
    QCOMPARE(told->messageId, "<original@example.org>"_ba);
    QCOMPARE(told->subject, u"Grüße"_s);
    QCOMPARE(told->envelopeId, u"QQ=1"_s);
    QCOMPARE(told->reportingMta, u"mx.example.org"_s);
    QCOMPARE(told->arrivalDate, QDateTime(QDate(2026, 11, 21), QTime(17, 41, 47), Qt::UTC));
    QVERIFY(told->returned == Returned::Message);
    QCOMPARE(told->explanation, u"Your message could not be delivered."_s);
    QCOMPARE(told->recipients.size(), 2);

    const RecipientReport &failed = told->recipients.at(0);
    QCOMPARE(failed.finalRecipient.type, "rfc822"_ba);
    QCOMPARE(failed.finalRecipient.address, u"nobody@example.net"_s);
    QCOMPARE(failed.originalRecipient.address, u"old+tag@example.net"_s);
    QVERIFY(failed.action == Action::Failed);
    QCOMPARE(failed.status, "5.1.1"_ba);
    QCOMPARE(failed.remoteMta, u"mx.example.net"_s);
    QCOMPARE(failed.diagnosticType, "smtp"_ba);
    QCOMPARE(failed.diagnosticText,
             u"550 5.1.1 <nobody@example.net>: Recipient address rejected:    User unknown"_s);

    const RecipientReport &delayed = told->recipients.at(1);
    QVERIFY(delayed.action == Action::Delayed);
    QCOMPARE(delayed.status, "4.4.1"_ba);
    QCOMPARE(delayed.lastAttempt, QDateTime(QDate(2026, 11, 21), QTime(18, 41, 47), Qt::UTC));
    QCOMPARE(delayed.willRetryUntil, QDateTime(QDate(2026, 11, 26), QTime(17, 41, 47), Qt::UTC));
}

/// Names in other case, no blank behind the kind, the parts within parts, only the header returned.
void TestReport::exchange_isRead()
{
    const auto told = report(
        "From: postmaster@example.net\r\nIn-Reply-To: <from-header@example.org>\r\n"
        "Content-Type: multipart/report; report-type=delivery-status;\r\n\tboundary=\"out\"\r\n\r\n"
        "--out\r\nContent-Type: multipart/alternative; differences=Content-Type;\r\n\tboundary=\"in\"\r\n\r\n"
        "--in\r\nContent-Type: text/plain; charset=\"us-ascii\"\r\nContent-Transfer-Encoding: "
        "quoted-printable\r\n\r\n"
        "Delivery has failed =\r\nto these recipients\r\n"
        "--in\r\nContent-Type: text/html\r\n\r\n<p>Delivery has failed\r\n--in--\r\n\r\n"
        "--out\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns;MAIL.example.net\r\nReceived-From-MTA: dns;out.example.org\r\n"
        "Arrival-Date: Sat, 21 Nov 2026 17:41:47 +0000\r\n\r\n"
        "Final-recipient: RFC822;nobody@example.net\r\nAction: failed\r\nStatus: 5.1.10\r\n"
        "Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found by SMTP address "
        "lookup\r\n"
        "X-Display-Name: Nobody\r\n\r\n"
        "--out\r\nContent-Type: text/rfc822-headers\r\n\r\nSubject: Hello\r\n\r\n--out--\r\n"_ba);
    QVERIFY(told);
    QCOMPARE(told->reportingMta, u"MAIL.example.net"_s);
    QCOMPARE(told->receivedFromMta, u"out.example.org"_s);
    QCOMPARE(told->messageId, "<from-header@example.org>"_ba);
    QVERIFY(told->returned == Returned::Header);
    QCOMPARE(told->subject, u"Hello"_s);
    QCOMPARE(told->explanation, u"Delivery has failed to these recipients"_s);
    QCOMPARE(told->recipients.size(), 1);
    QCOMPARE(told->recipients.at(0).finalRecipient.address, u"nobody@example.net"_s);
    QCOMPARE(told->recipients.at(0).status, "5.1.10"_ba);
    QCOMPARE(told->recipients.at(0).diagnosticText,
             u"550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found by SMTP address lookup"_s);
}

/// A picture beside the text, and a comment behind the name of the other server.
void TestReport::gmail_isRead()
{
    const auto told = report(
        "From: Mail Delivery Subsystem <mailer-daemon@example.com>\r\nX-Failed-Recipients: "
        "nobody@example.net\r\n"
        "Content-Type: multipart/report; boundary=\"a\"; report-type=delivery-status\r\n\r\n"
        "--a\r\nContent-Type: multipart/related; boundary=\"c\"\r\n\r\n"
        "--c\r\nContent-Type: multipart/alternative; boundary=\"d\"\r\n\r\n"
        "--d\r\nContent-Type: text/plain; charset=\"UTF-8\"\r\n\r\n** Address not found **\r\n"
        "--d--\r\n--c\r\nContent-Type: image/png; name=\"icon.png\"\r\n\r\nx\r\n--c--\r\n"
        "--a\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mail.example.com\r\nArrival-Date: Sat, 21 Nov 2026 09:41:47 -0800 (PST)\r\n"
        "X-Original-Message-ID: <x@example.org>\r\n\r\n"
        "Final-Recipient: rfc822; nobody@example.net\r\nAction: failed\r\nStatus: 5.0.0\r\n"
        "Remote-MTA: dns; mx.example.net. (192.0.2.7, the server for the domain example.net.)\r\n"
        "Diagnostic-Code: smtp; 550-5.7.1 no\r\nLast-Attempt-Date: Sat, 21 Nov 2026 09:41:48 -0800 "
        "(PST)\r\n\r\n"
        "--a\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <m@example.org>\r\n\r\nHi\r\n--a--\r\n"_ba);
    QVERIFY(told);
    QVERIFY(told->form == DeliveryReport::Form::Standard);
    QCOMPARE(told->messageId, "<m@example.org>"_ba);
    QCOMPARE(told->explanation, u"** Address not found **"_s);
    QCOMPARE(told->recipients.size(), 1);
    QCOMPARE(told->recipients.at(0).remoteMta,
             u"mx.example.net. (192.0.2.7, the server for the domain example.net.)"_s);
    QVERIFY(told->recipients.at(0).lastAttempt.isValid());
}

void TestReport::exim_isRead()
{
    const auto told = report(
        "From: Mail Delivery System <Mailer-Daemon@example.org>\nX-Failed-Recipients: nobody@example.net\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=17-eximdsn-8\n\n"
        "--17-eximdsn-8\nContent-type: text/plain; charset=us-ascii\n\nA message could not be delivered.\n\n"
        "--17-eximdsn-8\nContent-type: message/delivery-status\n\nReporting-MTA: dns; example.org\n\n"
        "Action: failed\nFinal-Recipient: rfc822;nobody@example.net\nStatus: 5.0.0\n"
        "Remote-MTA: dns; mx.example.net\nDiagnostic-Code: smtp; 550 no such user\n\n"
        "--17-eximdsn-8\nContent-type: message/rfc822\n\nMessage-Id: <m@example.org>\n\nHi\n--17-eximdsn-8--\n"_ba);
    QVERIFY(told);
    QCOMPARE(told->recipients.size(), 1);
    QVERIFY(told->recipients.at(0).action == Action::Failed);
    QCOMPARE(told->recipients.at(0).diagnosticText, u"550 no such user"_s);
    QCOMPARE(told->messageId, "<m@example.org>"_ba);
}

void TestReport::eximWithoutParts_isRead()
{
    const auto told = report(
        "X-Failed-Recipients: nobody@example.net,\n other@example.com\nSubject: Mail delivery failed\n\n"
        "This message was created automatically.\n\n"
        "  nobody@example.net\n    SMTP error from remote mail server after RCPT TO:<nobody@example.net>:\n"
        "    host mx.example.net [192.0.2.7]: 550 5.1.1 User unknown\n"
        "  \n  other@example.com\n    retry timeout exceeded\n\n"
        "------ This is a copy of the message, including all the headers. ------\n\n"
        "Message-Id: <m@example.org>\nSubject: Hello\n\nHi\n"_ba);
    QVERIFY(told);
    QVERIFY(told->form == DeliveryReport::Form::FailedRecipients);
    QCOMPARE(told->recipients.size(), 2);
    QCOMPARE(told->recipients.at(0).finalRecipient.address, u"nobody@example.net"_s);
    QCOMPARE(told->recipients.at(0).status, "5.1.1"_ba);
    QVERIFY(told->recipients.at(0).diagnosticText.endsWith(u"550 5.1.1 User unknown"_s));
    QVERIFY(told->recipients.at(1).action == Action::Failed);
    QCOMPARE(told->recipients.at(1).diagnosticText, u"retry timeout exceeded"_s);
    QCOMPARE(told->messageId, "<m@example.org>"_ba);
    QVERIFY(told->returned == Returned::Message);
}

void TestReport::qmail_isRead()
{
    const auto told = report("From: MAILER-DAEMON@example.org\nSubject: failure notice\n\n"
                             "Hi. This is the mail program at example.org.\nIt did not work out.\n\n"
                             "<nobody@example.net>:\n192.0.2.7 does not like recipient.\n"
                             "Remote host said: 550 5.1.1 User unknown\nGiving up on 192.0.2.7.\n\n"
                             "<full@example.net>:\nThe mailbox is full. (#5.2.2)\n\n"
                             "--- Below this line is a copy of the message.\n\n"
                             "Return-Path: <ann@example.org>\nMessage-ID: <m@example.org>\n\nHi\n"_ba);
    QVERIFY(told);
    QVERIFY(told->form == DeliveryReport::Form::PlainText);
    QCOMPARE(told->recipients.size(), 2);
    QCOMPARE(told->recipients.at(0).finalRecipient.address, u"nobody@example.net"_s);
    QCOMPARE(told->recipients.at(0).status, "5.1.1"_ba);
    QVERIFY(told->recipients.at(0).action == Action::Failed);
    QCOMPARE(told->recipients.at(1).status, "5.2.2"_ba);
    QCOMPARE(told->messageId, "<m@example.org>"_ba);
}

/// RFC 6533 section 3 in all its forms.
void TestReport::internationalAddress_isDecoded()
{
    const auto ascii = report(
        withStatus("Original-Recipient: utf-8;\\x{4E2D}+\\x{6587}@example.net\r\n"
                   "Final-Recipient: UTF-8; <j\\x{FC}rg\\x{D800}@example.net>\r\nAction: failed\r\n"));
    QVERIFY(ascii);
    QCOMPARE(ascii->recipients.at(0).originalRecipient.type, "utf-8"_ba);
    QCOMPARE(ascii->recipients.at(0).originalRecipient.address, u"中+文@example.net"_s);
    QCOMPARE(ascii->recipients.at(0).finalRecipient.address, u"jürg\\x{D800}@example.net"_s);

    const auto global
        = report("Content-Type: multipart/report; boundary=b\r\n\r\n"
                 "--b\r\nContent-Type: message/global-delivery-status\r\n"
                 "Content-Transfer-Encoding: base64\r\n\r\n"
                 + QByteArray("Final-Recipient: utf-8; 中文@example.net\r\nAction: relayed\r\n").toBase64()
                 + "\r\n--b\r\nContent-Type: message/global-headers\r\n\r\n"
                   "Message-ID: <m@example.org>\r\nSubject: 中文\r\n--b--\r\n");
    QVERIFY(global);
    QCOMPARE(global->recipients.at(0).finalRecipient.address, u"中文@example.net"_s);
    QVERIFY(global->recipients.at(0).action == Action::Relayed);
    QCOMPARE(global->subject, u"中文"_s);
    QVERIFY(global->returned == Returned::Header);
}

void TestReport::brokenStatus_tellsWhatItCan_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QString>("address");
    QTest::addColumn<int>("action");
    QTest::addColumn<QByteArray>("status");
    QTest::newRow("nothing about the message")
        << "Final-Recipient: rfc822; a@x.test\r\nAction: failed\r\nStatus: 5.2.2\r\n"_ba << u"a@x.test"_s
        << int(Action::Failed) << "5.2.2"_ba;
    QTest::newRow("no kinds")
        << "Final-Recipient: <a@x.test>\r\nAction: Failed (really)\r\nStatus: 5.2.2 (full)\r\n"_ba
        << u"a@x.test"_s << int(Action::Failed) << "5.2.2"_ba;
    QTest::newRow("only the original recipient")
        << "Original-Recipient: rfc822;a@x.test\r\nAction: delivered\r\n"_ba << u""_s
        << int(Action::Delivered) << QByteArray();
    QTest::newRow("no action") << "Final-Recipient: rfc822; a@x.test\r\nStatus: 4.7.1\r\n"_ba << u"a@x.test"_s
                               << int(Action::Delayed) << "4.7.1"_ba;
    QTest::newRow("only the server's words")
        << "Final-Recipient: rfc822; a@x.test\r\nDiagnostic-Code: smtp; 550-[192.0.2.7] 5.7.26 no\r\n"_ba
        << u"a@x.test"_s << int(Action::Failed) << "5.7.26"_ba;
    QTest::newRow("only a reply code")
        << "Final-Recipient: rfc822; a@x.test\r\nDiagnostic-Code: 452 192.4.5.3 full\r\n"_ba << u"a@x.test"_s
        << int(Action::Delayed) << QByteArray();
    QTest::newRow("unknown words")
        << "Final-Recipient: rfc822; a@x.test\r\nAction: eaten\r\nStatus: 9.9.9\r\n"_ba << u"a@x.test"_s
        << int(Action::Unknown) << QByteArray();
    QTest::newRow("empty lines and garbage before")
        << "\r\n\r\n--garbage\r\n\r\nReporting-MTA: x\r\n\r\n \r\nFinal-Recipient: rfc822; a@x.test\r\nAction: failed"_ba
        << u"a@x.test"_s << int(Action::Failed) << QByteArray();
}

void TestReport::brokenStatus_tellsWhatItCan()
{
    QFETCH(const QByteArray, fields);
    const auto told = report(withStatus(fields));
    QVERIFY(told);
    QCOMPARE(told->recipients.size(), 1);
    QTEST(told->recipients.at(0).finalRecipient.address, "address");
    QTEST(int(told->recipients.at(0).action), "action");
    QTEST(told->recipients.at(0).status, "status");
}

void TestReport::encodedStatus_isRead()
{
    const auto told = report(
        "Content-Type: message/delivery-status\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        "Final-Recipient: rfc822; a=40x.test\r\nAction: expan=\r\nded\r\n"_ba);
    QVERIFY(told);
    QCOMPARE(told->recipients.at(0).finalRecipient.address, u"a@x.test"_s);
    QVERIFY(told->recipients.at(0).action == Action::Expanded);
}

void TestReport::missingEmptyLines_separateNothing()
{
    const auto told
        = report(withStatus("Reporting-MTA: dns; mx.test\r\n"
                            "Final-Recipient: rfc822; a@x.test\r\nAction: failed\r\nStatus: 5.1.1\r\n"
                            "Final-Recipient: rfc822; b@x.test\r\nAction: delivered\r\nStatus: 2.0.0\r\n"));
    QVERIFY(told);
    QCOMPARE(told->reportingMta, u"mx.test"_s);
    QCOMPARE(told->recipients.size(), 2);
    QVERIFY(told->recipients.at(0).action == Action::Failed);
    QCOMPARE(told->recipients.at(1).finalRecipient.address, u"b@x.test"_s);
    QVERIFY(told->recipients.at(1).action == Action::Delivered);
}

void TestReport::readReceipt_isRead_data()
{
    using Type = DispositionReport::Type;
    using Mode = DispositionReport::Mode;
    QTest::addColumn<QByteArray>("disposition");
    QTest::addColumn<int>("type");
    QTest::addColumn<int>("action");
    QTest::addColumn<int>("sending");
    QTest::addColumn<QList<QByteArray>>("modifiers");
    const QList<QByteArray> none;
    QTest::newRow("by a person") << "manual-action/MDN-sent-manually; displayed"_ba << int(Type::Displayed)
                                 << int(Mode::Manual) << int(Mode::Manual) << none;
    QTest::newRow("by a program") << "automatic-action/MDN-sent-automatically;deleted"_ba
                                  << int(Type::Deleted) << int(Mode::Automatic) << int(Mode::Automatic)
                                  << none;
    QTest::newRow("modifiers") << "Manual-Action / MDN-Sent-Automatically ; Processed / Error, warning"_ba
                               << int(Type::Processed) << int(Mode::Manual) << int(Mode::Automatic)
                               << QList<QByteArray>({ "error", "warning" });
    QTest::newRow("type alone") << "displayed"_ba << int(Type::Displayed) << int(Mode::Unknown)
                                << int(Mode::Unknown) << none;
}

void TestReport::readReceipt_isRead()
{
    QFETCH(const QByteArray, disposition);
    const auto told
        = report("Content-Type: multipart/report; report-type=disposition-notification; boundary=b\r\n\r\n"
                 "--b\r\nContent-Type: message/disposition-notification\r\n\r\nDisposition: "
                 + disposition + "\r\n--b--\r\n");
    QVERIFY(told);
    QVERIFY(told->kind == DeliveryReport::Kind::Disposition);
    QTEST(int(told->disposition.type), "type");
    QTEST(int(told->disposition.action), "action");
    QTEST(int(told->disposition.sending), "sending");
    QTEST(told->disposition.modifiers, "modifiers");
}

void TestReport::readReceipt_namesItsMessage()
{
    const auto told = report(
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\r\n\r\n"
        "--b\r\n\r\nIt was shown.\r\n"
        "--b\r\nContent-Type: message/global-disposition-notification\r\n\r\n"
        "Reporting-UA: joes-pc.example.com; Foomail 97.1\r\n"
        "Original-Recipient: rfc822;bob@example.net\r\n\r\n"
        "Final-Recipient: utf-8;bób@example.net\r\n"
        "Original-Message-ID:\r\n <m@example.org>\r\nError: disk full\r\n"
        "Disposition: manual-action/MDN-sent-manually; failed\r\n"
        "--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <other@example.org>\r\n\r\n--b--\r\n"_ba);
    QVERIFY(told);
    QCOMPARE(told->messageId, "<m@example.org>"_ba);
    QCOMPARE(told->explanation, u"It was shown."_s);
    QCOMPARE(told->disposition.reportingAgent, u"joes-pc.example.com; Foomail 97.1"_s);
    QCOMPARE(told->disposition.originalRecipient.address, u"bob@example.net"_s);
    QCOMPARE(told->disposition.finalRecipient.address, u"bób@example.net"_s);
    QCOMPARE(told->disposition.errors, QStringList({ u"disk full"_s }));
    QVERIFY(told->disposition.type == DispositionReport::Type::Failed);
    QVERIFY(told->returned == Returned::Header);
}

void TestReport::returnedMessage_canBeRead()
{
    const auto message = readMessage(Postfix.toByteArray());
    QVERIFY(message);
    const auto returned = returnedMessage(*message);
    QVERIFY(returned);
    QVERIFY(returned->content == ReturnedMessage::Content::Whole);
    QCOMPARE(returned->message.text().value_or(QString()), u"Hello\n"_s);
}

void TestReport::returnedHeader_isAllThereIs()
{
    const auto message = readMessage(Postfix.toByteArray().replace("message/rfc822", "text/rfc822-headers"));
    QVERIFY(message);
    const auto returned = returnedMessage(*message);
    QVERIFY(returned);
    QVERIFY(returned->content == ReturnedMessage::Content::HeaderOnly);
    QCOMPARE(returned->message.header().text("Subject"), u"Grüße"_s);
}

void TestReport::encodedReturnedMessage_isRead()
{
    const auto told = report(
        "Content-Type: multipart/report; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822;a@x.test\r\n\r\n"
        "--b\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + QByteArray("Message-ID: <m@example.org>\r\n\r\nHi\r\n").toBase64() + "\r\n--b--\r\n");
    QVERIFY(told);
    QCOMPARE(told->messageId, "<m@example.org>"_ba);
    QVERIFY(told->returned == Returned::Message);
}

void TestReport::otherMessage_isNoReport_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a letter") << "Subject: Hi. This is the\r\n\r\nHi. This is Bob.\r\n"_ba;
    QTest::newRow("a report without its part")
        << "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nSorry\r\n--b--\r\n"_ba;
    QTest::newRow("empty status") << withStatus(QByteArray());
    QTest::newRow("no recipient") << withStatus("Reporting-MTA: dns; mx.test\r\n\r\nAction: failed\r\n");
}

void TestReport::otherMessage_isNoReport()
{
    QFETCH(const QByteArray, octets);
    const auto told = report(octets);
    QVERIFY(!told);
    QVERIFY(told.error().kind == ReadError::Kind::NotAReport);
}

/// Someone sends a report on to ask about it.
void TestReport::attachedReport_isNotThisOne()
{
    const auto told = report("Content-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\n\r\nWhat is this?\r\n"
                             "--o\r\nContent-Type: message/rfc822\r\n\r\n"
                             + Postfix.toByteArray() + "\r\n--o--\r\n");
    QVERIFY(!told);
}

QTEST_GUILESS_MAIN(TestReport)
#include "tst_report.moc"
