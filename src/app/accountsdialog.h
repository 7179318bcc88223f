// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"

#include <QDialog>
#include <QList>

#include <memory>

namespace postrider::app {

namespace Ui {
class AccountsDialog;
}

/// The list of accounts, to add, edit or remove one. Changes nothing itself.
class AccountsDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit AccountsDialog(QWidget *parent = nullptr);
    ~AccountsDialog() override;
    Q_DISABLE_COPY_MOVE(AccountsDialog)

    void setAccounts(const QList<accounts::Account> &accounts);
    void showProblem(const QString &sentence);

Q_SIGNALS:
    void addRequested();
    void editRequested(const QString &accountId);
    /// The person confirmed it.
    void removeRequested(const QString &accountId);

private:
    void edit();
    void askBeforeRemoving();
    void updateButtons();

    std::unique_ptr<Ui::AccountsDialog> m_ui;
    QAction *m_removeAction;
    QAction *m_keepAction;
    QString m_toRemove {};
};

} // namespace postrider::app
