// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/messagewriter.h"

#include "mime/bodybuilder.h"
#include "mime/encoding/octetscan.h"
#include "mime/encoding/octetsink.h"
#include "mime/header/headerwriter.h"
#include "mime/header/messageheader.h"
#include "mime/part.h"

#include <utility>

namespace postrider::mime {

using base::Expected;
using base::Unexpected;

namespace {

constexpr QByteArrayView LineEnd = "\r\n";

} // namespace

struct PreparedMessage::Data
{
    QByteArray header {};
    Body body;
    /// Behind a multipart, which ends without one.
    QByteArrayView lastLineEnd {};
};

PreparedMessage::PreparedMessage(std::shared_ptr<const Data> data)
    : d(std::move(data))
{ }

Expected<PreparedMessage, WriteError> PreparedMessage::prepare(const Draft &draft, const Stamp &stamp,
                                                               const WriteOptions &options)
{
    const HeaderWriter::Charset charset
        = options.header == WriteOptions::Header::Utf8 ? HeaderWriter::Charset::Utf8 : headerCharset(draft);
    HeaderWriter header(charset);
    if (const auto added = addMessageHeader(header, draft, stamp); !added)
        return Unexpected(
            WriteError { .kind = WriteError::Kind::BadAddress, .subject = added.error().subject });
    auto body = buildBody(draft, stamp, options, charset);
    if (!body)
        return Unexpected(body.error());
    const bool isMultipart = body->part.type().startsWith("multipart/");
    return PreparedMessage(
        std::make_shared<const Data>(Data { .header = header.octets(),
                                            .body = *std::move(body),
                                            .lastLineEnd = isMultipart ? LineEnd : QByteArrayView() }));
}

qint64 PreparedMessage::size() const
{
    return d->header.size() + d->body.part.size() + d->lastLineEnd.size();
}

const Part &PreparedMessage::body() const
{
    return d->body.part;
}

const QByteArray &PreparedMessage::header() const
{
    return d->header;
}

const QList<WriteNotice> &PreparedMessage::notices() const
{
    return d->body.notices;
}

Expected<WrittenMessage, WriteError> PreparedMessage::write(QIODevice &output) const
{
    OctetSink sink(output);
    const auto outputFailed = [&sink] {
        return Unexpected(
            WriteError { .kind = WriteError::Kind::OutputFailed, .reason = sink.errorString() });
    };
    if (!sink.write(d->header))
        return outputFailed();
    if (const auto written = d->body.part.write(sink); !written)
        return Unexpected(written.error());
    if (!sink.write(d->lastLineEnd))
        return outputFailed();
    WrittenMessage written = sink.written();
    if (hasEightBitOctet(d->header) || d->body.part.hasRawHeader())
        written.header = WrittenMessage::Header::Utf8;
    written.notices = d->body.notices;
    return written;
}

Expected<WrittenMessage, WriteError> writeMessage(const Draft &draft, const Stamp &stamp, QIODevice &output,
                                                  const WriteOptions &options)
{
    const auto message = PreparedMessage::prepare(draft, stamp, options);
    if (!message)
        return Unexpected(message.error());
    return message->write(output);
}

} // namespace postrider::mime
