// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "outbox/message.h"

#include <QList>
#include <QUuid>

namespace postrider::outbox {

/// A message in as little room as a list of 100,000 can give each: 32 octets.
struct ListedMessage
{
    qint64 row = 0; ///< a message that was queued later has a higher one
    QUuid id {};
    MessageState state = MessageState::Queued; ///< as stored, without its account's trouble
    HoldReason hold = HoldReason::None;
};

/// What somebody has already who keeps a list of the outbox, and what he shows of it.
struct ListReader
{
    qint64 change = -1;       ///< ListUpdate::change of the last answer; -1: there was none
    qint64 version = -1;      ///< the same of ListUpdate::version
    QList<qint64> shown {};   ///< rows whose summaries are told again when they may read differently
    QList<qint64> missing {}; ///< rows whose summaries are not known yet
};

/// A summary and whose it is.
struct ListedSummary
{
    qint64 row = 0;
    MessageSummary summary {};
};

/// What is different from what a ListReader has.
struct ListUpdate
{
    enum class Extent {
        Everything, ///< messages is the whole outbox
        Changes,    ///< messages are those that are new or have another state
    };
    Extent extent = Extent::Everything;
    QList<ListedMessage> messages {}; ///< newest first
    QList<qint64> removed {};         ///< newest first; empty with Everything
    /// Of the missing ones that exist, of the shown ones that may have changed, and of a few new ones.
    QList<ListedSummary> summaries {};
    qint64 change = -1;
    qint64 version = -1;
};

/// The list in the place of one that was read before; newest first.
[[nodiscard]] QList<ListedMessage> merged(const QList<ListedMessage> &former, const ListUpdate &update);

} // namespace postrider::outbox
