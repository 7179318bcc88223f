// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/database.h"

#include "outbox/integrity.h"

#include <QFile>
#include <QFileInfo>
#include <QStorageInfo>

#include <sqlite3.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::outbox {
namespace {

constexpr int PrimaryCodeMask = 0xff;
constexpr int OutOfRoomBytes = 64 * 1024;
constexpr int BusyMilliseconds = 5000;

[[nodiscard]] base::Unexpected<StoreError> failure(StoreError::Kind kind, const QString &path,
                                                   const QString &reason)
{
    return base::Unexpected(StoreError { kind, path, reason });
}

} // namespace

bool isOutOfRoom(const QString &path)
{
    const QStorageInfo storage(QFileInfo(path).absolutePath());
    return storage.isValid() && storage.bytesAvailable() < OutOfRoomBytes;
}

StoreError toStoreError(const FileError &error)
{
    switch (error.kind) {
    case FileError::Kind::ReadOnly:
        return { StoreError::Kind::ReadOnly, error.path, error.reason };
    case FileError::Kind::DiskFull:
        return { StoreError::Kind::DiskFull, error.path, error.reason };
    case FileError::Kind::Failed:
        break;
    }
    return { StoreError::Kind::Failed, error.path, error.reason };
}

QString damagedName(const QString &path, const QDateTime &now)
{
    return path + ".damaged-"_L1 + now.toUTC().toString(u"yyyyMMdd'T'HHmmss'Z'"_s);
}

// --- Database ---

QStringList Database::migrations()
{
    return { u":/schema/outbox-001.sql"_s, u":/schema/outbox-002.sql"_s, u":/schema/outbox-003.sql"_s,
             u":/schema/outbox-004.sql"_s };
}

void Database::Closing::operator()(sqlite3 *connection) const
{
    sqlite3_close(connection);
}

void Database::Closing::operator()(sqlite3_stmt *statement) const
{
    sqlite3_finalize(statement);
}

Database::~Database() = default;

Result<void> Database::connect()
{
    sqlite3 *connection = nullptr;
    const int code = sqlite3_open_v2(m_path.toUtf8().constData(), &connection,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    m_connection.reset(connection); // there is one after most errors as well
    if (code != SQLITE_OK) {
        return base::Unexpected(lastError());
    }
    sqlite3_busy_timeout(connection, BusyMilliseconds);
    // Until it is known to be whole and ours, nothing is written to it: not even its log when it is closed.
    sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    return {};
}

StoreError Database::lastError() const
{
    StoreError::Kind kind = StoreError::Kind::Failed;
    switch (sqlite3_errcode(m_connection.get()) & PrimaryCodeMask) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        kind = StoreError::Kind::Busy;
        break;
    case SQLITE_FULL:
        kind = StoreError::Kind::DiskFull;
        break;
    case SQLITE_PERM:
    case SQLITE_READONLY:
        kind = StoreError::Kind::ReadOnly;
        break;
    case SQLITE_CANTOPEN: // also the log beside it
        kind = isOutOfRoom(m_path) ? StoreError::Kind::DiskFull : StoreError::Kind::ReadOnly;
        break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        kind = StoreError::Kind::Damaged;
        break;
    case SQLITE_IOERR:
        // The shared-memory file reports a full disk in this way.
        if (isOutOfRoom(m_path)) {
            kind = StoreError::Kind::DiskFull;
        }
        break;
    default:
        break;
    }
    return { kind, m_path, QString::fromUtf8(sqlite3_errmsg(m_connection.get())) };
}

Result<std::unique_ptr<Database>> Database::open(const QString &path, const QStringList &migrations)
{
    const bool isNew = !QFileInfo::exists(path);
    if (isNew) {
        // SQLite gives the log and the shared memory the permissions of the database, so they are set first.
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly)) {
            return failure(isOutOfRoom(path) ? StoreError::Kind::DiskFull : StoreError::Kind::ReadOnly, path,
                           file.errorString());
        }
    }
    if (const QFileInfo info(path); !info.isFile()) {
        return failure(StoreError::Kind::Damaged, path, u"not a regular file"_s);
    }
    QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner);

    std::unique_ptr<Database> database(new Database(path));
    if (const auto connected = database->connect(); !connected) {
        return base::Unexpected(connected.error());
    }
    if (const auto verified = database->verify(migrations); !verified) {
        return base::Unexpected(database->judge(verified.error()));
    }
    sqlite3_db_config(database->m_connection.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
    if (const auto configured = database->configure(); !configured) {
        return base::Unexpected(configured.error());
    }
    if (const auto migrated = database->migrate(migrations); !migrated) {
        return base::Unexpected(migrated.error());
    }
    if (isNew) {
        if (const auto synced = syncFolder(QFileInfo(path).absolutePath()); !synced) {
            return base::Unexpected(toStoreError(synced.error()));
        }
    }
    return database;
}

