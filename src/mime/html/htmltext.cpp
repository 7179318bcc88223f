// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/html/htmltext.h"

#include "mime/html/htmlstyle.h"
#include "mime/html/htmltokenizer.h"

#include <algorithm>
#include <utility>

namespace postrider::mime {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype WidestTable = 76; // columns of one that is drawn with its cells below each other
constexpr qsizetype RuleWidth = 40;

bool isSectionOfTable(QStringView name)
{
    return name == "thead"_L1 || name == "tbody"_L1 || name == "tfoot"_L1;
}

bool isBlock(QStringView name)
{
    static const QStringList names {
        u"address"_s, u"blockquote"_s, u"dd"_s, u"div"_s, u"dl"_s, u"dt"_s, u"h1"_s,  u"h2"_s, u"h3"_s,
        u"h4"_s,      u"h5"_s,         u"h6"_s, u"li"_s,  u"ol"_s, u"p"_s,  u"pre"_s, u"ul"_s,
    };
    return names.contains(name);
}

bool isHeading(QStringView name)
{
    return name.size() == 2 && name.front() == u'h' && name.back() >= u'1' && name.back() <= u'6';
}

/// Whether a paragraph says that it keeps no distance, as editors do that make one of each line.
bool hasNoMargins(const HtmlStyle &style)
{
    const auto isZero = [](const QString &length) {
        return !length.isEmpty()
            && std::none_of(length.cbegin(), length.cend(), [](QChar c) { return c >= u'1' && c <= u'9'; });
    };
    if (isZero(style.value(u"margin").section(u' ', 0, 0)))
        return true;
    return isZero(style.value(u"margin-top")) && isZero(style.value(u"margin-bottom"));
}

/// What a link shows beside its address would say the same twice.
bool saysTheSame(QStringView text, QStringView address)
{
    for (const QStringView scheme : { u"", u"mailto:", u"tel:", u"https://", u"http://" }) {
        const QString whole = scheme + text;
        if (address == whole || address == QString(whole + u'/'))
            return true;
    }
    return false;
}

/// Writes the lines of one cell, or of the whole text.
class TextWriter
{
public:
    explicit TextWriter(HtmlTokenizer &tokenizer)
        : m_tokenizer(tokenizer)
    { }

    /// Up to the end tag of this name, or of the text when there is none.
    [[nodiscard]] QList<TextLine> write(QStringView until = {});

private:
    struct List
    {
        bool isNumbered = false;
        int next = 1;
    };
    struct Link
    {
        QString address {};
        qsizetype begin = 0; ///< of its text in the line
    };
    /// A block that is open.
    struct Block
    {
        QString name {};
        qsizetype indentation = 0; ///< added by it
        bool hasDistance = false;
        bool isQuote = false;
        bool isPreformatted = false;
    };

    void begin(const HtmlToken &tag);
    void end(const QString &name);
    void beginBlock(const HtmlToken &tag);
    void endBlock(const QString &name);
    void beginItem(const HtmlToken &tag, Block &block);
    void endLink();
    void addText(const QString &text);
    void addImage(const HtmlToken &tag);
    void addTable();
    [[nodiscard]] QList<QList<TextLine>> readRow();
    void addRows(const QList<QList<QList<TextLine>>> &rows);
    void addLines(const QList<TextLine> &lines);
    void endLine();
    void endLineIfBegun();
    void addLine(const QString &text);
    void keepDistance();
    void wantDistance() { m_wantsDistance = !m_lines.isEmpty(); }
    [[nodiscard]] bool isPreformatted() const;

