// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outboxview/outboxview.h"

#include "outboxview/ui_outboxview.h"

#include "delivery/queuemodel.h"
#include "outbox/transitions.h"
#include "outboxview/outboxdelegate.h"
#include "widgets/symbolicicon.h"

#include <QAction>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postrider::outboxview {

using delivery::QueueModel;
using outbox::Event;
using outbox::HoldReason;
using outbox::isPossible;
using outbox::MessageState;
using outbox::MessageSummary;

namespace {

MessageState stateOf(const QModelIndex &message)
{
    return message.data(QueueModel::StateRole).value<MessageState>();
}

bool canRetry(const QModelIndex &message)
{
    return isPossible(stateOf(message), Event::Retry);
}

bool canCancel(const QModelIndex &message)
{
    return isPossible(stateOf(message), Event::Cancel);
}

// What is held already can be held for another reason, but not by a person.
bool canHold(const QModelIndex &message)
{
    return isPossible(stateOf(message), Event::Hold) && stateOf(message) != MessageState::Held;
}

bool canBeTakenBack(const QModelIndex &message)
{
    return stateOf(message) == MessageState::Held
        && message.data(QueueModel::HoldRole).value<HoldReason>() == HoldReason::Undo;
}

bool canReopen(const QModelIndex &message)
{
    return stateOf(message) == MessageState::Draft || canBeTakenBack(message);
}

/// Held until a time: it leaves by itself, and Send now is the word for ending that.
bool isPlanned(const QModelIndex &message)
{
    const auto hold = message.data(QueueModel::HoldRole).value<HoldReason>();
    return stateOf(message) == MessageState::Held
        && (hold == HoldReason::Undo || hold == HoldReason::Scheduled);
}

bool canRelease(const QModelIndex &message)
{
    return isPossible(stateOf(message), Event::Release) && !isPlanned(message);
}

bool canRetryUnplanned(const QModelIndex &message)
{
    return canRetry(message) && !isPlanned(message);
}

bool canResolve(const QModelIndex &message)
{
    return isPossible(stateOf(message), Event::Resolve);
}

bool isPossibleFor(const QModelIndex &message, OutboxView::Action action)
{
    switch (action) {
    case OutboxView::Action::Retry:
        return canRetry(message);
    case OutboxView::Action::Cancel:
        return canCancel(message);
    case OutboxView::Action::Hold:
        return canHold(message);
    case OutboxView::Action::Release:
        return canRelease(message);
    case OutboxView::Action::ResolveSent:
    case OutboxView::Action::ResolveResend:
        return canResolve(message);
    case OutboxView::Action::Record:
        break;
    }
    return false;
}

} // namespace

OutboxView::OutboxView(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::OutboxView>())
{
    m_ui->setupUi(this);
    m_ui->messagesView->setItemDelegate(new OutboxDelegate(m_ui->messagesView));
    m_ui->splitter->setStretchFactor(0, 3);
    m_ui->splitter->setStretchFactor(1, 2);
    setUpActions();
    connect(m_ui->detailsPane, &DetailsPane::serverWanted, this, &OutboxView::serverWanted);
    connect(m_ui->detailsPane, &DetailsPane::correctionRequested, this, &OutboxView::correctionRequested);
    connect(m_ui->newMessageButton, &QPushButton::clicked, this, &OutboxView::newMessageRequested);
    connect(m_ui->messagesView, &QListView::activated, this, [this] {
        m_ui->detailsAction->setChecked(true);
        m_ui->detailsPane->nextInFocusChain()->setFocus(Qt::OtherFocusReason);
    });
    updatePage();
    updateActions();
}

OutboxView::~OutboxView() = default;

