// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/messagetable.h"

#include "outbox/transitions.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postrider::outbox {
namespace {

/// When the deliverer takes a message. What is queued goes at once, oldest row first, whatever the
/// computer's clock did since; therefore 0 and not a time.
[[nodiscard]] QVariant dueOf(const StoredMessage &message)
{
    const auto &recipients = message.summary.recipients;
    const bool anyQueued
        = std::any_of(recipients.cbegin(), recipients.cend(),
                      [](const Recipient &recipient) { return recipient.state == RecipientState::Queued; });
    switch (message.summary.state) {
    case MessageState::Queued:
        return 0;
    case MessageState::Deferred:
        return anyQueued || message.summary.nextAttempt.isNull()
            ? QVariant(0)
            : QVariant(message.summary.nextAttempt.toMSecsSinceEpoch());
    default:
        return {};
    }
}

} // namespace

Result<void> MessageTable::insert(StoredMessage &message, const StoredContent &content)
{
    const MessageSummary &summary = message.summary;
    {
        Statement statement(
            m_database,
            "INSERT INTO messages (id, message_id, account_id, state, hold, subject, "
            "reverse_path, size, eight_bit, smtp_utf8, header_utf8, services, record, created, "
            "changed, queued, due) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        statement.bind(summary.id)
            .bindAscii(summary.messageId)
            .bind(summary.accountId)
            .bind(toString(summary.state))
            .bind(toString(summary.hold))
            .bind(summary.subject)
            .bindAscii(message.reversePath)
            .bind(summary.size)
            .bind(qint64 { message.eightBit })
            .bind(qint64 { message.smtpUtf8 })
            .bind(qint64 { message.headerUtf8 })
            .bind(message.services)
            .bind(qint64 { message.recording == Recording::On })
            .bind(summary.created)
            .bind(summary.changed)
            .bind(message.queued)
            .bind(dueOf(message));
        if (const auto done = statement.execute(); !done) {
            return done;
        }
        message.row = statement.insertedRow();
    }
    {
        Statement statement(m_database,
                            "INSERT INTO contents (message, draft, stamp, octets) VALUES (?, ?, ?, ?)");
        statement.bind(message.row).bind(content.draft).bind(content.stamp).bindBlob(content.octets);
        if (const auto done = statement.execute(); !done) {
            return done;
        }
    }
    qint64 position = 0;
    for (const Recipient &recipient : summary.recipients) {
        Statement statement(
            m_database,
            "INSERT INTO recipients (message, position, address, state, changed) VALUES (?, ?, ?, ?, ?)");
        statement.bind(message.row)
            .bind(position++)
            .bindAscii(recipient.address)
            .bind(toString(recipient.state))
            .bind(summary.changed);
        if (const auto done = statement.execute(); !done) {
            return done;
        }
    }
    if (!content.spoolName.isEmpty()) {
        if (const auto done = insertSpoolFile(content.spoolName, message.row, u"content"_s, 0); !done) {
            return done;
        }
    }
    position = 0;
    for (const QString &name : content.attachments) {
        if (const auto done = insertSpoolFile(name, message.row, u"attachment"_s, position++); !done) {
            return done;
        }
    }
    return {};
}

Result<void> MessageTable::insertSpoolFile(const QString &name, qint64 message, const QString &role,
                                           qint64 position)
{
    Statement statement(m_database,
                        "INSERT INTO spool_files (name, message, role, position) VALUES (?, ?, ?, ?)");
    statement.bind(name).bind(message).bind(role).bind(position);
    return statement.execute();
}

Result<StoredMessage> MessageTable::load(qint64 row)
{
    StoredMessage message;
    message.row = row;
    MessageSummary &summary = message.summary;
    {
        Statement statement(m_database,
                            "SELECT id, message_id, account_id, state, hold, subject, reverse_path, size, "
                            "eight_bit, smtp_utf8, attempts, failures, created, changed, queued, "
                            "next_attempt, problem, header_utf8, services, record FROM messages "
                            "WHERE seq = ?");
        statement.bind(row);
        if (const auto done = statement.execute(); !done) {
            return base::Unexpected(done.error());
        }
        if (!statement.next()) {
            if (const auto done = statement.error(); !done) {
                return base::Unexpected(done.error());
            }
            return base::Unexpected(StoreError { StoreError::Kind::NoSuchMessage });
        }
        summary.id = statement.text(0);
        summary.messageId = statement.bytes(1);
        summary.accountId = statement.text(2);
        summary.state = messageStateFromString(statement.text(3));
        summary.hold = holdReasonFromString(statement.text(4));
        summary.subject = statement.text(5);
        message.reversePath = statement.bytes(6);
        summary.size = statement.number(7);
        message.eightBit = statement.number(8) != 0;
        message.smtpUtf8 = statement.number(9) != 0;
        summary.attempts = statement.smallNumber(10);
        message.failures = statement.smallNumber(11);
        summary.created = statement.time(12);
        summary.changed = statement.time(13);
        message.queued = statement.time(14);
        summary.nextAttempt = statement.time(15);
        summary.problem = problemFromText(statement.text(16));
        message.headerUtf8 = statement.number(17) != 0;
        message.services = statement.text(18);
        message.recording = statement.number(19) != 0 ? Recording::On : Recording::Off;
    }
    auto found = recipients(row);
    if (!found) {
        return base::Unexpected(found.error());
    }
    summary.recipients = *std::move(found);
    return message;
}

Result<StoredMessage> MessageTable::load(const MessageId &id)
{
    qint64 row = 0;
    {
        Statement statement(m_database, "SELECT seq FROM messages WHERE id = ?");
        statement.bind(id);
        if (const auto done = statement.execute(); !done) {
            return base::Unexpected(done.error());
        }
        if (!statement.next()) {
            if (const auto done = statement.error(); !done) {
                return base::Unexpected(done.error());
            }
            return base::Unexpected(StoreError { StoreError::Kind::NoSuchMessage, id });
        }
        row = statement.number(0);
    }
    return load(row);
}

Result<QList<Recipient>> MessageTable::recipients(qint64 message)
{
    QList<Recipient> found;
    Statement statement(m_database,
                        "SELECT address, state, code, enhanced, text, changed FROM recipients "
                        "WHERE message = ? ORDER BY position");
    statement.bind(message);
    if (const auto done = statement.execute(); !done) {
        return base::Unexpected(done.error());
    }
    while (statement.next()) {
        found.append({ statement.bytes(0), recipientStateFromString(statement.text(1)),
                       statement.smallNumber(2), statement.bytes(3), statement.text(4), statement.time(5) });
    }
    if (const auto done = statement.error(); !done) {
        return base::Unexpected(done.error());
    }
    return found;
}

Result<void> MessageTable::save(const StoredMessage &message)
{
    const MessageSummary &summary = message.summary;
    Statement statement(m_database,
                        "UPDATE messages SET message_id = ?, state = ?, hold = ?, size = ?, eight_bit = ?, "
                        "attempts = ?, failures = ?, changed = ?, queued = ?, next_attempt = ?, due = ?, "
                        "problem = ?, record = ? WHERE seq = ?");
    statement.bindAscii(summary.messageId)
        .bind(toString(summary.state))
        .bind(toString(summary.hold))
        .bind(summary.size)
        .bind(qint64 { message.eightBit })
        .bind(summary.attempts)
        .bind(message.failures)
        .bind(summary.changed)
        .bind(message.queued)
        .bind(summary.nextAttempt)
        .bind(dueOf(message))
        .bind(toText(summary.problem))
        .bind(qint64 { message.recording == Recording::On })
        .bind(message.row);
    return statement.execute();
}

Result<QList<qint64>> MessageTable::page(int limit, int offset)
{
    QList<qint64> rows;
    Statement statement(m_database, "SELECT seq FROM messages ORDER BY seq DESC LIMIT ? OFFSET ?");
    statement.bind(limit).bind(offset);
    if (const auto done = statement.execute(); !done) {
        return base::Unexpected(done.error());
    }
    while (statement.next()) {
        rows.append(statement.number(0));
    }
    if (const auto done = statement.error(); !done) {
        return base::Unexpected(done.error());
    }
    return rows;
}

Result<QStringList> MessageTable::idsBetween(const QString &first, const QString &last)
{
    QStringList ids;
    Statement statement(m_database, "SELECT id FROM messages WHERE id >= ? AND id < ? ORDER BY id");
    statement.bind(first).bind(last);
    if (const auto done = statement.execute(); !done) {
        return base::Unexpected(done.error());
    }
    while (statement.next()) {
        ids.append(statement.text(0));
    }
    if (const auto done = statement.error(); !done) {
        return base::Unexpected(done.error());
    }
    return ids;
}

Result<QList<qint64>> MessageTable::rowsOfUnfinished(MessageState state)
{
    QList<qint64> rows;
    // The first term is what makes SQLite use the partial index.
    Statement statement(m_database,
                        "SELECT seq FROM messages WHERE state IN ('preparing', 'sending') AND state = ? "
                        "ORDER BY seq");
    statement.bind(toString(state));
    if (const auto done = statement.execute(); !done) {
        return base::Unexpected(done.error());
    }
    while (statement.next()) {
        rows.append(statement.number(0));
    }
    if (const auto done = statement.error(); !done) {
        return base::Unexpected(done.error());
    }
    return rows;
}

Result<QList<MessageTable::DueAccount>> MessageTable::dueAccounts()
{
    QList<DueAccount> accounts;
    // Steps from account to account through the index, instead of reading all messages for DISTINCT.
    Statement statement(
        m_database,
        "WITH RECURSIVE account (id) AS ("
        " SELECT min(account_id) FROM messages WHERE due IS NOT NULL"
        " UNION ALL"
        " SELECT (SELECT min(account_id) FROM messages WHERE due IS NOT NULL AND account_id > account.id)"
        " FROM account WHERE id IS NOT NULL) "
        "SELECT id, (SELECT min(due) FROM messages WHERE account_id = account.id AND due IS NOT NULL) "
        "FROM account WHERE id IS NOT NULL");
    if (const auto done = statement.execute(); !done) {
        return base::Unexpected(done.error());
    }
    while (statement.next()) {
        accounts.append({ statement.text(0), statement.time(1) });
    }
    if (const auto done = statement.error(); !done) {
        return base::Unexpected(done.error());
    }
    return accounts;
}

Result<std::optional<qint64>> MessageTable::nextOfAccount(const QString &accountId, const QDateTime &now)
{
    Statement statement(m_database,
                        "SELECT seq FROM messages WHERE account_id = ? AND due IS NOT NULL AND due <= ? "
                        "ORDER BY due, seq LIMIT 1");
    statement.bind(accountId).bind(now);
    if (const auto done = statement.execute(); !done) {
        return base::Unexpected(done.error());
    }
    if (!statement.next()) {
        if (const auto done = statement.error(); !done) {
            return base::Unexpected(done.error());
        }
        return std::optional<qint64>();
    }
    return std::optional<qint64>(statement.number(0));
}

Result<void> MessageTable::requeueAll(const QDateTime &now)
{
    static_assert(isLegal({ MessageState::Deferred, Event::Retry, MessageState::Queued }));
    static_assert(isLegal({ MessageState::Held, Event::Retry, MessageState::Queued }));
    {
        Statement statement(m_database,
                            "UPDATE recipients SET state = 'queued', changed = ? WHERE state = 'deferred' "
                            "AND message IN (SELECT seq FROM messages WHERE state = 'deferred' "
                            "UNION ALL SELECT seq FROM messages WHERE hold = 'account')");
        statement.bind(now);
        if (const auto done = statement.execute(); !done) {
            return done;
        }
    }
    Statement statement(m_database,
                        "UPDATE messages SET state = 'queued', hold = 'none', next_attempt = NULL, "
                        "due = 0, changed = ? WHERE seq IN "
                        "(SELECT seq FROM messages WHERE state = 'deferred' "
                        "UNION ALL SELECT seq FROM messages WHERE hold = 'account')");
    statement.bind(now);
    return statement.execute();
}

Result<void> MessageTable::moveRecipients(StoredMessage &message, RecipientState from, RecipientState to,
                                          const QDateTime &now)
{
    for (Recipient &recipient : message.summary.recipients) {
        if (recipient.state == from) {
            recipient.state = to;
            recipient.changed = now;
        }
    }
    Statement statement(m_database,
                        "UPDATE recipients SET state = ?, changed = ? WHERE message = ? AND state = ?");
    statement.bind(toString(to)).bind(now).bind(message.row).bind(toString(from));
    return statement.execute();
}

Result<void> MessageTable::saveRecipient(qint64 message, const Recipient &recipient)
{
    Statement statement(m_database,
                        "UPDATE recipients SET state = ?, code = ?, enhanced = ?, text = ?, changed = ? "
                        "WHERE message = ? AND address = ?");
    statement.bind(toString(recipient.state))
        .bind(recipient.code)
        .bindAscii(recipient.enhanced)
        .bind(recipient.text)
        .bind(recipient.changed)
        .bind(message)
        .bindAscii(recipient.address);
    return statement.execute();
}

Result<StoredContent> MessageTable::content(qint64 message)
{
    StoredContent content;
    {
        Statement statement(m_database, "SELECT draft, stamp, octets FROM contents WHERE message = ?");
        statement.bind(message);
        if (const auto done = statement.execute(); !done) {
            return base::Unexpected(done.error());
        }
        if (statement.next()) {
            content.draft = statement.text(0);
            content.stamp = statement.text(1);
            content.octets = statement.blob(2);
        }
        if (const auto done = statement.error(); !done) {
            return base::Unexpected(done.error());
        }
    }
    Statement statement(m_database,
                        "SELECT name, role FROM spool_files WHERE message = ? ORDER BY role, position");
    statement.bind(message);
    if (const auto done = statement.execute(); !done) {
        return base::Unexpected(done.error());
    }
    while (statement.next()) {
        if (statement.text(1) == "content"_L1) {
            content.spoolName = statement.text(0);
        } else {
            content.attachments.append(statement.text(0));
        }
    }
    if (const auto done = statement.error(); !done) {
        return base::Unexpected(done.error());
    }
    return content;
}

Result<void> MessageTable::setContent(qint64 message, const QByteArray &octets, const QString &spoolName)
{
    {
        Statement statement(m_database, "UPDATE contents SET octets = ? WHERE message = ?");
        statement.bindBlob(octets).bind(message);
        if (const auto done = statement.execute(); !done) {
            return done;
        }
    }
    {
        Statement statement(m_database, "DELETE FROM spool_files WHERE message = ?");
        statement.bind(message);
        if (const auto done = statement.execute(); !done) {
            return done;
        }
    }
    if (spoolName.isEmpty()) {
        return {};
    }
    return insertSpoolFile(spoolName, message, u"content"_s, 0);
}

bool MessageTable::isSpoolFileNeeded(const QString &name)
{
    Statement statement(m_database, "SELECT 1 FROM spool_files WHERE name = ?");
    statement.bind(name);
    // A question that cannot be answered keeps the file.
    return !statement.execute() || statement.next() || !statement.error();
}

Result<qint64> MessageTable::insertAttempt(qint64 message, const QDateTime &started)
{
    Statement statement(m_database, "INSERT INTO attempts (message, started) VALUES (?, ?)");
    statement.bind(message).bind(started);
    if (const auto done = statement.execute(); !done) {
        return base::Unexpected(done.error());
    }
    return statement.insertedRow();
}

Result<StoredAttempt> MessageTable::attempt(qint64 id)
{
    Statement statement(m_database, "SELECT message, ended, final_octet FROM attempts WHERE id = ?");
    statement.bind(id);
    if (const auto done = statement.execute(); !done) {
        return base::Unexpected(done.error());
    }
    if (!statement.next()) {
        if (const auto done = statement.error(); !done) {
            return base::Unexpected(done.error());
        }
        return base::Unexpected(StoreError { StoreError::Kind::WrongState, QString::number(id) });
    }
    return StoredAttempt { id, statement.number(0), !statement.isNull(1), statement.number(2) != 0 };
}

Result<QList<StoredAttempt>> MessageTable::openAttempts(qint64 message)
{
    QList<StoredAttempt> found;
    Statement statement(m_database,
                        "SELECT id, final_octet FROM attempts WHERE message = ? AND ended IS NULL");
    statement.bind(message);
    if (const auto done = statement.execute(); !done) {
        return base::Unexpected(done.error());
    }
    while (statement.next()) {
        found.append({ statement.number(0), message, false, statement.number(1) != 0 });
    }
    if (const auto done = statement.error(); !done) {
        return base::Unexpected(done.error());
    }
    return found;
}

Result<QList<Attempt>> MessageTable::attempts(qint64 message)
{
    QList<Attempt> found;
    Statement statement(m_database,
                        "SELECT started, ended, host, port, tls, certificate, outcome, problem, "
                        "transcript FROM attempts WHERE message = ? ORDER BY id");
    statement.bind(message);
    if (const auto done = statement.execute(); !done) {
        return base::Unexpected(done.error());
    }
    while (statement.next()) {
        found.append({ statement.time(0), statement.time(1), statement.text(2),
                       static_cast<quint16>(statement.number(3)), statement.text(4), statement.blob(5),
                       statement.text(6), problemFromText(statement.text(7)), statement.text(8) });
    }
    if (const auto done = statement.error(); !done) {
        return base::Unexpected(done.error());
    }
    return found;
}

Result<void> MessageTable::setFinalOctet(qint64 attempt, FinalOctet mark)
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

Result<void> MessageTable::endAttempt(qint64 id, const Attempt &attempt)
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
