// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "app/undostrip.h"

#include "delivery/queuemodel.h"
#include "widgets/statusbanner.h"

#include <QAction>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace postrider::app {

using delivery::QueueModel;
using outbox::HoldReason;

namespace {

constexpr std::chrono::milliseconds Second = std::chrono::seconds { 1 };
/// What can be taken back was added within the last two minutes, so that it is among the newest.
constexpr int NewestRows = 64;

} // namespace

UndoStrip::UndoStrip(QWidget *parent)
    : QWidget(parent)
    , m_banner(new widgets::StatusBanner(this))
    , m_undoAction(new QAction(tr("&Undo"), this))
    , m_sendNowAction(new QAction(tr("Send &now"), this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_banner);
    m_banner->setObjectName(QStringLiteral("undoBanner"));
    m_banner->setDismissal(widgets::StatusBanner::Dismissal::ByProgramOnly);
    m_undoAction->setShortcut(QKeySequence(QKeySequence::Undo));
    m_undoAction->setEnabled(false);
    connect(m_undoAction, &QAction::triggered, this, [this] { Q_EMIT undoRequested(m_id); });
    connect(m_sendNowAction, &QAction::triggered, this, [this] { Q_EMIT sendNowRequested(m_id); });
    m_timer.setInterval(Second);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        look();
        Q_EMIT counted();
    });
    setVisible(false);
}

void UndoStrip::follow(const QAbstractItemModel &model, const base::Clock &clock)
{
    m_model = &model;
    m_clock = &clock;
    connect(&model, &QAbstractItemModel::rowsInserted, this, &UndoStrip::look);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &UndoStrip::look);
    connect(&model, &QAbstractItemModel::dataChanged, this, &UndoStrip::look);
    connect(&model, &QAbstractItemModel::modelReset, this, &UndoStrip::look);
    look();
}

QModelIndex UndoStrip::leaving() const
{
    const int rows = std::min(NewestRows, m_model->rowCount());
    for (int row = 0; row < rows; ++row) {
        const QModelIndex index = m_model->index(row, 0);
        if (index.data(QueueModel::HoldRole).value<HoldReason>() != HoldReason::Undo)
            continue;
        const auto message = index.data(QueueModel::SummaryRole).value<outbox::MessageSummary>();
        if (message.hold == HoldReason::Undo && message.nextAttempt > m_clock->now())
            return index;
    }
    return {};
}

void UndoStrip::look()
{
    const QModelIndex message = leaving();
    const outbox::MessageId id = message.data(QueueModel::IdRole).toString();
    const bool isAny = message.isValid();
    m_undoAction->setEnabled(isAny);
    if (isAny && id == m_id) {
        m_banner->setDetails(message.data(QueueModel::SentenceRole).toString());
        return;
    }
    m_id = id;
    setVisible(isAny);
    if (!isAny) {
        m_timer.stop();
        m_banner->dismiss();
        return;
    }
    m_timer.start();
    //: A message's subject and recipient.
    m_banner->showMessage(
        widgets::Tone::Information, tr("%1: not sent yet.").arg(message.data(Qt::DisplayRole).toString()),
        { m_undoAction, m_sendNowAction }, message.data(QueueModel::SentenceRole).toString());
}

} // namespace postrider::app
