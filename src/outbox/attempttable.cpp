// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/attempttable.h"

namespace postrider::outbox {

Result<qint64> AttemptTable::insert(qint64 message, const QDateTime &started)
{
    Statement statement(m_database, "INSERT INTO attempts (message, started) VALUES (?, ?)");
    statement.bind(message).bind(started);
    if (const auto done = statement.execute(); !done) {
        return base::Unexpected(done.error());
    }
    return statement.insertedRow();
}

Result<StoredAttempt> AttemptTable::find(qint64 id)
{
    Statement statement(m_database, "SELECT message, ended, final_octet FROM attempts WHERE id = ?");
    statement.bind(id);
    if (const auto done = statement.execute(); !done) {
        return base::Unexpected(done.error());
    }
    if (!statement.next()) {
        return base::Unexpected(StoreError { StoreError::Kind::WrongState, QString::number(id) });
    }
    return StoredAttempt { id, statement.number(0), !statement.isNull(1), statement.number(2) != 0 };
}

Result<QList<StoredAttempt>> AttemptTable::open(qint64 message)
{
    Statement statement(m_database,
                        "SELECT id, final_octet FROM attempts WHERE message = ? AND ended IS NULL");
    statement.bind(message);
    return statement.rows([&](const Statement &row) -> StoredAttempt {
        return { row.number(0), message, false, row.number(1) != 0 };
    });
}

Result<QList<Attempt>> AttemptTable::all(qint64 message)
{
    Statement statement(m_database,
                        "SELECT started, ended, host, port, tls, certificate, outcome, problem, "
                        "transcript FROM attempts WHERE message = ? ORDER BY id");
    statement.bind(message);
    return statement.rows([](const Statement &row) -> Attempt {
        return { row.time(0), row.time(1), row.text(2), static_cast<quint16>(row.number(3)),
                 row.text(4), row.blob(5), row.text(6), problemFromText(row.text(7)),
                 row.text(8) };
    });
}

Result<void> AttemptTable::setFinalOctet(qint64 attempt, FinalOctet mark)
{
    Statement statement(m_database, "UPDATE attempts SET final_octet = ? WHERE id = ? AND ended IS NULL");
    statement.bind(qint64 { mark == FinalOctet::Released }).bind(attempt);
    if (const auto done = statement.execute(); !done) {
        return done;
    }
    if (statement.changedRows() != 1) {
        return base::Unexpected(StoreError { StoreError::Kind::WrongState, QString::number(attempt) });
    }
    return {};
}

Result<void> AttemptTable::end(qint64 id, const Attempt &attempt)
{
    Statement statement(m_database,
                        "UPDATE attempts SET ended = ?, host = ?, port = ?, tls = ?, certificate = ?, "
                        "outcome = ?, problem = ?, transcript = ? WHERE id = ?");
    statement.bind(attempt.ended)
        .bind(attempt.host)
        .bind(attempt.port)
        .bind(attempt.tls)
        .bindBlob(attempt.certificateSha256)
        .bind(attempt.outcome)
        .bind(toText(attempt.problem))
        .bind(attempt.transcript)
        .bind(id);
    return statement.execute();
}

} // namespace postrider::outbox
