// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/clock.h"
#include "base/terminationsignals.h"
#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/input.h"
#include "delivery/directsender.h"
#include "mime/draft.h"
#include "mime/messagewriter.h"

#include <QFile>
#include <QTemporaryFile>

#include <memory>

namespace postrider::cli {

/**
 * `send --server`: every message straight to that server, over one connection. Nothing is stored and nothing
 * is tried again; the exit code sums up all recipients of all messages.
 *
 * Every message is read and made ready before the first is sent, so that a file that cannot be used stops all
 * of them.
 */
class SendDirectCommand final : public RunningCommand
{
    Q_OBJECT

public:
    SendDirectCommand(const Context &context, SendDirect arguments);

    void start() override;

private:
    /// What is told about a message besides its result.
    struct Ready
    {
        QByteArray messageId {};
        QString name {}; ///< the file's, for people
    };

    [[nodiscard]] Input<delivery::HandoverTarget> target();
    [[nodiscard]] Input<net::ClientCertificate> clientCertificate() const;
    [[nodiscard]] Input<void> openTranscript();
    void record(smtp::Session::Direction direction, QByteArrayView line);
    [[nodiscard]] Input<void> addFile(const QString &file);
    [[nodiscard]] Input<void> addDraft();
    [[nodiscard]] Input<void> add(const mime::Mailbox &sender, const QList<mime::Mailbox> &recipients,
                                  qint64 offset, const mime::WrittenMessage &written, Ready ready);

    [[nodiscard]] delivery::Services servicesFor(qsizetype message) const;
    void tell(qsizetype index, const delivery::DirectResult &result);
    void fail(const QString &sentence, ExitCode code);
    void interrupted();

    SendDirect m_arguments;
    base::SystemClock m_clock {};
    /// From the first connection on: while input is read, the process simply ends.
    std::unique_ptr<base::TerminationSignals> m_signals {};
    mime::Draft m_draft {};
    QTemporaryFile m_spool {}; ///< has no name where the system can do without
    QFile m_transcript {};     ///< open when one is wanted
    QList<Ready> m_messages {};
    QList<outbox::Recipient> m_recipients {}; ///< of all messages told so far
    outbox::Problem m_problem {};             ///< the first one
    std::unique_ptr<delivery::DirectSender> m_sender {};
};

} // namespace postrider::cli
