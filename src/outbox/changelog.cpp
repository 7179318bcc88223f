// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/changelog.h"

#include "outbox/database.h"

using namespace Qt::StringLiterals;

namespace postrider::outbox {
namespace {

/// Many more than change between two looks, and little enough to be kept in memory.
constexpr qint64 Kept = 4096;
/// In the place of a message's row: an account.
constexpr qint64 AllMessages = 0;

constexpr qsizetype IdLength = 36;

/// Turns rows of two columns, seq and id || state || ' ' || hold, into messages. Of 100,000 rows most of the
/// time goes into texts: one is cheaper than three, and most rows have the same words as the one before.
class RowReader
{
public:
    [[nodiscard]] ListedMessage read(const Statement &statement)
    {
        const QString text = statement.text(1);
        const QStringView words = QStringView(text).mid(IdLength);
        if (words != m_words) {
            m_words = words.toString();
            const qsizetype blank = m_words.indexOf(u' ');
            m_state = messageStateFromString(m_words.first(qMax(blank, 0)));
            m_hold = holdReasonFromString(m_words.mid(blank + 1));
        }
        return { statement.number(0), QUuid::fromString(QStringView(text).first(qMin(IdLength, text.size()))),
                 m_state, m_hold };
    }

private:
    QString m_words {};
    MessageState m_state = MessageState::Damaged;
    HoldReason m_hold = HoldReason::None;
};

[[nodiscard]] QString trigger(const QString &name, const QString &event, const QString &row)
{
    // The number of the change is that of the row, which counts up without gaps.
    return u"CREATE TEMP TRIGGER %1 AFTER %2 BEGIN "
           "INSERT INTO message_changes (message) VALUES (%3); "
           "DELETE FROM message_changes WHERE change = last_insert_rowid() - %4; END"_s.arg(
               name, event, row, QString::number(Kept));
}

} // namespace

Result<void> ChangeLog::begin()
{
    if (m_isBegun) {
        return {};
    }
    const QString all = QString::number(AllMessages);
    const QStringList statements {
        u"PRAGMA temp_store = MEMORY"_s,
        u"CREATE TEMP TABLE message_changes (change INTEGER PRIMARY KEY, message INTEGER NOT NULL)"_s,
        trigger(u"message_added"_s, u"INSERT ON main.messages"_s, u"new.seq"_s),
        trigger(u"message_changed"_s, u"UPDATE ON main.messages"_s, u"new.seq"_s),
        trigger(u"message_removed"_s, u"DELETE ON main.messages"_s, u"old.seq"_s),
        trigger(u"hold_added"_s, u"INSERT ON main.account_holds"_s, all),
        trigger(u"hold_changed"_s, u"UPDATE ON main.account_holds"_s, all),
        trigger(u"hold_removed"_s, u"DELETE ON main.account_holds"_s, all),
        trigger(u"pace_added"_s, u"INSERT ON main.paces"_s, all),
        trigger(u"pace_changed"_s, u"UPDATE ON main.paces"_s, all),
        trigger(u"pace_removed"_s, u"DELETE ON main.paces"_s, all),
    };
    for (const QString &statement : statements) {
        if (const auto done = m_database.run(statement); !done) {
            return done;
        }
    }
    m_isBegun = true;
    return {};
}

Result<qint64> ChangeLog::last()
{
    const auto change = m_database.ask(u"SELECT max(change) FROM message_changes"_s);
    if (!change) {
        return base::Unexpected(change.error());
    }
    return change->toLongLong();
}

bool ChangeLog::isKnownSince(qint64 change, qint64 last)
{
    return change >= 0 && change <= last && last - change <= Kept;
}

Result<ChangeLog::Changes> ChangeLog::since(qint64 change)
{
    Changes changes;
    Statement statement(
        m_database,
        "SELECT messages.seq, messages.id || messages.state || ' ' || messages.hold, "
        "changed.message FROM (SELECT DISTINCT message FROM message_changes WHERE change > ?) AS changed "
        "LEFT JOIN messages ON messages.seq = changed.message ORDER BY changed.message DESC");
    statement.bind(change);
    RowReader reader;
    if (const auto done = statement.execute(); !done) {
        return base::Unexpected(done.error());
    }
    while (statement.next()) {
        const qint64 row = statement.number(2);
        if (row == AllMessages) {
            changes.concernsAll = true;
        } else if (statement.isNull(0)) {
            changes.removed.append(row);
        } else {
            changes.messages.append(reader.read(statement));
        }
    }
    if (const auto done = statement.error(); !done) {
        return base::Unexpected(done.error());
    }
    return changes;
}

Result<QList<ListedMessage>> ChangeLog::everything()
{
    QList<ListedMessage> messages;
    RowReader reader;
    Statement statement(m_database, "SELECT seq, id || state || ' ' || hold FROM messages ORDER BY seq DESC");
    if (const auto done = statement.execute(); !done) {
        return base::Unexpected(done.error());
    }
    while (statement.next()) {
        messages.append(reader.read(statement));
    }
    if (const auto done = statement.error(); !done) {
        return base::Unexpected(done.error());
    }
    return messages;
}

Result<QList<qint64>> ChangeLog::existing(const QList<qint64> &rows)
{
    QList<qint64> found;
    for (const qint64 row : rows) {
        Statement statement(m_database, "SELECT 1 FROM messages WHERE seq = ?");
        statement.bind(row);
        if (const auto done = statement.execute(); !done) {
            return base::Unexpected(done.error());
        }
        if (statement.next()) {
            found.append(row);
        } else if (const auto done = statement.error(); !done) {
            return base::Unexpected(done.error());
        }
    }
    return found;
}

} // namespace postrider::outbox
