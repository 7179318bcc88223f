// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "cli/arguments.h"
#include "cli/officecommand.h"

#include <QStringList>

#include <functional>
#include <optional>

namespace postrider::cli {

/// What the account commands share: none of them delivers, and most end by printing an account's line.
class AccountCommand : public OfficeCommand
{
    Q_OBJECT

public:
    explicit AccountCommand(const Context &context);

protected:
    /// Asks for the account's state, prints its line, then goes on.
    void print(const accounts::Account &account, std::function<void()> next);
    void printAndFinish(const accounts::Account &account);
    /// What a person decided for the account, in sentences.
    [[nodiscard]] static QStringList ruleSentences(const accounts::Account &account,
                                                   const outbox::PaceLimits &inForce);
    /// The account that was named, or the command fails.
    [[nodiscard]] std::optional<accounts::Account> findOrFail(const QString &word);
};

class AccountListCommand final : public AccountCommand
{
    Q_OBJECT

public:
    using AccountCommand::AccountCommand;

protected:
    void opened() override;

private:
    void printRest(qsizetype index);
};

class AccountShowCommand final : public AccountCommand
{
    Q_OBJECT

public:
    AccountShowCommand(const Context &context, AccountShow arguments);

protected:
    void opened() override;

private:
    struct Shown
    {
        accounts::Account account {};
        outbox::AccountHold hold {};
        std::optional<outbox::ServerFacts> facts {};
        std::optional<outbox::LearntHabits> habits {};
        outbox::PaceReport pace {};
    };
    void show(const Shown &shown);

    AccountShow m_arguments;
};

class AccountRemoveCommand final : public AccountCommand
{
    Q_OBJECT

public:
    AccountRemoveCommand(const Context &context, AccountRemove arguments);

protected:
    void opened() override;

private:
    AccountRemove m_arguments;
};

class AccountForgetServerCommand final : public AccountCommand
{
    Q_OBJECT

public:
    AccountForgetServerCommand(const Context &context, AccountForgetServer arguments);

protected:
    void opened() override;

private:
    AccountForgetServer m_arguments;
};

/// The rules and the pace.
class AccountSetCommand final : public AccountCommand
{
    Q_OBJECT

public:
    AccountSetCommand(const Context &context, AccountSet arguments);

protected:
    void opened() override;

private:
    void setPace(const accounts::Account &account);
    void printChanged(const accounts::Account &account);

    AccountSet m_arguments;
};

class AccountSetPasswordCommand final : public AccountCommand
{
    Q_OBJECT

public:
    AccountSetPasswordCommand(const Context &context, AccountSetPassword arguments);

    void start() override;

protected:
    void opened() override;

private:
    AccountSetPassword m_arguments;
    base::Secret m_password {};
};

} // namespace postrider::cli