void OutboxView::setUpActions()
{
    m_ui->retryAction->setIcon(widgets::symbolicIcon(u"retry"_s));
    m_ui->cancelAction->setIcon(widgets::symbolicIcon(u"stop"_s));
    m_ui->resolveSentAction->setIcon(widgets::symbolicIcon(u"state-sent"_s));
    m_ui->resolveResendAction->setIcon(widgets::symbolicIcon(u"send"_s));

    // Delete and Space mean this only while the list has the focus: elsewhere they belong to fields and
    // buttons.
    m_ui->retryAction->setShortcut(QKeySequence(Qt::Key_F5));
    m_ui->cancelAction->setShortcut(QKeySequence(QKeySequence::Delete));
    m_ui->cancelAction->setShortcutContext(Qt::WidgetShortcut);
    m_ui->holdAction->setShortcut(QKeySequence(Qt::Key_Space));
    m_ui->holdAction->setShortcutContext(Qt::WidgetShortcut);
    m_ui->detailsAction->setShortcut(QKeySequence(Qt::Key_F4));
    m_ui->messagesView->addActions(messageActions());

    for (QAction *action : { m_ui->reopenAction, m_ui->retryAction, m_ui->holdAction, m_ui->cancelAction,
                             m_ui->resolveSentAction, m_ui->resolveResendAction }) {
        auto *button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::TabFocus);
        const auto follow = [action, button] { button->setVisible(action->isVisible()); };
        connect(action, &QAction::visibleChanged, button, follow);
        m_ui->actionsLayout->addWidget(button);
    }
    m_ui->actionsLayout->addStretch();

    connect(m_ui->retryAction, &QAction::triggered, this, [this] {
        if (m_ui->messagesView->selectionModel()->hasSelection())
            request(Action::Retry);
        else
            Q_EMIT retryAllRequested();
    });
    connect(m_ui->cancelAction, &QAction::triggered, this, [this] { request(Action::Cancel); });
    connect(m_ui->holdAction, &QAction::triggered, this, &OutboxView::toggleHold);
    connect(m_ui->reopenAction, &QAction::triggered, this, &OutboxView::reopen);
    connect(m_ui->resolveSentAction, &QAction::triggered, this, [this] { request(Action::ResolveSent); });
    connect(m_ui->resolveResendAction, &QAction::triggered, this, [this] { request(Action::ResolveResend); });
    connect(m_ui->detailsAction, &QAction::toggled, m_ui->detailsArea, &QWidget::setVisible);
    connect(m_ui->detailsAction, &QAction::toggled, this, &OutboxView::updateCurrent);
}

QList<QAction *> OutboxView::messageActions() const
{
    return { m_ui->reopenAction,      m_ui->retryAction,         m_ui->holdAction,   m_ui->cancelAction,
             m_ui->resolveSentAction, m_ui->resolveResendAction, m_ui->detailsAction };
}

void OutboxView::setModel(QAbstractItemModel *model)
{
    m_model = model;
    m_ui->messagesView->setModel(model);
    connect(m_ui->messagesView->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &OutboxView::updateActions);
    connect(m_ui->messagesView->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &current) {
                // A list that gets the focus by a key makes a row current without selecting it; the keys are
                // to act on the message whose details are shown.
                QItemSelectionModel *selection = m_ui->messagesView->selectionModel();
                if (current.isValid() && !selection->hasSelection())
                    selection->select(current, QItemSelectionModel::Select);
                updateCurrent();
            });
    connect(model, &QAbstractItemModel::rowsInserted, this, [this] {
        updatePage();
        selectWanted();
        updateActions();
    });
    connect(model, &QAbstractItemModel::rowsRemoved, this, [this] {
        updatePage();
        updateActions();
    });
    connect(model, &QAbstractItemModel::modelReset, this, [this] {
        updatePage();
        selectWanted();
        updateActions();
        updateCurrent();
    });
    connect(model, &QAbstractItemModel::dataChanged, this, &OutboxView::showChanges);
    updatePage();
    updateActions();
    updateCurrent();
}

void OutboxView::updatePage()
{
    const bool empty = !m_model || m_model->rowCount() == 0;
    m_ui->stackedWidget->setCurrentWidget(empty ? m_ui->emptyPage : m_ui->listPage);
}

outbox::MessageId OutboxView::currentMessage() const
{
    return m_ui->messagesView->currentIndex().data(QueueModel::IdRole).toString();
}

// Of 100,000 selected rows most often a few are enough to know.
bool OutboxView::anySelected(bool (*isSuch)(const QModelIndex &)) const
{
    const QItemSelectionModel *selectionModel = m_ui->messagesView->selectionModel();
    if (!selectionModel)
        return false;
    const QItemSelection selection = selectionModel->selection();
    for (const QItemSelectionRange &range : selection) {
        for (int row = range.top(); row <= range.bottom(); ++row) {
            if (isSuch(m_model->index(row, 0)))
                return true;
        }
    }
    return false;
}

void OutboxView::request(Action action)
{
    QList<outbox::MessageId> ids;
    const QModelIndexList messages = m_ui->messagesView->selectionModel()->selectedIndexes();
    for (const QModelIndex &message : messages) {
        if (isPossibleFor(message, action))
            ids.append(message.data(QueueModel::IdRole).toString());
    }
    if (!ids.isEmpty())
        Q_EMIT actionRequested(ids, action);
}

void OutboxView::reopen()
{
    const QModelIndexList messages = m_ui->messagesView->selectionModel()->selectedIndexes();
    for (const QModelIndex &message : messages) {
        if (canReopen(message))
            Q_EMIT reopenRequested(message.data(QueueModel::IdRole).toString());
    }
}

