// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outboxfixture.h"

#include <QBuffer>
#include <QTest>

using namespace Qt::StringLiterals;

namespace postrider::outbox {

/// What the store does for several messages at once, and for a message in several transactions.
class TestFlights : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<OutboxFixture>();
        QVERIFY(m_fixture->reopen());
    }
    void cleanup() { m_fixture.reset(); }

    void due_isBegunInOrderUpToTheLimit();
    void aLargeMessage_isTheLastOfAFlight();
    void aCrashInAFlight_leavesExactlyTheMarkedInDoubt();
    void aFlight_isFinishedAsOne();
    void aPart_isNeverSentAgain();
    void eightBitContent_isReplacedForGood_data();
    void eightBitContent_isReplacedForGood();
    void signedContent_staysAsItIs();
    void facts_areKeptForEachAccount();
    void wishesAndRecording_areKept();

private:
    [[nodiscard]] MessageId queueFile(const QByteArray &message);

    std::unique_ptr<OutboxFixture> m_fixture {};
};

MessageId TestFlights::queueFile(const QByteArray &message)
{
    QByteArray octets = message;
    QBuffer file(&octets);
    file.open(QIODevice::ReadOnly);
    const auto id = m_fixture->store().enqueueFile(file, OutboxFixture::options());
    return id ? *id : MessageId();
}

void TestFlights::due_isBegunInOrderUpToTheLimit()
{
    QStringList ids;
    for (int i = 0; i < 10; ++i) {
        ids.append(m_fixture->queue());
    }
    QVERIFY(!m_fixture->queue(OutboxFixture::draft(), OutboxFixture::options(u"account-2"_s)).isEmpty());
    const auto flight = m_fixture->store().beginDue(u"account-1"_s, 8);
    QVERIFY(flight);
    QCOMPARE(flight->size(), 8);
    for (qsizetype i = 0; i < flight->size(); ++i) {
        QCOMPARE(flight->at(i).id, ids.at(i));
        QVERIFY(m_fixture->state(ids.at(i)) == MessageState::Sending);
    }
    QCOMPARE(m_fixture->store().beginDue(u"account-1"_s, 8)->size(), 2);
    QVERIFY(m_fixture->store().beginDue(u"account-1"_s, 8)->isEmpty());
}

