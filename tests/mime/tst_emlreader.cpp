// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/emlreader.h"

#include <QBuffer>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::mime;

namespace {

Stamp fixedStamp()
{
    return {
        .messageId = "<added@example.org>",
        .date = QDateTime(QDate(2026, 11, 21), QTime(17, 41, 47), Qt::UTC),
    };
}

constexpr QByteArrayView Complete = "Date: Fri, 20 Nov 2026 10:00:00 +0000\r\n"
                                    "Message-ID: <own@example.net>\r\n";

postrider::base::Expected<EmlHeader, EmlError> header(const QByteArray &octets)
{
    QBuffer input;
    input.setData(octets);
    input.open(QIODevice::ReadOnly);
    return readEmlHeader(input);
}

QByteArray copied(const QByteArray &octets)
{
    QBuffer input;
    input.setData(octets);
    input.open(QIODevice::ReadOnly);
    QBuffer output;
    output.open(QIODevice::WriteOnly);
    const auto result = copyEml(input, fixedStamp(), output);
    if (!result)
        return "not copied";
    return result->size == output.data().size() ? output.data() : "wrong size"_ba;
}

WrittenMessage kindOf(const QByteArray &octets)
{
    QBuffer input;
    input.setData(octets);
    input.open(QIODevice::ReadOnly);
    QBuffer output;
    output.open(QIODevice::WriteOnly);
    return copyEml(input, fixedStamp(), output).value_or(WrittenMessage());
}

/// Hands out one octet at a time and cannot seek, like a pipe.
class Trickle : public QIODevice
{
public:
    explicit Trickle(const QByteArray &octets)
        : m_octets(octets)
    {
        open(QIODevice::ReadOnly);
    }
    [[nodiscard]] bool isSequential() const override { return true; }

protected:
    qint64 readData(char *data, qint64 size) override
    {
        if (m_position == m_octets.size() || size == 0)
            return 0;
        *data = m_octets.at(m_position++);
        return 1;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_octets;
    qsizetype m_position = 0;
};

} // namespace

class TestEmlReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fields_areDecoded();
    void anyLineEnd_isRead_data();
    void anyLineEnd_isRead();
    void badAddress_namesItsField();
    void noMessage_isRefused_data();
    void noMessage_isRefused();
    void copy_isMadeAs_data();
    void copy_isMadeAs();
    void copyOfAPipe_isTheSame();
    void largeBody_isCopiedAcrossBlocks();
    void eightBitOctets_areReportedByPlace();
    void fullDisk_isReported();
};

void TestEmlReader::fields_areDecoded()
{
    const auto result = header("From: =?utf-8?Q?J=C3=BCrgen?= <j@example.org>\r\n"
                               "TO: Bob <bob@example.net>,\r\n"
                               "\t\"=?ISO-8859-1?Q?Andr=E9?= P.\" <a@example.net>\r\n"
                               "To: second@example.net\r\n"
                               "Cc : team: c@example.net, d@example.net;\r\n"
                               "Bcc: undisclosed:;\r\n"
                               "bcc: e@example.net\r\n"
                               "Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\n"
                               " =?utf-8?Q?_aus?=\r\n"
                               "  Bonn\r\n"
                               "Message-Id:\r\n <id@example.net>\r\n"
                               "\r\n"
                               "To: not@header.test\r\n"_ba);
    QVERIFY(result);
    QCOMPARE(result->from.size(), 1);
    QCOMPARE(result->from.at(0).toDisplayString(), u"\"Jürgen\" <j@example.org>"_s);
    QCOMPARE(result->to.size(), 3);
    QCOMPARE(result->to.at(1).name, u"André P."_s);
    QCOMPARE(result->to.at(2).address(), u"second@example.net"_s);
    QCOMPARE(result->cc.size(), 2);
    QCOMPARE(result->bcc.size(), 1);
    QCOMPARE(result->subject, u"Grüße aus  Bonn"_s);
    QCOMPARE(result->messageId, "<id@example.net>"_ba);
}

void TestEmlReader::anyLineEnd_isRead_data()
{
    QTest::addColumn<QByteArray>("lineEnd");
    QTest::newRow("CRLF") << "\r\n"_ba;
    QTest::newRow("LF") << "\n"_ba;
    QTest::newRow("CR") << "\r"_ba;
}

