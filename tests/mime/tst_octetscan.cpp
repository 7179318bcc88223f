// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/encoding/octetscan.h"

#include <QRandomGenerator>
#include <QtTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace postrider::mime;

namespace {

OctetScan scan(QByteArrayView octets, qsizetype chunk, OctetScan::Way way)
{
    OctetScan result;
    for (qsizetype i = 0; i < octets.size(); i += chunk)
        result.add(octets.sliced(i, std::min(chunk, octets.size() - i)), way);
    return result;
}

OctetScan scan(QByteArrayView octets, qsizetype chunk)
{
    return scan(octets, chunk, OctetScan::Way::Portable);
}

/// The same facts, octet by octet.
struct Facts
{
    explicit Facts(const QByteArray &octets)
    {
        qsizetype begin = 0;
        for (qsizetype i = 0; i < octets.size(); ++i) {
            const char octet = octets.at(i);
            hasEightBit = hasEightBit || octet < 0;
            hasNul = hasNul || octet == '\0';
            const bool isBehindCr = i > 0 && octets.at(i - 1) == '\r';
            const bool isBeforeLf = i + 1 < octets.size() && octets.at(i + 1) == '\n';
            hasBareLineEnd
                = hasBareLineEnd || (octet == '\n' && !isBehindCr) || (octet == '\r' && !isBeforeLf);
            if (i == begin && octet == '.')
                ++dotLines;
            if (octet == '\n')
                begin = i + 1;
        }
        endsInLineEnd = !octets.isEmpty() && begin == octets.size();
    }

    bool hasEightBit = false;
    bool hasNul = false;
    bool hasBareLineEnd = false;
    bool endsInLineEnd = false;
    qint64 dotLines = 0;
};

} // namespace

class TestOctetScan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void facts_areTheSameForEverySplit_data();
    void facts_areTheSameForEverySplit();
    void line_mayHave998Octets_data();
    void line_mayHave998Octets();
    void cleanText_isClean();
    void highOctet_isFoundInEveryPlace();
};

void TestOctetScan::facts_areTheSameForEverySplit_data()
{
    QTest::addColumn<OctetScan::Way>("way");
    QTest::newRow("portable") << OctetScan::Way::Portable;
    QTest::newRow("SSE2") << OctetScan::Way::Sse2;
    QTest::newRow("AVX2") << OctetScan::Way::Avx2;
}

void TestOctetScan::facts_areTheSameForEverySplit()
{
    QFETCH(const OctetScan::Way, way);
    if (!OctetScan::hasWay(way))
        QSKIP("this computer does not have the instructions");
    QRandomGenerator random(5321); // a fixed seed: a failure must come again
    const QByteArrayList pieces { "\r\n",
                                  "\r\n.",
                                  "\r",
                                  "\n",
                                  ".",
                                  "x",
                                  "word ",
                                  "\x80",
                                  "\xFF"_ba,
                                  QByteArray(1, '\0'),
                                  QByteArray(61, 'y'),
                                  "\r\n\r\n",
                                  "\x0F",
                                  "\x10" };
    for (int round = 0; round < 1500; ++round) {
        // Often without what is wrong, so that the rest is seen too.
        const int kinds = round % 3 == 0 ? static_cast<int>(pieces.size()) : 2;
        QByteArray octets;
        for (quint32 i = random.bounded(40U); i > 0; --i) {
            octets += pieces.at(random.bounded(kinds));
            octets += QByteArray(static_cast<qsizetype>(random.bounded(90U)), 'z');
        }
        const Facts facts(octets);
        for (const qsizetype chunk : { qsizetype { 1 }, qsizetype { 7 }, qsizetype { 64 }, qsizetype { 65 },
                                       std::max<qsizetype>(1, octets.size()) }) {
            const OctetScan found = scan(octets, chunk, way);
            QCOMPARE(found.size(), octets.size());
            QCOMPARE(found.hasEightBit(), facts.hasEightBit);
            QCOMPARE(found.hasNul(), facts.hasNul);
            QCOMPARE(found.hasBareLineEnd(), facts.hasBareLineEnd);
            QCOMPARE(found.endsInLineEnd(), facts.endsInLineEnd);
            QCOMPARE(found.dotLines(), facts.dotLines);
        }
    }
}

void TestOctetScan::line_mayHave998Octets_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<bool>("isLong");

    const QByteArray fits(998, 'x');
    QTest::newRow("nothing") << QByteArray() << false;
    QTest::newRow("998") << QByteArray(fits + "\r\n") << false;
    QTest::newRow("999") << QByteArray(fits + "x\r\n") << true;
    QTest::newRow("998 without an end") << fits << false;
    QTest::newRow("998 and CR") << QByteArray(fits + '\r') << false;
    QTest::newRow("999 without an end") << QByteArray(fits + 'x') << true;
    QTest::newRow("999 behind another line") << QByteArray("a\r\n" + fits + "x\r\nb") << true;
    QTest::newRow("many of 998") << QByteArray(fits + "\r\n").repeated(20) << false;
    QTest::newRow("many and one of 999")
        << QByteArray(QByteArray(fits + "\r\n").repeated(20) + fits + "x\r\n") << true;
}

void TestOctetScan::line_mayHave998Octets()
{
    QFETCH(const QByteArray, octets);
    QFETCH(const bool, isLong);
    for (qsizetype chunk = 1; chunk <= octets.size() + 1; chunk = 2 * chunk + 1) {
        QCOMPARE(scan(octets, chunk).hasLongLine(), isLong);
        OctetScan fastest;
        for (qsizetype i = 0; i < octets.size(); i += chunk)
            fastest.add(QByteArrayView(octets).sliced(i, std::min(chunk, octets.size() - i)));
        QCOMPARE(fastest.hasLongLine(), isLong);
    }
}

void TestOctetScan::cleanText_isClean()
{
    QVERIFY(OctetScan().isSevenBitClean());
    QVERIFY(scan("Subject: x\r\n\r\n.\r\ntext\x7F\t\r\n", 3).isSevenBitClean());
    QVERIFY(!scan("text\r", 3).isSevenBitClean());
    QVERIFY(!scan("text\nx", 3).isSevenBitClean());
    QVERIFY(!scan("\xC3\xA9\r\n", 3).isSevenBitClean());
}

void TestOctetScan::highOctet_isFoundInEveryPlace()
{
    for (qsizetype size = 0; size <= 200; ++size) {
        QByteArray octets(size, '\x7F');
        QVERIFY(!hasEightBitOctet(octets));
        for (qsizetype place = 0; place < size; ++place) {
            octets[place] = '\x80';
            QVERIFY(hasEightBitOctet(octets));
            octets[place] = '\x7F';
        }
    }
}

QTEST_GUILESS_MAIN(TestOctetScan)
#include "tst_octetscan.moc"
