// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/encoding/sevenbit.h"

#include "mime/encoding/octetsink.h"
#include "mime/encoding/transferencoding.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QIODevice>
#include <QList>
#include <QStringDecoder>

#include <algorithm>
#include <optional>
#include <utility>

namespace postrider::mime {

using namespace Qt::StringLiterals;
using base::Expected;
using base::Unexpected;

namespace {

constexpr QByteArrayView LineEnd = "\r\n";
/// Nobody writes longer ones; a message has lines of at most 998 octets (RFC 5322 section 2.1.1).
constexpr qsizetype LongestLine = 1024 * 1024;
constexpr qsizetype LongestHeader = 16 * 1024 * 1024;
/// Parts within parts. Deeper ones are only made to overflow a stack.
constexpr qsizetype DeepestLevel = 64;
constexpr qsizetype Base64Block = 1024 * OctetsPerBase64Line;

using Failure = ConversionError;
using Step = Expected<void, Failure>;

Unexpected<Failure> notConvertible(const QString &reason)
{
    return Unexpected(Failure { .kind = Failure::Kind::NotConvertible, .reason = reason });
}

bool isSevenBit(QByteArrayView octets)
{
    return std::all_of(octets.cbegin(), octets.cend(),
                       [](char octet) { return static_cast<unsigned char>(octet) < 0x80; });
}

struct Field
{
    QByteArray name {};   ///< in lower case
    QByteArray octets {}; ///< all lines
};

/// The value without comments, folding and the case of its words where it has no quotes.
QByteArray valueOf(const Field &field)
{
    QByteArray value = field.octets.sliced(field.octets.indexOf(':') + 1);
    value.replace(LineEnd, QByteArrayView());
    return value.trimmed();
}

/// A type with the parameters that matter here (RFC 2045 section 5.1).
struct ContentType
{
    QByteArray type {}; ///< "text/plain", in lower case
    QByteArray boundary {};
    bool hasCharset = false;

    [[nodiscard]] bool isMultipart() const { return type.startsWith("multipart/"); }
    [[nodiscard]] bool isText() const { return type.startsWith("text/"); }
};

/// Reads `name=value` behind a semicolon, the value quoted or not; leaves the rest in `text`.
std::pair<QByteArray, QByteArray> takeParameter(QByteArrayView &text)
{
    const qsizetype equals = text.indexOf('=');
    if (equals < 0) {
        text = {};
        return {};
    }
    const QByteArray name = text.first(equals).trimmed().toByteArray().toLower();
    text = text.sliced(equals + 1).trimmed();
    QByteArray value;
    if (text.startsWith('"')) {
        qsizetype i = 1;
        for (; i < text.size() && text[i] != '"'; ++i) {
            if (text[i] == '\\' && i + 1 < text.size())
                ++i;
            value += text[i];
        }
        text = text.sliced(std::min(i + 1, text.size()));
    } else {
        const qsizetype end = text.indexOf(';');
        value = (end < 0 ? text : text.first(end)).trimmed().toByteArray();
    }
    const qsizetype next = text.indexOf(';');
    text = next < 0 ? QByteArrayView() : text.sliced(next + 1);
    return { name, value };
}

ContentType parseContentType(const QByteArray &value)
{
    ContentType parsed;
    const qsizetype semicolon = value.indexOf(';');
    parsed.type = (semicolon < 0 ? value : value.first(semicolon)).trimmed().toLower();
    QByteArrayView rest = semicolon < 0 ? QByteArrayView() : QByteArrayView(value).sliced(semicolon + 1);
    while (!rest.isEmpty()) {
        const auto [name, parameter] = takeParameter(rest);
        if (name == "boundary")
            parsed.boundary = parameter;
        parsed.hasCharset = parsed.hasCharset || name == "charset";
    }
    return parsed;
}

/// A body part, or the message itself, in the multiparts around it.
class Converter
{
public:
    Converter(QIODevice &input, QIODevice &output)
        : m_input(input)
        , m_sink(output)
    { }

