// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "cli/submissioncommand.h"
#include "mime/draft.h"

#include <chrono>
#include <optional>

namespace postrider::cli {

/**
 * `send` through an account: puts the message in the outbox and watches it until its fate is known, the time
 * is up or somebody interrupts. Whatever happens after it is in the outbox, it stays there.
 *
 * When another process delivers the profile, that one sends it and this one only watches.
 */
class SendCommand final : public SubmissionCommand
{
    Q_OBJECT

public:
    SendCommand(const Context &context, Send arguments);

    void start() override;

protected:
    void opened() override;
    void interrupted() override;
    void judge() override;
    void timeUp() override;

private:
    [[nodiscard]] bool isFile() const { return !m_arguments.content.emlFiles.isEmpty(); }
    /// Reads everything that the arguments name; false: it failed.
    [[nodiscard]] bool readContent();
    [[nodiscard]] bool readFileHeader();
    [[nodiscard]] std::optional<accounts::Account> chooseAccount() const;
    void failForAccount();

    void submit();
    void submitDraft(const accounts::Account &account);
    void tellNotices();
    void submitFile(const accounts::Account &account);
    [[nodiscard]] std::chrono::milliseconds patience() const;
    void giveUp(const delivery::Trouble &trouble);
    /// Tells where the message is now and finishes.
    void conclude(ExitCode code, const QString &remark = {});

    Send m_arguments;
    mime::Draft m_draft {};
    QList<QByteArray> m_fileRecipients {};
    std::optional<QDateTime> m_notBefore {};
    accounts::Account m_account {};
    bool m_accountWaits = false; ///< the server was in trouble before, and no try was asked for yet
};

} // namespace postrider::cli
