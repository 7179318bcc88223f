// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "cli/accountcommands.h"

namespace postrider::cli {

/// Changes an account after proving what it would be then.
class AccountEditCommand final : public AccountCommand
{
    Q_OBJECT

public:
    AccountEditCommand(const Context &context, AccountEdit arguments);

    void start() override;

protected:
    void opened() override;

private:
    /// What the files and addresses of the options say; false when the command has failed.
    [[nodiscard]] bool readValues();
    [[nodiscard]] accounts::Server changed(const accounts::Server &server) const;

    AccountEdit m_arguments;
    std::optional<QString> m_signature {};
    std::optional<base::Secret> m_password {};
};

/// What the commands for further addresses share.
class IdentityCommand : public AccountCommand
{
    Q_OBJECT

public:
    using AccountCommand::AccountCommand;

protected:
    void print(const accounts::Account &account);
    /// Saves the account with its identities as they are now, prints them and finishes.
    void save(const accounts::Account &account, delivery::PostOffice::Proof proof);
};

class IdentityAddCommand final : public IdentityCommand
{
    Q_OBJECT

public:
    IdentityAddCommand(const Context &context, IdentityAdd arguments);

    void start() override;

protected:
    void opened() override;

private:
    IdentityAdd m_arguments;
    accounts::Identity m_identity {};
};

class IdentityListCommand final : public IdentityCommand
{
    Q_OBJECT

public:
    IdentityListCommand(const Context &context, IdentityList arguments);

protected:
    void opened() override;

private:
    IdentityList m_arguments;
};

class IdentityRemoveCommand final : public IdentityCommand
{
    Q_OBJECT

public:
    IdentityRemoveCommand(const Context &context, IdentityRemove arguments);

protected:
    void opened() override;

private:
    IdentityRemove m_arguments;
};

} // namespace postrider::cli
