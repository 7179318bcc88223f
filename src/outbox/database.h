// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "outbox/durablefile.h"
#include "outbox/store.h"

#include <QByteArray>
#include <QDateTime>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QStringList>
#include <QVariant>

#include <memory>
#include <optional>
#include <unordered_map>

namespace postrider::outbox {

/// Whether the file system of this file has no room left. Many errors only say that something failed.
[[nodiscard]] bool isOutOfRoom(const QString &path);
[[nodiscard]] StoreError toStoreError(const FileError &error);
[[nodiscard]] StoreError toStoreError(const QSqlError &error, const QString &path);

/// "name.damaged-20261121T180500Z"
[[nodiscard]] QString damagedName(const QString &path, const QDateTime &now);

/**
 * One connection to postrider.sqlite with what every connection needs: write-ahead log, full synchronisation,
 * foreign keys, 5 s of patience with other writers, and its statements prepared once.
 *
 * Belongs to the thread that opened it.
 */
class Database
{
public:
    /// Marks the file as ours, so that a foreign database under our name is not written to.
    static constexpr qint32 ApplicationId = 0x50526472; // "PRdr"

    /// The schema's files in order; the n-th brings version n-1 to version n.
    [[nodiscard]] static QStringList migrations();

    /**
     * Opens, verifies and migrates a database, and makes it when it is not there.
     *
     * Kind::Damaged when it is not a database of ours or its pages are broken: nothing was written then.
     * Kind::NewerVersion when it has seen more migrations than are known here.
     */
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const QString &path,
                                                                const QStringList &migrations);
    ~Database();
    Q_DISABLE_COPY_MOVE(Database)

    [[nodiscard]] const QString &path() const noexcept { return m_path; }
    /// For a statement without parameters that is run once.
    [[nodiscard]] Result<void> run(const QString &sql);
    /// The first column of the first row.
    [[nodiscard]] Result<QVariant> ask(const QString &sql);

private:
    friend class Statement;

    Database(QString path, const QString &connection);
    [[nodiscard]] Result<void> configure();
    [[nodiscard]] Result<void> verify();
    [[nodiscard]] Result<void> migrate(const QStringList &migrations);
    [[nodiscard]] Result<QSqlQuery *> prepared(const char *sql);

    QString m_path;
    QSqlDatabase m_database;
    std::unordered_map<const char *, QSqlQuery> m_statements {}; ///< by the address of their literal
};

/**
 * One use of a prepared statement: bind the values in order, execute, read, and let go. While it lives its
 * read snapshot stays open, so keep it short.
 *
 * @pre sql is a string literal, and the same statement is not in use already.
 */
class Statement
{
public:
    Statement(Database &database, const char *sql);
    ~Statement();
    Q_DISABLE_COPY_MOVE(Statement)

    Statement &bind(const QVariant &value);
    Statement &bind(qint64 number);
    Statement &bind(const QString &text);
    /// Stored as text.
    Statement &bindAscii(const QByteArray &text);
    /// Null when the time is.
    Statement &bind(const QDateTime &time);
    /// Null when it is empty.
    Statement &bindBlob(const QByteArray &octets);

    [[nodiscard]] Result<void> execute();
    /// Moves to the first or next row; false at the end. An error while reading shows in error().
    [[nodiscard]] bool next();
    [[nodiscard]] Result<void> error() const;

    [[nodiscard]] qint64 number(int column) const;
    [[nodiscard]] int smallNumber(int column) const { return static_cast<int>(number(column)); }
    [[nodiscard]] QString text(int column) const;
    [[nodiscard]] QByteArray bytes(int column) const { return text(column).toUtf8(); }
    [[nodiscard]] QByteArray blob(int column) const;
    [[nodiscard]] QDateTime time(int column) const;
    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] qint64 insertedRow() const;
    [[nodiscard]] int changedRows() const;

private:
    Database &m_database;
    QSqlQuery *m_query = nullptr;
    std::optional<StoreError> m_failure {};
    int m_position = 0;
};

/// Several statements as one. Rolls back without commit().
class Transaction
{
public:
    explicit Transaction(Database &database)
        : m_database(database)
    { }
    ~Transaction();
    Q_DISABLE_COPY_MOVE(Transaction)

    enum class Purpose {
        Read,  ///< everything is read as of one moment
        Write, ///< takes the right to write at once, so that what is read inside stays true until commit()
    };
    [[nodiscard]] Result<void> begin(Purpose purpose);
    /// On disk when it returns success; rolled back otherwise.
    [[nodiscard]] Result<void> commit();

private:
    Database &m_database;
    bool m_open = false;
};

} // namespace postrider::outbox
