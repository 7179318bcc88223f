// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/terminationsignals.h"
#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/input.h"
#include "discovery/search.h"

#include <QSslCertificate>

#include <memory>
#include <optional>

namespace postrider::cli {

/// The certificates of a PEM file that are trusted besides the system's.
[[nodiscard]] Input<QList<QSslCertificate>> readAuthorities(const QString &file);

/// Looks for the way to send; uses no profile and needs no account.
class DetectCommand final : public RunningCommand
{
    Q_OBJECT

public:
    DetectCommand(const Context &context, Detect arguments);

    void start() override;

private:
    void fail(const QString &sentence, ExitCode code);
    void interrupt();
    void print();

    Detect m_arguments;
    std::unique_ptr<discovery::Search> m_search {};
    std::unique_ptr<base::TerminationSignals> m_signals {};
};

} // namespace postrider::cli
