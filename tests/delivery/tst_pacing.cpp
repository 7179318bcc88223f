// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/deliveryfixture.h"

#include <QTest>

using namespace postrider;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using delivery::DeliveryFixture;
using outbox::MessageState;
using outbox::Problem;
using outbox::RecipientState;

/// Accounts that may not send as fast or as much as they have to send.
class PacingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<DeliveryFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void aDailyLimit_isWaitedForWithoutATry_data();
    void aDailyLimit_isWaitedForWithoutATry();
    void aRate_isWaitedForAMinute_data();
    void aRate_isWaitedForAMinute();
    void recipientsOverTheLimit_goLater();
    void aChosenPace_isKept();
    void aListIsSplit_intoTransactionsOfAChosenSize();

private:
    std::unique_ptr<DeliveryFixture> m_fixture {};
};

void PacingTest::aDailyLimit_isWaitedForWithoutATry_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<QByteArray>("reply");
    QTest::newRow("5.4.5 at MAIL") << QByteArray("MAIL")
                                   << QByteArray("550 5.4.5 Daily user sending limit exceeded\r\n");
    QTest::newRow("5.4.5 at RCPT") << QByteArray("RCPT")
                                   << QByteArray("550 5.4.5 Daily user sending limit exceeded\r\n");
    QTest::newRow("words at DATA") << QByteArray("DATA") << QByteArray("452 Daily limit reached\r\n");
}

void PacingTest::aDailyLimit_isWaitedForWithoutATry()
{
    QFETCH(QByteArray, verb);
    QFETCH(QByteArray, reply);
    DeliveryFixture &f = *m_fixture;
    const auto isClosed = std::make_shared<bool>(true);
    f.serve({ .answer = [isClosed, verb, reply](const QByteArray &line) {
        return *isClosed && line.startsWith(verb) ? reply : QByteArray();
    } });
    QVERIFY(f.open());
    const outbox::MessageId id = f.send();
    QTRY_COMPARE_WITH_TIMEOUT(f.hold().problem.kind, Problem::Kind::PaceReached, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::Deferred, 10'000);
    const outbox::MessageSummary waiting = f.find(id);
    QCOMPARE(waiting.attempts, 0);
    QCOMPARE(waiting.recipients.first().state, RecipientState::Queued);
    QCOMPARE(f.hold().state, outbox::AccountHold::State::Waiting);
    QVERIFY(waiting.nextAttempt >= f.clock.now().addSecs(3600));
    const QString told = delivery::stateSentence(waiting, f.clock.now());
    QVERIFY2(told.startsWith(u"Daily limit of localhost reached. Goes on "_s), qPrintable(told));
    // Neither this message nor another one is tried meanwhile.
    const outbox::MessageId other = f.send();
    QTRY_COMPARE_WITH_TIMEOUT(f.find(other).state, MessageState::Deferred, 10'000);
    f.letPass(30min);
    f.settle();
    QCOMPARE(f.count("MAIL"), 1);
    *isClosed = false;
    f.letPass(24h);
    QTRY_COMPARE_WITH_TIMEOUT(f.find(other).state, MessageState::Sent, 10'000);
    QCOMPARE(f.find(id).state, MessageState::Sent);
    QCOMPARE(f.find(id).attempts, 1);
}

void PacingTest::aRate_isWaitedForAMinute_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<QByteArray>("reply");
    QTest::newRow("at MAIL") << QByteArray("MAIL") << QByteArray("450 4.7.28 Unusual rate\r\n");
    QTest::newRow("at RCPT") << QByteArray("RCPT") << QByteArray("450 4.7.28 Unusual rate\r\n");
    QTest::newRow("the session ends") << QByteArray("MAIL") << QByteArray("421 4.7.28 Unusual rate\r\n");
    QTest::newRow("before anything") << QByteArray("EHLO") << QByteArray("421 4.7.28 Unusual rate\r\n");
}

void PacingTest::aRate_isWaitedForAMinute()
{
    QFETCH(QByteArray, verb);
    QFETCH(QByteArray, reply);
    DeliveryFixture &f = *m_fixture;
    const auto isClosed = std::make_shared<bool>(true);
    f.serve({ .answer = [isClosed, verb, reply](const QByteArray &line) {
        return *isClosed && line.startsWith(verb) ? reply : QByteArray();
    } });
    QVERIFY(f.open());
    const outbox::MessageId id = f.send();
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).problem.kind, Problem::Kind::PaceReached, 10'000);
    QCOMPARE(f.find(id).attempts, 0);
    QCOMPARE(f.hold().failures, 0);
    const qsizetype before = f.count(verb);
    f.letPass(55s);
    f.settle();
    QCOMPARE(f.count(verb), before);
    *isClosed = false;
    f.letPass(6s);
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::Sent, 10'000);
}

void PacingTest::recipientsOverTheLimit_goLater()
{
    DeliveryFixture &f = *m_fixture;
    const auto isClosed = std::make_shared<bool>(true);
    f.serve({ .answer = [isClosed](const QByteArray &line) -> QByteArray {
        return *isClosed && line.startsWith("RCPT TO:<eve@") ? "550 5.4.5 Daily sending limit\r\n" : "";
    } });
    QVERIFY(f.open());
    mime::Draft draft = DeliveryFixture::draft();
    draft.to.append({ .name = {}, .localPart = u"eve"_s, .domain = u"example.net"_s });
    const outbox::MessageId id = f.send(draft);
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).recipients.at(0).state, RecipientState::Sent, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).problem.kind, Problem::Kind::PaceReached, 10'000);
    QCOMPARE(f.find(id).recipients.at(1).state, RecipientState::Queued);
    *isClosed = false;
    f.letPass(25h);
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::Sent, 10'000);
    QCOMPARE(f.server().messages().size(), 2);
    QCOMPARE(f.server().messages().at(0).recipients, (QList<QByteArray> { "bob@example.net" }));
    QCOMPARE(f.server().messages().at(1).recipients, (QList<QByteArray> { "eve@example.net" }));
    QCOMPARE(f.server().messages().at(0).content, f.server().messages().at(1).content);
}

