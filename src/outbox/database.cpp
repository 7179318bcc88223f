// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/database.h"

#include <QFile>
#include <QFileInfo>
#include <QStorageInfo>
#include <QUuid>

#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::outbox {
namespace {

// Result codes of SQLite (sqlite.org/rescode.html); QtSql hands them through without naming them.
enum class SqliteCode {
    Permission = 3,
    Busy = 5,
    Locked = 6,
    ReadOnly = 8,
    InputOutput = 10,
    Corrupt = 11,
    Full = 13,
    CannotOpen = 14,
    NotADatabase = 26,
};

constexpr int PrimaryCodeMask = 0xff;
constexpr int OutOfRoomBytes = 64 * 1024;

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

StoreError toStoreError(const QSqlError &error, const QString &path)
{
    StoreError::Kind kind = StoreError::Kind::Failed;
    switch (static_cast<SqliteCode>(error.nativeErrorCode().toInt() & PrimaryCodeMask)) {
    case SqliteCode::Busy:
    case SqliteCode::Locked:
        kind = StoreError::Kind::Busy;
        break;
    case SqliteCode::Full:
        kind = StoreError::Kind::DiskFull;
        break;
    case SqliteCode::Permission:
    case SqliteCode::ReadOnly:
        kind = StoreError::Kind::ReadOnly;
        break;
    case SqliteCode::CannotOpen: // also the log beside it
        kind = isOutOfRoom(path) ? StoreError::Kind::DiskFull : StoreError::Kind::ReadOnly;
        break;
    case SqliteCode::Corrupt:
    case SqliteCode::NotADatabase:
        kind = StoreError::Kind::Damaged;
        break;
    case SqliteCode::InputOutput:
        // The shared-memory file reports a full disk in this way.
        if (isOutOfRoom(path)) {
            kind = StoreError::Kind::DiskFull;
        }
        break;
    }
    return { kind, path, error.text() };
}

QString damagedName(const QString &path, const QDateTime &now)
{
    return path + ".damaged-"_L1 + now.toUTC().toString(u"yyyyMMdd'T'HHmmss'Z'"_s);
}

// --- Database ---

QStringList Database::migrations()
{
    return { u":/schema/outbox-001.sql"_s, u":/schema/outbox-002.sql"_s };
}

Database::Database(QString path, const QString &connection)
    : m_path(std::move(path))
    , m_database(QSqlDatabase::addDatabase(u"QSQLITE"_s, connection))
{
    m_database.setDatabaseName(m_path);
    m_database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=5000"_s);
}

Database::~Database()
{
    m_statements.clear();
    m_database.close();
    const QString connection = m_database.connectionName();
    m_database = QSqlDatabase(); // the last reference must be gone before the connection is removed
    QSqlDatabase::removeDatabase(connection);
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

    const QString connection = "postrider-outbox-"_L1 + QUuid::createUuid().toString(QUuid::WithoutBraces);
    std::unique_ptr<Database> database(new Database(path, connection));
    if (!database->m_database.open()) {
        return base::Unexpected(toStoreError(database->m_database.lastError(), path));
    }
    if (const auto verified = database->verify(); !verified) {
        return base::Unexpected(verified.error());
    }
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

Result<void> Database::verify()
{
    const auto id = ask(u"PRAGMA application_id"_s);
    if (!id) {
        return base::Unexpected(id.error());
    }
    if (id->toInt() != ApplicationId) {
        const auto tables = ask(u"SELECT count(*) FROM sqlite_master"_s);
        if (!tables) {
            return base::Unexpected(tables.error());
        }
        if (id->toInt() != 0 || tables->toInt() != 0) {
            return failure(StoreError::Kind::Damaged, m_path, u"a database of another program"_s);
        }
    }
    const auto check = ask(u"PRAGMA quick_check(1)"_s);
    if (!check) {
        return base::Unexpected(check.error());
    }
    if (check->toString() != "ok"_L1) {
        return failure(StoreError::Kind::Damaged, m_path, check->toString());
    }
    return {};
}

Result<void> Database::configure()
{
    for (const QString &pragma :
         { u"PRAGMA journal_mode = WAL"_s, u"PRAGMA synchronous = FULL"_s, u"PRAGMA foreign_keys = ON"_s,
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
    QSqlQuery query(m_database);
    if (!query.exec(sql)) {
        return base::Unexpected(toStoreError(query.lastError(), m_path));
    }
    return {};
}

Result<QVariant> Database::ask(const QString &sql)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.exec(sql)) {
        return base::Unexpected(toStoreError(query.lastError(), m_path));
    }
    if (!query.next()) {
        return QVariant();
    }
    return query.value(0);
}

Result<QSqlQuery *> Database::prepared(const char *sql)
{
    const auto found = m_statements.find(sql);
    if (found != m_statements.end()) {
        return &found->second;
    }
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.prepare(QString::fromLatin1(sql))) {
        return base::Unexpected(toStoreError(query.lastError(), m_path));
    }
    return &m_statements.emplace(sql, std::move(query)).first->second;
}

// --- Statement ---

Statement::Statement(Database &database, const char *sql)
    : m_database(database)
{
    const auto query = database.prepared(sql);
    if (query) {
        m_query = *query;
    } else {
        m_failure = query.error();
    }
}

Statement::~Statement()
{
    if (m_query != nullptr) {
        m_query->finish();
    }
}

Statement &Statement::bind(const QVariant &value)
{
    if (m_query != nullptr) {
        m_query->bindValue(m_position++, value);
    }
    return *this;
}

Statement &Statement::bind(qint64 number)
{
    return bind(QVariant(number));
}

Statement &Statement::bind(const QString &text)
{
    // QtSql stores a null string as NULL, which is another value than the empty text.
    return bind(QVariant(text.isNull() ? u""_s : text));
}

Statement &Statement::bindAscii(const QByteArray &text)
{
    return bind(QString::fromUtf8(text));
}

Statement &Statement::bind(const QDateTime &time)
{
    return bind(time.isValid() ? QVariant(time.toMSecsSinceEpoch()) : QVariant());
}

Statement &Statement::bindBlob(const QByteArray &octets)
{
    return bind(octets.isEmpty() ? QVariant() : QVariant(octets));
}

Result<void> Statement::execute()
{
    if (m_failure) {
        return base::Unexpected(*m_failure);
    }
    m_position = 0;
    if (!m_query->exec()) {
        m_failure = toStoreError(m_query->lastError(), m_database.path());
        return base::Unexpected(*m_failure);
    }
    return {};
}

bool Statement::next()
{
    return !m_failure && m_query->next();
}

Result<void> Statement::error() const
{
    if (m_failure) {
        return base::Unexpected(*m_failure);
    }
    if (const QSqlError error = m_query->lastError(); error.isValid()) {
        return base::Unexpected(toStoreError(error, m_database.path()));
    }
    return {};
}

qint64 Statement::number(int column) const
{
    return m_query->value(column).toLongLong();
}

QString Statement::text(int column) const
{
    return m_query->value(column).toString();
}

QByteArray Statement::blob(int column) const
{
    return m_query->value(column).toByteArray();
}

QDateTime Statement::time(int column) const
{
    return isNull(column) ? QDateTime() : QDateTime::fromMSecsSinceEpoch(number(column), Qt::UTC);
}

bool Statement::isNull(int column) const
{
    return m_query->value(column).isNull();
}

qint64 Statement::insertedRow() const
{
    return m_query->lastInsertId().toLongLong();
}

int Statement::changedRows() const
{
    return m_query->numRowsAffected();
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
