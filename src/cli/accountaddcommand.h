// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "cli/accountcommands.h"
#include "cli/serverchoice.h"

#include <memory>
#include <optional>

namespace postrider::cli {

/// Sets up an account: finds its server unless it is named, proves it, and saves it.
class AccountAddCommand final : public AccountCommand
{
    Q_OBJECT

public:
    AccountAddCommand(const Context &context, AccountAdd arguments);

    void start() override;

protected:
    void opened() override;

private:
    /// What does not depend on the server; false when the command has failed.
    [[nodiscard]] bool readAccount();
    [[nodiscard]] bool readSecret(bool wantsSignIn);
    void chooseServer();
    void chooseServiceServer();
    void startChoice(ServerChoice::Wish wish);
    void take(const discovery::Report &report);
    void leadToBrowser(const discovery::Recommendation &found);
    void finishRefused(const delivery::Trouble &trouble);

    AccountAdd m_arguments;
    accounts::Account m_account {};
    base::Secret m_password {};
    std::unique_ptr<ServerChoice> m_choice {};
    std::optional<QString> m_providerId {};
};

/// The sending services that --service takes.
class AccountServicesCommand final : public RunningCommand
{
    Q_OBJECT

public:
    using RunningCommand::RunningCommand;

    void start() override;
};

} // namespace postrider::cli
