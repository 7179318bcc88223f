// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/store.h"
#include "outboxfixture.h"

#include <QBuffer>
#include <QFile>
#include <QSet>
#include <QTest>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#endif

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace postrider::outbox {

class TestStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_fixture.reset(); }

    void prepared_survivesACrashAndIsRenderedAgain();
    void rendered_isTheSameAfterReopening_data();
    void rendered_isTheSameAfterReopening();
    void attachment_isFrozenWhenSendIsPressed();
    void attachmentUnreadable_isToldAndNothingIsLeft_data();
    void attachmentUnreadable_isToldAndNothingIsLeft();
    void badAddress_isToldBeforeAnythingIsStored_data();
    void badAddress_isToldBeforeAnythingIsStored();
    void sameRecipientTwice_isOneRecipient();
    void messageFile_isQueuedWithoutBcc();
    void messageFileFromAPipe_isQueued();
    void textWithoutHeader_isNotAMessage();

    void crashBeforeTheFinalOctet_isQueuedAgain();
    void crashAfterTheFinalOctet_isInDoubt();
    void everyRecipient_keepsItsOwnOutcome();
    void deferred_isTriedAgainWhenItsTimeHasCome();
    void deferredForFiveDays_fails();
    void serverTrouble_costsNoAttempt();
    void restOfTheRecipients_goesAtOnceWithoutTheDeferredOnes();
    void finishedTwice_isRefused();
    void spoolFileGone_isNoticed();

    void waitingAccount_showsItsMessagesDeferred();
    void heldAccount_showsItsMessagesHeld();
    void due_givesTheOldestOfEachReadyAccount();
    void clockPutBack_leavesNobodyWaitingForThePast();
    void interruptedPreparation_isFoundWithoutARestart();
    void retryAll_letsEverythingTemporaryGo();

    void canceled_isADraftThatCanBeEdited();
    void retry_triesOnlyTheRefusedRecipients();
    void inDoubt_isResolvedByThePerson();
    void accountMissing_holdsTheMessage();

    void fileSizeLimit_leavesNothingBehind();
    void twoStores_seeEachOthersMessages();
    void idsByPrefix_areFound();
    void unknownId_isNoSuchMessage();
    void orphans_areRemovedOnlyWhenOld();

private:
    std::unique_ptr<OutboxFixture> m_fixture {};
};

void TestStore::init()
{
    m_fixture = std::make_unique<OutboxFixture>();
    QVERIFY(m_fixture->reopen());
}

void TestStore::prepared_survivesACrashAndIsRenderedAgain()
{
    const auto id = m_fixture->store().prepare(OutboxFixture::draft(), OutboxFixture::options());
    QVERIFY(id);
    QCOMPARE(m_fixture->state(*id), MessageState::Preparing);
    QVERIFY(m_fixture->reopen());
    QCOMPARE(*m_fixture->store().recover(), QStringList { *id });
    QVERIFY(m_fixture->store().render(*id));
    QVERIFY(m_fixture->reopen());
    QCOMPARE(m_fixture->state(*id), MessageState::Queued);
    QVERIFY(m_fixture->store().recover()->isEmpty());
    const QByteArray before = m_fixture->content(*id);
    QVERIFY(m_fixture->store().render(*id)); // another process that was slower
    QCOMPARE(m_fixture->content(*id), before);
}

void TestStore::rendered_isTheSameAfterReopening_data()
{
    QTest::addColumn<int>("length");
    QTest::addColumn<int>("files");
    QTest::newRow("small, in its row") << 100 << 0;
    QTest::newRow("large, in the spool") << 200'000 << 1;
    QTest::newRow("larger than a block") << 1'000'000 << 1;
}

void TestStore::rendered_isTheSameAfterReopening()
{
    QFETCH(int, length);
    QFETCH(int, files);
    mime::Draft draft = OutboxFixture::draft();
    draft.text = QString(length, u'x');
    const MessageId id = m_fixture->queue(draft);
    QVERIFY(!id.isEmpty());
    const QByteArray content = m_fixture->content(id);
    QVERIFY(content.size() > length);
    QVERIFY(content.contains("Subject: Invoice 7\r\n"));
    QVERIFY(m_fixture->reopen());
    QCOMPARE(m_fixture->content(id), content);
    QCOMPARE(m_fixture->spoolFiles().size(), files);
    const MessageSummary summary = m_fixture->summary(id);
    QCOMPARE(summary.size, content.size());
    QVERIFY(content.contains(QByteArray("Message-ID: " + summary.messageId)));
    const auto job = m_fixture->store().begin(id);
    QVERIFY(job);
    const auto device = openContent(*job);
    QVERIFY(device != nullptr);
    QCOMPARE(device->readAll(), content);
    QCOMPARE(job->size, content.size());
    QCOMPARE(job->reversePath, QByteArray("ann@example.org"));
}

