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

namespace {

QString toLine(const Account &account, const outbox::AccountHold &hold)
{
    QString line = account.id + u"  "_s + account.email + u"  "_s + account.server.host + u':'
        + QString::number(account.server.port) + u"  "_s + accounts::toString(account.server.security)
        + u"  "_s + accountStateWord(hold);
    if (!hold.problem.isNone())
        line += u"  "_s + delivery::sentence(hold.problem);
    return line;
}

} // namespace

AccountCommand::AccountCommand(const Context &context)
    : OfficeCommand(context, PostOffice::Delivery::Never)
{ }

void AccountCommand::print(const Account &account, std::function<void()> next)
{
    office().accountHold(
        account.id, this,
        orFail<outbox::AccountHold>([this, account, next = std::move(next)](const auto &hold) {
            output().result(toJson(account, hold), toLine(account, hold));
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
    const auto account = findOrFail(m_arguments.id);
    if (!account)
        return;
    // One after the other; each answer carries what is known so far.
    const QString id = account->id;
    office().accountHold(
        id, this, orFail<outbox::AccountHold>([this, id, account](const outbox::AccountHold &hold) {
            const Shown held { .account = *account, .hold = hold };
            office().serverFacts(
                id, this, orFail<std::optional<outbox::ServerFacts>>([this, id, held](const auto &facts) {
                    Shown known = held;
                    known.facts = facts;
                    office().serverHabits(
                        id, this,
                        orFail<std::optional<outbox::LearntHabits>>([this, known](const auto &habits) {
                            Shown all = known;
                            all.habits = habits;
                            show(all);
                        }));
                }));
        }));
}

void AccountShowCommand::show(const Shown &shown)
{
    QJsonObject object = toJson(shown.account, shown.hold);
    object.insert(u"offered"_s, shown.facts ? toJson(*shown.facts) : QJsonValue(QJsonValue::Null));
    object.insert(u"habits"_s, shown.habits ? toJson(*shown.habits) : QJsonValue(QJsonValue::Null));
    output().result(object, toLine(shown.account, shown.hold));
    if (output().format() == Output::Format::Text) {
        QStringList known = shown.facts
            ? delivery::sentences(*shown.facts)
            : QStringList { tr("There was no connection to its server yet, so nothing is known about it.") };
        if (shown.habits)
            known += delivery::sentences(*shown.habits);
        if (const QString advice = delivery::advice(shown.hold.problem); !advice.isEmpty())
            known += advice;
        for (const QString &sentence : std::as_const(known))
            output().result({}, sentence);
    }
    finish(ExitCode::Done);
}

AccountForgetServerCommand::AccountForgetServerCommand(const Context &context, AccountForgetServer arguments)
    : AccountCommand(context)
    , m_arguments(std::move(arguments))
{ }

void AccountForgetServerCommand::opened()
{
    const auto account = findOrFail(m_arguments.id);
    if (!account)
        return;
    office().forgetServerFacts(
        account->id, this, orFail<void>([this, account] {
            output().message(tr("What %1 offered before is forgotten; what it offers next is taken as right.")
                                 .arg(account->server.host));
            printAndFinish(*account);
        }));
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
