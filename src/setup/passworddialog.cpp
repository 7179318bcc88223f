// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "setup/passworddialog.h"

#include "setup/ui_passworddialog.h"

#include "delivery/words/words.h"

#include <QAction>
#include <QPushButton>

#include <utility>
#include <variant>

namespace postrider::setup {

PasswordDialog::PasswordDialog(const accounts::Account &account, const QString &reason, Actions actions,
                               QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::PasswordDialog>())
    , m_actions(std::move(actions))
    , m_unlockAction(new QAction(tr("Unlock and try again"), this))
    , m_sessionAction(new QAction(tr("Only for this session"), this))
{
    m_ui->setupUi(this);
    setWindowTitle(tr("Password for %1").arg(account.name));
    m_ui->reasonLabel->setText(reason);
    m_ui->reasonLabel->setVisible(!reason.isEmpty());
    m_ui->userEdit->setText(account.user);
    m_ui->serverEdit->setText(account.server.host);
    m_ui->buttonBox->button(QDialogButtonBox::Save)->setEnabled(false);
    m_ui->passwordEdit->setFocus();

    connect(m_ui->passwordEdit, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_ui->buttonBox->button(QDialogButtonBox::Save)->setEnabled(!text.isEmpty());
    });
    connect(m_ui->showPasswordCheckBox, &QCheckBox::toggled, this, [this](bool shown) {
        m_ui->passwordEdit->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
    });
    connect(m_ui->buttonBox, &QDialogButtonBox::accepted, this, [this] { save(Keeping::Keychain); });
    connect(m_sessionAction, &QAction::triggered, this, [this] { save(Keeping::ThisSession); });
    connect(m_unlockAction, &QAction::triggered, this, &PasswordDialog::unlock);
    connect(m_ui->buttonBox, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

PasswordDialog::~PasswordDialog() = default;

void PasswordDialog::save(Keeping keeping)
{
    m_ui->statusBanner->dismiss();
    m_ui->fieldsWidget->setEnabled(false);
    m_ui->buttonBox->button(QDialogButtonBox::Save)->setEnabled(false);
    m_actions.setPassword(base::Secret::fromText(m_ui->passwordEdit->text()), keeping, this,
                          [this](const base::Expected<void, delivery::Trouble> &answer) { take(answer); });
}

void PasswordDialog::unlock()
{
    m_actions.unlockKeychain(this, [this](const base::Expected<void, delivery::Trouble> &unlocked) {
        if (unlocked)
            save(Keeping::Keychain);
        else
            take(unlocked);
    });
}

void PasswordDialog::take(const base::Expected<void, delivery::Trouble> &answer)
{
    if (answer) {
        m_ui->passwordEdit->clear();
        accept();
        return;
    }
    m_ui->fieldsWidget->setEnabled(true);
    m_ui->buttonBox->button(QDialogButtonBox::Save)->setEnabled(true);
    QList<QAction *> actions;
    QString details;
    if (const auto *error = std::get_if<secrets::SecretError>(&answer.error())) {
        using Kind = secrets::SecretError::Kind;
        if (error->kind == Kind::Locked || error->kind == Kind::Dismissed)
            actions.append(m_unlockAction);
        actions.append(m_sessionAction);
        details = tr("“Only for this session” forgets the password when Postrider ends, and asks again "
                     "then.");
    }
    m_ui->statusBanner->showMessage(widgets::Tone::Problem, delivery::sentence(answer.error()), actions,
                                    details);
    m_ui->passwordEdit->setFocus();
    m_ui->passwordEdit->selectAll();
}

} // namespace postrider::setup
