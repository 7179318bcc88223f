// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/pace.h"
#include "outboxfixture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace postrider::outbox {

class TestPace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<OutboxFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void verdict_followsTheLimits_data();
    void verdict_followsTheLimits();
    void chosenNumber_winsOverALearntOne();
    void learntNumber_isBelievedForAMonth();
    void closing_endsByItself_data();
    void closing_endsByItself();
    void dayQuota_opensADayAfterTheFirst();

    void messagesPerMinute_areNotPassed();
    void countsSurviveARestart();
    void messagesPerDay_goOnTomorrow();
    void longList_isBegunInParts();
    void underWay_isCountedAsSent();
    void refusedRecipients_areNotCounted();
    void part_isATransactionOfItsOwn();
    void crashInDoubt_isCounted();
    void replyOfTheServer_closesTheAccountWithoutCosts();
    void tryNow_forgetsWhatWasLearntOnly();
    void otherAccount_isNotAffected();

private:
    [[nodiscard]] QDateTime now() const { return m_fixture->clock.now(); }
    /// How many messages may be begun, which are sent.
    [[nodiscard]] int sendAll(RecipientState outcome = RecipientState::Sent);

    std::unique_ptr<OutboxFixture> m_fixture {};
};

int TestPace::sendAll(RecipientState outcome)
{
    int sent = 0;
    for (;;) {
        const auto jobs = m_fixture->store().beginDue(u"account-1"_s, 3);
        if (!jobs || jobs->isEmpty()) {
            return jobs ? sent : -1;
        }
        QList<EndedAttempt> ended;
        for (const Job &job : *jobs) {
            ended.append({ job.attempt, OutboxFixture::outcome(job, outcome) });
        }
        if (!m_fixture->store().finish(ended)) {
            return -1;
        }
        sent += static_cast<int>(jobs->size());
    }
}

void TestPace::verdict_followsTheLimits_data()
{
    QTest::addColumn<PaceLimits>("limits");
    QTest::addColumn<SentCount>("underWay");
    QTest::addColumn<int>("messages");
    QTest::addColumn<int>("recipients");
    QTest::addColumn<Problem::Detail>("reached");
    QTest::addColumn<int>("goesOn"); // seconds from now
    constexpr int Unlimited = PaceVerdict::Unlimited;
    using Detail = Problem::Detail;
    const SentCount none;

    // Sent: 2 messages to 20 recipients 30 s ago, 3 messages to 30 recipients an hour ago.
    QTest::newRow("nothing is known") << PaceLimits {} << none << Unlimited << Unlimited << Detail::None << 0;
    QTest::newRow("0 is no limit") << PaceLimits { 0, 0, 0, 0 } << none << Unlimited << Unlimited
                                   << Detail::None << 0;
    QTest::newRow("some are left of the minute")
        << PaceLimits { 5, {}, {}, {} } << none << 3 << Unlimited << Detail::None << 0;
    QTest::newRow("the minute is full")
        << PaceLimits { 2, {}, {}, {} } << none << 0 << 0 << Detail::MessagesPerMinute << 35;
    QTest::newRow("what is under way fills it")
        << PaceLimits { 4, {}, {}, {} } << SentCount { 2, 2 } << 0 << 0 << Detail::MessagesPerMinute << 35;
    QTest::newRow("only what is under way")
        << PaceLimits { 1, {}, {}, {} } << SentCount { 3, 3 } << 0 << 0 << Detail::MessagesPerMinute << 60;
    QTest::newRow("some are left of the day")
        << PaceLimits { {}, 7, {}, {} } << none << 2 << Unlimited << Detail::None << 0;
    QTest::newRow("the day is full, the oldest make room")
        << PaceLimits { {}, 5, {}, {} } << none << 0 << 0 << Detail::MessagesPerDay << 23 * 3600 + 5;
    QTest::newRow("the day is full with what is younger as well")
        << PaceLimits { {}, 1, {}, {} } << none << 0 << 0 << Detail::MessagesPerDay << 24 * 3600 - 25;
    QTest::newRow("recipients are left")
        << PaceLimits { {}, {}, {}, 57 } << none << Unlimited << 7 << Detail::None << 0;
    QTest::newRow("no recipients are left")
        << PaceLimits { {}, {}, {}, 50 } << none << 0 << 0 << Detail::RecipientsPerDay << 23 * 3600 + 5;
    QTest::newRow("the longest wait counts")
        << PaceLimits { 1, {}, {}, 10 } << none << 0 << 0 << Detail::RecipientsPerDay << 24 * 3600 - 25;
}