/// All that the schema says of tables and indexes: what somebody added besides, as a trigger, damages
/// nothing.
Result<QVariant> Database::structure()
{
    return ask(u"SELECT group_concat(line, ';') FROM ("
               "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '') AS line "
               "FROM sqlite_master WHERE type IN ('table', 'index') ORDER BY line)"_s);
}

/// What is asked there is known to be right: an answer that it is wrong tells of a schema or a format that no
/// SQLite understands.
StoreError Database::judge(const StoreError &error) const
{
    const bool isNotUnderstood
        = error.kind == StoreError::Kind::Failed && sqlite3_errcode(m_connection.get()) == SQLITE_ERROR;
    return isNotUnderstood ? StoreError { StoreError::Kind::Damaged, error.subject, error.reason } : error;
}

Result<void> Database::verify(const QStringList &migrations)
{
    const auto id = ask(u"PRAGMA application_id"_s);
    if (!id) {
        return base::Unexpected(id.error());
    }
    const bool isOurs = id->toInt() == ApplicationId;
    if (!isOurs) {
        const auto tables = ask(u"SELECT count(*) FROM sqlite_master"_s);
        if (!tables) {
            return base::Unexpected(tables.error());
        }
        if (id->toInt() != 0 || tables->toInt() != 0) {
            return failure(StoreError::Kind::Damaged, m_path, u"a database of another program"_s);
        }
    }
    // Its format says that only a later SQLite may write to it; we have written it ourselves.
    if (sqlite3_db_readonly(m_connection.get(), "main") == 1 && QFileInfo(m_path).isWritable()) {
        return failure(StoreError::Kind::Damaged, m_path, u"the format's number is damaged"_s);
    }
    const auto version = ask(u"PRAGMA user_version"_s);
    if (!version) {
        return base::Unexpected(version.error());
    }
    if (isOurs && version->toInt() < 1) {
        return failure(StoreError::Kind::Damaged, m_path, u"the schema's version is damaged"_s);
    }
    if (!isCheckDue(m_path)) {
        return {};
    }
    const auto check = ask(u"PRAGMA integrity_check(1)"_s);
    if (!check) {
        return base::Unexpected(check.error());
    }
    if (check->toString() != "ok"_L1) {
        return failure(StoreError::Kind::Damaged, m_path, check->toString());
    }
    // To SQLite a column's name and an index's condition are as good as any other.
    if (version->toInt() > 0 && version->toInt() <= migrations.size()) {
        Database sound(u":memory:"_s);
        if (const auto connected = sound.connect(); !connected) {
            return connected;
        }
        if (const auto migrated = sound.migrate(migrations.first(version->toInt())); !migrated) {
            return migrated;
        }
        const auto expected = sound.structure();
        const auto found = structure();
        if (!expected || !found) {
            return base::Unexpected(expected ? found.error() : expected.error());
        }
        if (*expected != *found) {
            return failure(StoreError::Kind::Damaged, m_path, u"the schema is damaged"_s);
        }
    }
    noteChecked(m_path);
    return {};
}

Result<void> Database::configure()
{
    for (const QString &pragma :
         { u"PRAGMA journal_mode = WAL"_s, u"PRAGMA synchronous = FULL"_s, u"PRAGMA foreign_keys = ON"_s,
           // A page that changes often is written back once for four times as many commits.
           u"PRAGMA wal_autocheckpoint = 4000"_s,
           // On macOS a plain fsync leaves the octets in the drive's cache.
           u"PRAGMA fullfsync = ON"_s, u"PRAGMA checkpoint_fullfsync = ON"_s }) {
        if (const auto done = run(pragma); !done) {
            return done;
        }
    }
    const auto mode = ask(u"PRAGMA journal_mode"_s);
    if (!mode) {
        return base::Unexpected(mode.error());
    }
    if (mode->toString() != "wal"_L1) {
        return failure(StoreError::Kind::Failed, m_path, u"no write-ahead log on this file system"_s);
    }
    return {};
}

