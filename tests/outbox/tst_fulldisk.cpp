// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outboxfixture.h"

#include <QFile>
#include <QProcess>
#include <QStorageInfo>
#include <QTest>

using namespace Qt::StringLiterals;

namespace postrider::outbox {

/// A disk without room, and one that nothing can be written to. The fixture's folder lies on a small disk of
/// its own (tests/support/with-small-disk.sh).
class TestFullDisk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_fixture = std::make_unique<OutboxFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void queueUntilFull_keepsWhatWasQueuedAndGoesOnLater();
    void largeMessageWithoutRoom_leavesNothingBehind();
    void newProfileWithoutRoom_isDiskFull();
    void profileWithoutRoom_opensLaterWithEverything();
    void anyStepWithoutRoom_isDoneOrNotDone();
    void diskThatIsReadOnly_losesNothing();

private:
    /// Takes room away until so many octets are left; what was taken before is given back first.
    [[nodiscard]] bool leaveFree(qint64 octets) const;
    [[nodiscard]] bool mountAgain(const QString &how) const;
    [[nodiscard]] static mime::Draft letter(int length);
    [[nodiscard]] static bool isDiskFull(const StoreError &error)
    {
        return error.kind == StoreError::Kind::DiskFull;
    }

    std::unique_ptr<OutboxFixture> m_fixture {};
};

void TestFullDisk::initTestCase()
{
    const OutboxFixture fixture;
    const QStorageInfo disk(fixture.profile.beside(u"."_s));
    QVERIFY2(disk.bytesTotal() < 100'000'000, "not on a small disk of its own");
}

bool TestFullDisk::leaveFree(qint64 octets) const
{
    QFile ballast(m_fixture->profile.beside(u"ballast"_s));
    QFile::remove(ballast.fileName());
    const qint64 room = QStorageInfo(m_fixture->profile.beside(u"."_s)).bytesAvailable();
    if (room <= octets) {
        return true;
    }
    const QByteArray load(static_cast<qsizetype>(room - octets), 'b');
    return ballast.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && ballast.write(load) == load.size();
}

bool TestFullDisk::mountAgain(const QString &how) const
{
    return QProcess::execute(u"mount"_s, { u"-o"_s, u"remount,"_s + how, qEnvironmentVariable("TMPDIR") })
        == 0;
}

mime::Draft TestFullDisk::letter(int length)
{
    mime::Draft draft = OutboxFixture::draft();
    while (draft.text.size() < length) {
        draft.text += "A line of a letter that takes up its room on the disk.\n"_L1;
    }
    return draft;
}

