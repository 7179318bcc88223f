// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/encoding/transferencoding.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace postrider::mime;

namespace {

/// An independent reading of RFC 2045 section 6.7.
QByteArray fromQuotedPrintable(QByteArray encoded)
{
    encoded.replace("=\r\n", "");
    QByteArray result;
    for (qsizetype i = 0; i < encoded.size(); ++i) {
        if (encoded.at(i) == '=') {
            result += QByteArray::fromHex(encoded.sliced(i + 1, 2));
            i += 2;
        } else {
            result += encoded.at(i);
        }
    }
    return result;
}

qsizetype longestLine(const QByteArray &octets)
{
    qsizetype longest = 0;
    for (QByteArray line : octets.split('\n')) {
        if (line.endsWith('\r'))
            line.chop(1);
        longest = std::max(longest, line.size());
    }
    return longest;
}

} // namespace

class TestTransferEncoding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lineEnds_becomeCrlf_data();
    void lineEnds_becomeCrlf();
    void text_takesTheRightEncoding_data();
    void text_takesTheRightEncoding();
    void textWithTheBoundary_isEncoded();
    void halfACharacter_becomesTheReplacementCharacter();
    void quotedPrintable_isWrittenAs_data();
    void quotedPrintable_isWrittenAs();
    void quotedPrintable_readsBackTheSameFromShortLines();
    void anyOctets_readBackFromQuotedPrintable();
    void base64Lines_haveSeventySixColumns_data();
    void base64Lines_haveSeventySixColumns();
};

void TestTransferEncoding::lineEnds_becomeCrlf_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");

    QTest::newRow("nothing") << QString() << QString();
    QTest::newRow("no line end") << u"a"_s << u"a\r\n"_s;
    QTest::newRow("all kinds") << u"a\nb\rc\r\nd\n\re\r\n"_s << u"a\r\nb\r\nc\r\nd\r\n\r\ne\r\n"_s;
    QTest::newRow("separators of Unicode") << u"a\u2028b\u2029c"_s << u"a\r\nb\r\nc\r\n"_s;
    QTest::newRow("empty lines at the end") << u"a\n\n\n"_s << u"a\r\n\r\n\r\n"_s;
}

void TestTransferEncoding::lineEnds_becomeCrlf()
{
    QFETCH(const QString, text);
    QFETCH(const QString, expected);
    QCOMPARE(withCrlfLineEnds(text), expected);
}

void TestTransferEncoding::text_takesTheRightEncoding_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("charset");
    QTest::addColumn<QByteArray>("encoding");

    QTest::newRow("nothing") << QString() << "us-ascii"_ba
                             << "7bit"_ba;
    QTest::newRow("ASCII") << u"Hello\n\tworld  \n.\nFrom here\n"_s << "us-ascii"_ba
                           << "7bit"_ba;
    QTest::newRow("998 columns") << QString(998, u'x') << "us-ascii"_ba
                                 << "7bit"_ba;
    QTest::newRow("999 columns") << QString(999, u'x') << "us-ascii"_ba
                                 << "quoted-printable"_ba;
    QTest::newRow("NUL") << u"a\0b"_s << "us-ascii"_ba
                         << "quoted-printable"_ba;
    QTest::newRow("escape") << u"a\x1B[0m"_s << "us-ascii"_ba
                            << "quoted-printable"_ba;
    QTest::newRow("German") << u"Schöne Grüße aus Köln\n"_s << "utf-8"_ba
                            << "quoted-printable"_ba;
    QTest::newRow("Russian") << u"Привет из Москвы, как дела?\n"_s.repeated(4) << "utf-8"_ba
                             << "base64"_ba;
    QTest::newRow("Japanese") << u"日本語の文章\n"_s.repeated(4) << "utf-8"_ba
                              << "base64"_ba;
}

void TestTransferEncoding::text_takesTheRightEncoding()
{
    QFETCH(const QString, text);
    QFETCH(const QByteArray, charset);
    QFETCH(const QByteArray, encoding);
    const EncodedText encoded = encodeText(text);
    QCOMPARE(encoded.charset, charset);
    QCOMPARE(encoded.encoding, encoding);
    QByteArray decoded = encoded.octets;
    if (encoding == "quoted-printable")
        decoded = fromQuotedPrintable(decoded);
    else if (encoding == "base64")
        decoded = QByteArray::fromBase64(decoded.replace("\r\n", ""));
    QCOMPARE(QString::fromUtf8(decoded), withCrlfLineEnds(text));
    QVERIFY(encoded.octets.isEmpty() || encoded.octets.endsWith("\r\n"));
    QVERIFY(encoding == "7bit" || longestLine(encoded.octets) <= 76);
}

void TestTransferEncoding::halfACharacter_becomesTheReplacementCharacter()
{
    const QString half(QChar(0xDE00));
    QCOMPARE(encodeText(u"a"_s + half + u"b"_s).octets, "a=EF=BF=BDb\r\n"_ba);
    QCOMPARE(encodeText(u"🎉"_s, TextTransport { .octets = BodyOctets::EightBit }).octets, "🎉\r\n"_ba);
}

void TestTransferEncoding::textWithTheBoundary_isEncoded()
{
    const EncodedText encoded = encodeText(u"look: --=_cafe\n"_s, "=_cafe");
    QCOMPARE(encoded.encoding, "quoted-printable"_ba);
    QVERIFY(!encoded.octets.contains("=_cafe"));
}

