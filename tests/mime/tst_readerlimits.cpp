// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/reader/deliveryreport.h"
#include "mime/reader/entity.h"
#include "mime/reader/messagedraft.h"
#include "support/timegrowth.h"

#include <QTemporaryDir>
#include <QtTest>

#include <functional>

using namespace Qt::StringLiterals;
using namespace postrider::mime;

namespace {

using Kind = ReadError::Kind;

constexpr qsizetype MiB = 1024 * 1024;

/// Multiparts within each other, each with its own boundary, around a text.
QByteArray nested(int levels)
{
    QByteArray octets = "Subject: x\r\n";
    for (int i = 0; i < levels; ++i) {
        const QByteArray boundary = "b" + QByteArray::number(i);
        octets += "Content-Type: multipart/mixed; boundary=" + boundary + "\r\n\r\n--" + boundary + "\r\n";
    }
    return octets + "\r\nHello\r\n";
}

QByteArray withParts(int parts)
{
    return "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
        + QByteArray("--b\r\n\r\nx\r\n").repeated(parts) + "--b--\r\n";
}

/// A device of zeros that has any size without having it anywhere.
class Zeros : public QIODevice
{
public:
    explicit Zeros(qint64 size)
        : m_size(size)
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    [[nodiscard]] qint64 size() const override { return m_size; }

protected:
    qint64 readData(char *data, qint64 size) override
    {
        const qint64 count = std::min(size, m_size - pos());
        std::fill_n(data, count, '\0');
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    qint64 m_size;
};

/// Everything that can be asked about a message.
void readAll(const QByteArray &octets)
{
    const auto mail = readMessage(octets);
    if (!mail)
        return;
    const QList<Entity> parts = mail->all();
    for (const Entity &part : parts) {
        for (qsizetype i = 0; i < part.header().size(); ++i)
            (void)part.header().at(i).text();
        (void)part.fileName();
        (void)part.contentId();
        (void)part.disposition();
        (void)part.text();
    }
    (void)readDeliveryReport(*mail);
    const QTemporaryDir folder;
    for (const OpenPurpose purpose : { OpenPurpose::Draft, OpenPurpose::New })
        (void)openAsDraft(*mail, purpose, folder.path());
}

} // namespace

class TestReaderLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void limit_isReached_data();
    void limit_isReached();
    void size_isLimitedBeforeAnythingIsRead();
    void allHeaders_areLimitedTogether();
    void text_isLimited();
    void hostileMessage_takesTimeThatGrowsWithItsSize_data();
    void hostileMessage_takesTimeThatGrowsWithItsSize();
};

