// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "cli/arguments.h"
#include "cli/exitcodes.h"
#include "mime/address/mailbox.h"
#include "mime/reader/headerblock.h"

#include <QIODevice>
#include <QList>
#include <QString>
#include <QTemporaryFile>

namespace postrider::cli {

/// Why a message cannot be taken, in words, and what the process ends with.
struct SendmailError
{
    QString sentence {};
    ExitCode code = ExitCode::BadData;
};

template <typename T>
using Taken = base::Expected<T, SendmailError>;

/**
 * The message that a program hands to sendmail, as a file in the spool until it is queued. Programs write
 * what a server would not take: no header at all, no From, names of this computer's users as addresses.
 * complete() mends that and nothing else. The body may have any size.
 */
class SendmailMessage
{
public:
    explicit SendmailMessage(const QString &profileFolder);
    Q_DISABLE_COPY_MOVE(SendmailMessage)

    /// Copies the message to its end and reads its header. Blocks as long as the input does.
    [[nodiscard]] Taken<void> take(QIODevice &input, Sendmail::LoneDot loneDot);

    /// Whose the header says the message is: of Resent-From before From. Addresses without a domain are left
    /// out.
    [[nodiscard]] QList<mime::Mailbox> senders() const;

    /// Adds a From field where there is none, and puts the author's address in the place of those without a
    /// domain (fields for addresses only).
    [[nodiscard]] Taken<void> complete(const mime::Mailbox &author);

    /// After complete(): of To, Cc and Bcc, or of the last Resent- group (the first in the header; RFC 5322
    /// section 3.6.6) when the message was sent on.
    [[nodiscard]] Taken<QList<mime::Mailbox>> recipients() const;

    /// The file to send.
    [[nodiscard]] QString path() const;

private:
    [[nodiscard]] Taken<void> readHeader();
    [[nodiscard]] Taken<void> rewrite(const QByteArray &header);

    QString m_folder;
    QTemporaryFile m_file;
    QTemporaryFile m_completed;
    mime::HeaderBlock m_header {};
    QByteArray m_behindHeader {}; ///< lines that are no fields, where the empty line was lost
    qint64 m_bodyBegin = 0;
    bool m_isCompleted = false;
};

/// Where a program named a user of this computer, the author's address. What is neither that nor an address
/// is an error.
[[nodiscard]] base::Expected<QList<mime::Mailbox>, mime::AddressError>
readQualified(const QString &text, const mime::Mailbox &author, mime::AddressSource source);

} // namespace postrider::cli
