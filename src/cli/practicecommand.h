// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/terminationsignals.h"
#include "cli/arguments.h"
#include "cli/command.h"
#include "practice/practiceserver.h"

namespace postrider::cli {

/// The practice mailbox in the foreground: says how to reach it, then names every message that it catches.
class PracticeCommand final : public RunningCommand
{
    Q_OBJECT

public:
    PracticeCommand(const Context &context, const Practice &arguments);

    void start() override;

private:
    void tell(const practice::PracticeAccess &access);
    void fail(const practice::PracticeError &error);

    quint16 m_port;
    practice::PracticeServer m_server;
    base::TerminationSignals m_signals {};
};

} // namespace postrider::cli
