// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/html/htmlcleaner.h"

#include "mime/html/htmlstyle.h"
#include "mime/html/htmltokenizer.h"

#include <QList>

#include <algorithm>
#include <array>
#include <optional>

namespace postrider::mime {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype DeepestNesting = 100;
constexpr qsizetype DeepestTable = DeepestNesting - 4; // room for section, row, cell and something in it
constexpr qsizetype MostOpenTags = 200;                // with those that are not written
constexpr qsizetype LongestAddress = 8192;
constexpr qsizetype LongestContentId = 250;

enum class Kind {
    Inline,
    Block,
    Paragraph, ///< ends before the next block
    Heading,
    Preformatted,
    List,
    Item,
    Definition, ///< dt, dd
    Table,
    Section, ///< thead, tbody, tfoot
    Row,
    Cell,
    Caption,
    Empty,   ///< never has content
    Dropped, ///< with all that is in it
};

constexpr std::size_t KindCount = static_cast<std::size_t>(Kind::Dropped) + 1;

struct Element
{
    QLatin1StringView name {};
    Kind kind = Kind::Inline;
    QLatin1StringView writtenAs {}; ///< when it is another
};

/// In the order of their names. Any other element gives way to its content.
constexpr std::array Elements {
    Element { "a"_L1, Kind::Inline },
    Element { "abbr"_L1, Kind::Inline },
    Element { "acronym"_L1, Kind::Inline, "abbr"_L1 },
    Element { "address"_L1, Kind::Block },
    Element { "applet"_L1, Kind::Dropped },
    Element { "article"_L1, Kind::Block, "div"_L1 },
    Element { "aside"_L1, Kind::Block, "div"_L1 },
    Element { "audio"_L1, Kind::Dropped },
    Element { "b"_L1, Kind::Inline },
    Element { "bdo"_L1, Kind::Inline },
    Element { "big"_L1, Kind::Inline },
    Element { "blockquote"_L1, Kind::Block },
    Element { "br"_L1, Kind::Empty },
    Element { "canvas"_L1, Kind::Dropped },
    Element { "caption"_L1, Kind::Caption },
    Element { "center"_L1, Kind::Block, "div"_L1 },
    Element { "cite"_L1, Kind::Inline },
    Element { "code"_L1, Kind::Inline },
    Element { "datalist"_L1, Kind::Dropped },
    Element { "dd"_L1, Kind::Definition },
    Element { "del"_L1, Kind::Inline },
    Element { "details"_L1, Kind::Block, "div"_L1 },
    Element { "dfn"_L1, Kind::Inline },
    Element { "dir"_L1, Kind::List, "ul"_L1 },
    Element { "div"_L1, Kind::Block },
    Element { "dl"_L1, Kind::List },
    Element { "dt"_L1, Kind::Definition },
    Element { "em"_L1, Kind::Inline },
    Element { "fieldset"_L1, Kind::Block, "div"_L1 },
    Element { "figcaption"_L1, Kind::Block, "div"_L1 },
    Element { "figure"_L1, Kind::Block, "div"_L1 },
    Element { "font"_L1, Kind::Inline, "span"_L1 },
    Element { "footer"_L1, Kind::Block, "div"_L1 },
    Element { "frameset"_L1, Kind::Dropped },
    Element { "h1"_L1, Kind::Heading },
    Element { "h2"_L1, Kind::Heading },
    Element { "h3"_L1, Kind::Heading },
    Element { "h4"_L1, Kind::Heading },
    Element { "h5"_L1, Kind::Heading },
    Element { "h6"_L1, Kind::Heading },
    Element { "header"_L1, Kind::Block, "div"_L1 },
    Element { "hr"_L1, Kind::Empty },
    Element { "i"_L1, Kind::Inline },
    Element { "iframe"_L1, Kind::Dropped },
    Element { "img"_L1, Kind::Empty },
    Element { "ins"_L1, Kind::Inline },
    Element { "kbd"_L1, Kind::Inline },
    Element { "li"_L1, Kind::Item },
    Element { "main"_L1, Kind::Block, "div"_L1 },
    Element { "mark"_L1, Kind::Inline },
    Element { "math"_L1, Kind::Dropped },
    Element { "menu"_L1, Kind::List, "ul"_L1 },
    Element { "nav"_L1, Kind::Block, "div"_L1 },
    Element { "noembed"_L1, Kind::Dropped },
    Element { "noframes"_L1, Kind::Dropped },
    Element { "noscript"_L1, Kind::Dropped },
    Element { "object"_L1, Kind::Dropped },
    Element { "ol"_L1, Kind::List },
    Element { "optgroup"_L1, Kind::Dropped },
    Element { "option"_L1, Kind::Dropped },
    Element { "p"_L1, Kind::Paragraph },
    Element { "plaintext"_L1, Kind::Dropped },
    Element { "pre"_L1, Kind::Preformatted },
    Element { "q"_L1, Kind::Inline },
    Element { "s"_L1, Kind::Inline },
    Element { "samp"_L1, Kind::Inline },
    Element { "script"_L1, Kind::Dropped },
    Element { "section"_L1, Kind::Block, "div"_L1 },
    Element { "select"_L1, Kind::Dropped },
    Element { "small"_L1, Kind::Inline },
    Element { "span"_L1, Kind::Inline },
    Element { "strike"_L1, Kind::Inline, "s"_L1 },
    Element { "strong"_L1, Kind::Inline },
    Element { "style"_L1, Kind::Dropped },
    Element { "sub"_L1, Kind::Inline },
    Element { "sup"_L1, Kind::Inline },
    Element { "svg"_L1, Kind::Dropped },
    Element { "table"_L1, Kind::Table },
    Element { "tbody"_L1, Kind::Section },
    Element { "td"_L1, Kind::Cell },
    Element { "template"_L1, Kind::Dropped },
    Element { "textarea"_L1, Kind::Dropped },
    Element { "tfoot"_L1, Kind::Section },
    Element { "th"_L1, Kind::Cell },
    Element { "thead"_L1, Kind::Section },
    Element { "title"_L1, Kind::Dropped },
    Element { "tr"_L1, Kind::Row },
    Element { "tt"_L1, Kind::Inline, "code"_L1 },
    Element { "u"_L1, Kind::Inline },
    Element { "ul"_L1, Kind::List },
    Element { "var"_L1, Kind::Inline },
    Element { "video"_L1, Kind::Dropped },
    Element { "wbr"_L1, Kind::Empty },
    Element { "xml"_L1, Kind::Dropped },
    Element { "xmp"_L1, Kind::Dropped },
};

const Element *findElement(QStringView name)
{
    const auto found = std::lower_bound(
        Elements.cbegin(), Elements.cend(), name,
        [](const Element &element, QStringView wanted) { return wanted.compare(element.name) > 0; });
    return found != Elements.cend() && found->name == name ? &*found : nullptr;
}

const Element &element(QLatin1StringView name)
{
    const Element *found = findElement(QString(name));
    Q_ASSERT(found);
    return *found;
}

std::size_t indexOf(const Element &element)
{
    return static_cast<std::size_t>(&element - Elements.data());
}

std::size_t indexOf(Kind kind)
{
    return static_cast<std::size_t>(kind);
}

bool isBlockLevel(Kind kind)
{
    return kind != Kind::Inline && kind != Kind::Empty && kind != Kind::Dropped;
}

bool isTablePart(Kind kind)
{
    return kind == Kind::Section || kind == Kind::Row || kind == Kind::Cell || kind == Kind::Caption;
}

/// What tags within cannot end from without.
bool isBoundary(Kind kind)
{
    return kind == Kind::Table || isTablePart(kind);
}

bool isNumber(QStringView text, qsizetype mostDigits)
{
    return !text.isEmpty() && text.size() <= mostDigits
        && std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

/// "120" or "50%".
bool isDimension(QStringView text)
{
    constexpr qsizetype MostDigits = 4;
    return isNumber(text.endsWith(u'%') ? text.chopped(1) : text, MostDigits);
}

bool isOneOf(QStringView text, std::initializer_list<QLatin1StringView> words)
{
    return std::any_of(words.begin(), words.end(), [text](QLatin1StringView word) {
        return text.compare(word, Qt::CaseInsensitive) == 0;
    });
}

bool isLanguage(QStringView text)
{
    constexpr qsizetype Longest = 35; // RFC 5646 section 4.4.1
    return !text.isEmpty() && text.size() <= Longest && std::all_of(text.cbegin(), text.cend(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'-';
    });
}

/// Whether the attribute may stay as it is. Links, pictures and styles are looked at elsewhere.
bool mayStay(QLatin1StringView element, Kind kind, const HtmlAttribute &attribute)
{
    constexpr qsizetype LongestTitle = 1000;
    constexpr qsizetype MostDigits = 3;
    const QString &name = attribute.name;
    const QString &value = attribute.value;
    if (name == "dir"_L1)
        return isOneOf(value, { "ltr"_L1, "rtl"_L1, "auto"_L1 });
    if (name == "lang"_L1)
        return isLanguage(value);
    if (name == "title"_L1)
        return !value.isEmpty() && value.size() <= LongestTitle;
    if (name == "align"_L1)
        return (isBlockLevel(kind) || element == "img"_L1)
            && isOneOf(value, { "left"_L1, "right"_L1, "center"_L1, "justify"_L1 });
    if (name == "valign"_L1)
        return isTablePart(kind) && isOneOf(value, { "top"_L1, "middle"_L1, "bottom"_L1, "baseline"_L1 });
    if (name == "width"_L1 || name == "height"_L1)
        return (element == "img"_L1 || kind == Kind::Table || kind == Kind::Cell) && isDimension(value);
    if (name == "colspan"_L1 || name == "rowspan"_L1)
        return kind == Kind::Cell && isNumber(value, MostDigits);
    if (name == "border"_L1 || name == "cellpadding"_L1 || name == "cellspacing"_L1)
        return kind == Kind::Table && isNumber(value, MostDigits);
    if (name == "scope"_L1)
        return kind == Kind::Cell && isOneOf(value, { "row"_L1, "col"_L1, "rowgroup"_L1, "colgroup"_L1 });
    if (name == "start"_L1)
        return element == "ol"_L1 && isNumber(value, MostDigits);
    if (name == "value"_L1)
        return kind == Kind::Item && isNumber(value, MostDigits);
    if (name == "type"_L1) {
        if (element == "blockquote"_L1)
            return value == "cite"_L1; // how mail programs tell a quotation from an indented paragraph
        return (kind == Kind::List || kind == Kind::Item)
            && isOneOf(value, { "1"_L1, "a"_L1, "i"_L1, "disc"_L1, "circle"_L1, "square"_L1 });
    }
    return false;
}

QString cssSizeOfFont(QStringView size)
{
    constexpr std::array Sizes { "x-small"_L1, "small"_L1,    "medium"_L1,  "large"_L1,
                                 "x-large"_L1, "xx-large"_L1, "xx-large"_L1 };
    const bool isKnown = size.size() == 1 && size.front() >= u'1' && size.front() <= u'7';
    return isKnown ? QString(Sizes.at(static_cast<std::size_t>(size.front().unicode() - u'1'))) : QString();
}

/// The style attribute together with what older attributes say.
HtmlStyle styleOf(const HtmlToken &tag, QLatin1StringView original, Kind kind)
{
    HtmlStyle style = HtmlStyle::parse(tag.value(u"style"));
    if (kind == Kind::Table || isTablePart(kind))
        style.addDefault(u"background-color"_s, tag.value(u"bgcolor"));
    if (original == "font"_L1) {
        style.addDefault(u"color"_s, tag.value(u"color"));
        style.addDefault(u"font-family"_s, tag.value(u"face"));
        style.addDefault(u"font-size"_s, cssSizeOfFont(tag.value(u"size")));
    } else if (original == "center"_L1) {
        style.addDefault(u"text-align"_s, u"center");
    }
    return style;
}

/// Without what browsers do not see in an address either: controls anywhere, blanks at its ends.
QString visibleAddress(QStringView address)
{
    QString result;
    for (const QChar character : address) {
        if (character.unicode() >= 0x20 && character.unicode() != 0x7F)
            result += character;
    }
    return result.trimmed();
}

std::optional<HtmlImage> imageFromDataAddress(QStringView address)
{
    // "data:image/png;base64,iVBOR…" (RFC 2397)
    const qsizetype comma = address.indexOf(u',');
    if (comma < 0)
        return std::nullopt;
    const QStringList words = address.sliced(5, comma - 5).toString().toLower().split(u';');
    const QByteArray type = words.first().trimmed().toLatin1();
    constexpr std::array Types { "image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp" };
    const bool isKnown
        = std::any_of(Types.cbegin(), Types.cend(), [&](const char *one) { return type == one; });
    if (!isKnown || words.last().trimmed() != "base64"_L1)
        return std::nullopt;
    const QByteArray encoded = QByteArray::fromPercentEncoding(address.sliced(comma + 1).toLatin1());
    HtmlImage image { .type = type, .octets = QByteArray::fromBase64(encoded) };
    return image.octets.isEmpty() ? std::nullopt : std::optional(image);
}

/// What the source of a picture refers to, as far as it may go along.
std::optional<HtmlImage> imageFrom(QStringView source)
{
    while (!source.isEmpty() && source.front().unicode() <= 0x20)
        source = source.sliced(1);
    if (source.startsWith(u"data:", Qt::CaseInsensitive))
        return imageFromDataAddress(source);
    if (!source.startsWith(u"cid:", Qt::CaseInsensitive) || source.size() > 3 * LongestContentId)
        return std::nullopt;
    const QString contentId
        = QString::fromUtf8(QByteArray::fromPercentEncoding(source.sliced(4).trimmed().toUtf8()));
    if (!isPlainContentId(contentId))
        return std::nullopt;
    return HtmlImage { .contentId = contentId };
}

class KnownImagesOnly : public HtmlImages
{
public:
    [[nodiscard]] QString contentId(const HtmlImage &image) override { return image.contentId; }
};

} // namespace

/// Reads tokens, keeps the elements that are open, and writes.
class HtmlCleaner
{
public:
    HtmlCleaner(const QString &html, HtmlImages &images)
        : m_tokenizer(html)
        , m_images(images)
    { }