void TestFullDisk::queueUntilFull_keepsWhatWasQueuedAndGoesOnLater()
{
    QVERIFY(m_fixture->reopen());
    QVERIFY(leaveFree(1'500'000));
    QStringList safe;
    std::optional<StoreError> error;
    while (!error && safe.size() < 1000) {
        const auto id = m_fixture->store().prepare(letter(20'000), OutboxFixture::options());
        if (!id) {
            error = id.error();
            break;
        }
        safe.append(*id);
        if (const auto rendered = m_fixture->store().render(*id); !rendered) {
            error = rendered.error();
        }
    }
    QVERIFY(error);
    QVERIFY2(isDiskFull(*error), qPrintable(error->reason));
    QVERIFY(safe.size() > 5);

    QVERIFY(leaveFree(2'000'000));
    QVERIFY(m_fixture->reopen());
    QVERIFY(m_fixture->store().setAside().isEmpty());
    const auto preparing = m_fixture->store().recover();
    QVERIFY(preparing);
    for (const QString &id : *preparing) {
        QVERIFY(m_fixture->store().render(id));
    }
    QCOMPARE(m_fixture->store().list(1000)->size(), safe.size());
    for (const QString &id : std::as_const(safe)) {
        QCOMPARE(m_fixture->state(id), MessageState::Queued);
        QVERIFY(m_fixture->content(id).contains("A line of a letter"));
    }
    QVERIFY(m_fixture->attempt(safe.first(), RecipientState::Sent));
    QVERIFY(!m_fixture->queue(letter(20'000)).isEmpty());
}

void TestFullDisk::largeMessageWithoutRoom_leavesNothingBehind()
{
    QVERIFY(m_fixture->reopen());
    const MessageId safe = m_fixture->queue();
    mime::Draft draft = OutboxFixture::draft();
    QVERIFY(leaveFree(1'000'000));
    draft.attachments.append(
        { m_fixture->profile.writeBeside(u"film.mp4"_s, QByteArray(400'000, 'f')), {}, {} });
    QVERIFY(leaveFree(200'000));
    const auto refused = m_fixture->store().prepare(draft, OutboxFixture::options());
    QVERIFY(!refused);
    QVERIFY2(isDiskFull(refused.error()), qPrintable(refused.error().reason));
    QCOMPARE(m_fixture->spoolFiles(), QStringList());

    // Room for the frozen attachment, but not for the message.
    QVERIFY(leaveFree(600'000));
    const auto prepared = m_fixture->store().prepare(draft, OutboxFixture::options());
    QVERIFY(prepared);
    const auto rendered = m_fixture->store().render(*prepared);
    QVERIFY(!rendered);
    QVERIFY2(isDiskFull(rendered.error()), qPrintable(rendered.error().reason));
    QCOMPARE(m_fixture->spoolFiles().size(), 1);
    QCOMPARE(m_fixture->state(*prepared), MessageState::Preparing);
    QCOMPARE(m_fixture->state(safe), MessageState::Queued);

    QVERIFY(leaveFree(2'000'000));
    QVERIFY(m_fixture->store().render(*prepared));
    QCOMPARE(m_fixture->state(*prepared), MessageState::Queued);
}

void TestFullDisk::newProfileWithoutRoom_isDiskFull()
{
    QVERIFY(leaveFree(0));
    const auto store = Store::open(m_fixture->profile.folder(), m_fixture->clock);
    QVERIFY(!store);
    QVERIFY2(isDiskFull(store.error()), qPrintable(store.error().reason));
    QVERIFY(leaveFree(2'000'000));
    QVERIFY(m_fixture->reopen());
    QVERIFY(m_fixture->store().setAside().isEmpty());
}

void TestFullDisk::profileWithoutRoom_opensLaterWithEverything()
{
    QVERIFY(m_fixture->reopen());
    const MessageId safe = m_fixture->queue();
    m_fixture->close();
    QVERIFY(leaveFree(0));
    const auto store = Store::open(m_fixture->profile.folder(), m_fixture->clock);
    if (!store) {
        QVERIFY2(isDiskFull(store.error()), qPrintable(store.error().reason));
    }
    QVERIFY(leaveFree(2'000'000));
    QVERIFY(m_fixture->reopen());
    QVERIFY(m_fixture->store().setAside().isEmpty());
    QCOMPARE(m_fixture->state(safe), MessageState::Queued);
}

void TestFullDisk::anyStepWithoutRoom_isDoneOrNotDone()
{
    constexpr qint64 Page = 4096;
    int refusals = 0;
    for (qint64 pages = 0; pages < 24; ++pages) {
        m_fixture = std::make_unique<OutboxFixture>();
        QVERIFY(m_fixture->reopen());
        QStringList ids;
        while (ids.size() < 4) {
            ids.append(m_fixture->queue(letter(8'000)));
        }
        const Job marked = *m_fixture->store().begin(ids[1]);
        const Job finished = *m_fixture->store().begin(ids[2]);
        QVERIFY(m_fixture->store().markFinalOctet({ finished.attempt }));
        // The log of the database is begun again when it was copied, so it has to be full as well.
        QVERIFY(leaveFree(pages * Page));

        const bool isBegun = m_fixture->store().begin(ids[0]).has_value();
        const bool isMarked = m_fixture->store().markFinalOctet({ marked.attempt }).has_value();
        const bool isFinished
            = m_fixture->store()
                  .finish(finished.attempt, OutboxFixture::outcome(finished, RecipientState::Sent))
                  .has_value();
        const bool isCanceled = m_fixture->store().cancel(ids[3]).has_value();
        const auto added = m_fixture->store().prepare(letter(8'000), OutboxFixture::options());
        refusals += added ? 0 : 1;
        QVERIFY(added || isDiskFull(added.error()));

        QVERIFY(leaveFree(2'000'000));
        QVERIFY(m_fixture->reopen());
        QVERIFY(m_fixture->store().setAside().isEmpty());
        QCOMPARE(m_fixture->state(ids[0]), isBegun ? MessageState::Sending : MessageState::Queued);
        QCOMPARE(m_fixture->state(ids[2]), isFinished ? MessageState::Sent : MessageState::Sending);
        QCOMPARE(m_fixture->state(ids[3]), isCanceled ? MessageState::Draft : MessageState::Queued);
        QCOMPARE(m_fixture->store().list(10)->size(), added ? 5 : 4);
        QVERIFY(m_fixture->store().recover());
        QCOMPARE(m_fixture->state(ids[1]), isMarked ? MessageState::InDoubt : MessageState::Queued);
    }
    QVERIFY(refusals > 0);
}

void TestFullDisk::diskThatIsReadOnly_losesNothing()
{
    QVERIFY(m_fixture->reopen());
    const MessageId safe = m_fixture->queue();
    m_fixture->close();
    QVERIFY(mountAgain(u"ro"_s));
    const auto store = Store::open(m_fixture->profile.folder(), m_fixture->clock);
    QVERIFY(mountAgain(u"rw"_s));
    QVERIFY(!store);
    QCOMPARE(store.error().kind, StoreError::Kind::ReadOnly);
    QVERIFY(m_fixture->reopen());
    QVERIFY(m_fixture->store().setAside().isEmpty());
    QCOMPARE(m_fixture->state(safe), MessageState::Queued);
}

} // namespace postrider::outbox

QTEST_GUILESS_MAIN(postrider::outbox::TestFullDisk)
#include "tst_fulldisk.moc"
