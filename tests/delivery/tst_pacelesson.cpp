// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/pacelesson.h"
#include "support/comparewords.h"

#include <QTest>

using namespace postrider;
using namespace Qt::StringLiterals;
using delivery::PaceLesson;
using outbox::PaceLimits;
using outbox::Problem;
using outbox::RecipientState;
using Closed = PaceLesson::Closed;

namespace {

const QDateTime Now({ 2026, 3, 2 }, { 9, 0 }, Qt::UTC);

outbox::RecipientOutcome outcomeOf(const QByteArray &address, RecipientState state, int code = 0,
                                   const QByteArray &enhanced = {}, const QString &text = {})
{
    return { .address = address, .state = state, .code = code, .enhanced = enhanced, .text = text };
}

} // namespace

class PaceLessonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aReplyAboutThePace_isRecognized_data();
    void aReplyAboutThePace_isRecognized();
    void anotherRefusal_teachesNothing_data();
    void anotherRefusal_teachesNothing();
    void signingIn_isNoMatterOfThePace();
    void whoeverWasRefusedForThePace_isAsIfNotTried();
    void othersKeepTheirOutcomes();
    void aSessionThatEndsForThePace_leavesItsMessagesUntried();
    void anAcceptedMessage_isNotTouched();
    void aRate_isWaitedForLongerEachTime();
    void aDaysQuota_opensWhenTheFirstMessageIsADayOld();
    void aShorterLesson_doesNotOpenEarlier();
};

void PaceLessonTest::aReplyAboutThePace_isRecognized_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("enhanced");
    QTest::addColumn<QString>("text");
    QTest::addColumn<Closed>("closed");
    QTest::addColumn<PaceLimits>("limits");
    const auto row = [](const char *name, int code, const QByteArray &enhanced, const QString &text,
                        Closed closed, const PaceLimits &limits = {}) {
        QTest::newRow(name) << code << enhanced << text << closed << limits;
    };
    row("4.7.28", 421, "4.7.28", u"Our system has detected an unusual rate of mail"_s, Closed::ForAMoment);
    row("4.7.28 without words", 450, "4.7.28", u""_s, Closed::ForAMoment);
    row("5.7.28", 550, "5.7.28", u"Too fast"_s, Closed::ForAMoment);
    row("5.4.5", 550, "5.4.5", u"Daily user sending limit exceeded."_s, Closed::ForTheDay);
    row("5.4.5 without words", 550, "5.4.5", u""_s, Closed::ForTheDay);
    row("daily limit, no code", 452, {}, u"Daily limit reached, try tomorrow"_s, Closed::ForTheDay);
    row("daily limit for good", 554, "5.7.1", u"You have exceeded your DAILY LIMIT"_s, Closed::ForTheDay);
    row("quota of today", 452, "4.3.1", u"Sending quota exceeded for today"_s, Closed::ForTheDay);
    row("24 hours", 450, {}, u"Sending limit exceeded, 24 hours"_s, Closed::ForTheDay);
    row("hourly", 451, "4.7.1", u"Hourly quota of outgoing mail: hourly limit reached"_s, Closed::ForTheHour);
    row("emails per hour", 550, {}, u"example.org has sent 100 emails per hour. Discarded."_s,
        Closed::ForTheHour);
    row("rate limit", 450, "4.7.1", u"Rate limit reached"_s, Closed::ForAMoment);
    row("throttling", 454, {}, u"Throttling failure: Maximum sending rate exceeded."_s, Closed::ForAMoment);
    row("throttling for the day", 454, {}, u"Throttling failure: Daily message quota exceeded."_s,
        Closed::ForTheDay);
    row("too much mail", 450, "4.7.1", u"Error: too much mail from 192.0.2.1"_s, Closed::ForAMoment);
    row("recipients from a client", 450, "4.7.1", u"Error: too many recipients from 192.0.2.1"_s,
        Closed::ForAMoment);
    row("a mailbox code for the own quota", 554, "5.2.0", u"SubmissionQuotaExceeded"_s, Closed::ForAMoment);
    row("messages per minute", 451, "4.7.0", u"No more than 30 messages per minute"_s, Closed::ForAMoment,
        { .messagesPerMinute = 30 });
    row("messages per day", 451, {}, u"Quota is 500 mails/day"_s, Closed::ForTheDay,
        { .messagesPerDay = 500 });
    row("recipients per day", 550, "5.7.1", u"More than 10000 recipients per day"_s, Closed::ForTheDay,
        { .recipientsPerDay = 10000 });
    row("a number of nothing", 451, {}, u"Daily limit: 0 messages per day"_s, Closed::ForTheDay);
}

