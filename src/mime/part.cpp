// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/part.h"

#include "mime/encoding/base64lines.h"
#include "mime/encoding/octetscan.h"
#include "mime/encoding/octetsink.h"
#include "mime/header/headerwriter.h"

#include <QBuffer>
#include <QFile>

#include <algorithm>
#include <utility>

namespace postrider::mime {

using namespace Qt::StringLiterals;
using base::Expected;
using base::Unexpected;

namespace {

constexpr QByteArrayView LineEnd = "\r\n";
constexpr qsizetype BlockSize = 1024 * OctetsPerBase64Line; // read at once; ends at a line end of base64

using Written = Expected<void, WriteError>;

Unexpected<WriteError> outputFailed(const OctetSink &sink)
{
    return Unexpected(WriteError { .kind = WriteError::Kind::OutputFailed, .reason = sink.errorString() });
}

Unexpected<WriteError> unreadable(const FileBody &body, const QString &reason)
{
    return Unexpected(WriteError {
        .kind = WriteError::Kind::AttachmentUnreadable, .subject = body.path, .reason = reason });
}

/// Reads each octet of the file that is not known yet, once, and tells a file that is not what it was.
class FileReader
{
public:
    explicit FileReader(const FileBody &body)
        : m_body(body)
        , m_file(body.path)
    { }

    [[nodiscard]] Written open()
    {
        if (!m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
            return unreadable(m_body, m_file.errorString());
        if (const auto unchanged = checkUnchanged(); !unchanged)
            return unchanged;
        return m_file.seek(m_body.begin.size()) ? Written() : unreadable(m_body, m_file.errorString());
    }

    /// A full block, or what is left; nothing at the end of the file.
    [[nodiscard]] Expected<QByteArrayView, WriteError> read()
    {
        m_block.resize(BlockSize);
        const QByteArrayView known
            = QByteArrayView(m_body.begin).sliced(std::min(m_done, m_body.begin.size()));
        qsizetype size = std::min(known.size(), BlockSize);
        std::copy_n(known.cbegin(), size, m_block.begin());
        while (size < BlockSize) {
            const qint64 count = m_file.read(m_block.data() + size, BlockSize - size);
            if (count < 0 || m_file.error() != QFile::NoError)
                return unreadable(m_body, m_file.errorString());
            if (count == 0)
                break;
            size += count;
        }
        m_done += size;
        if (m_done > m_body.size)
            return changed();
        return QByteArrayView(m_block.constData(), size);
    }

    [[nodiscard]] Written close()
    {
        if (m_done != m_body.size)
            return changed();
        return checkUnchanged();
    }

private:
    [[nodiscard]] Written checkUnchanged() const
    {
        const bool isSame = m_file.size() == m_body.size
            && m_file.fileTime(QFileDevice::FileModificationTime) == m_body.modified;
        return isSame ? Written() : changed();
    }
    [[nodiscard]] Unexpected<WriteError> changed() const
    {
        return unreadable(m_body, u"The file changed while it was read"_s);
    }

    const FileBody &m_body;
    QFile m_file;
    QByteArray m_block {};
    qint64 m_done = 0;
};

Written writeFile(const FileBody &body, OctetSink &sink)
{
    FileReader reader(body);
    if (const auto opened = reader.open(); !opened)
        return opened;
    QByteArray lines;
    bool isFirst = true;
    for (;;) {
        const auto block = reader.read();
        if (!block)
            return Unexpected(block.error());
        if (block->isEmpty())
            break;
        // One write for each block, its first line's end before it.
        const qsizetype before = isFirst ? 0 : LineEnd.size();
        lines.resize(before + base64LinesSize(block->size()));
        std::copy(LineEnd.cbegin(), LineEnd.cbegin() + before, lines.begin());
        writeBase64Lines(*block, lines.data() + before);
        if (!sink.writeSevenBit(lines))
            return outputFailed(sink);
        isFirst = false;
    }
    return reader.close();
}

} // namespace

Part::Part(QByteArray header, QByteArray body)
    : m_header(std::move(header))
    , m_body(std::move(body))
{ }

Part::Part(QByteArray header, FileBody body)
    : m_header(std::move(header))
    , m_body(std::move(body))
{ }

Part::Part(QByteArray header, Multipart body)
    : m_header(std::move(header))
    , m_body(std::move(body))
{ }

Part Part::multipart(const QByteArray &subtype, const QByteArray &boundary, std::vector<Part> children,
                     const QList<QByteArray> &parameters)
{
    QList<QByteArray> pieces { "multipart/" + subtype };
    pieces += parameters;
    pieces.append("boundary=\"" + boundary + '"');
    for (qsizetype i = 0; i + 1 < pieces.size(); ++i)
        pieces[i] += ';';
    HeaderWriter header;
    header.addPieces("Content-Type", pieces);
    return Part(header.octets(), Multipart { .boundary = boundary, .children = std::move(children) });
}

QByteArray Part::type() const
{
    static const QByteArray begin = "\ncontent-type:"_ba;
    const QByteArray fields = '\n' + m_header.toLower();
    const qsizetype found = fields.indexOf(begin);
    if (found < 0)
        return "text/plain"_ba; // RFC 2045 section 5.2
    const QByteArray body = fields.sliced(found + begin.size());
    const qsizetype end = body.indexOf(';');
    return body.first(end >= 0 ? end : body.indexOf('\r')).trimmed();
}

bool Part::hasRawHeader() const
{
    if (hasEightBitOctet(m_header))
        return true;
    const auto *multipart = std::get_if<Multipart>(&m_body);
    return multipart
        && std::any_of(multipart->children.cbegin(), multipart->children.cend(),
                       [](const Part &child) { return child.hasRawHeader(); });
}

qint64 Part::size() const
{
    const qint64 before = m_header.size() + LineEnd.size();
    if (const auto *octets = std::get_if<QByteArray>(&m_body))
        return before + octets->size();
    if (const auto *file = std::get_if<FileBody>(&m_body))
        return before + base64LinesSize(file->size);
    const auto &multipart = std::get<Multipart>(m_body);
    const qint64 delimiter = LineEnd.size() + 2 + multipart.boundary.size(); // CRLF "--" boundary
    qint64 size = m_header.size() + delimiter + 2;
    for (const Part &child : multipart.children)
        size += delimiter + LineEnd.size() + child.size();
    return size;
}

Expected<void, WriteError> Part::write(OctetSink &sink) const
{
    if (const auto *octets = std::get_if<QByteArray>(&m_body))
        return sink.write(QByteArray(m_header + LineEnd + *octets)) ? Written() : outputFailed(sink);
    if (const auto *file = std::get_if<FileBody>(&m_body)) {
        if (!sink.write(QByteArray(m_header + LineEnd)))
            return outputFailed(sink);
        return writeFile(*file, sink);
    }
    const auto &multipart = std::get<Multipart>(m_body);
    // The line end of the first delimiter is the empty line behind the header.
    const QByteArray delimiter = LineEnd + ("--" + multipart.boundary);
    QByteArray before = m_header + delimiter + LineEnd;
    for (const Part &child : multipart.children) {
        if (!sink.write(before))
            return outputFailed(sink);
        if (const auto written = child.write(sink); !written)
            return written;
        before = delimiter + LineEnd;
    }
    return sink.write(QByteArray(delimiter + "--")) ? Written() : outputFailed(sink);
}

Expected<QByteArray, WriteError> Part::octets() const
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    OctetSink sink(buffer);
    if (const auto written = write(sink); !written)
        return Unexpected(written.error());
    return buffer.data();
}

} // namespace postrider::mime
