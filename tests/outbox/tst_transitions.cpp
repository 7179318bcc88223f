// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/transitions.h"
#include "outboxfixture.h"

#include <QTest>

#include <functional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace postrider::outbox {

/// Brings messages into every state and lets everything happen to them: the steps they make are exactly those
/// of the table.
class TestTransitions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyEvent_followsTheTable_data();
    void everyEvent_followsTheTable();
    void everyStepOfTheTable_wasMade();

private:
    /// Where a message stands, and what its recipients add to that.
    struct Situation
    {
        MessageState state;
        std::function<MessageId(OutboxFixture &)> make;
    };
    struct Action
    {
        Event event;
        std::function<Result<void>(OutboxFixture &, const MessageId &)> act;
    };
    [[nodiscard]] static QList<Situation> situations();
    [[nodiscard]] static QList<Action> actions();
    [[nodiscard]] static MessageId queueTwo(OutboxFixture &fixture);
    /// One attempt in which the first of two recipients and the second fare like this.
    [[nodiscard]] static MessageId tried(OutboxFixture &fixture, RecipientState first, RecipientState second);
    [[nodiscard]] static Result<void> finish(OutboxFixture &fixture, const MessageId &id,
                                             RecipientState first, RecipientState second,
                                             HoldReason hold = HoldReason::None);
    [[nodiscard]] static SendOptions undoable();
    /// In an hour.
    [[nodiscard]] static MessageId scheduled(OutboxFixture &fixture, SendOptions options);

    /// With the database of a first start, which takes its time to make.
    [[nodiscard]] bool startEmpty(OutboxFixture &fixture);

    QByteArray m_emptyDatabase {};
    QList<Transition> m_made {};
};

bool TestTransitions::startEmpty(OutboxFixture &fixture)
{
    const QString path = fixture.profile.path(u"postrider.sqlite"_s);
    if (m_emptyDatabase.isEmpty()) {
        if (!fixture.reopen()) {
            return false;
        }
        fixture.close();
        QFile file(path);
        m_emptyDatabase = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        return !m_emptyDatabase.isEmpty() && fixture.reopen();
    }
    QFile file(path);
    return QDir().mkpath(fixture.profile.folder()) && file.open(QIODevice::WriteOnly)
        && file.write(m_emptyDatabase) == m_emptyDatabase.size() && file.flush() && fixture.reopen();
}

MessageId TestTransitions::queueTwo(OutboxFixture &fixture)
{
    return fixture.queue(OutboxFixture::draft({ u"a@example.net"_s, u"b@example.net"_s }));
}

Result<void> TestTransitions::finish(OutboxFixture &fixture, const MessageId &id, RecipientState first,
                                     RecipientState second, HoldReason hold)
{
    AttemptOutcome outcome;
    outcome.reachedMail = true;
    outcome.hold = hold;
    outcome.recipients = { { "a@example.net", first, 0, {}, {} }, { "b@example.net", second, 0, {}, {} } };
    // The first attempt of every fresh profile is number 1.
    const qint64 attempt = fixture.store().find(id)->attempts.size();
    return fixture.store().finish(std::max<qint64>(attempt, 1), outcome);
}

SendOptions TestTransitions::undoable()
{
    SendOptions options = OutboxFixture::options();
    options.undoWindow = 10s;
    return options;
}

MessageId TestTransitions::scheduled(OutboxFixture &fixture, SendOptions options)
{
    options.accountId = OutboxFixture::options().accountId;
    options.notBefore = fixture.clock.now().addSecs(3600);
    return fixture.queue(OutboxFixture::draft(), options);
}

MessageId TestTransitions::tried(OutboxFixture &fixture, RecipientState first, RecipientState second)
{
    const MessageId id = queueTwo(fixture);
    if (!fixture.store().begin(id) || !finish(fixture, id, first, second)) {
        return {};
    }
    return id;
}

