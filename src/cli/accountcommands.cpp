// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/accountcommands.h"

#include "cli/input.h"
#include "delivery/words/words.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::cli {

using accounts::Account;
using delivery::PostOffice;

AccountCommand::AccountCommand(const Context &context)
    : OfficeCommand(context, PostOffice::Delivery::Never)
{ }

void AccountCommand::print(const Account &account, std::function<void()> next)
{
    office().accountHold(
        account.id, this,
        orFail<outbox::AccountHold>([this, account, next = std::move(next)](const auto &hold) {
            QString line = account.id + u"  "_s + account.email + u"  "_s + account.server.host + u':'
                + QString::number(account.server.port) + u"  "_s + accounts::toString(account.server.security)
                + u"  "_s + accountStateWord(hold);
            if (!hold.problem.isNone())
                line += u"  "_s + delivery::sentence(hold.problem);
            output().result(toJson(account, hold), line);
            next();
        }));
}

void AccountCommand::printAndFinish(const Account &account)
{
    print(account, [this] { finish(ExitCode::Done); });
}

std::optional<Account> AccountCommand::findOrFail(const QString &word)
{
    auto account = findAccount(word);
    if (!account)
        fail(tr("There is no account \"%1\", or several begin like this.").arg(word),
             ExitCode::Configuration);
    return account;
}

AccountAddCommand::AccountAddCommand(const Context &context, AccountAdd arguments)
    : AccountCommand(context)
    , m_arguments(std::move(arguments))
{ }

void AccountAddCommand::start()
{
    const auto sender = readMailbox(m_arguments.email);
    if (!sender)
        return fail(sender.error().sentence, ExitCode::BadData);

    const bool signsIn = m_arguments.signIn.source != SignIn::PasswordSource::None;
    m_account.email = sender->address();
    m_account.displayName = m_arguments.name.isEmpty() ? sender->name : m_arguments.name;
    m_account.name = m_account.displayName.isEmpty() ? m_account.email : m_account.displayName;
    m_account.server = m_arguments.server;
    m_account.auth = m_arguments.signIn.mechanism;
    m_account.pinnedKey = m_arguments.pinnedKey;
    m_account.clientName = m_arguments.clientName;
    if (signsIn)
        m_account.user = m_arguments.signIn.user.isEmpty() ? m_account.email : m_arguments.signIn.user;

    if (m_account.server.security == accounts::Security::None
        && !accounts::isPlaintextAllowed(m_account.server.host, signsIn)) {
        return fail(plaintextRefused(), ExitCode::Configuration);
    }
    if (!m_arguments.caFile.isEmpty()) {
        const auto file = readableFile(m_arguments.caFile);
        if (!file)
            return fail(file.error().sentence, ExitCode::Configuration);
        m_account.caFile = file.value();
    }
    auto password = readPassword(m_arguments.signIn);
    if (!password)
        return fail(password.error().sentence, ExitCode::Configuration);
    if (password.value())
        m_password = std::move(*password.value());
    AccountCommand::start();
}

void AccountAddCommand::opened()
{
    office().addAccount(m_account, std::move(m_password), m_arguments.proof, this,
                        orFail<Account>([this](const Account &account) { printAndFinish(account); }));
}

void AccountListCommand::opened()
{
    printRest(0);
}

void AccountListCommand::printRest(qsizetype index)
{
    const QList<Account> accounts = office().accounts();
    if (index < accounts.size())
        return print(accounts.at(index), [this, index] { printRest(index + 1); });
    if (accounts.isEmpty())
        output().message(tr("There is no account yet."));
    finish(ExitCode::Done);
}

AccountShowCommand::AccountShowCommand(const Context &context, AccountShow arguments)
    : AccountCommand(context)
    , m_arguments(std::move(arguments))
{ }

void AccountShowCommand::opened()
{
    if (const auto account = findOrFail(m_arguments.id))
        printAndFinish(*account);
}

AccountRemoveCommand::AccountRemoveCommand(const Context &context, AccountRemove arguments)
    : AccountCommand(context)
    , m_arguments(std::move(arguments))
{ }

void AccountRemoveCommand::opened()
{
    const auto account = findOrFail(m_arguments.id);
    if (!account)
        return;
    if (account->isPractice())
        return fail(tr("The practice account is built in and stays."), ExitCode::Configuration);
    office().removeAccount(
        account->id, this, orFail<void>([this, account] {
            output().result(QJsonObject { { u"id"_s, account->id }, { u"removed"_s, true } });
            output().message(tr("The account %1 was removed.").arg(account->email));
            finish(ExitCode::Done);
        }));
}

AccountSetPasswordCommand::AccountSetPasswordCommand(const Context &context, AccountSetPassword arguments)
    : AccountCommand(context)
    , m_arguments(std::move(arguments))
{ }

void AccountSetPasswordCommand::start()
{
    SignIn source;
    source.source = SignIn::PasswordSource::StandardInput;
    auto password = readPassword(source);
    if (!password)
        return fail(password.error().sentence, ExitCode::Configuration);
    m_password = std::move(*password.value());
    AccountCommand::start();
}

void AccountSetPasswordCommand::opened()
{
    const auto account = findOrFail(m_arguments.id);
    if (!account)
        return;
    if (account->isPractice() || account->user.isEmpty())
        return fail(tr("The account %1 needs no password.").arg(account->email), ExitCode::Configuration);
    office().setPassword(account->id, std::move(m_password), this,
                         orFail<void>([this, account] { printAndFinish(*account); }));
}

} // namespace postrider::cli
