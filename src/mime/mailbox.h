// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringView>

namespace postrider::mime {

/**
 * One mail address with its optional display name (RFC 5322 section 3.4 "mailbox").
 *
 * The parts are kept as text without any quoting or encoding; the functions below and the header writer
 * bring them into the form that a header or an envelope needs.
 */
struct Mailbox
{
    QString name {};      ///< display name, unquoted; may be empty
    QString localPart {}; ///< before the @, unquoted, octets preserved (RFC 5321 section 2.4)
    QString domain {};    ///< after the @, as typed: U-labels, A-labels, or a literal with its brackets

    /// "local@domain", the local part quoted only when it must be (RFC 5321 section 4.1.2). For people and
    /// lists.
    [[nodiscard]] QString address() const;
    /// `"Ann Smith" <ann@example.org>`, or the bare address when there is no name. For people, not for
    /// headers.
    [[nodiscard]] QString toDisplayString() const;

    friend bool operator==(const Mailbox &, const Mailbox &) = default;
};

/// Why a text is not a list of mail addresses.
struct AddressError
{
    enum class Kind {
        Empty,            ///< nothing between two separators, or no text at all where an address is needed
        NoAt,             ///< "joe": a name without @domain is never completed by guessing
        NoLocalPart,      ///< "@example.org"
        NoDomain,         ///< "joe@"
        SpaceInLocalPart, ///< "joe smith@example.org"
        TwoAts,           ///< "a@b@c"
        BadLocalPart,     ///< leading, trailing or double dot, or a character that needs quotes
        BadDomain,        ///< not LDH, a label that is empty or too long, or no valid A-label (RFC 5891)
        BadLiteral,       ///< "[300.1.1.1]"
        UnclosedQuote,
        UnclosedAngle,
        UnclosedComment,
        ControlCharacter,  ///< CR, LF, NUL or another control: refused wherever it stands
        TooLong,           ///< local part over 64 octets, domain over 255 (RFC 5321 section 4.5.3.1)
        NonAsciiLocalPart, ///< never from here: for callers whose server has no SMTPUTF8
    };
    Kind kind = Kind::Empty;
    QString text {};        ///< the piece that is wrong, as typed
    qsizetype position = 0; ///< of that piece in the whole text, in UTF-16 units
};

/**
 * Reads what a person typed or pasted into an address field: mailboxes separated by commas, semicolons or
 * line ends, display names quoted or not, angle brackets, comments, groups ("Team: a@x, b@y;"). Trailing
 * separators are harmless. A bare local part is an error, never completed.
 *
 * An empty or blank text is an empty list. All or nothing: the first error is returned.
 */
[[nodiscard]] base::Expected<QList<Mailbox>, AddressError> parseMailboxList(QStringView text);

/// Exactly one mailbox; AddressError::Kind::Empty for none, TwoAts never arises from a second mailbox but
/// BadDomain.
[[nodiscard]] base::Expected<Mailbox, AddressError> parseMailbox(QStringView text);

/// The domain in the form for the wire: A-labels in lower case without trailing dot (RFC 5891), or the
/// literal as it is.
[[nodiscard]] base::Expected<QByteArray, AddressError> domainToAscii(const QString &domain);

/// The address as an SMTP command carries it, without angle brackets: UTF-8 local part (quoted only when it
/// must be), A-label domain. A non-ASCII local part is kept; needsSmtpUtf8() says that the server must know
/// it.
[[nodiscard]] base::Expected<QByteArray, AddressError> wireAddress(const Mailbox &mailbox);

/// Whether the address needs the SMTPUTF8 extension (RFC 6531): only its local part can cause that.
[[nodiscard]] bool needsSmtpUtf8(const Mailbox &mailbox);

} // namespace postrider::mime
