// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "cli/exitcodes.h"
#include "cli/output.h"

#include <QObject>
#include <QString>

#include <memory>

namespace postrider::cli {

/// What every command is given; outlives it.
struct Context
{
    Output &output;
    QString profileFolder {};
};

/**
 * One command while it runs. It is started once by an event loop and says exactly once that it is done.
 */
class RunningCommand : public QObject
{
    Q_OBJECT

public:
    explicit RunningCommand(const Context &context)
        : m_context(context)
    { }
    Q_DISABLE_COPY_MOVE(RunningCommand)

    virtual void start() = 0;

Q_SIGNALS:
    void finished(postrider::cli::ExitCode code);

protected:
    [[nodiscard]] Output &output() const { return m_context.output; }
    [[nodiscard]] const QString &profileFolder() const { return m_context.profileFolder; }

private:
    Context m_context;
};

} // namespace postrider::cli
