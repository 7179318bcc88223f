// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outboxfixture.h"

#include <QBuffer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace postrider::outbox {

/// Messages that do not leave at once: Send can be taken back, or another time was chosen, or nobody knows
/// whether they have left.
class TestHolding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<OutboxFixture>();
        QVERIFY(m_fixture->reopen());
    }
    void cleanup() { m_fixture.reset(); }

    void undoWindow_holdsUntilItIsOver_data();
    void undoWindow_holdsUntilItIsOver();
    void undoWindow_isNeverLongerThanTwoMinutes();
    void cancelInTheWindow_sendsNothing();
    void crashInTheWindow_givesAWholeWindowAgain();
    void clockPutBack_endsTheWindow();
    void scheduled_leavesAtItsTime();
    void scheduledFile_leavesAtItsTime();
    void timeThatIsOver_countsAsNone();
    void clockPutBack_doesNotHurryWhatIsScheduled();
    void late_leavesWithItsWindowOrAsks_data();
    void late_leavesWithItsWindowOrAsks();
    void overdue_leavesOrWaitsAsThePersonSays();
    void longScheduled_hasItsWholeTimeForRetries();
    void anotherTime_canBeChosen();
    void paused_returnsToItsChosenTime();
    void heldAccount_keepsWhatItsWindowLetGo();

    void inDoubt_isSentAgainOnceByTheRule();
    void inDoubt_isAsOldAsItsLastOctet();
    void largeInDoubt_isTheSameFileAgain();
    void doubtOfTheFuture_beginsAnew();

private:
    [[nodiscard]] SendOptions undoable(std::chrono::seconds window) const
    {
        SendOptions options = OutboxFixture::options();
        options.undoWindow = window;
        return options;
    }
    [[nodiscard]] SendOptions at(const QDateTime &time, std::chrono::seconds window = 0s) const
    {
        SendOptions options = undoable(window);
        options.notBefore = time;
        return options;
    }
    [[nodiscard]] QDateTime now() const { return m_fixture->clock.now(); }
    [[nodiscard]] bool isDue(const MessageId &id)
    {
        const auto due = m_fixture->store().due();
        return due && due->size() == 1 && due->first().id == id;
    }

    std::unique_ptr<OutboxFixture> m_fixture {};
};

void TestHolding::undoWindow_holdsUntilItIsOver_data()
{
    QTest::addColumn<bool>("isReopened");
    QTest::newRow("same process") << false;
    QTest::newRow("another process looks") << true;
}

void TestHolding::undoWindow_holdsUntilItIsOver()
{
    QFETCH(bool, isReopened);
    const QDateTime end = now().addSecs(10);
    const MessageId id = m_fixture->queue(OutboxFixture::draft(), undoable(10s));
    if (isReopened) {
        QVERIFY(m_fixture->reopen());
    }
    QCOMPARE(m_fixture->state(id), MessageState::Held);
    QCOMPARE(m_fixture->summary(id).hold, HoldReason::Undo);
    QCOMPARE(m_fixture->summary(id).nextAttempt, end);
    QCOMPARE(*m_fixture->store().nextDue(), end);
    m_fixture->clock.advance(9999ms);
    QVERIFY(m_fixture->store().due()->isEmpty());
    QVERIFY(m_fixture->store().beginDue(u"account-1"_s, 8)->isEmpty());
    QVERIFY(!m_fixture->store().begin(id));
    m_fixture->clock.advance(1ms);
    QCOMPARE(m_fixture->state(id), MessageState::Queued);
    QVERIFY(isDue(id));
    // Letting it go costs no commit of its own: another connection sees none.
    auto other = Store::open(m_fixture->profile.folder(), m_fixture->clock);
    QVERIFY(other);
    const qint64 version = (*other)->dataVersion();
    QVERIFY(isDue(id));
    QCOMPARE((*other)->dataVersion(), version);
    QCOMPARE(m_fixture->store().beginDue(u"account-1"_s, 8)->size(), 1);
    QCOMPARE(m_fixture->state(id), MessageState::Sending);
}

