// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outboxfixture.h"
#include "support/sql.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace postrider::outbox {

/// Recipients that were refused, and what stays of a message when nothing is left to be done.
class TestCorrections : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<OutboxFixture>();
        QVERIFY(m_fixture->reopen());
    }
    void cleanup() { m_fixture.reset(); }

    void corrected_isSentAloneWithTheSameOctets();
    void wrongCorrection_changesNothing_data();
    void wrongCorrection_changesNothing();
    void correctedAgain_keepsTheLastRefusedAddress();
    void allOrNobody_asksAndSendsToAll();
    void allOrNobody_canLeaveTheRefusedOut();
    void allOrNobody_failsWhenNobodyIsLeft();

    void sentLongAgo_becomesARecord_data();
    void sentLongAgo_becomesARecord();
    void unfinished_isNeverRemoved();
    void record_isRemovedAfterItsOwnTime();
    void many_areReducedInSeveralCommits();

private:
    [[nodiscard]] QDateTime now() const { return m_fixture->clock.now(); }
    /// "a" is sent, "b" refused.
    [[nodiscard]] MessageId partlySent(HoldReason hold = HoldReason::None);

    std::unique_ptr<OutboxFixture> m_fixture {};
};

MessageId TestCorrections::partlySent(HoldReason hold)
{
    const MessageId id = m_fixture->queue(
        OutboxFixture::draft({ u"a@example.net"_s, u"b@exmaple.net"_s, u"c@example.net"_s }));
    const auto job = m_fixture->store().begin(id);
    const RecipientState others = hold == HoldReason::None ? RecipientState::Sent : RecipientState::Queued;
    AttemptOutcome outcome;
    outcome.reachedMail = true;
    outcome.problem.kind = Problem::Kind::RecipientRefused;
    outcome.hold = hold;
    outcome.recipients = { { "a@example.net", others, 250, "2.0.0", u"queued as 1"_s },
                           { "b@exmaple.net", RecipientState::Failed, 550, "5.1.1", u"no such user"_s },
                           { "c@example.net", others, 250, "2.0.0", u"queued as 1"_s } };
    return job && m_fixture->store().finish(job->attempt, outcome) ? id : MessageId();
}

void TestCorrections::corrected_isSentAloneWithTheSameOctets()
{
    const MessageId id = partlySent();
    QCOMPARE(m_fixture->state(id), MessageState::PartlySent);
    const QByteArray content = m_fixture->content(id);
    const QByteArray messageId = m_fixture->summary(id).messageId;
    m_fixture->clock.advance(24h * 30);
    QVERIFY(m_fixture->store().correctRecipients(id, { { "b@exmaple.net", "Bob <b@example.net>" } }));
    QVERIFY(m_fixture->reopen());
    QCOMPARE(m_fixture->state(id), MessageState::Queued);
    const auto jobs = m_fixture->store().beginDue(u"account-1"_s, 8);
    QCOMPARE(jobs->size(), 1);
    QCOMPARE(jobs->first().recipients, QList<QByteArray> { "b@example.net" });
    QCOMPARE(openContent(jobs->first())->readAll(), content);
    QVERIFY(m_fixture->store().finish(jobs->first().attempt,
                                      OutboxFixture::outcome(jobs->first(), RecipientState::Sent)));
    const MessageSummary summary = m_fixture->summary(id);
    QCOMPARE(summary.state, MessageState::Sent);
    QCOMPARE(summary.messageId, messageId);
    QCOMPARE(summary.recipients.size(), 3);
    QCOMPARE(summary.recipients.at(0).text, u"queued as 1"_s);
    QCOMPARE(summary.recipients.at(1).address, QByteArray("b@example.net"));
    QCOMPARE(summary.recipients.at(1).former, QByteArray("b@exmaple.net"));
}

void TestCorrections::wrongCorrection_changesNothing_data()
{
    QTest::addColumn<QList<QByteArray>>("addresses"); // refused, corrected, refused, corrected...
    QTest::addColumn<StoreError::Kind>("kind");
    using Kind = StoreError::Kind;
    QTest::newRow("nothing") << QList<QByteArray> {} << Kind::WrongState;
    QTest::newRow("not an address") << QList<QByteArray> { "b@exmaple.net", "b@" } << Kind::BadAddress;
    QTest::newRow("a command in it") << QList<QByteArray> { "b@exmaple.net", "b@example.net>\r\nDATA" }
                                     << Kind::BadAddress;
    QTest::newRow("who has it already")
        << QList<QByteArray> { "b@exmaple.net", "a@EXAMPLE.net" } << Kind::AlreadyRecipient;
    QTest::newRow("who accepted it") << QList<QByteArray> { "a@example.net", "d@example.net" }
                                     << Kind::WrongState;
    QTest::newRow("nobody's address")
        << QList<QByteArray> { "x@example.net", "d@example.net" } << Kind::WrongState;
    QTest::newRow("one of two") << QList<QByteArray> { "b@exmaple.net", "b@example.net", "a@example.net",
                                                       "d@example.net" }
                                << Kind::WrongState;
}

