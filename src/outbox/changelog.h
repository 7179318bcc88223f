// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "outbox/messagelist.h"
#include "outbox/store.h"

#include <QList>

namespace postrider::outbox {

class Database;

/**
 * Which messages this connection changed, so that whoever shows the outbox need not read all of it after each
 * change.
 *
 * A table in memory that triggers of this connection write, the last few thousand changes long. It costs
 * nothing on disk and nothing at all until it is begun. What other connections change does not show in it;
 * Store::dataVersion() tells that there was something.
 */
class ChangeLog
{
public:
    explicit ChangeLog(Database &database)
        : m_database(database)
    { }

    /// From now on changes are kept. Not within a transaction; without effect the second time.
    [[nodiscard]] Result<void> begin();

    /// The number of the last change; 0: none so far.
    [[nodiscard]] Result<qint64> last();
    /// Whether every change after this one is still known.
    [[nodiscard]] static bool isKnownSince(qint64 change, qint64 last);

    struct Changes
    {
        QList<ListedMessage> messages {}; ///< as they are now, newest first
        QList<qint64> removed {};         ///< newest first
        /// Something changed that shows on many messages, as an account's trouble.
        bool concernsAll = false;
    };
    [[nodiscard]] Result<Changes> since(qint64 change);
    /// The whole outbox, newest first.
    [[nodiscard]] Result<QList<ListedMessage>> everything();
    /// Those of the rows that are still there.
    [[nodiscard]] Result<QList<qint64>> existing(const QList<qint64> &rows);

private:
    Database &m_database;
    bool m_isBegun = false;
};

} // namespace postrider::outbox
