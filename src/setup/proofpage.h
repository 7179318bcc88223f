// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "setup/accountproof.h"
#include "setup/checkline.h"
#include "setup/services.h"
#include "setup/setupdraft.h"
#include "setup/setuppage.h"

#include <functional>
#include <memory>

class QAction;

namespace postrider::setup {

namespace Ui {
class ProofPage;
}

/// What was proved, line by line; a test message for whoever wants one; and what the account is called. An
/// account that could not be proved can be saved all the same: its mail waits then.
class ProofPage final : public SetupPage
{
    Q_OBJECT

public:
    /// Where the page gets what the person signed in with; it does not keep it.
    using Keys = std::function<Credentials()>;

    /// Services and proof outlive the page.
    ProofPage(SetupDraft &draft, const Services &services, AccountProof &proof, Keys keys,
              QWidget *parent = nullptr);
    ~ProofPage() override;
    Q_DISABLE_COPY_MOVE(ProofPage)

    [[nodiscard]] QString title() const override;
    [[nodiscard]] int step() const override { return 4; }
    [[nodiscard]] QWidget *firstField() const override;
    void enter() override;
    void leave() override;
    /// Whether a message can be written with it.
    [[nodiscard]] bool isComplete() const override;
    void goOn() override;

    /// What the button says that ends the set-up.
    [[nodiscard]] QString doneText() const;
    /// Whether it can be saved, proved or not.
    [[nodiscard]] bool canBeSaved() const;
    /// Saving began, or ended in trouble.
    void setSaving();
    void showTrouble(const delivery::Trouble &trouble);

Q_SIGNALS:
    /// Save it again; the password is kept for this session only, or the store is open now.
    void saveAgainWanted(postrider::delivery::PostOffice::Keeping keeping);
    /// The way to the server does not work: another one is to be looked for.
    void searchWanted();

private:
    void begin();
    void follow();
    void showProblem();
    void sendTest();
    void takeTest(const base::Expected<TestOutcome, delivery::Trouble> &outcome);
    [[nodiscard]] bool signsIn() const;

    SetupDraft &m_draft;
    const Services &m_services;
    AccountProof &m_proof;
    Keys m_keys;
    std::unique_ptr<Ui::ProofPage> m_ui;
    QAction *m_tryAgainAction;
    QAction *m_searchAction;
    QAction *m_unlockAction;
    QAction *m_sessionAction;
    std::unique_ptr<QObject> m_testContext {};
    bool m_isSaving = false;
};

} // namespace postrider::setup