    HtmlTokenizer &m_tokenizer;
    QList<TextLine> m_lines {};
    QString m_line {};
    QString m_mark {}; ///< of a list item whose first line is not written yet
    bool m_hasSpace = false;
    bool m_isBehindPre = false; ///< where a line end does not count
    bool m_wantsDistance = false;
    qsizetype m_quoteDepth = 0;
    qsizetype m_indentation = 0;
    QList<Block> m_blocks {};
    QList<List> m_lists {};
    QList<Link> m_links {};
};

QList<TextLine> TextWriter::write(QStringView until)
{
    HtmlToken token;
    while (m_tokenizer.next(token)) {
        const bool isBehindPre = std::exchange(m_isBehindPre, false);
        if (token.kind == HtmlToken::Kind::Text)
            addText(isBehindPre && token.text.startsWith(u'\n') ? token.text.sliced(1) : token.text);
        else if (token.kind == HtmlToken::Kind::StartTag)
            begin(token);
        else if (token.name == until)
            break;
        else
            end(token.name);
    }
    endLineIfBegun();
    while (!m_lines.isEmpty() && m_lines.constLast().text.isEmpty() && m_lines.constLast().quoteDepth == 0)
        m_lines.removeLast();
    return std::move(m_lines);
}

void TextWriter::begin(const HtmlToken &tag)
{
    if (tag.name == "br"_L1) {
        endLine();
    } else if (tag.name == "hr"_L1) {
        endLineIfBegun();
        addLine(QString(RuleWidth, u'-'));
    } else if (tag.name == "img"_L1) {
        addImage(tag);
    } else if (tag.name == "table"_L1) {
        addTable();
    } else if (tag.name == "a"_L1) {
        m_links.append({ .address = tag.value(u"href"), .begin = m_line.size() });
    } else if (isBlock(tag.name)) {
        beginBlock(tag);
    }
}

void TextWriter::end(const QString &name)
{
    if (name == "a"_L1)
        endLink();
    else if (isBlock(name))
        endBlock(name);
}

void TextWriter::beginBlock(const HtmlToken &tag)
{
    constexpr qsizetype DefinitionIndentation = 4;
    endLineIfBegun();
    Block block { .name = tag.name, .isPreformatted = isPreformatted() };
    const HtmlStyle style = HtmlStyle::parse(tag.value(u"style"));
    const bool isList = tag.name == "ul"_L1 || tag.name == "ol"_L1;
    if (tag.name == "p"_L1)
        block.hasDistance = !hasNoMargins(style);
    else if (isHeading(tag.name) || tag.name == "pre"_L1 || tag.name == "blockquote"_L1)
        block.hasDistance = true;
    else if (isList || tag.name == "dl"_L1)
        block.hasDistance = m_lists.isEmpty();
    if (!style.value(u"white-space").isEmpty())
        block.isPreformatted = style.preservesSpace();
    else if (tag.name == "pre"_L1)
        block.isPreformatted = true;

    m_isBehindPre = tag.name == "pre"_L1;
    if (isList)
        m_lists.append(
            { .isNumbered = tag.name == "ol"_L1, .next = std::max(0, tag.value(u"start").toInt()) });
    if (isList && tag.value(u"start").isEmpty())
        m_lists.last().next = 1;
    if (tag.name == "li"_L1)
        beginItem(tag, block);
    else if (tag.name == "dd"_L1)
        block.indentation = DefinitionIndentation;
    block.isQuote = tag.name == "blockquote"_L1;

    if (block.hasDistance)
        wantDistance();
    m_indentation += block.indentation;
    m_blocks.append(block);
    if (block.isQuote) {
        keepDistance(); // the empty line before a quotation is outside of it
        ++m_quoteDepth;
    }
}

void TextWriter::beginItem(const HtmlToken &tag, Block &block)
{
    QString mark = u"- "_s;
    if (!m_lists.isEmpty() && m_lists.constLast().isNumbered) {
        int &next = m_lists.last().next;
        if (const QString value = tag.value(u"value"); !value.isEmpty())
            next = value.toInt();
        mark = QString::number(next++) + ". "_L1;
    }
    m_mark = QString(m_indentation, u' ') + mark;
    block.indentation = mark.size();
}

void TextWriter::endBlock(const QString &name)
{
    if (m_blocks.isEmpty() || m_blocks.constLast().name != name)
        return; // the cleaner writes no such text
    endLineIfBegun();
    const Block block = m_blocks.takeLast();
    if (name == "li"_L1 && !m_mark.isEmpty())
        addLine({}); // an item without text
    m_indentation -= block.indentation;
    if (block.isQuote) {
        while (!m_lines.isEmpty() && m_lines.constLast().text.isEmpty()
               && m_lines.constLast().quoteDepth == m_quoteDepth)
            m_lines.removeLast();
        --m_quoteDepth;
    }
    if (name == "ul"_L1 || name == "ol"_L1)
        m_lists.removeLast();
    if (block.hasDistance)
        wantDistance();
}

void TextWriter::endLink()
{
    if (m_links.isEmpty())
        return;
    const Link link = m_links.takeLast();
    const QStringView text = QStringView(m_line).sliced(std::min(link.begin, m_line.size())).trimmed();
    if (link.address.isEmpty() || saysTheSame(text, link.address))
        return;
    const bool needsSpace = !m_line.isEmpty() && !m_line.endsWith(u' ');
    m_line += (needsSpace ? u" <"_s : u"<"_s) + link.address + u'>';
}

bool TextWriter::isPreformatted() const
{
    return !m_blocks.isEmpty() && m_blocks.constLast().isPreformatted;
}

void TextWriter::addText(const QString &text)
{
    if (isPreformatted()) {
        const QStringList lines = text.split(u'\n');
        for (qsizetype i = 0; i < lines.size(); ++i) {
            if (i > 0)
                endLine();
            m_line += lines.at(i);
        }
        return;
    }
    for (const QChar character : text) {
        if (isHtmlSpace(character)) {
            m_hasSpace = true;
            continue;
        }
        if (m_hasSpace && !m_line.isEmpty() && !m_line.endsWith(u' '))
            m_line += u' ';
        m_hasSpace = false;
        // A no-break space has done its work where lines are not laid out.
        m_line += character == QChar::Nbsp ? QChar(u' ') : character;
    }
}

void TextWriter::addImage(const HtmlToken &tag)
{
    const QString alternative = tag.value(u"alt").simplified();
    if (!alternative.isEmpty())
        addText(u'[' + alternative + u']');
}

/// Behind the start tag, up to and with the end tag.
void TextWriter::addTable()
{
    endLineIfBegun();
    QList<QList<QList<TextLine>>> rows;
    HtmlToken token;
    while (m_tokenizer.next(token)) {
        const bool isStart = token.kind == HtmlToken::Kind::StartTag;
        if (isStart && token.name == "tr"_L1)
            rows.append(readRow());
        else if (isStart && token.name == "caption"_L1)
            addLines(TextWriter(m_tokenizer).write(u"caption"));
        else if (token.kind == HtmlToken::Kind::EndTag && !isSectionOfTable(token.name))
            break;
    }
    addRows(rows);
}

QList<QList<TextLine>> TextWriter::readRow()
{
    QList<QList<TextLine>> cells;
    HtmlToken token;
    while (m_tokenizer.next(token)) {
        if (token.kind == HtmlToken::Kind::EndTag)
            break;
        if (token.kind == HtmlToken::Kind::StartTag && (token.name == "td"_L1 || token.name == "th"_L1))
            cells.append(TextWriter(m_tokenizer).write(token.name));
    }
    return cells;
}

/// Cells of a single line each stand in columns; tables that only lay out a page are written cell by cell.
void TextWriter::addRows(const QList<QList<QList<TextLine>>> &rows)
{
    QList<qsizetype> widths;
    bool isSimple = true;
    for (const auto &row : rows) {
        for (qsizetype column = 0; column < row.size(); ++column) {
            const QList<TextLine> &cell = row.at(column);
            isSimple = isSimple && cell.size() <= 1 && (cell.isEmpty() || cell.first().quoteDepth == 0);
            if (column == widths.size())
                widths.append(0);
            if (!cell.isEmpty())
                widths[column] = std::max(widths.at(column), cell.first().text.size());
        }
    }
    qsizetype width = 0;
    for (const qsizetype columnWidth : std::as_const(widths))
        width += columnWidth + 3;

    const bool isLayout = !isSimple || widths.size() < 2;
    if (!isLayout)
        wantDistance();
    for (const auto &row : rows) {
        if (isLayout) {
            for (const QList<TextLine> &cell : row)
                addLines(cell);
            continue;
        }
        QStringList texts;
        for (qsizetype column = 0; column < row.size(); ++column) {
            const QString text = row.at(column).isEmpty() ? QString() : row.at(column).first().text;
            texts.append(width <= WidestTable ? text.leftJustified(widths.at(column)) : text);
        }
        QString line = texts.join(" | "_L1);
        while (line.endsWith(u' '))
            line.chop(1);
        addLine(line);
    }
    if (!isLayout)
        wantDistance();
}

void TextWriter::addLines(const QList<TextLine> &lines)
{
    for (const TextLine &line : lines) {
        m_quoteDepth += line.quoteDepth;
        addLine(line.text);
        m_quoteDepth -= line.quoteDepth;
    }
}

/// A line break that was asked for.
void TextWriter::endLine()
{
    addLine(std::exchange(m_line, {}));
    m_hasSpace = false;
    for (Link &link : m_links)
        link.begin = 0;
}

void TextWriter::endLineIfBegun()
{
    if (!m_line.isEmpty())
        endLine();
    m_hasSpace = false;
}

void TextWriter::keepDistance()
{
    if (!std::exchange(m_wantsDistance, false) || m_lines.isEmpty() || m_lines.constLast().text.isEmpty())
        return;
    const qsizetype depth = std::min(m_quoteDepth, m_lines.constLast().quoteDepth);
    m_lines.append(TextLine { .quoteDepth = depth });
}

void TextWriter::addLine(const QString &text)
{
    keepDistance();
    const QString mark = std::exchange(m_mark, {});
    const QString before = mark.isEmpty() && !text.isEmpty() ? QString(m_indentation, u' ') : mark;
    m_lines.append({ .quoteDepth = m_quoteDepth, .text = before + text });
}

} // namespace

QList<TextLine> toPlainLines(const CleanHtml &html)
{
    HtmlTokenizer tokenizer(html.body());
    return TextWriter(tokenizer).write();
}

} // namespace postrider::mime
