// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "cli/arguments.h"
#include "cli/officecommand.h"
#include "mime/draft.h"

#include <QTimer>

#include <optional>

namespace postrider::cli {

/**
 * `send` through an account: puts the message in the outbox and watches it until its fate is known, the time
 * is up or somebody interrupts. Whatever happens after it is in the outbox, it stays there.
 *
 * When another process delivers the profile, that one sends it and this one only watches.
 */
class SendCommand final : public OfficeCommand
{
    Q_OBJECT

public:
    SendCommand(const Context &context, Send arguments);

    void start() override;

protected:
    void opened() override;
    void interrupted() override;
    void fail(const QString &sentence, ExitCode code) override;

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
    void watch(const outbox::MessageId &id);
    void look();
    void judge(const outbox::MessageDetails &details);
    void timeUp();
    void giveUp(const delivery::Trouble &trouble);
    /// Tells where the message is now and finishes.
    void conclude(ExitCode code, const QString &remark = {});

    Send m_arguments;
    mime::Draft m_draft {};
    QList<QByteArray> m_fileRecipients {};
    std::optional<QDateTime> m_notBefore {};
    accounts::Account m_account {};
    outbox::MessageId m_id {};
    outbox::MessageDetails m_details {};
    QTimer m_timer {};
    bool m_looking = false;
    bool m_lookAgain = false;
    bool m_accountWaits = false; ///< the server was in trouble before, and no try was asked for yet
};

} // namespace postrider::cli
