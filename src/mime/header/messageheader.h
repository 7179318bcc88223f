// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"
#include "mime/draft.h"
#include "mime/header/headerwriter.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

namespace postrider::mime {

/// What in a draft cannot stand in a header.
struct HeaderError
{
    enum class Kind {
        BadAddress, ///< subject is the address
        BadField,   ///< subject is the name of the field
    };
    Kind kind = Kind::BadAddress;
    QString subject {};
};

/// Raw UTF-8 only where there is no other way: an address in the header has a non-ASCII local part.
[[nodiscard]] HeaderWriter::Charset headerCharset(const Draft &draft);

/**
 * Writes all fields of a message that describe it as a whole, from Date to MIME-Version (RFC 5322 section
 * 3.6). Blind copies and everything about this computer stay out. What describes the body follows from the
 * caller. Nothing is written when there is an error.
 */
[[nodiscard]] base::Expected<void, HeaderError> addMessageHeader(HeaderWriter &header, const Draft &draft,
                                                                 const Stamp &stamp);

/// Someone sends a message on as it is (RFC 5322 section 3.6.6).
struct Redirection
{
    Mailbox from {};
    QList<Mailbox> to {};
    QList<Mailbox> cc {};
    QList<Mailbox> bcc {}; ///< in the envelope only
    Stamp stamp {};        ///< its Message-ID is the one of the redirection
};

/// The Resent- block that goes before the first octet of the original, which stays as it is.
[[nodiscard]] base::Expected<QByteArray, HeaderError> resentBlock(const Redirection &redirection);

} // namespace postrider::mime