void TestReaderLimits::limit_isReached_data()
{
    QTest::addColumn<QByteArray>("inside");
    QTest::addColumn<QByteArray>("beyond");
    QTest::addColumn<int>("kind");
    QTest::newRow("depth") << nested(20) << nested(21) << int(Kind::TooDeep);
    QTest::newRow("parts") << withParts(1000) << withParts(1001) << int(Kind::TooManyParts);
    const auto header
        = [](qsizetype size) { return QByteArray("X: " + QByteArray(size - 5, 'x') + "\r\n" + "\r\nbody"); };
    QTest::newRow("header") << header(MiB) << header(MiB + 1) << int(Kind::HeaderTooLarge);
    QTest::newRow("header of a part")
        << QByteArray("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + header(MiB))
        << QByteArray("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + header(MiB + 1))
        << int(Kind::HeaderTooLarge);
    QTest::newRow("many multiparts within each other") << nested(20) << nested(10'000) << int(Kind::TooDeep);
    QTest::newRow("many messages within each other")
        << QByteArray("Content-Type: message/rfc822\r\n\r\n").repeated(20)
        << QByteArray("Content-Type: message/rfc822\r\n\r\n").repeated(10'000) << int(Kind::TooDeep);
    QTest::newRow("very many parts") << withParts(1) << withParts(100'000) << int(Kind::TooManyParts);
}

void TestReaderLimits::limit_isReached()
{
    QFETCH(const QByteArray, inside);
    QFETCH(const QByteArray, beyond);
    QFETCH(const int, kind);
    QVERIFY(readMessage(inside));
    const auto mail = readMessage(beyond);
    QVERIFY(!mail);
    QCOMPARE(int(mail.error().kind), kind);
}

void TestReaderLimits::size_isLimitedBeforeAnythingIsRead()
{
    Zeros inside(512 * MiB);
    QVERIFY(readMessage(inside));
    Zeros beyond(512 * MiB + 1);
    const auto mail = readMessage(beyond);
    QVERIFY(!mail);
    QVERIFY(mail.error().kind == Kind::MessageTooLarge);
    QCOMPARE(beyond.pos(), 0);
}

void TestReaderLimits::allHeaders_areLimitedTogether()
{
    const QByteArray part = "--b\r\nX: " + QByteArray(MiB - 100, 'x') + "\r\n\r\n\r\n";
    const QByteArray start = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
    QVERIFY(readMessage(QByteArray(start + part.repeated(16))));
    const auto mail = readMessage(QByteArray(start + part.repeated(17)));
    QVERIFY(!mail);
    QVERIFY(mail.error().kind == Kind::HeadersTooLarge);
}

void TestReaderLimits::text_isLimited()
{
    const auto mail = readMessage("Content-Transfer-Encoding: base64\r\n\r\nSGVsbG8h"_ba);
    QVERIFY(mail);
    QCOMPARE(mail->text(6).value_or(QString()), u"Hello!"_s);
    const auto text = mail->text(5);
    QVERIFY(!text);
    QVERIFY(text.error().kind == Kind::TextTooLarge);
}

void TestReaderLimits::hostileMessage_takesTimeThatGrowsWithItsSize_data()
{
    QTest::addColumn<std::function<QByteArray(qsizetype)>>("make");
    using Make = std::function<QByteArray(qsizetype)>;
    const auto row = [](const char *name, const Make &make) { QTest::newRow(name) << make; };
    const auto repeated = [](const QByteArray &start, const QByteArray &piece) -> Make {
        return [start, piece](qsizetype size) {
            return QByteArray(start
                              + piece.repeated(std::max<qsizetype>(1, (size - start.size()) / piece.size())));
        };
    };
    const QByteArray mixed = "From: a@x.test\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n";
    row("lines like delimiters", repeated(mixed, "--\r\n"));
    row("lines that begin like the boundary", repeated(mixed, "--bb\r\n"));
    row("closing lines", repeated(mixed, "--b--\r\n"));
    row("line ends", repeated(mixed, "\n"));
    row("CRs", repeated(mixed, "\r"));
    row("CRs in the header", repeated("X: y\r\n", "a\r"));
    row("fields", repeated("X: y\r\n", "a:\n"));
    row("lines that are no fields", repeated("X: y\r\n", "a\n"));
    row("fields of one name", repeated("X: y\r\n", "To: a@x.test\n"));
    row("addresses", repeated("To: ", "a@x.test, "));
    row("open comments", repeated("To: ", "("));
    row("open quotes", repeated("From: ", "\"a"));
    row("angle brackets", repeated("References: ", "<"));
    row("encoded words", repeated("Subject: ", "=?utf-8?q?a?= "));
    row("encoded words in turns", repeated("Subject: ", "=?big5?q?a?= =?gb18030?q?a?="));
    row("encoded words of unknown charsets", repeated("Subject: ", "=?x-a?q?a?= =?x-b?q?a?="));
    row("beginnings of encoded words", repeated("Subject: ", "=?"));
    row("question marks of encoded words", repeated("Subject: ", "=?a?q"));
    row("parameters", repeated("Content-Type: text/plain", "; a=b"));
    row("semicolons", repeated("Content-Type: text/plain", ";"));
    row("parentheses in a type", repeated("Content-Type: ", "("));
    row("pieces of a parameter", [](qsizetype size) {
        QByteArray octets = "Content-Disposition: attachment";
        for (int i = 0; octets.size() < size; ++i)
            octets += "; filename*" + QByteArray::number(i) + "*=%41";
        return octets;
    });
    row("flowed lines", repeated("Content-Type: text/plain; format=flowed\r\n\r\n", "a \n"));
    row("flowed quotes", repeated("Content-Type: text/plain; format=flowed\r\n\r\n", "> \n>> \n"));
    row("quote marks", repeated("Content-Type: text/plain; format=flowed\r\n\r\n", ">"));
    row("blanks in quoted-printable",
        repeated("Content-Transfer-Encoding: quoted-printable\r\n\r\n", "  \t"));
    row("equals signs", repeated("Content-Transfer-Encoding: quoted-printable\r\n\r\n", "="));
    row("padding", repeated("Content-Transfer-Encoding: base64\r\n\r\n", "=A"));
    row("tags", repeated("From: a@x.test\r\nContent-Type: text/html\r\n\r\n", "<b>"));
    row("groups of a report",
        repeated("Content-Type: message/delivery-status\r\n\r\n", "Final-Recipient: a\n\n"));
    row("fields of a report", repeated("Content-Type: message/delivery-status\r\n\r\n", "Action: failed\n"));
    row("paragraphs of a plain report",
        repeated("Subject: x\r\n\r\nHi. This is the program\n\n", "<a@x.test>:\nno\n\n"));
    const QByteArray longBoundary(990, 'x');
    row("long boundaries that begin alike", [longBoundary](qsizetype size) {
        QByteArray octets = "From: a@x.test\r\n";
        for (char level = 'a'; level < 't'; ++level) {
            const QByteArray boundary = longBoundary + level;
            octets
                += "Content-Type: multipart/mixed; boundary=" + boundary + "\r\n\r\n--" + boundary + "\r\n";
        }
        octets += "\r\n";
        return QByteArray(octets + QByteArray("--" + longBoundary + "?\r\n").repeated(size / 1000));
    });
}

void TestReaderLimits::hostileMessage_takesTimeThatGrowsWithItsSize()
{
    QFETCH(const std::function<QByteArray(qsizetype)>, make);
    const auto growth = postrider::support::timeGrowth(64 * 1024, make, readAll);
    QVERIFY2(growth.isInProportion(), qPrintable(growth.toString()));
}

QTEST_GUILESS_MAIN(TestReaderLimits)
#include "tst_readerlimits.moc"
