// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"
#include "base/secret.h"
#include "delivery/postoffice.h"

#include <QDialog>

#include <functional>
#include <memory>

class QPushButton;

namespace postrider::setup {

namespace Ui {
class AccountDialog;
}

/**
 * Asks for everything that an account needs, proves it by signing in, and only then saves it.
 *
 * A refusal is said in the dialog itself, with the server's own words, and nothing of what was typed is
 * lost. Open it with open(): it never blocks. When it is cancelled while the server is still being asked, it
 * stays alive unseen until the answer, so that an account that was saved meanwhile can be taken back
 * (savedAfterCancel()). Ends in finished().
 */
class AccountDialog final : public QDialog
{
    Q_OBJECT

public:
    using Answer = delivery::PostOffice::Answer<accounts::Account>;
    /// Proves and saves: PostOffice::addAccount() with Proof::SignIn.
    using AddAccount = std::function<void(const accounts::Account &account, base::Secret password,
                                          QObject *context, Answer answer)>;

    explicit AccountDialog(AddAccount addAccount, QWidget *parent = nullptr);
    ~AccountDialog() override;
    Q_DISABLE_COPY_MOVE(AccountDialog)

    /// Offers the practice mailbox beside setting up; for a profile without any account.
    void offerPractice();

    /// What stands in the fields, without id.
    [[nodiscard]] accounts::Account account() const;

public Q_SLOTS:
    void reject() override;

Q_SIGNALS:
    void added(const postrider::accounts::Account &account);
    void savedAfterCancel(const QString &accountId);
    void practiceChosen();

private:
    enum class Activity { Asking, SigningIn };

    void setUpFields();
    void setActivity(Activity activity);
    void signInAndSave();
    void take(const base::Expected<accounts::Account, delivery::Trouble> &answer);
    void followEmail(const QString &email);
    void followSecurity();
    void splitHostAndPort();
    void chooseCaFile();
    void refuse(QWidget *field, const QString &sentence, const QString &details = {});
    [[nodiscard]] QWidget *fieldOf(const delivery::Trouble &trouble) const;
    [[nodiscard]] accounts::Security security() const;
    /// The field and the sentence of the first thing that is missing or impossible; no field: all is well.
    [[nodiscard]] std::pair<QWidget *, QString> firstProblem() const;

    std::unique_ptr<Ui::AccountDialog> m_ui;
    AddAccount m_addAccount;
    QPushButton *m_saveButton;
    accounts::Security m_portFollows = accounts::Security::Tls;
    Activity m_activity = Activity::Asking;
    bool m_cancelled = false;
};

} // namespace postrider::setup
