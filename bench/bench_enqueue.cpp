// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

// How many messages a second the outbox takes, each durable before the next, and how many commits of the same
// octets SQLite alone manages on this computer. Rounds of both alternate, so that what else the computer does
// meets both.

#include "base/clock.h"
#include "outbox/store.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTextStream>
#include <QVariant>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;
using namespace postrider;

namespace {

constexpr int Rounds = 5;
constexpr int MessagesInRound = 500;
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

/// Transactions in a second; nothing when one failed.
using Rate = std::optional<double>;

[[nodiscard]] double perSecond(const QElapsedTimer &timer)
{
    constexpr double NanosecondsInSecond = 1e9;
    return MessagesInRound * NanosecondsInSecond / static_cast<double>(timer.nsecsElapsed());
}

[[nodiscard]] Rate enqueueRound(outbox::Store &store, const QByteArray &message)
{
    const outbox::SendOptions options { .accountId = u"benchmark"_s };
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < MessagesInRound; ++i) {
        QBuffer device;
        device.setData(message);
        device.open(QIODevice::ReadOnly);
        if (const auto id = store.enqueueFile(device, options); !id) {
            QTextStream(stderr) << "enqueue failed: " << id.error().reason << Qt::endl;
            return {};
        }
    }
    return perSecond(timer);
}

[[nodiscard]] bool prepareDatabase(QSqlDatabase &database)
{
    if (!database.open())
        return false;
    QSqlQuery query(database);
    return query.exec(u"PRAGMA journal_mode=WAL"_s) && query.exec(u"PRAGMA synchronous=FULL"_s)
        && query.exec(u"CREATE TABLE content (id INTEGER PRIMARY KEY, octets BLOB NOT NULL)"_s);
}

[[nodiscard]] Rate commitRound(QSqlDatabase &database, const QByteArray &message)
{
    QSqlQuery insert(database);
    if (!insert.prepare(u"INSERT INTO content (octets) VALUES (?)"_s))
        return {};
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < MessagesInRound; ++i) {
        insert.bindValue(0, message);
        if (!insert.exec()) {
            QTextStream(stderr) << "commit failed: " << insert.lastError().text() << Qt::endl;
            return {};
        }
    }
    return perSecond(timer);
}

[[nodiscard]] double median(QList<double> &rates)
{
    std::sort(rates.begin(), rates.end());
    return rates.at(rates.size() / 2);
}

void print(QTextStream &output, const QString &name, const QList<double> &sorted, double middle)
{
    output << qSetFieldWidth(16) << Qt::left << name << qSetFieldWidth(0) << middle << "/s ("
           << sorted.first() << ".." << sorted.last() << ")\n";
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QTextStream output(stdout);
    output.setRealNumberNotation(QTextStream::FixedNotation);
    output.setRealNumberPrecision(0);

    // Beside the program: the folder for temporary files may be in memory, where nothing is durable.
    const QTemporaryDir folder(QCoreApplication::applicationDirPath() + "/bench_enqueue-XXXXXX"_L1);
    const base::SystemClock clock;
    const auto store = outbox::Store::open(folder.filePath(u"profile"_s), clock);
    if (!store) {
        QTextStream(stderr) << "the outbox cannot be opened: " << store.error().reason << Qt::endl;
        return EXIT_FAILURE;
    }
    auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"plain"_s);
    database.setDatabaseName(folder.filePath(u"plain.sqlite"_s));
    if (!prepareDatabase(database)) {
        QTextStream(stderr) << "the database cannot be made: " << database.lastError().text() << Qt::endl;
        return EXIT_FAILURE;
    }

    const QByteArray message = makeMessage();
    QList<double> outboxRates;
    QList<double> databaseRates;
    for (int round = 0; round < Rounds; ++round) {
        const Rate ours = enqueueRound(**store, message);
        const Rate plain = commitRound(database, message);
        if (!ours || !plain)
            return EXIT_FAILURE;
        outboxRates.append(*ours);
        databaseRates.append(*plain);
    }

    const double ours = median(outboxRates);
    const double plain = median(databaseRates);
    output << "enqueue: " << MessagesInRound << " messages of " << message.size()
           << " octets, each durable; median of " << Rounds << " rounds (slowest..fastest)\n";
    print(output, u"  outbox"_s, outboxRates, ours);
    print(output, u"  SQLite alone"_s, databaseRates, plain);
    output.setRealNumberPrecision(2);
    output << "  ratio         " << ours / plain << "\n";
    return EXIT_SUCCESS;
}
