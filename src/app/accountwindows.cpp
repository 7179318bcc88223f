// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "app/accountwindows.h"

#include "app/accountsdialog.h"
#include "app/serverreports.h"
#include "app/setupservices.h"
#include "delivery/words/words.h"
#include "setup/editing/accounteditor.h"
#include "setup/passworddialog.h"
#include "setup/setupwindow.h"

#include <QAction>
#include <QWidget>

#include <utility>

namespace postrider::app {

using delivery::PostOffice;
using delivery::Trouble;

AccountWindows::AccountWindows(PostOffice &postOffice, const base::Clock &clock, QWidget *parent)
    : QObject(parent)
    , m_postOffice(postOffice)
    , m_clock(clock)
    , m_parent(parent)
    , m_reports(new ServerReports(postOffice, parent))
    , m_unlockAction(new QAction(tr("Unlock and forget it"), this))
{
    connect(m_unlockAction, &QAction::triggered, this, &AccountWindows::unlockKeychain);
    connect(&m_postOffice, &PostOffice::oldPasswordStays, this,
            [this](const QString &accountId, const secrets::SecretError &error) {
                if (const auto account = m_postOffice.account(accountId))
                    Q_EMIT noticed(delivery::oldPasswordSentence(*account, error), { m_unlockAction });
            });
}

void AccountWindows::unlockKeychain()
{
    m_postOffice.unlockKeychain(this, [this](const base::Expected<void, Trouble> &unlocked) {
        if (unlocked) // what cannot be removed all the same is told after this
            Q_EMIT noticed(tr("The password store is open, and no older password stays in it."), {});
        else
            Q_EMIT troubled(unlocked.error());
    });
}

void AccountWindows::setUp()
{
    if (m_setupWindow) {
        m_setupWindow->raise();
        m_setupWindow->activateWindow();
        return;
    }
    const auto practice = m_postOffice.accounts().isEmpty() ? setup::WelcomePage::Practice::Offered
                                                            : setup::WelcomePage::Practice::NotOffered;
    m_setupWindow = new setup::SetupWindow(setupServices(m_postOffice, m_clock), practice,
                                           keptSetupDraft(m_postOffice.profileFolder()), m_parent);
    connect(m_setupWindow, &setup::SetupWindow::practiceChosen, this, &AccountWindows::practiceChosen);
    connect(m_setupWindow, &setup::SetupWindow::writeWanted, this, &AccountWindows::writeWanted);
    connect(m_setupWindow, &QDialog::finished, m_setupWindow, &QObject::deleteLater);
    m_setupWindow->show();
}

void AccountWindows::keepSetUp()
{
    if (m_setupWindow && m_setupWindow->isVisible())
        m_setupWindow->keepAndLeave();
}

void AccountWindows::manage()
{
    if (m_accountsDialog) {
        m_accountsDialog->activateWindow();
        return;
    }
    m_accountsDialog = new AccountsDialog(m_parent);
    m_accountsDialog->setAttribute(Qt::WA_DeleteOnClose);
    m_accountsDialog->setAccounts(m_postOffice.accounts());
    connect(m_accountsDialog, &AccountsDialog::addRequested, this, &AccountWindows::setUp);
    connect(m_accountsDialog, &AccountsDialog::editRequested, this, &AccountWindows::edit);
    connect(m_accountsDialog, &AccountsDialog::removeRequested, this, &AccountWindows::remove);
    m_accountsDialog->show();
}

void AccountWindows::update()
{
    if (m_accountsDialog)
        m_accountsDialog->setAccounts(m_postOffice.accounts());
}

setup::AccountEditor *AccountWindows::edit(const QString &id)
{
    const auto account = m_postOffice.account(id);
    if (!account)
        return nullptr;
    if (m_editor && m_edited == id) {
        m_editor->raise();
        m_editor->activateWindow();
        return m_editor;
    }
    QWidget *parent = m_accountsDialog ? m_accountsDialog.data() : m_parent;
    setup::AccountEditor::Actions actions = accountActions(m_postOffice);
    actions.lookAtServer = [this](const QString &edited) { m_reports->look(edited); };
    m_editor = new setup::AccountEditor(*account, setupServices(m_postOffice, m_clock), std::move(actions),
                                        parent);
    m_edited = id;
    m_editor->setAttribute(Qt::WA_DeleteOnClose);
    m_editor->show();
    return m_editor;
}

void AccountWindows::signInAgain(const QString &accountId)
{
    if (setup::AccountEditor *editor = edit(accountId))
        editor->offerSignIn();
}

void AccountWindows::remove(const QString &id)
{
    m_postOffice.removeAccount(id, this, [this](const base::Expected<void, Trouble> &done) {
        if (done)
            return;
        if (m_accountsDialog)
            m_accountsDialog->showProblem(delivery::sentence(done.error()));
        else
            Q_EMIT troubled(done.error());
    });
}

void AccountWindows::askForPassword(const QString &accountId, const QString &reason)
{
    const auto account = m_postOffice.account(accountId);
    if (!account)
        return;
    setup::PasswordDialog::Actions actions;
    actions.setPassword = [this, accountId](base::Secret password, PostOffice::Keeping keeping,
                                            QObject *context, setup::PasswordDialog::Answer answer) {
        m_postOffice.setPassword(accountId, std::move(password), keeping, context, std::move(answer));
    };
    actions.unlockKeychain = [this](QObject *context, setup::PasswordDialog::Answer answer) {
        m_postOffice.unlockKeychain(context, std::move(answer));
    };
    auto *dialog = new setup::PasswordDialog(*account, reason, std::move(actions), m_parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void AccountWindows::lookAtServer(const QString &accountId)
{
    m_reports->look(accountId);
}

} // namespace postrider::app
