// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "outbox/database.h"
#include "outbox/store.h"

#include <QDateTime>
#include <QList>
#include <QStringList>

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
};

/// What goes into the table with a new message besides its row.
struct StoredContent
{
    QString draft {}; ///< JSON
    QString stamp {}; ///< JSON
    QByteArray octets {};
    QString spoolName {};
    QStringList attachments {}; ///< spool names, in the draft's order
};

struct StoredAttempt
{
    qint64 id = 0;
    qint64 message = 0;
    bool ended = false;
    bool finalOctet = false;
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
    /// State, hold, problem, counters, times, what is recorded, and what rendering found out; not the
    /// recipients.
    [[nodiscard]] Result<void> save(const StoredMessage &message);

    [[nodiscard]] Result<QList<qint64>> page(int limit, int offset);
    [[nodiscard]] Result<QStringList> idsBetween(const QString &first, const QString &last);
    [[nodiscard]] Result<QList<qint64>> rowsOfUnfinished(MessageState state);
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
    /// Writes one recipient's state and the words about it.
    [[nodiscard]] Result<void> saveRecipient(qint64 message, const Recipient &recipient);

    [[nodiscard]] Result<StoredContent> content(qint64 message);
    /// Puts the finished message in the place of its frozen attachments.
    [[nodiscard]] Result<void> setContent(qint64 message, const QByteArray &octets, const QString &spoolName);
    [[nodiscard]] bool isSpoolFileNeeded(const QString &name);

    [[nodiscard]] Result<qint64> insertAttempt(qint64 message, const QDateTime &started);
    [[nodiscard]] Result<StoredAttempt> attempt(qint64 id);
    [[nodiscard]] Result<QList<StoredAttempt>> openAttempts(qint64 message);
    [[nodiscard]] Result<QList<Attempt>> attempts(qint64 message);
    enum class FinalOctet { Kept, Released };
    [[nodiscard]] Result<void> setFinalOctet(qint64 attempt, FinalOctet mark);
    [[nodiscard]] Result<void> endAttempt(qint64 id, const Attempt &attempt);

private:
    [[nodiscard]] Result<void> insertSpoolFile(const QString &name, qint64 message, const QString &role,
                                               qint64 position);
    [[nodiscard]] Result<QList<Recipient>> recipients(qint64 message);

    Database &m_database;
};

} // namespace postrider::outbox
