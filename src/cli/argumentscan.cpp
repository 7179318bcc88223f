// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/argumentscan.h"

#include "cli/commandtable.h"

using namespace Qt::StringLiterals;

namespace postrider::cli {

using Kind = UsageError::Kind;

ArgumentScan::ArgumentScan(const QStringList &arguments)
{
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &argument = arguments.at(i);
        if (argument == "--"_L1) {
            m_words += arguments.mid(i + 1);
            return;
        }
        if (!argument.startsWith(u'-') || argument == "-"_L1) {
            m_words += argument;
            continue;
        }
        const QString *next = i + 1 < arguments.size() ? &arguments.at(i + 1) : nullptr;
        if (takeOption(argument == "-h"_L1 ? u"--help"_s : argument, next))
            ++i;
    }
}

bool ArgumentScan::takeOption(const QString &argument, const QString *next)
{
    const qsizetype equals = argument.indexOf(u'=');
    const QString written = equals < 0 ? argument : argument.left(equals);
    const QString name = written.mid(2);
    const OptionSpec *option = written.startsWith("--"_L1) ? findOption(name) : nullptr;
    if (!option) {
        fail(Kind::UnknownOption, written);
        return false;
    }

    QString value;
    bool tookNext = false;
    if (equals >= 0) {
        if (option->argument == OptionSpec::Argument::None)
            fail(Kind::ValueUnexpected, written);
        value = argument.mid(equals + 1);
    } else if (option->argument == OptionSpec::Argument::Required) {
        if (!next || (next->startsWith(u'-') && *next != "-"_L1)) {
            fail(Kind::ValueMissing, written);
        } else {
            value = *next;
            tookNext = true;
        }
    }

    const bool takesValue = option->argument != OptionSpec::Argument::None;
    if (takesValue && option->occurs == OptionSpec::Occurs::Once && m_values.contains(name))
        fail(Kind::GivenTwice, written);
    if (!m_values.contains(name))
        m_order += name;
    m_values[name] += value;
    return tookNext;
}

} // namespace postrider::cli