void TestStore::attachment_isFrozenWhenSendIsPressed()
{
    mime::Draft draft = OutboxFixture::draft();
    const QString path = m_fixture->profile.writeBeside(u"offer.txt"_s, "the first offer\n");
    draft.attachments.append({ path, {}, "text/plain" });
    const auto id = m_fixture->store().prepare(draft, OutboxFixture::options());
    QVERIFY(id);
    QVERIFY(QFile::remove(path));
    m_fixture->profile.writeBeside(u"offer.txt"_s, "another offer\n");
    QVERIFY(m_fixture->reopen());
    QCOMPARE(m_fixture->spoolFiles().size(), 1);
    QVERIFY(m_fixture->store().render(*id));
    const QByteArray content = m_fixture->content(*id);
    QVERIFY(content.contains("the first offer")
            || content.contains(QByteArray("the first offer").toBase64()));
    QVERIFY(content.contains("offer.txt"));
    QVERIFY2(m_fixture->spoolFiles().isEmpty(), "the frozen copy is part of the message now");
    QCOMPARE(m_fixture->store().find(*id)->draft.attachments.first().path, path);
}

void TestStore::attachmentUnreadable_isToldAndNothingIsLeft_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("missing") << u"missing.pdf"_s;
    QTest::newRow("a folder") << u"folder"_s;
    QTest::newRow("a pipe") << u"pipe"_s;
}

void TestStore::attachmentUnreadable_isToldAndNothingIsLeft()
{
    QFETCH(QString, name);
    const QString path = m_fixture->profile.beside(name);
    if (name == "folder"_L1) {
        QVERIFY(QDir().mkpath(path));
    }
    if (name == "pipe"_L1) {
#ifdef Q_OS_UNIX
        QCOMPARE(::mkfifo(QFile::encodeName(path).constData(), 0600), 0);
#else
        QSKIP("pipes with a name are POSIX");
#endif
    }
    mime::Draft draft = OutboxFixture::draft();
    draft.attachments.append({ m_fixture->profile.writeBeside(u"good.txt"_s, "good"), {}, {} });
    draft.attachments.append({ path, {}, {} });
    const auto id = m_fixture->store().prepare(draft, OutboxFixture::options());
    QVERIFY(!id);
    QCOMPARE(id.error().kind, StoreError::Kind::AttachmentUnreadable);
    QCOMPARE(id.error().subject, path);
    QVERIFY(!id.error().reason.isEmpty());
    QVERIFY(m_fixture->store().list(10)->isEmpty());
    QVERIFY(m_fixture->spoolFiles().isEmpty());
}

void TestStore::badAddress_isToldBeforeAnythingIsStored_data()
{
    QTest::addColumn<mime::Draft>("draft");
    QTest::addColumn<SendOptions>("options");
    const SendOptions plain = OutboxFixture::options();

    QTest::newRow("nobody to send to") << OutboxFixture::draft({}) << plain;
    QTest::newRow("no domain") << OutboxFixture::draft({ u"bob"_s }) << plain;
    QTest::newRow("a command in the local part")
        << OutboxFixture::draft({ u"bob\r\nDATA@example.net"_s }) << plain;
    mime::Draft badSender = OutboxFixture::draft();
    badSender.from.domain = u"exa mple.org"_s;
    QTest::newRow("sender") << badSender << plain;
    mime::Draft badReplyTo = OutboxFixture::draft();
    badReplyTo.replyTo.append({ {}, u"x"_s, {} });
    QTest::newRow("only in the header") << badReplyTo << plain;
    QTest::newRow("recipient from the caller")
        << OutboxFixture::draft() << SendOptions { u"a"_s, {}, { "bob@example.net>\r\nRSET" } };
    QTest::newRow("reverse-path from the caller")
        << OutboxFixture::draft() << SendOptions { u"a"_s, "ann@", {} };
}

