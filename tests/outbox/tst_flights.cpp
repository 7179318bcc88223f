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
    void aPartThatIsTooLate_isNotTriedForEver();
    void eightBitContent_isReplacedForGood_data();
    void eightBitContent_isReplacedForGood();
    void signedContent_staysAsItIs();
    void facts_areKeptForEachAccount();
    void habits_areKeptUntilTheyAreOld();
    void aReleasedAccount_isNotHeldByAnOlderTry();
    void aFailedTry_isAnAttemptThatDoesNotCount_data();
    void aFailedTry_isAnAttemptThatDoesNotCount();
    void forgettingAServer_releasesOnlyWhatItsFactsHeld_data();
    void forgettingAServer_releasesOnlyWhatItsFactsHeld();
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

void TestFlights::aPartThatIsTooLate_isNotTriedForEver()
{
    const MessageId id
        = m_fixture->queue(OutboxFixture::draft({ u"bob@example.net"_s, u"eve@example.net"_s }));
    m_fixture->clock.setWallClock(m_fixture->clock.now().addDays(6));
    const auto job = m_fixture->store().begin(id);
    QVERIFY(job);
    const RecipientOutcome deferred { "bob@example.net", RecipientState::Deferred, 450, {}, u"later"_s };
    QVERIFY(m_fixture->store().finishPart(job->attempt, { deferred }));
    AttemptOutcome outcome;
    outcome.reachedMail = true;
    outcome.recipients = { deferred, { "eve@example.net", RecipientState::Sent, 250, {}, u"ok"_s } };
    QVERIFY(m_fixture->store().finish(job->attempt, outcome));
    const MessageSummary summary = m_fixture->summary(id);
    QCOMPARE(summary.state, MessageState::PartlySent);
    QVERIFY(summary.recipients.first().state == RecipientState::Failed);
    QCOMPARE(summary.recipients.first().text, u"later"_s);
    QVERIFY(m_fixture->store().due()->isEmpty());
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

void TestFlights::habits_areKeptUntilTheyAreOld()
{
    const QDateTime now = m_fixture->clock.now();
    const LearntHabits learnt { u"smtp.example.org"_s,
                                587,
                                { smtp::ChunkUse::Never, smtp::PipelineUse::WithinMessage },
                                now,
                                10,
                                7,
                                now };
    QVERIFY(!m_fixture->store().habits(u"account-1"_s)->has_value());
    QVERIFY(m_fixture->store().setHabits(u"account-1"_s, learnt));
    QVERIFY(m_fixture->reopen());
    QVERIFY(**m_fixture->store().habits(u"account-1"_s) == learnt);
    QVERIFY(!m_fixture->store().habits(u"account-2"_s)->has_value());

    m_fixture->clock.setWallClock(now.addDays(8));
    LearntHabits left = **m_fixture->store().habits(u"account-1"_s);
    QVERIFY(left.habits == learnt.habits);
    QCOMPARE(left.recipientLimit, 0);
    QCOMPARE(left.recipientsTaken, 0);
    m_fixture->clock.setWallClock(now.addDays(31));
    left = **m_fixture->store().habits(u"account-1"_s);
    QVERIFY(left.habits == smtp::ServerHabits {});
    // A clock that was put back makes nothing last for years.
    m_fixture->clock.setWallClock(now.addDays(-1));
    left = **m_fixture->store().habits(u"account-1"_s);
    QVERIFY(left.habits == smtp::ServerHabits {});
}

void TestFlights::aReleasedAccount_isNotHeldByAnOlderTry()
{
    AccountHold hold;
    hold.state = AccountHold::State::Held;
    hold.problem.kind = Problem::Kind::SignInRefused;
    hold.failures = 1;
    // The try began, the person set another password, the try ended.
    hold.releases = m_fixture->store().accountHold(u"account-1"_s)->releases;
    QVERIFY(m_fixture->store().releaseAccount(u"account-1"_s));
    QVERIFY(m_fixture->store().failTry(u"account-1"_s, hold, {}));
    QVERIFY(m_fixture->store().accountHold(u"account-1"_s)->state == AccountHold::State::Ready);

    hold.releases = m_fixture->store().accountHold(u"account-1"_s)->releases;
    QVERIFY(m_fixture->store().failTry(u"account-1"_s, hold, {}));
    QVERIFY(m_fixture->store().accountHold(u"account-1"_s)->state == AccountHold::State::Held);
}

void TestFlights::aFailedTry_isAnAttemptThatDoesNotCount_data()
{
    QTest::addColumn<bool>("isRecorded");
    QTest::newRow("recorded") << true;
    QTest::newRow("not recorded") << false;
}

void TestFlights::aFailedTry_isAnAttemptThatDoesNotCount()
{
    QFETCH(bool, isRecorded);
    const MessageId id = m_fixture->queue();
    if (isRecorded) {
        QVERIFY(m_fixture->store().record(id));
    }
    FailedTry failed;
    failed.message = id;
    failed.started = m_fixture->clock.now();
    failed.attempt.host = u"smtp.example.org"_s;
    failed.attempt.problem.kind = Problem::Kind::ConnectionRefused;
    failed.attempt.transcript = u"S: 220 hello"_s;
    AccountHold hold;
    hold.state = AccountHold::State::Waiting;
    hold.problem = failed.attempt.problem;
    hold.until = m_fixture->clock.now().addSecs(60);
    QVERIFY(m_fixture->store().failTry(u"account-1"_s, hold, failed));
    QVERIFY(m_fixture->reopen());
    const auto details = m_fixture->store().find(id);
    QVERIFY(details);
    QCOMPARE(details->summary.attempts, 0);
    QCOMPARE(details->attempts.size(), 1);
    QCOMPARE(details->attempts.first().outcome, u"connection-refused"_s);
    QCOMPARE(details->attempts.first().host, u"smtp.example.org"_s);
    QVERIFY(details->attempts.first().ended.isValid());
    QCOMPARE(details->attempts.first().transcript, isRecorded ? u"S: 220 hello"_s : QString());
    // It is over: neither a restart nor the next try finds it open.
    QVERIFY(m_fixture->store().recover());
    QVERIFY(m_fixture->store().begin(id));
}

void TestFlights::forgettingAServer_releasesOnlyWhatItsFactsHeld_data()
{
    QTest::addColumn<Problem::Kind>("kind");
    QTest::addColumn<bool>("isReleased");
    QTest::newRow("weaker sign-in") << Problem::Kind::MechanismWithdrawn << true;
    QTest::newRow("no encryption") << Problem::Kind::TlsWithdrawn << true;
    QTest::newRow("wrong password") << Problem::Kind::SignInRefused << false;
}

void TestFlights::forgettingAServer_releasesOnlyWhatItsFactsHeld()
{
    QFETCH(Problem::Kind, kind);
    QFETCH(bool, isReleased);
    QVERIFY(m_fixture->store().setFacts(u"account-1"_s,
                                        { .host = u"smtp.example.org"_s, .learnt = m_fixture->clock.now() }));
    QVERIFY(m_fixture->store().setHabits(u"account-1"_s, { .host = u"smtp.example.org"_s }));
    AccountHold hold;
    hold.state = AccountHold::State::Held;
    hold.problem.kind = kind;
    QVERIFY(m_fixture->store().setAccountHold(u"account-1"_s, hold));
    QVERIFY(m_fixture->store().forgetServer(u"account-1"_s));
    QVERIFY(m_fixture->reopen());
    QVERIFY(!m_fixture->store().facts(u"account-1"_s)->has_value());
    QVERIFY(!m_fixture->store().habits(u"account-1"_s)->has_value());
    QVERIFY(m_fixture->store().accountHold(u"account-1"_s)->state
            == (isReleased ? AccountHold::State::Ready : AccountHold::State::Held));
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
