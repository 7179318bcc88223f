// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/emlreader.h"

#include "mime/encoding/octetsink.h"
#include "mime/header/encodedword.h"
#include "mime/header/headerwriter.h"

#include <QIODevice>

#include <algorithm>
#include <array>
#include <optional>

namespace postrider::mime {

using namespace Qt::StringLiterals;
using base::Expected;
using base::Unexpected;

namespace {

constexpr QByteArrayView LineEnd = "\r\n";
constexpr qsizetype LongestHeader = 16 * 1024 * 1024; // octets; room for a hundred thousand recipients
constexpr qsizetype BlockSize = 64 * 1024;

/// One field as it stands in the file, over all its lines, each ended by CRLF.
struct Field
{
    QByteArray name {}; ///< in lower case; empty when the line is not a field
    QByteArray octets {};
};

struct RawHeader
{
    QList<Field> fields {};
    QByteArray emptyLine {}; ///< CRLF, or nothing when the file ends with the header
};

Unexpected<EmlError> fail(EmlError::Kind kind, const QString &subject = {}, const QString &reason = {})
{
    return Unexpected(EmlError { .kind = kind, .subject = subject, .reason = reason });
}

bool isLineEnd(char octet)
{
    return octet == '\r' || octet == '\n';
}

/// A line of any kind without its line end.
struct Line
{
    QByteArray octets {};
    bool isEnded = false; ///< not by the end of the file
};

/// Reads no octet further than the line end, so that the device stands where the body begins. Empty when the
/// line is longer than limit.
std::optional<Line> readLine(QIODevice &input, qsizetype limit)
{
    std::array<char, 1024> ahead {};
    Line line;
    for (;;) {
        const qint64 count = input.peek(ahead.data(), static_cast<qint64>(ahead.size()));
        if (count <= 0)
            return line;
        const QByteArrayView block(ahead.data(), static_cast<qsizetype>(count));
        const auto *lineEnd = std::find_if(block.cbegin(), block.cend(), isLineEnd);
        const qsizetype length = lineEnd - block.cbegin();
        if (line.octets.size() + length > limit)
            return std::nullopt;
        line.octets += block.first(length);
        if (lineEnd == block.cend()) {
            input.skip(count);
            continue;
        }
        input.skip(length + 1);
        if (char next = 0; *lineEnd == '\r' && input.peek(&next, 1) == 1 && next == '\n')
            input.skip(1);
        line.isEnded = true;
        return line;
    }
}

/// The name of the field that the line begins, in lower case; empty when it begins none (RFC 5322
/// sections 2.2 and 4.5, where blank space before the colon is obsolete but read).
QByteArray fieldName(const QByteArray &line)
{
    const qsizetype colon = line.indexOf(':');
    if (colon <= 0)
        return {};
    qsizetype end = colon;
    while (end > 0 && (line.at(end - 1) == ' ' || line.at(end - 1) == '\t'))
        --end;
    const QByteArray name = line.first(end);
    const bool isName = !name.isEmpty()
        && std::all_of(name.cbegin(), name.cend(), [](char octet) { return octet > ' ' && octet <= '~'; });
    return isName ? name.toLower() : QByteArray();
}

Expected<RawHeader, EmlError> readRawHeader(QIODevice &input)
{
    using Kind = EmlError::Kind;
    if (!input.isReadable())
        return fail(Kind::ReadFailed, {}, input.errorString());
    RawHeader header;
    qsizetype room = LongestHeader;
    bool isFirstLine = true;
    for (;;) {
        const auto line = readLine(input, room);
        if (!line)
            return fail(Kind::NotAMessage, {}, u"The header is too long"_s);
        const QByteArray &octets = line->octets;
        room -= octets.size();
        if (octets.isEmpty()) {
            if (line->isEnded)
                header.emptyLine = LineEnd.toByteArray();
            break;
        }

        // The separator of a mailbox file is no part of the message.
        const bool isSeparator = isFirstLine && octets.startsWith("From ");
        isFirstLine = false;
        if (!isSeparator) {
            const bool isContinuation = octets.startsWith(' ') || octets.startsWith('\t');
            const QByteArray name = isContinuation ? QByteArray() : fieldName(octets);
            if (header.fields.isEmpty() && name.isEmpty())
                return fail(Kind::NotAMessage);
            if (isContinuation)
                header.fields.last().octets += octets + LineEnd;
            else
                header.fields.append({ .name = name, .octets = octets + LineEnd });
        }
        if (!line->isEnded)
            break;
    }
    if (header.fields.isEmpty())
        return fail(Kind::NotAMessage);
    return header;
}

/// What stands behind the colon, unfolded (RFC 5322 section 2.2.3).
QByteArray bodyOf(const Field &field)
{
    QByteArray body = field.octets.sliced(field.octets.indexOf(':') + 1);
    body.replace(LineEnd, QByteArrayView());
    return body.trimmed();
}

Expected<QList<Mailbox>, EmlError> mailboxesOf(const RawHeader &header, QByteArrayView name)
{
    QList<Mailbox> all;
    for (const Field &field : header.fields) {
        if (field.name != name)
            continue;
        const QByteArray body = bodyOf(field);
        QString text = QString::fromUtf8(body);
        if (text.toUtf8() != body)
            text = QString::fromLatin1(body);
        const auto mailboxes = parseMailboxList(text, AddressSource::Header);
        if (!mailboxes)
            return fail(EmlError::Kind::BadAddress,
                        QString::fromLatin1(field.octets.first(field.octets.indexOf(':')).trimmed()),
                        mailboxes.error().text);
        all += *mailboxes;
    }
    return all;
}

bool hasField(const RawHeader &header, QByteArrayView name)
{
    return std::any_of(header.fields.cbegin(), header.fields.cend(),
                       [name](const Field &field) { return field.name == name; });
}

/// The body of the first field of that name.
QByteArray firstBodyOf(const RawHeader &header, QByteArrayView name)
{
    const auto field = std::find_if(header.fields.cbegin(), header.fields.cend(),
                                    [name](const Field &candidate) { return candidate.name == name; });
    return field == header.fields.cend() ? QByteArray() : bodyOf(*field);
}

/// Blind copies stay blind, and the return path is for the last server to say (RFC 5321 section 4.4).
bool isForTransportOnly(const Field &field)
{
    return field.name == "bcc" || field.name == "resent-bcc" || field.name == "return-path";
}

/// Turns every kind of line end into CRLF, block by block.
class LineEndNormalizer
{
public:
    [[nodiscard]] QByteArray normalize(QByteArrayView block)
    {
        QByteArray result;
        result.reserve(block.size() + block.size() / 16);
        while (!block.isEmpty()) {
            if (m_isBehindReturn && block.front() == '\n')
                block = block.sliced(1);
            m_isBehindReturn = false;
            const auto *lineEnd = std::find_if(block.cbegin(), block.cend(), isLineEnd);
            result += block.first(lineEnd - block.cbegin());
            block = block.sliced(lineEnd - block.cbegin());
            if (block.isEmpty())
                break;
            result += LineEnd;
            m_isBehindReturn = block.front() == '\r';
            block = block.sliced(1);
        }
        return result;
    }

private:
    bool m_isBehindReturn = false; ///< also from the end of the block before
};

} // namespace

Expected<EmlHeader, EmlError> readEmlHeader(QIODevice &input)
{
    const auto raw = readRawHeader(input);
    if (!raw)
        return Unexpected(raw.error());
    const auto from = mailboxesOf(*raw, "from");
    if (!from)
        return Unexpected(from.error());
    const auto to = mailboxesOf(*raw, "to");
    if (!to)
        return Unexpected(to.error());
    const auto cc = mailboxesOf(*raw, "cc");
    if (!cc)
        return Unexpected(cc.error());
    const auto bcc = mailboxesOf(*raw, "bcc");
    if (!bcc)
        return Unexpected(bcc.error());
    return EmlHeader {
        .from = *from,
        .to = *to,
        .cc = *cc,
        .bcc = *bcc,
        .subject = decodeHeaderText(firstBodyOf(*raw, "subject")),
        .messageId = firstBodyOf(*raw, "message-id"),
    };
}

Expected<WrittenMessage, EmlError> copyEml(QIODevice &input, const Stamp &stamp, QIODevice &output)
{
    if (!input.isSequential() && !input.seek(0))
        return fail(EmlError::Kind::ReadFailed, {}, input.errorString());
    const auto header = readRawHeader(input);
    if (!header)
        return Unexpected(header.error());

    OctetSink sink(output);
    const auto outputFailed = [&sink] { return fail(EmlError::Kind::OutputFailed, {}, sink.errorString()); };
    HeaderWriter added;
    if (!hasField(*header, "date"))
        added.addPieces("Date", { toHeaderDate(stamp.date) });
    if (!hasField(*header, "message-id"))
        added.addPieces("Message-ID", { stamp.messageId });
    if (!sink.write(added.octets()))
        return outputFailed();
    for (const Field &field : header->fields) {
        if (!isForTransportOnly(field) && !sink.write(field.octets))
            return outputFailed();
    }
    const WrittenMessage::Header headerKind = sink.written().content == WrittenMessage::Content::EightBit
        ? WrittenMessage::Header::Utf8
        : WrittenMessage::Header::Ascii;
    if (!sink.write(header->emptyLine))
        return outputFailed();

    LineEndNormalizer normalizer;
    QByteArray block(BlockSize, Qt::Uninitialized);
    for (;;) {
        const qint64 count = input.read(block.data(), block.size());
        if (count < 0)
            return fail(EmlError::Kind::ReadFailed, {}, input.errorString());
        if (count == 0)
            break;
        if (!sink.write(normalizer.normalize(QByteArrayView(block).first(count))))
            return outputFailed();
    }
    WrittenMessage written = sink.written();
    written.header = headerKind;
    return written;
}

} // namespace postrider::mime
