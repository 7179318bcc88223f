// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/clock.h"
#include "outbox/message.h"

#include <QTimer>
#include <QWidget>

class QAbstractItemModel;
class QAction;

namespace postrider::widgets {
class StatusBanner;
}

namespace postrider::app {

/// The bar about the message that was sent last and can still be taken back: it counts the seconds, and goes
/// away with the last of them. Said to a screen reader once for each message.
class UndoStrip final : public QWidget
{
    Q_OBJECT

public:
    explicit UndoStrip(QWidget *parent = nullptr);
    ~UndoStrip() override = default;
    Q_DISABLE_COPY_MOVE(UndoStrip)

    /// A model with the roles of delivery::QueueModel, newest row first; it and the clock outlive the strip.
    void follow(const QAbstractItemModel &model, const base::Clock &clock);

    /// Undo, with its key; enabled while there is something to take back. The strip's own.
    [[nodiscard]] QAction *undoAction() const { return m_undoAction; }

Q_SIGNALS:
    void undoRequested(const postrider::outbox::MessageId &id);
    void sendNowRequested(const postrider::outbox::MessageId &id);
    /// Another second has passed for a message that waits.
    void counted();

private:
    void look();
    [[nodiscard]] QModelIndex leaving() const;

    const QAbstractItemModel *m_model = nullptr;
    const base::Clock *m_clock = nullptr;
    widgets::StatusBanner *m_banner;
    QAction *m_undoAction;
    QAction *m_sendNowAction;
    QTimer m_timer {};
    outbox::MessageId m_id {}; ///< of the message in the bar; empty: there is none
};

} // namespace postrider::app
