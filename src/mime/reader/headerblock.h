// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

#include <functional>
#include <optional>

namespace postrider::mime {

class BlockReader;

/// One field of a header that was read. Refers to the HeaderBlock that it is of.
class HeaderField
{
public:
    HeaderField(QByteArrayView name, QByteArrayView octets)
        : m_name(name)
        , m_octets(octets)
    { }

    /// As it was written; empty for a line that is no field but stands among fields.
    [[nodiscard]] QByteArrayView name() const noexcept { return m_name; }
    /// Without regard to case.
    [[nodiscard]] bool isNamed(QByteArrayView name) const;
    /// All lines of the field as they were written, with their line ends.
    [[nodiscard]] QByteArrayView octets() const noexcept { return m_octets; }
    /// The same with CRLF behind each line.
    [[nodiscard]] QByteArray crlfOctets() const;
    /// What stands behind the colon on one line, without blank space at its ends (RFC 5322 section 2.2.3).
    [[nodiscard]] QByteArray body() const;
    /// The body as people read it: encoded words decoded wherever they stand, raw octets taken for UTF-8 or
    /// else for windows-1252.
    [[nodiscard]] QString text() const;

private:
    QByteArrayView m_name;
    QByteArrayView m_octets;
};

/**
 * The header of a message or of a part, in order and as it was written: names twice, lines that are no
 * fields, any line ends. Takes memory for its octets and a little for each field.
 */
class HeaderBlock
{
public:
    HeaderBlock() = default;

    /// Reads fields until the octets end: the caller has found where the header ends. Lines end with CRLF,
    /// LF, CR, or several CRs before an LF; the last one may lack its end. Lines at the end that are no
    /// fields are the body of a message whose empty line was lost; they are left out of the block.
    [[nodiscard]] static HeaderBlock parse(const QByteArray &octets);

    [[nodiscard]] bool isEmpty() const noexcept { return m_spans.isEmpty(); }
    [[nodiscard]] qsizetype size() const noexcept { return m_spans.size(); }
    /// In the order in which they stand. Valid as long as the block is.
    [[nodiscard]] HeaderField at(qsizetype index) const;
    /// How many of the octets given to parse() are the header.
    [[nodiscard]] qsizetype length() const noexcept { return m_octets.size(); }

    /// The first field of that name; case does not matter.
    [[nodiscard]] std::optional<HeaderField> find(QByteArrayView name) const;
    [[nodiscard]] QList<HeaderField> findAll(QByteArrayView name) const;
    [[nodiscard]] bool contains(QByteArrayView name) const { return find(name).has_value(); }
    /// The body and the text of the first field of that name; empty when there is none.
    [[nodiscard]] QByteArray body(QByteArrayView name) const;
    [[nodiscard]] QString text(QByteArrayView name) const;

private:
    struct Span
    {
        qint32 begin = 0;
        qint32 nameLength = 0;
        qint32 length = 0;
    };

    QByteArray m_octets {};
    QList<Span> m_spans {};
};

/// How long the name of the field is that the line begins; 0 when it begins none (RFC 5322 sections 2.2 and
/// 4.5: blank space before the colon is obsolete but read).
[[nodiscard]] qsizetype fieldNameLength(QByteArrayView line);

/// How many octets there are before the first line end; all when there is none.
[[nodiscard]] qsizetype lineLength(QByteArrayView octets);

/// Of the line end with which the octets begin; they are not empty. A few CRs before an LF are one line end
/// with it: some programs turn CRLF into CR CR LF when they write files.
[[nodiscard]] qsizetype lineEndLength(QByteArrayView octets);

/// The lines of a header, each ended by CRLF.
[[nodiscard]] QByteArray withCrlfLines(QByteArrayView octets);

/// Whose header it is: in front of that of a message there may be a byte order mark and the separator line of
/// a mailbox file.
enum class HeaderOf { Message, Part };

/// The octets of a header, and what ended it.
struct CollectedHeader
{
    enum class End {
        EmptyLine,  ///< which was skipped
        InputEnded, ///< perhaps by an error
        Delimiter,  ///< the next line is one
        NoHeader,   ///< the first line is no field: it is a body already
        TooLarge,
    };
    qint64 begin = 0;     ///< where in the input
    QByteArray octets {}; ///< without the empty line
    End end = End::InputEnded;
};

/// Reads the lines of a header, no more than so many octets. The delimiter lines of a multipart end it too;
/// the function sees what follows from the start of a line.
[[nodiscard]] CollectedHeader collectHeader(BlockReader &input, qint64 most, HeaderOf owner,
                                            const std::function<bool(QByteArrayView)> &isDelimiter = {});

} // namespace postrider::mime