Result<void> Database::migrate(const QStringList &migrations)
{
    const auto versionNow = [this] { return ask(u"PRAGMA user_version"_s); };
    const auto seen = versionNow();
    if (!seen) {
        return base::Unexpected(seen.error());
    }
    if (seen->toInt() > migrations.size()) {
        return failure(StoreError::Kind::NewerVersion, m_path, seen->toString());
    }
    if (seen->toInt() == migrations.size()) {
        return {};
    }
    Transaction transaction(*this);
    if (const auto begun = transaction.begin(Transaction::Purpose::Write); !begun) {
        return begun;
    }
    const auto version = versionNow(); // again: another process may have migrated meanwhile
    if (!version) {
        return base::Unexpected(version.error());
    }
    for (qsizetype step = version->toInt(); step < migrations.size(); ++step) {
        QFile file(migrations[step]);
        if (!file.open(QIODevice::ReadOnly)) {
            return failure(StoreError::Kind::Failed, file.fileName(), file.errorString());
        }
        const QString script = QString::fromUtf8(file.readAll()).trimmed();
        for (const QString &statement : script.split(u";\n"_s, Qt::SkipEmptyParts)) {
            if (const auto done = run(statement); !done) {
                return done;
            }
        }
    }
    for (const QString &pragma : { QString(u"PRAGMA application_id = %1"_s.arg(ApplicationId)),
                                   QString(u"PRAGMA user_version = %1"_s.arg(migrations.size())) }) {
        if (const auto done = run(pragma); !done) {
            return done;
        }
    }
    return transaction.commit();
}

