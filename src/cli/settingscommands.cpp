// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/settingscommands.h"

#include "delivery/settings.h"

#include <QFileInfo>

#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::cli {

using delivery::PostOffice;
using delivery::SettingError;

namespace {

void print(Output &output, const delivery::Settings &settings, const QString &name)
{
    const QString value = delivery::settingText(settings, name);
    output.result({ { u"name"_s, name }, { u"value"_s, value } }, name + u" = "_s + value);
}

} // namespace

SettingsListCommand::SettingsListCommand(const Context &context)
    : OfficeCommand(context, PostOffice::Delivery::Never)
{ }

void SettingsListCommand::opened()
{
    const delivery::Settings settings = office().settings();
    for (const QString &name : delivery::settingNames())
        print(output(), settings, name);
    finish(ExitCode::Done);
}

SettingsSetCommand::SettingsSetCommand(const Context &context, SettingsSet arguments)
    : OfficeCommand(context, PostOffice::Delivery::Never)
    , m_arguments(std::move(arguments))
{
    // It is this process's folder that a relative path means, not the profile.
    const bool isPath = m_arguments.name == "sent/copyTo"_L1 && !m_arguments.value.isEmpty();
    if (isPath)
        m_arguments.value = QFileInfo(m_arguments.value).absoluteFilePath();
}

void SettingsSetCommand::opened()
{
    office().changeSetting(
        m_arguments.name, m_arguments.value, this,
        [this](const base::Expected<delivery::Settings, SettingError> &changed) {
            if (changed) {
                print(output(), *changed, m_arguments.name);
                return finish(ExitCode::Done);
            }
            switch (changed.error()) {
            case SettingError::UnknownName:
                return fail(
                    tr("There is no setting \"%1\"; \"settings list\" names them.").arg(m_arguments.name),
                    ExitCode::Usage);
            case SettingError::BadValue:
                return fail(tr("\"%2\" is no possible value of %1.").arg(m_arguments.name, m_arguments.value),
                            ExitCode::Usage);
            case SettingError::NotWritten:
                return fail(tr("The setting cannot be kept in %1.").arg(profileFolder()),
                            ExitCode::LocalStorage);
            }
        });
}

} // namespace postrider::cli