void TestEmlReader::anyLineEnd_isRead()
{
    QFETCH(const QByteArray, lineEnd);
    const QByteArray message = Complete
        + "From: a@x.test\r\nTo: b@y.test,\r\n c@y.test\r\nSubject: one\r\n two\r\n\r\nbody\r\n\r\n.\r\n";
    const QByteArray other = QByteArray(message).replace("\r\n", lineEnd);
    const auto result = header(other);
    QVERIFY(result);
    QCOMPARE(result->to.size(), 2);
    QCOMPARE(result->subject, u"one two"_s);
    QCOMPARE(copied(other), message);
}

void TestEmlReader::badAddress_namesItsField()
{
    const auto result = header("From: a@x.test\r\nCC: b@y.test, joe\r\n\r\n"_ba);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, EmlError::Kind::BadAddress);
    QCOMPARE(result.error().subject, u"CC"_s);
    QCOMPARE(result.error().reason, u"joe"_s);
}

void TestEmlReader::noMessage_isRefused_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("empty line first") << "\r\nTo: a@x.test\r\n"_ba;
    QTest::newRow("text") << "Hello world\r\nTo: a@x.test\r\n\r\n"_ba;
    QTest::newRow("continuation first") << " x\r\nTo: a@x.test\r\n\r\n"_ba;
    QTest::newRow("picture") << "\x89PNG\r\n\x1A\n\0\0"_ba;
    QTest::newRow("mailbox separator alone") << "From a@x.test Sat Nov 21 17:41:47 2026\n\n"_ba;
    QTest::newRow("header without end") << QByteArray("X: " + QByteArray(17 * 1024 * 1024, 'x'));
}

void TestEmlReader::noMessage_isRefused()
{
    QFETCH(const QByteArray, octets);
    const auto result = header(octets);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, EmlError::Kind::NotAMessage);
    QCOMPARE(copied(octets), "not copied"_ba);
}

void TestEmlReader::copy_isMadeAs_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QByteArray>("copy");

    const QByteArray whole = Complete + "To: a@x.test\r\n\r\nbody\r\n";
    QTest::newRow("nothing to do") << whole << whole;
    QTest::newRow("odd but legal octets")
        << QByteArray(Complete
                      + "Subject:  =?x?=   \r\n\t folded \r\nX-ODD :\xFF\r\n\r\n\x80\0 .\r\n..\r\n"_ba)
        << QByteArray(Complete
                      + "Subject:  =?x?=   \r\n\t folded \r\nX-ODD :\xFF\r\n\r\n\x80\0 .\r\n..\r\n"_ba);
    QTest::newRow("no body") << QByteArray(Complete + "To: a@x.test\r\n")
                             << QByteArray(Complete + "To: a@x.test\r\n");
    QTest::newRow("last line not ended")
        << QByteArray(Complete + "\r\nbody") << QByteArray(Complete + "\r\nbody");
    QTest::newRow("last header line not ended")
        << QByteArray(Complete + "To: a@x.test") << QByteArray(Complete + "To: a@x.test\r\n");
    QTest::newRow("Bcc and Return-Path")
        << QByteArray("Return-Path: <a@x.test>\r\n" + Complete
                      + "Bcc: b@y.test,\r\n c@y.test,\r\n\td@y.test\r\nTo: a@x.test\r\nBCC : e@y.test\r\n"
                        "Resent-Bcc: f@y.test\r\n\r\nBcc: stays\r\n")
        << QByteArray(Complete + "To: a@x.test\r\n\r\nBcc: stays\r\n");
    QTest::newRow("Bcc behind a broken line")
        << QByteArray(Complete + "broken line\r\nBcc: b@y.test\r\nTo: a@x.test\r\n\r\n")
        << QByteArray(Complete + "broken line\r\nTo: a@x.test\r\n\r\n");
    QTest::newRow("broken line behind Bcc")
        << QByteArray(Complete + "Bcc: b@y.test,\r\nc@y.test\r\n d@y.test\r\nTo: a@x.test\r\n\r\n")
        << QByteArray(Complete + "To: a@x.test\r\n\r\n");
    QTest::newRow("broken line behind a first line that goes")
        << QByteArray("Return-Path: <a@x.test>\r\nbroken line\r\n" + Complete + "\r\n")
        << QByteArray(Complete + "\r\n");
    QTest::newRow("Date and Message-ID missing") << "To: a@x.test\n\nbody\n"_ba
                                                 << "Date: Sat, 21 Nov 2026 17:41:47 +0000\r\n"
                                                    "Message-ID: <added@example.org>\r\n"
                                                    "To: a@x.test\r\n\r\nbody\r\n"_ba;
    QTest::newRow("Date missing")
        << "message-id: <x@y.test>\r\n\r\n"_ba
        << "Date: Sat, 21 Nov 2026 17:41:47 +0000\r\nmessage-id: <x@y.test>\r\n\r\n"_ba;
    QTest::newRow("mailbox separator")
        << QByteArray("From a@x.test Sat Nov 21 17:41:47 2026\r\n" + whole) << whole;
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF" + whole) << whole;
    QTest::newRow("CRLF made CRCRLF") << QByteArray(whole).replace("\r\n", "\r\r\n") << whole;
    QTest::newRow("empty line lost") << QByteArray(Complete + "Hello\r\nBob\r\n\r\nBcc: stays\r\n")
                                     << QByteArray(Complete + "Hello\r\nBob\r\n\r\nBcc: stays\r\n");
    QTest::newRow("mixed line ends") << QByteArray(Complete + "\r\na\nb\rc\r\nd\n\re\r")
                                     << QByteArray(Complete + "\r\na\r\nb\r\nc\r\nd\r\n\r\ne\r\n");
}

