// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/sentrecordtable.h"
#include "outbox/storeprivate.h"

namespace postrider::outbox {
namespace {

/// What one commit reduces; the writer's right is not kept for long.
constexpr int MessagesInCommit = 200;

} // namespace

Result<QList<SentRecord>> Store::sentRecords(int limit, int offset) const
{
    return SentRecordTable(*d->database).page(limit, offset);
}

Result<int> Store::expire(const Retention &retention)
{
    SentRecordTable records(*d->database);
    const QDateTime now = d->clock.now();
    const QDateTime end = now.addSecs(-retention.message.count());
    int reduced = 0;
    qsizetype found = MessagesInCommit;
    while (found == MessagesInCommit) {
        Transaction transaction(*d->database);
        if (const auto begun = transaction.begin(Transaction::Purpose::Write); !begun) {
            return base::Unexpected(begun.error());
        }
        const auto rows = records.rowsSentBefore(end, MessagesInCommit);
        if (!rows) {
            return base::Unexpected(rows.error());
        }
        QStringList files;
        for (const qint64 row : *rows) {
            const auto message = d->table.load(row);
            if (!message) {
                return base::Unexpected(message.error());
            }
            const auto content = d->table.content(*message);
            if (!content) {
                return base::Unexpected(content.error());
            }
            if (const auto replaced = records.replace(*message); !replaced) {
                return base::Unexpected(replaced.error());
            }
            if (!content->spoolName.isEmpty()) {
                files.append(content->spoolName);
            }
        }
        if (const auto committed = transaction.commit(); !committed) {
            return base::Unexpected(committed.error());
        }
        for (const QString &name : std::as_const(files)) {
            d->spool.remove(name);
        }
        found = rows->size();
        reduced += static_cast<int>(found);
    }
    if (retention.record) {
        if (const auto removed = records.removeSentBefore(now.addSecs(-retention.record->count()));
            !removed) {
            return base::Unexpected(removed.error());
        }
    }
    return reduced;
}

} // namespace postrider::outbox
