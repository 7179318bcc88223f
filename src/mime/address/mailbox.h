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
    QString localPart {}; ///< before the @, unquoted, case preserved (RFC 5321 section 2.4)
    QString domain {};    ///< after the @, as typed: U-labels, A-labels, or a literal with its brackets

    /// "local@domain", the local part quoted only when it must be (RFC 5321 section 4.1.2). For people and
    /// lists.
    [[nodiscard]] QString address() const;
    /// `"Ann Smith" <ann@example.org>`, or the bare address when there is no name, with U-labels. For people,
    /// not for headers.
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
    /// Where kind leaves it open: what exactly is wrong.
    enum class Detail {
        None,
        DotAtStart,           ///< of the local part
        DotAtEnd,             ///< of the local part
        DoubleDot,            ///< in the local part
        CharacterNeedsQuotes, ///< in the local part
        SpaceInDomain,
        TextBehindAddress,     ///< "<ann@example.org> Ann"
        BracketsMissing,       ///< "ann@192.0.2.1": a network address stands in brackets
        EmptyLabel,            ///< "example..org"
        LabelTooLong,          ///< over 63 octets as A-label
        HyphenAtEdge,          ///< "-example.org"
        HyphensReserved,       ///< "ab--cd.org": hyphens in third and fourth place (RFC 5891 section 4.2.3.1)
        CharacterNotAllowed,   ///< underscore, symbol, emoji … (RFC 5892)
        CharacterOutOfContext, ///< allowed elsewhere, such as a joiner (RFC 5892 appendix A)
        MarkAtStart,           ///< a combining mark that has nothing before it
        MixedDirections,       ///< against the Bidi rule (RFC 5893)
        BrokenALabel,          ///< "xn--a": decodes to nothing, or not back to itself
        LocalPartTooLong,      ///< over 64 octets
        DomainTooLong,         ///< over 253 octets, what the DNS can hold
        AddressTooLong,        ///< over 254 octets, what a command can hold
        EntryTooLong,          ///< no address is hidden among so many pieces
    };
    Kind kind = Kind::Empty;
    QString text {};        ///< the piece that is wrong, as typed; no more than 256 units of it
    qsizetype position = 0; ///< of that piece in the whole text, in UTF-16 units
    Detail detail = Detail::None;
    qsizetype detailPosition = 0; ///< where in the whole text the fault itself is; the piece's when unknown
    qsizetype detailLength = 0;   ///< 0 when unknown
};

/// Where a text with addresses comes from.
enum class AddressSource {
    Person, ///< typed, or pasted from anywhere: repaired where only one meaning is possible
    Header, ///< a header field that some program wrote: obsolete forms too (RFC 5322 section 4.4), encoded
            ///< words in names are decoded
};

/// One entry of an address field: a mailbox, or the reason why it is none.
struct AddressEntry
{
    enum class State {
        AsWritten,
        Repaired, ///< a mark was missing or too much, or a comma stood in a name without quotes
        Bad,
    };
    State state = State::AsWritten;
    Mailbox mailbox {};     ///< empty when Bad
    AddressError error {};  ///< says something only when Bad
    qsizetype position = 0; ///< of the entry in the whole text, in UTF-16 units
    qsizetype length = 0;
};

/**
 * All entries of an address field, good and bad, in order. Time grows with the length of the text only.
 *
 * Entries are separated by commas, semicolons and line ends, those of other scripts included; blank space,
 * comments, names of groups and empty entries vanish. What people paste is repaired: "<<a@x.test>>",
 * "<a@x.test", "a@x.test>", "\"Ann <a@x.test>", "<a@x.test, b@y.test>", "a@x.test b@y.test",
 * "Ann [mailto:a@x.test]", "Smith, Ann <a@x.test>; …", and rows of a table with names and addresses in
 * cells between tabs. A bare local part is never completed.
 */
[[nodiscard]] QList<AddressEntry> readAddressEntries(QStringView text,
                                                     AddressSource source = AddressSource::Person);

/**
 * The mailboxes of readAddressEntries(), all or nothing: the first error is returned. An empty or blank text
 * is an empty list.
 */
[[nodiscard]] base::Expected<QList<Mailbox>, AddressError>
parseMailboxList(QStringView text, AddressSource source = AddressSource::Person);

/// Exactly one mailbox; AddressError::Kind::Empty for none, TwoAts never arises from a second mailbox but
/// BadDomain.
[[nodiscard]] base::Expected<Mailbox, AddressError> parseMailbox(QStringView text);

/// The domain in the form for the wire: A-labels in lower case without trailing dot (RFC 5891), or the
/// literal as it is. An error's positions are those in the domain.
[[nodiscard]] base::Expected<QByteArray, AddressError> domainToAscii(const QString &domain);

/// The domain in the form for people: U-labels in lower case where every label allows it. What is no valid
/// domain stays as it is.
[[nodiscard]] QString domainForPeople(const QString &domain);

/// The address as an SMTP command carries it, without angle brackets: UTF-8 local part (quoted only when it
/// must be), A-label domain. A non-ASCII local part is kept; needsSmtpUtf8() says that the server must know
/// it.
[[nodiscard]] base::Expected<QByteArray, AddressError> wireAddress(const Mailbox &mailbox);

/// The same for two addresses that lead to the same mailbox: the local part octet by octet, the domain
/// without regard to case and to its form (RFC 5321 section 2.4). For sets and comparisons only.
[[nodiscard]] QString addressKey(const Mailbox &mailbox);

/// Whether the address needs the SMTPUTF8 extension (RFC 6531): only its local part can cause that.
[[nodiscard]] bool needsSmtpUtf8(const Mailbox &mailbox);

} // namespace postrider::mime
