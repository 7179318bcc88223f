// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/import/importer.h"
#include "cli/accountcommands.h"

#include <optional>

namespace postrider::cli {

/// Lists accounts of other programs, or sets one of them up.
class AccountImportCommand final : public AccountCommand
{
    Q_OBJECT

public:
    AccountImportCommand(const Context &context, AccountImport arguments);

    void start() override;

protected:
    void opened() override;

private:
    void list();
    /// The one to set up; the command fails when there is none, or when something must be decided first.
    [[nodiscard]] bool choose();
    void say(const accounts::FoundAccount &account);

    AccountImport m_arguments;
    QList<accounts::FoundAccount> m_found {};
    accounts::Account m_account {};
    base::Secret m_password {};
};

} // namespace postrider::cli