void TestPace::verdict_followsTheLimits()
{
    QFETCH(PaceLimits, limits);
    QFETCH(SentCount, underWay);
    QFETCH(int, messages);
    QFETCH(int, recipients);
    QFETCH(Problem::Detail, reached);
    QFETCH(int, goesOn);
    const QList<SentSlot> sent { { now().addSecs(-25 * 3600), { 1000, 1000 } }, // forgotten
                                 { now().addSecs(-3600), { 3, 30 } },
                                 { now().addSecs(-30), { 2, 20 } },
                                 { now().addSecs(60), { 1000, 1000 } } }; // the clock was put back
    const PaceVerdict verdict = judgePace({ limits, {}, {}, {}, {} }, sent, underWay, now());
    QCOMPARE(verdict.messages, messages);
    QCOMPARE(verdict.recipients, recipients);
    QVERIFY(verdict.reached.detail == reached);
    QCOMPARE(verdict.mayGoOn(), reached == Problem::Detail::None);
    if (!verdict.mayGoOn()) {
        QCOMPARE(now().secsTo(verdict.goesOn), goesOn);
        QVERIFY(verdict.reached.limit > 0);
        // It is true: then it may go on.
        QVERIFY(judgePace({ limits, {}, {}, {}, {} }, sent.mid(0, 3), {}, verdict.goesOn).mayGoOn());
    }
}

void TestPace::chosenNumber_winsOverALearntOne()
{
    Pace pace;
    pace.learnt = { 10, 100, 50, 500 };
    pace.learntAt = now();
    pace.chosen = { 20, 0, {}, {} };
    QVERIFY(pace.inForce(now()) == (PaceLimits { 20, {}, 50, 500 }));
}

void TestPace::learntNumber_isBelievedForAMonth()
{
    Pace pace;
    pace.learnt.messagesPerDay = 100;
    pace.learntAt = now();
    QCOMPARE(pace.inForce(now().addDays(29)).messagesPerDay, 100);
    QVERIFY(!pace.inForce(now().addDays(30)).messagesPerDay);
    QVERIFY(!pace.inForce(now().addDays(-1)).messagesPerDay);
}

void TestPace::closing_endsByItself_data()
{
    QTest::addColumn<int>("until");
    QTest::addColumn<bool>("isClosed");
    QTest::newRow("over") << 0 << false;
    QTest::newRow("a minute") << 60 << true;
    QTest::newRow("a day") << 24 * 3600 << true;
    QTest::newRow("noted before the clock was put back") << 26 * 3600 << false;
}

void TestPace::closing_endsByItself()
{
    QFETCH(int, until);
    QFETCH(bool, isClosed);
    Pace pace;
    pace.closedUntil = now().addSecs(until);
    pace.closedBy.text = u"slow down"_s;
    const PaceVerdict verdict = judgePace(pace, {}, {}, now());
    QCOMPARE(verdict.mayGoOn(), !isClosed);
    QCOMPARE(verdict.messages, isClosed ? 0 : PaceVerdict::Unlimited);
    if (isClosed) {
        QCOMPARE(verdict.goesOn, pace.closedUntil);
        QVERIFY(verdict.reached.kind == Problem::Kind::PaceReached);
        QCOMPARE(verdict.reached.text, u"slow down"_s);
    }
}

void TestPace::dayQuota_opensADayAfterTheFirst()
{
    QCOMPARE(dayQuotaOpens({}, now()), now().addSecs(3600));
    const QList<SentSlot> sent { { now().addDays(-2), { 5, 5 } },
                                 { now().addSecs(-7200), { 5, 5 } },
                                 { now().addSecs(-60), { 5, 5 } } };
    QCOMPARE(dayQuotaOpens(sent, now()), now().addSecs(24 * 3600 - 7200 + 5));
}