Result<void> Database::run(const QString &sql)
{
    if (sqlite3_exec(m_connection.get(), sql.toUtf8().constData(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        return base::Unexpected(lastError());
    }
    return {};
}

Result<QVariant> Database::ask(const QString &sql)
{
    sqlite3_stmt *raw = nullptr;
    const QByteArray text = sql.toUtf8();
    const int code = sqlite3_prepare_v2(m_connection.get(), text.constData(), static_cast<int>(text.size()),
                                        &raw, nullptr);
    const PreparedStatement statement(raw);
    if (code != SQLITE_OK) {
        return base::Unexpected(lastError());
    }
    switch (sqlite3_step(raw)) {
    case SQLITE_ROW:
        break;
    case SQLITE_DONE:
        return QVariant();
    default:
        return base::Unexpected(lastError());
    }
    switch (sqlite3_column_type(raw, 0)) {
    case SQLITE_INTEGER:
        return QVariant(qint64 { sqlite3_column_int64(raw, 0) });
    case SQLITE_NULL:
        return QVariant();
    default:
        return QVariant(QString::fromUtf8(reinterpret_cast<const char *>(sqlite3_column_text(raw, 0)),
                                          sqlite3_column_bytes(raw, 0)));
    }
}

Result<sqlite3_stmt *> Database::prepared(const char *sql)
{
    const auto found = m_statements.find(sql);
    if (found != m_statements.end()) {
        return found->second.get();
    }
    sqlite3_stmt *statement = nullptr;
    constexpr int UntilItsEnd = -1;
    if (sqlite3_prepare_v3(m_connection.get(), sql, UntilItsEnd, SQLITE_PREPARE_PERSISTENT, &statement,
                           nullptr)
        != SQLITE_OK) {
        return base::Unexpected(lastError());
    }
    m_statements.emplace(sql, PreparedStatement(statement));
    return statement;
}

// --- Statement ---

Statement::Statement(Database &database, const char *sql)
    : m_database(database)
{
    const auto statement = database.prepared(sql);
    if (statement) {
        m_statement = *statement;
    } else {
        m_failure = statement.error();
    }
}

Statement::~Statement()
{
    // Both do nothing without a statement. What was bound goes with this object.
    sqlite3_reset(m_statement);
    if (m_statement != nullptr) {
        sqlite3_clear_bindings(m_statement);
    }
}

/// A value that was not taken would be written as null.
void Statement::check(int code)
{
    if (code != SQLITE_OK && !m_failure) {
        m_failure = m_database.lastError();
    }
}

const QByteArray &Statement::keep(QByteArray octets)
{
    m_bound.append(std::move(octets));
    return m_bound.last();
}

Statement &Statement::bind(qint64 number)
{
    check(sqlite3_bind_int64(m_statement, ++m_position, number));
    return *this;
}

Statement &Statement::bind(std::optional<qint64> number)
{
    if (number) {
        return bind(*number);
    }
    check(sqlite3_bind_null(m_statement, ++m_position));
    return *this;
}

Statement &Statement::bind(const QString &text)
{
    return bindUtf8(text.toUtf8());
}

Statement &Statement::bindUtf8(const QByteArray &text)
{
    const QByteArray &kept = keep(text);
    check(sqlite3_bind_text64(m_statement, ++m_position, kept.constData(), static_cast<quint64>(kept.size()),
                              nullptr, SQLITE_UTF8));
    return *this;
}

Statement &Statement::bind(const QDateTime &time)
{
    return bind(time.isValid() ? std::optional(time.toMSecsSinceEpoch()) : std::nullopt);
}

Statement &Statement::bindBlob(const QByteArray &octets)
{
    if (octets.isEmpty()) {
        return bind(std::optional<qint64>());
    }
    const QByteArray &kept = keep(octets);
    check(sqlite3_bind_blob64(m_statement, ++m_position, kept.constData(), static_cast<quint64>(kept.size()),
                              nullptr));
    return *this;
}

void Statement::step()
{
    m_row = Row::None;
    switch (sqlite3_step(m_statement)) {
    case SQLITE_ROW:
        m_row = Row::Current;
        break;
    case SQLITE_DONE:
        break;
    default:
        m_failure = m_database.lastError();
        if (m_failure->kind == StoreError::Kind::Damaged) {
            noteSuspect(m_database.path());
        }
        break;
    }
}

Result<void> Statement::execute()
{
    if (!m_failure) {
        step();
    }
    if (m_failure) {
        return base::Unexpected(*m_failure);
    }
    if (m_row == Row::Current) {
        m_row = Row::First;
    }
    return {};
}

bool Statement::next()
{
    if (m_row == Row::First) {
        m_row = Row::Current;
    } else if (m_row == Row::Current) {
        step();
    }
    return m_row == Row::Current;
}

Result<void> Statement::error() const
{
    if (m_failure) {
        return base::Unexpected(*m_failure);
    }
    return {};
}

qint64 Statement::number(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

QString Statement::text(int column) const
{
    return QString::fromUtf8(reinterpret_cast<const char *>(sqlite3_column_text(m_statement, column)),
                             sqlite3_column_bytes(m_statement, column));
}

QByteArray Statement::bytes(int column) const
{
    return { reinterpret_cast<const char *>(sqlite3_column_text(m_statement, column)),
             sqlite3_column_bytes(m_statement, column) };
}

QByteArray Statement::blob(int column) const
{
    return { static_cast<const char *>(sqlite3_column_blob(m_statement, column)),
             sqlite3_column_bytes(m_statement, column) };
}

QDateTime Statement::time(int column) const
{
    return isNull(column) ? QDateTime() : QDateTime::fromMSecsSinceEpoch(number(column), Qt::UTC);
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

qint64 Statement::insertedRow() const
{
    return sqlite3_last_insert_rowid(m_database.m_connection.get());
}

int Statement::changedRows() const
{
    return sqlite3_changes(m_database.m_connection.get());
}

// --- Transaction ---

Transaction::~Transaction()
{
    if (m_open) {
        // SQLite has rolled back by itself after some errors; a second time is harmless.
        static_cast<void>(m_database.run(u"ROLLBACK"_s));
    }
}

Result<void> Transaction::begin(Purpose purpose)
{
    Statement statement(m_database, purpose == Purpose::Write ? "BEGIN IMMEDIATE" : "BEGIN");
    const auto done = statement.execute();
    m_open = done.has_value();
    return done;
}

Result<void> Transaction::commit()
{
    Statement statement(m_database, "COMMIT");
    const auto done = statement.execute();
    if (done) {
        m_open = false;
    }
    return done;
}

} // namespace postrider::outbox
