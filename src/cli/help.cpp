// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/help.h"

#include "base/version.h"
#include "cli/commandtable.h"

#include <QCoreApplication>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace postrider::cli {

namespace {

/// The translation context of everything here and in the command table.
struct Help
{
    static QString tr(const char *text) { return QCoreApplication::translate("postrider::cli::Help", text); }
};

constexpr qsizetype PageWidth = 80;
constexpr auto Program = "postrider-cli"_L1;

QString wrapped(const QString &text, qsizetype indent)
{
    QString page;
    qsizetype column = indent;
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : words) {
        if (column > indent && column + 1 + word.size() > PageWidth) {
            page += u'\n' + QString(indent, u' ');
            column = indent;
        } else if (column > indent) {
            page += u' ';
            ++column;
        }
        page += word;
        column += word.size();
    }
    return page;
}

/// A term and what it means, side by side or, when the term is long, below each other.
QString entry(const QString &term, const QString &meaning, qsizetype column)
{
    const QString start = u"  "_s + term;
    const QString gap
        = start.size() + 2 <= column ? QString(column - start.size(), u' ') : u'\n' + QString(column, u' ');
    return start + gap + wrapped(meaning, column) + u'\n';
}

QString optionTerm(const OptionSpec &option)
{
    QString term = u"--"_s + option.name;
    switch (option.argument) {
    case OptionSpec::Argument::None:
        break;
    case OptionSpec::Argument::Required:
        term += u' ' + QString::fromLatin1(option.argumentName);
        break;
    case OptionSpec::Argument::Optional:
        term += u"[="_s + QString::fromLatin1(option.argumentName) + u']';
        break;
    }
    return term;
}

constexpr qsizetype OptionColumn = 26;

QString letterList(const QList<LetterSpec> &letters)
{
    QString list;
    for (const LetterSpec &letter : letters)
        list += entry(QString::fromLatin1(letter.term), Help::tr(letter.help), OptionColumn);
    return list;
}

QString optionList(const QList<OptionSpec> &options)
{
    QString list;
    for (const OptionSpec &option : options)
        list += entry(optionTerm(option), Help::tr(option.help), OptionColumn);
    return list;
}

/// As this command understands it.
OptionSpec optionOf(const CommandSpec &command, QLatin1StringView name)
{
    OptionSpec option = *findOption(QString(name));
    for (const OptionMeaning &meaning : command.meanings) {
        if (meaning.name == name)
            option.help = meaning.help;
    }
    return option;
}

QString commandList(const QString &family)
{
    constexpr qsizetype Column = 24;
    QString list;
    for (const CommandSpec &command : commands()) {
        if (family.isEmpty() || command.words.startsWith(QString(family + u' ')))
            list += entry(command.words, Help::tr(command.summary), Column);
    }
    return list;
}

QString usage(const CommandSpec &command)
{
    const QString start = QString(Program) + u' ' + command.words;
    QString page;
    const QStringList lines = QString::fromLatin1(command.usage).split(u'\n');
    for (const QString &line : lines) {
        // A line that begins a form of its own names the command again.
        const bool continues = !page.isEmpty() && line.startsWith(u'[') && !line.startsWith("[--account"_L1);
        page += continues ? u"      "_s : QString(u"  "_s + start + (line.isEmpty() ? u""_s : u" "_s));
        page += line;
        page += u'\n';
    }
    return page;
}

QString overview(const QString &family)
{
    const QString words = family.isEmpty() ? QString() : u' ' + family;
    return Help::tr("Usage:") + u"\n  "_s + Program + words + u" COMMAND [OPTION]...\n\n"_s
        + Help::tr("Commands:") + u'\n' + commandList(family) + u'\n'
        + Help::tr("Options, anywhere on the line:") + u'\n' + optionList(globalOptions()) + u'\n'
        + wrapped(
               Help::tr("Every option may be written --option=value. COMMAND --help shows a command's page."),
               0);
}

} // namespace