void TestPace::messagesPerMinute_areNotPassed()
{
    QVERIFY(m_fixture->reopen());
    QVERIFY(m_fixture->store().setPace(u"account-1"_s, { 5, {}, {}, {} }));
    for (int count = 0; count < 12; ++count) {
        QVERIFY(!m_fixture->queue().isEmpty());
    }
    const QDateTime start = now();
    QList<int> sent;
    while (const auto next = m_fixture->store().nextDue()) {
        if (next->isNull()) {
            break;
        }
        m_fixture->clock.advanceTo(std::max(*next, now()));
        QVERIFY(!m_fixture->store().due()->isEmpty());
        sent.append(sendAll());
        QVERIFY(m_fixture->store().due()->isEmpty());
    }
    QCOMPARE(sent, (QList<int> { 5, 5, 2 }));
    QVERIFY(start.secsTo(now()) >= 120);
    QVERIFY(start.secsTo(now()) <= 140);
}

void TestPace::countsSurviveARestart()
{
    QVERIFY(m_fixture->reopen());
    QVERIFY(m_fixture->store().setPace(u"account-1"_s, { 5, {}, {}, {} }));
    for (int count = 0; count < 7; ++count) {
        QVERIFY(!m_fixture->queue().isEmpty());
    }
    QCOMPARE(sendAll(), 5);
    QVERIFY(m_fixture->reopen());
    QVERIFY(m_fixture->store().recover());
    QCOMPARE(sendAll(), 0);
    const auto report = m_fixture->store().pace(u"account-1"_s);
    QVERIFY(report);
    QVERIFY(report->lastMinute == (SentCount { 5, 5 }));
    QVERIFY(report->lastDay == (SentCount { 5, 5 }));
    QVERIFY(report->verdict.reached.detail == Problem::Detail::MessagesPerMinute);
}

void TestPace::messagesPerDay_goOnTomorrow()
{
    QVERIFY(m_fixture->reopen());
    QVERIFY(m_fixture->store().setFacts(u"account-1"_s, { .host = u"smtp.example.org"_s, .learnt = now() }));
    QVERIFY(m_fixture->store().setPace(u"account-1"_s, { {}, 3, {}, {} }));
    MessageId last;
    for (int count = 0; count < 4; ++count) {
        last = m_fixture->queue();
    }
    QCOMPARE(sendAll(), 3); // at 9:00
    m_fixture->clock.advance(5h);
    QVERIFY(m_fixture->store().due()->isEmpty());
    const AccountHold hold = *m_fixture->store().accountHold(u"account-1"_s);
    QVERIFY(hold.state == AccountHold::State::Waiting);
    QVERIFY(hold.problem.kind == Problem::Kind::PaceReached);
    QVERIFY(hold.problem.detail == Problem::Detail::MessagesPerDay);
    QCOMPARE(hold.problem.limit, 3);
    QCOMPARE(hold.problem.host, u"smtp.example.org"_s);
    const QDateTime tomorrow({ 2026, 3, 3 }, { 9, 0, 5 }, Qt::UTC);
    QCOMPARE(hold.until, tomorrow);
    QCOMPARE(*m_fixture->store().nextDue(), tomorrow);
    const MessageSummary summary = m_fixture->summary(last);
    QCOMPARE(summary.state, MessageState::Deferred);
    QCOMPARE(summary.nextAttempt, tomorrow);
    QVERIFY(summary.problem.kind == Problem::Kind::PaceReached);
    QCOMPARE(summary.attempts, 0);
    m_fixture->clock.advanceTo(tomorrow);
    QVERIFY(m_fixture->store().accountHold(u"account-1"_s)->state == AccountHold::State::Ready);
    QCOMPARE(sendAll(), 1);
}