void TestTransferEncoding::quotedPrintable_isWrittenAs_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("encoded");

    QTest::newRow("equals sign") << "a=b"_ba
                                 << "a=3Db"_ba;
    QTest::newRow("upper-case digits") << "\xC3\xBF"_ba
                                       << "=C3=BF"_ba;
    QTest::newRow("space at a line end") << "a \r\nb\t\r\nc "_ba
                                         << "a=20\r\nb=09\r\nc=20"_ba;
    QTest::newRow("blanks inside") << "a \tb"_ba
                                   << "a \tb"_ba;
    QTest::newRow("bare CR and LF") << "a\rb\nc"_ba
                                    << "a=0Db=0Ac"_ba;
    QTest::newRow("dot alone") << ".\r\n..\r\n.a\r\n."_ba
                               << "=2E\r\n..\r\n.a\r\n=2E"_ba;
    QTest::newRow("From") << "From x\r\n>From x\r\nFromage\r\n"_ba
                          << "=46rom x\r\n>From x\r\nFromage\r\n"_ba;
    QTest::newRow("76 columns") << QByteArray(QByteArray(76, 'x') + "\r\n")
                                << QByteArray(QByteArray(76, 'x') + "\r\n");
    QTest::newRow("77 columns") << QByteArray(QByteArray(77, 'x') + "\r\n")
                                << QByteArray(QByteArray(75, 'x') + "=\r\nxx\r\n");
    // RFC 2045 section 6.7, example: a short line has no need of soft breaks.
    QTest::newRow("Now's the time") << "Now's the time for all folk to come to the aid of their country."_ba
                                    << "Now's the time for all folk to come to the aid of their country."_ba;
    QTest::newRow("umlaut at the edge")
        << QByteArray(QByteArray(74, 'x') + "\xC3\xBC") << QByteArray(QByteArray(74, 'x') + "=\r\n=C3=BC");
    QTest::newRow("From behind a soft break")
        << QByteArray(QByteArray(75, 'x') + "From x") << QByteArray(QByteArray(75, 'x') + "=\r\n=46rom x");
    QTest::newRow("dot at the edge") << QByteArray(QByteArray(74, 'x') + "=.\r\n")
                                     << QByteArray(QByteArray(74, 'x') + "=\r\n=3D.\r\n");
}

void TestTransferEncoding::quotedPrintable_isWrittenAs()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, encoded);
    QCOMPARE(toQuotedPrintable(text), encoded);
    QCOMPARE(fromQuotedPrintable(encoded), text);
}

void TestTransferEncoding::quotedPrintable_readsBackTheSameFromShortLines()
{
    QRandomGenerator random(2045); // a fixed seed: a failure must come again
    const QByteArrayList pieces { " ", "\t", "x", ".", "From ", "\r\n", "=", "\xC3\xA9", "word", "\r", "\n" };
    for (int round = 0; round < 2000; ++round) {
        QByteArray text;
        for (quint32 i = random.bounded(300U); i > 0; --i)
            text += pieces.at(random.bounded(static_cast<int>(pieces.size())));
        const QByteArray encoded = toQuotedPrintable(text);
        QVERIFY2(longestLine(encoded) <= 76, encoded.constData());
        QCOMPARE(fromQuotedPrintable(encoded), text);
        for (const QByteArray &line : encoded.split('\n')) {
            QVERIFY2(!line.endsWith(" \r") && !line.endsWith("\t\r"), encoded.constData());
            QVERIFY2(!line.startsWith("From ") && line != ".\r", encoded.constData());
        }
    }
}

void TestTransferEncoding::anyOctets_readBackFromQuotedPrintable()
{
    for (qsizetype size = 0; size <= 200; ++size) {
        QByteArray octets;
        for (qsizetype i = 0; i < size; ++i)
            octets += static_cast<char>(i * 37 + size * 11);
        const QByteArray encoded = toQuotedPrintable(octets);
        QCOMPARE(fromQuotedPrintable(encoded), octets);
        QVERIFY(longestLine(encoded) <= 76);
    }
    for (int octet = 0; octet < 256; ++octet) {
        for (qsizetype place = 0; place < 80; ++place) {
            QByteArray octets(80, 'x');
            octets[place] = static_cast<char>(octet);
            const QByteArray encoded = toQuotedPrintable(octets);
            QCOMPARE(fromQuotedPrintable(encoded), octets);
            QVERIFY(longestLine(encoded) <= 76);
        }
    }
}

void TestTransferEncoding::base64Lines_haveSeventySixColumns_data()
{
    QTest::addColumn<qsizetype>("size");
    for (const qsizetype size : { 0, 1, 2, 3, 56, 57, 58, 113, 114, 115, 58368 })
        QTest::addRow("%lld octets", static_cast<long long>(size)) << size;
}

void TestTransferEncoding::base64Lines_haveSeventySixColumns()
{
    QFETCH(const qsizetype, size);
    QByteArray octets;
    for (qsizetype i = 0; i < size; ++i)
        octets += static_cast<char>(i * 7);
    QByteArray encoded = toBase64Lines(octets);
    QVERIFY(!encoded.endsWith('\n'));
    QVERIFY(longestLine(encoded) <= 76);
    QCOMPARE(encoded.count('\n'), std::max<qsizetype>(0, (size - 1) / OctetsPerBase64Line));
    QCOMPARE(encoded.count("\r\n"), encoded.count('\n'));
    QCOMPARE(QByteArray::fromBase64(encoded.replace("\r\n", "")), octets);
}

QTEST_GUILESS_MAIN(TestTransferEncoding)
#include "tst_transferencoding.moc"