void TestHolding::undoWindow_isNeverLongerThanTwoMinutes()
{
    const MessageId id = m_fixture->queue(OutboxFixture::draft(), undoable(1h));
    QCOMPARE(m_fixture->summary(id).nextAttempt, now().addSecs(120));
    QCOMPARE(m_fixture->state(m_fixture->queue(OutboxFixture::draft(), undoable(-1s))), MessageState::Queued);
}

void TestHolding::cancelInTheWindow_sendsNothing()
{
    const MessageId id = m_fixture->queue(OutboxFixture::draft(), undoable(10s));
    m_fixture->clock.advance(9s);
    QVERIFY(m_fixture->store().cancel(id));
    m_fixture->clock.advance(1h);
    QVERIFY(m_fixture->reopen());
    QVERIFY(m_fixture->store().recover());
    QCOMPARE(m_fixture->state(id), MessageState::Draft);
    QVERIFY(m_fixture->store().due()->isEmpty());
    QVERIFY(m_fixture->store().nextDue()->isNull());
}

void TestHolding::crashInTheWindow_givesAWholeWindowAgain()
{
    const MessageId id = m_fixture->queue(OutboxFixture::draft(), undoable(30s));
    m_fixture->clock.advance(1h); // the computer was off
    QVERIFY(m_fixture->reopen());
    QVERIFY(m_fixture->store().recover());
    QCOMPARE(m_fixture->state(id), MessageState::Held);
    QCOMPARE(m_fixture->summary(id).nextAttempt, now().addSecs(30));
    m_fixture->clock.advance(29s);
    QVERIFY(m_fixture->store().due()->isEmpty());
    m_fixture->clock.advance(1s);
    QVERIFY(isDue(id));
}

void TestHolding::clockPutBack_endsTheWindow()
{
    const MessageId id = m_fixture->queue(OutboxFixture::draft(), undoable(10s));
    m_fixture->clock.setWallClock(now().addDays(-400));
    QVERIFY(isDue(id));
    QVERIFY(m_fixture->store().begin(id));
}

void TestHolding::scheduled_leavesAtItsTime()
{
    const QDateTime time = now().addDays(10);
    const MessageId id = m_fixture->queue(OutboxFixture::draft(), at(time, 10s));
    const MessageId other = m_fixture->queue();
    QVERIFY(m_fixture->reopen());
    MessageSummary summary = m_fixture->summary(id);
    QCOMPARE(summary.state, MessageState::Held);
    QCOMPARE(summary.hold, HoldReason::Scheduled);
    QCOMPARE(summary.nextAttempt, time);
    QCOMPARE(summary.scheduled, time);
    QVERIFY(isDue(other));
    QVERIFY(m_fixture->attempt(other, RecipientState::Sent));
    QCOMPARE(*m_fixture->store().nextDue(), time);
    QVERIFY(m_fixture->store().beginDue(u"account-1"_s, 8)->isEmpty());
    m_fixture->clock.advanceTo(time.addMSecs(-1));
    QVERIFY(m_fixture->store().due()->isEmpty());
    m_fixture->clock.advance(1ms);
    QVERIFY(isDue(id));
    QCOMPARE(m_fixture->state(id), MessageState::Queued);
    QVERIFY(m_fixture->attempt(id, RecipientState::Sent));
    QCOMPARE(m_fixture->summary(id).scheduled, time);
}

void TestHolding::scheduledFile_leavesAtItsTime()
{
    QBuffer file;
    file.setData("From: ann@example.org\r\nTo: bob@example.net\r\n\r\nText\r\n");
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto id = m_fixture->store().enqueueFile(file, at(now().addSecs(3600)));
    QVERIFY(id);
    QCOMPARE(m_fixture->summary(*id).hold, HoldReason::Scheduled);
    QVERIFY(m_fixture->store().due()->isEmpty());
    m_fixture->clock.advance(1h);
    QVERIFY(isDue(*id));
}

