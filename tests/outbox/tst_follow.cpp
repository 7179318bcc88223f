// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/store.h"
#include "support/manualclock.h"
#include "support/manymessages.h"
#include "support/tempprofile.h"

#include <QBuffer>
#include <QTest>

#include <algorithm>
#include <memory>
#include <vector>

using namespace postrider;
using namespace Qt::StringLiterals;
using outbox::ListedMessage;
using outbox::ListReader;
using outbox::ListUpdate;
using outbox::MessageState;

namespace {

struct Fixture
{
    support::TempProfile profile {};
    support::ManualClock clock {};
    std::unique_ptr<outbox::Store> store {};
    ListReader reader {};

    explicit Fixture(int messages)
    {
        const QString wrong = support::putManyMessages(profile.folder(), messages);
        auto opened = outbox::Store::open(profile.folder(), clock);
        if (!wrong.isEmpty() || !opened)
            qFatal("%s", qPrintable(wrong));
        store = *std::move(opened);
    }
    [[nodiscard]] ListUpdate follow()
    {
        const auto update = store->follow(reader);
        if (!update)
            qFatal("%s", qPrintable(update.error().reason));
        reader.change = update->change;
        reader.version = update->version;
        reader.missing.clear();
        return *update;
    }
    [[nodiscard]] static QString id(int number)
    {
        return u"%1-0000-4000-8000-%2"_s.arg(number, 8, 16, QChar(u'0')).arg(number, 12, 16, QChar(u'0'));
    }
    /// In one commit.
    void enqueue(int count) const
    {
        std::vector<QBuffer> devices(static_cast<std::size_t>(count));
        QList<outbox::FileToSend> files;
        for (QBuffer &device : devices) {
            device.setData("From: ann@example.org\r\nTo: eve@example.net\r\n\r\nHi\r\n");
            QVERIFY(device.open(QIODevice::ReadOnly));
            outbox::SendOptions options;
            options.accountId = u"work"_s;
            files.append({ &device, options });
        }
        QVERIFY(store->enqueueFiles(files));
    }
    void hold(int number) const { QVERIFY(store->hold(id(number), outbox::HoldReason::Paused)); }
};

QList<qint64> rowsOf(const QList<ListedMessage> &messages)
{
    QList<qint64> rows;
    for (const ListedMessage &message : messages)
        rows.append(message.row);
    return rows;
}

QList<qint64> sortedRowsOf(const QList<outbox::ListedSummary> &summaries)
{
    QList<qint64> rows;
    for (const outbox::ListedSummary &summary : summaries)
        rows.append(summary.row);
    std::sort(rows.begin(), rows.end());
    return rows;
}

ListedMessage listed(qint64 row, MessageState state = MessageState::Queued)
{
    ListedMessage message;
    message.row = row;
    message.state = state;
    return message;
}

} // namespace

class FollowTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firstTime_tellsEverythingNewestFirst()
    {
        Fixture f(40);
        const ListUpdate update = f.follow();
        QVERIFY(update.extent == ListUpdate::Extent::Everything);
        QCOMPARE(update.messages.size(), 40);
        QCOMPARE(update.messages.first().row, 40);
        QCOMPARE(update.messages.first().id.toString(QUuid::WithoutBraces), Fixture::id(40));
        QCOMPARE(update.messages.last().row, 1);
        // With what a window shows of them.
        QCOMPARE(update.summaries.size(), 32);
        QCOMPARE(sortedRowsOf(update.summaries).last(), 40);
    }

    void later_tellsOnlyWhatIsDifferent()
    {
        Fixture f(40);
        static_cast<void>(f.follow());
        QVERIFY(f.follow().messages.isEmpty());
        f.hold(7);
        f.hold(30);
        const ListUpdate update = f.follow();
        QVERIFY(update.extent == ListUpdate::Extent::Changes);
        QCOMPARE(rowsOf(update.messages), (QList<qint64> { 30, 7 }));
        QVERIFY(update.messages.first().state == MessageState::Held);
        QVERIFY(update.messages.first().hold == outbox::HoldReason::Paused);
        QVERIFY(update.removed.isEmpty());
        QVERIFY(f.follow().messages.isEmpty());
    }

    void missingSummaries_areToldIfTheyExist()
    {
        Fixture f(40);
        static_cast<void>(f.follow());
        f.reader.missing = { 3, 999, 5 };
        const ListUpdate update = f.follow();
        QCOMPARE(sortedRowsOf(update.summaries), (QList<qint64> { 3, 5 }));
        QVERIFY(update.messages.isEmpty());
    }

    void accountTrouble_tellsAgainWhatIsShown()
    {
        Fixture f(40);
        static_cast<void>(f.follow());
        f.reader.shown = { 10, 11 };
        QVERIFY(f.follow().summaries.isEmpty());
        outbox::AccountHold hold;
        hold.state = outbox::AccountHold::State::Held;
        hold.problem.kind = outbox::Problem::Kind::SignInRefused;
        QVERIFY(f.store->setAccountHold(u"work"_s, hold));
        const ListUpdate update = f.follow();
        QVERIFY(update.extent == ListUpdate::Extent::Changes);
        QCOMPARE(sortedRowsOf(update.summaries), (QList<qint64> { 10, 11 }));
        QVERIFY(update.summaries.first().summary.state == MessageState::Held);

        QVERIFY(f.store->releaseAccount(u"work"_s));
        QCOMPARE(sortedRowsOf(f.follow().summaries), (QList<qint64> { 10, 11 }));
        outbox::PaceLimits limits;
        limits.messagesPerDay = 0;
        QVERIFY(f.store->setPace(u"work"_s, limits));
        QCOMPARE(sortedRowsOf(f.follow().summaries), (QList<qint64> { 10, 11 }));
    }

    void whatAnotherProcessChanged_tellsEverything()
    {
        Fixture f(40);
        static_cast<void>(f.follow());
        const auto other = outbox::Store::open(f.profile.folder(), f.clock);
        QVERIFY(other);
        QVERIFY((*other)->hold(Fixture::id(3), outbox::HoldReason::Paused));
        const ListUpdate update = f.follow();
        QVERIFY(update.extent == ListUpdate::Extent::Everything);
        QCOMPARE(update.messages.size(), 40);
        QVERIFY(f.follow().extent == ListUpdate::Extent::Changes);
    }

    void moreChangesThanAreKept_tellEverything()
    {
        Fixture f(10);
        static_cast<void>(f.follow());
        f.enqueue(4000);
        const ListUpdate few = f.follow();
        QVERIFY(few.extent == ListUpdate::Extent::Changes);
        QCOMPARE(few.messages.size(), 4000);
        f.enqueue(4200);
        const ListUpdate many = f.follow();
        QVERIFY(many.extent == ListUpdate::Extent::Everything);
        QCOMPARE(many.messages.size(), 8210);
    }

    void changes_areMergedIntoTheListBefore_data()
    {
        QTest::addColumn<QList<qint64>>("changed");
        QTest::addColumn<QList<qint64>>("removed");
        QTest::addColumn<QList<qint64>>("list");
        using Rows = QList<qint64>;
        QTest::newRow("nothing") << Rows {} << Rows {} << Rows { 9, 5, 2 };
        QTest::newRow("newer") << Rows { 12, 10 } << Rows {} << Rows { 12, 10, 9, 5, 2 };
        QTest::newRow("other state") << Rows { 5 } << Rows {} << Rows { 9, 5, 2 };
        QTest::newRow("gone") << Rows {} << Rows { 9, 2 } << Rows { 5 };
        QTest::newRow("gone and unknown") << Rows {} << Rows { 11, 7, 5, 1 } << Rows { 9, 2 };
        QTest::newRow("between and older") << Rows { 7, 1 } << Rows {} << Rows { 9, 7, 5, 2, 1 };
        QTest::newRow("all at once") << Rows { 12, 2 } << Rows { 9 } << Rows { 12, 5, 2 };
    }
    void changes_areMergedIntoTheListBefore()
    {
        QFETCH(QList<qint64>, changed);
        QFETCH(QList<qint64>, removed);
        QFETCH(QList<qint64>, list);
        ListUpdate update;
        update.extent = ListUpdate::Extent::Changes;
        for (const qint64 row : changed)
            update.messages.append(listed(row, MessageState::Sent));
        update.removed = removed;
        const QList<ListedMessage> result = outbox::merged({ listed(9), listed(5), listed(2) }, update);
        QCOMPARE(rowsOf(result), list);
        for (const ListedMessage &message : result)
            QCOMPARE(message.state == MessageState::Sent, changed.contains(message.row));
    }
};

QTEST_GUILESS_MAIN(FollowTest)
#include "tst_follow.moc"
