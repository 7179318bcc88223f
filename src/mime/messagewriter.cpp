// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/messagewriter.h"

#include "mime/filename.h"
#include "mime/headerwriter.h"
#include "mime/octetsink.h"
#include "mime/transferencoding.h"

#include <QFile>
#include <QFileInfo>
#include <QMimeDatabase>
#include <QRegularExpression>
#include <QStringDecoder>

#include <algorithm>
#include <optional>

namespace postrider::mime {

using namespace Qt::StringLiterals;
using base::Expected;
using base::Unexpected;

namespace {

constexpr QByteArrayView LineEnd = "\r\n";
constexpr qsizetype BlockSize = 1024 * OctetsPerBase64Line; // read at once; ends at a line end of base64
constexpr QByteArrayView UnknownType = "application/octet-stream";

Unexpected<WriteError> outputFailed(const OctetSink &sink)
{
    return Unexpected(WriteError { .kind = WriteError::Kind::OutputFailed, .reason = sink.errorString() });
}

Unexpected<WriteError> unreadable(const Attachment &attachment, const QString &reason)
{
    return Unexpected(WriteError {
        .kind = WriteError::Kind::AttachmentUnreadable, .subject = attachment.path, .reason = reason });
}

/// The first address that cannot stand in a header, if any.
std::optional<WriteError> findBadAddress(const Draft &draft)
{
    const QList<Mailbox> all = QList<Mailbox> { draft.from } + draft.replyTo + draft.to + draft.cc;
    for (const Mailbox &mailbox : all) {
        if (!wireAddress(mailbox))
            return WriteError { .kind = WriteError::Kind::BadAddress, .subject = mailbox.address() };
    }
    return std::nullopt;
}

/// Raw UTF-8 only where there is no other way: an address in the header has a non-ASCII local part.
HeaderWriter::Charset headerCharset(const Draft &draft)
{
    const QList<Mailbox> shown = QList<Mailbox> { draft.from } + draft.replyTo + draft.to + draft.cc;
    return std::any_of(shown.cbegin(), shown.cend(), needsSmtpUtf8) ? HeaderWriter::Charset::Utf8
                                                                    : HeaderWriter::Charset::Ascii;
}

void addTopFields(HeaderWriter &header, const Draft &draft, const Stamp &stamp)
{
    header.addPieces("Date", { toHeaderDate(stamp.date) });
    header.addMailboxes("From", { draft.from });
    if (!draft.replyTo.isEmpty())
        header.addMailboxes("Reply-To", draft.replyTo);
    if (!draft.to.isEmpty())
        header.addMailboxes("To", draft.to);
    else if (draft.cc.isEmpty())
        header.addPieces("To", { "undisclosed-recipients:;" }); // RFC 5322 appendix A.1.3
    if (!draft.cc.isEmpty())
        header.addMailboxes("Cc", draft.cc);
    header.addText("Subject", draft.subject);
    header.addPieces("Message-ID", { stamp.messageId });
    header.addPieces("MIME-Version", { "1.0" });
}

void addTextFields(HeaderWriter &header, const EncodedText &text)
{
    header.addPieces("Content-Type", { "text/plain;", "charset=" + text.charset });
    header.addPieces("Content-Transfer-Encoding", { text.encoding });
}

/// Whether the whole file is text in UTF-8 without NUL, and which charset describes it: "us-ascii" or
/// "utf-8". Empty when it is not.
Expected<QByteArray, QString> textCharset(QFile &file)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    bool isAscii = true;
    for (;;) {
        const QByteArray block = file.read(BlockSize);
        if (block.isEmpty())
            break;
        const bool isBlockAscii
            = std::all_of(block.cbegin(), block.cend(), [](char octet) { return octet >= 0; });
        isAscii = isAscii && isBlockAscii;
        const QString decoded = decoder.decode(block);
        if (decoder.hasError() || block.contains('\0'))
            return QByteArray();
    }
    if (file.error() != QFile::NoError)
        return Unexpected(file.errorString());
    return isAscii ? QByteArray("us-ascii") : QByteArray("utf-8");
}

bool isMediaType(const QByteArray &type)
{
    static const QRegularExpression pattern(
        u"\\A[A-Za-z0-9!#$&^_.+-]{1,127}/[A-Za-z0-9!#$&^_.+-]{1,127}\\z"_s);
    return pattern.match(QString::fromLatin1(type)).hasMatch();
}

/// The value of Content-Type without the name, and leaves the file at its start.
Expected<QList<QByteArray>, QString> contentType(const Attachment &attachment, const QString &fileName,
                                                 QFile &file)
{
    QByteArray type = attachment.type.toLower();
    if (!isMediaType(type)) {
        type = QMimeDatabase().mimeTypeForFileNameAndData(fileName, &file).name().toLatin1();
        file.seek(0);
    }
    // Messages and multiparts must not be base64 (RFC 2045 section 6.4), and their inside cannot be changed
    // here.
    if (!isMediaType(type) || type.startsWith("message/") || type.startsWith("multipart/"))
        return QList<QByteArray> { UnknownType.toByteArray() };
    if (!type.startsWith("text/"))
        return QList<QByteArray> { type };

    const auto charset = textCharset(file);
    file.seek(0);
    if (!charset)
        return Unexpected(charset.error());
    if (charset->isEmpty())
        return QList<QByteArray> { UnknownType.toByteArray() };
    return QList<QByteArray> { type, "charset=" + *charset };
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

/// One block, shorter only at the end of the file.
QByteArray readBlock(QFile &file)
{
    QByteArray block = file.read(BlockSize);
    while (!block.isEmpty() && block.size() < BlockSize) {
        const QByteArray more = file.read(BlockSize - block.size());
        if (more.isEmpty())
            break;
        block += more;
    }
    return block;
}

/// Header and body of the part, without line end behind its last line.
Expected<void, WriteError> writeAttachment(const Attachment &attachment, OctetSink &sink)
{
    // A pipe or a device could block or never end.
    if (const QFileInfo info(attachment.path); info.exists() && !info.isFile())
        return unreadable(attachment, u"Not a regular file"_s);
    QFile file(attachment.path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return unreadable(attachment, file.errorString());
    const qint64 size = file.size();

    const QString fileName
        = safeFileName(attachment.fileName.isEmpty() ? attachment.path : attachment.fileName);
    auto type = contentType(attachment, fileName, file);
    if (!type)
        return unreadable(attachment, type.error());

    HeaderWriter header;
    header.addPieces("Content-Type", asParameters(*type << nameParameter(fileName)));
    header.addPieces("Content-Transfer-Encoding", { "base64" });
    header.addPieces("Content-Disposition",
                     asParameters(QList<QByteArray> { "attachment" } << fileNameParameter(fileName)));
    if (!sink.write(QByteArray(header.octets() + LineEnd)))
        return outputFailed(sink);

    qint64 done = 0;
    for (;;) {
        const QByteArray block = readBlock(file);
        if (file.error() != QFile::NoError)
            return unreadable(attachment, file.errorString());
        if (block.isEmpty())
            break;
        if (done > 0 && !sink.write(LineEnd))
            return outputFailed(sink);
        if (!sink.write(toBase64Lines(block)))
            return outputFailed(sink);
        done += block.size();
        if (done > size)
            break;
    }
    if (done != size)
        return unreadable(attachment, u"The file changed while it was read"_s);
    return {};
}

} // namespace

Expected<WrittenMessage, WriteError> writeMessage(const Draft &draft, const Stamp &stamp, QIODevice &output)
{
    if (const auto error = findBadAddress(draft))
        return Unexpected(*error);

    const HeaderWriter::Charset charset = headerCharset(draft);
    const EncodedText text = encodeText(draft.text, stamp.boundary);
    OctetSink sink(output);
    HeaderWriter header(charset);
    addTopFields(header, draft, stamp);

    if (draft.attachments.isEmpty()) {
        addTextFields(header, text);
        if (!sink.write(QByteArray(header.octets() + LineEnd + text.octets)))
            return outputFailed(sink);
    } else {
        header.addPieces("Content-Type", { "multipart/mixed;", "boundary=\"" + stamp.boundary + '"' });
        HeaderWriter textHeader;
        addTextFields(textHeader, text);
        const QByteArray delimiter = LineEnd + ("--" + stamp.boundary);
        const QByteArray start
            = header.octets() + delimiter + LineEnd + textHeader.octets() + LineEnd + text.octets;
        if (!sink.write(start))
            return outputFailed(sink);
        for (const Attachment &attachment : draft.attachments) {
            if (!sink.write(QByteArray(delimiter + LineEnd)))
                return outputFailed(sink);
            if (const auto written = writeAttachment(attachment, sink); !written)
                return Unexpected(written.error());
        }
        if (!sink.write(QByteArray(delimiter + "--" + LineEnd)))
            return outputFailed(sink);
    }
    WrittenMessage written = sink.written();
    if (charset == HeaderWriter::Charset::Utf8)
        written.header = WrittenMessage::Header::Utf8;
    return written;
}

} // namespace postrider::mime