void TestCorrections::wrongCorrection_changesNothing()
{
    QFETCH(QList<QByteArray>, addresses);
    QFETCH(StoreError::Kind, kind);
    const MessageId id = partlySent();
    QList<Correction> corrections;
    for (qsizetype index = 0; index < addresses.size(); index += 2) {
        corrections.append({ addresses.at(index), addresses.at(index + 1) });
    }
    const auto corrected = m_fixture->store().correctRecipients(id, corrections);
    QVERIFY(!corrected);
    QVERIFY(corrected.error().kind == kind);
    const MessageSummary summary = m_fixture->summary(id);
    QCOMPARE(summary.state, MessageState::PartlySent);
    QCOMPARE(summary.recipients.at(1).address, QByteArray("b@exmaple.net"));
    QCOMPARE(summary.recipients.at(1).text, u"no such user"_s);
    QVERIFY(m_fixture->store().due()->isEmpty());
}

void TestCorrections::correctedAgain_keepsTheLastRefusedAddress()
{
    const MessageId id = partlySent();
    QVERIFY(m_fixture->store().correctRecipients(id, { { "b@exmaple.net", "bb@example.net" } }));
    QVERIFY(m_fixture->attempt(id, RecipientState::Failed));
    QCOMPARE(m_fixture->state(id), MessageState::PartlySent);
    QVERIFY(m_fixture->store().correctRecipients(id, { { "bb@example.net", "b@example.net" } }));
    QCOMPARE(m_fixture->summary(id).recipients.at(1).former, QByteArray("bb@example.net"));
    QCOMPARE(m_fixture->store().begin(id)->recipients, QList<QByteArray> { "b@example.net" });
}

void TestCorrections::allOrNobody_asksAndSendsToAll()
{
    const MessageId id = partlySent(HoldReason::RecipientsRefused);
    QVERIFY(m_fixture->reopen());
    const MessageSummary summary = m_fixture->summary(id);
    QCOMPARE(summary.state, MessageState::Held);
    QCOMPARE(summary.hold, HoldReason::RecipientsRefused);
    QCOMPARE(summary.recipients.at(1).text, u"no such user"_s);
    QVERIFY(m_fixture->store().due()->isEmpty());
    QVERIFY(m_fixture->store().correctRecipients(id, { { "b@exmaple.net", "b@example.net" } }));
    QCOMPARE(m_fixture->store().begin(id)->recipients,
             (QList<QByteArray> { "a@example.net", "b@example.net", "c@example.net" }));
}

void TestCorrections::allOrNobody_canLeaveTheRefusedOut()
{
    const MessageId released = partlySent(HoldReason::RecipientsRefused);
    QVERIFY(m_fixture->store().release(released));
    QCOMPARE(m_fixture->store().begin(released)->recipients,
             (QList<QByteArray> { "a@example.net", "c@example.net" }));
    const MessageId retried = partlySent(HoldReason::RecipientsRefused);
    QVERIFY(m_fixture->store().retry(retried));
    QCOMPARE(m_fixture->store().begin(retried)->recipients.size(), 3);
}

void TestCorrections::allOrNobody_failsWhenNobodyIsLeft()
{
    const MessageId id = m_fixture->queue();
    const auto job = m_fixture->store().begin(id);
    AttemptOutcome outcome = OutboxFixture::outcome(*job, RecipientState::Failed);
    outcome.hold = HoldReason::RecipientsRefused;
    QVERIFY(m_fixture->store().finish(job->attempt, outcome));
    QCOMPARE(m_fixture->state(id), MessageState::Failed);
}

void TestCorrections::sentLongAgo_becomesARecord_data()
{
    QTest::addColumn<int>("length");
    QTest::newRow("small") << 10;
    QTest::newRow("large") << 200'000;
}

