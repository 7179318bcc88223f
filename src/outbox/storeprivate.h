// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "outbox/accounttable.h"
#include "outbox/attempttable.h"
#include "outbox/changelog.h"
#include "outbox/database.h"
#include "outbox/messagetable.h"
#include "outbox/pacetable.h"
#include "outbox/spool.h"
#include "outbox/store.h"
#include "outbox/transitions.h"

#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>

#include <memory>
#include <optional>
#include <utility>

// What the pieces of the store share: store.cpp opens and reads, storequeueing.cpp takes messages in,
// storeholding.cpp lets go what leaves later, storedelivering.cpp begins attempts, storeoutcomes.cpp ends
// them, storepace.cpp counts them, storedecisions.cpp does what a person decides, storekeeping.cpp removes
// what is old, storeviewing.cpp tells what is different from what a window shows.

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

/// Of what a message is going to be written from.
[[nodiscard]] inline QByteArray draftDigest(const StoredContent &content)
{
    return QCryptographicHash::hash((content.draft + content.stamp).toUtf8(), ContentDigest);
}

[[nodiscard]] inline StoredContent toStored(const ContentWriter::Content &content)
{
    StoredContent stored;
    stored.octets = content.octets;
    stored.spoolName = content.spoolName;
    stored.digest = content.digest;
    return stored;
}

/// Whether a planned time has come, or lies further ahead than any that is planned: the computer's clock was
/// put back since then. Not for what a person scheduled.
[[nodiscard]] bool isOver(const QDateTime &planned, const QDateTime &now);

/// Where a message stands that leaves by itself.
struct Placement
{
    MessageState state = MessageState::Queued;
    HoldReason hold = HoldReason::None;
    QDateTime nextAttempt {};
    Problem problem {};
};

/// By its chosen time and its undo window.
[[nodiscard]] Placement placementOf(const StoredMessage &message, const QDateTime &now);

/// A message before it is in the table.
struct NewMessage
{
    StoredMessage row {};
    StoredContent content {};
};

/// What each account sent in one transaction.
using SentCounts = QHash<QString, SentCount>;

/// The database, the spool, and what more than one piece needs. Functions without a transaction of their own
/// are called within one.
class Store::Private
{
public:
    Private(std::unique_ptr<Database> openedDatabase, QString spoolFolder, const base::Clock &timeSource)
        : database(std::move(openedDatabase))
        , table(*database)
        , history(*database)
        , accounts(*database)
        , paces(*database)
        , changes(*database)
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
    [[nodiscard]] bool isOver(const QDateTime &planned) const { return outbox::isOver(planned, clock.now()); }
    /// The account's trouble with its pace laid over it.
    [[nodiscard]] Result<AccountHold> shownHold(const QString &accountId);
    /// Gives back the room of files whose row was refused. After an error of another kind the commit may yet
    /// turn out to be on disk, so the files stay; without a row they are removed as orphans a day later.
    void removeRefused(const QStringList &names, const StoreError &error) const;

    // storequeueing.cpp
    /// Everything but the row: what is large enough for the spool is on disk there.
    [[nodiscard]] Result<NewMessage> takeFile(QIODevice &message, const SendOptions &options) const;
    /// In a transaction of its own.
    [[nodiscard]] Result<QList<MessageId>> insert(QList<NewMessage> &messages);

    // storeholding.cpp
    /// Puts a message where it waits or leaves from.
    [[nodiscard]] Result<void> place(StoredMessage &message, Event event, const Placement &placement);
    /// A person lets it go earlier.
    [[nodiscard]] Result<void> forgetSchedule(StoredMessage &message);
    [[nodiscard]] Result<void> renewUndoWindows();
    /// In a transaction of its own, if there is anything to let go.
    [[nodiscard]] Result<void> releaseScheduled(Event event);
    /// What has been in doubt leaves again.
    [[nodiscard]] Result<void> resend(qint64 row);

    // storepace.cpp
    [[nodiscard]] Result<PaceVerdict> judge(const QString &accountId);
    [[nodiscard]] Result<void> noteSent(const SentCounts &counts);

    // storedelivering.cpp
    /// The ids of what is `preparing`.
    [[nodiscard]] Result<QStringList> preparing();
    [[nodiscard]] Result<void> recover(qint64 row, SentCounts &sent);
    /// The row of the account's next message, if one is due.
    [[nodiscard]] Result<std::optional<qint64>> nextDue(const QString &accountId);
    /// Whether the message is what it was when it was written, as far as it is sent.
    [[nodiscard]] bool isWhole(const StoredMessage &message, const StoredContent &content) const;
    /// A message of which only a person can still make something.
    [[nodiscard]] Result<void> setAsideDamaged(StoredMessage &message);
    /// For at most so many of its recipients.
    [[nodiscard]] Result<Job> begin(StoredMessage &message, const StoredContent &content, int recipients);
    /// Makes the recipients whose turn it is `sending`.
    [[nodiscard]] Result<void> beginRecipients(StoredMessage &message, int limit);

    // storeoutcomes.cpp
    [[nodiscard]] Result<void> finish(qint64 attempt, const AttemptOutcome &outcome, SentCounts &sent);
    [[nodiscard]] Result<void> finish(StoredMessage &message, const StoredAttempt &attempt,
                                      const AttemptOutcome &outcome, SentCounts &sent);
    /// Ends an attempt that nobody will finish.
    [[nodiscard]] Result<void> abandon(const StoredAttempt &attempt, const QString &outcome,
                                       const Problem &problem);
    [[nodiscard]] Result<void> noteFailedTry(const FailedTry &failed);

    std::unique_ptr<Database> database;
    MessageTable table;
    AttemptTable history;
    AccountTable accounts;
    PaceTable paces;
    ChangeLog changes;
    Spool spool;
    const base::Clock &clock;
    QString setAside {};
};

} // namespace postrider::outbox
