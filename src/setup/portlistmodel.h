// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "discovery/report.h"
#include "widgets/tone.h"

#include <QAbstractTableModel>

namespace postrider::setup {

/**
 * The ports of a search's report as rows, best first, for the set-up's live list and for the report's window.
 *
 * A row is a way to one server. It stays the same row while its result comes in and while rows change places,
 * so that selection and focus stay with it. The first column's Qt::AccessibleTextRole says the whole row.
 */
class PortListModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { ServerColumn, PortColumn, ProtectionColumn, ResultColumn, TimeColumn, ColumnCount };
    enum Role {
        SentenceRole = Qt::UserRole, ///< the whole sentence
        AdviceRole,                  ///< what can be done; may be empty
        DetailsRole,                 ///< several lines for an administrator
        IsBestRole,                  ///< whether it is the one that was recommended
        ToneRole,                    ///< int, as widgets::Tone has it
    };

    explicit PortListModel(QObject *parent = nullptr);
    ~PortListModel() override = default;
    Q_DISABLE_COPY_MOVE(PortListModel)

    /// Shows this one in the place of what was shown; of the same search or another one.
    void setReport(const discovery::Report &report);
    [[nodiscard]] const discovery::PortResult &port(int row) const { return m_ports.at(row); }
    /// The recommended way's; -1 without one.
    [[nodiscard]] int bestRow() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    void removeGone(const QList<discovery::PortResult> &ports);
    void addNew(const QList<discovery::PortResult> &ports);
    void reorder(const QList<discovery::PortResult> &ports);
    [[nodiscard]] bool isBest(const discovery::PortResult &result) const;
    [[nodiscard]] QString text(const discovery::PortResult &result, int column) const;
    [[nodiscard]] QString spoken(const discovery::PortResult &result) const;

    QList<discovery::PortResult> m_ports {};
    std::optional<accounts::Server> m_best {};
};

/// The colour that goes with what came of a port.
[[nodiscard]] widgets::Tone toneOf(const discovery::PortResult &result);

} // namespace postrider::setup
