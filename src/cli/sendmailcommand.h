// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "cli/sendmailmessage.h"
#include "cli/submissioncommand.h"

#include <optional>

namespace postrider::cli {

/**
 * `sendmail`: puts the message of standard input in the outbox. From then on it is done, and ends with
 * ExitCode::Done whatever becomes of the message; a program that calls sendmail would only send it again.
 *
 * Before it ends, the message gets one try when no other process delivers, and what others hand over
 * meanwhile goes too. A server that does not even take the sender within Sendmail::wait is left to the next
 * process.
 */
class SendmailCommand final : public SubmissionCommand
{
    Q_OBJECT

public:
    SendmailCommand(const Context &context, Sendmail arguments);

    void start() override;

protected:
    void opened() override;
    void interrupted() override;
    void judge() override;
    void timeUp() override;

private:
    /// Named by -f, and by the message itself.
    [[nodiscard]] QList<mime::Mailbox> senders() const;
    [[nodiscard]] std::optional<accounts::Account> chooseAccount() const;
    /// The address of the account that the message is from: the first sender's that is one, else its own.
    [[nodiscard]] accounts::Identity identityOf(const accounts::Account &account) const;
    [[nodiscard]] Taken<QList<QByteArray>> recipients(const mime::Mailbox &author) const;
    [[nodiscard]] Taken<QByteArray> reversePath(const mime::Mailbox &author) const;
    void submit(const accounts::Account &account);
    void conclude();

    Sendmail m_arguments;
    SendmailMessage m_message;
    accounts::Account m_account {};
    bool m_idle = false;     ///< this process delivers and has nothing to do
    bool m_accepted = false; ///< the server took the sender and is given the content
    bool m_timeIsUp = false;
};

} // namespace postrider::cli
