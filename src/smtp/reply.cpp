// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "smtp/reply.h"

#include <algorithm>
#include <array>
#include <utility>

namespace postrider::smtp {

using namespace Qt::StringLiterals;

namespace {

constexpr bool isDigit(char c) noexcept
{
    return c >= '0' && c <= '9';
}

/// The number at the start of text, of at most three digits and without leading zeros; cuts it off.
std::optional<int> takeNumber(QByteArrayView &text)
{
    qsizetype length = 0;
    int value = 0;
    while (length < text.size() && isDigit(text[length])) {
        if (length == 3)
            return std::nullopt;
        value = value * 10 + (text[length] - '0');
        ++length;
    }
    if (length == 0 || (length > 1 && text[0] == '0'))
        return std::nullopt;
    text = text.sliced(length);
    return value;
}

bool takeDot(QByteArrayView &text)
{
    if (!text.startsWith('.'))
        return false;
    text = text.sliced(1);
    return true;
}

struct EnhancedText
{
    EnhancedStatusCode code {};
    QByteArrayView rest {};
};

/// Splits the enhanced code off a line's text (RFC 2034 section 4). Null when there is none for this class.
EnhancedText splitEnhanced(QByteArrayView text, int classDigit)
{
    const EnhancedText none { {}, text };
    if (classDigit != 2 && classDigit != 4 && classDigit != 5)
        return none;
    QByteArrayView rest = text;
    const std::optional<int> first = takeNumber(rest);
    if (first != classDigit || !takeDot(rest))
        return none;
    const std::optional<int> subject = takeNumber(rest);
    if (!subject || !takeDot(rest))
        return none;
    const std::optional<int> detail = takeNumber(rest);
    if (!detail || (!rest.isEmpty() && rest[0] != ' '))
        return none;
    return { { classDigit, *subject, *detail }, rest };
}

struct CodePointRange
{
    char32_t first;
    char32_t last;
};

/// Code points that show nothing but are not of category Cf (Unicode's Default_Ignorable_Code_Point), and the
/// blank Braille pattern.
constexpr std::array InvisibleRanges {
    CodePointRange { 0x034F, 0x034F }, CodePointRange { 0x115F, 0x1160 },   CodePointRange { 0x17B4, 0x17B5 },
    CodePointRange { 0x180B, 0x180F }, CodePointRange { 0x2065, 0x2065 },   CodePointRange { 0x2800, 0x2800 },
    CodePointRange { 0x3164, 0x3164 }, CodePointRange { 0xFE00, 0xFE0F },   CodePointRange { 0xFFA0, 0xFFA0 },
    CodePointRange { 0xFFF0, 0xFFF8 }, CodePointRange { 0xE0000, 0xE0FFF },
};

bool isInvisible(char32_t c)
{
    if (QChar::category(c) == QChar::Other_Format)
        return true;
    return std::any_of(InvisibleRanges.begin(), InvisibleRanges.end(),
                       [c](CodePointRange range) { return c >= range.first && c <= range.last; });
}

bool isBreak(char32_t c)
{
    const QChar::Category category = QChar::category(c);
    return category == QChar::Other_Control || category == QChar::Separator_Line
        || category == QChar::Separator_Paragraph;
}

/// The last code of the worst class.
int codeOf(const QList<int> &lineCodes)
{
    int worst = 0;
    for (const int code : lineCodes) {
        if (code / 100 >= worst / 100)
            worst = code;
    }
    return worst;
}

} // namespace

QByteArray EnhancedStatusCode::toByteArray() const
{
    if (isNull())
        return {};
    return QByteArray::number(classDigit) + '.' + QByteArray::number(subject) + '.'
        + QByteArray::number(detail);
}

QString Reply::text() const
{
    QByteArray octets;
    for (const QByteArray &line : lines)
        octets += splitEnhanced(line, code / 100).rest.toByteArray() + ' ';

    QString shown;
    const QList<uint> decoded = QString::fromUtf8(octets).toUcs4();
    for (const char32_t c : decoded) {
        if (isBreak(c))
            shown += u' ';
        else if (!isInvisible(c))
            shown += QChar::fromUcs4(c);
    }
    return shown.simplified();
}

QByteArray inertLine(QByteArrayView line)
{
    const bool isPrintableAscii
        = std::all_of(line.begin(), line.end(), [](char c) { return c >= ' ' && c <= '~'; });
    if (isPrintableAscii)
        return line.toByteArray();

    QString shown;
    const QList<uint> decoded = QString::fromUtf8(line).toUcs4();
    for (const char32_t c : decoded) {
        if (isBreak(c) || isInvisible(c))
            shown += "\\u{"_L1 + QString::number(static_cast<uint>(c), 16).toUpper() + u'}';
        else
            shown += QChar::fromUcs4(c);
    }
    return shown.toUtf8();
}

ReplyParser::ReplyParser(ReplyLimits limits)
    : m_limits(limits)
{ }

void ReplyParser::append(QByteArrayView octets)
{
    if (m_error)
        return;
    m_buffer.append(octets);
}

base::Expected<std::optional<Reply>, ReplyParser::Error> ReplyParser::next()
{
    while (!m_error) {
        const auto scanned = scanLine();
        if (!scanned) {
            m_error = scanned.error();
            break;
        }
        if (*scanned == LineEnd::NotYet) {
            m_buffer.remove(0, m_lineStart);
            m_scanned -= std::exchange(m_lineStart, 0);
            return std::optional<Reply>();
        }
        const qsizetype start = std::exchange(m_lineStart, m_scanned);
        const QByteArrayView line = QByteArrayView(m_buffer).sliced(start, m_scanned - start - 2);
        auto reply = takeLine(line);
        if (!reply) {
            m_error = reply.error();
            m_rejectedLine = line.first(std::min(line.size(), m_limits.lineOctets)).toByteArray();
            break;
        }
        if (*reply)
            return reply;
    }
    const Error error = *m_error;
    QByteArray line = std::move(m_rejectedLine);
    clear();
    m_error = error;
    m_rejectedLine = std::move(line);
    return base::Unexpected(error);
}

/// Goes on where the last call stopped, up to the end of a line or of what is there.
base::Expected<ReplyParser::LineEnd, ReplyParser::Error> ReplyParser::scanLine()
{
    const qsizetype lineFeed = m_buffer.indexOf('\n', m_scanned);
    const qsizetype end = lineFeed < 0 ? m_buffer.size() : lineFeed + 1;
    if (const std::optional<Flaw> flaw = firstFlaw(end)) {
        const qsizetype length = std::min(flaw->at + 1 - m_lineStart, m_limits.lineOctets);
        m_rejectedLine = m_buffer.mid(m_lineStart, length);
        return base::Unexpected(flaw->error);
    }
    m_scanned = end;
    return lineFeed < 0 ? LineEnd::NotYet : LineEnd::Complete;
}

/// The first octet before `end` that no line may have. An octet is judged as soon as it is there, so that an
/// error is found at the same octet however the stream was cut.
std::optional<ReplyParser::Flaw> ReplyParser::firstFlaw(qsizetype end) const
{
    std::optional<Flaw> first;
    const auto note = [&first](qsizetype at, Error error) {
        if (!first || at < first->at)
            first = Flaw { at, error };
    };
    const QByteArrayView octets = QByteArrayView(m_buffer).first(end);

    if (const qsizetype nul = octets.indexOf('\0', m_scanned); nul >= 0)
        note(nul, Error::ContainsNul);
    // The last octet judged before may be a CR that still lacks its LF.
    const qsizetype cr = octets.indexOf('\r', std::max(m_scanned - 1, m_lineStart));
    if (cr >= 0 && cr + 1 < end && octets[cr + 1] != '\n')
        note(cr + 1, Error::BareLineEnd);
    const bool hasLineFeed = end > m_scanned && octets[end - 1] == '\n';
    if (hasLineFeed && (end - 1 == m_lineStart || octets[end - 2] != '\r'))
        note(end - 1, Error::BareLineEnd);

    // The CRLF counts for the whole reply, so that empty lines have an end too.
    qsizetype room = m_limits.replyOctets - m_replyOctets - 2;
    if (octets.sliced(m_lineStart).startsWith("334"))
        room = std::min(room, m_limits.challengeOctets + 4);
    const qsizetype over = m_lineStart + std::max<qsizetype>(room, 0);
    if (over < end && (room < 0 || (octets[over] != '\r' && octets[over] != '\n')))
        note(over, Error::TooLong);
    return first;
}

base::Expected<std::optional<Reply>, ReplyParser::Error> ReplyParser::takeLine(QByteArrayView line)
{
    const bool hasCode
        = line.size() >= 3 && line[0] >= '2' && line[0] <= '5' && isDigit(line[1]) && isDigit(line[2]);
    const bool hasSeparator = line.size() == 3 || (line.size() > 3 && (line[3] == ' ' || line[3] == '-'));
    if (!hasCode || !hasSeparator)
        return base::Unexpected(Error::NotAReply);
    if (m_lines.size() >= m_limits.lines)
        return base::Unexpected(Error::TooLong);

    const int code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
    m_lineCodes.append(code);
    m_replyOctets += line.size() + 2;
    const bool isLast = line.size() == 3 || line[3] == ' ';
    if (code != 334)
        line = line.first(std::min(line.size(), m_limits.lineOctets));
    m_lines.append(line.size() > 4 ? line.sliced(4).toByteArray() : QByteArray());
    if (!isLast)
        return std::optional<Reply>();

    Reply reply { codeOf(m_lineCodes), {}, std::exchange(m_lines, {}) };
    const auto isOther = [&reply](int c) { return c != reply.code; };
    if (std::any_of(m_lineCodes.cbegin(), m_lineCodes.cend(), isOther))
        reply.lineCodes = m_lineCodes;
    // A line kept whole as a challenge is not one in a reply that is refused.
    if (reply.code != 334) {
        for (QByteArray &text : reply.lines)
            text.truncate(m_limits.lineOctets - 4);
    }
    m_lineCodes.clear();
    m_replyOctets = 0;
    for (auto text = reply.lines.crbegin(); text != reply.lines.crend() && reply.enhanced.isNull(); ++text)
        reply.enhanced = splitEnhanced(*text, reply.code / 100).code;
    return std::optional(std::move(reply));
}

qsizetype ReplyParser::pendingOctets() const noexcept
{
    return m_buffer.size() - m_lineStart + m_replyOctets;
}

void ReplyParser::clear()
{
    *this = ReplyParser(m_limits);
}

} // namespace postrider::smtp
