// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "sessiondriver.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace postrider;
using namespace postrider::smtp;
using namespace postrider::smtp::test;

/// How the content of one message leaves, and when.
class TestContent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void contentThatMoves_isNeverTooSlow();
    void contentThatStands_timesOut();
    void finalOctet_staysBackUntilReleased();
    void aReplyBehindThe354_isNeverAnAnswerToTheContent();
    void progress_countsContentAndComesOnceForManyPieces();
    void largeContent_isReadOnlyAsItIsTaken();
    void deadContent_endsTheSession();
    void contentShorterThanItsSize_isNeverEnded();
    void largeContent_leavesInChunks_data();
    void largeContent_leavesInChunks();
    void aRefusedChunk_endsTheTransaction_data();
    void aRefusedChunk_endsTheTransaction();
    void chunkedContentThatBreaksOff_endsOnlyItsTransaction();
    void aFallbackFromChunks_readsTheContentAgain();
    void contentReadAsCommands_endsTheSession();
};

void TestContent::contentThatMoves_isNeverTooSlow()
{
    Driven driven;
    driven.startContent(QByteArray(300, 'x') + "\r\n");
    for (int i = 0; i < 300; ++i) { // one octet in just under three minutes, fifteen hours in all
        QCOMPARE(driven.session.takeOutput(1, driven.now), "x"_ba);
        driven.now += 3min - 1ms;
        driven.session.handleTimeout(driven.now);
    }
    QCOMPARE(driven.taken(), "\r\n"_ba);
    QVERIFY(driven.told().contains("FinalOctetDue 1"_ba));
}

void TestContent::contentThatStands_timesOut()
{
    Driven driven;
    driven.startContent("xyz\r\n"_ba);
    QCOMPARE(driven.session.takeOutput(1, driven.now), "x"_ba);
    QCOMPARE(driven.session.deadline(), std::optional(driven.now + 3min));
    driven.session.handleTimeout(driven.now + 3min);
    QCOMPARE(driven.told(),
             (QList { "Progress 1 1"_ba, "TransactionFailed 1 Content TimedOut NotAccepted"_ba,
                      "SessionFailed Content TimedOut NotAccepted"_ba }));
    QVERIFY(driven.taken().isEmpty());
}

void TestContent::finalOctet_staysBackUntilReleased()
{
    Driven driven;
    driven.startContent("x\r\n"_ba);
    QCOMPARE(driven.taken(), "x\r\n"_ba);
    QCOMPARE(driven.told(), (QList { "Progress 1 3"_ba, "FinalOctetDue 1"_ba }));
    QVERIFY(!driven.session.deadline());

    driven.session.releaseFinalOctet({ 2 }, driven.now); // another message
    QVERIFY(driven.taken().isEmpty());
    driven.session.releaseFinalOctet({ 1 }, driven.now);
    QCOMPARE(driven.session.takeOutput(2, driven.now), ".\r"_ba);
    QCOMPARE(driven.session.deadline(), std::optional(driven.now + 3min));
    QCOMPARE(driven.taken(), "\n"_ba);
    QCOMPARE(driven.session.deadline(), std::optional(driven.now + 10min));
    QVERIFY(driven.told().isEmpty());
    driven.says("250 2.0.0 ok\r\n"_ba);
    QCOMPARE(driven.told(), (QList { "Delivered 1 250 2.0.0"_ba, "Ready"_ba }));
}

void TestContent::aReplyBehindThe354_isNeverAnAnswerToTheContent()
{
    Driven driven;
    driven.startContent("x\r\n"_ba);
    driven.session.receive("250 2.0.0 queued\r\n", driven.now); // nothing of the content was taken yet
    QVERIFY(driven.taken().isEmpty());
    QCOMPARE(driven.told(),
             (QList { "TransactionFailed 1 Content Unsolicited NotAccepted"_ba,
                      "SessionFailed Content Unsolicited NotAccepted"_ba }));
}

void TestContent::progress_countsContentAndComesOnceForManyPieces()
{
    Driven driven;
    driven.startContent(".a\r\n.b"_ba);
    QCOMPARE(driven.session.takeOutput(4, driven.now), "..a\r"_ba);
    QCOMPARE(driven.session.takeOutput(1, driven.now), "\n"_ba);
    QCOMPARE(driven.told(), (QList { "Progress 1 4"_ba }));
    QCOMPARE(driven.taken(), "..b\r\n"_ba);
    QCOMPARE(driven.told(), (QList { "Progress 1 8"_ba, "FinalOctetDue 1"_ba }));
}

