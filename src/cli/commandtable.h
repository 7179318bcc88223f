// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QLatin1StringView>
#include <QList>
#include <QString>

namespace postrider::cli {

/// One option, the same for every command that has it.
struct OptionSpec
{
    enum class Argument { None, Required, Optional };
    enum class Occurs { Once, Repeatedly };
    QLatin1StringView name {}; ///< without the hyphens
    Argument argument = Argument::None;
    const char *argumentName = "";
    const char *help = ""; ///< translated when it is shown
    Occurs occurs = Occurs::Once;
};

/// An option of one letter, which only `sendmail` has.
struct LetterSpec
{
    const char *term = "";
    const char *help = ""; ///< translated when it is shown
};

/// What an option means to one command, where that is not what it means to the others.
struct OptionMeaning
{
    QLatin1StringView name {};
    const char *help = ""; ///< translated when it is shown
};

struct CommandSpec
{
    QLatin1StringView words {};   ///< "account add"
    QLatin1StringView operand {}; ///< "ID", in brackets when it may be left out; several in turn
    const char *summary = "";
    const char *usage = ""; ///< what follows the words, one form per line
    QList<QLatin1StringView> options {};
    const char *notes = ""; ///< its lines are paragraphs
    QList<LetterSpec> letters {};
    QList<OptionMeaning> meanings {};
};

/// Those that may stand anywhere.
[[nodiscard]] const QList<OptionSpec> &globalOptions();
[[nodiscard]] const QList<CommandSpec> &commands();
/// Null when there is no such option in any command.
[[nodiscard]] const OptionSpec *findOption(QStringView name);
[[nodiscard]] const CommandSpec *findCommand(QStringView words);

} // namespace postrider::cli
