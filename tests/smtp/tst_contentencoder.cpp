// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "smtp/contentencoder.h"

#include <QBuffer>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using postrider::smtp::ContentEncoder;

namespace {

/// Gives its octets a few at a time, as a slow disk may, and can fail on the way.
class FragmentDevice final : public QIODevice
{
public:
    FragmentDevice(QByteArray octets, qsizetype fragment, qsizetype failAt = -1)
        : m_octets(std::move(octets))
        , m_fragment(fragment)
        , m_failAt(failAt)
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] bool atEnd() const override { return m_position == m_octets.size(); }
    [[nodiscard]] qint64 bytesAvailable() const override { return m_octets.size() - m_position; }

protected:
    qint64 readData(char *data, qint64 maxSize) override
    {
        if (m_failAt >= 0 && m_position >= m_failAt)
            return -1;
        const qsizetype count = std::min({ m_fragment, qsizetype(maxSize), m_octets.size() - m_position });
        std::copy_n(m_octets.constData() + m_position, count, data);
        m_position += count;
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_octets;
    qsizetype m_fragment;
    qsizetype m_failAt;
    qsizetype m_position = 0;
};

struct Result
{
    QByteArray octets {};
    qint64 counted = 0;
    ContentEncoder::Status status = ContentEncoder::Status::More;
};

Result encoded(std::unique_ptr<QIODevice> device, qsizetype piece, qint64 expected = 0,
               ContentEncoder::Form form = ContentEncoder::Form::DotStuffed)
{
    ContentEncoder encoder(std::move(device), expected);
    if (encoder.start(form) == ContentEncoder::Start::Impossible)
        return {};
    Result result;
    for (int i = 0; i < 1'000'000 && result.status == ContentEncoder::Status::More; ++i) {
        QByteArray taken;
        result.status = encoder.take(taken, piece);
        if (taken.size() > piece)
            return {};
        result.octets += taken;
    }
    result.counted = encoder.octets();
    return result;
}

} // namespace

class TestContentEncoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void content_isStuffedAndNormalised_data();
    void content_isStuffedAndNormalised();
    void withoutStuffing_onlyLineEndsChange();
    void binaryContent_isLeftAlone();
    void everyPositionOfABlockBorder_givesTheSame();
    void randomContent_isAsAnOctetByOctetReadingGivesIt();
    void secondStart_givesTheSameAgain();
    void aFailingDevice_isUnreadable();
    void contentShorterThanPromised_isUnreadable();
};

void TestContentEncoder::content_isStuffedAndNormalised_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("wire");
    QTest::addColumn<qint64>("counted");

    QTest::newRow("nothing") << ""_ba
                             << ""_ba << qint64(0);
    QTest::newRow("ordinary") << "a: b\r\n\r\nc\r\n"_ba
                              << "a: b\r\n\r\nc\r\n"_ba << qint64(11);
    QTest::newRow("dot first") << ".\r\n"_ba
                               << "..\r\n"_ba << qint64(3);
    QTest::newRow("dots") << "..\r\n.a\r\na.\r\n"_ba
                          << "...\r\n..a\r\na.\r\n"_ba << qint64(12);
    QTest::newRow("end of content inside") << "a\r\n.\r\nQUIT\r\n"_ba
                                           << "a\r\n..\r\nQUIT\r\n"_ba << qint64(12);
    QTest::newRow("no line end at the end") << "a"_ba
                                            << "a\r\n"_ba << qint64(3);
    QTest::newRow("dot without line end") << "."_ba
                                          << "..\r\n"_ba << qint64(3);
    QTest::newRow("LF alone") << "a\nb"_ba
                              << "a\r\nb\r\n"_ba << qint64(6);
    QTest::newRow("CR alone") << "a\rb"_ba
                              << "a\r\nb\r\n"_ba << qint64(6);
    QTest::newRow("mixed line ends") << "a\nb\rc\r\nd"_ba
                                     << "a\r\nb\r\nc\r\nd\r\n"_ba << qint64(12);
    QTest::newRow("smuggled by LF") << "a\n.\nMAIL"_ba
                                    << "a\r\n..\r\nMAIL\r\n"_ba << qint64(12);
    QTest::newRow("smuggled by CR") << "a\r.\rMAIL"_ba
                                    << "a\r\n..\r\nMAIL\r\n"_ba << qint64(12);
    QTest::newRow("smuggled by LF dot CRLF") << "a\n.\r\nMAIL\r\n"_ba
                                             << "a\r\n..\r\nMAIL\r\n"_ba << qint64(12);
    QTest::newRow("CR at the end") << "a\r"_ba
                                   << "a\r\n"_ba << qint64(3);
    QTest::newRow("CR CR LF") << "a\r\r\n"_ba
                              << "a\r\n\r\n"_ba << qint64(5);
    QTest::newRow("LF CR") << "a\n\rb\r\n"_ba
                           << "a\r\n\r\nb\r\n"_ba << qint64(8);
    QTest::newRow("octets above 127 and NUL") << "\xff\0\x80\r\n"_ba
                                              << "\xff\0\x80\r\n"_ba << qint64(5);
}

void TestContentEncoder::content_isStuffedAndNormalised()
{
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, wire);
    QFETCH(qint64, counted);
    for (qsizetype fragment = 1; fragment <= content.size() + 1; ++fragment) {
        for (qsizetype piece = 1; piece <= wire.size() + 1; ++piece) {
            const Result result = encoded(std::make_unique<FragmentDevice>(content, fragment), piece);
            QCOMPARE(result.status, ContentEncoder::Status::AtEnd);
            QCOMPARE(result.octets, wire);
            QCOMPARE(result.counted, counted);
        }
    }
}

