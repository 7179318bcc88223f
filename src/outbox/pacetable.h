// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "outbox/database.h"
#include "outbox/pace.h"
#include "outbox/store.h"

namespace postrider::outbox {

/// The statements about the pace of accounts. Like MessageTable.
class PaceTable
{
public:
    explicit PaceTable(Database &database)
        : m_database(database)
    { }

    /// An empty one when nothing is stored.
    [[nodiscard]] Result<Pace> pace(const QString &accountId);
    [[nodiscard]] Result<void> setChosen(const QString &accountId, const PaceLimits &chosen);
    /// All but what a person chose.
    [[nodiscard]] Result<void> setLearnt(const QString &accountId, const Pace &pace);
    [[nodiscard]] Result<void> forgetLearnt(const QString &accountId);
    /// Of every account.
    [[nodiscard]] Result<void> forgetLearnt();

    /// Oldest first.
    [[nodiscard]] Result<QList<SentSlot>> sentSince(const QString &accountId, const QDateTime &since);
    /// Adds to the slot of a time, and forgets those that no limit looks at any more.
    [[nodiscard]] Result<void> addSent(const QString &accountId, const SentCount &sent, const QDateTime &now);

private:
    Database &m_database;
};

} // namespace postrider::outbox