void TestHolding::timeThatIsOver_countsAsNone()
{
    const MessageId id = m_fixture->queue(OutboxFixture::draft(), at(now()));
    QCOMPARE(m_fixture->state(id), MessageState::Queued);
    QVERIFY(m_fixture->summary(id).scheduled.isNull());
}

void TestHolding::clockPutBack_doesNotHurryWhatIsScheduled()
{
    const QDateTime time = now().addSecs(600);
    const MessageId id = m_fixture->queue(OutboxFixture::draft(), at(time));
    m_fixture->clock.setWallClock(now().addDays(-400));
    QVERIFY(m_fixture->store().due()->isEmpty());
    QCOMPARE(*m_fixture->store().nextDue(), time);
    QVERIFY(!m_fixture->store().begin(id));
}

void TestHolding::late_leavesWithItsWindowOrAsks_data()
{
    QTest::addColumn<int>("late"); // seconds
    QTest::addColumn<int>("window");
    QTest::addColumn<MessageState>("state");
    QTest::addColumn<HoldReason>("hold");
    using enum MessageState;
    QTest::newRow("a slow timer") << 119 << 10 << Queued << HoldReason::None;
    QTest::newRow("late") << 3600 << 10 << Held << HoldReason::Undo;
    QTest::newRow("late, from the command line") << 3600 << 0 << Queued << HoldReason::None;
    QTest::newRow("a day late") << 24 * 3600 << 10 << Held << HoldReason::Undo;
    QTest::newRow("more than a day late") << 24 * 3600 + 1 << 10 << Held << HoldReason::Scheduled;
    QTest::newRow("the same from the command line") << 24 * 3600 + 1 << 0 << Held << HoldReason::Scheduled;
}

void TestHolding::late_leavesWithItsWindowOrAsks()
{
    QFETCH(int, late);
    QFETCH(int, window);
    QFETCH(MessageState, state);
    QFETCH(HoldReason, hold);
    for (const bool isRestarted : { true, false }) {
        const QDateTime time = now().addSecs(60);
        const MessageId id
            = m_fixture->queue(OutboxFixture::draft(), at(time, std::chrono::seconds { window }));
        m_fixture->clock.advanceTo(time.addSecs(late));
        if (isRestarted) {
            QVERIFY(m_fixture->reopen());
            QVERIFY(m_fixture->store().recover());
        } else { // it slept
            QVERIFY(m_fixture->store().due());
        }
        const MessageSummary summary = m_fixture->summary(id);
        QCOMPARE(summary.state, state);
        QCOMPARE(summary.hold, hold);
        if (hold == HoldReason::Undo) {
            QCOMPARE(summary.nextAttempt, now().addSecs(window));
        }
        if (hold == HoldReason::Scheduled) {
            QVERIFY(summary.nextAttempt.isNull());
            QVERIFY(summary.problem.kind == Problem::Kind::Overdue);
            QCOMPARE(summary.scheduled, time);
            m_fixture->clock.advance(240h);
            QVERIFY(m_fixture->store().due()->isEmpty());
            QVERIFY(m_fixture->store().nextDue()->isNull());
        }
        QVERIFY(m_fixture->store().cancel(id));
    }
}

void TestHolding::overdue_leavesOrWaitsAsThePersonSays()
{
    const QDateTime time = now().addSecs(60);
    const MessageId sent = m_fixture->queue(OutboxFixture::draft(), at(time));
    const MessageId later = m_fixture->queue(OutboxFixture::draft(), at(time));
    m_fixture->clock.advance(48h);
    QVERIFY(m_fixture->store().recover());
    QVERIFY(m_fixture->store().retry(sent));
    QVERIFY(isDue(sent));
    QVERIFY(m_fixture->attempt(sent, RecipientState::Sent));
    QVERIFY(m_fixture->store().schedule(later, now().addSecs(600)));
    QVERIFY(m_fixture->summary(later).problem.isNone());
    QCOMPARE(*m_fixture->store().nextDue(), now().addSecs(600));
    m_fixture->clock.advance(10min);
    QVERIFY(isDue(later));
}

