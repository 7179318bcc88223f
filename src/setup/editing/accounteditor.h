// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"
#include "setup/services.h"

#include <QDialog>
#include <QList>

#include <functional>
#include <memory>
#include <optional>

class QAction;

namespace postrider::setup {

namespace Ui {
class AccountEditor;
}

/**
 * Changes a saved account: its name, the addresses that are sent from, the server and who signs in there.
 * What matters to the server is proved before it is saved, once for each press; what cannot be proved is
 * saved only when the person says so.
 *
 * Show it with show(): nothing is modal, and leaving it ends at once what is under way.
 */
class AccountEditor final : public QDialog
{
    Q_OBJECT

public:
    /// What the editor wants from the rest of the program; as Services has it.
    struct Actions
    {
        template <typename T>
        using Answer = Services::Answer<T>;
        using Proof = delivery::PostOffice::Proof;
        using Keeping = delivery::PostOffice::Keeping;

        /// Without a password the one that is kept stays.
        std::function<void(const accounts::Account &account, Proof proof,
                           std::optional<base::Secret> password, Keeping keeping, QObject *context,
                           Answer<accounts::Account> answer)>
            update {};
        std::function<void(const accounts::Account &account, std::optional<base::Secret> password,
                           QObject *context, delivery::ProofWatcher watcher, Answer<void> answer)>
            prove {};
        /// After a sign-in at the provider's own page.
        std::function<void(const accounts::Account &account, oauth::Tokens tokens, QObject *context,
                           Answer<accounts::Account> answer)>
            signInAgain {};
        std::function<void(const QString &accountId, QObject *context, Answer<void> answer)> remove {};
        /// Where the account's password is kept now.
        std::function<Keeping(const QString &accountId)> keeping {};
        /// Shows all that can be found out about the account's server, in a window of its own.
        std::function<void(const QString &accountId)> lookAtServer {};
        /// How many messages wait for the account.
        std::function<void(const QString &accountId, QObject *context, std::function<void(int)> answer)>
            countWaiting {};
    };

    AccountEditor(const accounts::Account &account, Services services, Actions actions,
                  QWidget *parent = nullptr);
    ~AccountEditor() override;
    Q_DISABLE_COPY_MOVE(AccountEditor)

    /// What stands in the fields.
    [[nodiscard]] accounts::Account account() const;

    /// Shows how to sign in at the provider's own page again; nothing for an account with a password.
    void offerSignIn();
    void reject() override;

private:
    enum class Activity { Editing, Waiting };

    void setUpFields();
    void showIdentities();
    void showIdentity(int row);
    void takeIdentity();
    void addIdentity();
    void removeIdentity();
    void followSecurity();
    [[nodiscard]] std::optional<base::Secret> newPassword() const;
    /// The field and the sentence of the first thing that is missing or impossible; no field: all is well.
    [[nodiscard]] std::pair<QWidget *, QString> firstProblem() const;
    void showField(QWidget *field);
    void save(Actions::Proof proof);
    void test();
    void askBeforeRemoving();
    void remove();
    void takeSaved(const base::Expected<accounts::Account, delivery::Trouble> &answer);
    void signInAgain();
    void setActivity(Activity activity);
    void tell(const delivery::Trouble &trouble, const QList<QAction *> &actions);

    std::unique_ptr<Ui::AccountEditor> m_ui;
    Services m_services;
    Actions m_actions;
    accounts::Account m_account;               ///< as it was
    QList<accounts::Identity> m_identities {}; ///< the account's own address first
    int m_shown = -1;                          ///< the identity in the fields
    accounts::Security m_portFollows;
    bool m_isForSession = false; ///< the password that is kept
    QAction *m_saveAnywayAction;
    QAction *m_removeAction;
    QAction *m_keepAction;
    std::unique_ptr<QObject> m_context {}; ///< of what is under way
};

} // namespace postrider::setup
