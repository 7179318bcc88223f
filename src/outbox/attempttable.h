// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "outbox/database.h"
#include "outbox/store.h"

#include <QDateTime>
#include <QList>

namespace postrider::outbox {

struct StoredAttempt
{
    qint64 id = 0;
    qint64 message = 0;
    bool ended = false;
    bool finalOctet = false;
};

/// The statements about the tries of messages. Like MessageTable.
class AttemptTable
{
public:
    explicit AttemptTable(Database &database)
        : m_database(database)
    { }

    [[nodiscard]] Result<qint64> insert(qint64 message, const QDateTime &started);
    /// WrongState when there is none.
    [[nodiscard]] Result<StoredAttempt> find(qint64 id);
    [[nodiscard]] Result<QList<StoredAttempt>> open(qint64 message);
    /// For people, in order.
    [[nodiscard]] Result<QList<Attempt>> all(qint64 message);
    enum class FinalOctet { Kept, Released };
    [[nodiscard]] Result<void> setFinalOctet(qint64 attempt, FinalOctet mark);
    [[nodiscard]] Result<void> end(qint64 id, const Attempt &attempt);

private:
    Database &m_database;
};

} // namespace postrider::outbox
