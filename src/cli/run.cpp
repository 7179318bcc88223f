// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/run.h"

#include "cli/accountaddcommand.h"
#include "cli/accountcommands.h"
#include "cli/accounteditcommand.h"
#include "cli/accountimportcommand.h"
#include "cli/arguments.h"
#include "cli/detectcommand.h"
#include "cli/doctorcommand.h"
#include "cli/help.h"
#include "cli/outboxcommands.h"
#include "cli/practicecommand.h"
#include "cli/sendcommand.h"
#include "cli/senddirectcommand.h"
#include "cli/sendmailarguments.h"
#include "cli/sendmailcommand.h"
#include "cli/settingscommands.h"
#include "cli/signincommand.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <memory>
#include <optional>
#include <variant>

using namespace Qt::StringLiterals;

namespace postrider::cli {

namespace {

/// Makes what runs for each kind of command; null for those that only print a page.
struct Maker
{
    using Made = std::unique_ptr<RunningCommand>;
    const Context &context;

    Made operator()(const ShowHelp &help) const
    {
        context.output.page(helpPage(help.command));
        return {};
    }
    Made operator()(const ShowVersion & /*version*/) const
    {
        context.output.page(versionLine());
        return {};
    }
    Made operator()(const AccountAdd &command) const
    {
        return std::make_unique<AccountAddCommand>(context, command);
    }
    Made operator()(const AccountList & /*command*/) const
    {
        return std::make_unique<AccountListCommand>(context);
    }
    Made operator()(const AccountShow &command) const
    {
        return std::make_unique<AccountShowCommand>(context, command);
    }
    Made operator()(const AccountRemove &command) const
    {
        return std::make_unique<AccountRemoveCommand>(context, command);
    }
    Made operator()(const AccountForgetServer &command) const
    {
        return std::make_unique<AccountForgetServerCommand>(context, command);
    }
    Made operator()(const AccountSetPassword &command) const
    {
        return std::make_unique<AccountSetPasswordCommand>(context, command);
    }
    Made operator()(const AccountSignUp &command) const
    {
        return std::make_unique<AccountSignUpCommand>(context, command);
    }
    Made operator()(const AccountSignIn &command) const
    {
        return std::make_unique<AccountSignInCommand>(context, command);
    }
    Made operator()(const AccountSet &command) const
    {
        return std::make_unique<AccountSetCommand>(context, command);
    }
    Made operator()(const Send &command) const { return std::make_unique<SendCommand>(context, command); }
    Made operator()(const SendDirect &command) const
    {
        return std::make_unique<SendDirectCommand>(context, command);
    }
    Made operator()(const Sendmail &command) const
    {
        return std::make_unique<SendmailCommand>(context, command);
    }
    Made operator()(const OutboxList &command) const
    {
        return std::make_unique<OutboxListCommand>(context, command);
    }
    Made operator()(const OutboxShow &command) const
    {
        return std::make_unique<OutboxShowCommand>(context, command);
    }
    Made operator()(const OutboxLog &command) const
    {
        return std::make_unique<OutboxLogCommand>(context, command);
    }
    Made operator()(const OutboxAct &command) const
    {
        return std::make_unique<OutboxActCommand>(context, command);
    }
    Made operator()(const OutboxSchedule &command) const
    {
        return std::make_unique<OutboxScheduleCommand>(context, command);
    }
    Made operator()(const OutboxCorrect &command) const
    {
        return std::make_unique<OutboxCorrectCommand>(context, command);
    }
    Made operator()(const OutboxRetryAll & /*command*/) const
    {
        return std::make_unique<OutboxRetryAllCommand>(context);
    }
    Made operator()(const OutboxRun &command) const
    {
        return std::make_unique<OutboxRunCommand>(context, command);
    }
    Made operator()(const OutboxSent & /*command*/) const
    {
        return std::make_unique<OutboxSentCommand>(context);
    }
    Made operator()(const SettingsList & /*command*/) const
    {
        return std::make_unique<SettingsListCommand>(context);
    }
    Made operator()(const SettingsSet &command) const
    {
        return std::make_unique<SettingsSetCommand>(context, command);
    }
    Made operator()(const AccountEdit &command) const
    {
        return std::make_unique<AccountEditCommand>(context, command);
    }
    Made operator()(const IdentityAdd &command) const
    {
        return std::make_unique<IdentityAddCommand>(context, command);
    }
    Made operator()(const IdentityList &command) const
    {
        return std::make_unique<IdentityListCommand>(context, command);
    }
    Made operator()(const IdentityRemove &command) const
    {
        return std::make_unique<IdentityRemoveCommand>(context, command);
    }
    Made operator()(const AccountImport &command) const
    {
        return std::make_unique<AccountImportCommand>(context, command);
    }
    Made operator()(const AccountServices & /*command*/) const
    {
        return std::make_unique<AccountServicesCommand>(context);
    }
    Made operator()(const Detect &command) const { return std::make_unique<DetectCommand>(context, command); }
    Made operator()(const Doctor &command) const { return std::make_unique<DoctorCommand>(context, command); }
    Made operator()(const Practice &command) const
    {
        return std::make_unique<PracticeCommand>(context, command);
    }
};

QString profileFolder(const Invocation &invocation)
{
    if (!invocation.profileFolder.isEmpty())
        return QDir(invocation.profileFolder).absolutePath();
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
}

base::Expected<Invocation, UsageError> parse(const QString &program, const QStringList &arguments)
{
    const bool isSendmail = QFileInfo(program).baseName() == "sendmail"_L1;
    return isSendmail ? parseSendmailArguments(arguments) : parseArguments(arguments);
}

int runToTheEnd(RunningCommand &command)
{
    // A command may be done before the loop runs, or say so in it; either way the code is kept here.
    std::optional<ExitCode> code;
    QObject::connect(&command, &RunningCommand::finished, &command, [&code](ExitCode finishedWith) {
        code = finishedWith;
        QCoreApplication::exit();
    });
    command.start();
    if (!code)
        QCoreApplication::exec();
    return static_cast<int>(code.value_or(ExitCode::Bug));
}

} // namespace

bool isDirectDelivery(const QString &program, const QStringList &arguments)
{
    const auto invocation = parse(program, arguments);
    return invocation && std::holds_alternative<SendDirect>(invocation->command);
}

int run(const QString &program, const QStringList &arguments)
{
    const auto invocation = parse(program, arguments);
    if (!invocation) {
        Output output(Output::Format::Text);
        output.message(sentence(invocation.error()));
        output.message(helpHint(invocation.error()));
        return static_cast<int>(ExitCode::Usage);
    }

    Output output(invocation->format);
    const Context context { output, profileFolder(*invocation) };
    int code = static_cast<int>(ExitCode::Done);
    if (const auto command = std::visit(Maker { context }, invocation->command))
        code = runToTheEnd(*command);
    // A result that nobody could read is no success.
    const bool printed = output.flush();
    return code == 0 && !printed ? static_cast<int>(ExitCode::LocalStorage) : code;
}

} // namespace postrider::cli
