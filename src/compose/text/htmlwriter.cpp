// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "compose/text/htmlwriter.h"

#include "compose/text/picturestore.h"
#include "compose/text/textformats.h"

#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextDocumentFragment>
#include <QTextList>
#include <QTextTable>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace postrider::compose {

namespace {

constexpr int IndentWidth = 40; // pixels, as browsers indent

/// The text with what HTML would take for its own replaced, and line separators as line breaks.
QString escaped(const QString &text)
{
    QString result = text.toHtmlEscaped();
    result.replace(QChar::LineSeparator, "<br>"_L1);
    result.remove(QChar::ObjectReplacementCharacter);
    return result;
}

/// Whether a reader would join blanks of the text that are not to be joined.
bool needsItsSpaces(const QString &text)
{
    return text.startsWith(u' ') || text.endsWith(u' ') || text.contains("  "_L1) || text.contains(u'\t');
}

QString cssSize(int adjustment)
{
    constexpr std::array Sizes { "small"_L1, "medium"_L1, "large"_L1, "x-large"_L1, "xx-large"_L1 };
    const int step = std::clamp(adjustment, SmallestSize, LargestSize) - SmallestSize;
    return QString(Sizes.at(static_cast<std::size_t>(step)));
}

QString css(const QTextCharFormat &format, int headingLevel)
{
    QStringList declarations;
    if (hasColor(format, QTextFormat::ForegroundBrush) && !format.isAnchor())
        declarations.append("color:"_L1 + format.foreground().color().name());
    if (hasColor(format, QTextFormat::BackgroundBrush))
        declarations.append("background-color:"_L1 + format.background().color().name());
    const QStringList families = format.fontFamilies().toStringList();
    if (format.fontFixedPitch())
        declarations.append(u"font-family:monospace"_s);
    else if (!families.isEmpty())
        declarations.append("font-family:"_L1 + families.join(u','));
    const int size = format.intProperty(QTextFormat::FontSizeAdjustment);
    if (size != (headingLevel > 0 ? headingSize(headingLevel) : 0))
        declarations.append("font-size:"_L1 + cssSize(size));
    return declarations.join(u';');
}

/// The start tags for letters of this format, and the end tags in the other order.
struct Tags
{
    QString start {};
    QString end {};

    void add(const QString &name, const QString &attributes = {})
    {
        start += u'<' + name + attributes + u'>';
        end.prepend("</"_L1 + name + u'>');
    }
};

Tags tagsOf(const QTextCharFormat &format, int headingLevel)
{
    Tags tags;
    if (format.isAnchor() && !format.anchorHref().isEmpty())
        tags.add(u"a"_s, u" href=\"%1\""_s.arg(format.anchorHref().toHtmlEscaped()));
    if (const QString style = css(format, headingLevel); !style.isEmpty())
        tags.add(u"span"_s, u" style=\"%1\""_s.arg(style.toHtmlEscaped()));
    if (format.fontWeight() >= QFont::DemiBold && headingLevel == 0)
        tags.add(u"b"_s);
    if (format.fontItalic())
        tags.add(u"i"_s);
    if (format.fontUnderline() && !format.isAnchor())
        tags.add(u"u"_s);
    if (format.fontStrikeOut())
        tags.add(u"s"_s);
    if (format.verticalAlignment() == QTextCharFormat::AlignSuperScript)
        tags.add(u"sup"_s);
    else if (format.verticalAlignment() == QTextCharFormat::AlignSubScript)
        tags.add(u"sub"_s);
    return tags;
}

/// The side that the text leans to; empty: where its direction begins.
QString cssAlignment(const QTextBlock &block)
{
    const Qt::Alignment alignment = block.blockFormat().alignment();
    const bool isRightToLeft = block.textDirection() == Qt::RightToLeft;
    if (alignment & Qt::AlignHCenter)
        return u"center"_s;
    if (alignment & Qt::AlignJustify)
        return u"justify"_s;
    // Without AlignAbsolute, left and right mean begin and end.
    const bool isFlipped = isRightToLeft && !(alignment & Qt::AlignAbsolute);
    const bool isRight = alignment.testFlag(Qt::AlignRight) != isFlipped;
    if (isRight == isRightToLeft)
        return {};
    return isRight ? u"right"_s : u"left"_s;
}

/// What a block's element carries: its direction, and styles of its own.
QString attributesOf(const QTextBlock &block)
{
    QString attributes;
    if (block.textDirection() == Qt::RightToLeft)
        attributes += " dir=\"rtl\""_L1;
    QStringList declarations;
    if (const QString alignment = cssAlignment(block); !alignment.isEmpty())
        declarations.append("text-align:"_L1 + alignment);
    if (const int indent = block.blockFormat().indent(); indent > 0 && !block.textList())
        declarations.append(u"margin-left:%1px"_s.arg(indent * IndentWidth));
    if (needsItsSpaces(block.text()))
        declarations.append(u"white-space:pre-wrap"_s);
    if (!declarations.isEmpty())
        attributes += u" style=\"%1\""_s.arg(declarations.join(u';'));
    return attributes;
}

class Writer
{
public:
    explicit Writer(const PictureStore &pictures)
        : m_pictures(pictures)
    { }