    [[nodiscard]] Step convertMessage() { return convertEntity("text/plain", Place::Message); }
    [[nodiscard]] WrittenMessage written() const { return m_sink.written(); }

private:
    enum class Place { Message, Part };
    /// What the octets of a leaf are like.
    struct Survey
    {
        bool isSevenBit = true;
        bool isUtf8 = true;
    };

    struct Header
    {
        QList<Field> fields {};
        QByteArray emptyLine {};
    };

    [[nodiscard]] Expected<std::optional<QByteArray>, Failure> nextLine();
    [[nodiscard]] Expected<std::optional<QByteArray>, Failure> nextContentLine();
    [[nodiscard]] bool isDelimiter(QByteArrayView line) const;
    [[nodiscard]] Step write(QByteArrayView octets);
    [[nodiscard]] Expected<Header, Failure> readHeader();
    [[nodiscard]] Step writeHeader(const Header &header, const QByteArray &added);
    [[nodiscard]] Step convertEntity(const QByteArray &defaultType, Place place);
    [[nodiscard]] Step convertMultipart(const ContentType &type);
    [[nodiscard]] Step convertLeaf(const Header &header, const std::optional<ContentType> &declared,
                                   const QByteArray &encoding, Place place);
    [[nodiscard]] Step copyContent();
    [[nodiscard]] Expected<Survey, Failure> surveyContent();
    [[nodiscard]] Step writeQuotedPrintable();
    [[nodiscard]] Step writeBase64();
    [[nodiscard]] Step writeBase64Block(const QByteArray &octets);

