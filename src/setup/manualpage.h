// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "setup/accountproof.h"
#include "setup/services.h"
#include "setup/setupdraft.h"
#include "setup/setuppage.h"

#include <memory>

namespace postrider::setup {

namespace Ui {
class ManualPage;
}

/**
 * The settings by hand: a server with or without sign-in, or the mail system of this computer. The port
 * follows the encryption and the other way round, until the person wants something unusual. Encryption cannot
 * be switched off where others could listen (RFC 8314 section 5.2).
 */
class ManualPage final : public SetupPage
{
    Q_OBJECT

public:
    /// Services and proof outlive the page.
    ManualPage(SetupDraft &draft, const Services &services, AccountProof &proof, QWidget *parent = nullptr);
    ~ManualPage() override;
    Q_DISABLE_COPY_MOVE(ManualPage)

    [[nodiscard]] QString title() const override;
    [[nodiscard]] int step() const override { return 2; }
    [[nodiscard]] QWidget *firstField() const override;
    void enter() override;
    void leave() override;
    [[nodiscard]] bool isComplete() const override;
    void goOn() override;

Q_SIGNALS:
    /// The person wants the search again.
    void automaticWanted();

private:
    /// Who takes the messages.
    enum class Kind { Server, Relay, ThisComputer };
    enum class Local { Server, Command };

    void fillBoxes();
    void showAccount(const accounts::Account &account);
    [[nodiscard]] Kind kind() const;
    [[nodiscard]] Local local() const;
    [[nodiscard]] accounts::Security security() const;
    [[nodiscard]] int port() const;
    [[nodiscard]] QString host() const;
    void setSecurity(accounts::Security security);
    void followKind();
    void followPort();
    void followSecurity();
    void explain();
    void splitHostAndPort();
    /// The field and the sentence of the first thing that is missing or impossible; no field: all is well.
    [[nodiscard]] std::pair<QWidget *, QString> firstProblem() const;
    [[nodiscard]] bool take();
    void test();
    void followTest();
    void takeProof();

    SetupDraft &m_draft;
    const Services &m_services;
    AccountProof &m_proof;
    std::unique_ptr<Ui::ManualPage> m_ui;
    std::unique_ptr<ServerSearch> m_test {};
    accounts::Security m_portFollows = accounts::Security::StartTls;
    bool m_isWatching = false; ///< the proof that runs is this page's test
};

} // namespace postrider::setup