void TestContentEncoder::withoutStuffing_onlyLineEndsChange()
{
    const QByteArray content = ".\r\n..\n.a\rb"_ba;
    const QByteArray wire = ".\r\n..\r\n.a\r\nb\r\n"_ba;
    for (qsizetype fragment = 1; fragment <= content.size() + 1; ++fragment) {
        for (qsizetype piece = 1; piece <= wire.size() + 1; ++piece) {
            const Result result = encoded(std::make_unique<FragmentDevice>(content, fragment), piece, 0,
                                          ContentEncoder::Form::Lines);
            QCOMPARE(result.status, ContentEncoder::Status::AtEnd);
            QCOMPARE(result.octets, wire);
            QCOMPARE(result.counted, wire.size());
        }
    }
}

void TestContentEncoder::binaryContent_isLeftAlone()
{
    const QByteArray content = ".\n\r\0\xff\r"_ba;
    for (qsizetype piece = 1; piece <= content.size() + 1; ++piece) {
        const Result result
            = encoded(std::make_unique<FragmentDevice>(content, 2), piece, 0, ContentEncoder::Form::Binary);
        QCOMPARE(result.status, ContentEncoder::Status::AtEnd);
        QCOMPARE(result.octets, content);
        QCOMPARE(result.counted, content.size());
    }
}

/// Most of the encoder is there to be fast; this is what it has to be equal to.
void TestContentEncoder::randomContent_isAsAnOctetByOctetReadingGivesIt()
{
    const auto expected = [](const QByteArray &content, ContentEncoder::Form form) {
        QByteArray wire;
        bool isLineStart = true;
        for (qsizetype i = 0; i < content.size(); ++i) {
            const char c = content.at(i);
            if (c == '\r' || (c == '\n' && (i == 0 || content.at(i - 1) != '\r'))) {
                wire += "\r\n";
                isLineStart = true;
            } else if (c != '\n') {
                if (c == '.' && isLineStart && form == ContentEncoder::Form::DotStuffed)
                    wire += '.';
                wire += c;
                isLineStart = false;
            }
        }
        return isLineStart ? wire : QByteArray(wire + "\r\n");
    };
    QRandomGenerator random(1);
    const QByteArray octets = "\r\n\r\n\r\n..ab"_ba;
    for (int run = 0; run < 3000; ++run) {
        QByteArray content;
        for (int i = random.bounded(60); i > 0; --i) {
            const bool isEnd = random.bounded(4) > 0;
            content += isEnd ? "\r\n"_ba : QByteArray(1, octets.at(random.bounded(int(octets.size()))));
            content += QByteArray(random.bounded(5), 'x');
        }
        const qsizetype fragment = 1 + random.bounded(40);
        const qsizetype piece = 1 + random.bounded(40);
        for (const auto form : { ContentEncoder::Form::DotStuffed, ContentEncoder::Form::Lines }) {
            const Result result
                = encoded(std::make_unique<FragmentDevice>(content, fragment), piece, content.size(), form);
            // Lines that become shorter, CR CR LF for one, cannot happen: nothing is ever left out.
            QCOMPARE(result.octets, expected(content, form));
        }
    }
}

void TestContentEncoder::secondStart_givesTheSameAgain()
{
    using Start = ContentEncoder::Start;
    auto buffer = std::make_unique<QBuffer>();
    buffer->setData("left out|.a\r\n"_ba);
    buffer->open(QIODevice::ReadOnly);
    buffer->seek(9);
    ContentEncoder encoder(std::move(buffer), 4);
    for (const auto form : { ContentEncoder::Form::DotStuffed, ContentEncoder::Form::Lines }) {
        QVERIFY(encoder.start(form) == Start::Done);
        QByteArray taken;
        QCOMPARE(encoder.take(taken, 3), ContentEncoder::Status::More);
        QCOMPARE(encoder.take(taken, 100), ContentEncoder::Status::AtEnd);
        QCOMPARE(taken, form == ContentEncoder::Form::Lines ? ".a\r\n"_ba : "..a\r\n"_ba);
    }
    ContentEncoder oneWay(std::make_unique<FragmentDevice>("x"_ba, 1), 0);
    QVERIFY(oneWay.start(ContentEncoder::Form::Lines) == Start::Done);
    QVERIFY(oneWay.start(ContentEncoder::Form::Lines) == Start::Impossible);
}

void TestContentEncoder::everyPositionOfABlockBorder_givesTheSame()
{
    for (qsizetype shift = 0; shift < 8; ++shift) {
        const QByteArray before(ContentEncoder::BlockOctets - shift, 'x');
        auto device = std::make_unique<QBuffer>();
        device->setData(before + "\r\n.\r\n..y");
        device->open(QIODevice::ReadOnly);
        const Result result = encoded(std::move(device), 1000);
        QCOMPARE(result.octets, QByteArray(before + "\r\n..\r\n...y\r\n"));
    }
}

void TestContentEncoder::aFailingDevice_isUnreadable()
{
    const Result result = encoded(std::make_unique<FragmentDevice>("a\r\nb\r\n"_ba, 3, 3), 100);
    QCOMPARE(result.status, ContentEncoder::Status::Unreadable);
    QCOMPARE(encoded(nullptr, 100).status, ContentEncoder::Status::Unreadable);
}

void TestContentEncoder::contentShorterThanPromised_isUnreadable()
{
    const auto status = [](qint64 expected) {
        return encoded(std::make_unique<FragmentDevice>("abc\r\n"_ba, 2), 100, expected).status;
    };
    QCOMPARE(status(5), ContentEncoder::Status::AtEnd);
    QCOMPARE(status(6), ContentEncoder::Status::Unreadable);
}

QTEST_GUILESS_MAIN(TestContentEncoder)
#include "tst_contentencoder.moc"
