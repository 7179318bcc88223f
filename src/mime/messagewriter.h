// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"
#include "mime/draft.h"
#include "mime/encoding/transferencoding.h"

#include <memory>

class QIODevice;

namespace postrider::mime {

/// Why a message could not be written.
struct WriteError
{
    enum class Kind {
        AttachmentUnreadable, ///< subject is its path
        OutputFailed,         ///< the device did not take the octets (disk full)
        BadAddress,           ///< subject is the address, or the name of the field that cannot be written
    };
    Kind kind = Kind::OutputFailed;
    QString subject {};
    QString reason {}; ///< the system's own words, untranslated
};

/// Something that the person may want to know although the message was written.
struct WriteNotice
{
    enum class Kind {
        /// A message file could not go along as a message, because it has no form for 7-bit transport or is
        /// too large to be looked through; it goes along as a file.
        MessageSentAsFile,
    };
    Kind kind = Kind::MessageSentAsFile;
    QString subject {}; ///< the attachment's path

    friend bool operator==(const WriteNotice &, const WriteNotice &) = default;
};

/// What the transport must know of a message that was written.
struct WrittenMessage
{
    qint64 size = 0; ///< octets with CRLF line ends, before dot-stuffing (RFC 1870 section 6)
    enum class Content { SevenBit, EightBit } content = Content::SevenBit; ///< of header and body together
    /// Utf8: the header of the message or of a part has raw octets above 127, so that the server must know
    /// SMTPUTF8 (RFC 6531 section 3.4), not only 8BITMIME.
    enum class Header { Ascii, Utf8 } header = Header::Ascii;
    QList<WriteNotice> notices {};
};

/// How a message may be written. The default suits every server and every later attempt at another one.
struct WriteOptions
{
    /// AsNeeded: ASCII, unless an address leaves no choice. Utf8: names and subject raw, for a server with
    /// SMTPUTF8 (RFC 6532).
    enum class Header { AsNeeded, Utf8 };

    BodyOctets body = BodyOctets::SevenBit;
    Header header = Header::AsNeeded;
    TextProtection protection = TextProtection::None;
};

class Part;

/**
 * A message that is ready to be written: attachments were looked at, types and encodings chosen.
 *
 * Its structure is mixed[alternative[plain text, related[HTML, pictures], calendar], attachments…], where a
 * level with a single child gives way to it. A message file is attached as message/rfc822 as long as it is
 * 7-bit or can be made so, and as any other file otherwise, which is a notice.
 *
 * No octet of an attachment is read twice. What says how a part is encoded stands in front of it, so text and
 * message files are looked through before anything is written and kept in memory: up to 16 MiB each and
 * 32 MiB together. A larger text is UTF-8 when its beginning is; a larger message goes along as a file.
 *
 * A value that can be handed between threads; cheap to copy.
 */
class PreparedMessage
{
public:
    /// Attachments are opened; those that are text or messages are read here, of the others only the first
    /// octets when the type is not given.
    [[nodiscard]] static base::Expected<PreparedMessage, WriteError>
    prepare(const Draft &draft, const Stamp &stamp, const WriteOptions &options = {});

    /// In octets, exactly as it will be written: for the SIZE parameter (RFC 1870) and for people.
    [[nodiscard]] qint64 size() const;
    /// The body with the fields that describe it, to be signed or encrypted as a whole.
    [[nodiscard]] const Part &body() const;
    /// The fields that describe the whole message, with MIME-Version, without the empty line.
    [[nodiscard]] const QByteArray &header() const;
    [[nodiscard]] const QList<WriteNotice> &notices() const;

    /// The same octets at each call. What prepare() did not read of an attachment is read in blocks; one that
    /// changed since then, in size or time, is an error that names it, never a thinner message.
    [[nodiscard]] base::Expected<WrittenMessage, WriteError> write(QIODevice &output) const;

private:
    struct Data;
    explicit PreparedMessage(std::shared_ptr<const Data> data);

    std::shared_ptr<const Data> d;
};

/**
 * Writes the draft as an RFC 5322 message with MIME: header, text, attachments.
 *
 * The output has CRLF line ends only, has no line over 998 octets, never a Bcc field, and nothing about this
 * computer. It is 7-bit clean, unless an address in its header has a non-ASCII local part: there is no ASCII
 * form of that, so the header is UTF-8 then (RFC 6532). Memory does not grow with the size of attachments
 * beyond what PreparedMessage says. The caller's device decides about durability. Works on any thread.
 */
[[nodiscard]] base::Expected<WrittenMessage, WriteError>
writeMessage(const Draft &draft, const Stamp &stamp, QIODevice &output, const WriteOptions &options = {});

} // namespace postrider::mime
