// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

// How many messages a second the outbox takes, one by one and in batches, each durable before the next, and
// how many pass through it in windows of eight with every durability mark; with an empty queue and with a
// long one. Beside each: how many commits of the same octets SQLite alone manages on this computer. Rounds of
// both alternate, so that what else the computer does meets both.

#include "base/clock.h"
#include "outbox/store.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTextStream>

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <sqlite3.h>
#include <vector>

using namespace Qt::StringLiterals;
using namespace postrider;

namespace {

constexpr int Rounds = 5;
constexpr int SingleMessages = 500;
constexpr int BatchMessages = 100;
constexpr int BatchesInRound = 20;
constexpr int WindowMessages = 8; // as the courier has them under way at once
constexpr int WindowsInRound = 50;
constexpr int LongQueue = 100'000;
constexpr qsizetype ContentOctets = 2048;

[[nodiscard]] QByteArray makeMessage()
{
    QByteArray message = "From: ann@example.org\r\n"
                         "To: bob@example.net\r\n"
                         "Subject: A message of two kilobytes\r\n"
                         "Date: Sat, 21 Nov 2026 18:00:00 +0000\r\n"
                         "Message-ID: <benchmark@example.org>\r\n"
                         "MIME-Version: 1.0\r\n"
                         "Content-Type: text/plain; charset=us-ascii\r\n"
                         "\r\n";
    while (message.size() < ContentOctets)
        message += "A line of text, with CR and LF at its end.\r\n";
    return message;
}

[[nodiscard]] bool complain(const QString &what, const QString &reason)
{
    QTextStream(stderr) << what << " failed: " << reason << Qt::endl;
    return false;
}

/// The outbox and what is put into it.
class Subject
{
public:
    Subject(std::unique_ptr<outbox::Store> store, QByteArray message)
        : m_store(std::move(store))
        , m_message(std::move(message))
    { }

    [[nodiscard]] bool enqueue(int count)
    {
        std::vector<QBuffer> devices(static_cast<std::size_t>(count));
        QList<outbox::FileToSend> files;
        for (QBuffer &device : devices) {
            device.setData(m_message);
            device.open(QIODevice::ReadOnly);
            outbox::SendOptions options;
            options.accountId = u"benchmark"_s;
            files.append({ &device, options });
        }
        const auto ids = m_store->enqueueFiles(files);
        return ids || complain(u"enqueue"_s, ids.error().reason);
    }

    /// Three commits: the attempts, the marks before the last octets, the outcomes.
    [[nodiscard]] bool passWindow()
    {
        const auto jobs = m_store->beginDue(u"benchmark"_s, WindowMessages);
        if (!jobs || jobs->size() != WindowMessages)
            return complain(u"begin"_s, jobs ? u"too few are due"_s : jobs.error().reason);
        QList<qint64> attempts;
        QList<outbox::EndedAttempt> ended;
        for (const outbox::Job &job : *jobs) {
            attempts.append(job.attempt);
            outbox::AttemptOutcome outcome;
            outcome.reachedMail = true;
            outcome.host = u"smtp.example.org"_s;
            outcome.port = 587;
            outcome.tls = u"TLS 1.3"_s;
            outcome.recipients = { { .address = job.recipients.first(),
                                     .state = outbox::RecipientState::Sent,
                                     .code = 250,
                                     .enhanced = "2.0.0",
                                     .text = u"Ok: queued as 4bXr2x0zYzz9x"_s } };
            ended.append({ job.attempt, outcome });
        }
        if (const auto marked = m_store->markFinalOctet(attempts); !marked)
            return complain(u"mark"_s, marked.error().reason);
        const auto finished = m_store->finish(ended);
        return finished || complain(u"finish"_s, finished.error().reason);
    }

private:
    std::unique_ptr<outbox::Store> m_store;
    QByteArray m_message;
};

/// SQLite with the same settings and nothing else.
class PlainDatabase
{
public:
    PlainDatabase() = default;
    ~PlainDatabase()
    {
        sqlite3_finalize(m_insert);
        sqlite3_close(m_connection);
    }
    Q_DISABLE_COPY_MOVE(PlainDatabase)

    [[nodiscard]] bool open(const QString &path)
    {
        return sqlite3_open(path.toUtf8().constData(), &m_connection) == SQLITE_OK
            && run("PRAGMA journal_mode=WAL") && run("PRAGMA synchronous=FULL")
            && run("CREATE TABLE content (id INTEGER PRIMARY KEY, octets BLOB NOT NULL)")
            && sqlite3_prepare_v2(m_connection, "INSERT INTO content (octets) VALUES (?)", -1, &m_insert,
                                  nullptr)
            == SQLITE_OK;
    }

