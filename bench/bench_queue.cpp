// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

// How long the outbox takes to show 100,000 messages, how long a window stands still meanwhile, and how much
// memory it takes; beside it, how long SQLite alone takes to read the same rows.

#include "base/clock.h"
#include "delivery/queuemodel.h"
#include "support/manymessages.h"
#include "support/memorysecretstore.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QFile>
#include <QTemporaryDir>

#include <algorithm>
#include <benchmark/benchmark.h>
#include <memory>
#include <sqlite3.h>
#include <time.h>

using namespace Qt::StringLiterals;
using namespace postrider;
using delivery::PostOffice;
using delivery::QueueModel;

namespace {

constexpr int Messages = 100'000;
constexpr int RowsInWindow = 20;

[[nodiscard]] double memoryMegabytes(const QByteArray &name)
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> lines = status.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith(name))
            return line.mid(name.size()).chopped(2).trimmed().toDouble() / 1024;
    }
    return 0;
}

/// Handles events until something is so, and notes the most that one round of them cost the thread of the
/// window, which stands still as long.
class EventRounds
{
public:
    template <typename Condition>
    void until(Condition isSo)
    {
        const auto measured = [this](const auto &work) {
            const qint64 begin = threadTime();
            const bool result = work();
            m_longest = std::max(m_longest, threadTime() - begin);
            return result;
        };
        while (!measured(isSo)) {
            measured([] {
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
                return true;
            });
        }
    }
    [[nodiscard]] double longestMilliseconds() const { return static_cast<double>(m_longest) / 1e6; }

private:
    /// Nanoseconds of processor time; waiting takes none.
    [[nodiscard]] static qint64 threadTime()
    {
        timespec time {};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return qint64 { time.tv_sec } * 1'000'000'000 + time.tv_nsec;
    }

    qint64 m_longest = 0;
};

/// An opened post office whose outbox is full.
class FullOutbox
{
public:
    FullOutbox()
    {
        // Beside the program, where it lies on a disk.
        const QString wrong = support::putManyMessages(profile(), Messages);
        if (!wrong.isEmpty())
            qFatal("%s", qPrintable(wrong));
    }
    [[nodiscard]] QString profile() const { return m_folder.filePath(u"profile"_s); }
    [[nodiscard]] std::unique_ptr<PostOffice> makeOffice()
    {
        return std::make_unique<PostOffice>(PostOffice::Options { profile(), PostOffice::Delivery::Never },
                                            m_secrets, m_clock);
    }
    [[nodiscard]] const base::Clock &clock() const { return m_clock; }

    static FullOutbox &instance()
    {
        static FullOutbox outbox;
        return outbox;
    }

private:
    QTemporaryDir m_folder { QCoreApplication::applicationDirPath() + "/bench_queue-XXXXXX"_L1 };
    support::MemorySecretStore m_secrets {};
    base::SystemClock m_clock {};
};

void open(PostOffice &office)
{
    QEventLoop loop;
    QObject::connect(&office, &PostOffice::opened, &loop, &QEventLoop::quit);
    office.open();
    loop.exec();
}

void close(PostOffice &office)
{
    QEventLoop loop;
    QObject::connect(&office, &PostOffice::closed, &loop, &QEventLoop::quit);
    office.close();
    loop.exec();
}

bool isWindowRead(const QueueModel &model, int top)
{
    bool isRead = true;
    for (int row = top; row < std::min(top + RowsInWindow, model.rowCount()); ++row) {
        benchmark::DoNotOptimize(model.index(row).data().toString());
        isRead = isRead && model.isRead(model.index(row));
    }
    return isRead;
}

