// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"
#include "mime/reader/headerblock.h"
#include "mime/reader/readlimits.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

#include <memory>

class QIODevice;

namespace postrider::mime {

/// A stretch of the octets of a message, from its start.
struct OctetRange
{
    qint64 begin = 0;
    qint64 end = 0; ///< behind the last octet

    [[nodiscard]] qint64 size() const noexcept { return end - begin; }

    friend bool operator==(const OctetRange &, const OctetRange &) = default;
};

/// What a body went through for its transport (RFC 2045 section 6).
enum class TransferEncoding {
    None, ///< 7bit, 8bit, binary, or nothing said
    QuotedPrintable,
    Base64,
    Unknown, ///< another name: the octets are taken as they are
};

/// How the part wants to be shown (RFC 2183 section 2).
enum class Disposition { None, Inline, Attachment };

/// What came out of a decoded body.
struct DecodedBody
{
    qint64 size = 0; ///< octets
    /// Damaged: there were octets that the encoding does not have, or it was cut off. All that could be read
    /// was.
    enum class State { Whole, Damaged } state = State::Whole;
};

class TreeBuilder;
struct EntityData;
struct EntityNode;

/**
 * A message that was read, or a part of one (RFC 2045 section 2.4): its header, what it is, where its body
 * lies in the source, and the entities in it. The bodies stay in the source and are decoded when they are
 * asked for.
 *
 * A handle that is cheap to copy; all entities of a message share one source. They are used on one thread at
 * a time, as the source is repositioned by each reading.
 */
class Entity
{
public:
    [[nodiscard]] const HeaderBlock &header() const;

    /// "text/plain", in lower case: what the entity is read as. That is what Content-Type says (the first one
    /// that can be read), text/plain without it (message/rfc822 in a digest), and text/plain too for a
    /// multipart in which no boundary line was found.
    [[nodiscard]] const QByteArray &type() const;
    /// What Content-Type says besides; names in lower case.
    [[nodiscard]] const QHash<QByteArray, QString> &parameters() const;
    [[nodiscard]] QString parameter(const QByteArray &name) const { return parameters().value(name); }
    [[nodiscard]] TransferEncoding encoding() const;
    [[nodiscard]] Disposition disposition() const;
    /// The name that its author gave the file, from Content-Disposition or Content-Type, as it was written:
    /// safeFileName() is for names that reach a disk. Empty when there is none.
    [[nodiscard]] QString fileName() const;
    /// Without angle brackets; empty when there is none.
    [[nodiscard]] QString contentId() const;

    [[nodiscard]] bool isMultipart() const;
    /// A message that is attached (message/rfc822, message/global) and has its header and body as its only
    /// child, unless it was encoded.
    [[nodiscard]] bool isMessage() const;
    [[nodiscard]] bool isText() const { return type().startsWith("text/"); }
    [[nodiscard]] QList<Entity> children() const;
    /// This entity and all within it, each before its children.
    [[nodiscard]] QList<Entity> all() const;
    /// The same without what is within messages that are attached.
    [[nodiscard]] QList<Entity> ownParts() const;

    /// Where the octets of header and body together, and of the body alone, lie in the source.
    [[nodiscard]] OctetRange range() const;
    [[nodiscard]] OctetRange bodyRange() const;

    /// Writes the body without its transfer encoding, as it was in its file, in blocks; a text has the line
    /// ends that it travelled with. A multipart is written as it is.
    [[nodiscard]] base::Expected<DecodedBody, ReadError> decodedTo(QIODevice &output) const;
    /// The same in memory. TextTooLarge when it is more than so many octets.
    [[nodiscard]] base::Expected<QByteArray, ReadError> decoded(qint64 most) const;

    /// The most octets that text() takes when nothing else is said.
    static constexpr qint64 LargestText = 8 * ReadLimits::MiB;
    /**
     * The text as people read it: from its charset (unknown or missing: UTF-8, else windows-1252; what is
     * broken becomes U+FFFD), lines ended by LF, format=flowed (RFC 3676) joined to paragraphs with ">"
     * before quoted ones. TextTooLarge when the decoded body is more than so many octets.
     */
    [[nodiscard]] base::Expected<QString, ReadError> text(qint64 most = LargestText) const;

private:
    friend class TreeBuilder;
    Entity(std::shared_ptr<const EntityData> data, qsizetype index);
    [[nodiscard]] const EntityNode &node() const;

    std::shared_ptr<const EntityData> d;
    qsizetype m_index;
};

/**
 * Reads the structure of a message (RFC 5322, RFC 2045, RFC 2046) in one pass, and takes it as real mail is:
 * any line ends, a line of a mailbox file or a byte order mark in front, no header, Content-Type that lacks,
 * stands twice or is broken, boundaries that are never closed or begin like others, NULs. Time grows with the
 * size only; memory holds the headers and a block.
 *
 * The input can be repositioned, is read from its start, and must live and stay the same as long as there are
 * entities. Any thread.
 */
[[nodiscard]] base::Expected<Entity, ReadError> readMessage(QIODevice &input, const ReadLimits &limits = {});
/// The same for octets in memory, which the entities share.
[[nodiscard]] base::Expected<Entity, ReadError> readMessage(const QByteArray &octets,
                                                            const ReadLimits &limits = {});

} // namespace postrider::mime
