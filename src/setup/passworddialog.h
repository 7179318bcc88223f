// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"
#include "base/secret.h"
#include "delivery/postoffice.h"

#include <QDialog>

#include <functional>
#include <memory>

class QAction;

namespace postrider::setup {

namespace Ui {
class PasswordDialog;
}

/// Asks for the new password of an account whose sign-in was refused or whose password is gone, and says why
/// it asks. Saving lets the account's waiting messages go. Open it with open().
class PasswordDialog final : public QDialog
{
    Q_OBJECT

public:
    using Answer = delivery::PostOffice::Answer<void>;
    using Keeping = delivery::PostOffice::Keeping;
    struct Actions
    {
        /// PostOffice::setPassword() for the account.
        std::function<void(base::Secret password, Keeping keeping, QObject *context, Answer answer)>
            setPassword {};
        /// PostOffice::unlockKeychain()
        std::function<void(QObject *context, Answer answer)> unlockKeychain {};
    };

    PasswordDialog(const accounts::Account &account, const QString &reason, Actions actions,
                   QWidget *parent = nullptr);
    ~PasswordDialog() override;
    Q_DISABLE_COPY_MOVE(PasswordDialog)

private:
    void save(Keeping keeping);
    void unlock();
    void take(const base::Expected<void, delivery::Trouble> &answer);

    std::unique_ptr<Ui::PasswordDialog> m_ui;
    Actions m_actions;
    QAction *m_unlockAction;
    QAction *m_sessionAction;
};

} // namespace postrider::setup