    void write(QTextFrame::iterator from);
    [[nodiscard]] QString html() const { return m_html; }

private:
    /// A list whose end is not written yet, and whose last item is open.
    struct OpenList
    {
        const QTextList *list;
        QString name;
        int indent;
    };

    void writeBlock(const QTextBlock &block);
    void writeTable(const QTextTable &table);
    void enterQuotes(int level);
    void enterList(const QTextBlock &block);
    void endLists(int indent = 0);
    [[nodiscard]] QString inlineHtml(const QTextBlock &block);

    const PictureStore &m_pictures;
    QString m_html {};
    QList<OpenList> m_lists {};
    int m_quoteLevel = 0;
};

void Writer::write(QTextFrame::iterator from)
{
    // Around a table there is always a paragraph, which nobody made at the beginning and the end.
    const auto isEmptyBlock = [](const QTextFrame::iterator &at) {
        return !at.atEnd() && !at.currentFrame() && at.currentBlock().length() == 1
            && !at.currentBlock().textList();
    };
    const auto isTable = [](const QTextFrame::iterator &at) { return !at.atEnd() && at.currentFrame(); };
    const QTextFrame::iterator first = from;
    for (; !from.atEnd(); ++from) {
        QTextFrame::iterator next = from;
        ++next;
        QTextFrame::iterator before = from;
        if (from != first)
            --before;
        if (isEmptyBlock(from)
            && ((from == first && isTable(next)) || (next.atEnd() && from != first && isTable(before))))
            continue;
        if (const auto *table = qobject_cast<QTextTable *>(from.currentFrame()))
            writeTable(*table);
        else if (const QTextFrame *frame = from.currentFrame())
            write(frame->begin());
        else
            writeBlock(from.currentBlock());
    }
    enterQuotes(0);
    endLists();
}

void Writer::enterQuotes(int level)
{
    if (level != m_quoteLevel)
        endLists();
    for (; m_quoteLevel < level; ++m_quoteLevel)
        m_html += "<blockquote type=\"cite\">"_L1;
    for (; m_quoteLevel > level; --m_quoteLevel)
        m_html += "</blockquote>"_L1;
}

void Writer::endLists(int indent)
{
    while (!m_lists.isEmpty() && m_lists.last().indent > indent)
        m_html += "</li></"_L1 + m_lists.takeLast().name + u'>';
}

void Writer::enterList(const QTextBlock &block)
{
    const QTextList *list = block.textList();
    const QTextListFormat format = list->format();
    endLists(format.indent());
    if (!m_lists.isEmpty() && m_lists.last().indent == format.indent()) {
        if (m_lists.last().list == list) {
            m_html += "</li>"_L1;
            return;
        }
        endLists(format.indent() - 1);
    }
    static const QHash<int, QString> Types { { QTextListFormat::ListLowerAlpha, u"a"_s },
                                             { QTextListFormat::ListUpperAlpha, u"A"_s },
                                             { QTextListFormat::ListLowerRoman, u"i"_s },
                                             { QTextListFormat::ListUpperRoman, u"I"_s } };
    const bool isNumbered = format.style() <= QTextListFormat::ListDecimal;
    const QString name = isNumbered ? u"ol"_s : u"ul"_s;
    m_html += u'<' + name;
    if (const QString type = Types.value(format.style()); !type.isEmpty())
        m_html += u" type=\"%1\""_s.arg(type);
    m_html += u'>';
    m_lists.append({ list, name, format.indent() });
}

void Writer::writeBlock(const QTextBlock &block)
{
    const QTextBlockFormat format = block.blockFormat();
    if (!block.textList())
        endLists();
    enterQuotes(quoteLevel(format));
    const QString content = inlineHtml(block);
    const QString attributes = attributesOf(block);
    const bool isRule = format.hasProperty(QTextFormat::BlockTrailingHorizontalRulerWidth);
    if (block.textList()) {
        enterList(block);
        m_html += "<li"_L1 + attributes + u'>' + content; // ended before what comes next
    } else if (!isRule || !content.isEmpty()) {
        QString name = u"div"_s;
        if (const int level = format.headingLevel(); level > 0)
            name = u"h%1"_s.arg(level);
        else if (format.topMargin() > 0 && format.bottomMargin() > 0)
            name = u"p"_s;
        m_html += u'<' + name + attributes + u'>' + (content.isEmpty() ? u"<br>"_s : content) + "</"_L1 + name
            + u'>';
    }
    if (isRule)
        m_html += "<hr>"_L1;
}

QString Writer::inlineHtml(const QTextBlock &block)
{
    QString html;
    const int level = block.blockFormat().headingLevel();
    QString pending; // end tags of the fragment before, as long as the next one may go on
    QString start;
    for (auto it = block.begin(); !it.atEnd(); ++it) {
        const QTextCharFormat format = it.fragment().charFormat();
        if (format.isImageFormat()) {
            html += std::exchange(pending, {});
            start.clear();
            const QTextImageFormat image = format.toImageFormat();
            const QString name = image.name().mid(4); // behind "cid:"
            const QString address = m_pictures.dataAddress(name);
            if (address.isEmpty())
                continue;
            const Tags link = tagsOf(format, level);
            // One picture or several alike, which are one fragment.
            for (qsizetype i = 0; i < it.fragment().text().size(); ++i) {
                html += link.start
                    + u"<img src=\"%1\" alt=\"%2\""_s.arg(
                        address, image.stringProperty(PictureTextProperty).toHtmlEscaped());
                if (image.width() > 0)
                    html += u" width=\"%1\""_s.arg(qRound(image.width()));
                html += u'>' + link.end;
            }
            continue;
        }
        const Tags tags = tagsOf(format, level);
        if (tags.start != start) {
            html += std::exchange(pending, tags.end) + tags.start;
            start = tags.start;
        }
        html += escaped(it.fragment().text());
    }
    return html + pending;
}

void Writer::writeTable(const QTextTable &table)
{
    enterQuotes(0);
    endLists();
    const bool hasBorder = table.format().border() > 0;
    m_html += hasBorder ? "<table border=\"1\" cellspacing=\"0\" cellpadding=\"4\">"_L1 : "<table>"_L1;
    for (int row = 0; row < table.rows(); ++row) {
        m_html += "<tr>"_L1;
        for (int column = 0; column < table.columns(); ++column) {
            const QTextTableCell cell = table.cellAt(row, column);
            if (cell.row() != row || cell.column() != column)
                continue; // the rest of one that spans several
            m_html += "<td"_L1;
            if (cell.columnSpan() > 1)
                m_html += u" colspan=\"%1\""_s.arg(cell.columnSpan());
            if (cell.rowSpan() > 1)
                m_html += u" rowspan=\"%1\""_s.arg(cell.rowSpan());
            m_html += u'>';
            write(cell.begin());
            m_html += "</td>"_L1;
        }
        m_html += "</tr>"_L1;
    }
    m_html += "</table>"_L1;
}

} // namespace

QString toHtml(const QTextDocument &document, const PictureStore &pictures)
{
    Writer writer(pictures);
    writer.write(document.rootFrame()->begin());
    return writer.html();
}

QString selectionToHtml(const QTextCursor &cursor, const PictureStore &pictures)
{
    QTextDocument document;
    QTextCursor(&document).insertFragment(cursor.selection());
    return toHtml(document, pictures);
}

} // namespace postrider::compose