void PaceLessonTest::aReplyAboutThePace_isRecognized()
{
    QFETCH(int, code);
    QFETCH(QByteArray, enhanced);
    QFETCH(QString, text);
    QFETCH(Closed, closed);
    QFETCH(PaceLimits, limits);
    const std::optional<PaceLesson> lesson = delivery::paceLesson(code, enhanced, text);
    QVERIFY(lesson);
    QVERIFY(lesson->closed == closed);
    QVERIFY(lesson->limits == limits);
}

void PaceLessonTest::anotherRefusal_teachesNothing_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("enhanced");
    QTest::addColumn<QString>("text");
    QTest::newRow("accepted") << 250 << QByteArray("2.0.0") << u"Ok, daily limit not reached"_s;
    QTest::newRow("no mailbox") << 550 << QByteArray("5.1.1") << u"No such user"_s;
    QTest::newRow("full mailbox") << 452 << QByteArray("4.2.2") << u"The mailbox is over quota"_s;
    QTest::newRow("full mailbox, no code") << 552 << QByteArray() << u"Mailbox full, mail quota exceeded"_s;
    QTest::newRow("busy recipient")
        << 450 << QByteArray("4.2.1")
        << u"The user you are trying to contact is receiving mail at a rate that is too high"_s;
    QTest::newRow("too fast for a recipient")
        << 450 << QByteArray("4.2.1") << u"Rate limit of this mailbox"_s;
    QTest::newRow("too many recipients") << 452 << QByteArray("4.5.3") << u"Too many recipients"_s;
    QTest::newRow("too many recipients, no code") << 452 << QByteArray() << u"Too many recipients"_s;
    QTest::newRow("connections") << 421 << QByteArray("4.7.0") << u"Too many connections, slow down"_s;
    QTest::newRow("greylisting") << 451 << QByteArray("4.7.1") << u"Greylisted, try again in 300 seconds"_s;
    QTest::newRow("busy") << 421 << QByteArray("4.3.2") << u"Service not available"_s;
    QTest::newRow("congestion") << 451 << QByteArray("4.4.5") << u"Mail system congestion"_s;
    QTest::newRow("spam") << 554 << QByteArray("5.7.1") << u"Too many messages like this were reported"_s;
    QTest::newRow("too large") << 552 << QByteArray("5.3.4") << u"Message exceeds the size limit"_s;
}

void PaceLessonTest::anotherRefusal_teachesNothing()
{
    QFETCH(int, code);
    QFETCH(QByteArray, enhanced);
    QFETCH(QString, text);
    QVERIFY(!delivery::paceLesson(code, enhanced, text));
}

void PaceLessonTest::signingIn_isNoMatterOfThePace()
{
    Problem refusal;
    refusal.code = 454;
    refusal.enhanced = "4.7.0";
    refusal.text = u"Rate limit reached"_s;
    refusal.stage = u"auth"_s;
    QVERIFY(!delivery::paceLesson(refusal));
    refusal.stage = u"mail"_s;
    QVERIFY(delivery::paceLesson(refusal));
    refusal.stage = u"greeting"_s;
    refusal.code = 421;
    QVERIFY(delivery::paceLesson(refusal));
}

void PaceLessonTest::whoeverWasRefusedForThePace_isAsIfNotTried()
{
    outbox::AttemptOutcome outcome;
    outcome.recipients
        = { outcomeOf("bob@example.net", RecipientState::Failed, 550, "5.4.5", u"Daily sending limit"_s),
            outcomeOf("eve@example.net", RecipientState::Failed, 550, "5.4.5", u"Daily sending limit"_s) };
    outcome.problem.kind = Problem::Kind::RecipientRefused;
    outcome.problem.stage = u"rcpt"_s;
    outcome.problem.host = u"mail.example.org"_s;
    outcome.reachedMail = true;
    const std::optional<PaceLesson> lesson = delivery::takePaceLesson(outcome);
    QVERIFY(lesson && lesson->closed == Closed::ForTheDay);
    for (const outbox::RecipientOutcome &recipient : std::as_const(outcome.recipients)) {
        QCOMPARE(recipient.state, RecipientState::Queued);
        QCOMPARE(recipient.code, 0);
    }
    QVERIFY(!outcome.reachedMail);
    QCOMPARE(outcome.problem.kind, Problem::Kind::PaceReached);
    QCOMPARE(outcome.problem.text, u"Daily sending limit"_s);
    QCOMPARE(outcome.problem.host, u"mail.example.org"_s);
}

