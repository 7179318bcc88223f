// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/sentrecordtable.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace postrider::outbox {
namespace {

[[nodiscard]] QString toText(const QList<Recipient> &recipients)
{
    QJsonArray array;
    for (const Recipient &recipient : recipients) {
        array.append(QJsonObject {
            { u"address"_s, QString::fromUtf8(recipient.address) },
            { u"code"_s, recipient.code },
            { u"enhanced"_s, QString::fromLatin1(recipient.enhanced) },
            { u"text"_s, recipient.text },
            { u"changed"_s, recipient.changed.toMSecsSinceEpoch() },
        });
    }
    return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
}

[[nodiscard]] QList<Recipient> recipientsFrom(const QString &text)
{
    QList<Recipient> recipients;
    const QJsonArray array = QJsonDocument::fromJson(text.toUtf8()).array();
    for (const QJsonValue &value : array) {
        const QJsonObject object = value.toObject();
        recipients.append({ object["address"_L1].toString().toUtf8(), RecipientState::Sent,
                            object["code"_L1].toInt(), object["enhanced"_L1].toString().toLatin1(),
                            object["text"_L1].toString(),
                            QDateTime::fromMSecsSinceEpoch(object["changed"_L1].toInteger(), Qt::UTC) });
    }
    return recipients;
}

} // namespace

Result<QList<qint64>> SentRecordTable::rowsSentBefore(const QDateTime &time, int limit)
{
    Statement statement(m_database,
                        "SELECT seq FROM messages WHERE state = 'sent' AND changed < ? ORDER BY seq LIMIT ?");
    statement.bind(time).bind(limit);
    return statement.rows([](const Statement &row) -> qint64 { return row.number(0); });
}

Result<void> SentRecordTable::replace(const StoredMessage &message)
{
    const MessageSummary &summary = message.summary;
    {
        Statement statement(m_database,
                            "INSERT INTO sent_records (seq, id, message_id, account_id, subject, "
                            "reverse_path, size, created, sent, recipients) "
                            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        statement.bind(message.row)
            .bind(summary.id)
            .bindUtf8(summary.messageId)
            .bind(summary.accountId)
            .bind(summary.subject)
            .bindUtf8(message.reversePath)
            .bind(summary.size)
            .bind(summary.created)
            .bind(summary.changed)
            .bind(toText(summary.recipients));
        if (const auto done = statement.execute(); !done) {
            return done;
        }
    }
    Statement statement(m_database, "DELETE FROM messages WHERE seq = ?");
    statement.bind(message.row);
    return statement.execute();
}

Result<void> SentRecordTable::removeSentBefore(const QDateTime &time)
{
    Statement statement(m_database, "DELETE FROM sent_records WHERE sent < ?");
    statement.bind(time);
    return statement.execute();
}

Result<QList<SentRecord>> SentRecordTable::page(int limit, int offset)
{
    Statement statement(m_database,
                        "SELECT id, message_id, account_id, subject, reverse_path, size, created, sent, "
                        "recipients FROM sent_records ORDER BY sent DESC, seq DESC LIMIT ? OFFSET ?");
    statement.bind(limit).bind(offset);
    return statement.rows([](const Statement &row) -> SentRecord {
        return { row.text(0),   row.bytes(1), row.text(2),
                 row.text(3),   row.bytes(4), recipientsFrom(row.text(8)),
                 row.number(5), row.time(6),  row.time(7) };
    });
}

} // namespace postrider::outbox
