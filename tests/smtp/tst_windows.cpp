// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "sessiondriver.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace postrider;
using namespace postrider::smtp;
using namespace postrider::smtp::test;

/// Several messages on their way at once, and many recipients.
class TestWindows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aWindow_leavesInOnePiece();
    void unreadableContentInAWindow_failsAlone();
    void laterMessages_doNotProlongAnEarlierWait();
    void manyRecipients_leaveInOneFlight();
    void manyLongReplies_areNotKept();
};

void TestWindows::aWindow_leavesInOnePiece()
{
    Driven driven({ .security = Security::ImplicitTls, .window = 8 });
    driven.makeReady("PIPELINING CHUNKING"_ba);
    QCOMPARE(driven.session.freeSlots(), 1); // nobody knows yet whether BDAT works
    driven.proveChunking();
    for (TransactionId id = 1; id <= 8; ++id)
        driven.submit(id, content(QByteArray(2000, 'x') + "\r\n"), 2002);
    QCOMPARE(driven.session.freeSlots(), 0);
    QVERIFY(driven.taken().isEmpty());
    QCOMPARE(driven.told(), (QList { "FinalOctetDue 1 2 3 4 5 6 7 8"_ba }));
    driven.session.releaseFinalOctet({ 8, 7, 6, 5, 4, 3, 2, 1 }, driven.now);
    const QByteArray flight = driven.session.takeOutput(Session::BlockOctets, driven.now);
    QCOMPARE(flight.count("BDAT 2002 LAST\r\n"), 8);
    QCOMPARE(flight.count("RSET\r\n"), 7);
    QVERIFY(flight.startsWith("MAIL") && driven.taken().isEmpty());
    for (int i = 0; i < 8; ++i)
        driven.says(i == 0 ? "250 ok\r\n250 ok\r\n250 ok\r\n"_ba
                           : "250 ok\r\n250 ok\r\n250 ok\r\n250 ok\r\n"_ba);
    const QList<QByteArray> told = driven.told();
    QCOMPARE(filtered(told, "Delivered"_ba).size(), 8);
    QCOMPARE(filtered(told, "Ready"_ba).size(), 1); // slots were free from the first on
    QCOMPARE(driven.session.freeSlots(), 8);
}

void TestWindows::unreadableContentInAWindow_failsAlone()
{
    Driven driven({ .security = Security::ImplicitTls, .window = 8 });
    driven.makeReady("PIPELINING CHUNKING"_ba);
    driven.proveChunking();
    driven.submit(1, content("one\r\n"_ba));
    driven.submit(2, nullptr);
    driven.submit(3, content("short"_ba), 100);
    driven.submit(4, content("four\r\n"_ba));
    QVERIFY(driven.taken().isEmpty());
    QCOMPARE(
        driven.told(),
        (QList { "TransactionFailed 2 Content ContentUnreadable NotAccepted"_ba,
                 "TransactionFailed 3 Content ContentUnreadable NotAccepted"_ba, "FinalOctetDue 1 4"_ba }));
    driven.session.releaseFinalOctet({ 1, 4 }, driven.now);
    const QByteArray flight = driven.taken();
    QVERIFY(flight.contains("one\r\n") && flight.endsWith("BDAT 6 LAST\r\nfour\r\n"));
}

void TestWindows::laterMessages_doNotProlongAnEarlierWait()
{
    Driven driven({ .security = Security::ImplicitTls, .window = 8 });
    driven.makeReady("PIPELINING CHUNKING"_ba);
    driven.proveChunking();
    const MonotonicTime start = driven.now;
    for (TransactionId id = 1; id <= 4; ++id) {
        driven.submit(id, content("x\r\n"_ba));
        driven.taken();
        driven.session.releaseFinalOctet({ id }, driven.now);
        driven.taken();
        QCOMPARE(driven.session.deadline(), std::optional(start + 5min));
        driven.now += 1min;
    }
}

void TestWindows::manyRecipients_leaveInOneFlight()
{
    Driven driven;
    driven.makeReady("PIPELINING CHUNKING"_ba);
    Envelope envelope;
    envelope.reversePath = "a@example.org"_ba;
    for (int i = 0; i < 5000; ++i)
        envelope.recipients.append("b" + QByteArray::number(i) + "@example.org");
    driven.session.submit(1, envelope, content("x\r\n"_ba), driven.now);
    QVERIFY(driven.taken().isEmpty());
    driven.session.releaseFinalOctet({ 1 }, driven.now);
    QByteArray flight;
    for (QByteArray piece = driven.taken(); !piece.isEmpty(); piece = driven.taken())
        flight += piece;
    QCOMPARE(flight.count("RCPT TO:<"), 5000);
    QVERIFY(flight.endsWith("BDAT 3 LAST\r\nx\r\n"));
    driven.says("250 ok\r\n" + QByteArray("250 ok\r\n").repeated(5000) + "250 2.0.0 taken\r\n");
    QVERIFY(driven.told().contains("Delivered 1 250 2.0.0"_ba));
}

/// A server may make each of thousands of replies as long as the limits allow.
void TestWindows::manyLongReplies_areNotKept()
{
    Driven driven;
    driven.makeReady("PIPELINING"_ba);
    Envelope envelope;
    envelope.reversePath = "a@example.org"_ba;
    for (int i = 0; i < 1000; ++i)
        envelope.recipients.append("b" + QByteArray::number(i) + "@example.org");
    driven.session.submit(1, envelope, content("x\r\n"_ba), driven.now);
    driven.taken();
    driven.session.receive("250 ok\r\n", driven.now);
    const QByteArray longReply
        = QByteArray("550-5.1.1 " + QByteArray(8000, 'n') + "\r\n").repeated(7) + "550 5.1.1 no\r\n";
    for (int i = 0; i < 1000; ++i)
        driven.session.receive(longReply, driven.now);
    qsizetype octets = 0;
    int refused = 0;
    while (const auto what = driven.session.nextEvent()) {
        const auto *refusal = std::get_if<event::RecipientRefused>(&*what);
        if (!refusal)
            continue;
        ++refused;
        QCOMPARE(refusal->reply.code, 550);
        QCOMPARE(refusal->reply.enhanced, (EnhancedStatusCode { 5, 1, 1 }));
        for (const QByteArray &line : refusal->reply.lines)
            octets += line.capacity();
    }
    QCOMPARE(refused, 1000);
    QVERIFY2(octets < 3'000'000, qPrintable(QString::number(octets)));
}

QTEST_GUILESS_MAIN(TestWindows)
#include "tst_windows.moc"