void TestEmlReader::copy_isMadeAs()
{
    QFETCH(const QByteArray, octets);
    QFETCH(const QByteArray, copy);
    QCOMPARE(copied(octets), copy);
    QCOMPARE(copied(copy), copy);
}

void TestEmlReader::copyOfAPipe_isTheSame()
{
    const QByteArray message = Complete + "Bcc: b@y.test\rTo: a@x.test\r\n\r\na\nb\rc\r\n";
    Trickle input(message);
    QBuffer output;
    output.open(QIODevice::WriteOnly);
    QVERIFY(copyEml(input, fixedStamp(), output));
    QCOMPARE(output.data(), copied(message));
}

void TestEmlReader::largeBody_isCopiedAcrossBlocks()
{
    // Line ends of two octets fall on every possible place around the ends of the blocks that are read.
    for (qsizetype shift = 0; shift < 4; ++shift) {
        const QByteArray message
            = Complete + "\r\n" + QByteArray(shift, 'x') + QByteArray("abc\r\n").repeated(50'000);
        QCOMPARE(copied(message), message);
        QCOMPARE(copied(QByteArray(message).replace("\r\n", "\r")), message);
    }
}

void TestEmlReader::eightBitOctets_areReportedByPlace()
{
    using Content = WrittenMessage::Content;
    using Header = WrittenMessage::Header;
    QCOMPARE(kindOf("To: a@x.test\n\nbody\n"_ba).content, Content::SevenBit);
    const WrittenMessage body = kindOf("To: a@x.test\n\n\xC3\xA9\n"_ba);
    QCOMPARE(body.content, Content::EightBit);
    QCOMPARE(body.header, Header::Ascii);
    const WrittenMessage subject = kindOf("Subject: \xC3\xA9\n\nbody\n"_ba);
    QCOMPARE(subject.content, Content::EightBit);
    QCOMPARE(subject.header, Header::Utf8);
    QCOMPARE(kindOf("To: a@x.test\nBcc: \xC3\xA9@x.test\n\nbody\n"_ba).content, Content::SevenBit);
}

void TestEmlReader::fullDisk_isReported()
{
    QBuffer input;
    input.setData(Complete + "\r\nbody\r\n");
    input.open(QIODevice::ReadOnly);
    QBuffer closed;
    closed.open(QIODevice::ReadOnly);
    QTest::ignoreMessage(QtWarningMsg, "QIODevice::write (QBuffer): ReadOnly device");
    const auto result = copyEml(input, fixedStamp(), closed);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, EmlError::Kind::OutputFailed);
}

QTEST_GUILESS_MAIN(TestEmlReader)
#include "tst_emlreader.moc"
