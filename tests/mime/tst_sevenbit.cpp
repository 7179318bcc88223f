// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/encoding/sevenbit.h"

#include <QBuffer>
#include <QTest>

#include <algorithm>

using namespace postrider;
using Kind = mime::ConversionError::Kind;

namespace {

base::Expected<mime::WrittenMessage, mime::ConversionError> convert(QByteArray message, QByteArray &converted)
{
    QBuffer input(&message);
    input.open(QIODevice::ReadOnly);
    QBuffer output(&converted);
    output.open(QIODevice::WriteOnly);
    return mime::toSevenBit(input, output);
}

/// With the line ends of the wire.
QByteArray crlf(const char *lines)
{
    return QByteArray(lines).replace("\n", "\r\n");
}

} // namespace

class SevenBitTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void convertedMessage_data();
    void convertedMessage();
    void whatHasNoSevenBitForm_isRefused_data();
    void whatHasNoSevenBitForm_isRefused();
    void aLargeFile_comesBackWhole_data();
    void aLargeFile_comesBackWhole();
    void partsWithinParts_haveAnEnd();
};

void SevenBitTest::convertedMessage_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("expected");

    const QByteArray plain = crlf("Subject: x\nContent-Transfer-Encoding: 7bit\n\nHello\n\n.dot\n");
    QTest::newRow("nothing above 127") << plain << crlf("Subject: x\n\nHello\n\n.dot\n");
    QTest::newRow("text")
        << crlf("MIME-Version: 1.0\nContent-Type: text/plain; charset=iso-8859-1\n"
                "Content-Transfer-Encoding: 8bit\nSubject: x\n\nGr\xfc\xdf"
                "e \nFrom = a\n")
        << crlf("MIME-Version: 1.0\nContent-Type: text/plain; charset=iso-8859-1\nSubject: x\n"
                "Content-Transfer-Encoding: quoted-printable\n\nGr=FC=DFe=20\n=46rom =3D a\n");
    QTest::newRow("text without a type is declared")
        << crlf("Subject: x\n\nGr\xc3\xbc\xc3\x9f"
                "e")
        << crlf("Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
                "Content-Transfer-Encoding: quoted-printable\n\nGr=C3=BC=C3=9Fe");
    QTest::newRow("text in no charset we know")
        << crlf("Subject: x\n\n\xfc\n")
        << crlf("Subject: x\nMIME-Version: 1.0\n"
                "Content-Type: text/plain; charset=unknown-8bit\n"
                "Content-Transfer-Encoding: quoted-printable\n\n=FC\n");
    QTest::newRow("a tree")
        << crlf("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"out er\"\n"
                "Content-Transfer-Encoding: 8bit\n\npreamble\n--out er\n"
                "Content-Type: multipart/alternative;\n boundary=in\n\n--in\n"
                "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: "
                "8bit\n\n\xc3\xa9\n\n--in\n"
                "Content-Type: text/html; charset=us-ascii\n\n<p>e\n--in--\n\n--out er\n"
                "Content-Type: application/octet-stream\nContent-Transfer-Encoding: 8bit\n\n\xff\xfe\nx\n"
                "--out er\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\nAAAA\n"
                "--out er--\nepilogue\n")
        << crlf("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"out er\"\n\n"
                "preamble\n--out er\nContent-Type: multipart/alternative;\n boundary=in\n\n--in\n"
                "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
                "=C3=A9\n\n--in\nContent-Type: text/html; charset=us-ascii\n\n<p>e\n--in--\n\n--out er\n"
                "Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n//4NCng=\n"
                "--out er\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\nAAAA\n"
                "--out er--\nepilogue\n");
    QTest::newRow("a message inside")
        << crlf("MIME-Version: 1.0\nContent-Type: message/rfc822\nContent-Transfer-Encoding: 8bit\n\n"
                "Subject: inner\n\n\xc3\xa9\n")
        << crlf("MIME-Version: 1.0\nContent-Type: message/rfc822\n\nSubject: inner\nMIME-Version: 1.0\n"
                "Content-Type: text/plain; charset=utf-8\n"
                "Content-Transfer-Encoding: quoted-printable\n\n=C3=A9\n");
    const QByteArray isSigned
        = crlf("MIME-Version: 1.0\nContent-Type: multipart/signed; boundary=b; protocol=\"x/y\"\n\n--b\n"
               "Content-Type: text/plain\n\nsigned \n--b\nContent-Type: x/y\n\nseal\n--b--\n");
    QTest::newRow("signed and clean") << isSigned << isSigned;
    const QByteArray cut
        = crlf("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\ntext");
    QTest::newRow("cut off") << cut << cut;
}