void TestHolding::longScheduled_hasItsWholeTimeForRetries()
{
    const MessageId id = m_fixture->queue(OutboxFixture::draft(), at(now().addDays(30)));
    m_fixture->clock.advance(24h * 30);
    QVERIFY(isDue(id));
    QVERIFY(m_fixture->attempt(id, RecipientState::Deferred));
    QCOMPARE(m_fixture->state(id), MessageState::Deferred);
}

void TestHolding::anotherTime_canBeChosen()
{
    const MessageId id = m_fixture->queue(OutboxFixture::draft(), undoable(10s));
    QVERIFY(m_fixture->store().schedule(id, now().addSecs(3600)));
    m_fixture->clock.advance(30s);
    QVERIFY(m_fixture->store().due()->isEmpty());
    QVERIFY(m_fixture->store().schedule(id, now().addSecs(60)));
    QCOMPARE(*m_fixture->store().nextDue(), now().addSecs(60));
    QVERIFY(m_fixture->store().schedule(id, now()));
    QVERIFY(isDue(id));
    QVERIFY(m_fixture->store().begin(id));
    QVERIFY2(!m_fixture->store().schedule(id, now().addSecs(60)), "it is on its way");
}

void TestHolding::paused_returnsToItsChosenTime()
{
    const QDateTime time = now().addSecs(3600);
    const MessageId id = m_fixture->queue(OutboxFixture::draft(), at(time));
    QVERIFY(m_fixture->store().hold(id, HoldReason::Paused));
    QVERIFY(m_fixture->summary(id).nextAttempt.isNull());
    QVERIFY(m_fixture->store().release(id));
    QCOMPARE(m_fixture->summary(id).hold, HoldReason::Scheduled);
    QCOMPARE(m_fixture->summary(id).nextAttempt, time);
    // A chosen time is itself a hold that a person can end.
    QVERIFY(m_fixture->store().release(id));
    QVERIFY(isDue(id));
    QVERIFY(m_fixture->summary(id).scheduled.isNull());
}

void TestHolding::heldAccount_keepsWhatItsWindowLetGo()
{
    const MessageId id = m_fixture->queue(OutboxFixture::draft(), undoable(10s));
    AccountHold hold;
    hold.state = AccountHold::State::Held;
    hold.problem.kind = Problem::Kind::SignInRefused;
    QVERIFY(m_fixture->store().setAccountHold(u"account-1"_s, hold));
    QCOMPARE(m_fixture->summary(id).hold, HoldReason::Undo);
    m_fixture->clock.advance(10s);
    QCOMPARE(m_fixture->summary(id).hold, HoldReason::Account);
    QVERIFY(m_fixture->store().due()->isEmpty());
}