void TestFlights::aLargeMessage_isTheLastOfAFlight()
{
    mime::Draft large = OutboxFixture::draft();
    large.text = QString(100'000, u'x');
    QVERIFY(!m_fixture->queue().isEmpty());
    QVERIFY(!m_fixture->queue(large).isEmpty());
    QVERIFY(!m_fixture->queue().isEmpty());
    QCOMPARE(m_fixture->store().beginDue(u"account-1"_s, 8)->size(), 2);
    QCOMPARE(m_fixture->store().beginDue(u"account-1"_s, 8)->size(), 1);
}

void TestFlights::aCrashInAFlight_leavesExactlyTheMarkedInDoubt()
{
    for (int i = 0; i < 4; ++i) {
        QVERIFY(!m_fixture->queue().isEmpty());
    }
    const QList<Job> flight = *m_fixture->store().beginDue(u"account-1"_s, 8);
    QVERIFY(m_fixture->store().markFinalOctet({ flight.at(0).attempt, flight.at(2).attempt }));
    QVERIFY(m_fixture->reopen());
    QVERIFY(m_fixture->store().recover());
    for (int i = 0; i < 4; ++i) {
        QVERIFY(m_fixture->state(flight.at(i).id)
                == (i % 2 == 0 ? MessageState::InDoubt : MessageState::Queued));
    }
}

void TestFlights::aFlight_isFinishedAsOne()
{
    for (int i = 0; i < 3; ++i) {
        QVERIFY(!m_fixture->queue().isEmpty());
    }
    const QList<Job> flight = *m_fixture->store().beginDue(u"account-1"_s, 8);
    QList<EndedAttempt> ended;
    for (const Job &job : flight) {
        ended.append({ job.attempt, OutboxFixture::outcome(job, RecipientState::Sent) });
    }
    // One that ended otherwise meanwhile does not keep the others from their end.
    QVERIFY(m_fixture->store().finish(flight.at(1).attempt,
                                      OutboxFixture::outcome(flight.at(1), RecipientState::Failed)));
    QVERIFY(m_fixture->store().finish(ended));
    QVERIFY(m_fixture->state(flight.at(0).id) == MessageState::Sent);
    QVERIFY(m_fixture->state(flight.at(1).id) == MessageState::Failed);
    QVERIFY(m_fixture->state(flight.at(2).id) == MessageState::Sent);
}

void TestFlights::aPart_isNeverSentAgain()
{
    const MessageId id
        = m_fixture->queue(OutboxFixture::draft({ u"bob@example.net"_s, u"eve@example.net"_s }));
    const auto job = m_fixture->store().begin(id);
    QVERIFY(job);
    QVERIFY(m_fixture->store().markFinalOctet({ job->attempt }));
    QVERIFY(m_fixture->store().finishPart(job->attempt,
                                          { { "bob@example.net", RecipientState::Sent, 250, {}, u"ok"_s } }));
    QVERIFY(m_fixture->reopen());
    QVERIFY(m_fixture->store().recover());
    const QList<Recipient> recipients = m_fixture->summary(id).recipients;
    QVERIFY(recipients.at(0).state == RecipientState::Sent);
    QCOMPARE(recipients.at(0).text, u"ok"_s);
    QVERIFY(recipients.at(1).state == RecipientState::Queued);
    QCOMPARE(m_fixture->store().begin(id)->recipients, (QList<QByteArray> { "eve@example.net" }));
}

void TestFlights::eightBitContent_isReplacedForGood_data()
{
    QTest::addColumn<int>("size");
    QTest::newRow("small") << 10;
    QTest::newRow("large") << 200'000;
}

void TestFlights::eightBitContent_isReplacedForGood()
{
    QFETCH(int, size);
    const QByteArray body = QByteArray("\xc3\xa9\r\n").repeated(size / 4);
    const MessageId id = queueFile("From: ann@example.org\r\nTo: bob@example.net\r\n\r\n" + body);
    QVERIFY(!id.isEmpty());
    const auto first = m_fixture->store().begin(id);
    QVERIFY(first && first->eightBit);
    QVERIFY(m_fixture->store().makeSevenBit(id));
    QVERIFY(
        m_fixture->store().finish(first->attempt, OutboxFixture::outcome(*first, RecipientState::Queued)));
    const QByteArray converted = m_fixture->content(id);
    QVERIFY(converted.contains("=C3=A9\r\n"));
    QVERIFY(m_fixture->reopen());
    const auto second = m_fixture->store().begin(id);
    QVERIFY(second && !second->eightBit);
    QCOMPARE(second->size, converted.size());
    QCOMPARE(openContent(*second)->readAll(), converted);
    QCOMPARE(m_fixture->spoolFiles().size(), size > 1000 ? 1 : 0);
}

void TestFlights::signedContent_staysAsItIs()
{
    const MessageId id
        = queueFile("From: ann@example.org\r\nTo: bob@example.net\r\n"
                    "Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n\r\n\xc3\xa9\r\n--b--\r\n");
    const QByteArray before = m_fixture->content(id);
    QVERIFY(m_fixture->store().begin(id));
    const auto made = m_fixture->store().makeSevenBit(id);
    QVERIFY(!made);
    QVERIFY(made.error().kind == StoreError::Kind::NotConvertible);
    QCOMPARE(m_fixture->content(id), before);
}

void TestFlights::facts_areKeptForEachAccount()
{
    const ServerFacts facts { .host = u"mail.example.org"_s,
                              .port = 465,
                              .tls = u"TLS 1.3"_s,
                              .mechanisms = { "SCRAM-SHA-256", "PLAIN" },
                              .size = 1000,
                              .learnt = m_fixture->clock.now() };
    QVERIFY(!m_fixture->store().facts(u"account-1"_s)->has_value());
    QVERIFY(m_fixture->store().setFacts(u"account-1"_s, facts));
    QVERIFY(m_fixture->reopen());
    QCOMPARE(**m_fixture->store().facts(u"account-1"_s), facts);
    QVERIFY(!m_fixture->store().facts(u"account-2"_s)->has_value());
    ServerFacts newer = facts;
    newer.mechanisms = {};
    QVERIFY(m_fixture->store().setFacts(u"account-1"_s, newer));
    QCOMPARE(**m_fixture->store().facts(u"account-1"_s), newer);
}

void TestFlights::wishesAndRecording_areKept()
{
    SendOptions options = OutboxFixture::options();
    options.services = u"{\"priority\":3}"_s;
    const MessageId id = m_fixture->queue(OutboxFixture::draft(), options);
    QVERIFY(m_fixture->store().record(id));
    QVERIFY(m_fixture->reopen());
    const auto job = m_fixture->store().begin(id);
    QVERIFY(job);
    QCOMPARE(job->services, options.services);
    QVERIFY(job->recording == Recording::On);
    AttemptOutcome outcome = OutboxFixture::outcome(*job, RecipientState::Sent);
    outcome.transcript = u"C: QUIT\nS: 221"_s;
    QVERIFY(m_fixture->store().finish(job->attempt, outcome));
    QCOMPARE(m_fixture->store().find(id)->attempts.first().transcript, outcome.transcript);
}

} // namespace postrider::outbox

QTEST_GUILESS_MAIN(postrider::outbox::TestFlights)
#include "tst_flights.moc"
