// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "cli/arguments.h"
#include "cli/officecommand.h"

#include <QTimer>

#include <chrono>

namespace postrider::cli {

/**
 * A command that puts one message in the outbox and follows it there: it is looked at again whenever the
 * outbox changes, until the command finishes or its patience ends. A report of it is printed when it fails.
 */
class SubmissionCommand : public OfficeCommand
{
    Q_OBJECT

public:
    /// Nothing is delivered by this process when it is over as soon as the message is queued.
    SubmissionCommand(const Context &context, Send::Until until);
    Q_DISABLE_COPY_MOVE(SubmissionCommand)

protected:
    /// For what puts the message in the outbox: judge() comes from then on, and timeUp() after patience.
    [[nodiscard]] delivery::PostOffice::Answer<outbox::MessageId>
    thenWatch(std::chrono::milliseconds patience);
    /// Reads the message again and judges it; once more when this is called while it is being read.
    void look();
    /// details() are new.
    virtual void judge() = 0;
    virtual void timeUp() = 0;
    void fail(const QString &sentence, ExitCode code) override;
    using OfficeCommand::fail;

    [[nodiscard]] bool isInOutbox() const { return !m_id.isEmpty(); }
    /// Empty until it is in the outbox.
    [[nodiscard]] const outbox::MessageId &messageId() const { return m_id; }
    /// As read last.
    [[nodiscard]] const outbox::MessageDetails &details() const { return m_details; }

private:
    outbox::MessageId m_id {};
    outbox::MessageDetails m_details {};
    QTimer m_patience {};
    bool m_looking = false;
    bool m_lookAgain = false;
};

} // namespace postrider::cli
