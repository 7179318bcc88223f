// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/encoding/base64lines.h"

#include <QRandomGenerator>
#include <QtTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace postrider::mime;

namespace {

constexpr qsizetype Line = 76;

/// Independent of the code under test: Qt's base64, cut.
QByteArray expectedLines(const QByteArray &octets)
{
    const QByteArray whole = octets.toBase64();
    QByteArray lines;
    for (qsizetype i = 0; i < whole.size(); i += Line)
        lines += (i > 0 ? "\r\n"_ba : QByteArray()) + whole.mid(i, Line);
    return lines;
}

QByteArray randomOctets(qsizetype size)
{
    static QRandomGenerator random(4648); // a fixed seed: a failure must come again
    QByteArray octets(size, Qt::Uninitialized);
    std::generate(octets.begin(), octets.end(), [] { return static_cast<char>(random.bounded(256)); });
    return octets;
}

} // namespace

class TestBase64Lines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyWay_givesTheSame_data();
    void everyWay_givesTheSame();
    void nothingIsWrittenBeyondTheEnd_data();
    void nothingIsWrittenBeyondTheEnd();
    void everyOctetInEveryPlace_isEncoded();
    void blocksOfWholeLines_joinToTheWhole();
    void size_isKnownBefore();
};

void TestBase64Lines::everyWay_givesTheSame_data()
{
    QTest::addColumn<Base64Way>("way");
    QTest::newRow("portable") << Base64Way::Portable;
    QTest::newRow("AVX2") << Base64Way::Avx2;
}

void TestBase64Lines::everyWay_givesTheSame()
{
    QFETCH(const Base64Way, way);
    if (!hasBase64Way(way))
        QSKIP("this computer does not have the instructions");
    for (qsizetype size = 0; size <= 400; ++size) {
        const QByteArray octets = randomOctets(size);
        QByteArray lines(base64LinesSize(size), '\0');
        QCOMPARE(writeBase64Lines(octets, lines.data(), way), lines.size());
        QCOMPARE(lines, expectedLines(octets));
    }
    const QByteArray large = randomOctets(300'001);
    QByteArray lines(base64LinesSize(large.size()), '\0');
    QCOMPARE(writeBase64Lines(large, lines.data(), way), lines.size());
    QCOMPARE(lines, expectedLines(large));
}

void TestBase64Lines::nothingIsWrittenBeyondTheEnd_data()
{
    everyWay_givesTheSame_data();
}

void TestBase64Lines::nothingIsWrittenBeyondTheEnd()
{
    QFETCH(const Base64Way, way);
    if (!hasBase64Way(way))
        QSKIP("this computer does not have the instructions");
    for (qsizetype size = 0; size <= 400; ++size) {
        const QByteArray octets = randomOctets(size);
        QByteArray guarded(base64LinesSize(size) + 64, '#');
        const qsizetype written = writeBase64Lines(octets, guarded.data(), way);
        QCOMPARE(guarded.sliced(written), QByteArray(64, '#'));
    }
}

void TestBase64Lines::everyOctetInEveryPlace_isEncoded()
{
    for (int octet = 0; octet < 256; ++octet) {
        for (qsizetype place = 0; place < 130; ++place) {
            QByteArray octets(130, 'x');
            octets[place] = static_cast<char>(octet);
            QCOMPARE(toBase64Lines(octets), expectedLines(octets));
        }
    }
}

void TestBase64Lines::blocksOfWholeLines_joinToTheWhole()
{
    const QByteArray octets = randomOctets(5000);
    for (const qsizetype lines : { 1, 2, 3, 7, 64 }) {
        QByteArray joined;
        for (qsizetype i = 0; i < octets.size(); i += lines * OctetsPerBase64Line) {
            if (i > 0)
                joined += "\r\n";
            joined += toBase64Lines(octets.mid(i, lines * OctetsPerBase64Line));
        }
        QCOMPARE(joined, toBase64Lines(octets));
    }
}

void TestBase64Lines::size_isKnownBefore()
{
    for (qsizetype size = 0; size <= 400; ++size)
        QCOMPARE(base64LinesSize(size), expectedLines(QByteArray(size, 'x')).size());
    QCOMPARE(base64LinesSize(qint64 { 57 } * 100'000'000), qint64 { 78 } * 100'000'000 - 2);
}

QTEST_GUILESS_MAIN(TestBase64Lines)
#include "tst_base64lines.moc"