void TestPace::longList_isBegunInParts()
{
    QVERIFY(m_fixture->reopen());
    QVERIFY(m_fixture->store().setPace(u"account-1"_s, { {}, {}, {}, 3 }));
    QStringList addresses;
    for (int number = 0; number < 7; ++number) {
        addresses.append(u"r%1@example.net"_s.arg(number));
    }
    const MessageId id = m_fixture->queue(OutboxFixture::draft(addresses));
    QList<QByteArray> reached;
    QList<int> parts;
    while (m_fixture->state(id) != MessageState::Sent) {
        m_fixture->clock.advanceTo(std::max(*m_fixture->store().nextDue(), now()));
        const auto jobs = m_fixture->store().beginDue(u"account-1"_s, 8);
        QCOMPARE(jobs->size(), 1);
        parts.append(static_cast<int>(jobs->first().recipients.size()));
        reached += jobs->first().recipients;
        QVERIFY(m_fixture->store().finish(jobs->first().attempt,
                                          OutboxFixture::outcome(jobs->first(), RecipientState::Sent)));
    }
    QCOMPARE(parts, (QList<int> { 3, 3, 1 }));
    QCOMPARE(reached.size(), 7); // each once
    for (const QString &address : std::as_const(addresses)) {
        QVERIFY(reached.contains(address.toUtf8()));
    }
}

void TestPace::underWay_isCountedAsSent()
{
    QVERIFY(m_fixture->reopen());
    QVERIFY(m_fixture->store().setPace(u"account-1"_s, { 5, {}, {}, {} }));
    for (int count = 0; count < 9; ++count) {
        QVERIFY(!m_fixture->queue().isEmpty());
    }
    // Two connections
    const auto first = m_fixture->store().beginDue(u"account-1"_s, 4);
    QCOMPARE(first->size(), 4);
    QCOMPARE(m_fixture->store().beginDue(u"account-1"_s, 4)->size(), 1);
    QCOMPARE(m_fixture->store().beginDue(u"account-1"_s, 4)->size(), 0);
    // What did not leave makes room again.
    QVERIFY(m_fixture->store().finish(first->first().attempt,
                                      OutboxFixture::outcome(first->first(), RecipientState::Queued)));
    QCOMPARE(m_fixture->store().beginDue(u"account-1"_s, 4)->size(), 1);
}

void TestPace::refusedRecipients_areNotCounted()
{
    QVERIFY(m_fixture->reopen());
    const MessageId id = m_fixture->queue(
        OutboxFixture::draft({ u"a@example.net"_s, u"b@example.net"_s, u"c@example.net"_s }));
    const auto job = m_fixture->store().begin(id);
    AttemptOutcome outcome;
    outcome.reachedMail = true;
    outcome.recipients = { { "a@example.net", RecipientState::Sent, 250, {}, {} },
                           { "b@example.net", RecipientState::Failed, 550, {}, {} },
                           { "c@example.net", RecipientState::InDoubt, 0, {}, {} } };
    QVERIFY(m_fixture->store().finish(job->attempt, outcome));
    QVERIFY(m_fixture->attempt(m_fixture->queue(), RecipientState::Deferred));
    QVERIFY(m_fixture->store().pace(u"account-1"_s)->lastDay == (SentCount { 1, 2 }));
}

void TestPace::part_isATransactionOfItsOwn()
{
    QVERIFY(m_fixture->reopen());
    const MessageId id = m_fixture->queue(OutboxFixture::draft({ u"a@example.net"_s, u"b@example.net"_s }));
    const auto job = m_fixture->store().begin(id);
    const RecipientOutcome part { "a@example.net", RecipientState::Sent, 250, {}, {} };
    QVERIFY(m_fixture->store().finishPart(job->attempt, { part }));
    QVERIFY(m_fixture->store().pace(u"account-1"_s)->lastDay == (SentCount { 1, 1 }));
    AttemptOutcome outcome;
    outcome.reachedMail = true;
    outcome.recipients = { part, { "b@example.net", RecipientState::Sent, 250, {}, {} } };
    QVERIFY(m_fixture->store().finish(job->attempt, outcome));
    QVERIFY(m_fixture->store().pace(u"account-1"_s)->lastDay == (SentCount { 2, 2 }));
}

void TestPace::crashInDoubt_isCounted()
{
    QVERIFY(m_fixture->reopen());
    const auto job = m_fixture->store().begin(m_fixture->queue());
    QVERIFY(m_fixture->store().markFinalOctet({ job->attempt }));
    QVERIFY(m_fixture->reopen());
    QVERIFY(m_fixture->store().recover());
    QVERIFY(m_fixture->store().pace(u"account-1"_s)->lastDay == (SentCount { 1, 1 }));
}

