// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/pacetable.h"

namespace postrider::outbox {
namespace {

using namespace std::chrono_literals;

/// The longest time that a limit is about, and one more hour.
constexpr std::chrono::milliseconds CountedTime = 25h;

[[nodiscard]] qint64 slotOf(const QDateTime &time)
{
    const qint64 milliseconds = time.toMSecsSinceEpoch();
    return milliseconds - milliseconds % SentSlot::Length.count();
}

[[nodiscard]] std::optional<int> numberOrNothing(const Statement &statement, int column)
{
    return statement.isNull(column) ? std::nullopt : std::optional(statement.smallNumber(column));
}

void bindLimits(Statement &statement, const PaceLimits &limits)
{
    for (const std::optional<int> &limit : { limits.messagesPerMinute, limits.messagesPerDay,
                                             limits.recipientsPerMessage, limits.recipientsPerDay }) {
        statement.bind(limit ? std::optional<qint64>(*limit) : std::nullopt);
    }
}

} // namespace

Result<Pace> PaceTable::pace(const QString &accountId)
{
    Statement statement(m_database,
                        "SELECT chosen_per_minute, chosen_per_day, chosen_per_message, "
                        "chosen_recipients_per_day, learnt_per_minute, learnt_per_day, learnt_per_message, "
                        "learnt_recipients_per_day, learnt, closed_until, closed_by FROM paces "
                        "WHERE account_id = ?");
    statement.bind(accountId);
    if (const auto done = statement.execute(); !done) {
        return base::Unexpected(done.error());
    }
    if (!statement.next()) {
        return Pace {};
    }
    return Pace { { numberOrNothing(statement, 0), numberOrNothing(statement, 1),
                    numberOrNothing(statement, 2), numberOrNothing(statement, 3) },
                  { numberOrNothing(statement, 4), numberOrNothing(statement, 5),
                    numberOrNothing(statement, 6), numberOrNothing(statement, 7) },
                  statement.time(8),
                  statement.time(9),
                  problemFromText(statement.text(10)) };
}

Result<void> PaceTable::setChosen(const QString &accountId, const PaceLimits &chosen)
{
    Statement statement(
        m_database,
        "INSERT INTO paces (account_id, chosen_per_minute, chosen_per_day, chosen_per_message, "
        "chosen_recipients_per_day) VALUES (?, ?, ?, ?, ?) ON CONFLICT (account_id) DO UPDATE SET "
        "chosen_per_minute = excluded.chosen_per_minute, chosen_per_day = excluded.chosen_per_day, "
        "chosen_per_message = excluded.chosen_per_message, "
        "chosen_recipients_per_day = excluded.chosen_recipients_per_day");
    statement.bind(accountId);
    bindLimits(statement, chosen);
    return statement.execute();
}

Result<void> PaceTable::setLearnt(const QString &accountId, const Pace &pace)
{
    Statement statement(
        m_database,
        "INSERT INTO paces (account_id, learnt_per_minute, learnt_per_day, learnt_per_message, "
        "learnt_recipients_per_day, learnt, closed_until, closed_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (account_id) DO UPDATE SET "
        "learnt_per_minute = excluded.learnt_per_minute, learnt_per_day = excluded.learnt_per_day, "
        "learnt_per_message = excluded.learnt_per_message, "
        "learnt_recipients_per_day = excluded.learnt_recipients_per_day, learnt = excluded.learnt, "
        "closed_until = excluded.closed_until, closed_by = excluded.closed_by");
    statement.bind(accountId);
    bindLimits(statement, pace.learnt);
    statement.bind(pace.learntAt).bind(pace.closedUntil).bind(toText(pace.closedBy));
    return statement.execute();
}

Result<void> PaceTable::forgetLearnt(const QString &accountId)
{
    Statement statement(m_database,
                        "UPDATE paces SET learnt_per_minute = NULL, learnt_per_day = NULL, "
                        "learnt_per_message = NULL, learnt_recipients_per_day = NULL, learnt = NULL, "
                        "closed_until = NULL, closed_by = '' WHERE account_id = ?");
    statement.bind(accountId);
    return statement.execute();
}

Result<void> PaceTable::forgetLearnt()
{
    Statement statement(m_database,
                        "UPDATE paces SET learnt_per_minute = NULL, learnt_per_day = NULL, "
                        "learnt_per_message = NULL, learnt_recipients_per_day = NULL, learnt = NULL, "
                        "closed_until = NULL, closed_by = ''");
    return statement.execute();
}

Result<QList<SentSlot>> PaceTable::sentSince(const QString &accountId, const QDateTime &since)
{
    Statement statement(m_database,
                        "SELECT slot, messages, recipients FROM sent_counts "
                        "WHERE account_id = ? AND slot >= ? ORDER BY slot");
    statement.bind(accountId).bind(slotOf(since));
    return statement.rows([](const Statement &row) -> SentSlot {
        return { row.time(0), { row.smallNumber(1), row.smallNumber(2) } };
    });
}

Result<void> PaceTable::addSent(const QString &accountId, const SentCount &sent, const QDateTime &now)
{
    {
        Statement statement(m_database,
                            "INSERT INTO sent_counts (account_id, slot, messages, recipients) "
                            "VALUES (?, ?, ?, ?) ON CONFLICT (account_id, slot) DO UPDATE SET "
                            "messages = messages + excluded.messages, "
                            "recipients = recipients + excluded.recipients");
        statement.bind(accountId).bind(slotOf(now)).bind(sent.messages).bind(sent.recipients);
        if (const auto done = statement.execute(); !done) {
            return done;
        }
    }
    Statement statement(m_database, "DELETE FROM sent_counts WHERE account_id = ? AND slot < ?");
    statement.bind(accountId).bind(now.addMSecs(-CountedTime.count()));
    return statement.execute();
}

} // namespace postrider::outbox
