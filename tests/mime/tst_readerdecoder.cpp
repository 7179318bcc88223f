// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/encoding/base64lines.h"
#include "mime/encoding/transferencoding.h"
#include "mime/reader/transferdecoder.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::mime;

namespace {

QByteArray decoded(TransferDecoder &decoder, QByteArrayView octets, qsizetype blockSize)
{
    QByteArray result;
    for (qsizetype begin = 0; begin < octets.size(); begin += blockSize)
        result += decoder.decode(octets.sliced(begin, std::min(blockSize, octets.size() - begin)));
    return result + decoder.finish().toByteArray();
}

} // namespace

class TestReaderDecoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void base64_isRead_data();
    void base64_isRead();
    void quotedPrintable_isRead_data();
    void quotedPrintable_isRead();
    void whatWeEncode_comesBack();
    void endlessLine_isReadInBlocks();
};

void TestReaderDecoder::base64_isRead_data()
{
    QTest::addColumn<QByteArray>("encoded");
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<bool>("isDamaged");
    QTest::newRow("empty") << QByteArray() << QByteArray() << false;
    QTest::newRow("whole") << "SGVsbG8h"_ba
                           << "Hello!"_ba << false;
    QTest::newRow("padding") << "SGVsbG8hIQ=="_ba
                             << "Hello!!"_ba << false;
    QTest::newRow("lines") << "SGVs\r\nbG8\r\n=\r\n"_ba
                           << "Hello"_ba << false;
    QTest::newRow("padding missing") << "SGVsbG8"_ba
                                     << "Hello"_ba << true;
    QTest::newRow("one character too much") << "SGVsbG8hS"_ba
                                            << "Hello!"_ba << true;
    QTest::newRow("junk") << "SG!Vs\0\xFF"
                             "b-G8h"_ba
                          << "Hello!"_ba << true;
    QTest::newRow("two bodies put together") << "SGVsbG8=\r\nIGFsbA==\r\n"_ba
                                             << "Hello all"_ba << false;
    QTest::newRow("padding alone") << "===="_ba << QByteArray() << true;
}

void TestReaderDecoder::base64_isRead()
{
    QFETCH(const QByteArray, encoded);
    for (qsizetype blockSize = 1; blockSize <= encoded.size() + 1; ++blockSize) {
        TransferDecoder decoder(TransferEncoding::Base64);
        QTEST(decoded(decoder, encoded, blockSize), "octets");
        QTEST(decoder.isDamaged(), "isDamaged");
    }
}

void TestReaderDecoder::quotedPrintable_isRead_data()
{
    QTest::addColumn<QByteArray>("encoded");
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<bool>("isDamaged");
    QTest::newRow("plain") << "Hello\r\nall\r\n"_ba
                           << "Hello\r\nall\r\n"_ba << false;
    QTest::newRow("escapes of either case") << "=C3=A9=e2=82=AC=3D"_ba
                                            << "\xC3\xA9\xE2\x82\xAC="_ba << false;
    QTest::newRow("soft line break") << "a=\r\nb=\nc"_ba
                                     << "abc"_ba << false;
    QTest::newRow("soft line break with blanks behind") << "a= \t\r\nb"_ba
                                                        << "ab"_ba << false;
    QTest::newRow("soft line break at the end") << "a="_ba
                                                << "a"_ba << false;
    QTest::newRow("soft line break by CR alone") << "a=\rb"_ba
                                                 << "ab"_ba << false;
    QTest::newRow("blanks before a line end") << "a \t\r\nb  "_ba
                                              << "a\r\nb"_ba << false;
    QTest::newRow("encoded blank before a line end") << "a=20\r\n"_ba
                                                     << "a \r\n"_ba << false;
    QTest::newRow("no escape") << "1=1, =XY, =4"_ba
                               << "1=1, =XY, =4"_ba << true;
    QTest::newRow("raw octets") << "\xC3\xA9\0"_ba
                                << "\xC3\xA9\0"_ba << false;
}

void TestReaderDecoder::quotedPrintable_isRead()
{
    QFETCH(const QByteArray, encoded);
    for (qsizetype blockSize = 1; blockSize <= encoded.size() + 1; ++blockSize) {
        TransferDecoder decoder(TransferEncoding::QuotedPrintable);
        QTEST(decoded(decoder, encoded, blockSize), "octets");
        QTEST(decoder.isDamaged(), "isDamaged");
    }
}

void TestReaderDecoder::whatWeEncode_comesBack()
{
    QRandomGenerator random(20261121);
    for (int i = 0; i < 300; ++i) {
        QByteArray octets(random.bounded(5000), Qt::Uninitialized);
        for (char &octet : octets)
            octet = static_cast<char>(random.bounded(256));
        const qsizetype blockSize = random.bounded(1, 3000);
        TransferDecoder base64(TransferEncoding::Base64);
        QCOMPARE(decoded(base64, toBase64Lines(octets), blockSize), octets);
        QVERIFY(!base64.isDamaged());

        // Line ends are CRLF in what quoted-printable takes.
        octets.replace('\r', ' ').replace('\n', "\r\n");
        TransferDecoder printable(TransferEncoding::QuotedPrintable);
        QCOMPARE(decoded(printable, toQuotedPrintable(octets), blockSize), octets);
        QVERIFY(!printable.isDamaged());
    }
}

void TestReaderDecoder::endlessLine_isReadInBlocks()
{
    constexpr qsizetype BlockSize = 1000;
    QByteArray encoded;
    QByteArray octets;
    for (int i = 0; i < 100'000; ++i) {
        encoded += "a =C3=A9";
        octets += "a \xC3\xA9";
    }
    TransferDecoder decoder(TransferEncoding::QuotedPrintable);
    qsizetype longest = 0;
    QByteArray result;
    for (qsizetype begin = 0; begin < encoded.size(); begin += BlockSize) {
        const QByteArrayView piece = decoder.decode(QByteArrayView(encoded).sliced(begin, BlockSize));
        longest = std::max(longest, piece.size());
        result += piece;
    }
    QCOMPARE(result + decoder.finish().toByteArray(), octets);
    QVERIFY(longest < 100'000);

    // A run of blanks in which nothing can be told for long.
    const QByteArray blanks = 'a' + QByteArray(1'000'000, ' ') + 'b';
    TransferDecoder other(TransferEncoding::QuotedPrintable);
    QCOMPARE(decoded(other, blanks, BlockSize), blanks);
}

QTEST_GUILESS_MAIN(TestReaderDecoder)
#include "tst_readerdecoder.moc"
