// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"
#include "mime/address/mailbox.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace postrider::mime {

/// A part of a mailto URI that was not taken over. The composer names it.
struct MailtoRemark
{
    enum class Kind {
        Attachment, ///< "attach" or "attachment": no URI may reach for a file
        Unsafe,     ///< says who sends, how it travels or what it is made of (RFC 6068 section 3)
        Unknown,    ///< a field that means nothing here
        Repeated,   ///< a second subject or body; the first one counts
        BadAddress, ///< value is no mail address
        BadValue,   ///< a message identifier that is none
    };
    Kind kind = Kind::Unknown;
    QString name {};  ///< of the field, in lower case; "to" for the addresses before the question mark
    QString value {}; ///< decoded, without control characters; no more than 256 units of it

    friend bool operator==(const MailtoRemark &, const MailtoRemark &) = default;
};

/// What a mailto URI asks to be written. Nothing is ever sent because of it: a person looks at every field
/// first, at bcc above all.
struct MailtoRequest
{
    QList<Mailbox> to {};
    QList<Mailbox> cc {};
    QList<Mailbox> bcc {};
    QString subject {};
    QString body {}; ///< lines end with LF
    QString keywords {};
    QList<QByteArray> inReplyTo {};
    QList<QByteArray> references {};
    QList<MailtoRemark> remarks {};
};

enum class MailtoError {
    NotMailto,        ///< another scheme
    TooLong,          ///< over 64 KiB
    TooManyAddresses, ///< over 500
};

/// Reads a mailto URI or IRI (RFC 6068). Works on any thread.
[[nodiscard]] base::Expected<MailtoRequest, MailtoError> parseMailto(QStringView uri);

} // namespace postrider::mime
