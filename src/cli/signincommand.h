// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "cli/accountcommands.h"
#include "cli/signinarguments.h"
#include "oauth/browsersignin.h"
#include "oauth/devicesignin.h"

#include <memory>

namespace postrider::cli {

/**
 * What the commands share for which a person signs in with a browser: tells where, opens it when there is a
 * display, and waits for the tokens. With --json the first line is {"open":URL} or {"user_code","page",
 * "open","expires_in"}, printed at once, and the account's line comes when all is done.
 */
class BrowserCommand : public AccountCommand
{
    Q_OBJECT

public:
    using AccountCommand::AccountCommand;

protected:
    /// For the account's provider; a failure ends the command.
    void obtainTokens(const accounts::Account &account, SignInWay way);
    virtual void obtained(oauth::Tokens tokens) = 0;

private:
    void tell(const QUrl &url);
    void tellCode(const QString &code, const QUrl &page, const QUrl &completePage,
                  std::chrono::seconds lifetime);
    void conclude(const oauth::SignInResult &result);
    void refuse(const oauth::SignInFailure &failure);

    std::unique_ptr<oauth::BrowserSignIn> m_browser {};
    std::unique_ptr<oauth::DeviceSignIn> m_device {};
};

class AccountSignUpCommand final : public BrowserCommand
{
    Q_OBJECT

public:
    AccountSignUpCommand(const Context &context, AccountSignUp arguments);

    void start() override;

protected:
    void opened() override;
    void obtained(oauth::Tokens tokens) override;

private:
    AccountSignUp m_arguments;
};

class AccountSignInCommand final : public BrowserCommand
{
    Q_OBJECT

public:
    AccountSignInCommand(const Context &context, AccountSignIn arguments);

protected:
    void opened() override;
    void obtained(oauth::Tokens tokens) override;

private:
    AccountSignIn m_arguments;
    QString m_account {}; ///< its id
};

} // namespace postrider::cli
