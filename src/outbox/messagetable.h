// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "outbox/database.h"
#include "outbox/store.h"

#include <QDateTime>
#include <QList>
#include <QStringList>

#include <chrono>
#include <optional>

namespace postrider::outbox {

/// A message's row with its recipients. Everything but `row` and what it was made with can be saved again.
struct StoredMessage
{
    qint64 row = 0;
    MessageSummary summary {}; ///< as stored, before the account's trouble is laid over it
    QByteArray reversePath {};
    bool eightBit = false;
    bool smtpUtf8 = false;
    bool headerUtf8 = false;
    QString services {}; ///< JSON
    Recording recording = Recording::Off;
    int failures = 0;    ///< since a person last asked for a try
    QDateTime queued {}; ///< when the retry schedule began
    std::chrono::seconds undoWindow { 0 };
    std::optional<qint64> envelopeCheck {}; ///< see outbox::envelopeCheck(); nothing: from an earlier version
};

/// What goes into the table with a new message besides its row.
struct StoredContent
{
    QString draft {}; ///< JSON
    QString stamp {}; ///< JSON
    QByteArray octets {};
    QString spoolName {};
    /// Of the finished message; until there is one, see outbox::draftDigest(). Empty: from an earlier
    /// version.
    QByteArray digest {};
    QStringList attachments {}; ///< spool names, in the draft's order
};

/// The statements of the outbox. Each function is one or a few of them; the store puts them into transactions
/// and knows what they mean.
class MessageTable
{
public:
    explicit MessageTable(Database &database)
        : m_database(database)
    { }

    [[nodiscard]] Result<void> insert(StoredMessage &message, const StoredContent &content);
    /// NoSuchMessage when there is none.
    [[nodiscard]] Result<StoredMessage> load(qint64 row);
    [[nodiscard]] Result<StoredMessage> load(const MessageId &id);
    /// State, hold, problem, counters and times; not the recipients.
    [[nodiscard]] Result<void> save(const StoredMessage &message);
    /// What changes rarely: what is known of the content, what is recorded, the chosen time.
    [[nodiscard]] Result<void> saveFacts(const StoredMessage &message);

    [[nodiscard]] Result<QList<qint64>> page(int limit, int offset);
    [[nodiscard]] Result<QStringList> idsBetween(const QString &first, const QString &last);
    [[nodiscard]] Result<QList<qint64>> rowsOfUnfinished(MessageState state);
    [[nodiscard]] Result<QList<qint64>> rowsInUndoWindow();
    /// Scheduled for then or before, earliest first.
    [[nodiscard]] Result<QList<qint64>> rowsScheduledUntil(const QDateTime &time);
    /// The earliest time that something is scheduled for; null: nothing is.
    [[nodiscard]] Result<QDateTime> nextScheduled();
    struct Doubt
    {
        qint64 row = 0;
        QDateTime since {};
    };
    /// The account's message that has been in doubt for the longest and was not sent again by rule.
    [[nodiscard]] Result<std::optional<Doubt>> oldestDoubt(const QString &accountId);
    /// What the account has under way.
    [[nodiscard]] Result<SentCount> underWay(const QString &accountId);
    struct DueAccount
    {
        QString accountId {};
        QDateTime due {};
    };
    /// Every account with something planned and the earliest time of it; cost by accounts, not by messages.
    [[nodiscard]] Result<QList<DueAccount>> dueAccounts();
    [[nodiscard]] Result<std::optional<qint64>> nextOfAccount(const QString &accountId, const QDateTime &now);
    /// Deferred messages and those held for their account become queued, without counting them one by one.
    [[nodiscard]] Result<void> requeueAll(const QDateTime &now);

    /// Changes a message's recipients that are in one state, in the table and in the object.
    [[nodiscard]] Result<void> moveRecipients(StoredMessage &message, RecipientState from, RecipientState to,
                                              const QDateTime &now);
    /// Writes the recipient at a place of the message, of which nothing is known yet.
    [[nodiscard]] Result<void> replaceRecipient(const StoredMessage &message, qsizetype place);
    /// Writes one recipient's state and the words about it.
    [[nodiscard]] Result<void> saveRecipient(const StoredMessage &message, qsizetype place);

    /// Empty where what lies in the content's place is another message's.
    [[nodiscard]] Result<StoredContent> content(const StoredMessage &message);
    /// Octets or spool name, and digest.
    [[nodiscard]] Result<StoredContent> finishedContent(const StoredMessage &message);
    /// Puts the finished message in the place of its frozen attachments.
    [[nodiscard]] Result<void> setContent(qint64 message, const StoredContent &content);
    [[nodiscard]] bool isSpoolFileNeeded(const QString &name);

private:
    [[nodiscard]] Result<void> insertRest(const StoredMessage &message);
    [[nodiscard]] Result<void> insertContent(const StoredMessage &message, const StoredContent &content);
    [[nodiscard]] Result<void> insertSpoolFile(const QString &name, qint64 message, const QString &role,
                                               qint64 position);
    [[nodiscard]] Result<QList<Recipient>> recipients(qint64 message);

    Database &m_database;
};

} // namespace postrider::outbox
