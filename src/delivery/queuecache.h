// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "delivery/postoffice.h"
#include "outbox/messagelist.h"

#include <QHash>
#include <QList>
#include <QSet>

#include <optional>

namespace postrider::delivery {

/**
 * The messages of a list that are, or were a moment ago, looked at, with their texts; and those that are to
 * be read because somebody looked at them in vain.
 *
 * Keeps some hundred and forgets what was looked at longest ago. A message with very many recipients takes
 * the room of several.
 */
class QueueCache
{
public:
    struct Entry
    {
        outbox::MessageSummary summary {};
        std::optional<Progress> progress {};
    };

    /// Null when it is not known; counts as a look at it otherwise.
    [[nodiscard]] const Entry *find(qint64 row) const;
    // The others do not count as a look.
    [[nodiscard]] bool contains(qint64 row) const { return m_entries.contains(row); }
    /// Empty when it is not known.
    [[nodiscard]] outbox::MessageId idOf(qint64 row) const;
    [[nodiscard]] std::optional<qint64> rowOf(const outbox::MessageId &id) const;
    [[nodiscard]] QList<qint64> rows() const;

    /// Whether it would look or read different from before.
    bool put(qint64 row, const outbox::MessageSummary &summary);
    void remove(qint64 row);
    /// Whether the message is here and under way.
    bool setProgress(qint64 row, const Progress &progress);

    [[nodiscard]] bool isWanted(qint64 row) const { return m_wanted.contains(row); }
    void want(qint64 row);
    /// What was wanted last, at most so many; nothing is wanted any more afterwards.
    [[nodiscard]] QList<qint64> takeWanted(qsizetype limit);
    [[nodiscard]] bool wantsAny() const { return !m_wanted.isEmpty(); }

private:
    struct Kept
    {
        Entry entry {};
        int room = 1;
        mutable quint64 lookedAt = 0;
    };

    void makeRoom();

    QHash<qint64, Kept> m_entries {};
    QHash<outbox::MessageId, qint64> m_rows {};
    QSet<qint64> m_wanted {};
    QList<qint64> m_wantedInOrder {};
    int m_room = 0;
    mutable quint64 m_looks = 0;
};

} // namespace postrider::delivery
