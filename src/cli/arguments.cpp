// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/arguments.h"

#include "cli/accountarguments.h"
#include "cli/argumentscan.h"
#include "cli/commandtable.h"
#include "cli/optionreader.h"
#include "cli/sendmailarguments.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::cli {

namespace {

using Kind = UsageError::Kind;
using base::Unexpected;

/// Whether the mechanism that was asked for signs in with one.
bool takesToken(const SignIn &signIn)
{
    return !sasl::chooseMechanism({ signIn.mechanism }, {}, sasl::Channel::Encrypted,
                                  sasl::CredentialKind::AccessToken)
                .isEmpty();
}

/// What `detect` and `doctor` have in common.
template <typename Search>
void readSearch(OptionReader &reader, Search &command)
{
    using discovery::FinderOptions;
    command.timeout = reader.duration("timeout"_L1);
    if (command.timeout == std::chrono::milliseconds::zero())
        reader.fail(Kind::ValueBad, u"--timeout"_s, reader.text("timeout"_L1));
    reader.exclude("no-lookup"_L1, "ask-database"_L1);
    if (reader.has("no-lookup"_L1))
        command.lookup = FinderOptions::Lookup::None;
    if (reader.has("ask-database"_L1))
        command.database = FinderOptions::Database::Ask;
}

Detect readDetect(OptionReader &reader, const QString &subject)
{
    Detect command;
    if (const auto query = discovery::Query::parse(subject))
        command.query = *query;
    else
        reader.fail(Kind::NoSubject, subject);
    readSearch(reader, command);
    command.caFile = reader.name("ca-file"_L1);
    reader.exclude("no-lookup"_L1, "ask-unencrypted"_L1);
    if (reader.has("ask-unencrypted"_L1))
        command.plainSettings = discovery::FinderOptions::PlainSettings::Ask;
    if (reader.has("full"_L1))
        command.extent = discovery::Search::Extent::AllPorts;
    return command;
}

Doctor readDoctor(OptionReader &reader, const QString &id)
{
    Doctor command;
    command.id = id;
    readSearch(reader, command);
    return command;
}

Command readSendDirect(OptionReader &reader, const QString &link)
{
    for (const QLatin1StringView option :
         { "account"_L1, "queue-only"_L1, "wait"_L1, "record"_L1, "at"_L1, "undo"_L1 })
        reader.exclude(option, "server"_L1);

    SendDirect command;
    command.server = reader.server("server"_L1);
    command.signIn = reader.signIn();
    const bool hasSecret = command.signIn.source != SignIn::PasswordSource::None;
    if (command.signIn.mechanism == "EXTERNAL")
        reader.require("client-cert"_L1);
    else if (!command.signIn.mechanism.isEmpty() && !hasSecret)
        reader.require(takesToken(command.signIn) ? "token-file"_L1 : "password-stdin"_L1);
    if (hasSecret)
        reader.require("user"_L1);
    else if (command.signIn.kind == sasl::CredentialKind::Password)
        reader.needs("user"_L1, "password-stdin"_L1);
    command.caFile = reader.name("ca-file"_L1);
    command.pinnedKey = reader.pin();
    command.clientName = reader.clientName();
    command.proxy = reader.proxy();
    command.proxyPasswordFile = reader.name("proxy-password-file"_L1);
    reader.needs("proxy-password-file"_L1, "proxy"_L1);
    if (!command.proxyPasswordFile.isEmpty() && command.proxy.user.isEmpty())
        reader.fail(Kind::OnlyWith, u"--proxy-password-file"_s, u"--proxy=socks5://USER@HOST"_s);
    command.services = reader.services();
    command.transcriptFile = reader.name("transcript"_L1);
    if (reader.has("verbose"_L1))
        command.verbosity = SendDirect::Verbosity::Conversation;
    command.timeout = reader.duration("timeout"_L1);
    if (command.timeout == std::chrono::milliseconds::zero())
        reader.fail(Kind::ValueBad, u"--timeout"_s, reader.text("timeout"_L1));
    command.content = reader.content(link);
    return command;
}

Command readSend(OptionReader &reader, const QString &link)
{
    if (reader.has("server"_L1))
        return readSendDirect(reader, link);
    for (const QLatin1StringView option :
         { "port"_L1, "security"_L1, "user"_L1, "password-stdin"_L1, "password-file"_L1, "token-file"_L1,
           "client-cert"_L1, "client-key"_L1, "auth"_L1, "ca-file"_L1, "pin"_L1, "helo"_L1, "timeout"_L1,
           "proxy"_L1, "proxy-password-file"_L1, "transcript"_L1, "verbose"_L1 })
        reader.needs(option, "server"_L1);
    reader.exclude("queue-only"_L1, "wait"_L1);

    Send command;
    command.account = reader.name("account"_L1);
    command.content = reader.content(link);
    if (command.content.emlFiles.size() > 1)
        reader.fail(Kind::GivenTwice, u"--eml"_s);
    command.services = reader.services();
    command.services.refusedRecipients = delivery::Services::RefusedRecipients::SendToOthers;
    if (reader.has("record"_L1))
        command.recording = outbox::Recording::On;
    reader.exclude("at"_L1, "wait"_L1);
    command.at = reader.name("at"_L1);
    reader.exclude("undo"_L1, "at"_L1);
    command.undoWindow = reader.undoWindow();
    if (reader.has("queue-only"_L1) || reader.has("at"_L1))
        command.until = Send::Until::Queued;
    if (!reader.text("wait"_L1).isEmpty())
        command.wait = reader.duration("wait"_L1).value_or(DefaultWait);
    return command;
}

Command readOutboxList(OptionReader &reader)
{
    OutboxList command;
    if (reader.has("state"_L1)) {
        const QString word = reader.text("state"_L1);
        const outbox::MessageState state = outbox::messageStateFromString(word);
        if (outbox::toString(state) != word)
            reader.fail(Kind::ValueBad, u"--state"_s, word);
        command.state = state;
    }
    return command;
}

Command readOutboxRetry(OptionReader &reader, const QString &id)
{
    reader.exclude("record"_L1, "all"_L1);
    if (reader.has("all"_L1)) {
        if (!id.isEmpty())
            reader.fail(Kind::OperandUnexpected, id);
        return OutboxRetryAll {};
    }
    if (id.isEmpty())
        reader.fail(Kind::OperandMissing, u"ID"_s);
    return OutboxAct { id, delivery::PostOffice::Action::Retry,
                       reader.has("record"_L1) ? outbox::Recording::On : outbox::Recording::Off };
}

Command readOutboxResolve(OptionReader &reader, const QString &id)
{
    using Action = delivery::PostOffice::Action;
    reader.exclude("sent"_L1, "resend"_L1);
    if (!reader.has("sent"_L1) && !reader.has("resend"_L1))
        reader.fail(Kind::OptionMissing, u"--sent"_s, u"--resend"_s);
    return OutboxAct { id, reader.has("sent"_L1) ? Action::ResolveSent : Action::ResolveResend, {} };
}

Command readCommand(QLatin1StringView words, OptionReader &reader, const QStringList &operands)
{
    using Action = delivery::PostOffice::Action;
    const QString operand = operands.value(0);
    if (words == "account add"_L1) {
        if (reader.has("oauth"_L1))
            return readAccountSignUp(reader);
        return readAccountAdd(reader);
    }
    if (words == "account sign-in"_L1)
        return readAccountSignIn(reader, operand);
    if (words == "account list"_L1)
        return AccountList {};
    if (words == "account show"_L1)
        return AccountShow { operand };
    if (words == "account remove"_L1)
        return AccountRemove { operand };
    if (words == "account forget-server"_L1)
        return AccountForgetServer { operand };
    if (words == "account set-password"_L1) {
        reader.require("password-stdin"_L1);
        return AccountSetPassword { operand };
    }
    if (words == "account edit"_L1)
        return readAccountEdit(reader, operand);
    if (words == "account identity add"_L1)
        return readIdentityAdd(reader, operand);
    if (words == "account identity list"_L1)
        return IdentityList { operand };
    if (words == "account identity remove"_L1)
        return IdentityRemove { operand, operands.value(1) };
    if (words == "account import"_L1)
        return readAccountImport(reader, operand);
    if (words == "account services"_L1)
        return AccountServices {};
    if (words == "account set"_L1)
        return readAccountSet(reader, operand);
    if (words == "send"_L1)
        return readSend(reader, operand);
    if (words == "outbox list"_L1)
        return readOutboxList(reader);
    if (words == "outbox show"_L1)
        return OutboxShow { operand };
    if (words == "outbox log"_L1)
        return OutboxLog { operand };
    if (words == "outbox retry"_L1)
        return readOutboxRetry(reader, operand);
    if (words == "outbox cancel"_L1)
        return OutboxAct { operand, Action::Cancel, {} };
    if (words == "outbox hold"_L1)
        return OutboxAct { operand, Action::Hold, {} };
    if (words == "outbox release"_L1)
        return OutboxAct { operand, Action::Release, {} };
    if (words == "outbox schedule"_L1)
        return OutboxSchedule { operand, operands.value(1) };
    if (words == "outbox correct"_L1)
        return OutboxCorrect { operand, operands.value(1), operands.value(2) };
    if (words == "outbox resolve"_L1)
        return readOutboxResolve(reader, operand);
    if (words == "outbox run"_L1) {
        return OutboxRun { reader.has("until-empty"_L1) ? OutboxRun::Until::Empty
                                                        : OutboxRun::Until::Interrupted };
    }
    if (words == "outbox sent"_L1)
        return OutboxSent {};
    if (words == "settings list"_L1)
        return SettingsList {};
    if (words == "settings set"_L1)
        return SettingsSet { operand, operands.value(1) };
    if (words == "detect"_L1)
        return readDetect(reader, operand);
    if (words == "doctor"_L1)
        return readDoctor(reader, operand);
    Q_ASSERT(words == "practice"_L1);
    return Practice { reader.port(), reader.name("dir"_L1) };
}

/// Takes the words that name a command off the front; null when they name none.
const CommandSpec *takeCommand(QStringList &words)
{
    for (const qsizetype count : { 1, 2, 3 }) {
        if (words.size() < count)
            break;
        if (const CommandSpec *command = findCommand(words.mid(0, count).join(u' '))) {
            words.remove(0, count);
            return command;
        }
    }
    return nullptr;
}

/// Whether commands begin with this word ("outbox").
bool isFamily(const QString &word)
{
    const QString start = word + u' ';
    return std::any_of(commands().begin(), commands().end(),
                       [&start](const CommandSpec &command) { return command.words.startsWith(start); });
}

UsageError unknownCommand(const QStringList &words)
{
    if (words.isEmpty())
        return { Kind::NoCommand, {}, {}, {} };
    if (!isFamily(words.first()))
        return { Kind::UnknownCommand, words.first(), {}, {} };
    if (words.size() == 1)
        return { Kind::OperandMissing, u"COMMAND"_s, {}, words.first() };
    return { Kind::UnknownCommand, words.mid(0, 2).join(u' '), {}, words.first() };
}

std::optional<UsageError> misplacedOption(const ArgumentScan &scan, const CommandSpec &command)
{
    for (const QString &option : scan.options()) {
        const bool global = std::any_of(globalOptions().begin(), globalOptions().end(),
                                        [&option](const OptionSpec &spec) { return spec.name == option; });
        if (!global && !command.options.contains(QLatin1StringView(option.toLatin1())))
            return UsageError { Kind::OptionMisplaced, withHyphens(option), QString(command.words), {} };
    }
    return {};
}

std::optional<UsageError> wrongOperands(const QStringList &operands, const CommandSpec &command)
{
    const QStringList names = QString(command.operand).split(u' ', Qt::SkipEmptyParts);
    if (operands.size() > names.size())
        return UsageError { Kind::OperandUnexpected, operands.at(names.size()), {}, {} };
    for (qsizetype i = 0; i < names.size(); ++i) {
        if (!names.at(i).startsWith(u'[') && operands.value(i).isEmpty())
            return UsageError { Kind::OperandMissing, names.at(i), {}, {} };
    }
    return {};
}

Unexpected<UsageError> blame(UsageError error, const CommandSpec &command)
{
    error.command = command.words;
    return Unexpected(std::move(error));
}

} // namespace