QList<TestTransitions::Situation> TestTransitions::situations()
{
    using enum RecipientState;
    const auto attempted = [](RecipientState first, RecipientState second) {
        return [=](OutboxFixture &fixture) { return tried(fixture, first, second); };
    };
    // An account that sends to all or nobody.
    const auto refused = [](RecipientState second) {
        return [=](OutboxFixture &fixture) {
            const MessageId id = queueTwo(fixture);
            const bool isHeld = fixture.store().begin(id)
                && finish(fixture, id, Failed, second, HoldReason::RecipientsRefused);
            return isHeld ? id : MessageId();
        };
    };
    return {
        { MessageState::Preparing,
          [](OutboxFixture &fixture) {
              const auto id = fixture.store().prepare(OutboxFixture::draft(), OutboxFixture::options());
              return id ? *id : MessageId();
          } },
        { MessageState::Queued, queueTwo },
        { MessageState::Sending,
          [](OutboxFixture &fixture) {
              const MessageId id = queueTwo(fixture);
              return fixture.store().begin(id) ? id : MessageId();
          } },
        { MessageState::Sending, // one recipient is deferred and not part of this attempt
          [](OutboxFixture &fixture) {
              const MessageId id = tried(fixture, Deferred, Queued);
              return fixture.store().begin(id) ? id : MessageId();
          } },
        { MessageState::Sending, // the last octet has left
          [](OutboxFixture &fixture) {
              const MessageId id = queueTwo(fixture);
              const auto job = fixture.store().begin(id);
              return job && fixture.store().markFinalOctet({ job->attempt }) ? id : MessageId();
          } },
        { MessageState::Deferred, attempted(Deferred, Deferred) },
        { MessageState::Sent, attempted(Sent, Sent) },
        { MessageState::PartlySent, attempted(Sent, Failed) },
        { MessageState::Failed, attempted(Failed, Failed) },
        { MessageState::InDoubt, attempted(InDoubt, InDoubt) },
        { MessageState::InDoubt, attempted(InDoubt, Failed) },
        { MessageState::InDoubt, attempted(InDoubt, Deferred) },
        { MessageState::Held,
          [](OutboxFixture &fixture) {
              const MessageId id = queueTwo(fixture);
              return fixture.store().hold(id, HoldReason::Paused) ? id : MessageId();
          } },
        { MessageState::Held,
          [](OutboxFixture &fixture) {
              const MessageId id = tried(fixture, Deferred, Sent);
              return fixture.store().hold(id, HoldReason::Paused) ? id : MessageId();
          } },
        { MessageState::Preparing, // to be held once it is written
          [](OutboxFixture &fixture) {
              const auto id = fixture.store().prepare(OutboxFixture::draft(), undoable());
              return id ? *id : MessageId();
          } },
        { MessageState::Held, // Send can still be taken back
          [](OutboxFixture &fixture) { return fixture.queue(OutboxFixture::draft(), undoable()); } },
        { MessageState::Held, // its time has come
          [](OutboxFixture &fixture) {
              const MessageId id = scheduled(fixture, {});
              fixture.clock.advance(1h);
              return id;
          } },
        { MessageState::Held, // it is late, and may be taken back
          [](OutboxFixture &fixture) {
              const MessageId id = scheduled(fixture, undoable());
              fixture.clock.advance(2h);
              return id;
          } },
        { MessageState::Held, // paused before its time
          [](OutboxFixture &fixture) {
              const MessageId id = scheduled(fixture, {});
              return fixture.store().hold(id, HoldReason::Paused) ? id : MessageId();
          } },
        { MessageState::Queued, attempted(Failed, Queued) },
        { MessageState::Deferred, attempted(Failed, Deferred) },
        { MessageState::Held, refused(Queued) },
        { MessageState::Held, refused(Deferred) },
        { MessageState::Held,
          [](OutboxFixture &fixture) {
              const MessageId id = tried(fixture, Failed, Queued);
              return fixture.store().hold(id, HoldReason::Paused) ? id : MessageId();
          } },
        { MessageState::Draft,
          [](OutboxFixture &fixture) {
              const MessageId id = queueTwo(fixture);
              return fixture.store().cancel(id) ? id : MessageId();
          } },
        { MessageState::Damaged,
          [](OutboxFixture &fixture) {
              const MessageId id = queueTwo(fixture);
              Problem problem;
              problem.kind = Problem::Kind::ContentMissing;
              return fixture.store().setAsideMessage(id, problem) ? id : MessageId();
          } },
    };
}

