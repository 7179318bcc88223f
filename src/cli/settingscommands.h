// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "cli/arguments.h"
#include "cli/officecommand.h"

namespace postrider::cli {

class SettingsListCommand final : public OfficeCommand
{
    Q_OBJECT

public:
    explicit SettingsListCommand(const Context &context);

protected:
    void opened() override;
};

class SettingsSetCommand final : public OfficeCommand
{
    Q_OBJECT

public:
    SettingsSetCommand(const Context &context, SettingsSet arguments);

protected:
    void opened() override;

private:
    SettingsSet m_arguments;
};

} // namespace postrider::cli
