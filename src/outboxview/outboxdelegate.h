// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QStyledItemDelegate>

namespace postrider::outboxview {

/**
 * Draws a row of delivery::QueueModel: icon, state, subject and recipients; below, what happens and when, or
 * the progress with its bar.
 *
 * All rows have one height, so that the list stays calm while states change.
 */
class OutboxDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace postrider::outboxview
