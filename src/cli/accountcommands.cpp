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

void addRules(QJsonObject &object, const Account &account)
{
    object.insert(u"in_doubt"_s, accounts::toString(account.inDoubtRule));
    object.insert(u"some_refused"_s, accounts::toString(account.partialRecipients));
    object.insert(u"send_later"_s, accounts::toString(account.laterDelivery));
}

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
                            office().pace(known.account.id, this,
                                          orFail<outbox::PaceReport>([this, all](const auto &pace) {
                                              Shown complete = all;
                                              complete.pace = pace;
                                              show(complete);
                                          }));
                        }));
                }));
        }));
}

void AccountShowCommand::show(const Shown &shown)
{
    QJsonObject object = toJson(shown.account, shown.hold);
    object.insert(u"offered"_s, shown.facts ? toJson(*shown.facts) : QJsonValue(QJsonValue::Null));
    object.insert(u"habits"_s, shown.habits ? toJson(*shown.habits) : QJsonValue(QJsonValue::Null));
    addRules(object, shown.account);
    object.insert(u"pace"_s, toJson(shown.pace, clock().now()));
    output().result(object, toLine(shown.account, shown.hold));
    if (output().format() == Output::Format::Text) {
        QStringList known = shown.facts
            ? delivery::sentences(*shown.facts)
            : QStringList { tr("There was no connection to its server yet, so nothing is known about it.") };
        if (shown.habits)
            known += delivery::sentences(*shown.habits);
        known += ruleSentences(shown.account, shown.pace.pace.inForce(clock().now()));
        if (const QString advice = delivery::advice(shown.hold.problem); !advice.isEmpty())
            known += advice;
        for (const QString &sentence : std::as_const(known))
            output().result({}, sentence);
    }
    finish(ExitCode::Done);
}

QStringList AccountCommand::ruleSentences(const Account &account, const outbox::PaceLimits &inForce)
{
    QStringList sentences;
    switch (account.inDoubtRule) {
    case accounts::InDoubtRule::Ask:
        sentences += tr("A message in doubt waits for your decision.");
        break;
    case accounts::InDoubtRule::Resend:
        sentences += tr("A message in doubt is sent once more after half an hour.");
        break;
    case accounts::InDoubtRule::Never:
        sentences += tr("A message in doubt is not sent again.");
        break;
    }
    if (account.partialRecipients == accounts::PartialRecipients::SendToNobodyAndAsk)
        sentences += tr("A message of which some recipients are refused goes to nobody before you decide.");
    if (account.laterDelivery == accounts::LaterDelivery::HoldAtServer)
        sentences += tr("A message for later waits at the server if it offers that.");
    if (const int limit = inForce.messagesPerMinute.value_or(0))
        sentences += tr("Messages in a minute: at most %1.").arg(limit);
    if (const int limit = inForce.messagesPerDay.value_or(0))
        sentences += tr("Messages in a day: at most %1.").arg(limit);
    if (const int limit = inForce.recipientsPerMessage.value_or(0))
        sentences += tr("Recipients of one message: at most %1 at once.").arg(limit);
    if (const int limit = inForce.recipientsPerDay.value_or(0))
        sentences += tr("Recipients in a day: at most %1.").arg(limit);
    return sentences;
}

AccountSetCommand::AccountSetCommand(const Context &context, AccountSet arguments)
    : AccountCommand(context)
    , m_arguments(std::move(arguments))
{ }

void AccountSetCommand::opened()
{
    const auto account = findOrFail(m_arguments.id);
    if (!account)
        return;
    if (account->isPractice())
        return fail(tr("The practice account sends nothing and has no rules."), ExitCode::Configuration);
    if (m_arguments.rules.isEmpty())
        return setPace(*account);
    office().setRules(account->id, m_arguments.rules, this,
                      orFail<Account>([this](const Account &changed) { setPace(changed); }));
}

void AccountSetCommand::setPace(const Account &account)
{
    if (!m_arguments.changesPace())
        return printChanged(account);
    office().pace(account.id, this, orFail<outbox::PaceReport>([this, account](const auto &known) {
                      outbox::PaceLimits chosen = known.pace.chosen;
                      const auto take = [](std::optional<int> &limit, const AccountSet::Limit &wanted) {
                          if (wanted)
                              limit = *wanted;
                      };
                      take(chosen.messagesPerMinute, m_arguments.messagesPerMinute);
                      take(chosen.messagesPerDay, m_arguments.messagesPerDay);
                      take(chosen.recipientsPerMessage, m_arguments.recipientsPerMessage);
                      take(chosen.recipientsPerDay, m_arguments.recipientsPerDay);
                      office().setPace(account.id, chosen, this,
                                       orFail<void>([this, account] { printChanged(account); }));
                  }));
}

void AccountSetCommand::printChanged(const Account &account)
{
    office().pace(account.id, this, orFail<outbox::PaceReport>([this, account](const auto &pace) {
                      const QDateTime now = clock().now();
                      QJsonObject object { { u"id"_s, account.id }, { u"pace"_s, toJson(pace, now) } };
                      addRules(object, account);
                      output().result(object);
                      if (output().format() == Output::Format::Text) {
                          for (const QString &sentence : ruleSentences(account, pace.pace.inForce(now)))
                              output().result({}, sentence);
                      }
                      finish(ExitCode::Done);
                  }));
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