    [[nodiscard]] CleanHtml clean();

private:
    /// An element that was begun and not ended.
    struct Open
    {
        const Element *element = nullptr;
        QString startTag {};  ///< as it was written; empty when it was not
        HtmlColors colors {}; ///< here, with what is around it
        bool preservesSpace = false;
        bool isEnded = false; ///< its end tag was within a block that is still open
    };

    [[nodiscard]] QLatin1StringView writtenName(const Element &element) const;
    [[nodiscard]] QString startTag(const Element &element, const HtmlToken &tag, Open &open);
    [[nodiscard]] qsizetype lastOf(Kind kind) const;
    [[nodiscard]] bool isInTableOutsideCell() const;
    [[nodiscard]] bool preservesSpace() const { return !m_open.isEmpty() && m_open.last().preservesSpace; }

    void takeText(const QString &text);
    void takeStartTag(const HtmlToken &tag);
    void takeEndTag(const HtmlToken &tag);
    void takeEmpty(const Element &element, const HtmlToken &tag);
    void takeImage(const HtmlToken &tag);
    void takeTablePart(const Element &element, const HtmlToken &tag);
    [[nodiscard]] bool prepareTableFor(const Element &element);
    void endImplied(const Element &element);
    void begin(const Element &element, const HtmlToken &tag);
    void beginImplied(QLatin1StringView name);
    void enterCell();
    void reopen(const QList<Open> &ended);
    [[nodiscard]] bool endsSomething(const Element &element) const;
    void push(const Open &open);
    void endUntil(qsizetype count);
    void endLast();
    void write(QStringView markup);
    void writeText(QStringView text);
    void writeSpace();
    void atLineStart();

