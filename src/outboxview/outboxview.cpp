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
using outbox::isPossible;
using outbox::MessageState;
using outbox::MessageSummary;

namespace {

bool canRetry(const MessageSummary &message)
{
    return isPossible(message.state, Event::Retry);
}

bool canCancel(const MessageSummary &message)
{
    return isPossible(message.state, Event::Cancel);
}

// What is held already can be held for another reason, but not by a person.
bool canHold(const MessageSummary &message)
{
    return isPossible(message.state, Event::Hold) && message.state != MessageState::Held;
}

bool canRelease(const MessageSummary &message)
{
    return isPossible(message.state, Event::Release);
}

bool canResolve(const MessageSummary &message)
{
    return isPossible(message.state, Event::Resolve);
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

    for (QAction *action : { m_ui->retryAction, m_ui->holdAction, m_ui->cancelAction, m_ui->resolveSentAction,
                             m_ui->resolveResendAction }) {
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
        if (selected().isEmpty())
            Q_EMIT retryAllRequested();
        else
            request(Action::Retry);
    });
    connect(m_ui->cancelAction, &QAction::triggered, this, [this] { request(Action::Cancel); });
    connect(m_ui->holdAction, &QAction::triggered, this, &OutboxView::toggleHold);
    connect(m_ui->resolveSentAction, &QAction::triggered, this, [this] { request(Action::ResolveSent); });
    connect(m_ui->resolveResendAction, &QAction::triggered, this, [this] { request(Action::ResolveResend); });
    connect(m_ui->detailsAction, &QAction::toggled, m_ui->detailsArea, &QWidget::setVisible);
    connect(m_ui->detailsAction, &QAction::toggled, this, &OutboxView::updateCurrent);
}

QList<QAction *> OutboxView::messageActions() const
{
    return { m_ui->retryAction,       m_ui->holdAction,          m_ui->cancelAction,
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
    connect(model, &QAbstractItemModel::dataChanged, this, [this] {
        updateActions();
        updateCurrent();
    });
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

QList<MessageSummary> OutboxView::selected() const
{
    QList<MessageSummary> messages;
    const QItemSelectionModel *selection = m_ui->messagesView->selectionModel();
    if (!selection)
        return messages;
    const QModelIndexList indexes = selection->selectedIndexes();
    for (const QModelIndex &index : indexes)
        messages.append(index.data(QueueModel::SummaryRole).value<MessageSummary>());
    return messages;
}

void OutboxView::request(Action action)
{
    QList<outbox::MessageId> ids;
    const QList<MessageSummary> messages = selected();
    for (const MessageSummary &message : messages) {
        const bool possible = (action == Action::Retry && canRetry(message))
            || (action == Action::Cancel && canCancel(message))
            || (action == Action::Hold && canHold(message))
            || (action == Action::Release && canRelease(message))
            || ((action == Action::ResolveSent || action == Action::ResolveResend) && canResolve(message));
        if (possible)
            ids.append(message.id);
    }
    if (!ids.isEmpty())
        Q_EMIT actionRequested(ids, action);
}

void OutboxView::toggleHold()
{
    const QList<MessageSummary> messages = selected();
    request(std::any_of(messages.cbegin(), messages.cend(), canHold) ? Action::Hold : Action::Release);
}

void OutboxView::updateActions()
{
    const QList<MessageSummary> messages = selected();
    const auto any = [&messages](bool (*can)(const MessageSummary &)) {
        return std::any_of(messages.cbegin(), messages.cend(), can);
    };
    m_ui->retryAction->setEnabled(messages.isEmpty() ? m_model && m_model->rowCount() > 0 : any(canRetry));
    m_ui->cancelAction->setEnabled(any(canCancel));

    const bool release = !any(canHold) && any(canRelease);
    m_ui->holdAction->setEnabled(release || any(canHold));
    m_ui->holdAction->setText(release ? tr("&Release") : tr("&Hold"));
    m_ui->holdAction->setIcon(widgets::symbolicIcon(release ? u"release"_s : u"hold"_s));

    const bool inDoubt = any(canResolve);
    for (QAction *action : { m_ui->resolveSentAction, m_ui->resolveResendAction })
        action->setVisible(inDoubt);
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
