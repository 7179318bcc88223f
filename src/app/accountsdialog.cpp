// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "app/accountsdialog.h"

#include "app/ui_accountsdialog.h"

#include <QAction>

namespace postrider::app {

AccountsDialog::AccountsDialog(QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::AccountsDialog>())
    , m_removeAction(new QAction(tr("Remove account"), this))
    , m_keepAction(new QAction(tr("Keep account"), this))
{
    m_ui->setupUi(this);
    connect(m_ui->addButton, &QPushButton::clicked, this, &AccountsDialog::addRequested);
    connect(m_ui->editButton, &QPushButton::clicked, this, &AccountsDialog::edit);
    connect(m_ui->accountsList, &QListWidget::itemActivated, this, &AccountsDialog::edit);
    connect(m_ui->removeButton, &QPushButton::clicked, this, &AccountsDialog::askBeforeRemoving);
    connect(m_ui->accountsList, &QListWidget::itemSelectionChanged, this, &AccountsDialog::updateButtons);
    connect(m_ui->buttonBox, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_removeAction, &QAction::triggered, this, [this] {
        m_ui->statusBanner->dismiss();
        Q_EMIT removeRequested(m_toRemove);
    });
    connect(m_keepAction, &QAction::triggered, this, [this] {
        m_ui->statusBanner->dismiss();
        m_ui->accountsList->setFocus();
    });
    updateButtons();
}

AccountsDialog::~AccountsDialog() = default;

void AccountsDialog::setAccounts(const QList<accounts::Account> &accounts)
{
    m_ui->accountsList->clear();
    for (const accounts::Account &account : accounts) {
        const QString way = account.command.isEmpty() ? account.server.host : account.command.constFirst();
        //: An account in the list of accounts: its address and its sending server or program.
        auto *item = new QListWidgetItem(tr("%1, by %2").arg(account.email, way));
        item->setData(Qt::UserRole, account.id);
        m_ui->accountsList->addItem(item);
    }
    m_ui->accountsList->setCurrentRow(accounts.isEmpty() ? -1 : 0);
    updateButtons();
}

void AccountsDialog::showProblem(const QString &sentence)
{
    m_ui->statusBanner->showMessage(widgets::Tone::Problem, sentence);
}

void AccountsDialog::edit()
{
    Q_EMIT editRequested(m_ui->accountsList->currentItem()->data(Qt::UserRole).toString());
}

void AccountsDialog::askBeforeRemoving()
{
    const QListWidgetItem *item = m_ui->accountsList->currentItem();
    m_toRemove = item->data(Qt::UserRole).toString();
    m_ui->statusBanner->showMessage(
        widgets::Tone::Attention, tr("Remove %1?").arg(item->text()), { m_removeAction, m_keepAction },
        tr("Its password is forgotten. Its messages stay in the Outbox, but are not sent any more."));
}

void AccountsDialog::updateButtons()
{
    const bool isOneSelected = !m_ui->accountsList->selectedItems().isEmpty();
    m_ui->editButton->setEnabled(isOneSelected);
    m_ui->removeButton->setEnabled(isOneSelected);
}

} // namespace postrider::app