void TestContent::largeContent_isReadOnlyAsItIsTaken()
{
    class Endless final : public QIODevice
    {
    public:
        explicit Endless(qint64 *given)
            : m_given(given)
        {
            open(QIODevice::ReadOnly | QIODevice::Unbuffered);
        }
        [[nodiscard]] bool isSequential() const override { return true; }

    protected:
        qint64 readData(char *data, qint64 maxSize) override
        {
            std::fill_n(data, maxSize, 'x');
            *m_given += maxSize;
            return maxSize;
        }
        qint64 writeData(const char *, qint64) override { return -1; }

    private:
        qint64 *m_given;
    };

    Driven driven;
    driven.makeReady();
    qint64 given = 0;
    Envelope envelope;
    envelope.reversePath = "a@example.org"_ba;
    envelope.recipients = { "b@example.org"_ba };
    driven.session.submit(1, envelope, std::make_unique<Endless>(&given), driven.now);
    driven.taken();
    driven.says("250 ok\r\n"_ba);
    driven.says("250 ok\r\n"_ba);
    driven.session.receive("354 go\r\n", driven.now);
    QCOMPARE(given, 0);
    qint64 taken = 0;
    for (int i = 0; i < 1000; ++i) {
        taken += driven.session.takeOutput(10'000, driven.now).size();
        QVERIFY(given - taken <= 64 * 1024);
    }
    QCOMPARE(taken, 10'000'000);
}

void TestContent::deadContent_endsTheSession()
{
    Driven driven;
    driven.makeReady();
    Envelope envelope;
    envelope.reversePath = "a@example.org"_ba;
    envelope.recipients = { "b@example.org"_ba };
    driven.session.submit(1, envelope, nullptr, driven.now);
    driven.taken();
    driven.says("250 ok\r\n"_ba);
    driven.says("250 ok\r\n"_ba);
    QVERIFY(driven.says("354 go\r\n"_ba).isEmpty());
    QCOMPARE(driven.told(),
             (QList { "RecipientAccepted 1 0 250"_ba,
                      "TransactionFailed 1 Content ContentUnreadable NotAccepted"_ba,
                      "SessionFailed Content ContentUnreadable NotAccepted"_ba }));
}

/// Half a message is none: its last line is not said, so that no server can take it.
void TestContent::contentShorterThanItsSize_isNeverEnded()
{
    for (const qsizetype piece : { 1, 2, 1000 }) {
        Driven driven;
        driven.makeReady();
        Envelope envelope;
        envelope.reversePath = "a@example.org"_ba;
        envelope.recipients = { "b@example.org"_ba };
        envelope.size = 100;
        driven.session.submit(1, envelope, content("hi\r\n"_ba), driven.now);
        driven.taken();
        driven.says("250 ok\r\n"_ba);
        driven.says("250 ok\r\n"_ba);
        driven.session.receive("354 go\r\n", driven.now);
        driven.told();
        QByteArray wire;
        for (int i = 0; i < 10; ++i)
            wire += driven.session.takeOutput(piece, driven.now);
        QVERIFY("hi\r\n"_ba.startsWith(wire));
        const QList<QByteArray> told = driven.told();
        QVERIFY(told.contains("TransactionFailed 1 Content ContentUnreadable NotAccepted"_ba));
        QCOMPARE(told.constLast(), "SessionFailed Content ContentUnreadable NotAccepted"_ba);
    }
}

void TestContent::largeContent_leavesInChunks_data()
{
    QTest::addColumn<QByteArray>("keywords");
    QTest::newRow("CHUNKING alone") << "CHUNKING"_ba;
    QTest::newRow("with PIPELINING") << "CHUNKING PIPELINING"_ba;
}

void TestContent::largeContent_leavesInChunks()
{
    QFETCH(QByteArray, keywords);
    const bool canPipeline = keywords.contains("PIPELINING");
    QByteArray octets;
    for (int i = 0; octets.size() < 300'000; ++i)
        octets += ".line " + QByteArray::number(i) + "\r\n";
    for (const qint64 size : { qint64(0), qint64(octets.size()) }) {
        Driven driven;
        driven.makeReady(keywords);
        driven.submit(1, content(octets), size);
        driven.taken();
        driven.says("250 ok\r\n"_ba);
        driven.session.receive("250 ok\r\n", driven.now);
        QByteArray arrived;
        int chunks = 0;
        bool isLast = false;
        while (!isLast) {
            QByteArray block = driven.session.takeOutput(Session::BlockOctets + 100, driven.now);
            if (block.isEmpty()) {
                driven.session.releaseFinalOctet({ 1 }, driven.now);
                block = driven.session.takeOutput(Session::BlockOctets + 100, driven.now);
                isLast = true;
            }
            // Each piece is one chunk with its command.
            const qsizetype end = block.indexOf("\r\n");
            const QList<QByteArray> words = block.first(end).split(' ');
            QCOMPARE(words.value(0), "BDAT"_ba);
            QCOMPARE(words.value(2), isLast ? "LAST"_ba : QByteArray());
            QCOMPARE(words.value(1).toLongLong(), block.size() - end - 2);
            arrived += block.mid(end + 2);
            ++chunks;
            if (canPipeline && chunks % 2 == 0)
                continue; // it does not wait for the reply
            if (!canPipeline)
                QVERIFY(driven.taken().isEmpty());
            driven.session.receive("250 ok\r\n", driven.now);
        }
        QVERIFY(chunks >= 5);
        QCOMPARE(arrived, octets);
    }
}

void TestContent::aRefusedChunk_endsTheTransaction_data()
{
    QTest::addColumn<QByteArray>("keywords");
    QTest::newRow("CHUNKING alone") << "CHUNKING"_ba;
    QTest::newRow("with PIPELINING") << "CHUNKING PIPELINING"_ba;
}

/// The second of many is refused: those that were announced are answered, no other follows, and RSET makes
/// clear where the server is.
void TestContent::aRefusedChunk_endsTheTransaction()
{
    QFETCH(QByteArray, keywords);
    const bool canPipeline = keywords.contains("PIPELINING");
    Driven driven;
    driven.makeReady(keywords);
    driven.submit(1, content(QByteArray(1'000'000, 'x')), 1'000'002);
    driven.taken();
    driven.says("250 ok\r\n"_ba);
    driven.session.receive("250 ok\r\n", driven.now);
    QVERIFY(driven.session.takeOutput(Session::BlockOctets, driven.now).startsWith("BDAT "));
    driven.told();
    if (canPipeline) {
        QVERIFY(driven.session.takeOutput(Session::BlockOctets, driven.now).startsWith("BDAT "));
        QVERIFY(driven.session.takeOutput(Session::BlockOctets, driven.now).startsWith("BDAT "));
        driven.told();
        driven.session.receive("250 ok\r\n552 5.3.4 too large\r\n", driven.now);
        QVERIFY(driven.taken().isEmpty()); // one reply is missing
        driven.session.receive("503 5.5.1 no\r\n", driven.now);
    } else {
        driven.session.receive("250 ok\r\n", driven.now);
        QVERIFY(driven.session.takeOutput(Session::BlockOctets, driven.now).startsWith("BDAT "));
        driven.told();
        driven.session.receive("552 5.3.4 too large\r\n", driven.now);
    }
    QCOMPARE(driven.taken(), "RSET\r\n"_ba);
    QCOMPARE(driven.told(), (QList { "TransactionFailed 1 Content Refused NotAccepted 552 5.3.4"_ba }));
    driven.says("250 ok\r\n"_ba);
    QCOMPARE(driven.told(), (QList { "Ready"_ba }));
}

/// BDAT says beforehand how much comes, so that the server waits for nothing when the rest cannot be read.
void TestContent::chunkedContentThatBreaksOff_endsOnlyItsTransaction()
{
    Driven driven;
    driven.makeReady("PIPELINING CHUNKING"_ba);
    driven.submit(1, content(QByteArray(100'000, 'x')), 1'000'000);
    driven.taken();
    driven.says("250 ok\r\n"_ba);
    QVERIFY(driven.says("250 ok\r\n"_ba).startsWith("BDAT "));
    QCOMPARE(driven.says("250 ok\r\n"_ba), "RSET\r\n"_ba);
    driven.says("250 ok\r\n"_ba);
    const QList<QByteArray> told = driven.told();
    QVERIFY(told.contains("TransactionFailed 1 Content ContentUnreadable NotAccepted"_ba));
    QCOMPARE(told.constLast(), "Ready"_ba);
}

void TestContent::aFallbackFromChunks_readsTheContentAgain()
{
    const QByteArray octets = ".first\r\n" + QByteArray(200'000, 'x') + "\r\n";
    Driven driven;
    driven.makeReady("CHUNKING"_ba);
    driven.submit(1, content(octets), octets.size());
    driven.taken();
    driven.says("250 ok\r\n"_ba);
    QVERIFY(driven.says("250 ok\r\n"_ba).startsWith("BDAT "));
    QCOMPARE(driven.says("500 what\r\n"_ba), "RSET\r\n"_ba);
    QCOMPARE(driven.says("250 ok\r\n"_ba), "MAIL FROM:<a@example.org>\r\n"_ba);
    driven.says("250 ok\r\n"_ba);
    QCOMPARE(driven.says("250 ok\r\n"_ba), "DATA\r\n"_ba);
    driven.session.receive("354 go\r\n", driven.now);
    QByteArray arrived;
    for (QByteArray block = driven.taken(); !block.isEmpty(); block = driven.taken())
        arrived += block;
    QCOMPARE(arrived, QByteArray('.' + octets));
}

/// The answers to the lines of content come together with the one to BDAT.
void TestContent::contentReadAsCommands_endsTheSession()
{
    Driven driven;
    driven.makeReady("PIPELINING CHUNKING"_ba);
    driven.submit(1, content("Subject: x\r\n\r\nhi\r\n"_ba));
    driven.taken();
    driven.session.releaseFinalOctet({ 1 }, driven.now);
    QVERIFY(driven.taken().contains("BDAT 18 LAST\r\n"));
    driven.told();
    driven.session.receive("250 ok\r\n250 ok\r\n500 what\r\n500 what\r\n500 what\r\n500 what\r\n",
                           driven.now);
    QVERIFY(driven.taken().isEmpty());
    QCOMPARE(driven.told(),
             (QList { "RecipientAccepted 1 0 250"_ba, "HabitsLearnt no-chunking"_ba,
                      "TransactionFailed 1 Mail ChunkingUnusable NotAccepted"_ba,
                      "SessionFailed Content ChunkingUnusable NotAccepted"_ba }));
}

QTEST_GUILESS_MAIN(TestContent)
#include "tst_content.moc"
