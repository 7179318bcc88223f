// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"
#include "mime/address/mailbox.h"
#include "mime/messagewriter.h"

#include <QByteArray>
#include <QList>

class QIODevice;

namespace postrider::mime {

/// The fields of a finished message's header that sending needs, decoded.
struct EmlHeader
{
    QList<Mailbox> from {};
    QList<Mailbox> to {};
    QList<Mailbox> cc {};
    QList<Mailbox> bcc {};
    QString subject {};
    QByteArray messageId {}; ///< with angle brackets; empty when the file has none
    bool hasDate = false;
};

struct EmlError
{
    enum class Kind {
        NotAMessage, ///< no header field at all
        BadAddress,  ///< subject is the field's name
        ReadFailed,
        OutputFailed,
    };
    Kind kind = Kind::NotAMessage;
    QString subject {};
    QString reason {};
};

/// Reads the header of a message file from where the device stands, whatever its line ends.
[[nodiscard]] base::Expected<EmlHeader, EmlError> readEmlHeader(QIODevice &input);

/**
 * Copies a message file as it will be sent: CRLF line ends only, without Bcc and Return-Path fields, with
 * Date and Message-ID from the stamp when it has none; all other octets unchanged. The input is read from its
 * start. It may have any size: memory does not grow with it, but for a header of at most 16 MiB.
 */
[[nodiscard]] base::Expected<WrittenMessage, EmlError> copyEml(QIODevice &input, const Stamp &stamp,
                                                               QIODevice &output);

} // namespace postrider::mime
