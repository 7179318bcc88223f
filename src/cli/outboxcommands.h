// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "cli/arguments.h"
#include "cli/officecommand.h"

#include <QHash>
#include <QSet>
#include <QTimer>

#include <functional>

namespace postrider::cli {

/// What the outbox commands share.
class OutboxCommand : public OfficeCommand
{
    Q_OBJECT

protected:
    using OfficeCommand::OfficeCommand;

    /// Calls use() with the one message whose id begins so, or the command fails.
    void withMessage(const QString &prefix, std::function<void(const outbox::MessageId &)> use);
    void print(const outbox::MessageSummary &message);
    /// Prints the message as it is now and finishes.
    void printAndFinish(const outbox::MessageId &id);
    /// Reads the whole outbox, newest first, in pages.
    void forEach(std::function<void(const outbox::MessageSummary &)> use, std::function<void()> atEnd);

private:
    void readPage(int offset, std::function<void(const outbox::MessageSummary &)> use,
                  std::function<void()> atEnd);
};

class OutboxListCommand final : public OutboxCommand
{
    Q_OBJECT

public:
    OutboxListCommand(const Context &context, OutboxList arguments);

protected:
    void opened() override;

private:
    OutboxList m_arguments;
};

/// What was sent: the messages that are still there, then the records of older ones.
class OutboxSentCommand final : public OutboxCommand
{
    Q_OBJECT

public:
    explicit OutboxSentCommand(const Context &context);

protected:
    void opened() override;

private:
    void readRecords(int offset);
};

class OutboxShowCommand final : public OutboxCommand
{
    Q_OBJECT

public:
    OutboxShowCommand(const Context &context, OutboxShow arguments);

protected:
    void opened() override;

private:
    OutboxShow m_arguments;
};

class OutboxLogCommand final : public OutboxCommand
{
    Q_OBJECT

public:
    OutboxLogCommand(const Context &context, OutboxLog arguments);

protected:
    void opened() override;

private:
    void print(const outbox::Attempt &attempt);

    OutboxLog m_arguments;
};

/// retry ID, cancel, hold, release, resolve: one decision about one message, then its line.
class OutboxActCommand final : public OutboxCommand
{
    Q_OBJECT

public:
    OutboxActCommand(const Context &context, OutboxAct arguments);

protected:
    void opened() override;

private:
    void act(const outbox::MessageId &id);

    OutboxAct m_arguments;
};

class OutboxScheduleCommand final : public OutboxCommand
{
    Q_OBJECT

public:
    OutboxScheduleCommand(const Context &context, OutboxSchedule arguments);

    void start() override;

protected:
    void opened() override;

private:
    OutboxSchedule m_arguments;
    QDateTime m_time {};
};

class OutboxCorrectCommand final : public OutboxCommand
{
    Q_OBJECT

public:
    OutboxCorrectCommand(const Context &context, OutboxCorrect arguments);

    void start() override;

protected:
    void opened() override;

private:
    OutboxCorrect m_arguments;
    outbox::Correction m_correction {};
};

class OutboxRetryAllCommand final : public OutboxCommand
{
    Q_OBJECT

public:
    explicit OutboxRetryAllCommand(const Context &context);

protected:
    void opened() override;
};

/**
 * Delivers until it is interrupted or, if asked, until nothing is due any more; prints the line of every
 * message that came to rest meanwhile. While another process delivers, it waits for its turn and watches.
 */
class OutboxRunCommand final : public OutboxCommand
{
    Q_OBJECT

public:
    OutboxRunCommand(const Context &context, OutboxRun arguments);

protected:
    void opened() override;
    void interrupted() override;

private:
    void look();
    void compare(const outbox::MessageSummary &message);
    void looked();

    OutboxRun m_arguments;
    QHash<outbox::MessageId, outbox::MessageState> m_known {};
    int m_due = 0;                        ///< messages that could go now, as of the last look
    int m_preparing = 0;                  ///< of these, still being written
    int m_leaving = 0;                    ///< of these, in their undo window or just out of it
    QSet<outbox::MessageId> m_leavers {}; ///< seen in their undo window
    bool m_first = true;
    bool m_looking = false;
    bool m_lookAgain = false;
    QString m_lastTrouble {}; ///< as told
    bool m_idle = false;
    base::MonotonicTime m_lookBegan {};
    /// Each look reads the whole outbox through the thread that delivery writes with: between two there is a
    /// pause of several times what one takes, so that a long list does not slow the sending down.
    QTimer m_pause {};
};

} // namespace postrider::cli
