// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/emlreader.h"

#include "mime/encoding/charset.h"
#include "mime/encoding/octetsink.h"
#include "mime/header/headerwriter.h"
#include "mime/reader/blockreader.h"
#include "mime/reader/headerblock.h"

#include <QIODevice>

namespace postrider::mime {

using namespace Qt::StringLiterals;
using base::Expected;
using base::Unexpected;

namespace {

constexpr QByteArrayView LineEnd = "\r\n";
constexpr qsizetype LongestHeader = 16 * 1024 * 1024; // octets; room for a hundred thousand recipients

Unexpected<EmlError> fail(EmlError::Kind kind, const QString &subject = {}, const QString &reason = {})
{
    return Unexpected(EmlError { .kind = kind, .subject = subject, .reason = reason });
}

struct ReadHeader
{
    HeaderBlock fields {};
    QByteArray behindFields {};  ///< lines that are no fields, where the empty line was lost
    QByteArrayView emptyLine {}; ///< CRLF, or nothing when the file ends with the header
};

Expected<ReadHeader, EmlError> readHeader(BlockReader &input)
{
    using End = CollectedHeader::End;
    using Kind = EmlError::Kind;
    const CollectedHeader collected = collectHeader(input, LongestHeader, HeaderOf::Message);
    if (input.hasFailed())
        return fail(Kind::ReadFailed, {}, input.errorString());
    if (collected.end == End::TooLarge)
        return fail(Kind::NotAMessage, {}, u"The header is too long"_s);
    ReadHeader header { .fields = HeaderBlock::parse(collected.octets) };
    if (header.fields.isEmpty())
        return fail(Kind::NotAMessage);
    header.behindFields = withCrlfLines(QByteArrayView(collected.octets).sliced(header.fields.length()));
    if (collected.end == End::EmptyLine)
        header.emptyLine = LineEnd;
    return header;
}

Expected<QList<Mailbox>, EmlError> mailboxesOf(const HeaderBlock &header, QByteArrayView name)
{
    QList<Mailbox> all;
    const QList<HeaderField> fields = header.findAll(name);
    for (const HeaderField &field : fields) {
        const auto mailboxes = parseMailboxList(readCharset(field.body(), {}), AddressSource::Header);
        if (!mailboxes)
            return fail(EmlError::Kind::BadAddress, QString::fromLatin1(field.name()),
                        mailboxes.error().text);
        all += *mailboxes;
    }
    return all;
}

/// Blind copies stay blind, and the return path is for the last server to say (RFC 5321 section 4.4).
bool isForTransportOnly(const HeaderField &field)
{
    return field.isNamed("Bcc") || field.isNamed("Resent-Bcc") || field.isNamed("Return-Path");
}

/// Turns every kind of line end into CRLF, block by block; a few CRs before an LF are one line end with it.
class LineEndNormalizer
{
public:
    [[nodiscard]] QByteArray normalize(QByteArrayView block)
    {
        QByteArray result;
        result.reserve(block.size() + block.size() / 16);
        while (!block.isEmpty()) {
            const char octet = block.front();
            if (octet == '\n') {
                m_returns = 0;
                result += LineEnd;
            } else if (octet == '\r') {
                if (m_returns == MostReturns)
                    addReturns(result);
                ++m_returns;
            } else {
                addReturns(result);
                const qsizetype length = lineLength(block);
                result += block.first(length);
                block = block.sliced(length);
                continue;
            }
            block = block.sliced(1);
        }
        return result;
    }

    /// The line ends that were held back.
    [[nodiscard]] QByteArray finish()
    {
        QByteArray result;
        addReturns(result);
        return result;
    }

private:
    static constexpr int MostReturns = 16;

    /// Each a line end of its own, as it turned out.
    void addReturns(QByteArray &result)
    {
        for (; m_returns > 0; --m_returns)
            result += LineEnd;
    }

    int m_returns = 0; ///< at the end of what was read
};

} // namespace

Expected<EmlHeader, EmlError> readEmlHeader(QIODevice &input)
{
    if (!input.isReadable())
        return fail(EmlError::Kind::ReadFailed, {}, input.errorString());
    BlockReader reader(input);
    const auto header = readHeader(reader);
    if (!header)
        return Unexpected(header.error());
    const HeaderBlock &fields = header->fields;
    const auto from = mailboxesOf(fields, "From");
    if (!from)
        return Unexpected(from.error());
    const auto to = mailboxesOf(fields, "To");
    if (!to)
        return Unexpected(to.error());
    const auto cc = mailboxesOf(fields, "Cc");
    if (!cc)
        return Unexpected(cc.error());
    const auto bcc = mailboxesOf(fields, "Bcc");
    if (!bcc)
        return Unexpected(bcc.error());
    return EmlHeader {
        .from = *from,
        .to = *to,
        .cc = *cc,
        .bcc = *bcc,
        .subject = fields.text("Subject"),
        .messageId = fields.body("Message-ID"),
        .hasDate = fields.contains("Date"),
    };
}

Expected<WrittenMessage, EmlError> copyEml(QIODevice &input, const Stamp &stamp, QIODevice &output)
{
    if (!input.isReadable() || (!input.isSequential() && !input.seek(0)))
        return fail(EmlError::Kind::ReadFailed, {}, input.errorString());
    BlockReader reader(input);
    const auto header = readHeader(reader);
    if (!header)
        return Unexpected(header.error());

    OctetSink sink(output);
    const auto outputFailed = [&sink] { return fail(EmlError::Kind::OutputFailed, {}, sink.errorString()); };
    const HeaderBlock &fields = header->fields;
    HeaderWriter added;
    if (!fields.contains("Date"))
        added.addPieces("Date", { toHeaderDate(stamp.date) });
    if (!fields.contains("Message-ID"))
        added.addPieces("Message-ID", { stamp.messageId });
    if (!sink.write(added.octets()))
        return outputFailed();
    bool isLeftOut = false;
    for (qsizetype i = 0; i < fields.size(); ++i) {
        const HeaderField field = fields.at(i);
        // A line that is no field goes with the one before it: it may be the rest of a list of blind copies.
        if (!field.name().isEmpty())
            isLeftOut = isForTransportOnly(field);
        if (!isLeftOut && !sink.write(field.crlfOctets()))
            return outputFailed();
    }
    const WrittenMessage::Header headerKind = sink.written().content == WrittenMessage::Content::EightBit
        ? WrittenMessage::Header::Utf8
        : WrittenMessage::Header::Ascii;
    if (!sink.write(header->behindFields) || !sink.write(header->emptyLine))
        return outputFailed();

    LineEndNormalizer normalizer;
    for (QByteArrayView block = reader.ahead(); !block.isEmpty(); block = reader.ahead()) {
        if (!sink.write(normalizer.normalize(block)))
            return outputFailed();
        reader.skip(block.size());
    }
    if (reader.hasFailed())
        return fail(EmlError::Kind::ReadFailed, {}, reader.errorString());
    if (!sink.write(normalizer.finish()))
        return outputFailed();
    WrittenMessage written = sink.written();
    written.header = headerKind;
    return written;
}

} // namespace postrider::mime
