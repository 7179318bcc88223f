// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "outbox/database.h"
#include "outbox/store.h"

#include <optional>

namespace postrider::outbox {

/// The statements about accounts as a whole: their trouble, and what is known of their servers. Like
/// MessageTable.
class AccountTable
{
public:
    explicit AccountTable(Database &database)
        : m_database(database)
    { }

    /// A ready one when nothing is stored.
    [[nodiscard]] Result<AccountHold> hold(const QString &accountId);
    /// Everything but the number of releases.
    [[nodiscard]] Result<void> setHold(const QString &accountId, const AccountHold &hold);
    enum class Failures { Kept, Forgotten };
    /// A person lets the account go.
    [[nodiscard]] Result<void> release(const QString &accountId, Failures failures);
    /// All that have been in trouble; how often they failed stays known.
    [[nodiscard]] Result<void> releaseAll();

    [[nodiscard]] Result<std::optional<ServerFacts>> facts(const QString &accountId);
    [[nodiscard]] Result<void> setFacts(const QString &accountId, const ServerFacts &facts);
    [[nodiscard]] Result<std::optional<LearntHabits>> habits(const QString &accountId);
    [[nodiscard]] Result<void> setHabits(const QString &accountId, const LearntHabits &habits);
    /// Facts and habits.
    [[nodiscard]] Result<void> forgetServer(const QString &accountId);

private:
    Database &m_database;
};

} // namespace postrider::outbox