    HtmlTokenizer m_tokenizer;
    HtmlImages &m_images;
    QList<Open> m_open {};
    std::array<int, Elements.size()> m_openOfElement {};
    std::array<int, KindCount> m_openOfKind {};
    qsizetype m_depth = 0;              ///< elements that are open and written
    const Element *m_dropped = nullptr; ///< all is left out until it ends
    qsizetype m_droppedDepth = 0;
    bool m_hasSpace = false;     ///< a space is due before the next text
    bool m_ignoresSpace = true;  ///< a space here would not be seen
    bool m_skipsLineEnd = false; ///< the tag that was read before was <pre>
    bool m_isBehindPre = false;  ///< the tag that was written before was <pre>
    QString m_body {};
};

CleanHtml HtmlCleaner::clean()
{
    HtmlToken token;
    while (m_tokenizer.next(token)) {
        const Element *known = token.kind == HtmlToken::Kind::Text ? nullptr : findElement(token.name);
        if (m_dropped) {
            if (known == m_dropped)
                m_droppedDepth += token.kind == HtmlToken::Kind::StartTag ? 1 : -1;
            if (m_droppedDepth == 0)
                m_dropped = nullptr;
            continue;
        }
        if (token.kind == HtmlToken::Kind::Text) {
            QStringView text = token.text;
            if (m_skipsLineEnd && text.startsWith(u'\n'))
                text = text.sliced(1);
            m_skipsLineEnd = false;
            takeText(text.toString());
            continue;
        }
        m_skipsLineEnd = false;
        if (token.kind == HtmlToken::Kind::StartTag)
            takeStartTag(token);
        else
            takeEndTag(token);
    }
    endUntil(0);
    return CleanHtml(std::move(m_body));
}

QLatin1StringView HtmlCleaner::writtenName(const Element &element) const
{
    return element.writtenAs.isEmpty() ? element.name : element.writtenAs;
}

qsizetype HtmlCleaner::lastOf(Kind kind) const
{
    if (m_openOfKind.at(indexOf(kind)) == 0)
        return -1;
    for (qsizetype i = m_open.size() - 1; i >= 0; --i) {
        if (m_open.at(i).element->kind == kind)
            return i;
    }
    return -1;
}

bool HtmlCleaner::isInTableOutsideCell() const
{
    if (m_open.isEmpty())
        return false;
    const Kind kind = m_open.last().element->kind;
    return kind == Kind::Table || kind == Kind::Section || kind == Kind::Row;
}

void HtmlCleaner::takeText(const QString &text)
{
    const bool isBlank = std::all_of(text.cbegin(), text.cend(), isHtmlSpace);
    if (isInTableOutsideCell()) {
        if (isBlank)
            return;
        enterCell();
    }
    if (preservesSpace()) {
        if (m_isBehindPre && text.startsWith(u'\n'))
            m_body += u'\n'; // the first one gets lost when it is read
        m_isBehindPre = m_isBehindPre && text.isEmpty();
        writeText(text);
        m_ignoresSpace = false;
        return;
    }
    QStringView rest = text;
    while (!rest.isEmpty()) {
        qsizetype end = 0;
        while (end < rest.size() && isHtmlSpace(rest.at(end)))
            ++end;
        if (end > 0)
            m_hasSpace = true;
        rest = rest.sliced(end);
        end = 0;
        while (end < rest.size() && !isHtmlSpace(rest.at(end)))
            ++end;
        if (end > 0) {
            writeSpace();
            writeText(rest.first(end));
            m_ignoresSpace = false;
        }
        rest = rest.sliced(end);
    }
}

void HtmlCleaner::takeStartTag(const HtmlToken &tag)
{
    const Element *known = findElement(tag.name);
    if (!known) {
        if (tag.name == "image"_L1) // what browsers read as img
            takeImage(tag);
        return;
    }
    switch (known->kind) {
    case Kind::Dropped:
        m_dropped = known;
        m_droppedDepth = 1;
        return;
    case Kind::Section:
    case Kind::Row:
    case Kind::Cell:
    case Kind::Caption:
        takeTablePart(*known, tag);
        return;
    case Kind::Empty:
        takeEmpty(*known, tag);
        return;
    default:
        break;
    }
    if (isInTableOutsideCell())
        enterCell();
    endImplied(*known);
    begin(*known, tag);
}

void HtmlCleaner::takeEmpty(const Element &element, const HtmlToken &tag)
{
    if (isInTableOutsideCell())
        enterCell();
    if (element.name == "img"_L1) {
        takeImage(tag);
    } else if (element.name == "wbr"_L1) {
        writeSpace();
        write(u"<wbr>");
    } else {
        if (element.name == "hr"_L1)
            endImplied(element);
        write(element.name == "hr"_L1 ? u"<hr>" : u"<br>");
        atLineStart();
    }
}

void HtmlCleaner::takeImage(const HtmlToken &tag)
{
    if (isInTableOutsideCell())
        enterCell();
    const QString alternative = tag.value(u"alt");
    const auto image = imageFrom(tag.value(u"src"));
    const QString contentId = image ? m_images.contentId(*image) : QString();
    if (!isPlainContentId(contentId)) {
        takeText(alternative);
        return;
    }
    QString markup
        = "<img src=\"cid:"_L1 + escapedHtml(contentId) + "\" alt=\""_L1 + escapedHtml(alternative) + u'"';
    HtmlStyle style = HtmlStyle::parse(tag.value(u"style"));
    style.adaptColors({ .hasColor = true, .hasBackground = true });
    if (!style.isEmpty())
        markup += " style=\""_L1 + escapedHtml(style.toString()) + u'"';
    for (const HtmlAttribute &attribute : tag.attributes) {
        if (mayStay("img"_L1, Kind::Empty, attribute))
            markup += u' ' + attribute.name + "=\""_L1 + escapedHtml(attribute.value) + u'"';
    }
    writeSpace();
    write(QString(markup + u'>'));
    m_ignoresSpace = false;
}

/// Rows and cells exist in tables only; what is missing between them is put there.
void HtmlCleaner::takeTablePart(const Element &element, const HtmlToken &tag)
{
    if (prepareTableFor(element))
        begin(element, tag);
    else
        m_hasSpace = true; // the words of two cells must not run together
}

bool HtmlCleaner::prepareTableFor(const Element &element)
{
    const qsizetype table = lastOf(Kind::Table);
    if (table < 0)
        return false;
    qsizetype kept = table + 1;
    if (element.kind == Kind::Row || element.kind == Kind::Cell) {
        if (kept < m_open.size() && m_open.at(kept).element->kind == Kind::Section)
            ++kept;
    }
    if (element.kind == Kind::Cell) {
        if (kept < m_open.size() && m_open.at(kept).element->kind == Kind::Row)
            ++kept;
    }
    endUntil(kept);
    if (element.kind == Kind::Cell && m_open.last().element->kind != Kind::Row)
        beginImplied("tr"_L1);
    return true;
}

void HtmlCleaner::enterCell()
{
    if (m_open.last().element->kind != Kind::Row)
        beginImplied("tr"_L1);
    beginImplied("td"_L1);
}

/// Whether something is open that cannot go on when the element begins.
bool HtmlCleaner::endsSomething(const Element &element) const
{
    const auto isOpen = [this](Kind kind) { return m_openOfKind.at(indexOf(kind)) > 0; };
    switch (element.kind) {
    case Kind::Inline:
        return element.name == "a"_L1 && m_openOfElement.at(indexOf(element)) > 0;
    case Kind::Heading:
    case Kind::Item:
    case Kind::Definition:
        return isOpen(element.kind) || isOpen(Kind::Paragraph);
    default:
        return isOpen(Kind::Paragraph);
    }
}

void HtmlCleaner::endImplied(const Element &element)
{
    const bool isListPart = element.kind == Kind::Item || element.kind == Kind::Definition;
    for (qsizetype i = m_open.size() - 1; i >= 0 && endsSomething(element); --i) {
        const Element &open = *m_open.at(i).element;
        if (isBoundary(open.kind) || (isListPart && open.kind == Kind::List))
            return;
        const bool endsParagraph = open.kind == Kind::Paragraph && element.kind != Kind::Inline;
        const bool endsHeading = open.kind == Kind::Heading && element.kind == Kind::Heading;
        const bool endsLink = open.name == "a"_L1 && element.name == "a"_L1;
        const bool endsSibling = isListPart && open.kind == element.kind;
        if (endsParagraph || endsHeading || endsLink || endsSibling)
            endUntil(i);
        i = std::min(i, m_open.size());
    }
}

QString HtmlCleaner::startTag(const Element &element, const HtmlToken &tag, Open &open)
{
    const QLatin1StringView name = writtenName(element);
    HtmlStyle style = styleOf(tag, element.name, element.kind);
    style.adaptColors(open.colors);
    const HtmlColors own = style.colors();
    QString attributes;
    if (!style.isEmpty())
        attributes += " style=\""_L1 + escapedHtml(style.toString()) + u'"';
    if (name == "a"_L1) {
        const QString address = cleanLink(tag.value(u"href"));
        if (address.isEmpty())
            return {};
        attributes += " href=\""_L1 + escapedHtml(address) + u'"';
    }
    for (const HtmlAttribute &attribute : tag.attributes) {
        if (mayStay(name, element.kind, attribute))
            attributes += u' ' + attribute.name + "=\""_L1 + escapedHtml(attribute.value) + u'"';
    }
    if (name == "span"_L1 && attributes.isEmpty())
        return {};
    open.colors = { .hasColor = open.colors.hasColor || own.hasColor,
                    .hasBackground = open.colors.hasBackground || own.hasBackground };
    if (!style.value(u"white-space").isEmpty())
        open.preservesSpace = style.preservesSpace();
    return u'<' + name + attributes + u'>';
}

void HtmlCleaner::begin(const Element &element, const HtmlToken &tag)
{
    // Parts of tables always fit below a table. Inline elements may be open without being written.
    const qsizetype deepest = element.kind == Kind::Table ? DeepestTable : DeepestNesting - 1;
    const bool isTooDeep = !isTablePart(element.kind) && m_depth >= deepest;
    if (isTooDeep || (element.kind == Kind::Inline && m_open.size() >= MostOpenTags))
        return;

    Open open { .element = &element };
    if (!m_open.isEmpty()) {
        open.colors = m_open.last().colors;
        open.preservesSpace = m_open.last().preservesSpace;
    }
    if (element.kind == Kind::Preformatted)
        open.preservesSpace = true;
    open.startTag = startTag(element, tag, open);
    const bool isBlock = isBlockLevel(element.kind);
    if (!open.startTag.isEmpty()) {
        if (!isBlock)
            writeSpace();
        else if (!m_body.isEmpty() && !m_body.endsWith(u'\n') && !preservesSpace())
            m_body += u'\n';
        write(open.startTag);
        ++m_depth;
    }
    if (isBlock) {
        m_hasSpace = false;
        m_ignoresSpace = true;
    }
    m_skipsLineEnd = element.kind == Kind::Preformatted;
    m_isBehindPre = m_isBehindPre || m_skipsLineEnd;
    push(open);
}

void HtmlCleaner::beginImplied(QLatin1StringView name)
{
    begin(element(name), {});
}

void HtmlCleaner::takeEndTag(const HtmlToken &tag)
{
    const Element *known = findElement(tag.name);
    if (!known)
        return;
    if (known->kind == Kind::Empty) {
        if (known->name == "br"_L1) // what browsers read as <br>
            takeEmpty(*known, tag);
        return;
    }
    if (known->kind != Kind::Heading && m_openOfElement.at(indexOf(*known)) == 0)
        return;
    bool endsLater = false; // <b><p></b></p>: the b ends with the paragraph
    for (qsizetype i = m_open.size() - 1; i >= 0; --i) {
        const Element &open = *m_open.at(i).element;
        const bool isHeadings = open.kind == Kind::Heading && known->kind == Kind::Heading;
        if ((&open == known || isHeadings) && endsLater) {
            m_open[i].isEnded = true;
            return;
        }
        if (&open == known || isHeadings) {
            QList<Open> inner;
            if (known->kind == Kind::Inline)
                inner = m_open.sliced(i + 1);
            endUntil(i);
            reopen(inner);
            return;
        }
        // A cell is not left by the end of something that began around the table.
        if (isBoundary(open.kind) && !isBoundary(known->kind))
            return;
        if (open.kind == Kind::Table)
            return;
        endsLater = endsLater || (known->kind == Kind::Inline && isBlockLevel(open.kind));
    }
}

/// <b><i></b></i>: the i goes on. What has attributes does not, for they may mean another thing elsewhere.
void HtmlCleaner::reopen(const QList<Open> &ended)
{
    for (Open open : ended) {
        const bool isPlain = open.startTag == u'<' + writtenName(*open.element) + u'>';
        if (!isPlain || open.element->name == "a"_L1 || open.isEnded)
            continue;
        open.colors = m_open.isEmpty() ? HtmlColors() : m_open.last().colors;
        open.preservesSpace = preservesSpace();
        write(open.startTag);
        ++m_depth;
        push(open);
    }
}

void HtmlCleaner::endUntil(qsizetype count)
{
    while (m_open.size() > count)
        endLast();
}

void HtmlCleaner::push(const Open &open)
{
    ++m_openOfElement.at(indexOf(*open.element));
    ++m_openOfKind.at(indexOf(open.element->kind));
    m_open.append(open);
}

void HtmlCleaner::endLast()
{
    const Open open = m_open.takeLast();
    --m_openOfElement.at(indexOf(*open.element));
    --m_openOfKind.at(indexOf(open.element->kind));
    const bool isBlock = isBlockLevel(open.element->kind);
    if (!open.startTag.isEmpty()) {
        write(QString("</"_L1 + writtenName(*open.element) + u'>'));
        --m_depth;
    }
    if (isBlock)
        atLineStart();
    if (isBlock && !m_open.isEmpty() && m_open.last().isEnded)
        endLast();
}

void HtmlCleaner::write(QStringView markup)
{
    m_isBehindPre = false;
    m_body += markup;
}

void HtmlCleaner::writeText(QStringView text)
{
    m_body += escapedHtml(text);
}

void HtmlCleaner::writeSpace()
{
    if (m_hasSpace && !m_ignoresSpace) {
        m_body += u' ';
        m_ignoresSpace = true;
    }
    m_hasSpace = false;
}

/// Behind a block and behind <br>.
void HtmlCleaner::atLineStart()
{
    m_hasSpace = false;
    m_ignoresSpace = true;
    if (!preservesSpace())
        m_body += u'\n';
}

QString CleanHtml::document() const
{
    // The part of a message then says us-ascii, and every reader gets it right without being told.
    const bool isAscii
        = std::all_of(m_body.begin(), m_body.end(), [](QChar c) { return c.unicode() < 0x80; });
    const QString charset
        = isAscii ? u""_s : u"<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">\n"_s;
    return u"<!DOCTYPE html>\n"
           "<html>\n"
           "<head>\n"_s
        + charset
        + u"<meta name=\"color-scheme\" content=\"light dark\">\n"
          "</head>\n"
          "<body>\n"_s
        + m_body + (m_body.endsWith(u'\n') ? ""_L1 : "\n"_L1)
        + "</body>\n"
          "</html>\n"_L1;
}

CleanHtml cleanHtml(const QString &html)
{
    KnownImagesOnly images;
    return cleanHtml(html, images);
}

CleanHtml cleanHtml(const QString &html, HtmlImages &images)
{
    return HtmlCleaner(html, images).clean();
}

QString cleanLink(QStringView address)
{
    const QString visible = visibleAddress(address);
    if (visible.size() > LongestAddress)
        return {};
    const qsizetype colon = visible.indexOf(u':');
    if (colon < 0)
        return {};
    const QString scheme = visible.first(colon).toLower();
    const QStringView rest = QStringView(visible).sliced(colon + 1);
    const bool isWeb = scheme == "http"_L1 || scheme == "https"_L1;
    if (isWeb ? !rest.startsWith(u"//") || rest.size() < 3 : scheme != "mailto"_L1 && scheme != "tel"_L1)
        return {};
    if (rest.isEmpty())
        return {};
    QString result = scheme + u':';
    for (const QChar character : rest) {
        if (u" \"<>\\^`{|}"_s.contains(character))
            result += u'%' + QString::number(character.unicode(), 16).toUpper();
        else
            result += character;
    }
    return result;
}

bool isPlainContentId(QStringView contentId)
{
    return !contentId.isEmpty() && contentId.size() <= LongestContentId
        && std::all_of(contentId.cbegin(), contentId.cend(), [](QChar c) {
               return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9')
                   || u".@_-+=$!*"_s.contains(c);
           });
}

} // namespace postrider::mime
