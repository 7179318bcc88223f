// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/reader/treebuilder.h"

#include "mime/reader/contentfields.h"

#include <algorithm>
#include <cstring>

namespace postrider::mime {

using namespace Qt::StringLiterals;
using base::Expected;
using base::Unexpected;

namespace {

/// RFC 2046 section 5.1.1 allows 70. One that does not fit into a line cannot be found in any.
constexpr qsizetype LongestBoundary = 998;
/// With the hyphens and some blank space behind; a longer line is content.
constexpr qsizetype LongestDelimiter = 4 * 1024;

Unexpected<ReadError> fail(ReadError::Kind kind, const QString &reason = {})
{
    return Unexpected(ReadError { .kind = kind, .reason = reason });
}

QByteArrayView withoutTrailingBlanks(QByteArrayView line)
{
    while (!line.isEmpty() && QByteArrayView(" \t\r").contains(line.back()))
        line.chop(1);
    return line;
}

} // namespace

TreeBuilder::TreeBuilder(QIODevice &device, const ReadLimits &limits)
    : m_device(device)
    , m_limits(limits)
    , m_input(device)
{ }

Expected<Entity, ReadError> TreeBuilder::build(std::unique_ptr<QIODevice> owned)
{
    if (!m_device.isReadable() || m_device.isSequential() || !m_device.seek(0))
        return fail(ReadError::Kind::ReadFailed, m_device.errorString());
    if (m_device.size() > m_limits.total)
        return fail(ReadError::Kind::MessageTooLarge);
    if (const Step read = readEntity("text/plain"_ba, HeaderOf::Message, 0); !read)
        return Unexpected(read.error());
    auto data = std::make_shared<EntityData>();
    data->owned = std::move(owned);
    data->device = &m_device;
    data->nodes = std::move(m_nodes);
    return Entity(std::move(data), 0);
}

TreeBuilder::Step TreeBuilder::checked() const
{
    if (m_input.hasFailed())
        return fail(ReadError::Kind::ReadFailed, m_input.errorString());
    if (m_input.position() > m_limits.total)
        return fail(ReadError::Kind::MessageTooLarge);
    return {};
}

/// Leaves the reader at the delimiter that ended the entity, or at the end of the input.
TreeBuilder::Step TreeBuilder::readEntity(const QByteArray &defaultType, HeaderOf owner, int depth)
{
    if (depth > m_limits.depth)
        return fail(ReadError::Kind::TooDeep);
    if (std::ssize(m_nodes) > m_limits.parts)
        return fail(ReadError::Kind::TooManyParts);
    const qsizetype index = std::ssize(m_nodes);
    m_nodes.emplace_back();
    // References to nodes do not outlive the reading of entities within this one.
    if (const Step read = readHeader(m_nodes.back(), owner); !read)
        return read;
    interpret(m_nodes.back(), defaultType);

    Step read;
    if (!m_isAtDelimiter) {
        if (m_nodes.back().type.startsWith("multipart/"))
            read = readMultipart(index, depth);
        else if (holdsMessage(m_nodes.back()))
            read = readEntity("text/plain"_ba, HeaderOf::Message, depth + 1);
        else
            skipToDelimiter(m_input.position());
    }
    if (!read)
        return read;
    EntityNode &node = m_nodes[static_cast<size_t>(index)];
    node.body.end = std::max(node.body.begin, m_end.begin);
    node.range.end = node.body.end;
    node.end = std::ssize(m_nodes);
    return checked();
}

TreeBuilder::Step TreeBuilder::readHeader(EntityNode &node, HeaderOf owner)
{
    using End = CollectedHeader::End;
    m_isAtDelimiter = false;
    const auto isDelimiter = [this](QByteArrayView line) { return delimiterAt(line).has_value(); };
    CollectedHeader header = collectHeader(m_input, m_limits.header, owner, isDelimiter);
    if (const Step read = checked(); !read)
        return read;
    if (header.end == End::TooLarge)
        return fail(ReadError::Kind::HeaderTooLarge);
    m_headers += header.octets.size();
    if (m_headers > m_limits.headers)
        return fail(ReadError::Kind::HeadersTooLarge);
    if (m_nodes.size() == 1)
        noteLineEnd(header.octets);

    node.header = HeaderBlock::parse(header.octets);
    node.range.begin = header.begin;
    const bool isWhole = node.header.length() == header.octets.size();
    node.body.begin = isWhole ? m_input.position() : header.begin + node.header.length();
    if (header.end == End::Delimiter || header.end == End::InputEnded) {
        m_end = header.end == End::Delimiter ? *delimiterAt(m_input.ahead(LongestDelimiter)) : Delimiter();
        m_end.begin = m_input.position();
        if (header.end == End::Delimiter
            && !isWhole) // what follows the header is a body that lost its empty line
            m_end.begin -= header.octets.endsWith("\r\n") ? 2 : 1;
        m_isAtDelimiter = true;
    }
    return {};
}

/// A file of an old system may end its lines with CR alone.
void TreeBuilder::noteLineEnd(QByteArrayView header)
{
    if (header.contains('\r') && !header.contains('\n'))
        m_lineEnd = '\r';
}

void TreeBuilder::interpret(EntityNode &node, const QByteArray &defaultType)
{
    auto type = contentTypeOf(node.header);
    node.type = type ? type->type : defaultType;
    if (type)
        node.parameters = std::move(type->parameters);
    node.encoding = transferEncodingOf(node.header);
}

/// Whether a header follows. An encoding is forbidden in RFC 2046 section 5.2.1 and allowed in RFC 6532
/// section 3.7; there are also programs that only claim it.
bool TreeBuilder::holdsMessage(const EntityNode &node)
{
    if (node.type != "message/rfc822" && node.type != "message/global" && node.type != "message/news")
        return false;
    switch (node.encoding) {
    case TransferEncoding::None:
    case TransferEncoding::Unknown:
        return true;
    case TransferEncoding::QuotedPrintable:
        return false;
    case TransferEncoding::Base64:
        return fieldNameLength(m_input.ahead(LongestDelimiter)) > 0;
    }
    Q_UNREACHABLE();
}

TreeBuilder::Step TreeBuilder::readMultipart(qsizetype index, int depth)
{
    const EntityNode &node = m_nodes[static_cast<size_t>(index)];
    QByteArray boundary = withoutTrailingBlanks(node.parameters.value("boundary").toUtf8()).toByteArray();
    if (boundary.isEmpty())
        boundary = guessedBoundary();
    if (boundary.isEmpty() || boundary.size() > LongestBoundary) {
        m_nodes[static_cast<size_t>(index)].type = "text/plain";
        skipToDelimiter(m_input.position());
        return {};
    }
    const QByteArray partType = node.type == "multipart/digest" ? "message/rfc822"_ba : "text/plain"_ba;

    const qsizetype level = m_boundaries.size();
    m_boundaries.append(boundary);
    skipToDelimiter(m_input.position()); // over the preamble
    if (m_end.level != level)
        m_nodes[static_cast<size_t>(index)].type = "text/plain";
    while (m_end.level == level && !m_end.isClosing) {
        (void)skipLine();
        if (const Step part = readEntity(partType, HeaderOf::Part, depth + 1); !part)
            return part;
    }
    m_boundaries.removeLast();
    if (m_end.level == level) {
        skipToDelimiter(skipLine()); // over the epilogue
    }
    return {};
}

/// For a multipart whose boundary parameter was lost: the first line that looks like a delimiter and has a
/// field behind it.
QByteArray TreeBuilder::guessedBoundary()
{
    const QByteArrayView start = m_input.ahead(BlockReader::MostAhead);
    for (qsizetype begin = 0; begin < start.size();) {
        const qsizetype end = start.indexOf(m_lineEnd, begin);
        if (end < 0)
            break;
        const QByteArrayView line = withoutTrailingBlanks(start.sliced(begin, end - begin));
        if (line.startsWith("--") && line.size() > 2 && fieldNameLength(start.sliced(end + 1)) > 0)
            return line.sliced(2).toByteArray();
        begin = end + 1;
    }
    return {};
}

/// From the start of a line; lineEnd is where the line end before it begins, as far as that can belong to a
/// delimiter.
void TreeBuilder::skipToDelimiter(qint64 lineEnd)
{
    m_isAtDelimiter = false;
    if (m_boundaries.isEmpty()) {
        // Nothing in there can end it.
        m_end = { .begin = std::max(m_device.size(), m_input.position()) };
        m_isAtDelimiter = true;
        return;
    }
    char before = '\0'; // the octet before those that the reader gives
    bool isAtLine = true;
    for (;;) {
        const QByteArrayView octets = m_input.ahead(LongestDelimiter);
        if (octets.isEmpty()) {
            m_end = { .begin = m_input.position() };
            m_isAtDelimiter = true;
            return;
        }
        if (isAtLine && octets.startsWith("--")) {
            if (auto delimiter = delimiterAt(octets)) {
                m_end = *delimiter;
                m_end.begin = lineEnd;
                m_isAtDelimiter = true;
                return;
            }
        }
        const qsizetype next = nextDashes(octets);
        const qsizetype skipped = next < 0 ? octets.size() : next;
        isAtLine = next >= 0 || octets.back() == m_lineEnd;
        if (isAtLine) {
            const char last = skipped >= 2 ? octets.at(skipped - 2) : before;
            const bool isCrlf = m_lineEnd == '\n' && last == '\r';
            lineEnd = m_input.position() + skipped - (isCrlf ? 2 : 1);
        }
        before = octets.at(skipped - 1);
        m_input.skip(skipped);
    }
}

/// Where, behind the first octet, a line begins with two hyphens; -1 when none does as far as can be seen.
qsizetype TreeBuilder::nextDashes(QByteArrayView octets) const
{
    const char *const begin = octets.data();
    const char *const end = begin + octets.size();
    for (const char *at = begin; at < end; ++at) {
        at = static_cast<const char *>(std::memchr(at, m_lineEnd, static_cast<size_t>(end - at)));
        if (at == nullptr)
            return -1;
        if (end - at >= 3 && at[1] == '-' && at[2] == '-')
            return at + 1 - begin;
        if (end - at == 2 && at[1] == '-')
            return at + 1 - begin; // perhaps; the next octet is not here yet
    }
    return -1;
}

std::optional<TreeBuilder::Delimiter> TreeBuilder::delimiterAt(QByteArrayView line) const
{
    line = line.first(std::min(line.size(), LongestDelimiter));
    const qsizetype end = line.indexOf(m_lineEnd);
    if (end < 0 && line.size() == LongestDelimiter)
        return std::nullopt;
    const QByteArrayView text = withoutTrailingBlanks(end < 0 ? line : line.first(end)).sliced(2);
    for (qsizetype level = m_boundaries.size() - 1; level >= 0; --level) {
        const QByteArray &boundary = m_boundaries.at(level);
        if (!text.startsWith(boundary))
            continue;
        const QByteArrayView rest = text.sliced(boundary.size());
        if (rest.isEmpty() || rest == "--")
            return Delimiter { .level = level, .isClosing = !rest.isEmpty() };
    }
    return std::nullopt;
}

/// Over the delimiter at which the reader stands. Tells where its line end begins.
qint64 TreeBuilder::skipLine()
{
    const QByteArrayView line = m_input.ahead(LongestDelimiter);
    const qsizetype end = line.indexOf(m_lineEnd);
    const bool isEnded = end >= 0;
    const qsizetype length = isEnded ? end : std::min(line.size(), LongestDelimiter);
    const bool isCrlf = isEnded && m_lineEnd == '\n' && line.at(end - 1) == '\r';
    const qint64 lineEnd = m_input.position() + length - (isCrlf ? 1 : 0);
    m_input.skip(length + (isEnded ? 1 : 0));
    m_isAtDelimiter = false;
    return lineEnd;
}

} // namespace postrider::mime