void PaceLessonTest::othersKeepTheirOutcomes()
{
    outbox::AttemptOutcome outcome;
    outcome.recipients
        = { outcomeOf("ann@example.net", RecipientState::Sent, 250, "2.0.0", u"Ok"_s),
            outcomeOf("bob@example.net", RecipientState::Failed, 550, "5.1.1", u"No such user"_s),
            outcomeOf("eve@example.net", RecipientState::Deferred, 450, "4.7.28", u"Too fast"_s) };
    outcome.problem.kind = Problem::Kind::RecipientRefused;
    outcome.problem.stage = u"rcpt"_s;
    outcome.reachedMail = true;
    QVERIFY(delivery::takePaceLesson(outcome));
    QCOMPARE(outcome.recipients.at(0).state, RecipientState::Sent);
    QCOMPARE(outcome.recipients.at(1).state, RecipientState::Failed);
    QCOMPARE(outcome.recipients.at(2).state, RecipientState::Queued);
    QVERIFY(outcome.reachedMail);
    QCOMPARE(outcome.problem.kind, Problem::Kind::RecipientRefused);
}

void PaceLessonTest::aSessionThatEndsForThePace_leavesItsMessagesUntried()
{
    outbox::AttemptOutcome outcome;
    outcome.recipients = { outcomeOf("ann@example.net", RecipientState::Deferred),
                           outcomeOf("bob@example.net", RecipientState::InDoubt) };
    outcome.problem.kind = Problem::Kind::ServerBusy;
    outcome.problem.code = 421;
    outcome.problem.enhanced = "4.7.28";
    QVERIFY(delivery::takePaceLesson(outcome));
    QCOMPARE(outcome.recipients.at(0).state, RecipientState::Queued);
    QCOMPARE(outcome.recipients.at(1).state, RecipientState::InDoubt);
}

void PaceLessonTest::anAcceptedMessage_isNotTouched()
{
    outbox::AttemptOutcome outcome;
    outcome.recipients = { outcomeOf("ann@example.net", RecipientState::Sent, 250, "2.0.0",
                                     u"Queued, 3 of your daily limit of 500 messages per day"_s) };
    outcome.reachedMail = true;
    QVERIFY(!delivery::takePaceLesson(outcome));
    QCOMPARE(outcome.recipients.first().state, RecipientState::Sent);
    QVERIFY(outcome.reachedMail);
}

void PaceLessonTest::aRate_isWaitedForLongerEachTime()
{
    outbox::PaceReport known;
    QDateTime now = Now;
    QList<qint64> waits;
    for (int i = 0; i < 8; ++i) {
        const QDateTime opens = delivery::paceOpens({}, known, now);
        waits.append(now.secsTo(opens));
        known.pace.learntAt = now;
        known.pace.closedUntil = opens;
        now = opens.addSecs(5);
    }
    QCOMPARE(waits, (QList<qint64> { 60, 120, 240, 480, 960, 1920, 3600, 3600 }));
    // Long after a wait it begins anew.
    QCOMPARE(delivery::paceOpens({}, known, now.addDays(1)), now.addDays(1).addSecs(60));
}

void PaceLessonTest::aDaysQuota_opensWhenTheFirstMessageIsADayOld()
{
    outbox::PaceReport known;
    known.dayQuotaOpens = Now.addSecs(20 * 3600);
    const PaceLesson lesson { .closed = Closed::ForTheDay };
    QCOMPARE(delivery::paceOpens(lesson, known, Now), Now.addSecs(20 * 3600));
    known.dayQuotaOpens = Now.addSecs(5);
    QCOMPARE(delivery::paceOpens(lesson, known, Now), Now.addSecs(3600));
}

void PaceLessonTest::aShorterLesson_doesNotOpenEarlier()
{
    outbox::PaceReport known;
    known.pace.learntAt = Now.addSecs(-1);
    known.pace.closedUntil = Now.addSecs(20 * 3600);
    QCOMPARE(delivery::paceOpens({}, known, Now), known.pace.closedUntil);
}

QTEST_GUILESS_MAIN(PaceLessonTest)
#include "tst_pacelesson.moc"
