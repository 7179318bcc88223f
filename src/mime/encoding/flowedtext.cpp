// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/encoding/flowedtext.h"

#include <QTextBoundaryFinder>

#include <algorithm>
#include <array>

namespace postrider::mime {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype Columns = 72;    // what RFC 3676 section 4.2 recommends, quote marks included
constexpr qsizetype Characters = 75; // of a line, those without a width included: 78 with blanks at both ends
constexpr qsizetype LeastRoom = 20;  // deep quotations get wider than that rather than a word on each line
constexpr auto Separator = "-- "_L1; // before a signature (RFC 3676 section 4.3)

struct Range
{
    char32_t first = 0;
    char32_t last = 0;
};

/// Characters that take two columns and may stand at the begin of a line without a blank before them.
constexpr std::array WideRanges {
    Range { 0x1100, 0x115F },   Range { 0x2E80, 0x303E }, Range { 0x3041, 0x33FF },
    Range { 0x3400, 0x4DBF },   Range { 0x4E00, 0x9FFF }, Range { 0xA000, 0xA4CF },
    Range { 0xAC00, 0xD7A3 },   Range { 0xF900, 0xFAFF }, Range { 0xFE30, 0xFE6F },
    Range { 0xFF00, 0xFF60 },   Range { 0xFFE0, 0xFFE6 }, Range { 0x1F300, 0x1FAFF },
    Range { 0x20000, 0x3FFFD },
};

bool isWide(char32_t character)
{
    return character >= WideRanges.front().first
        && std::any_of(WideRanges.cbegin(), WideRanges.cend(), [character](const Range &range) {
               return character >= range.first && character <= range.last;
           });
}

bool isBlank(QChar character)
{
    return character == u' ' || character == u'\t';
}

QStringView withoutTrailingBlanks(QStringView text)
{
    while (!text.isEmpty() && isBlank(text.back()))
        text.chop(1);
    return text;
}

/// The text cut at its line ends, whichever they are. What ends the last line begins no other.
QList<QStringView> splitIntoLines(QStringView text)
{
    QList<QStringView> lines;
    qsizetype begin = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar character = text.at(i);
        if (character != u'\r' && character != u'\n' && character != QChar::LineSeparator
            && character != QChar::ParagraphSeparator)
            continue;
        lines.append(text.sliced(begin, i - begin));
        if (character == u'\r' && i + 1 < text.size() && text.at(i + 1) == u'\n')
            ++i;
        begin = i + 1;
    }
    if (begin < text.size())
        lines.append(text.sliced(begin));
    return lines;
}

/// One code point and how many units it takes.
struct Character
{
    char32_t value = 0;
    qsizetype units = 1;
};

Character characterAt(QStringView text, qsizetype at)
{
    const QChar first = text.at(at);
    if (first.isHighSurrogate() && at + 1 < text.size() && text.at(at + 1).isLowSurrogate())
        return { QChar::surrogateToUcs4(first, text.at(at + 1)), 2 };
    return { first.unicode(), 1 };
}

qsizetype widthOf(char32_t character)
{
    if (QChar::isMark(character) || QChar::category(character) == QChar::Other_Format)
        return 0;
    return isWide(character) ? 2 : 1;
}

/// Finds where one paragraph may be broken.
class Paragraph
{
public:
    explicit Paragraph(QStringView text)
        : m_text(text)
        , m_hasWide(hasWide(text))
    {
        if (m_hasWide)
            m_finder = QTextBoundaryFinder(QTextBoundaryFinder::Line, text.data(), text.size());
    }

    /// The ends of all its lines, the last one included. room: in columns; longest: in characters.
    [[nodiscard]] QList<qsizetype> lineEnds(qsizetype room, qsizetype longest)
    {
        QList<qsizetype> ends;
        qsizetype begin = 0;
        qsizetype bestEnd = 0;
        qsizetype column = 0;
        qsizetype count = 0;
        for (qsizetype i = 0; i < m_text.size();) {
            const Character character = characterAt(m_text, i);
            if (i > begin && column <= room && count <= longest && canEndAt(begin, i))
                bestEnd = i;
            column += widthOf(character.value);
            ++count;
            // A blank may stand beyond the last column, but not a run of them.
            const qsizetype blank = character.value == U' ' ? 1 : 0;
            if (column > room + blank || count > longest + blank) {
                if (bestEnd <= begin && i > begin && canEndAt(begin, i))
                    bestEnd = i; // behind a word that is too long for any line
                if (bestEnd > begin) {
                    ends.append(bestEnd);
                    begin = bestEnd;
                    i = begin;
                    column = 0;
                    count = 0;
                    continue;
                }
            }
            i += character.units;
        }
        ends.append(m_text.size());
        return ends;
    }

private:
    static bool hasWide(QStringView text)
    {
        for (qsizetype i = 0; i < text.size();) {
            const Character character = characterAt(text, i);
            if (isWide(character.value))
                return true;
            i += character.units;
        }
        return false;
    }

