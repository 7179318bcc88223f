// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "outbox/durablefile.h"
#include "outbox/store.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>
#include <QVariant>
#include <QVarLengthArray>

#include <memory>
#include <optional>
#include <type_traits>
#include <unordered_map>
#include <utility>

struct sqlite3;
struct sqlite3_stmt;

namespace postrider::outbox {

/// Whether the file system of this file has no room left. Many errors only say that something failed.
[[nodiscard]] bool isOutOfRoom(const QString &path);
[[nodiscard]] StoreError toStoreError(const FileError &error);

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
    /// The first column of the first row; null without a row.
    [[nodiscard]] Result<QVariant> ask(const QString &sql);

private:
    friend class Statement;

    struct Closing
    {
        void operator()(sqlite3 *connection) const;
        void operator()(sqlite3_stmt *statement) const;
    };
    using PreparedStatement = std::unique_ptr<sqlite3_stmt, Closing>;

    explicit Database(QString path)
        : m_path(std::move(path))
    { }
    [[nodiscard]] Result<void> connect();
    [[nodiscard]] Result<void> configure();
    [[nodiscard]] Result<void> verify(const QStringList &migrations);
    [[nodiscard]] Result<QVariant> structure();
    [[nodiscard]] Result<void> migrate(const QStringList &migrations);
    [[nodiscard]] Result<sqlite3_stmt *> prepared(const char *sql);
    [[nodiscard]] StoreError lastError() const;
    [[nodiscard]] StoreError judge(const StoreError &error) const;

    QString m_path;
    std::unique_ptr<sqlite3, Closing> m_connection {};
    std::unordered_map<const char *, PreparedStatement> m_statements {}; ///< by the address of their literal
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

    Statement &bind(qint64 number);
    /// Null when there is none.
    Statement &bind(std::optional<qint64> number);
    Statement &bind(const QString &text);
    /// Stored as text.
    Statement &bindUtf8(const QByteArray &text);
    /// Milliseconds since 1970; null when the time is.
    Statement &bind(const QDateTime &time);
    /// Null when it is empty.
    Statement &bindBlob(const QByteArray &octets);

    [[nodiscard]] Result<void> execute();
    /// Executes, and makes something of every row.
    template <typename F>
    [[nodiscard]] auto rows(F &&make) -> Result<QList<std::invoke_result_t<F, const Statement &>>>
    {
        QList<std::invoke_result_t<F, const Statement &>> made;
        auto done = execute();
        while (done && next()) {
            made.append(make(std::as_const(*this)));
        }
        if (done) {
            done = error();
        }
        if (!done) {
            return base::Unexpected(done.error());
        }
        return made;
    }
    /// Executes, and makes something of the first row, if there is one.
    template <typename F>
    [[nodiscard]] auto row(F &&make) -> Result<std::optional<std::invoke_result_t<F, const Statement &>>>
    {
        std::optional<std::invoke_result_t<F, const Statement &>> made;
        if (const auto done = execute(); !done) {
            return base::Unexpected(done.error());
        }
        if (next()) {
            made = make(std::as_const(*this));
        }
        return made;
    }
    /// Moves to the first or next row; false at the end. An error while reading shows in error().
    [[nodiscard]] bool next();
    [[nodiscard]] Result<void> error() const;

    [[nodiscard]] qint64 number(int column) const;
    [[nodiscard]] int smallNumber(int column) const { return static_cast<int>(number(column)); }
    [[nodiscard]] QString text(int column) const;
    /// A text as UTF-8.
    [[nodiscard]] QByteArray bytes(int column) const;
    [[nodiscard]] QByteArray blob(int column) const;
    [[nodiscard]] QDateTime time(int column) const;
    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] qint64 insertedRow() const;
    [[nodiscard]] int changedRows() const;

private:
    /// What stands ready to be read.
    enum class Row { None, First, Current };

    void step();
    void check(int code);
    /// What is bound is read when the statement runs, so it is kept as long.
    [[nodiscard]] const QByteArray &keep(QByteArray octets);

    Database &m_database;
    sqlite3_stmt *m_statement = nullptr;
    std::optional<StoreError> m_failure {};
    QVarLengthArray<QByteArray, 12> m_bound {};
    int m_position = 0;
    Row m_row = Row::None;
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