void OutboxView::refreshTimes()
{
    m_ui->messagesView->viewport()->update();
    const QModelIndex current = m_ui->messagesView->currentIndex();
    if (current.isValid())
        m_ui->detailsPane->showSentence(current.data(QueueModel::SentenceRole).toString());
}

void OutboxView::toggleHold()
{
    request(anySelected(canHold) ? Action::Hold : Action::Release);
}

void OutboxView::updateActions()
{
    const QItemSelectionModel *selection = m_ui->messagesView->selectionModel();
    const bool isNoneSelected = !selection || !selection->hasSelection();
    const bool isPlannedOnly = anySelected(isPlanned) && !anySelected(canRetryUnplanned);
    m_ui->retryAction->setEnabled(isNoneSelected ? m_model && m_model->rowCount() > 0
                                                 : anySelected(canRetry));
    m_ui->retryAction->setText(isPlannedOnly ? tr("Send &now") : tr("&Try now"));
    m_ui->retryAction->setIcon(widgets::symbolicIcon(isPlannedOnly ? u"send"_s : u"retry"_s));
    m_ui->cancelAction->setEnabled(anySelected(canCancel));
    m_ui->reopenAction->setVisible(anySelected(canReopen));
    m_ui->reopenAction->setText(anySelected(canBeTakenBack) ? tr("&Undo") : tr("&Edit"));
    m_ui->reopenAction->setIcon(widgets::symbolicIcon(u"new"_s));

    const bool hold = anySelected(canHold);
    const bool release = !hold && anySelected(canRelease);
    m_ui->holdAction->setEnabled(release || hold);
    m_ui->holdAction->setText(release ? tr("&Release") : tr("&Hold"));
    m_ui->holdAction->setIcon(widgets::symbolicIcon(release ? u"release"_s : u"hold"_s));

    const bool inDoubt = anySelected(canResolve);
    for (QAction *action : { m_ui->resolveSentAction, m_ui->resolveResendAction })
        action->setVisible(inDoubt);
}

void OutboxView::showChanges(const QModelIndex &first, const QModelIndex &last, const QList<int> &roles)
{
    if (roles.isEmpty() || roles.contains(QueueModel::StateRole))
        updateActions();
    const int current = m_ui->messagesView->currentIndex().row();
    if (first.row() <= current && current <= last.row())
        updateCurrent();
}

void OutboxView::updateCurrent()
{
    const QModelIndex current = m_ui->messagesView->currentIndex();
    if (!current.isValid()) {
        m_detailed.clear();
        m_ui->detailsPane->clear();
        return;
    }
    if (!m_ui->detailsAction->isChecked())
        return;

    const auto summary = current.data(QueueModel::SummaryRole).value<MessageSummary>();
    const bool unknown = summary.id != m_detailed;
    if (unknown || summary.changed != m_detailedAsOf || summary.state != m_detailedState) {
        m_detailed = summary.id;
        m_detailedAsOf = summary.changed;
        m_detailedState = summary.state;
        if (unknown) {
            // What is known at once; the history follows.
            m_ui->detailsPane->showMessage({ summary, {}, {} },
                                           current.data(QueueModel::StateNameRole).toString(),
                                           current.data(QueueModel::SentenceRole).toString());
        }
        Q_EMIT detailsWanted(summary.id);
    }
    updateDetailsHead();
}

void OutboxView::updateDetailsHead()
{
    const QModelIndex current = m_ui->messagesView->currentIndex();
    m_ui->detailsPane->showProgress(current.data(QueueModel::ProgressRole).toInt(),
                                    current.data(QueueModel::ProgressTextRole).toString());
}

void OutboxView::showDetails(const outbox::MessageDetails &details)
{
    const QModelIndex current = m_ui->messagesView->currentIndex();
    if (!current.isValid() || details.summary.id != currentMessage())
        return;
    m_ui->detailsPane->showMessage(details, current.data(QueueModel::StateNameRole).toString(),
                                   current.data(QueueModel::SentenceRole).toString());
    updateDetailsHead();
}

void OutboxView::select(const outbox::MessageId &id)
{
    m_wanted = id;
    selectWanted();
}

void OutboxView::selectWanted()
{
    if (m_wanted.isEmpty() || !m_model)
        return;
    const QModelIndexList found
        = m_model->match(m_model->index(0, 0), QueueModel::IdRole, m_wanted, 1, Qt::MatchExactly);
    if (found.isEmpty())
        return;
    m_wanted.clear();
    m_ui->messagesView->setCurrentIndex(found.constFirst());
    m_ui->messagesView->scrollTo(found.constFirst());
    m_ui->messagesView->setFocus(Qt::OtherFocusReason);
}

} // namespace postrider::outboxview