    [[nodiscard]] bool canEndAt(qsizetype begin, qsizetype end)
    {
        if (m_text.at(end - 1) == u' ')
            return m_text.sliced(begin, end - begin) != Separator;
        if (!m_hasWide || m_text.at(end) == u' ')
            return false;
        const qsizetype before = end >= 2 && m_text.at(end - 1).isLowSurrogate() ? end - 2 : end - 1;
        if (!isWide(characterAt(m_text, before).value) && !isWide(characterAt(m_text, end).value))
            return false;
        m_finder.setPosition(end);
        return m_finder.isAtBoundary();
    }

    QStringView m_text;
    QTextBoundaryFinder m_finder {};
    bool m_hasWide;
};

/// The part of a line before its text: quote marks, and the blank that RFC 3676 section 4.4 puts where the
/// text could be taken for something else.
QString prefix(qsizetype depth, QStringView text)
{
    if (depth > 0)
        return QString(depth, u'>') + (text.isEmpty() ? QString() : u" "_s);
    const bool needsBlank = text.startsWith(u' ') || text.startsWith(u'>') || text.startsWith(u"From ");
    return needsBlank ? u" "_s : QString();
}

struct Broken
{
    qsizetype quoteDepth = 0;
    QStringView text {};
    QList<qsizetype> ends {};
};

} // namespace

QList<TextLine> textLines(const QString &text)
{
    QList<TextLine> lines;
    for (QStringView line : splitIntoLines(text)) {
        qsizetype depth = 0;
        while (line.startsWith(u'>') || (depth > 0 && line.startsWith(u" >"))) {
            line = line.sliced(line.startsWith(u'>') ? 1 : 2);
            ++depth;
        }
        if (depth > 0 && line.startsWith(u' '))
            line = line.sliced(1);
        lines.append({ .quoteDepth = depth, .text = line.toString() });
    }
    return lines;
}

QString toPlainText(const QList<TextLine> &lines)
{
    QString text;
    for (const TextLine &line : lines) {
        text += QString(line.quoteDepth, u'>');
        if (line.quoteDepth > 0 && !line.text.isEmpty())
            text += u' ';
        text += line.text + u'\n';
    }
    return text;
}

FlowedText toFlowed(const QList<TextLine> &lines)
{
    QList<Broken> all;
    all.reserve(lines.size());
    FlowedText flowed;
    for (const TextLine &line : lines) {
        const QStringView text
            = line.text == Separator ? QStringView(line.text) : withoutTrailingBlanks(line.text);
        const qsizetype used = line.quoteDepth + prefix(0, text).size() + (line.quoteDepth > 0 ? 1 : 0);
        Broken broken { .quoteDepth = line.quoteDepth, .text = text };
        if (text == Separator)
            broken.ends = { text.size() };
        else
            broken.ends = Paragraph(text).lineEnds(std::max(LeastRoom, Columns - used),
                                                   std::max(LeastRoom, Characters - used));
        flowed.hasSoftBreaks = flowed.hasSoftBreaks || broken.ends.size() > 1;
        for (qsizetype i = 0; i + 1 < broken.ends.size(); ++i) {
            if (text.at(broken.ends.at(i) - 1) != u' ')
                flowed.delSp = FlowedText::DelSp::Yes;
        }
        all.append(broken);
    }

    for (const Broken &paragraph : std::as_const(all)) {
        qsizetype begin = 0;
        for (const qsizetype end : paragraph.ends) {
            const QStringView text = paragraph.text.sliced(begin, end - begin);
            flowed.text += prefix(paragraph.quoteDepth, text);
            flowed.text += text;
            if (end < paragraph.text.size() && flowed.delSp == FlowedText::DelSp::Yes)
                flowed.text += u' ';
            flowed.text += u'\n';
            begin = end;
        }
    }
    return flowed;
}

QList<TextLine> fromFlowed(QStringView text, FlowedText::DelSp delSp)
{
    QList<TextLine> lines;
    bool isOpen = false; // the last line goes on in the next one
    for (QStringView line : splitIntoLines(text)) {
        qsizetype depth = 0;
        while (depth < line.size() && line.at(depth) == u'>')
            ++depth;
        line = line.sliced(depth);
        if (line.startsWith(u' '))
            line = line.sliced(1);
        const bool isSeparator = line == Separator;
        const bool isFlowed = !isSeparator && line.endsWith(u' ');
        if (isFlowed && delSp == FlowedText::DelSp::Yes)
            line.chop(1);
        if (isOpen && !isSeparator && lines.constLast().quoteDepth == depth)
            lines.last().text += line;
        else
            lines.append({ .quoteDepth = depth, .text = line.toString() });
        isOpen = isFlowed;
    }
    return lines;
}

bool looksPreformatted(const QString &text)
{
    const QList<QStringView> lines = splitIntoLines(text);
    return std::any_of(lines.cbegin(), lines.cend(), [](QStringView line) {
        line = withoutTrailingBlanks(line);
        return line.startsWith(u"  ") || line.contains(u'\t') || line.contains(u"   ");
    });
}

} // namespace postrider::mime