    QIODevice &m_input;
    OctetSink m_sink;
    QList<QByteArray> m_boundaries {};       ///< with their hyphens, the innermost last
    std::optional<QByteArray> m_heldLine {}; ///< a delimiter that ended something, still to be looked at
    qsizetype m_depth = 0;
    /// Kept, since QIODevice::readLine(qint64) makes room for the longest line each time. One octet more
    /// tells a line that is too long, and Qt adds a terminating NUL.
    QByteArray m_lineRead = QByteArray(LongestLine + 2, Qt::Uninitialized);
};

/// Nothing at the end of the message.
Expected<std::optional<QByteArray>, Failure> Converter::nextLine()
{
    if (m_heldLine)
        return std::exchange(m_heldLine, std::nullopt);
    const qint64 size = m_input.readLine(m_lineRead.data(), m_lineRead.size());
    if (size > LongestLine)
        return notConvertible(u"a line is too long"_s);
    if (size <= 0) {
        if (!m_input.atEnd())
            return Unexpected(Failure { .kind = Failure::Kind::ReadFailed, .reason = m_input.errorString() });
        return std::optional<QByteArray>();
    }
    return std::optional<QByteArray>(m_lineRead.first(size));
}

/// Nothing at the end of the entity either: the delimiter is what comes next then.
Expected<std::optional<QByteArray>, Failure> Converter::nextContentLine()
{
    auto line = nextLine();
    if (line && *line && isDelimiter(**line)) {
        m_heldLine = **line;
        return std::optional<QByteArray>();
    }
    return line;
}

bool Converter::isDelimiter(QByteArrayView line) const
{
    if (!line.startsWith("--"))
        return false;
    const QByteArrayView text = line.trimmed();
    return std::any_of(m_boundaries.cbegin(), m_boundaries.cend(), [text](const QByteArray &boundary) {
        return text.startsWith(boundary)
            && (text.size() == boundary.size() || text.sliced(boundary.size()) == "--");
    });
}

Step Converter::write(QByteArrayView octets)
{
    if (!m_sink.write(octets))
        return Unexpected(Failure { .kind = Failure::Kind::OutputFailed, .reason = m_sink.errorString() });
    return {};
}

Expected<Converter::Header, Failure> Converter::readHeader()
{
    Header header;
    qsizetype room = LongestHeader;
    for (;;) {
        auto line = nextContentLine();
        if (!line)
            return Unexpected(line.error());
        if (!*line)
            return header;
        QByteArray &octets = **line;
        if (octets == LineEnd) {
            header.emptyLine = octets;
            return header;
        }
        room -= octets.size();
        const qsizetype colon = octets.indexOf(':');
        const bool continues = octets.startsWith(' ') || octets.startsWith('\t');
        if (room < 0 || (continues ? header.fields.isEmpty() : colon <= 0))
            return notConvertible(u"a header cannot be read"_s);
        if (!isSevenBit(octets))
            return notConvertible(u"a header has octets above 127"_s);
        if (continues)
            header.fields.last().octets += octets;
        else
            header.fields.append({ .name = octets.first(colon).trimmed().toLower(), .octets = octets });
    }
}

/// Without the transfer encoding, which the added fields say anew.
Step Converter::writeHeader(const Header &header, const QByteArray &added)
{
    for (const Field &field : header.fields) {
        if (field.name == "content-transfer-encoding")
            continue;
        if (const Step written = write(field.octets); !written)
            return written;
    }
    if (const Step written = write(added); !written)
        return written;
    return write(header.emptyLine);
}

Step Converter::convertEntity(const QByteArray &defaultType, Place place)
{
    if (++m_depth > DeepestLevel)
        return notConvertible(u"parts within parts without end"_s);
    const auto header = readHeader();
    if (!header)
        return Unexpected(header.error());

    std::optional<ContentType> declared;
    QByteArray encoding = "7bit";
    qsizetype types = 0;
    qsizetype encodings = 0;
    for (const Field &field : header->fields) {
        if (field.name == "content-type") {
            declared = parseContentType(valueOf(field));
            ++types;
        } else if (field.name == "content-transfer-encoding") {
            encoding = valueOf(field).toLower();
            ++encodings;
        }
    }
    if (types > 1 || encodings > 1)
        return notConvertible(u"a part declares two types"_s);

    const ContentType type = declared.value_or(ContentType { .type = defaultType });
    const bool isPlainlyEncoded = encoding == "7bit" || encoding == "8bit" || encoding == "binary";
    Step done;
    if (type.isMultipart() && type.type != "multipart/signed" && isPlainlyEncoded) {
        done = writeHeader(*header, {});
        if (done)
            done = convertMultipart(type);
    } else if (type.type == "message/rfc822" && isPlainlyEncoded) {
        done = writeHeader(*header, {});
        if (done)
            done = convertEntity("text/plain", Place::Message);
    } else {
        done = convertLeaf(*header, declared, encoding, place);
    }
    --m_depth;
    return done;
}

Step Converter::convertMultipart(const ContentType &type)
{
    if (type.boundary.isEmpty())
        return notConvertible(u"a multipart has no boundary"_s);
    const QByteArray boundary = "--" + type.boundary;
    const QByteArray partType = type.type == "multipart/digest" ? "message/rfc822" : "text/plain";

    m_boundaries.append(boundary);
    if (const Step preamble = copyContent(); !preamble)
        return preamble;
    for (;;) {
        auto delimiter = nextLine();
        if (!delimiter)
            return Unexpected(delimiter.error());
        if (!*delimiter)
            break; // cut off; what there was is copied
        const QByteArrayView text = QByteArrayView(**delimiter).trimmed();
        const bool isOwn = text.startsWith(boundary);
        if (!isOwn) {
            m_heldLine = **delimiter; // of a multipart around this one
            break;
        }
        if (const Step written = write(**delimiter); !written)
            return written;
        if (text.size() > boundary.size()) {
            m_boundaries.removeLast();
            return copyContent(); // the epilogue
        }
        if (const Step part = convertEntity(partType, Place::Part); !part)
            return part;
    }
    m_boundaries.removeLast();
    return {};
}

Step Converter::convertLeaf(const Header &header, const std::optional<ContentType> &declared,
                            const QByteArray &encoding, Place place)
{
    const qint64 start = m_input.pos();
    const std::optional<QByteArray> heldAtStart = m_heldLine;
    const auto survey = surveyContent();
    if (!survey)
        return Unexpected(survey.error());
    m_heldLine = heldAtStart;
    if (!m_input.seek(start))
        return Unexpected(Failure { .kind = Failure::Kind::ReadFailed, .reason = m_input.errorString() });

    const bool isPlainlyEncoded = encoding == "7bit" || encoding == "8bit" || encoding == "binary";
    if (survey->isSevenBit) {
        const QByteArray kept
            = isPlainlyEncoded ? QByteArray() : QByteArray("Content-Transfer-Encoding: " + encoding + "\r\n");
        const Step written = writeHeader(header, kept);
        return written ? copyContent() : written;
    }
    if (!isPlainlyEncoded)
        return notConvertible(u"a part has octets above 127 in spite of its encoding"_s);
    if (declared && declared->type == "multipart/signed")
        return notConvertible(u"it is signed"_s);
    if (declared && declared->type.startsWith("message/") && declared->type != "message/global")
        return notConvertible(u"a part may have no encoding"_s);

    QByteArray added;
    if (place == Place::Message
        && std::none_of(header.fields.cbegin(), header.fields.cend(),
                        [](const Field &field) { return field.name == "mime-version"; }))
        added += "MIME-Version: 1.0\r\n";
    if (!declared)
        added += survey->isUtf8 ? "Content-Type: text/plain; charset=utf-8\r\n"
                                : "Content-Type: text/plain; charset=unknown-8bit\r\n";
    const bool isText = !declared || declared->isText();
    added += isText ? "Content-Transfer-Encoding: quoted-printable\r\n"
                    : "Content-Transfer-Encoding: base64\r\n";
    if (const Step written = writeHeader(header, added); !written)
        return written;
    return isText ? writeQuotedPrintable() : writeBase64();
}

/// Up to a delimiter or the end, as it is.
Step Converter::copyContent()
{
    for (;;) {
        const auto line = nextContentLine();
        if (!line)
            return Unexpected(line.error());
        if (!*line)
            return {};
        if (!isSevenBit(**line))
            return notConvertible(u"there are octets above 127 around its parts"_s);
        if (const Step written = write(**line); !written)
            return written;
    }
}

Expected<Converter::Survey, Failure> Converter::surveyContent()
{
    Survey survey;
    for (;;) {
        const auto line = nextContentLine();
        if (!line)
            return Unexpected(line.error());
        if (!*line)
            break;
        if (isSevenBit(**line))
            continue;
        survey.isSevenBit = false;
        QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
        const QString text = decode(**line);
        survey.isUtf8 = survey.isUtf8 && !decode.hasError() && !text.isNull();
    }
    return survey;
}

// The line end in front of a delimiter belongs to the delimiter (RFC 2046 section 5.1.1), so a line end is
// written or encoded only when it is known what comes behind it.

Step Converter::writeQuotedPrintable()
{
    QByteArray held;
    for (;;) {
        auto line = nextContentLine();
        if (!line)
            return Unexpected(line.error());
        if (!*line)
            break;
        if (const Step written = write(toQuotedPrintable(held)); !written)
            return written;
        held = std::move(**line);
    }
    const bool isEnded = held.endsWith(LineEnd);
    if (m_heldLine && isEnded)
        held.chop(LineEnd.size());
    if (const Step written = write(toQuotedPrintable(held)); !written)
        return written;
    return m_heldLine && isEnded ? write(LineEnd) : Step();
}

Step Converter::writeBase64Block(const QByteArray &octets)
{
    const Step written = write(toBase64Lines(octets));
    return written ? write(LineEnd) : written;
}

Step Converter::writeBase64()
{
    QByteArray octets;
    for (;;) {
        const auto line = nextContentLine();
        if (!line)
            return Unexpected(line.error());
        if (!*line)
            break;
        octets += **line;
        // More than a block stays, so that the last line end can still be taken away.
        while (octets.size() > Base64Block + LineEnd.size()) {
            const Step written = writeBase64Block(octets.first(Base64Block));
            if (!written)
                return written;
            octets.remove(0, Base64Block);
        }
    }
    if (m_heldLine && octets.endsWith(LineEnd))
        octets.chop(LineEnd.size());
    return writeBase64Block(octets);
}

} // namespace

Expected<WrittenMessage, ConversionError> toSevenBit(QIODevice &input, QIODevice &output)
{
    if (!input.seek(0))
        return Unexpected(Failure { .kind = Failure::Kind::ReadFailed, .reason = input.errorString() });
    Converter converter(input, output);
    if (const Step done = converter.convertMessage(); !done)
        return Unexpected(done.error());
    return converter.written();
}

} // namespace postrider::mime
