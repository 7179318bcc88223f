// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/salvage.h"

#include "outbox/database.h"
#include "outbox/durablefile.h"
#include "outbox/integrity.h"

#include <QFile>
#include <QFileInfo>
#include <QUuid>

#include <memory>
#include <optional>
#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace postrider::outbox {
namespace {

struct Closing
{
    void operator()(sqlite3 *connection) const { sqlite3_close(connection); }
    void operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }
};
using Connection = std::unique_ptr<sqlite3, Closing>;
using Prepared = std::unique_ptr<sqlite3_stmt, Closing>;

/// One for each database: an unreadable page stops a transaction in which another one is written to.
[[nodiscard]] Connection connect(const QString &path)
{
    sqlite3 *connection = nullptr;
    sqlite3_open_v2(path.toUtf8().constData(), &connection, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                    nullptr);
    return Connection(connection);
}

[[nodiscard]] Prepared prepare(const Connection &connection, const QString &sql)
{
    sqlite3_stmt *statement = nullptr;
    constexpr int UntilItsEnd = -1;
    sqlite3_prepare_v2(connection.get(), sql.toUtf8().constData(), UntilItsEnd, &statement, nullptr);
    return Prepared(statement);
}

[[nodiscard]] bool run(const Connection &connection, const char *sql)
{
    return sqlite3_exec(connection.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK;
}

/// Copies the rows of one table that have a key in common.
class RowCopier
{
public:
    /// Columns go by their names, since the damaged one may be of an earlier version.
    RowCopier(const Connection &from, const Connection &to, const QString &table, const QString &key)
        : m_select(prepare(from, u"SELECT * FROM %1 WHERE %2"_s.arg(table, key)))
    {
        const Prepared known = prepare(to, u"SELECT * FROM %1"_s.arg(table));
        const int columns = sqlite3_column_count(m_select.get());
        const bool isSameVersion = columns == sqlite3_column_count(known.get());
        QStringList names;
        QStringList places;
        for (int column = 0; column < columns; ++column) {
            // The damage may be in a name.
            sqlite3_stmt *const named = isSameVersion ? known.get() : m_select.get();
            names.append(QString::fromUtf8(sqlite3_column_name(named, column)));
            places.append(u"?"_s);
        }
        m_insert = prepare(to,
                           u"INSERT OR IGNORE INTO %1 (%2) VALUES (%3)"_s.arg(table, names.join(u", "_s),
                                                                              places.join(u", "_s)));
    }

    struct Copied
    {
        int rows = 0;
        bool isWhole = true;   ///< everything could be read
        bool isWritten = true; ///< what could be read is there
    };
    [[nodiscard]] Copied copy(qint64 key = 0)
    {
        Copied copied;
        if (!m_select || !m_insert) {
            copied.isWhole = false;
            return copied;
        }
        sqlite3_bind_int64(m_select.get(), 1, key); // does nothing where all rows are copied
        int code = sqlite3_step(m_select.get());
        for (; code == SQLITE_ROW && copied.isWritten; code = sqlite3_step(m_select.get())) {
            for (int column = 0; column < sqlite3_column_count(m_select.get()); ++column) {
                sqlite3_bind_value(m_insert.get(), column + 1, sqlite3_column_value(m_select.get(), column));
            }
            const int inserted = sqlite3_step(m_insert.get());
            sqlite3_reset(m_insert.get());
            if (inserted == SQLITE_DONE) {
                ++copied.rows;
            } else if (inserted == SQLITE_CONSTRAINT || inserted == SQLITE_MISMATCH) {
                copied.isWhole = false; // a value that can never have been written
            } else {
                copied.isWritten = false;
            }
        }
        copied.isWhole = copied.isWhole && code == SQLITE_DONE;
        sqlite3_reset(m_select.get());
        return copied;
    }

private:
    Prepared m_select;
    Prepared m_insert {};
};

/// Copies messages and what belongs to them.
class Salvage
{
public:
    Salvage(const QString &damagedPath, const QString &path, const QDateTime &now)
        : m_from(connect(damagedPath))
        , m_to(connect(path))
        , m_path(path)
        , m_now(now)
    {
        // The damaged database stays as it is, with its log beside it.
        sqlite3_db_config(m_from.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    }

    [[nodiscard]] Result<void> run()
    {
        if (!isOurs()) {
            return {}; // another program's, or so little of ours that it cannot be told what there was
        }
        if (!outbox::run(m_to, "PRAGMA synchronous = FULL") || !outbox::run(m_to, "BEGIN IMMEDIATE")
            || !copyMessages() || !copyAccounts() || !outbox::run(m_to, "COMMIT")) {
            const StoreError::Kind kind
                = isOutOfRoom(m_path) ? StoreError::Kind::DiskFull : StoreError::Kind::Failed;
            return base::Unexpected(
                StoreError { kind, m_path, QString::fromUtf8(sqlite3_errmsg(m_to.get())) });
        }
        return {};
    }

private:
    [[nodiscard]] std::optional<qint64> ask(const QString &sql) const
    {
        const Prepared statement = prepare(m_from, sql);
        if (statement && sqlite3_step(statement.get()) == SQLITE_ROW) {
            return sqlite3_column_int64(statement.get(), 0);
        }
        return {};
    }

    [[nodiscard]] bool isOurs() const
    {
        return ask(u"PRAGMA application_id"_s) == Database::ApplicationId
            && ask(u"PRAGMA user_version"_s) <= Database::migrations().size();
    }

    /// The largest number that a message may have.
    [[nodiscard]] qint64 lastMessage() const
    {
        if (const auto last = ask(u"SELECT seq FROM sqlite_sequence WHERE name = 'messages'"_s)) {
            return *last;
        }
        return ask(u"SELECT max(message) FROM contents"_s)
            .value_or(ask(u"SELECT max(seq) FROM messages"_s).value_or(0));
    }

    [[nodiscard]] bool copyMessages()
    {
        RowCopier messages(m_from, m_to, u"messages"_s, u"seq = ?"_s);
        RowCopier contents(m_from, m_to, u"contents"_s, u"message = ?"_s);
        RowCopier recipients(m_from, m_to, u"recipients"_s, u"message = ?"_s);
        RowCopier files(m_from, m_to, u"spool_files"_s, u"message = ?"_s);
        // Without its attempts nobody knows whether a message is on its way.
        RowCopier attempts(m_from, m_to, u"attempts"_s, u"message = ?"_s);
        const qint64 last = lastMessage();
        for (qint64 seq = 1; seq <= last; ++seq) {
            const RowCopier::Copied message = messages.copy(seq);
            if (message.isWhole && message.rows == 0) {
                continue; // was removed long ago
            }
            const RowCopier::Copied parts[] { contents.copy(seq), recipients.copy(seq), files.copy(seq),
                                              attempts.copy(seq) };
            bool isWhole = message.isWhole && parts[0].rows > 0 && parts[1].rows > 0;
            bool isWritten = message.isWritten;
            for (const RowCopier::Copied &part : parts) {
                isWhole = isWhole && part.isWhole;
                isWritten = isWritten && part.isWritten;
            }
            const bool isNothingLeft = message.rows == 0 && parts[0].rows == 0 && parts[1].rows == 0;
            if (!isWritten || (!isWhole && !isNothingLeft && !setDamaged(seq, message.rows > 0))) {
                return false;
            }
        }
        // Known since version 3.
        return outbox::run(
            m_to, "UPDATE messages SET in_doubt = changed WHERE state = 'in-doubt' AND in_doubt IS NULL");
    }

    /// Makes it a message that is shown and never sent; with a row of its own where its row is lost.
    [[nodiscard]] bool setDamaged(qint64 seq, bool isThere) const
    {
        const QString problem = u"{\"kind\":\"content-missing\"}"_s;
        const QString newId = QUuid::createUuid().toString(QUuid::WithoutBraces);
        if (!isThere) {
            // It can be looked at, whoever's it is: nothing damaged is sent.
            const Prepared statement
                = prepare(m_to, u"UPDATE contents SET owner = '%1' WHERE message = %2"_s.arg(newId).arg(seq));
            if (!statement || sqlite3_step(statement.get()) != SQLITE_DONE) {
                return false;
            }
        }
        const Prepared statement = isThere
            ? prepare(
                m_to,
                u"UPDATE messages SET state = 'damaged', hold = 'none', due = NULL, next_attempt = NULL, "
                "in_doubt = NULL, problem = '%1' WHERE seq = %2"_s.arg(problem)
                    .arg(seq))
            : prepare(m_to,
                      u"INSERT INTO messages (seq, id, message_id, account_id, state, subject, reverse_path, "
                      "size, created, changed, queued, problem) "
                      "VALUES (%1, '%2', '', '', 'damaged', '', '', 0, %3, %3, %3, '%4')"_s.arg(seq)
                          .arg(newId)
                          .arg(m_now.toMSecsSinceEpoch())
                          .arg(problem));
        return statement && sqlite3_step(statement.get()) == SQLITE_DONE;
    }

    /// What cannot be read of these is learnt again.
    [[nodiscard]] bool copyAccounts() const
    {
        for (const QString &table : { u"account_holds"_s, u"facts"_s, u"habits"_s, u"paces"_s,
                                      u"sent_counts"_s, u"sent_records"_s }) {
            if (!RowCopier(m_from, m_to, table, u"1"_s).copy().isWritten) {
                return false;
            }
        }
        return true;
    }

    Connection m_from;
    Connection m_to;
    QString m_path;
    QDateTime m_now;
};

/// A database with all that could be read; the damaged one is still in its place.
[[nodiscard]] QString salvagedName(const QString &path)
{
    return path + ".salvaged"_L1;
}

[[nodiscard]] bool exists(const QString &path)
{
    return QFileInfo::exists(path) || QFileInfo(path).isSymLink();
}

[[nodiscard]] QString freeDamagedName(const QString &path, const QDateTime &now)
{
    const QString name = damagedName(path, now);
    QString candidate = name;
    for (int number = 2; exists(candidate) || exists(candidate + "-wal"_L1); ++number) {
        candidate = name + u'-' + QString::number(number);
    }
    return candidate;
}

[[nodiscard]] Result<void> sync(const QString &path)
{
    if (const auto synced = syncFolder(QFileInfo(path).absolutePath()); !synced) {
        return base::Unexpected(toStoreError(synced.error()));
    }
    return {};
}

[[nodiscard]] Result<void> rename(const QString &from, const QString &to)
{
    QFile file(from);
    if (!file.rename(to)) {
        return base::Unexpected(StoreError { StoreError::Kind::Damaged, from, file.errorString() });
    }
    return {};
}

/// The salvaged database takes the place of the damaged one, which gets the other name.
[[nodiscard]] Result<void> exchange(const QString &path, const QString &newPath)
{
    // The log first: beside another database it would be taken for that one's.
    for (const QLatin1StringView suffix : { "-wal"_L1, "-shm"_L1, ""_L1 }) {
        if (exists(path + suffix)) {
            if (const auto renamed = rename(path + suffix, newPath + suffix); !renamed) {
                return renamed;
            }
        }
    }
    if (const auto synced = sync(path); !synced) {
        return synced;
    }
    if (const auto renamed = rename(salvagedName(path), path); !renamed) {
        return renamed;
    }
    return sync(path);
}

} // namespace

Result<QString> setAsideDamaged(const QString &path, const QDateTime &now)
{
    const QString unfinished = path + ".new"_L1;
    for (const QLatin1StringView suffix : { ""_L1, "-wal"_L1, "-shm"_L1 }) {
        QFile::remove(unfinished + suffix);
    }
    if (const auto made = Database::open(unfinished, Database::migrations()); !made) {
        return base::Unexpected(made.error());
    }
    if (const auto salvaged = Salvage(path, unfinished, now).run(); !salvaged) {
        return base::Unexpected(salvaged.error());
    }
    noteSuspect(unfinished); // a note about a name that is gone in a moment
    if (const auto renamed = rename(unfinished, salvagedName(path)); !renamed) {
        return base::Unexpected(renamed.error());
    }
    if (const auto synced = sync(path); !synced) {
        return base::Unexpected(synced.error());
    }
    const QString newPath = freeDamagedName(path, now);
    if (const auto exchanged = exchange(path, newPath); !exchanged) {
        return base::Unexpected(exchanged.error());
    }
    return newPath;
}

Result<void> finishSettingAside(const QString &path, const QDateTime &now)
{
    if (!exists(salvagedName(path))) {
        return {};
    }
    return exchange(path, freeDamagedName(path, now));
}

} // namespace postrider::outbox