QString helpPage(const QString &command)
{
    const CommandSpec *spec = findCommand(command);
    if (!spec)
        return overview(command);

    QString page
        = wrapped(Help::tr(spec->summary), 0) + u"\n\n"_s + Help::tr("Usage:") + u'\n' + usage(*spec);
    if (!spec->letters.isEmpty())
        page += u'\n' + Help::tr("Options of sendmail:") + u'\n' + letterList(spec->letters);
    if (!spec->options.isEmpty()) {
        QList<OptionSpec> options;
        for (const QLatin1StringView name : spec->options)
            options += optionOf(*spec, name);
        page += u'\n' + Help::tr("Options:") + u'\n' + optionList(options);
    }
    page += u'\n' + Help::tr("Options of every command:") + u'\n' + optionList(globalOptions());
    const QStringList paragraphs = Help::tr(spec->notes).split(u'\n', Qt::SkipEmptyParts);
    for (const QString &paragraph : paragraphs)
        page += u'\n' + wrapped(paragraph, 0) + u'\n';
    return page.trimmed();
}

QString versionLine()
{
    const QString revision = base::revision();
    const QString version = QString(Program) + u' ' + base::version();
    return revision.isEmpty() ? version : QString(version + u" ("_s + revision + u')');
}

QString sentence(const UsageError &error)
{
    switch (error.kind) {
    case UsageError::Kind::NoCommand:
        return Help::tr("A command is missing.");
    case UsageError::Kind::UnknownCommand:
        return Help::tr("There is no command \"%1\".").arg(error.subject);
    case UsageError::Kind::UnknownOption:
        return Help::tr("There is no option %1.").arg(error.subject);
    case UsageError::Kind::OptionMisplaced:
        return Help::tr("The command \"%2\" has no option %1.").arg(error.subject, error.detail);
    case UsageError::Kind::ValueMissing:
        return Help::tr("The option %1 needs a value; one that begins with a hyphen is written %1=value.")
            .arg(error.subject);
    case UsageError::Kind::ValueUnexpected:
        return Help::tr("The option %1 takes no value.").arg(error.subject);
    case UsageError::Kind::ValueBad:
        return Help::tr("\"%2\" is no possible value of %1.").arg(error.subject, error.detail);
    case UsageError::Kind::GivenTwice:
        return Help::tr("The option %1 may stand only once.").arg(error.subject);
    case UsageError::Kind::OptionMissing:
        return error.detail.isEmpty()
            ? Help::tr("The option %1 is missing.").arg(error.subject)
            : Help::tr("Either %1 or %2 is needed.").arg(error.subject, error.detail);
    case UsageError::Kind::SecretVisible:
        return Help::tr("A password in %1 could be seen by others on this computer: use %2.")
            .arg(error.subject, error.detail);
    case UsageError::Kind::Exclusive:
        return Help::tr("The options %1 and %2 do not go together.").arg(error.subject, error.detail);
    case UsageError::Kind::TokenNeeded:
        return Help::tr("%1 signs in with an access token, and %2 gives a password.")
            .arg(error.subject, error.detail);
    case UsageError::Kind::PasswordNeeded:
        return Help::tr("%1 signs in with a password, and %2 gives an access token.")
            .arg(error.subject, error.detail);
    case UsageError::Kind::OnlyWith:
        return Help::tr("The option %1 has a meaning only together with %2.")
            .arg(error.subject, error.detail);
    case UsageError::Kind::OperandMissing:
        return Help::tr("%1 is missing.").arg(error.subject);
    case UsageError::Kind::OperandUnexpected:
        return Help::tr("\"%1\" is too much.").arg(error.subject);
    case UsageError::Kind::NothingToChange:
        return Help::tr("Nothing says what to change.");
    case UsageError::Kind::NothingToSend:
        return Help::tr("Whom the message is for is missing: --to, --cc, --bcc or --eml.");
    case UsageError::Kind::NoRecipient:
        return Help::tr("Whom the message is for is missing: name the recipients, or use -t to take those of "
                        "its header.");
    case UsageError::Kind::NoSubject:
        return Help::tr("\"%1\" is neither an address nor the name of a domain or server.")
            .arg(error.subject);
    case UsageError::Kind::ModeRefused:
        return Help::tr(
                   "%1 is not for sending a message, which is all that this program does in the place of "
                   "sendmail. \"postrider-cli outbox\" shows what waits and sends it.")
            .arg(error.subject);
    }
    return {};
}

QString helpHint(const UsageError &error)
{
    const QString command = error.command.isEmpty() ? QString() : u' ' + error.command;
    return Help::tr("More about it: %1").arg(QString(Program + command + u" --help"_s));
}

} // namespace postrider::cli