void TestStore::badAddress_isToldBeforeAnythingIsStored()
{
    QFETCH(mime::Draft, draft);
    QFETCH(SendOptions, options);
    const auto id = m_fixture->store().prepare(draft, options);
    QVERIFY(!id);
    QCOMPARE(id.error().kind, StoreError::Kind::BadAddress);
    QVERIFY(m_fixture->store().list(10)->isEmpty());
}

void TestStore::sameRecipientTwice_isOneRecipient()
{
    const SendOptions options { u"a"_s, {}, { "bob@example.net", "bob@EXAMPLE.net", "Bob@example.net" } };
    const MessageId id = m_fixture->queue(OutboxFixture::draft(), options);
    const auto recipients = m_fixture->summary(id).recipients;
    QCOMPARE(recipients.size(), 2);
    QCOMPARE(recipients[0].address, QByteArray("bob@example.net"));
    QCOMPARE(recipients[1].address, QByteArray("Bob@example.net"));
}

void TestStore::messageFile_isQueuedWithoutBcc()
{
    QBuffer file;
    file.setData("From: Ann <ann@example.org>\nTo: bob@example.net\nBcc: eve@example.com\n"
                 "Subject: Hello\nMessage-ID: <1@example.org>\n\nText\n");
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto id = m_fixture->store().enqueueFile(file, OutboxFixture::options());
    QVERIFY2(id, qPrintable(id ? QString() : id.error().reason));
    QVERIFY(m_fixture->reopen());
    const MessageSummary summary = m_fixture->summary(*id);
    QCOMPARE(summary.state, MessageState::Queued);
    QCOMPARE(summary.messageId, QByteArray("<1@example.org>"));
    QCOMPARE(summary.recipients.size(), 2);
    QCOMPARE(summary.recipients[1].address, QByteArray("eve@example.com"));
    const QByteArray content = m_fixture->content(*id);
    QVERIFY(!content.contains("eve"));
    QVERIFY(content.endsWith("\r\n\r\nText\r\n"));
}