void PacingTest::aChosenPace_isKept()
{
    DeliveryFixture &f = *m_fixture;
    f.serve({ .extensions = { "PIPELINING" } });
    QVERIFY(f.open());
    QVERIFY(f.setPace({ .messagesPerMinute = 2 }));
    for (int i = 0; i < 3; ++i)
        QVERIFY(!f.send(DeliveryFixture::draft(QString::number(i))).isEmpty());
    const auto sent = [&f] { return f.server().messages().size(); };
    QTRY_COMPARE_WITH_TIMEOUT(sent(), 2, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(f.list().first().state, MessageState::Deferred, 10'000);
    QCOMPARE(f.list().first().problem.kind, Problem::Kind::PaceReached);
    f.letPass(50s);
    f.settle();
    QCOMPARE(sent(), 2);
    f.letPass(20s);
    QTRY_COMPARE_WITH_TIMEOUT(f.list().first().state, MessageState::Sent, 10'000);
    for (int i = 0; i < 3; ++i)
        QVERIFY(f.server().messages().at(i).content.contains(
            QByteArray("\r\nSubject: " + QByteArray::number(i) + "\r\n")));
}

void PacingTest::aListIsSplit_intoTransactionsOfAChosenSize()
{
    DeliveryFixture &f = *m_fixture;
    f.serve({ .extensions = { "PIPELINING" } });
    QVERIFY(f.open());
    QVERIFY(f.setPace({ .recipientsPerMessage = 2 }));
    mime::Draft draft = DeliveryFixture::draft();
    draft.to.clear();
    for (int i = 0; i < 5; ++i)
        draft.to.append({ .name = {}, .localPart = u"r%1"_s.arg(i), .domain = u"example.net"_s });
    const outbox::MessageId id = f.send(draft);
    QTRY_COMPARE_WITH_TIMEOUT(f.find(id).state, MessageState::Sent, 10'000);
    QList<qsizetype> sizes;
    QList<QByteArray> recipients;
    for (const support::FakeSmtpServer::Message &message : f.server().messages()) {
        sizes.append(message.recipients.size());
        recipients.append(message.recipients);
    }
    QCOMPARE(sizes, (QList<qsizetype> { 2, 2, 1 }));
    QCOMPARE(recipients,
             (QList<QByteArray> { "r0@example.net", "r1@example.net", "r2@example.net", "r3@example.net",
                                  "r4@example.net" }));
    QCOMPARE(f.find(id).attempts, 1);
}

QTEST_GUILESS_MAIN(PacingTest)
#include "tst_pacing.moc"
