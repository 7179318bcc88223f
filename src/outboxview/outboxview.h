// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "delivery/postoffice.h"
#include "outbox/message.h"

#include <QDateTime>
#include <QList>
#include <QWidget>

#include <memory>

class QAbstractItemModel;
class QAction;

namespace postrider::outboxview {

namespace Ui {
class OutboxView;
}

/**
 * The outbox as a list with details beside it, and what can be done with a message: by button, key, menu and
 * context menu.
 *
 * Shows any model with the roles of delivery::QueueModel and acts on nothing itself: what a person asks for
 * comes out as signals.
 */
class OutboxView final : public QWidget
{
    Q_OBJECT

public:
    using Action = delivery::PostOffice::Action;

    explicit OutboxView(QWidget *parent = nullptr);
    ~OutboxView() override;
    Q_DISABLE_COPY_MOVE(OutboxView)

    /// The model stays the caller's.
    void setModel(QAbstractItemModel *model);
    /// Answers detailsWanted(); ignored when another message is current by now.
    void showDetails(const outbox::MessageDetails &details);
    /// Makes the message current, now or as soon as it is in the model.
    void select(const outbox::MessageId &id);

    /// For the main window's menu, in the order of the context menu.
    [[nodiscard]] QList<QAction *> messageActions() const;
    [[nodiscard]] outbox::MessageId currentMessage() const;

    /// Shows again what a sentence says as time goes on.
    void refreshTimes();

Q_SIGNALS:
    void actionRequested(const QList<postrider::outbox::MessageId> &ids,
                         postrider::delivery::PostOffice::Action action);
    /// Try now with nothing selected: all of them.
    void retryAllRequested();
    void newMessageRequested();
    /// To write on, a message that was cancelled or can still be taken back.
    void reopenRequested(const postrider::outbox::MessageId &id);
    void detailsWanted(const postrider::outbox::MessageId &id);
    /// A look at what an account sends through.
    void serverWanted(const QString &accountId);
    void correctionRequested(const postrider::outbox::MessageId &id,
                             const postrider::outbox::Correction &correction);

private:
    void setUpActions();
    void request(Action action);
    void reopen();
    void toggleHold();
    void updateActions();
    void showChanges(const QModelIndex &first, const QModelIndex &last, const QList<int> &roles);
    void updatePage();
    void updateCurrent();
    void updateDetailsHead();
    void selectWanted();
    [[nodiscard]] bool anySelected(bool (*isSuch)(const QModelIndex &)) const;

    std::unique_ptr<Ui::OutboxView> m_ui;
    QAbstractItemModel *m_model = nullptr;
    outbox::MessageId m_wanted {};   ///< to be made current when it appears
    outbox::MessageId m_detailed {}; ///< whose details were asked for,
    QDateTime m_detailedAsOf {};     ///< and as of which change of it
    outbox::MessageState m_detailedState = outbox::MessageState::Draft;
};

} // namespace postrider::outboxview
