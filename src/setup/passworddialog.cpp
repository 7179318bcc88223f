// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "setup/passworddialog.h"

#include "setup/ui_passworddialog.h"

#include "delivery/words/words.h"

#include <QPushButton>

namespace postrider::setup {

PasswordDialog::PasswordDialog(const accounts::Account &account, const QString &reason,
                               SetPassword setPassword, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::PasswordDialog>())
    , m_setPassword(std::move(setPassword))
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
    connect(m_ui->buttonBox, &QDialogButtonBox::accepted, this, &PasswordDialog::save);
    connect(m_ui->buttonBox, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

PasswordDialog::~PasswordDialog() = default;

void PasswordDialog::save()
{
    m_ui->statusBanner->dismiss();
    m_ui->fieldsWidget->setEnabled(false);
    m_ui->buttonBox->button(QDialogButtonBox::Save)->setEnabled(false);
    m_setPassword(base::Secret::fromText(m_ui->passwordEdit->text()), this,
                  [this](const base::Expected<void, delivery::Trouble> &answer) { take(answer); });
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
    m_ui->statusBanner->showMessage(widgets::Tone::Problem, delivery::sentence(answer.error()));
    m_ui->passwordEdit->setFocus();
    m_ui->passwordEdit->selectAll();
}

} // namespace postrider::setup