/// From an opened outbox to all rows and the words of the first window.
void openModel(benchmark::State &state)
{
    FullOutbox &outbox = FullOutbox::instance();
    EventRounds rounds;
    for (auto _ : state) {
        state.PauseTiming();
        const auto office = outbox.makeOffice();
        auto model = std::make_unique<QueueModel>(*office, outbox.clock());
        // The model begins when it hears that the outbox is open.
        bool isOpen = false;
        QObject::connect(office.get(), &PostOffice::opened, [&] {
            isOpen = true;
            state.ResumeTiming();
        });
        office->open();
        rounds.until([&] { return isOpen && model->rowCount() == Messages && isWindowRead(*model, 0); });
        state.PauseTiming();
        model.reset();
        close(*office);
        state.ResumeTiming();
    }
    state.counters["stand still ms"] = rounds.longestMilliseconds();
}
BENCHMARK(openModel)->Unit(benchmark::kMillisecond)->UseRealTime();

/// A window of rows anywhere, until its words are there.
void scrollTo(benchmark::State &state)
{
    FullOutbox &outbox = FullOutbox::instance();
    const auto office = outbox.makeOffice();
    const double before = memoryMegabytes("VmRSS:");
    QueueModel model(*office, outbox.clock());
    open(*office);
    EventRounds rounds;
    rounds.until([&] { return model.rowCount() == Messages; });
    int top = 0;
    for (auto _ : state) {
        top = (top + 7919) % (Messages - RowsInWindow);
        rounds.until([&] { return isWindowRead(model, top); });
    }
    state.counters["stand still ms"] = rounds.longestMilliseconds();
    state.counters["memory MB"] = memoryMegabytes("VmRSS:") - before;
    state.counters["peak MB"] = memoryMegabytes("VmHWM:");
    close(*office);
}
BENCHMARK(scrollTo)->Unit(benchmark::kMicrosecond)->UseRealTime();

/// One change, until it shows.
void showChange(benchmark::State &state)
{
    FullOutbox &outbox = FullOutbox::instance();
    const auto office = outbox.makeOffice();
    QueueModel model(*office, outbox.clock());
    open(*office);
    EventRounds rounds;
    rounds.until([&] { return model.rowCount() == Messages && isWindowRead(model, 0); });
    const QModelIndex row = model.index(5);
    auto wanted = outbox::MessageState::Held;
    for (auto _ : state) {
        office->act(row.data(QueueModel::IdRole).toString(),
                    wanted == outbox::MessageState::Held ? PostOffice::Action::Hold
                                                         : PostOffice::Action::Release,
                    &model, [](const base::Expected<void, delivery::Trouble> &) {});
        rounds.until([&] { return row.data(QueueModel::StateRole).value<outbox::MessageState>() == wanted; });
        wanted = wanted == outbox::MessageState::Held ? outbox::MessageState::Queued
                                                      : outbox::MessageState::Held;
    }
    state.counters["stand still ms"] = rounds.longestMilliseconds();
    close(*office);
}
BENCHMARK(showChange)->Unit(benchmark::kMillisecond)->UseRealTime();

/// The same columns, read by SQLite alone.
void plainRead(benchmark::State &state)
{
    const QString path = FullOutbox::instance().profile() + "/postrider.sqlite"_L1;
    sqlite3 *connection = nullptr;
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_open(path.toUtf8().constData(), &connection) != SQLITE_OK
        || sqlite3_prepare_v2(connection, "SELECT seq, id, state, hold FROM messages ORDER BY seq DESC", -1,
                              &statement, nullptr)
            != SQLITE_OK)
        qFatal("the outbox cannot be opened");
    for (auto _ : state) {
        qint64 sum = 0;
        while (sqlite3_step(statement) == SQLITE_ROW)
            sum += sqlite3_column_int64(statement, 0) + sqlite3_column_bytes(statement, 1);
        sqlite3_reset(statement);
        benchmark::DoNotOptimize(sum);
    }
    sqlite3_finalize(statement);
    sqlite3_close(connection);
}
BENCHMARK(plainRead)->Unit(benchmark::kMillisecond)->UseRealTime();

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