void TestPace::replyOfTheServer_closesTheAccountWithoutCosts()
{
    QVERIFY(m_fixture->reopen());
    QVERIFY(m_fixture->attempt(m_fixture->queue(), RecipientState::Sent));
    m_fixture->clock.advance(1h);
    const MessageId id = m_fixture->queue();
    const auto job = m_fixture->store().begin(id);
    LearntPace learnt;
    learnt.problem.code = 550;
    learnt.problem.enhanced = "5.4.5";
    learnt.problem.text = u"Daily sending quota exceeded"_s;
    learnt.problem.detail = Problem::Detail::MessagesPerDay;
    learnt.closedUntil = m_fixture->store().pace(u"account-1"_s)->dayQuotaOpens;
    QVERIFY(m_fixture->store().learnPace(u"account-1"_s, learnt));
    AttemptOutcome outcome = OutboxFixture::outcome(*job, RecipientState::Queued);
    QVERIFY(m_fixture->store().finish(job->attempt, outcome));
    QVERIFY(m_fixture->reopen());
    const AccountHold hold = *m_fixture->store().accountHold(u"account-1"_s);
    QVERIFY(hold.state == AccountHold::State::Waiting);
    QCOMPARE(hold.problem.text, learnt.problem.text);
    QCOMPARE(hold.until, QDateTime({ 2026, 3, 3 }, { 9, 0, 5 }, Qt::UTC));
    QCOMPARE(m_fixture->summary(id).attempts, 0);
    QVERIFY(m_fixture->store().due()->isEmpty());
    // A whole minute of other replies changes only what they are about.
    learnt = {};
    learnt.limits.messagesPerMinute = 10;
    QVERIFY(m_fixture->store().learnPace(u"account-1"_s, learnt));
    QCOMPARE(m_fixture->store().due()->size(), 1);
    QCOMPARE(m_fixture->store().pace(u"account-1"_s)->pace.inForce(now()).messagesPerMinute, 10);
}

void TestPace::tryNow_forgetsWhatWasLearntOnly()
{
    QVERIFY(m_fixture->reopen());
    const MessageId id = m_fixture->queue();
    const auto close = [this] {
        LearntPace learnt;
        learnt.closedUntil = now().addSecs(3600);
        return m_fixture->store().learnPace(u"account-1"_s, learnt) && m_fixture->store().due()->isEmpty();
    };
    QVERIFY(close());
    QVERIFY(m_fixture->store().retry(id));
    QCOMPARE(m_fixture->store().due()->size(), 1);
    QVERIFY(close());
    QVERIFY(m_fixture->store().releaseAccount(u"account-1"_s));
    QCOMPARE(m_fixture->store().due()->size(), 1);
    QVERIFY(close());
    QVERIFY(m_fixture->store().retryAll());
    QCOMPARE(m_fixture->store().due()->size(), 1);
    // What the person chose is changed by the person.
    QVERIFY(m_fixture->store().setPace(u"account-1"_s, { 1, {}, {}, {} }));
    QCOMPARE(sendAll(), 1);
    const MessageId next = m_fixture->queue();
    QVERIFY(m_fixture->store().retry(next));
    QVERIFY(m_fixture->store().due()->isEmpty());
    QVERIFY(m_fixture->store().setPace(u"account-1"_s, { 2, {}, {}, {} }));
    QCOMPARE(m_fixture->store().due()->size(), 1);
}

void TestPace::otherAccount_isNotAffected()
{
    QVERIFY(m_fixture->reopen());
    QVERIFY(m_fixture->store().setPace(u"account-1"_s, { 1, {}, {}, {} }));
    QVERIFY(!m_fixture->queue().isEmpty());
    QVERIFY(!m_fixture->queue().isEmpty());
    QCOMPARE(sendAll(), 1);
    const MessageId other = m_fixture->queue(OutboxFixture::draft(), OutboxFixture::options(u"account-2"_s));
    QCOMPARE(m_fixture->store().due()->size(), 1);
    QCOMPARE(m_fixture->store().due()->first().id, other);
    QVERIFY(*m_fixture->store().nextDue() <= now());
}

} // namespace postrider::outbox

QTEST_GUILESS_MAIN(postrider::outbox::TestPace)
#include "tst_pace.moc"
