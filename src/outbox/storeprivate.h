// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "outbox/accounttable.h"
#include "outbox/database.h"
#include "outbox/messagetable.h"
#include "outbox/spool.h"
#include "outbox/store.h"
#include "outbox/transitions.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <memory>
#include <optional>
#include <utility>

// What the pieces of the store share: store.cpp opens and reads, storequeueing.cpp takes messages in,
// storedelivering.cpp begins attempts, storeoutcomes.cpp ends them, storedecisions.cpp does what a person
// decides.

namespace postrider::outbox {

[[nodiscard]] inline base::Unexpected<StoreError> failure(StoreError::Kind kind, const QString &subject = {},
                                                          const QString &reason = {})
{
    return base::Unexpected(StoreError { kind, subject, reason });
}

[[nodiscard]] inline base::Unexpected<StoreError> wrongState(const MessageSummary &summary)
{
    return failure(StoreError::Kind::WrongState, summary.id, toString(summary.state));
}

[[nodiscard]] inline QString toText(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

[[nodiscard]] inline QJsonObject toObject(const QString &text)
{
    return QJsonDocument::fromJson(text.toUtf8()).object();
}

/// The database, the spool, and what more than one piece needs. Functions without a transaction of their own
/// are called within one.
class Store::Private
{
public:
    Private(std::unique_ptr<Database> openedDatabase, QString spoolFolder, const base::Clock &timeSource)
        : database(std::move(openedDatabase))
        , table(*database)
        , accounts(*database)
        , spool(std::move(spoolFolder))
        , clock(timeSource)
    { }

    /// One message, changed by a function inside a transaction; nothing is changed when the function fails.
    template <typename F>
    [[nodiscard]] Result<void> change(const MessageId &id, F &&function)
    {
        Transaction transaction(*database);
        if (const auto begun = transaction.begin(Transaction::Purpose::Write); !begun) {
            return begun;
        }
        auto message = table.load(id);
        if (!message) {
            return base::Unexpected(message.error());
        }
        if (const Result<void> changed = function(*message); !changed) {
            return changed;
        }
        return transaction.commit();
    }

    // store.cpp
    /// Makes a step of the table of transitions and writes the message's row.
    [[nodiscard]] Result<void> step(StoredMessage &message, Event event, MessageState to,
                                    HoldReason reason = HoldReason::None);
    /// Summaries with their accounts' trouble laid over them.
    [[nodiscard]] Result<QList<MessageSummary>> summaries(const QList<qint64> &rows);
    /// Whether a planned time has come, or lies further ahead than any that is planned: the computer's clock
    /// was put back since then.
    [[nodiscard]] bool isOver(const QDateTime &planned) const;
    /// Gives back the room of files whose row was refused. After an error of another kind the commit may yet
    /// turn out to be on disk, so the files stay; without a row they are removed as orphans a day later.
    void removeRefused(const QStringList &names, const StoreError &error) const;

    // storequeueing.cpp
    /// In a transaction of its own.
    [[nodiscard]] Result<MessageId> insert(StoredMessage &message, const StoredContent &content);

    // storedelivering.cpp
    /// The ids of what is `preparing`.
    [[nodiscard]] Result<QStringList> preparing();
    [[nodiscard]] Result<void> recover(qint64 row);
    /// The row of the account's next message, if one is due.
    [[nodiscard]] Result<std::optional<qint64>> nextDue(const QString &accountId);
    [[nodiscard]] Result<Job> begin(StoredMessage &message);

    // storeoutcomes.cpp
    [[nodiscard]] Result<void> finish(qint64 attempt, const AttemptOutcome &outcome);
    [[nodiscard]] Result<void> finish(StoredMessage &message, const StoredAttempt &attempt,
                                      const AttemptOutcome &outcome);
    /// Ends an attempt that nobody will finish.
    [[nodiscard]] Result<void> abandon(const StoredAttempt &attempt, const QString &outcome,
                                       const Problem &problem);
    [[nodiscard]] Result<void> noteFailedTry(const FailedTry &failed);

    std::unique_ptr<Database> database;
    MessageTable table;
    AccountTable accounts;
    Spool spool;
    const base::Clock &clock;
    QString setAside {};
};

} // namespace postrider::outbox