QList<TestTransitions::Action> TestTransitions::actions()
{
    using enum RecipientState;
    const auto finishing = [](RecipientState first, RecipientState second) {
        return Action { Event::Finish, [=](OutboxFixture &fixture, const MessageId &id) {
                           return finish(fixture, id, first, second);
                       } };
    };
    const auto settingAside = [](Problem::Kind kind) {
        return Action { Event::SetAside, [kind](OutboxFixture &fixture, const MessageId &id) {
                           Problem problem;
                           problem.kind = kind;
                           return fixture.store().setAsideMessage(id, problem);
                       } };
    };
    const auto resolving = [](Store::Resolution resolution) {
        return Action { Event::Resolve, [resolution](OutboxFixture &fixture, const MessageId &id) {
                           return fixture.store().resolve(id, resolution);
                       } };
    };
    return {
        { Event::Render,
          [](OutboxFixture &fixture, const MessageId &id) { return fixture.store().render(id); } },
        { Event::Begin,
          [](OutboxFixture &fixture, const MessageId &id) -> Result<void> {
              const auto job = fixture.store().begin(id);
              if (!job) {
                  return base::Unexpected(job.error());
              }
              return {};
          } },
        finishing(Queued, Queued),
        finishing(Deferred, Deferred),
        finishing(Sent, Sent),
        finishing(Sent, Failed),
        finishing(Failed, Failed),
        finishing(InDoubt, InDoubt),
        { Event::Finish,
          [](OutboxFixture &fixture, const MessageId &id) {
              return finish(fixture, id, Failed, Queued, HoldReason::RecipientsRefused);
          } },
        { Event::Begin, // when whatever window it may have is over
          [](OutboxFixture &fixture, const MessageId &id) -> Result<void> {
              fixture.clock.advance(11s);
              const auto job = fixture.store().begin(id);
              return job ? Result<void>() : base::Unexpected(job.error());
          } },
        { Event::Elapse,
          [](OutboxFixture &fixture, const MessageId &) -> Result<void> {
              const auto due = fixture.store().due();
              return due ? Result<void>() : base::Unexpected(due.error());
          } },
        { Event::ResendByRule,
          [](OutboxFixture &fixture, const MessageId &) -> Result<void> {
              const auto next = fixture.store().resendInDoubt(OutboxFixture::options().accountId, 0s);
              return next ? Result<void>() : base::Unexpected(next.error());
          } },
        { Event::Correct,
          [](OutboxFixture &fixture, const MessageId &id) {
              return fixture.store().correctRecipients(id, { { "a@example.net", "c@example.net" } });
          } },
        { Event::Correct,
          [](OutboxFixture &fixture, const MessageId &id) {
              return fixture.store().correctRecipients(id, { { "b@example.net", "c@example.net" } });
          } },
        { Event::Hold,
          [](OutboxFixture &fixture, const MessageId &id) {
              return fixture.store().schedule(id, fixture.clock.now().addSecs(60));
          } },
        { Event::Retry,
          [](OutboxFixture &fixture, const MessageId &id) {
              return fixture.store().schedule(id, fixture.clock.now());
          } },
        { Event::Recover,
          [](OutboxFixture &fixture, const MessageId &) -> Result<void> {
              const auto recovered = fixture.store().recover();
              if (!recovered) {
                  return base::Unexpected(recovered.error());
              }
              return {};
          } },
        settingAside(Problem::Kind::ContentMissing),
        settingAside(Problem::Kind::AccountMissing),
        { Event::Retry,
          [](OutboxFixture &fixture, const MessageId &id) { return fixture.store().retry(id); } },
        { Event::Cancel,
          [](OutboxFixture &fixture, const MessageId &id) { return fixture.store().cancel(id); } },
        { Event::Hold,
          [](OutboxFixture &fixture, const MessageId &id) {
              return fixture.store().hold(id, HoldReason::Paused);
          } },
        { Event::Release,
          [](OutboxFixture &fixture, const MessageId &id) { return fixture.store().release(id); } },
        resolving(Store::Resolution::Sent),
        resolving(Store::Resolution::Resend),
    };
}

void TestTransitions::everyEvent_followsTheTable_data()
{
    QTest::addColumn<qsizetype>("situationIndex");
    const QList<Situation> all = situations();
    for (qsizetype index = 0; index < all.size(); ++index) {
        QTest::addRow("situation %d: %s", static_cast<int>(index), qPrintable(toString(all[index].state)))
            << index;
    }
}

void TestTransitions::everyEvent_followsTheTable()
{
    QFETCH(qsizetype, situationIndex);
    const Situation situation = situations().at(situationIndex);
    for (const Action &action : actions()) {
        OutboxFixture fixture;
        QVERIFY(startEmpty(fixture));
        const MessageId id = situation.make(fixture);
        QVERIFY(!id.isEmpty());
        QCOMPARE(fixture.state(id), situation.state);
        const auto acted = action.act(fixture, id);
        QVERIFY(fixture.reopen());
        const MessageState after = fixture.state(id);
        const Transition step { situation.state, action.event, after };
        const QByteArray description = QStringLiteral("event %1: %2 -> %3")
                                           .arg(static_cast<int>(action.event))
                                           .arg(toString(situation.state), toString(after))
                                           .toUtf8();
        if (!acted) {
            QCOMPARE(acted.error().kind, StoreError::Kind::WrongState);
            QVERIFY2(after == situation.state, description.constData());
        } else if (after != situation.state || isPossible(situation.state, action.event)) {
            QVERIFY2(isLegal(step), description.constData());
            m_made.append(step);
        }
    }
}

void TestTransitions::everyStepOfTheTable_wasMade()
{
    if (m_made.isEmpty()) {
        QSKIP("needs the rows of the function before");
    }
    for (const Transition &legal : Transitions) {
        const QByteArray description = QStringLiteral("never made: event %1: %2 -> %3")
                                           .arg(static_cast<int>(legal.event))
                                           .arg(toString(legal.from), toString(legal.to))
                                           .toUtf8();
        QVERIFY2(m_made.contains(legal), description.constData());
    }
}

} // namespace postrider::outbox

QTEST_GUILESS_MAIN(postrider::outbox::TestTransitions)
#include "tst_transitions.moc"