void TestCorrections::sentLongAgo_becomesARecord()
{
    QFETCH(int, length);
    mime::Draft draft = OutboxFixture::draft();
    draft.text = QString(length, u'x');
    const MessageId id = m_fixture->queue(draft);
    const MessageSummary queued = m_fixture->summary(id);
    const auto job = m_fixture->store().begin(id);
    AttemptOutcome outcome;
    outcome.reachedMail = true;
    outcome.recipients = { { "bob@example.net", RecipientState::Sent, 250, "2.0.0", u"Ok: queued as 4X"_s } };
    QVERIFY(m_fixture->store().finish(job->attempt, outcome));
    const QDateTime sent = now();

    m_fixture->clock.advance(24h * 30);
    QCOMPARE(*m_fixture->store().expire({}), 0);
    QCOMPARE(m_fixture->store().list(10)->size(), 1);
    m_fixture->clock.advance(1ms);
    QCOMPARE(*m_fixture->store().expire({}), 1);
    QVERIFY(m_fixture->reopen());
    QVERIFY(m_fixture->store().list(10)->isEmpty());
    QVERIFY(m_fixture->spoolFiles().isEmpty());
    const auto records = m_fixture->store().sentRecords(10);
    QCOMPARE(records->size(), 1);
    const SentRecord &record = records->first();
    QCOMPARE(record.id, id);
    QCOMPARE(record.messageId, queued.messageId);
    QCOMPARE(record.accountId, u"account-1"_s);
    QCOMPARE(record.subject, u"Invoice 7"_s);
    QCOMPARE(record.reversePath, QByteArray("ann@example.org"));
    QCOMPARE(record.size, queued.size);
    QCOMPARE(record.created, queued.created);
    QCOMPARE(record.sent, sent);
    QCOMPARE(record.recipients.size(), 1);
    QCOMPARE(record.recipients.first().address, QByteArray("bob@example.net"));
    QCOMPARE(record.recipients.first().text, u"Ok: queued as 4X"_s);
    QCOMPARE(record.recipients.first().enhanced, QByteArray("2.0.0"));
    // Nothing of it is left anywhere else.
    for (const QString &table : { u"messages"_s, u"contents"_s, u"recipients"_s, u"attempts"_s }) {
        QCOMPARE(
            support::sql(m_fixture->profile.path(u"postrider.sqlite"_s), u"SELECT count(*) FROM "_s + table)
                .toInt(),
            0);
    }
}

void TestCorrections::unfinished_isNeverRemoved()
{
    QStringList ids { partlySent(), m_fixture->queue(), m_fixture->queue(), m_fixture->queue() };
    QVERIFY(m_fixture->attempt(ids.at(1), RecipientState::Failed));
    QVERIFY(m_fixture->attempt(ids.at(2), RecipientState::InDoubt));
    QVERIFY(m_fixture->store().hold(ids.at(3), HoldReason::Paused));
    m_fixture->clock.advance(24h * 4000);
    QCOMPARE(*m_fixture->store().expire({}), 0);
    for (const QString &id : std::as_const(ids)) {
        QVERIFY(!m_fixture->content(id).isEmpty());
    }
}

void TestCorrections::record_isRemovedAfterItsOwnTime()
{
    QVERIFY(m_fixture->attempt(m_fixture->queue(), RecipientState::Sent));
    m_fixture->clock.advance(24h * 365);
    QCOMPARE(*m_fixture->store().expire({}), 1);
    QCOMPARE(m_fixture->store().sentRecords(10)->size(), 1);
    m_fixture->clock.advance(24h);
    QCOMPARE(*m_fixture->store().expire({ 30 * 24h, std::nullopt }), 0);
    QCOMPARE(m_fixture->store().sentRecords(10)->size(), 1);
    QCOMPARE(*m_fixture->store().expire({}), 0);
    QVERIFY(m_fixture->store().sentRecords(10)->isEmpty());
}

void TestCorrections::many_areReducedInSeveralCommits()
{
    for (int count = 0; count < 205; ++count) {
        QVERIFY(!m_fixture->queue().isEmpty());
    }
    const auto jobs = m_fixture->store().beginDue(u"account-1"_s, 205);
    QList<EndedAttempt> ended;
    for (const Job &job : *jobs) {
        ended.append({ job.attempt, OutboxFixture::outcome(job, RecipientState::Sent) });
    }
    QVERIFY(m_fixture->store().finish(ended));
    m_fixture->clock.advance(24h * 31);
    QCOMPARE(*m_fixture->store().expire({}), 205);
    QCOMPARE(m_fixture->store().sentRecords(300)->size(), 205);
}

} // namespace postrider::outbox

QTEST_GUILESS_MAIN(postrider::outbox::TestCorrections)
#include "tst_corrections.moc"