    [[nodiscard]] bool commit(const QByteArray &octets, int rows)
    {
        bool done = run("BEGIN IMMEDIATE");
        for (int row = 0; row < rows && done; ++row) {
            sqlite3_bind_blob64(m_insert, 1, octets.constData(), static_cast<quint64>(octets.size()),
                                nullptr);
            done = sqlite3_step(m_insert) == SQLITE_DONE;
            sqlite3_reset(m_insert);
        }
        done = done && run("COMMIT");
        return done || complain(u"commit"_s, QString::fromUtf8(sqlite3_errmsg(m_connection)));
    }

private:
    [[nodiscard]] bool run(const char *statement)
    {
        return sqlite3_exec(m_connection, statement, nullptr, nullptr, nullptr) == SQLITE_OK;
    }

    sqlite3 *m_connection = nullptr;
    sqlite3_stmt *m_insert = nullptr;
};

/// Messages in a second; nothing when one failed.
[[nodiscard]] std::optional<double> rate(int times, int messagesEach, const std::function<bool()> &work)
{
    constexpr double NanosecondsInSecond = 1e9;
    QElapsedTimer timer;
    timer.start();
    for (int time = 0; time < times; ++time) {
        if (!work())
            return {};
    }
    return times * messagesEach * NanosecondsInSecond / static_cast<double>(timer.nsecsElapsed());
}

[[nodiscard]] double median(QList<double> &rates)
{
    std::sort(rates.begin(), rates.end());
    return rates.at(rates.size() / 2);
}

struct Comparison
{
    QString name {};
    int times = 0;
    int messagesEach = 0;
    std::function<bool()> ours {};
    std::function<bool()> plain {};
};

/// Rounds of both in turn, one line.
[[nodiscard]] bool compare(QTextStream &output, const Comparison &comparison)
{
    QList<double> ours;
    QList<double> plain;
    for (int round = 0; round < Rounds; ++round) {
        const auto our = rate(comparison.times, comparison.messagesEach, comparison.ours);
        const auto alone = rate(comparison.times, comparison.messagesEach, comparison.plain);
        if (!our || !alone)
            return false;
        ours.append(*our);
        plain.append(*alone);
    }
    const double our = median(ours);
    const double alone = median(plain);
    output.setRealNumberPrecision(0);
    output << qSetFieldWidth(34) << Qt::left << comparison.name << qSetFieldWidth(0) << our << "/s ("
           << ours.first() << ".." << ours.last() << "); SQLite alone " << alone << "/s (" << plain.first()
           << ".." << plain.last() << "); ratio ";
    output.setRealNumberPrecision(2);
    output << our / alone << Qt::endl;
    return true;
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QTextStream output(stdout);
    output.setRealNumberNotation(QTextStream::FixedNotation);

    // Beside the program: the folder for temporary files may be in memory, where nothing is durable.
    const QTemporaryDir folder(QCoreApplication::applicationDirPath() + "/bench_enqueue-XXXXXX"_L1);
    const base::SystemClock clock;
    auto store = outbox::Store::open(folder.filePath(u"profile"_s), clock);
    if (!store) {
        static_cast<void>(complain(u"opening"_s, store.error().reason));
        return EXIT_FAILURE;
    }
    const QByteArray message = makeMessage();
    Subject subject(*std::move(store), message);
    PlainDatabase plain;
    if (!plain.open(folder.filePath(u"plain.sqlite"_s)))
        return EXIT_FAILURE;

    const auto plainCommit = [&](int rows) { return [&, rows] { return plain.commit(message, rows); }; };
    const auto enqueue = [&](int count) { return [&, count] { return subject.enqueue(count); }; };
    const auto pass = [&] { return subject.passWindow(); };
    // As many commits as a window has, for as many messages.
    const auto plainWindow
        = [&] { return plain.commit(message, 1) && plain.commit(message, 1) && plain.commit(message, 1); };

    output << "messages of " << message.size() << " octets, each durable; median of " << Rounds
           << " rounds (slowest..fastest)" << Qt::endl;
    const auto compareAll = [&](const QString &queue) {
        return compare(output, { u"one by one, "_s + queue, SingleMessages, 1, enqueue(1), plainCommit(1) })
            && compare(output,
                       { u"batches of 100, "_s + queue, BatchesInRound, BatchMessages, enqueue(BatchMessages),
                         plainCommit(BatchMessages) })
            && compare(output,
                       { u"windows of 8, "_s + queue, WindowsInRound, WindowMessages, pass, plainWindow });
    };
    if (!compareAll(u"short queue"_s))
        return EXIT_FAILURE;
    for (int queued = 0; queued < LongQueue; queued += BatchMessages) {
        if (!subject.enqueue(BatchMessages))
            return EXIT_FAILURE;
    }
    return compareAll(u"100,000 queued"_s) ? EXIT_SUCCESS : EXIT_FAILURE;
}
