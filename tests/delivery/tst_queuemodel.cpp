// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "base/clock.h"
#include "delivery/queuemodel.h"
#include "support/comparewords.h"
#include "support/manymessages.h"
#include "support/memorysecretstore.h"
#include "support/sanitized.h"
#include "support/tempprofile.h"

#include <QAbstractItemModelTester>
#include <QBuffer>
#include <QFile>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <sys/stat.h>

using namespace postrider;
using namespace Qt::StringLiterals;
using delivery::PostOffice;
using delivery::QueueModel;
using outbox::MessageState;

namespace {

/// Kilobytes that the process has in memory now.
qint64 residentKilobytes()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> lines = status.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).chopped(2).trimmed().toLongLong();
    }
    return 0;
}

struct Fixture
{
    support::TempProfile profile {};
    support::MemorySecretStore secrets {};
    base::SystemClock clock {};
    std::unique_ptr<PostOffice> office {};
    std::unique_ptr<QueueModel> model {};

    explicit Fixture(int messages)
    {
        const QString wrong = support::putManyMessages(profile.folder(), messages);
        if (!wrong.isEmpty())
            qFatal("%s", qPrintable(wrong));
        office = std::make_unique<PostOffice>(
            PostOffice::Options { profile.folder(), PostOffice::Delivery::Never }, secrets, clock);
        model = std::make_unique<QueueModel>(*office, clock);
    }
    ~Fixture()
    {
        model.reset();
        QSignalSpy closed(office.get(), &PostOffice::closed);
        office->close();
        closed.wait(10'000);
    }
    Q_DISABLE_COPY_MOVE(Fixture)

    [[nodiscard]] bool open(int messages) const
    {
        office->open();
        return QTest::qWaitFor([&] { return model->rowCount() == messages; }, 10'000);
    }
    [[nodiscard]] QString text(int row) const { return model->index(row).data().toString(); }
    /// Looks at a row until its words are there.
    [[nodiscard]] bool readRow(int row) const
    {
        return QTest::qWaitFor(
            [&] {
                static_cast<void>(text(row));
                return model->isRead(model->index(row));
            },
            10'000);
    }
    [[nodiscard]] outbox::MessageId id(int row) const
    {
        return model->index(row).data(QueueModel::IdRole).toString();
    }
    void act(int row, PostOffice::Action action) const
    {
        office->act(id(row), action, office.get(),
                    [](const base::Expected<void, delivery::Trouble> &done) { QVERIFY(done); });
    }
    [[nodiscard]] QString enqueue(const QByteArray &subject) const
    {
        const QString path = profile.writeBeside(
            u"new.eml"_s,
            "From: ann@example.org\r\nTo: eve@example.net\r\nSubject: " + subject + "\r\n\r\nHi\r\n");
        outbox::SendOptions options;
        options.accountId = u"work"_s;
        options.reversePath = "ann@example.org";
        QString id;
        bool isAnswered = false;
        office->sendFile(path, options, office.get(),
                         [&](const base::Expected<outbox::MessageId, delivery::Trouble> &queued) {
                             isAnswered = true;
                             id = queued.value_or(QString());
                         });
        return QTest::qWaitFor([&] { return isAnswered; }, 10'000) ? id : QString();
    }
};

} // namespace

class QueueModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRow_isThereAtOnceAndItsWordsFollow();
    void rowsAndChanges_keepTheRulesOfModels();
    void newMessage_comesOnTopAndNothingElseMoves();
    void anotherProcess_showsInTheSameWay();
    void changedMessage_isToldAloneAndStaysChosen();
    void removedMessages_goAlone();
    void accountTrouble_showsOnTheMessagesThatAreLookedAt();
    void busyStoreThread_isNeverWaitedFor();
    void looksForWordsInTheMiddleOfAFastScroll_areNotAllAnswered();
    void idOfAnyRow_isFoundAndUnknownOnesAreNot();
    void hundredThousandMessages_takeLittleMemory();
};

void QueueModelTest::everyRow_isThereAtOnceAndItsWordsFollow()
{
    const Fixture f(1000);
    QVERIFY(f.open(1000));
    // The newest come with the list.
    QVERIFY(f.text(0).contains(u"Message 1000"_s));
    QVERIFY(f.text(0).contains(u"bob1000@example.net"_s));

    QVERIFY(!f.model->isRead(f.model->index(500)));
    QVERIFY(!f.text(500).contains(u"Message"_s));
    QCOMPARE(f.model->index(500).data(QueueModel::ProgressRole).toInt(), -1);
    const auto summary = f.model->index(500).data(QueueModel::SummaryRole).value<outbox::MessageSummary>();
    QCOMPARE(summary.id, f.id(500));
    QVERIFY(summary.state == MessageState::Queued);
    QSignalSpy changed(f.model.get(), &QAbstractItemModel::dataChanged);
    QTRY_VERIFY(f.text(500).contains(u"Message 500"_s));
    // Its neighbours came with it, and all were told together.
    QVERIFY(f.model->isRead(f.model->index(501)));
    QCOMPARE(changed.count(), 1);
    QVERIFY(changed.at(0).at(0).toModelIndex().row() <= 500);
    QVERIFY(changed.at(0).at(1).toModelIndex().row() > 500);
}

void QueueModelTest::rowsAndChanges_keepTheRulesOfModels()
{
    const Fixture f(300);
    const QAbstractItemModelTester tester(f.model.get(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    QVERIFY(f.open(300));
    QVERIFY(!f.enqueue("One").isEmpty());
    QTRY_COMPARE(f.model->rowCount(), 301);
    f.act(7, PostOffice::Action::Hold);
    QTRY_VERIFY(f.model->index(7).data(QueueModel::StateRole).value<MessageState>() == MessageState::Held);
    QVERIFY(f.readRow(290));
    QVERIFY(!f.model->index(0, 1).isValid());
    QCOMPARE(f.model->rowCount(f.model->index(0)), 0);
}

void QueueModelTest::newMessage_comesOnTopAndNothingElseMoves()
{
    const Fixture f(200);
    QVERIFY(f.open(200));
    const QPersistentModelIndex chosen = f.model->index(150);
    const QString id = f.id(150);
    QSignalSpy inserted(f.model.get(), &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(f.model.get(), &QAbstractItemModel::rowsRemoved);
    QSignalSpy reset(f.model.get(), &QAbstractItemModel::modelReset);
    const QString added = f.enqueue("The newest");
    QVERIFY(!added.isEmpty());
    QTRY_COMPARE(inserted.count(), 1);
    QCOMPARE(inserted.at(0).at(1).toInt(), 0);
    QCOMPARE(inserted.at(0).at(2).toInt(), 0);
    QCOMPARE(f.id(0), added);
    // With its words: nobody saw it without.
    QVERIFY(f.text(0).contains(u"The newest"_s));
    QCOMPARE(chosen.row(), 151);
    QCOMPARE(chosen.data(QueueModel::IdRole).toString(), id);
    QCOMPARE(removed.count() + reset.count(), 0);
}

void QueueModelTest::anotherProcess_showsInTheSameWay()
{
    const Fixture f(200);
    QVERIFY(f.open(200));
    const QPersistentModelIndex chosen = f.model->index(150);
    QSignalSpy inserted(f.model.get(), &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(f.model.get(), &QAbstractItemModel::rowsRemoved);
    QSignalSpy reset(f.model.get(), &QAbstractItemModel::modelReset);
    const auto other = outbox::Store::open(f.profile.folder(), f.clock);
    QVERIFY(other);
    QVERIFY((*other)->hold(f.id(3), outbox::HoldReason::Paused));
    QBuffer file;
    file.setData("From: ann@example.org\r\nTo: eve@example.net\r\nSubject: From afar\r\n\r\nHi\r\n");
    QVERIFY(file.open(QIODevice::ReadOnly));
    outbox::SendOptions options;
    options.accountId = u"work"_s;
    QVERIFY((*other)->enqueueFile(file, options));
    QTRY_COMPARE_WITH_TIMEOUT(f.model->rowCount(), 201, 10'000);
    QTRY_VERIFY_WITH_TIMEOUT(f.text(4).contains(u"Message 197"_s), 10'000);
    QVERIFY(f.model->index(4).data(QueueModel::StateRole).value<MessageState>() == MessageState::Held);
    QVERIFY(f.text(0).contains(u"From afar"_s));
    QCOMPARE(chosen.row(), 151);
    QCOMPARE(inserted.count(), 1);
    QCOMPARE(removed.count() + reset.count(), 0);
}

void QueueModelTest::changedMessage_isToldAloneAndStaysChosen()
{
    const Fixture f(200);
    QVERIFY(f.open(200));
    const QPersistentModelIndex chosen = f.model->index(5);
    QSignalSpy changed(f.model.get(), &QAbstractItemModel::dataChanged);
    QSignalSpy inserted(f.model.get(), &QAbstractItemModel::rowsInserted);
    f.act(5, PostOffice::Action::Hold);
    const auto name = [&chosen] { return chosen.data(QueueModel::StateNameRole).toString(); };
    QTRY_COMPARE(name(), u"Paused"_s);
    QCOMPARE(chosen.row(), 5);
    QCOMPARE(inserted.count(), 0);
    QVERIFY(!changed.isEmpty());
    for (const QList<QVariant> &signal : std::as_const(changed)) {
        QCOMPARE(signal.at(0).toModelIndex().row(), 5);
        QCOMPARE(signal.at(1).toModelIndex().row(), 5);
    }
}

void QueueModelTest::removedMessages_goAlone()
{
    const Fixture f(50);
    const auto other = outbox::Store::open(f.profile.folder(), f.clock);
    QVERIFY(other);
    for (int number = 0; number < 8; ++number) {
        QBuffer file;
        file.setData("From: ann@example.org\r\nTo: eve@example.net\r\n\r\nHi\r\n");
        QVERIFY(file.open(QIODevice::ReadOnly));
        outbox::SendOptions options;
        options.accountId = u"home"_s;
        const auto id = (*other)->enqueueFile(file, options);
        QVERIFY(id);
        const auto job = (*other)->begin(*id);
        QVERIFY(job);
        outbox::AttemptOutcome outcome;
        outcome.recipients = { { .address = job->recipients.first(),
                                 .state = outbox::RecipientState::Sent,
                                 .code = 250,
                                 .enhanced = {},
                                 .text = u"Ok"_s } };
        QVERIFY((*other)->finish(job->attempt, outcome));
    }
    QVERIFY(f.open(58));
    const QPersistentModelIndex chosen = f.model->index(20);
    QSignalSpy removed(f.model.get(), &QAbstractItemModel::rowsRemoved);
    QSignalSpy inserted(f.model.get(), &QAbstractItemModel::rowsInserted);
    const auto gone = (*other)->expire({ .message = std::chrono::seconds { -1 } });
    QVERIFY(gone);
    QCOMPARE(*gone, 8);
    QTRY_COMPARE_WITH_TIMEOUT(f.model->rowCount(), 50, 10'000);
    QCOMPARE(removed.count(), 1);
    QCOMPARE(inserted.count(), 0);
    QVERIFY(chosen.isValid());
    QCOMPARE(chosen.row(), 12);
}

void QueueModelTest::accountTrouble_showsOnTheMessagesThatAreLookedAt()
{
    const Fixture f(100);
    QVERIFY(f.open(100));
    QVERIFY(f.readRow(0));
    QVERIFY(f.readRow(99));
    outbox::AccountHold hold;
    hold.state = outbox::AccountHold::State::Held;
    hold.problem.kind = outbox::Problem::Kind::SignInRefused;
    const auto other = outbox::Store::open(f.profile.folder(), f.clock);
    QVERIFY(other);
    QVERIFY((*other)->setAccountHold(u"work"_s, hold));
    const auto state
        = [&f](int row) { return f.model->index(row).data(QueueModel::StateNameRole).toString(); };
    QTRY_COMPARE_WITH_TIMEOUT(state(0), u"Needs you"_s, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(state(99), u"Needs you"_s, 10'000);
}

void QueueModelTest::busyStoreThread_isNeverWaitedFor()
{
    const Fixture f(5000);
    QVERIFY(f.open(5000));
    // Reading a pipe into which nobody writes keeps the store's thread until somebody does.
    const QString pipe = f.profile.beside(u"pipe"_s);
    QCOMPARE(::mkfifo(qPrintable(pipe), 0600), 0);
    bool isThreadFree = false;
    outbox::SendOptions options;
    options.accountId = u"work"_s;
    f.office->sendFile(
        pipe, options, f.office.get(),
        [&](const base::Expected<outbox::MessageId, delivery::Trouble> &) { isThreadFree = true; });
    for (int row = 0; row < 5000; row += 50) {
        static_cast<void>(f.text(row));
        QCoreApplication::processEvents();
    }
    QVERIFY(!isThreadFree);
    QVERIFY(!f.model->isRead(f.model->index(4950)));
    QVERIFY(f.id(4950).size() == 36);

    QFile writer(pipe);
    QVERIFY(writer.open(QIODevice::WriteOnly));
    writer.close();
    QTRY_VERIFY(isThreadFree);
    QTRY_VERIFY(f.model->isRead(f.model->index(4950)));
}

void QueueModelTest::looksForWordsInTheMiddleOfAFastScroll_areNotAllAnswered()
{
    const Fixture f(5000);
    QVERIFY(f.open(5000));
    for (int row = 0; row < 5000; ++row)
        static_cast<void>(f.text(row));
    QTRY_VERIFY(f.model->isRead(f.model->index(4999)));
    QVERIFY(f.model->isRead(f.model->index(4950)));
    QVERIFY(!f.model->isRead(f.model->index(2500)));
}

void QueueModelTest::idOfAnyRow_isFoundAndUnknownOnesAreNot()
{
    const Fixture f(500);
    QVERIFY(f.open(500));
    QCOMPARE(f.model->indexOf(f.id(499)).row(), 499);
    const QModelIndexList found
        = f.model->match(f.model->index(0), QueueModel::IdRole, f.id(321), 1, Qt::MatchExactly);
    QCOMPARE(found.size(), 1);
    QCOMPARE(found.first().row(), 321);
    QVERIFY(!f.model->indexOf(u"no id"_s).isValid());
    QVERIFY(!f.model->indexOf(QString()).isValid());
    QVERIFY(f.model->match(f.model->index(0), QueueModel::IdRole, u"no id"_s, 1, Qt::MatchExactly).isEmpty());
}

void QueueModelTest::hundredThousandMessages_takeLittleMemory()
{
    if (POSTRIDER_SANITIZED_ALLOCATOR)
        QSKIP("a sanitizer's own memory is counted with the program's");
    constexpr int Messages = 100'000;
    const Fixture f(Messages);
    const qint64 before = residentKilobytes();
    QVERIFY(f.open(Messages));
    for (int row = 0; row < Messages; row += 1000)
        QVERIFY(f.readRow(row));
    QVERIFY2(residentKilobytes() - before < 50 * 1024,
             qPrintable(QString::number(residentKilobytes() - before)));
}

QTEST_GUILESS_MAIN(QueueModelTest)
#include "tst_queuemodel.moc"