void TestHolding::inDoubt_isSentAgainOnceByTheRule()
{
    const MessageId id = m_fixture->queue(OutboxFixture::draft({ u"a@example.net"_s, u"b@example.net"_s }));
    auto job = m_fixture->store().begin(id);
    const QByteArray content = openContent(*job)->readAll();
    AttemptOutcome outcome;
    outcome.reachedMail = true;
    outcome.recipients = { { "a@example.net", RecipientState::InDoubt, 0, {}, {} },
                           { "b@example.net", RecipientState::Failed, 550, {}, u"no"_s } };
    QVERIFY(m_fixture->store().finish(job->attempt, outcome));
    QCOMPARE(m_fixture->summary(id).inDoubtSince, now());

    QVERIFY(m_fixture->reopen());
    QCOMPARE(*m_fixture->store().resendInDoubt(u"account-1"_s, 30min), now().addSecs(1800));
    QVERIFY(m_fixture->store().resendInDoubt(u"account-2"_s, 30min)->isNull());
    m_fixture->clock.advance(30min - 1ms);
    QVERIFY(m_fixture->store().resendInDoubt(u"account-1"_s, 30min)->isValid());
    QVERIFY(m_fixture->store().due()->isEmpty());
    m_fixture->clock.advance(1ms);
    QVERIFY(m_fixture->store().resendInDoubt(u"account-1"_s, 30min)->isNull());
    QVERIFY(isDue(id));
    QCOMPARE(m_fixture->summary(id).ruleResends, 1);
    job = m_fixture->store().begin(id);
    QCOMPARE(job->recipients, QList<QByteArray> { "a@example.net" });
    QCOMPARE(openContent(*job)->readAll(), content);

    // In doubt again: now only a person can say.
    QVERIFY(m_fixture->store().finish(job->attempt, OutboxFixture::outcome(*job, RecipientState::InDoubt)));
    m_fixture->clock.advance(24h);
    QVERIFY(m_fixture->store().resendInDoubt(u"account-1"_s, 30min)->isNull());
    QCOMPARE(m_fixture->state(id), MessageState::InDoubt);
    QVERIFY(m_fixture->store().resolve(id, Store::Resolution::Resend));
    QCOMPARE(m_fixture->content(id), content);
}

void TestHolding::inDoubt_isAsOldAsItsLastOctet()
{
    QStringList ids;
    for (int count = 0; count < 3; ++count) {
        ids.append(m_fixture->queue());
        QVERIFY(m_fixture->attempt(ids.constLast(), RecipientState::InDoubt));
        m_fixture->clock.advance(10min);
    }
    QVERIFY(m_fixture->store().record(ids.at(0))); // another change makes it no younger
    QCOMPARE(*m_fixture->store().resendInDoubt(u"account-1"_s, 30min), now().addSecs(600));
    QCOMPARE(m_fixture->state(ids.at(0)), MessageState::Queued);
    QCOMPARE(m_fixture->state(ids.at(1)), MessageState::InDoubt);
}

void TestHolding::largeInDoubt_isTheSameFileAgain()
{
    mime::Draft draft = OutboxFixture::draft();
    draft.text = QString(200'000, u'x');
    const MessageId id = m_fixture->queue(draft);
    auto job = m_fixture->store().begin(id);
    const QString path = job->contentPath;
    const QByteArray content = openContent(*job)->readAll();
    QVERIFY(m_fixture->store().finish(job->attempt, OutboxFixture::outcome(*job, RecipientState::InDoubt)));
    QVERIFY(m_fixture->store().resendInDoubt(u"account-1"_s, 0s));
    job = m_fixture->store().begin(id);
    QVERIFY(job);
    QCOMPARE(job->contentPath, path);
    QCOMPARE(openContent(*job)->readAll(), content);
}

void TestHolding::doubtOfTheFuture_beginsAnew()
{
    const MessageId id = m_fixture->queue();
    QVERIFY(m_fixture->attempt(id, RecipientState::InDoubt));
    m_fixture->clock.setWallClock(now().addDays(-400));
    QCOMPARE(*m_fixture->store().resendInDoubt(u"account-1"_s, 30min), now().addSecs(1800));
    QCOMPARE(m_fixture->state(id), MessageState::InDoubt);
    m_fixture->clock.advance(30min);
    QVERIFY(m_fixture->store().resendInDoubt(u"account-1"_s, 30min)->isNull());
    QCOMPARE(m_fixture->state(id), MessageState::Queued);
}

} // namespace postrider::outbox

QTEST_GUILESS_MAIN(postrider::outbox::TestHolding)
#include "tst_holding.moc"
