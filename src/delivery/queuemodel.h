// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "delivery/postoffice.h"
#include "delivery/queuecache.h"
#include "outbox/messagelist.h"

#include <QAbstractListModel>
#include <QList>
#include <QTimer>

namespace postrider::delivery {

/**
 * The outbox as rows, newest first, for a view. Follows the post office by itself.
 *
 * Of all messages it has 32 octets each; their texts are read when somebody looks at a row, by the page and
 * in the store's thread. Until they arrive, a moment later, the row has its id and its state, and no words.
 * Nothing here waits for anything.
 *
 * Rows that come, go and change are told as such, so that the selection and what is scrolled to stay.
 *
 * DisplayRole is “Subject” and recipients; Qt::AccessibleTextRole says the whole row.
 */
class QueueModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole + 1,
        StateRole,        ///< outbox::MessageState as stored; known of every row at once, as the id is,
        HoldRole,         ///< and outbox::HoldReason
        SummaryRole,      ///< outbox::MessageSummary; only id, state and hold as long as the row is not read
        StateNameRole,    ///< QString, one or two words
        SentenceRole,     ///< QString
        ProgressRole,     ///< int, 0..100; -1 when nothing is on its way
        ProgressTextRole, ///< QString: "Sending, 43 %, 7.8 of 18.2 MB"; empty likewise
    };

    explicit QueueModel(PostOffice &postOffice, const base::Clock &clock, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    /// As always, but at once for an id.
    [[nodiscard]] QModelIndexList match(const QModelIndex &start, int role, const QVariant &value, int hits,
                                        Qt::MatchFlags flags) const override;

    [[nodiscard]] QModelIndex indexOf(const outbox::MessageId &id) const;
    [[nodiscard]] outbox::MessageSummary message(const QModelIndex &index) const;
    /// Whether the texts of a row are there.
    [[nodiscard]] bool isRead(const QModelIndex &index) const;

private:
    void begin();
    void noteChange();
    void read();
    void apply(const outbox::ListUpdate &update);
    void replace(const QList<outbox::ListedMessage> &list);
    void announce(const QList<qint64> &rows);
    void wantPage(int row) const;
    void showProgress(const Progress &progress);
    void updateTimes();
    [[nodiscard]] QVariant textOf(const QueueCache::Entry &entry, int role) const;

    PostOffice &m_postOffice;
    const base::Clock &m_clock;
    QList<outbox::ListedMessage> m_list {};
    outbox::ListReader m_reader {};
    // What a view looks at is remembered, and what is missing is asked for.
    mutable QueueCache m_cache {};
    mutable QTimer m_wantTimer {}; ///< asks when the view has looked at all that it shows
    QTimer m_restTimer {};         ///< between two looks at what has changed
    bool m_isOpen = false;
    bool m_isReading = false;
    bool m_isStale = false; ///< changed since the last look began
    bool m_isLate = false;  ///< what is shown may read differently only because time went on
};

} // namespace postrider::delivery
