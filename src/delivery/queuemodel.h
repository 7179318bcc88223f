// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "delivery/postoffice.h"

#include <QAbstractListModel>
#include <QHash>
#include <QList>

namespace postrider::delivery {

/**
 * The outbox as rows, newest first, for a view. Follows the post office by itself; reads in pages and keeps
 * the selection steady (rows are inserted, removed and changed, the model is not reset while it is shown).
 *
 * DisplayRole is “Subject” and recipients; Qt::AccessibleTextRole says the whole row.
 */
class QueueModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole + 1,
        SummaryRole,      ///< outbox::MessageSummary
        StateNameRole,    ///< QString, one or two words
        SentenceRole,     ///< QString
        ProgressRole,     ///< int, 0..100; -1 when nothing is on its way
        ProgressTextRole, ///< QString: "Sending, 43 %, 7.8 of 18.2 MB"; empty likewise
    };

    explicit QueueModel(PostOffice &postOffice, const base::Clock &clock, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

    [[nodiscard]] QModelIndex indexOf(const outbox::MessageId &id) const;
    [[nodiscard]] outbox::MessageSummary message(const QModelIndex &index) const;

private:
    void reload();
    void apply(const QList<outbox::MessageSummary> &rows);
    void showProgress(const Progress &progress);
    void updateTimes();

    PostOffice &m_postOffice;
    const base::Clock &m_clock;
    QList<outbox::MessageSummary> m_rows {};
    QHash<outbox::MessageId, Progress> m_progress {};
    int m_wanted = 0; ///< rows asked for
    bool m_atEnd = true;
    bool m_loading = false;
    bool m_stale = false; ///< changed while loading
};

} // namespace postrider::delivery
