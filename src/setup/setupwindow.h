// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "setup/accountproof.h"
#include "setup/services.h"
#include "setup/setupdraft.h"
#include "setup/welcomepage.h"

#include <QDialog>
#include <QList>

#include <memory>

class QAction;

namespace postrider::setup {

namespace Ui {
class SetupWindow;
}

class AddressPage;
class ManualPage;
class ProofPage;
class ServerSearchPage;
class ServicePage;
class SetupPage;
class SignInPage;

/**
 * Sets up an account, page by page: who sends, by which server, signed in how, and proved. Nothing is saved
 * before the end, and an account that was not proved only when the person says so.
 *
 * Show it with show(): nothing is modal, and everything that is under way ends at once when it is left. Back
 * loses nothing; leaving asks once whether what was typed is to be kept. Ends in finished().
 */
class SetupWindow final : public QDialog
{
    Q_OBJECT

public:
    SetupWindow(Services services, WelcomePage::Practice practice, const SetupDraft &kept,
                QWidget *parent = nullptr);
    ~SetupWindow() override;
    Q_DISABLE_COPY_MOVE(SetupWindow)

    /// Ends without asking; what was typed comes back next time. For the end of the program.
    void keepAndLeave();
    /// Cancel: asks in the window when something was typed.
    void reject() override;

Q_SIGNALS:
    /// The account is saved. Whether the person wants to write with it comes as writeWanted().
    void added(const postrider::accounts::Account &account);
    void writeWanted(const QString &accountId);
    void practiceChosen();

private:
    enum class Afterwards { Nothing, Write };

    void makePages();
    void showPage(SetupPage *page);
    void turnTo(SetupPage *page);
    void goBack();
    void goOn();
    void goAfter(SetupPage *page);
    void followPage();
    void save(delivery::PostOffice::Keeping keeping);
    void takeSaved(const base::Expected<accounts::Account, delivery::Trouble> &answer);
    /// Ends, with what is to be kept for another day; nothing stays of a password.
    void leave(const QJsonObject &kept);
    [[nodiscard]] SetupPage *current() const;

    Services m_services;
    SetupDraft m_draft;
    AccountProof m_proof;
    WelcomePage::Practice m_practice;
    std::unique_ptr<Ui::SetupWindow> m_ui;
    WelcomePage *m_welcome = nullptr;
    ServicePage *m_service = nullptr;
    AddressPage *m_address = nullptr;
    ServerSearchPage *m_search = nullptr;
    ManualPage *m_manual = nullptr;
    SignInPage *m_signIn = nullptr;
    ProofPage *m_proofPage = nullptr;
    QAction *m_keepAction;
    QAction *m_discardAction;
    QAction *m_goOnAction;
    QList<SetupPage *> m_way {}; ///< the pages before this one, in order
    Afterwards m_afterwards = Afterwards::Nothing;
};

} // namespace postrider::setup
