// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/queuecache.h"

#include <algorithm>

namespace postrider::delivery {

using outbox::MessageState;
using outbox::MessageSummary;

namespace {

/// Several times what the tallest window shows.
constexpr int MostRoom = 512;
constexpr int RecipientsInRoom = 16;
/// Of one message, so that all that a window shows fit in, whatever they are.
constexpr int MostRoomOfOne = 8;

int roomOf(const MessageSummary &summary)
{
    return static_cast<int>(
        std::min<qsizetype>(1 + summary.recipients.size() / RecipientsInRoom, MostRoomOfOne));
}

bool isUnderWay(const MessageSummary &summary)
{
    return summary.state == MessageState::Sending || summary.state == MessageState::Queued;
}

bool isSame(const MessageSummary &a, const MessageSummary &b)
{
    return a.changed == b.changed && a.state == b.state && a.hold == b.hold && a.nextAttempt == b.nextAttempt
        && a.problem == b.problem && a.attempts == b.attempts && a.subject == b.subject && a.size == b.size
        && a.scheduled == b.scheduled;
}

} // namespace

const QueueCache::Entry *QueueCache::find(qint64 row) const
{
    const auto found = m_entries.constFind(row);
    if (found == m_entries.constEnd())
        return nullptr;
    found->lookedAt = ++m_looks;
    return &found->entry;
}

std::optional<qint64> QueueCache::rowOf(const outbox::MessageId &id) const
{
    const auto found = m_rows.constFind(id);
    return found == m_rows.constEnd() ? std::nullopt : std::optional(*found);
}

outbox::MessageId QueueCache::idOf(qint64 row) const
{
    const auto found = m_entries.constFind(row);
    return found == m_entries.constEnd() ? outbox::MessageId() : found->entry.summary.id;
}

QList<qint64> QueueCache::rows() const
{
    return m_entries.keys();
}

bool QueueCache::put(qint64 row, const MessageSummary &summary)
{
    const auto former = m_entries.find(row);
    if (former != m_entries.end()) {
        Entry &entry = former->entry;
        if (!isUnderWay(summary))
            entry.progress.reset();
        const bool isChanged = !isSame(entry.summary, summary);
        m_room += roomOf(summary) - former->room;
        former->room = roomOf(summary);
        entry.summary = summary;
        return isChanged;
    }
    makeRoom();
    m_entries.insert(row, { { summary, std::nullopt }, roomOf(summary), ++m_looks });
    m_rows.insert(summary.id, row);
    m_room += roomOf(summary);
    return true;
}

void QueueCache::remove(qint64 row)
{
    const auto found = m_entries.constFind(row);
    if (found == m_entries.constEnd())
        return;
    m_room -= found->room;
    m_rows.remove(found->entry.summary.id);
    m_entries.erase(found);
}

bool QueueCache::setProgress(qint64 row, const Progress &progress)
{
    const auto found = m_entries.find(row);
    if (found == m_entries.end() || !isUnderWay(found->entry.summary))
        return false;
    found->entry.progress = progress;
    return true;
}

void QueueCache::want(qint64 row)
{
    if (m_wanted.contains(row))
        return;
    m_wanted.insert(row);
    m_wantedInOrder.append(row);
}

QList<qint64> QueueCache::takeWanted(qsizetype limit)
{
    // Who scrolls fast has left the others behind already.
    const QList<qint64> last = m_wantedInOrder.last(std::min(limit, m_wantedInOrder.size()));
    m_wanted.clear();
    m_wantedInOrder.clear();
    return last;
}

void QueueCache::makeRoom()
{
    while (m_room >= MostRoom) {
        const auto oldest
            = std::min_element(m_entries.cbegin(), m_entries.cend(),
                               [](const Kept &a, const Kept &b) { return a.lookedAt < b.lookedAt; });
        remove(oldest.key());
    }
}

} // namespace postrider::delivery
