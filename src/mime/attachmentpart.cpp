// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/attachmentpart.h"

#include "mime/encoding/base64lines.h"
#include "mime/encoding/octetscan.h"
#include "mime/encoding/sevenbit.h"
#include "mime/header/filename.h"
#include "mime/html/htmlcleaner.h"
#include "mime/mediatype.h"

#include <QBuffer>
#include <QFileInfo>

#include <algorithm>
#include <optional>

namespace postrider::mime {

using namespace Qt::StringLiterals;
using base::Expected;
using base::Unexpected;

namespace {

constexpr qint64 MiB = 1024 * 1024;
constexpr qint64 LargestKept = 16 * MiB; // of text and messages
constexpr qint64 MostKept = 32 * MiB;    // of all attachments of a message, but for their beginnings
constexpr qint64 BeginningOfText = 64 * 1024;

Unexpected<WriteError> unreadable(const Attachment &attachment, const QString &reason)
{
    return Unexpected(WriteError {
        .kind = WriteError::Kind::AttachmentUnreadable, .subject = attachment.path, .reason = reason });
}

/// Puts semicolons behind all pieces but the last one.
QList<QByteArray> asParameters(QList<QByteArray> pieces)
{
    for (qsizetype i = 0; i + 1 < pieces.size(); ++i) {
        if (!pieces.at(i).endsWith(';'))
            pieces[i] += ';';
    }
    return pieces;
}

/// Whether it begins with a header field.
bool isMessage(QByteArrayView octets)
{
    const qsizetype colon = octets.indexOf(':');
    return colon > 0 && std::all_of(octets.cbegin(), octets.cbegin() + colon, [](char c) {
               return c > ' ' && c < '\x7F';
           });
}

QByteArray withCrlf(const QByteArray &octets)
{
    QByteArray result;
    result.reserve(octets.size() + octets.size() / 32);
    qsizetype begin = 0;
    for (qsizetype at = octets.indexOf('\n'); at >= 0; at = octets.indexOf('\n', at + 1)) {
        if (at > 0 && octets.at(at - 1) == '\r')
            continue;
        result += QByteArrayView(octets).sliced(begin, at - begin);
        result += "\r\n";
        begin = at + 1;
    }
    result += QByteArrayView(octets).sliced(begin);
    return result;
}

bool isHeaderSevenBit(const QByteArray &message)
{
    const qsizetype end = message.indexOf("\r\n\r\n");
    return !hasEightBitOctet(end < 0 ? QByteArrayView(message) : QByteArrayView(message).first(end));
}

OctetScan scanned(const QByteArray &octets)
{
    OctetScan scan;
    scan.add(octets);
    return scan;
}

/// The message in 7-bit form, when there is one.
std::optional<QByteArray> convertedToSevenBit(const QByteArray &message)
{
    QBuffer input;
    input.setData(message);
    QBuffer output;
    if (!input.open(QIODevice::ReadOnly) || !output.open(QIODevice::WriteOnly) || !toSevenBit(input, output)
        || !scanned(output.data()).isSevenBitClean())
        return std::nullopt;
    return output.data();
}

} // namespace

/// Whether the whole of a file may stay in memory.
bool AttachmentParts::canKeep(qint64 octets)
{
    if (octets > LargestKept || m_memory + octets > MostKept)
        return false;
    m_memory += octets;
    return true;
}

/// Reads until so many of its octets are known, or all of them.
Expected<void, WriteError> AttachmentParts::readBegin(Source &source, qint64 octets)
{
    const qint64 wanted = std::min(octets, source.size);
    qint64 known = source.begin.size();
    source.begin.resize(std::max(known, wanted));
    while (known < source.begin.size()) {
        const qint64 count = source.file.read(source.begin.data() + known, source.begin.size() - known);
        if (count < 0 || source.file.error() != QFile::NoError)
            return unreadable(source.attachment, source.file.errorString());
        if (count == 0)
            return unreadable(source.attachment, u"The file changed while it was read"_s);
        known += count;
    }
    return {};
}

Expected<Part, WriteError> AttachmentParts::make(const Attachment &attachment)
{
    // A pipe or a device could block or never end.
    if (const QFileInfo info(attachment.path); info.exists() && !info.isFile())
        return unreadable(attachment, u"Not a regular file"_s);
    QFile file(attachment.path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return unreadable(attachment, file.errorString());

    Source source { .attachment = attachment, .file = file };
    source.size = file.size();
    source.modified = file.fileTime(QFileDevice::FileModificationTime);
    source.fileName = safeFileName(attachment.fileName.isEmpty() ? attachment.path : attachment.fileName);
    source.type = attachment.type.toLower();
    if (!isMediaType(source.type)) {
        if (const auto read = readBegin(source, OctetsThatTellType); !read)
            return Unexpected(read.error());
        source.type = findMediaType(source.fileName, source.begin);
    }
    if (source.type == "message/rfc822")
        return makeMessage(source);
    if (source.type.startsWith("text/"))
        return makeText(source);
    // The insides of these are not known here, and they must not be base64 (RFC 2045 section 6.4).
    if (source.type.startsWith("message/") || source.type.startsWith("multipart/"))
        return makeFile(source, UnknownMediaType.toByteArray());
    return makeFile(source, source.type);
}

Part AttachmentParts::make(const HtmlImage &image)
{
    ++m_imageCount;
    const QByteArray subtype = image.type.sliced(image.type.indexOf('/') + 1);
    const QString fileName = u"image"_s + QString::number(m_imageCount) + u'.' + QString::fromLatin1(subtype);
    HeaderWriter header;
    header.addPieces("Content-Type", asParameters({ image.type, nameParameter(fileName) }));
    header.addPieces("Content-Transfer-Encoding", { "base64" });
    header.addPieces("Content-Disposition",
                     asParameters(QList<QByteArray> { "inline" } + fileNameParameter(fileName)));
    header.addPieces("Content-ID", { '<' + image.contentId.toLatin1() + '>' });
    return Part(header.octets(), toBase64Lines(image.octets));
}

QByteArray AttachmentParts::header(const Source &source, const QList<QByteArray> &type,
                                   const QByteArray &encoding) const
{
    const Attachment &attachment = source.attachment;
    const bool isInline = !attachment.contentId.isEmpty();
    QList<QByteArray> disposition { isInline ? "inline"_ba : "attachment"_ba };
    HeaderWriter header(m_context.charset);
    header.addPieces("Content-Type",
                     asParameters(type + QList<QByteArray> { nameParameter(source.fileName) }));
    header.addPieces("Content-Transfer-Encoding", { encoding });
    header.addPieces("Content-Disposition", asParameters(disposition + fileNameParameter(source.fileName)));
    if (isInline)
        header.addPieces("Content-ID", { '<' + attachment.contentId.toLatin1() + '>' });
    if (!attachment.description.isEmpty())
        header.addText("Content-Description", attachment.description);
    return header.octets();
}

Part AttachmentParts::makeFile(const Source &source, const QByteArray &type, const QByteArray &charset) const
{
    QList<QByteArray> pieces { type };
    if (!charset.isEmpty())
        pieces.append("charset=" + charset);
    return Part(header(source, pieces, "base64"),
                FileBody { .path = source.attachment.path,
                           .size = source.size,
                           .modified = source.modified,
                           .begin = source.begin });
}

/// Text keeps its octets, line ends included; so base64 is the only encoding for it. The charset stands in
/// front of them: that of a text too large to be kept is told from its beginning.
AttachmentParts::Result AttachmentParts::makeText(Source &source)
{
    const bool isKept = canKeep(source.size);
    if (const auto read = readBegin(source, isKept ? source.size : BeginningOfText); !read)
        return Unexpected(read.error());
    TextJudge judge;
    judge.add(source.begin);
    const QByteArray charset = isKept ? judge.charset() : judge.charsetOfBeginning();
    return makeFile(source, charset.isEmpty() ? UnknownMediaType.toByteArray() : source.type, charset);
}

/// A message must not be encoded as a whole (RFC 2045 section 6.4): its parts are, or it travels as a file.
AttachmentParts::Result AttachmentParts::makeMessage(Source &source)
{
    if (!canKeep(source.size))
        return messageAsFile(source);
    if (const auto read = readBegin(source, source.size); !read)
        return Unexpected(read.error());
    QByteArray message = withCrlf(source.begin);
    QByteArray encoding = "7bit"_ba;
    OctetScan scan = scanned(message);
    const bool isEightBitClean = !scan.hasNul() && !scan.hasBareLineEnd() && !scan.hasLongLine();
    if (!isMessage(message) || !isEightBitClean || message.contains(m_context.avoided))
        return messageAsFile(source);
    if (scan.hasEightBit()) {
        if (m_context.body == BodyOctets::EightBit && isHeaderSevenBit(message)) {
            encoding = "8bit"_ba;
        } else if (auto converted = convertedToSevenBit(message)) {
            message = *std::move(converted);
        } else {
            return messageAsFile(source);
        }
    }
    return Part(header(source, { source.type }, encoding), message);
}

Part AttachmentParts::messageAsFile(const Source &source)
{
    m_notices.append({ .kind = WriteNotice::Kind::MessageSentAsFile, .subject = source.attachment.path });
    return makeFile(source, UnknownMediaType.toByteArray());
}

} // namespace postrider::mime
