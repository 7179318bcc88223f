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
[[nodiscard]] std::optional<qint64> dueOf(const StoredMessage &message)
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
            ? 0
            : message.summary.nextAttempt.toMSecsSinceEpoch();
    case MessageState::Held:
        // When Send cannot be taken back any more, it leaves straight from here.
        return message.summary.hold == HoldReason::Undo
            ? std::optional(message.summary.nextAttempt.toMSecsSinceEpoch())
            : std::nullopt;
    default:
        return std::nullopt;
    }
}

} // namespace

Result<void> MessageTable::insert(StoredMessage &message, const StoredContent &content)
{
    const MessageSummary &summary = message.summary;
    {
        // Every bound value costs more than SQLite's own work on it, so what is rarely different from its
        // default has a statement of its own.
        Statement statement(m_database,
                            "INSERT INTO messages (id, message_id, account_id, state, subject, reverse_path, "
                            "size, created, changed, queued, due, envelope_check) "
                            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        statement.bind(summary.id)
            .bindUtf8(summary.messageId)
            .bind(summary.accountId)
            .bind(toString(summary.state))
            .bind(summary.subject)
            .bindUtf8(message.reversePath)
            .bind(summary.size)
            .bind(summary.created)
            .bind(summary.changed)
            .bind(message.queued)
            .bind(dueOf(message))
            .bind(message.envelopeCheck);
        if (const auto done = statement.execute(); !done) {
            return done;
        }
        message.row = statement.insertedRow();
    }
    const bool isPlain = summary.hold == HoldReason::None && !message.eightBit && !message.smtpUtf8
        && !message.headerUtf8 && message.services.isEmpty() && message.recording == Recording::Off
        && summary.scheduled.isNull() && message.undoWindow.count() == 0;
    if (!isPlain) {
        if (const auto done = insertRest(message); !done) {
            return done;
        }
    }
    if (const auto done = insertContent(message, content); !done) {
        return done;
    }
    qint64 position = 0;
    for (const Recipient &recipient : summary.recipients) {
        Statement statement(m_database,
                            "INSERT INTO recipients (message, position, address, state, changed) "
                            "VALUES (?, ?, ?, 'queued', ?)");
        statement.bind(message.row).bind(position++).bindUtf8(recipient.address).bind(summary.changed);
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

Result<void> MessageTable::insertRest(const StoredMessage &message)
{
    Statement statement(m_database,
                        "UPDATE messages SET hold = ?, next_attempt = ?, scheduled = ?, undo_window = ?, "
                        "eight_bit = ?, smtp_utf8 = ?, header_utf8 = ?, services = ?, record = ? "
                        "WHERE seq = ?");
    statement.bind(toString(message.summary.hold))
        .bind(message.summary.nextAttempt)
        .bind(message.summary.scheduled)
        .bind(qint64 { message.undoWindow.count() })
        .bind(qint64 { message.eightBit })
        .bind(qint64 { message.smtpUtf8 })
        .bind(qint64 { message.headerUtf8 })
        .bind(message.services)
        .bind(qint64 { message.recording == Recording::On })
        .bind(message.row);
    return statement.execute();
}

Result<void> MessageTable::insertContent(const StoredMessage &message, const StoredContent &content)
{
    if (content.draft.isEmpty()) {
        Statement statement(m_database,
                            "INSERT INTO contents (message, owner, octets, digest) VALUES (?, ?, ?, ?)");
        statement.bind(message.row)
            .bind(message.summary.id)
            .bindBlob(content.octets)
            .bindBlob(content.digest);
        return statement.execute();
    }
    Statement statement(m_database,
                        "INSERT INTO contents (message, owner, draft, stamp, digest) VALUES (?, ?, ?, ?, ?)");
    statement.bind(message.row)
        .bind(message.summary.id)
        .bind(content.draft)
        .bind(content.stamp)
        .bindBlob(content.digest);
    return statement.execute();
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
                            "next_attempt, problem, header_utf8, services, record, scheduled, "
                            "undo_window, in_doubt, rule_resends, envelope_check FROM messages "
                            "WHERE seq = ?");
        statement.bind(row);
        if (const auto done = statement.execute(); !done) {
            return base::Unexpected(done.error());
        }
        if (!statement.next()) {
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
        summary.scheduled = statement.time(20);
        message.undoWindow = std::chrono::seconds { statement.number(21) };
        summary.inDoubtSince = statement.time(22);
        summary.ruleResends = statement.smallNumber(23);
        if (!statement.isNull(24)) {
            message.envelopeCheck = statement.number(24);
        }
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
            return base::Unexpected(StoreError { StoreError::Kind::NoSuchMessage, id });
        }
        row = statement.number(0);
    }
    return load(row);
}

Result<QList<Recipient>> MessageTable::recipients(qint64 message)
{
    Statement statement(m_database,
                        "SELECT address, state, code, enhanced, text, changed, former FROM recipients "
                        "WHERE message = ? ORDER BY position");
    statement.bind(message);
    return statement.rows([](const Statement &row) -> Recipient {
        return { row.bytes(0),       recipientStateFromString(row.text(1)),
                 row.smallNumber(2), row.bytes(3),
                 row.text(4),        row.time(5),
                 row.bytes(6) };
    });
}

Result<void> MessageTable::save(const StoredMessage &message)
{
    const MessageSummary &summary = message.summary;
    Statement statement(m_database,
                        "UPDATE messages SET state = ?, hold = ?, attempts = ?, failures = ?, changed = ?, "
                        "queued = ?, next_attempt = ?, due = ?, problem = ?, in_doubt = ? WHERE seq = ?");
    statement.bind(toString(summary.state))
        .bind(toString(summary.hold))
        .bind(summary.attempts)
        .bind(message.failures)
        .bind(summary.changed)
        .bind(message.queued)
        .bind(summary.nextAttempt)
        .bind(dueOf(message))
        .bind(toText(summary.problem))
        .bind(summary.inDoubtSince)
        .bind(message.row);
    return statement.execute();
}

Result<void> MessageTable::saveFacts(const StoredMessage &message)
{
    const MessageSummary &summary = message.summary;
    Statement statement(m_database,
                        "UPDATE messages SET message_id = ?, size = ?, eight_bit = ?, smtp_utf8 = ?, "
                        "record = ?, scheduled = ?, rule_resends = ?, envelope_check = ? WHERE seq = ?");
    statement.bindUtf8(summary.messageId)
        .bind(summary.size)
        .bind(qint64 { message.eightBit })
        .bind(qint64 { message.smtpUtf8 })
        .bind(qint64 { message.recording == Recording::On })
        .bind(summary.scheduled)
        .bind(summary.ruleResends)
        .bind(message.envelopeCheck)
        .bind(message.row);
    return statement.execute();
}

Result<QList<qint64>> MessageTable::page(int limit, int offset)
{
    Statement statement(m_database, "SELECT seq FROM messages ORDER BY seq DESC LIMIT ? OFFSET ?");
    statement.bind(limit).bind(offset);
    return statement.rows([](const Statement &row) -> qint64 { return row.number(0); });
}

Result<QStringList> MessageTable::idsBetween(const QString &first, const QString &last)
{
    Statement statement(m_database, "SELECT id FROM messages WHERE id >= ? AND id < ? ORDER BY id");
    statement.bind(first).bind(last);
    return statement.rows([](const Statement &row) -> QString { return row.text(0); });
}

Result<QList<qint64>> MessageTable::rowsOfUnfinished(MessageState state)
{
    // The first term is what makes SQLite use the partial index.
    Statement statement(m_database,
                        "SELECT seq FROM messages WHERE state IN ('preparing', 'sending') AND state = ? "
                        "ORDER BY seq");
    statement.bind(toString(state));
    return statement.rows([](const Statement &row) -> qint64 { return row.number(0); });
}

Result<QList<qint64>> MessageTable::rowsInUndoWindow()
{
    Statement statement(m_database, "SELECT seq FROM messages WHERE hold = 'undo' ORDER BY seq");
    return statement.rows([](const Statement &row) -> qint64 { return row.number(0); });
}

Result<QList<qint64>> MessageTable::rowsScheduledUntil(const QDateTime &time)
{
    Statement statement(m_database,
                        "SELECT seq FROM messages WHERE hold = 'scheduled' AND next_attempt IS NOT NULL "
                        "AND next_attempt <= ? ORDER BY next_attempt, seq");
    statement.bind(time);
    return statement.rows([](const Statement &row) -> qint64 { return row.number(0); });
}

Result<QDateTime> MessageTable::nextScheduled()
{
    Statement statement(m_database,
                        "SELECT next_attempt FROM messages WHERE hold = 'scheduled' "
                        "AND next_attempt IS NOT NULL ORDER BY next_attempt LIMIT 1");
    if (const auto done = statement.execute(); !done) {
        return base::Unexpected(done.error());
    }
    const QDateTime next = statement.next() ? statement.time(0) : QDateTime();
    return next;
}

Result<std::optional<MessageTable::Doubt>> MessageTable::oldestDoubt(const QString &accountId)
{
    // The last two terms are what makes SQLite use the partial index.
    Statement statement(m_database,
                        "SELECT seq, in_doubt FROM messages WHERE account_id = ? "
                        "AND in_doubt IS NOT NULL AND rule_resends = 0 ORDER BY in_doubt LIMIT 1");
    statement.bind(accountId);
    return statement.row([](const Statement &row) -> Doubt { return Doubt { row.number(0), row.time(1) }; });
}

Result<SentCount> MessageTable::underWay(const QString &accountId)
{
    Statement statement(m_database,
                        "SELECT count(DISTINCT recipients.message), count(*) FROM messages "
                        "JOIN recipients ON recipients.message = messages.seq "
                        "WHERE messages.state IN ('preparing', 'sending') AND messages.state = 'sending' "
                        "AND messages.account_id = ? AND recipients.state = 'sending'");
    statement.bind(accountId);
    if (const auto done = statement.execute(); !done) {
        return base::Unexpected(done.error());
    }
    SentCount count;
    if (statement.next()) {
        count = { statement.smallNumber(0), statement.smallNumber(1) };
    }
    return count;
}

Result<QList<MessageTable::DueAccount>> MessageTable::dueAccounts()
{
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
    return statement.rows([](const Statement &row) -> DueAccount { return { row.text(0), row.time(1) }; });
}

Result<std::optional<qint64>> MessageTable::nextOfAccount(const QString &accountId, const QDateTime &now)
{
    Statement statement(m_database,
                        "SELECT seq FROM messages WHERE account_id = ? AND due IS NOT NULL AND due <= ? "
                        "ORDER BY due, seq LIMIT 1");
    statement.bind(accountId).bind(now);
    return statement.row([](const Statement &row) -> qint64 { return row.number(0); });
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

Result<void> MessageTable::replaceRecipient(const StoredMessage &message, qsizetype place)
{
    const Recipient &recipient = message.summary.recipients.at(place);
    Statement statement(m_database,
                        "UPDATE recipients SET address = ?, state = ?, code = 0, enhanced = '', text = '', "
                        "changed = ?, former = ? WHERE message = ? AND position = ?");
    statement.bindUtf8(recipient.address)
        .bind(toString(recipient.state))
        .bind(recipient.changed)
        .bindUtf8(recipient.former)
        .bind(message.row)
        .bind(qint64 { place });
    return statement.execute();
}

Result<void> MessageTable::saveRecipient(const StoredMessage &message, qsizetype place)
{
    const Recipient &recipient = message.summary.recipients.at(place);
    Statement statement(m_database,
                        "UPDATE recipients SET state = ?, code = ?, enhanced = ?, text = ?, changed = ? "
                        "WHERE message = ? AND position = ?");
    statement.bind(toString(recipient.state))
        .bind(recipient.code)
        .bindUtf8(recipient.enhanced)
        .bind(recipient.text)
        .bind(recipient.changed)
        .bind(message.row)
        .bind(qint64 { place });
    return statement.execute();
}

Result<StoredContent> MessageTable::content(const StoredMessage &message)
{
    StoredContent content;
    {
        Statement statement(m_database,
                            "SELECT draft, stamp, octets, digest FROM contents "
                            "WHERE message = ? AND owner IN (?, '')");
        statement.bind(message.row).bind(message.summary.id);
        if (const auto done = statement.execute(); !done) {
            return base::Unexpected(done.error());
        }
        if (statement.next()) {
            content.draft = statement.text(0);
            content.stamp = statement.text(1);
            content.octets = statement.blob(2);
            content.digest = statement.blob(3);
        }
    }
    Statement statement(m_database,
                        "SELECT name, role FROM spool_files WHERE message = ? ORDER BY role, position");
    statement.bind(message.row);
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

Result<StoredContent> MessageTable::finishedContent(const StoredMessage &message)
{
    {
        Statement statement(m_database,
                            "SELECT octets, digest FROM contents WHERE message = ? AND owner IN (?, '')");
        statement.bind(message.row).bind(message.summary.id);
        if (const auto done = statement.execute(); !done) {
            return base::Unexpected(done.error());
        }
        StoredContent content;
        if (statement.next()) {
            content.octets = statement.blob(0);
            content.digest = statement.blob(1);
        }
        if (!content.octets.isEmpty()) {
            return content; // it has no file
        }
    }
    return content(message);
}

Result<void> MessageTable::setContent(qint64 message, const StoredContent &content)
{
    {
        Statement statement(m_database, "UPDATE contents SET octets = ?, digest = ? WHERE message = ?");
        statement.bindBlob(content.octets).bindBlob(content.digest).bind(message);
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
    if (content.spoolName.isEmpty()) {
        return {};
    }
    return insertSpoolFile(content.spoolName, message, u"content"_s, 0);
}

bool MessageTable::isSpoolFileNeeded(const QString &name)
{
    Statement statement(m_database, "SELECT 1 FROM spool_files WHERE name = ?");
    statement.bind(name);
    // A question that cannot be answered keeps the file.
    return !statement.execute() || statement.next() || !statement.error();
}

} // namespace postrider::outbox
