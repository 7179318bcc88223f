// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/reader/headerblock.h"

#include "mime/header/encodedword.h"
#include "mime/reader/blockreader.h"

#include <algorithm>
#include <cstring>

namespace postrider::mime {

namespace {

constexpr QByteArrayView LineEnd = "\r\n";
constexpr QByteArrayView ByteOrderMark = "\xEF\xBB\xBF";
constexpr qsizetype LongestName = 998; // no line is longer
constexpr qsizetype MostReturns = 16;  // before an LF, so that looking ahead ends

bool isBlank(char octet)
{
    return octet == ' ' || octet == '\t';
}

bool isLineEnd(char octet)
{
    return octet == '\r' || octet == '\n';
}

} // namespace

bool HeaderField::isNamed(QByteArrayView name) const
{
    return m_name.size() == name.size() && m_name.compare(name, Qt::CaseInsensitive) == 0;
}

QByteArray HeaderField::body() const
{
    const qsizetype colon = m_name.isEmpty() ? -1 : m_octets.indexOf(':');
    QByteArray body;
    body.reserve(m_octets.size() - colon - 1);
    for (const char octet : m_octets.sliced(colon + 1)) {
        if (!isLineEnd(octet))
            body += octet;
    }
    return std::move(body).trimmed();
}

QString HeaderField::text() const
{
    return decodeHeaderText(body());
}

QByteArray HeaderField::crlfOctets() const
{
    return withCrlfLines(m_octets);
}

HeaderBlock HeaderBlock::parse(const QByteArray &octets)
{
    HeaderBlock block;
    const QByteArrayView all(octets);
    qsizetype end = 0; // behind the last line that belongs to a field
    for (qsizetype begin = 0; begin < all.size();) {
        const QByteArrayView rest = all.sliced(begin);
        const qsizetype length = lineLength(rest);
        const qsizetype whole = length == rest.size() ? length : length + lineEndLength(rest.sliced(length));
        const bool isContinuation = !block.m_spans.isEmpty() && isBlank(rest.front());
        const qsizetype nameLength = isContinuation ? 0 : fieldNameLength(rest.first(length));
        if (isContinuation) {
            block.m_spans.last().length += static_cast<qint32>(whole);
        } else {
            block.m_spans.append({ .begin = static_cast<qint32>(begin),
                                   .nameLength = static_cast<qint32>(nameLength),
                                   .length = static_cast<qint32>(whole) });
        }
        begin += whole;
        if (block.m_spans.constLast().nameLength > 0)
            end = begin;
    }
    while (!block.m_spans.isEmpty() && block.m_spans.constLast().nameLength == 0)
        block.m_spans.removeLast();
    block.m_octets = octets.first(end);
    return block;
}

HeaderField HeaderBlock::at(qsizetype index) const
{
    const Span &span = m_spans.at(index);
    const QByteArrayView octets = QByteArrayView(m_octets).sliced(span.begin, span.length);
    return { octets.first(span.nameLength), octets };
}

std::optional<HeaderField> HeaderBlock::find(QByteArrayView name) const
{
    for (qsizetype i = 0; i < size(); ++i) {
        if (at(i).isNamed(name))
            return at(i);
    }
    return std::nullopt;
}

QList<HeaderField> HeaderBlock::findAll(QByteArrayView name) const
{
    QList<HeaderField> fields;
    for (qsizetype i = 0; i < size(); ++i) {
        if (at(i).isNamed(name))
            fields.append(at(i));
    }
    return fields;
}

QByteArray HeaderBlock::body(QByteArrayView name) const
{
    const auto field = find(name);
    return field ? field->body() : QByteArray();
}

QString HeaderBlock::text(QByteArrayView name) const
{
    const auto field = find(name);
    return field ? field->text() : QString();
}

qsizetype fieldNameLength(QByteArrayView line)
{
    const QByteArrayView start = line.first(std::min(line.size(), LongestName));
    const auto *nameEnd = std::find_if(
        start.cbegin(), start.cend(), [](char octet) { return octet <= ' ' || octet > '~' || octet == ':'; });
    const auto *colon = std::find_if_not(nameEnd, start.cend(), isBlank);
    const bool isField = colon != start.cend() && *colon == ':';
    return isField ? nameEnd - start.cbegin() : 0;
}

qsizetype lineLength(QByteArrayView octets)
{
    // Window by window, so that one kind of line end is not searched far behind the other.
    constexpr qsizetype Window = 512;
    qsizetype begin = 0;
    for (; begin < octets.size(); begin += Window) {
        const QByteArrayView window = octets.sliced(begin, std::min(Window, octets.size() - begin));
        const auto find = [window](char octet, qsizetype end) {
            const void *found = std::memchr(window.data(), octet, static_cast<size_t>(end));
            return found == nullptr ? end : static_cast<const char *>(found) - window.data();
        };
        const qsizetype length = find('\r', find('\n', window.size()));
        if (length < window.size())
            return begin + length;
    }
    return octets.size();
}

qsizetype lineEndLength(QByteArrayView octets)
{
    qsizetype returns = 0;
    while (returns < octets.size() && returns < MostReturns && octets.at(returns) == '\r')
        ++returns;
    if (returns < octets.size() && octets.at(returns) == '\n')
        return returns + 1;
    return 1;
}

QByteArray withCrlfLines(QByteArrayView octets)
{
    QByteArray result;
    result.reserve(octets.size() + 2);
    while (!octets.isEmpty()) {
        const qsizetype length = lineLength(octets);
        result += octets.first(length);
        result += LineEnd;
        octets = octets.sliced(length);
        if (!octets.isEmpty())
            octets = octets.sliced(lineEndLength(octets));
    }
    return result;
}

CollectedHeader collectHeader(BlockReader &input, qint64 most, HeaderOf owner,
                              const std::function<bool(QByteArrayView)> &isDelimiter)
{
    using End = CollectedHeader::End;
    CollectedHeader header;
    if (owner == HeaderOf::Message) {
        if (input.ahead(ByteOrderMark.size()).startsWith(ByteOrderMark))
            input.skip(ByteOrderMark.size());
        header.begin = input.position();
        // The separator of a mailbox file is no part of the message.
        if (const QByteArrayView start = input.ahead(LongestName); start.startsWith("From ")) {
            const qsizetype length = lineLength(start);
            input.skip(length == start.size() ? length : length + lineEndLength(start.sliced(length)));
        }
    }
    header.begin = input.position();
    bool isFirst = true;
    for (;;) {
        QByteArrayView line = input.ahead(BlockReader::MostAhead);
        if (line.isEmpty()) {
            header.end = End::InputEnded;
            return header;
        }
        if (isLineEnd(line.front())) {
            input.skip(lineEndLength(line));
            header.end = End::EmptyLine;
            return header;
        }
        if (line.startsWith("--") && isDelimiter && isDelimiter(line)) {
            header.end = End::Delimiter;
            return header;
        }
        if (isFirst && fieldNameLength(line.first(lineLength(line))) == 0) {
            header.end = End::NoHeader;
            return header;
        }
        isFirst = false;
        const auto take = [&](qsizetype length) {
            if (header.octets.size() + length > most)
                return false;
            header.octets += line.first(length);
            input.skip(length);
            return true;
        };
        qsizetype length = lineLength(line);
        while (length == line.size() && !line.isEmpty()) { // it is longer than a block
            if (!take(length)) {
                header.end = End::TooLarge;
                return header;
            }
            line = input.ahead(BlockReader::MostAhead);
            length = lineLength(line);
        }
        const bool isTaken = take(length);
        line = input.ahead(MostReturns + 1);
        if (!isTaken || !take(line.isEmpty() ? 0 : lineEndLength(line))) {
            header.end = End::TooLarge;
            return header;
        }
    }
}

} // namespace postrider::mime
