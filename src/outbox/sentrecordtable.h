// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "outbox/database.h"
#include "outbox/messagetable.h"
#include "outbox/store.h"

#include <QDateTime>
#include <QList>

namespace postrider::outbox {

/// The statements about messages that were sent long ago. Like MessageTable.
class SentRecordTable
{
public:
    explicit SentRecordTable(Database &database)
        : m_database(database)
    { }

    /// Messages that are completely sent, oldest first.
    [[nodiscard]] Result<QList<qint64>> rowsSentBefore(const QDateTime &time, int limit);
    /// Puts the record into the place of the message and all that belongs to it.
    [[nodiscard]] Result<void> replace(const StoredMessage &message);
    [[nodiscard]] Result<void> removeSentBefore(const QDateTime &time);
    /// Newest first.
    [[nodiscard]] Result<QList<SentRecord>> page(int limit, int offset);

private:
    Database &m_database;
};

} // namespace postrider::outbox
