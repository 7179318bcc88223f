// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QString>
#include <QVariant>

#include <memory>
#include <sqlite3.h>

/// Looks into or tampers with a database behind the store's back.
namespace postrider::support {

/// The first column of the first row of one statement; null without a row. Ends the test when it failed.
[[nodiscard]] inline QVariant sql(const QString &path, const QString &statement)
{
    sqlite3 *connection = nullptr;
    const int opened
        = sqlite3_open_v2(path.toUtf8().constData(), &connection, SQLITE_OPEN_READWRITE, nullptr);
    const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> closing(connection, &sqlite3_close);
    sqlite3_stmt *prepared = nullptr;
    if (opened != SQLITE_OK
        || sqlite3_prepare_v2(connection, statement.toUtf8().constData(), -1, &prepared, nullptr)
            != SQLITE_OK)
        qFatal("%s: %s", qPrintable(statement), sqlite3_errmsg(connection));
    const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> finalizing(prepared, &sqlite3_finalize);
    const int stepped = sqlite3_step(prepared);
    if (stepped == SQLITE_DONE)
        return {};
    if (stepped != SQLITE_ROW)
        qFatal("%s: %s", qPrintable(statement), sqlite3_errmsg(connection));
    switch (sqlite3_column_type(prepared, 0)) {
    case SQLITE_NULL:
        return {};
    case SQLITE_INTEGER:
        return qint64 { sqlite3_column_int64(prepared, 0) };
    case SQLITE_BLOB:
        return QByteArray(static_cast<const char *>(sqlite3_column_blob(prepared, 0)),
                          sqlite3_column_bytes(prepared, 0));
    default:
        return QString::fromUtf8(reinterpret_cast<const char *>(sqlite3_column_text(prepared, 0)),
                                 sqlite3_column_bytes(prepared, 0));
    }
}

/// Runs statements, in a database that is made when it is not there. What went wrong; empty when all went
/// well.
[[nodiscard]] inline QString sqlScript(const QString &path, const QString &script)
{
    sqlite3 *connection = nullptr;
    const int opened = sqlite3_open(path.toUtf8().constData(), &connection);
    const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> closing(connection, &sqlite3_close);
    if (opened != SQLITE_OK
        || sqlite3_exec(connection, script.toUtf8().constData(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return QString::fromUtf8(sqlite3_errmsg(connection));
    return {};
}

} // namespace postrider::support