void SevenBitTest::convertedMessage()
{
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, expected);
    QByteArray converted;
    const auto written = convert(message, converted);
    QVERIFY2(written, written ? "" : qPrintable(written.error().reason));
    QCOMPARE(converted, expected);
    QCOMPARE(written->size, expected.size());
    QVERIFY(written->content == mime::WrittenMessage::Content::SevenBit);
}

void SevenBitTest::whatHasNoSevenBitForm_isRefused_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("header") << crlf("Subject: \xc3\xa9\n\nx\n");
    QTest::newRow("header of a part") << crlf(
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Description: \xc3\xa9\n\nx\n--b--\n");
    QTest::newRow("signed") << crlf("Content-Type: multipart/signed; boundary=b; "
                                    "protocol=\"x/y\"\n\n--b\n\n\xc3\xa9\n--b\n\nseal\n--b--\n");
    QTest::newRow("signed, within") << crlf("Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: "
                                            "multipart/signed; boundary=b\n\n--b\n\n"
                                            "\xc3\xa9\n--b--\n--a--\n");
    QTest::newRow("encoded already") << crlf(
        "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n\xc3\xa9\n");
    QTest::newRow("preamble") << crlf(
        "Content-Type: multipart/mixed; boundary=b\n\n\xc3\xa9\n--b\n\nx\n--b--\n");
    QTest::newRow("no boundary") << crlf("Content-Type: multipart/mixed\n\n--b\n\n\xc3\xa9\n--b--\n");
    QTest::newRow("two types") << crlf("Content-Type: text/plain\nContent-Type: text/html\n\n\xc3\xa9\n");
    QTest::newRow("part of a message") << crlf("Content-Type: message/partial; id=1\n\n\xc3\xa9\n");
}

void SevenBitTest::whatHasNoSevenBitForm_isRefused()
{
    QFETCH(QByteArray, message);
    QByteArray converted;
    const auto written = convert(message, converted);
    QVERIFY(!written);
    QVERIFY(written.error().kind == Kind::NotConvertible);
    QVERIFY(!written.error().reason.isEmpty());
}

void SevenBitTest::aLargeFile_comesBackWhole_data()
{
    QTest::addColumn<int>("lines");
    // Around the size of a block.
    for (const int lines : { 0, 1, 999, 1000, 1001, 5000 })
        QTest::addRow("%d", lines) << lines;
}

void SevenBitTest::aLargeFile_comesBackWhole()
{
    QFETCH(int, lines);
    QByteArray body = "\xff";
    for (int i = 0; i < lines; ++i)
        body += QByteArray::number(i).rightJustified(55, '.') + "\r\n";
    const QByteArray head = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
                            "Content-Type: application/x\r\nContent-Transfer-Encoding: binary\r\n\r\n";
    QByteArray converted;
    QVERIFY(convert(head + body + "\r\n--b--\r\n", converted));
    const qsizetype begin = converted.indexOf("base64\r\n\r\n") + 10;
    const qsizetype end = converted.indexOf("\r\n--b--");
    QVERIFY(begin > 10 && end > begin);
    const QByteArray encoded = converted.mid(begin, end - begin);
    const QList<QByteArray> encodedLines = encoded.split('\n');
    QVERIFY(std::all_of(encodedLines.begin(), encodedLines.end(),
                        [](const QByteArray &line) { return line.size() <= 77; }));
    QCOMPARE(QByteArray::fromBase64(QByteArray(encoded).replace("\r\n", "")), body);
}

void SevenBitTest::partsWithinParts_haveAnEnd()
{
    QByteArray message;
    for (int level = 0; level < 10'000; ++level)
        message += "Content-Type: message/rfc822\r\n\r\n";
    message += "\xc3\xa9";
    QByteArray converted;
    QVERIFY(!convert(message, converted));
}

QTEST_GUILESS_MAIN(SevenBitTest)
#include "tst_sevenbit.moc"