/// A device like standard input: it cannot go back.
class Pipe final : public QIODevice
{
public:
    explicit Pipe(QByteArray octets)
        : m_octets(std::move(octets))
    { }
    [[nodiscard]] bool isSequential() const override { return true; }

protected:
    qint64 readData(char *data, qint64 maxSize) override
    {
        const qsizetype count = std::min<qsizetype>(maxSize, m_octets.size());
        std::copy_n(m_octets.cbegin(), count, data);
        m_octets.remove(0, count);
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_octets;
};

void TestStore::messageFileFromAPipe_isQueued()
{
    Pipe pipe("From: ann@example.org\r\nTo: bob@example.net\r\n\r\n" + QByteArray(300'000, 'x') + "\r\n");
    QVERIFY(pipe.open(QIODevice::ReadOnly));
    const auto id = m_fixture->store().enqueueFile(pipe, OutboxFixture::options());
    QVERIFY2(id, qPrintable(id ? QString() : id.error().reason));
    QVERIFY(m_fixture->content(*id).endsWith("xx\r\n"));
    QCOMPARE(m_fixture->spoolFiles().size(), 1);
}

void TestStore::textWithoutHeader_isNotAMessage()
{
    QFile file(m_fixture->profile.writeBeside(u"notes.txt"_s, "just some words\nand more of them\n"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto id = m_fixture->store().enqueueFile(file, OutboxFixture::options());
    QVERIFY(!id);
    QCOMPARE(id.error().kind, StoreError::Kind::NotAMessage);
    QCOMPARE(id.error().subject, file.fileName());
}

void TestStore::crashBeforeTheFinalOctet_isQueuedAgain()
{
    const MessageId id = m_fixture->queue();
    QVERIFY(m_fixture->store().begin(id));
    QVERIFY(m_fixture->reopen());
    QCOMPARE(m_fixture->state(id), MessageState::Sending);
    QVERIFY(m_fixture->store().recover());
    QCOMPARE(m_fixture->state(id), MessageState::Queued);
    QCOMPARE(m_fixture->store().due()->size(), 1);
    QCOMPARE(m_fixture->summary(id).attempts, 0);
    const auto job = m_fixture->store().begin(id);
    QVERIFY(job);
    QCOMPARE(job->recipients, QList<QByteArray> { "bob@example.net" });
}

void TestStore::crashAfterTheFinalOctet_isInDoubt()
{
    const MessageId id = m_fixture->queue();
    const auto job = m_fixture->store().begin(id);
    QVERIFY(m_fixture->store().markFinalOctet({ job->attempt }));
    QVERIFY(m_fixture->reopen());
    QVERIFY(m_fixture->store().recover());
    const MessageSummary summary = m_fixture->summary(id);
    QCOMPARE(summary.state, MessageState::InDoubt);
    QCOMPARE(summary.problem.kind, Problem::Kind::OutcomeUnknown);
    QCOMPARE(summary.attempts, 1);
    QVERIFY2(m_fixture->store().due()->isEmpty(), "never sent again by itself");
    QVERIFY(!m_fixture->store().begin(id));
}

void TestStore::everyRecipient_keepsItsOwnOutcome()
{
    const MessageId id = m_fixture->queue(
        OutboxFixture::draft({ u"a@example.net"_s, u"b@example.net"_s, u"c@example.net"_s }));
    auto job = m_fixture->store().begin(id);
    AttemptOutcome outcome;
    outcome.recipients = { { "a@example.net", RecipientState::Sent, 250, "2.0.0", u"queued as 1"_s },
                           { "b@example.net", RecipientState::Failed, 550, "5.1.1", u"no such user"_s },
                           { "c@example.net", RecipientState::Deferred, 452, "4.2.2", u"mailbox full"_s } };
    outcome.reachedMail = true;
    outcome.host = u"mx.example.net"_s;
    outcome.port = 587;
    outcome.tls = u"TLS 1.3"_s;
    outcome.certificateSha256 = QByteArray(32, '\x01');
    outcome.problem.kind = Problem::Kind::RecipientRefused;
    QVERIFY(m_fixture->store().finish(job->attempt, outcome));
    QVERIFY(m_fixture->reopen());

    const auto details = m_fixture->store().find(id);
    QCOMPARE(details->summary.state, MessageState::Deferred);
    QCOMPARE(details->summary.recipients[1].text, u"no such user"_s);
    QCOMPARE(details->summary.recipients[1].enhanced, QByteArray("5.1.1"));
    QCOMPARE(details->attempts.size(), 1);
    QCOMPARE(details->attempts[0].host, u"mx.example.net"_s);
    QCOMPARE(details->attempts[0].port, quint16 { 587 });
    QCOMPARE(details->attempts[0].tls, u"TLS 1.3"_s);
    QCOMPARE(details->attempts[0].certificateSha256, outcome.certificateSha256);
    QCOMPARE(details->attempts[0].outcome, u"recipient-refused"_s);

    job = m_fixture->store().begin(id);
    QCOMPARE(job->recipients, QList<QByteArray> { "c@example.net" });
    QVERIFY(m_fixture->store().finish(job->attempt, OutboxFixture::outcome(*job, RecipientState::Sent)));
    const MessageSummary summary = m_fixture->summary(id);
    QCOMPARE(summary.state, MessageState::PartlySent);
    QCOMPARE(summary.attempts, 2);
    QCOMPARE(summary.recipients[0].text, u"queued as 1"_s);
}

void TestStore::deferred_isTriedAgainWhenItsTimeHasCome()
{
    const MessageId id = m_fixture->queue();
    const QDateTime start = m_fixture->clock.now();
    QVERIFY(m_fixture->attempt(id, RecipientState::Deferred));
    QVERIFY(m_fixture->reopen());
    const QDateTime next = m_fixture->summary(id).nextAttempt;
    QVERIFY(next >= start.addSecs(48) && next <= start.addSecs(72));
    QVERIFY(m_fixture->store().due()->isEmpty());
    QCOMPARE(*m_fixture->store().nextDue(), next);
    m_fixture->clock.advanceTo(next.addMSecs(-1));
    QVERIFY(m_fixture->store().due()->isEmpty());
    m_fixture->clock.advance(1ms);
    QCOMPARE(m_fixture->store().due()->size(), 1);
}

void TestStore::deferredForFiveDays_fails()
{
    const MessageId id = m_fixture->queue();
    const QDateTime start = m_fixture->clock.now();
    int tries = 0;
    while (m_fixture->state(id) != MessageState::Failed) {
        QVERIFY(m_fixture->attempt(id, RecipientState::Deferred));
        ++tries;
        if (const QDateTime next = m_fixture->summary(id).nextAttempt; next.isValid()) {
            m_fixture->clock.advanceTo(next);
            QCOMPARE(m_fixture->store().due()->size(), 1);
        }
    }
    QCOMPARE(start.daysTo(m_fixture->clock.now()), 5);
    QVERIFY(tries > 50);
    QCOMPARE(m_fixture->summary(id).attempts, tries);
    QVERIFY(m_fixture->store().due()->isEmpty());
    QVERIFY(m_fixture->store().nextDue()->isNull());
}

void TestStore::serverTrouble_costsNoAttempt()
{
    const MessageId id = m_fixture->queue();
    const auto job = m_fixture->store().begin(id);
    QVERIFY(m_fixture->store().finish(
        job->attempt,
        OutboxFixture::outcome(*job, RecipientState::Queued, Problem::Kind::ConnectionRefused)));
    QCOMPARE(m_fixture->state(id), MessageState::Queued);
    QCOMPARE(m_fixture->summary(id).attempts, 0);
    QCOMPARE(m_fixture->store().find(id)->attempts.first().outcome, u"connection-refused"_s);
}

void TestStore::restOfTheRecipients_goesAtOnceWithoutTheDeferredOnes()
{
    const MessageId id = m_fixture->queue(OutboxFixture::draft({ u"a@example.net"_s, u"b@example.net"_s }));
    auto job = m_fixture->store().begin(id);
    AttemptOutcome outcome;
    outcome.reachedMail = true;
    outcome.recipients = { { "a@example.net", RecipientState::Deferred, 450, {}, {} },
                           { "b@example.net", RecipientState::Queued, 0, {}, {} } };
    QVERIFY(m_fixture->store().finish(job->attempt, outcome));
    QCOMPARE(m_fixture->store().due()->size(), 1);
    job = m_fixture->store().begin(id);
    QCOMPARE(job->recipients, QList<QByteArray> { "b@example.net" });
    QVERIFY(m_fixture->store().finish(job->attempt, OutboxFixture::outcome(*job, RecipientState::Sent)));
    const MessageSummary summary = m_fixture->summary(id);
    QCOMPARE(summary.state, MessageState::Deferred);
    QVERIFY(summary.nextAttempt > m_fixture->clock.now());
    QVERIFY(m_fixture->store().due()->isEmpty());
}

void TestStore::finishedTwice_isRefused()
{
    const MessageId id = m_fixture->queue();
    const auto job = m_fixture->store().begin(id);
    const auto sent = OutboxFixture::outcome(*job, RecipientState::Sent);
    QVERIFY(m_fixture->store().finish(job->attempt, sent));
    const auto again
        = m_fixture->store().finish(job->attempt, OutboxFixture::outcome(*job, RecipientState::Failed));
    QVERIFY(!again);
    QCOMPARE(again.error().kind, StoreError::Kind::WrongState);
    QCOMPARE(m_fixture->state(id), MessageState::Sent);
    QVERIFY(!m_fixture->store().markFinalOctet({ job->attempt }));
}

void TestStore::spoolFileGone_isNoticed()
{
    mime::Draft draft = OutboxFixture::draft();
    draft.text = QString(200'000, u'x');
    const MessageId id = m_fixture->queue(draft);
    QFile file(m_fixture->spoolFiles().first());
    QVERIFY(file.resize(1000));
    auto job = m_fixture->store().begin(id);
    QVERIFY2(openContent(*job) == nullptr, "a cut message is never sent");
    QVERIFY(file.remove());
    QVERIFY(openContent(*job) == nullptr);
    QVERIFY(!m_fixture->store().content(id));
    Problem problem;
    problem.kind = Problem::Kind::ContentMissing;
    QVERIFY(m_fixture->store().setAsideMessage(id, problem));
    QVERIFY(m_fixture->reopen());
    QCOMPARE(m_fixture->state(id), MessageState::Damaged);
    QVERIFY(m_fixture->store().due()->isEmpty());
    QVERIFY(!m_fixture->queue().isEmpty()); // the rest of the outbox still works
}

void TestStore::waitingAccount_showsItsMessagesDeferred()
{
    const MessageId id = m_fixture->queue();
    const QDateTime until = m_fixture->clock.now().addSecs(300);
    AccountHold hold;
    hold.state = AccountHold::State::Waiting;
    hold.problem.kind = Problem::Kind::ConnectionRefused;
    hold.failures = 2;
    hold.until = until;
    QVERIFY(m_fixture->store().setAccountHold(u"account-1"_s, hold));
    QVERIFY(m_fixture->reopen());
    QCOMPARE(m_fixture->store().accountHold(u"account-1"_s)->failures, 2);
    MessageSummary summary = m_fixture->store().list(10)->first();
    QCOMPARE(summary.state, MessageState::Deferred);
    QCOMPARE(summary.nextAttempt, until);
    QCOMPARE(summary.problem.kind, Problem::Kind::ConnectionRefused);
    QVERIFY(m_fixture->store().due()->isEmpty());
    QCOMPARE(*m_fixture->store().nextDue(), until);

    m_fixture->clock.advanceTo(until);
    QCOMPARE(m_fixture->store().due()->size(), 1);
    QCOMPARE(m_fixture->state(id), MessageState::Queued);
    QCOMPARE(m_fixture->summary(id).attempts, 0);
}

void TestStore::heldAccount_showsItsMessagesHeld()
{
    const MessageId id = m_fixture->queue();
    const MessageId other = m_fixture->queue(OutboxFixture::draft(), OutboxFixture::options(u"account-2"_s));
    AccountHold hold;
    hold.state = AccountHold::State::Held;
    hold.problem.kind = Problem::Kind::SignInRefused;
    QVERIFY(m_fixture->store().setAccountHold(u"account-1"_s, hold));
    const MessageSummary summary = m_fixture->summary(id);
    QCOMPARE(summary.state, MessageState::Held);
    QCOMPARE(summary.hold, HoldReason::Account);
    QCOMPARE(summary.problem.kind, Problem::Kind::SignInRefused);
    QCOMPARE(m_fixture->state(other), MessageState::Queued);
    QCOMPARE(m_fixture->store().due()->size(), 1);
    QCOMPARE(m_fixture->store().due()->first().id, other);
    QVERIFY(m_fixture->store().release(id));
    QCOMPARE(m_fixture->state(id), MessageState::Queued);
    QCOMPARE(m_fixture->store().due()->size(), 2);
}

void TestStore::due_givesTheOldestOfEachReadyAccount()
{
    QStringList expected;
    for (const QString &account : { u"b"_s, u"a"_s, u"c"_s }) {
        expected.append(m_fixture->queue(OutboxFixture::draft(), OutboxFixture::options(account)));
        QVERIFY(!m_fixture->queue(OutboxFixture::draft(), OutboxFixture::options(account)).isEmpty());
    }
    m_fixture->clock.setWallClock(m_fixture->clock.now().addDays(-400)); // the battery of the clock died
    QStringList found;
    const auto due = m_fixture->store().due();
    for (const MessageSummary &summary : *due) {
        found.append(summary.id);
    }
    QCOMPARE(found, expected);
}

void TestStore::clockPutBack_leavesNobodyWaitingForThePast()
{
    // While the clock was wrong, one message was deferred and another one's account had to wait.
    const MessageId deferred = m_fixture->queue(OutboxFixture::draft(), OutboxFixture::options(u"a"_s));
    QVERIFY(m_fixture->attempt(deferred, RecipientState::Deferred));
    const MessageId waiting = m_fixture->queue(OutboxFixture::draft(), OutboxFixture::options(u"b"_s));
    AccountHold hold;
    hold.state = AccountHold::State::Waiting;
    hold.failures = 1;
    hold.until = m_fixture->clock.now().addSecs(60);
    QVERIFY(m_fixture->store().setAccountHold(u"b"_s, hold));
    QVERIFY(m_fixture->store().due()->isEmpty());

    m_fixture->clock.setWallClock(m_fixture->clock.now().addDays(-400));
    const auto due = m_fixture->store().due();
    QCOMPARE(due->size(), 2);
    QVERIFY(*m_fixture->store().nextDue() <= m_fixture->clock.now());
    QVERIFY(m_fixture->store().begin(deferred));
    QVERIFY(m_fixture->store().begin(waiting));
}

void TestStore::interruptedPreparation_isFoundWithoutARestart()
{
    const auto id = m_fixture->store().prepare(OutboxFixture::draft(), OutboxFixture::options());
    QVERIFY(id);
    QCOMPARE(*m_fixture->store().preparing(), QStringList { *id });
    QVERIFY(m_fixture->store().render(*id));
    QVERIFY(m_fixture->store().preparing()->isEmpty());
}

void TestStore::retryAll_letsEverythingTemporaryGo()
{
    const MessageId deferred = m_fixture->queue();
    QVERIFY(m_fixture->attempt(deferred, RecipientState::Deferred));
    const MessageId failed = m_fixture->queue();
    QVERIFY(m_fixture->attempt(failed, RecipientState::Failed));
    const MessageId paused = m_fixture->queue();
    QVERIFY(m_fixture->store().hold(paused, HoldReason::Paused));
    AccountHold hold;
    hold.state = AccountHold::State::Held;
    hold.failures = 3;
    QVERIFY(m_fixture->store().setAccountHold(u"account-1"_s, hold));
    QVERIFY(m_fixture->store().retryAll());
    QCOMPARE(m_fixture->state(deferred), MessageState::Queued);
    QCOMPARE(m_fixture->state(failed), MessageState::Failed);
    QCOMPARE(m_fixture->state(paused), MessageState::Held);
    QCOMPARE(m_fixture->store().due()->first().id, deferred);
    QCOMPARE(m_fixture->store().accountHold(u"account-1"_s)->failures, 3);
    QCOMPARE(m_fixture->store().begin(deferred)->recipients.size(), 1);
}

void TestStore::canceled_isADraftThatCanBeEdited()
{
    const MessageId id = m_fixture->queue();
    QVERIFY(m_fixture->store().cancel(id));
    QVERIFY(m_fixture->reopen());
    const auto details = m_fixture->store().find(id);
    QCOMPARE(details->summary.state, MessageState::Draft);
    QCOMPARE(details->draft, OutboxFixture::draft());
    QVERIFY(m_fixture->store().due()->isEmpty());
    const auto again = m_fixture->store().cancel(id);
    QVERIFY(!again);
    QCOMPARE(again.error().kind, StoreError::Kind::WrongState);
}

void TestStore::retry_triesOnlyTheRefusedRecipients()
{
    const MessageId id = m_fixture->queue(OutboxFixture::draft({ u"a@example.net"_s, u"b@example.net"_s }));
    const auto job = m_fixture->store().begin(id);
    AttemptOutcome outcome;
    outcome.reachedMail = true;
    outcome.recipients = { { "a@example.net", RecipientState::Sent, 250, {}, {} },
                           { "b@example.net", RecipientState::Failed, 550, {}, {} } };
    QVERIFY(m_fixture->store().finish(job->attempt, outcome));
    m_fixture->clock.advance(std::chrono::hours(24 * 30));
    QVERIFY(m_fixture->store().retry(id));
    QCOMPARE(m_fixture->store().begin(id)->recipients, QList<QByteArray> { "b@example.net" });
}

void TestStore::inDoubt_isResolvedByThePerson()
{
    for (const auto resolution : { Store::Resolution::Sent, Store::Resolution::Resend }) {
        const MessageId id = m_fixture->queue();
        QVERIFY(m_fixture->attempt(id, RecipientState::InDoubt));
        QVERIFY2(!m_fixture->store().retry(id), "only by an answer to the question");
        const QByteArray content = m_fixture->content(id);
        QVERIFY(m_fixture->store().resolve(id, resolution));
        const bool isSent = resolution == Store::Resolution::Sent;
        QCOMPARE(m_fixture->state(id), isSent ? MessageState::Sent : MessageState::Queued);
        QCOMPARE(m_fixture->content(id), content);
    }
}

void TestStore::accountMissing_holdsTheMessage()
{
    const MessageId id = m_fixture->queue();
    Problem problem;
    problem.kind = Problem::Kind::AccountMissing;
    QVERIFY(m_fixture->store().setAsideMessage(id, problem));
    QCOMPARE(m_fixture->state(id), MessageState::Held);
    QCOMPARE(m_fixture->summary(id).problem, problem);
    QVERIFY(m_fixture->store().retry(id));
    QCOMPARE(m_fixture->state(id), MessageState::Queued);
}

void TestStore::fileSizeLimit_leavesNothingBehind()
{
#ifdef Q_OS_UNIX
    mime::Draft draft = OutboxFixture::draft();
    draft.attachments.append(
        { m_fixture->profile.writeBeside(u"film.mp4"_s, QByteArray(3'000'000, 'f')), {}, {} });
    const auto prepared = m_fixture->store().prepare(draft, OutboxFixture::options());
    QVERIFY(prepared);

    rlimit before = {};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit = before;
    limit.rlim_cur = 2'000'000;
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &limit), 0);
    const auto rendered = m_fixture->store().render(*prepared);
    const auto second = m_fixture->store().prepare(draft, OutboxFixture::options());
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, handler);

    QVERIFY(!rendered);
    QCOMPARE(rendered.error().kind, StoreError::Kind::DiskFull);
    QVERIFY(!second);
    QCOMPARE(second.error().kind, StoreError::Kind::DiskFull);
    QCOMPARE(m_fixture->spoolFiles().size(), 1); // the first message's frozen attachment
    QCOMPARE(m_fixture->state(*prepared), MessageState::Preparing);
    QVERIFY(m_fixture->store().render(*prepared)); // there is room again
    QCOMPARE(m_fixture->state(*prepared), MessageState::Queued);
#else
    QSKIP("needs a limit on the size of files");
#endif
}

void TestStore::twoStores_seeEachOthersMessages()
{
    auto other = Store::open(m_fixture->profile.folder(), m_fixture->clock);
    QVERIFY(other);
    const qint64 version = m_fixture->store().dataVersion();
    QCOMPARE(m_fixture->store().dataVersion(), version);
    const auto id = (*other)->prepare(OutboxFixture::draft(), OutboxFixture::options());
    QVERIFY(id);
    QVERIFY(m_fixture->store().dataVersion() != version);
    QCOMPARE(m_fixture->state(*id), MessageState::Preparing);
    QVERIFY(m_fixture->store().render(*id));
    QVERIFY((*other)->render(*id));
    QCOMPARE((*other)->find(*id)->summary.state, MessageState::Queued);
    QVERIFY((*other)->begin(*id));
    QVERIFY2(!m_fixture->store().begin(*id), "never by two at once");
    QVERIFY(!m_fixture->store().cancel(*id));
}

void TestStore::idsByPrefix_areFound()
{
    const MessageId id = m_fixture->queue();
    QVERIFY(!m_fixture->queue().isEmpty());
    QCOMPARE(*m_fixture->store().idsStartingWith(id.first(20)), QStringList { id });
    QCOMPARE(*m_fixture->store().idsStartingWith(id.toUpper()), QStringList { id });
    QCOMPARE(m_fixture->store().idsStartingWith({})->size(), 2);
    QVERIFY(m_fixture->store().idsStartingWith(u"%"_s)->isEmpty());
}

void TestStore::unknownId_isNoSuchMessage()
{
    const auto found = m_fixture->store().find(u"0000"_s);
    QVERIFY(!found);
    QCOMPARE(found.error().kind, StoreError::Kind::NoSuchMessage);
    QCOMPARE(m_fixture->store().cancel(u"0000"_s).error().kind, StoreError::Kind::NoSuchMessage);
}

void TestStore::orphans_areRemovedOnlyWhenOld()
{
    m_fixture->clock.setWallClock(QDateTime::currentDateTimeUtc());
    mime::Draft draft = OutboxFixture::draft();
    draft.text = QString(100'000, u'x');
    const MessageId id = m_fixture->queue(draft);
    const QString named = m_fixture->spoolFiles().first();
    const QString orphan = named + u"-left.part"_s;
    QVERIFY(QFile::copy(named, orphan));
    QVERIFY(m_fixture->store().recover());
    QVERIFY(QFile::exists(orphan));
    m_fixture->clock.advance(25h);
    QVERIFY(m_fixture->store().recover());
    QVERIFY(!QFile::exists(orphan));
    QVERIFY(QFile::exists(named));
    QVERIFY(!m_fixture->content(id).isEmpty());
}

} // namespace postrider::outbox

QTEST_GUILESS_MAIN(postrider::outbox::TestStore)
#include "tst_store.moc"
