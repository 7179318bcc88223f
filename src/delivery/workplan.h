// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "delivery/storethread.h"
#include "outbox/store.h"

#include <QDateTime>
#include <QHash>
#include <QList>
#include <QStringList>

#include <chrono>

/// What the outbox has for the courier at a moment. In the store thread only.
namespace postrider::delivery {

/// How long a message is in doubt before its account's rule sends it again: most servers that have it have
/// handed it on by then, and a person may have heard from its recipient.
constexpr std::chrono::seconds ResendAge = std::chrono::minutes { 30 };
/// How long before a message leaves its connection is made ready. Shorter than what a server waits for a
/// command and than what an idle connection is kept for.
constexpr std::chrono::seconds PreparationTime = std::chrono::seconds { 20 };

/// What leaves sooner than this is not handed to a server that would keep it until then.
constexpr std::chrono::seconds ShortestKeeping = std::chrono::minutes { 1 };

/// What accounts want of their own.
struct AccountRules
{
    QStringList resending {}; ///< accounts with accounts::InDoubtRule::Resend
    /// Accounts with accounts::LaterDelivery::HoldAtServer: the latest time until which their server may keep
    /// a message back
    QHash<QString, QDateTime> keptByServer {};
};

struct WorkPlan
{
    QList<outbox::MessageSummary> due {};  ///< the next message of each account that may send now
    QList<outbox::MessageSummary> soon {}; ///< leave within PreparationTime; their accounts may send
    QDateTime next {};                     ///< when to look again; null: nothing is planned
};

/**
 * Lets go what has become due or may be handed over before, and reads what is due.
 *
 * @return StoreError when nothing can be said; what only could not be sent again is tried at the next look
 */
[[nodiscard]] outbox::Result<WorkPlan> planWork(Disk &disk, const AccountRules &rules, const QDateTime &now);

} // namespace postrider::delivery