base::Expected<Invocation, UsageError> parseArguments(const QStringList &arguments)
{
    if (const auto sendmail = sendmailArguments(arguments))
        return parseSendmailArguments(*sendmail);
    const ArgumentScan scan(arguments);
    QStringList operands = scan.words();
    const CommandSpec *command = takeCommand(operands);

    Invocation invocation;
    invocation.profileFolder = scan.value("profile"_L1);
    if (scan.has("json"_L1))
        invocation.format = Output::Format::Json;

    if (scan.has("help"_L1)) {
        const QString family = operands.value(0);
        invocation.command = ShowHelp { command                ? QString(command->words)
                                            : isFamily(family) ? family
                                                               : QString() };
        return invocation;
    }
    if (scan.has("version"_L1)) {
        invocation.command = ShowVersion {};
        return invocation;
    }

    if (!command) {
        // An option that does not exist says more than the command that could not be found behind it.
        if (scan.error() && operands.isEmpty())
            return Unexpected(*scan.error());
        return Unexpected(unknownCommand(operands));
    }
    if (scan.error())
        return blame(*scan.error(), *command);
    if (const auto error = misplacedOption(scan, *command))
        return blame(*error, *command);
    if (const auto error = wrongOperands(operands, *command))
        return blame(*error, *command);
    if (scan.has("profile"_L1) && invocation.profileFolder.isEmpty())
        return blame({ Kind::ValueBad, u"--profile"_s, {}, {} }, *command);

    OptionReader reader(scan);
    invocation.command = readCommand(command->words, reader, operands);
    if (reader.error())
        return blame(*reader.error(), *command);
    return invocation;
}

} // namespace postrider::cli
