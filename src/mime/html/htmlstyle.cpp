// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/html/htmlstyle.h"

#include "mime/html/htmltokenizer.h"

#include <algorithm>
#include <array>

namespace postrider::mime {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype LongestCss = 10'000; // of one style attribute
constexpr QStringView Color = u"color";
constexpr QStringView Background = u"background-color";

struct NamedColor
{
    QLatin1StringView name {};
    HtmlColor color {};
};

constexpr std::array NamedColors {
    NamedColor { "aqua"_L1, { 0, 255, 255 } },        NamedColor { "black"_L1, { 0, 0, 0 } },
    NamedColor { "blue"_L1, { 0, 0, 255 } },          NamedColor { "brown"_L1, { 165, 42, 42 } },
    NamedColor { "crimson"_L1, { 220, 20, 60 } },     NamedColor { "cyan"_L1, { 0, 255, 255 } },
    NamedColor { "darkblue"_L1, { 0, 0, 139 } },      NamedColor { "darkgray"_L1, { 169, 169, 169 } },
    NamedColor { "darkgreen"_L1, { 0, 100, 0 } },     NamedColor { "darkgrey"_L1, { 169, 169, 169 } },
    NamedColor { "darkorange"_L1, { 255, 140, 0 } },  NamedColor { "darkred"_L1, { 139, 0, 0 } },
    NamedColor { "dimgray"_L1, { 105, 105, 105 } },   NamedColor { "fuchsia"_L1, { 255, 0, 255 } },
    NamedColor { "gold"_L1, { 255, 215, 0 } },        NamedColor { "gray"_L1, { 128, 128, 128 } },
    NamedColor { "green"_L1, { 0, 128, 0 } },         NamedColor { "grey"_L1, { 128, 128, 128 } },
    NamedColor { "indigo"_L1, { 75, 0, 130 } },       NamedColor { "lightblue"_L1, { 173, 216, 230 } },
    NamedColor { "lightgray"_L1, { 211, 211, 211 } }, NamedColor { "lightgreen"_L1, { 144, 238, 144 } },
    NamedColor { "lightgrey"_L1, { 211, 211, 211 } }, NamedColor { "lightyellow"_L1, { 255, 255, 224 } },
    NamedColor { "lime"_L1, { 0, 255, 0 } },          NamedColor { "magenta"_L1, { 255, 0, 255 } },
    NamedColor { "maroon"_L1, { 128, 0, 0 } },        NamedColor { "navy"_L1, { 0, 0, 128 } },
    NamedColor { "olive"_L1, { 128, 128, 0 } },       NamedColor { "orange"_L1, { 255, 165, 0 } },
    NamedColor { "pink"_L1, { 255, 192, 203 } },      NamedColor { "purple"_L1, { 128, 0, 128 } },
    NamedColor { "red"_L1, { 255, 0, 0 } },           NamedColor { "silver"_L1, { 192, 192, 192 } },
    NamedColor { "steelblue"_L1, { 70, 130, 180 } },  NamedColor { "teal"_L1, { 0, 128, 128 } },
    NamedColor { "tomato"_L1, { 255, 99, 71 } },      NamedColor { "turquoise"_L1, { 64, 224, 208 } },
    NamedColor { "violet"_L1, { 238, 130, 238 } },    NamedColor { "white"_L1, { 255, 255, 255 } },
    NamedColor { "windowtext"_L1, { 0, 0, 0 } },      NamedColor { "yellow"_L1, { 255, 255, 0 } },
};

/// A digit of ASCII only: QChar::isDigit() knows those of every script.
bool isDigit(QChar character)
{
    return character >= u'0' && character <= u'9';
}

bool isLetter(QChar character)
{
    return (character >= u'a' && character <= u'z') || (character >= u'A' && character <= u'Z');
}

/// Words between spaces; what stands in parentheses or quotes is not cut.
QStringList wordsOf(QStringView text)
{
    QStringList words;
    QString word;
    int depth = 0;
    QChar quote;
    for (const QChar character : text) {
        if (!quote.isNull()) {
            if (character == quote)
                quote = {};
        } else if (character == u'"' || character == u'\'') {
            quote = character;
        } else if (character == u'(') {
            ++depth;
        } else if (character == u')') {
            --depth;
        }
        if (isHtmlSpace(character) && depth <= 0 && quote.isNull()) {
            if (!word.isEmpty())
                words.append(std::exchange(word, {}));
        } else {
            word += character;
        }
    }
    if (!word.isEmpty())
        words.append(word);
    return words;
}

/// A number of at most four digits before the point and three behind it, as it may be written; an empty text
/// when it is another. What is behind it stays in text.
QString takeNumber(QStringView &text)
{
    constexpr qsizetype MostIntegerDigits = 4;
    constexpr qsizetype MostDecimals = 3;
    qsizetype end = 0;
    while (end < text.size() && isDigit(text.at(end)))
        ++end;
    QString number = text.first(end).toString();
    if (number.size() > MostIntegerDigits)
        return {};
    text = text.sliced(end);
    if (text.size() > 1 && text.front() == u'.' && isDigit(text.at(1))) {
        end = 1;
        while (end < text.size() && isDigit(text.at(end)))
            ++end;
        if (number.isEmpty())
            number = u"0"_s;
        number += text.first(std::min(end, MostDecimals + 1));
        text = text.sliced(end);
    }
    return number;
}

/// "12px", "1.5em", "50%" or "0", in lower case; an empty text when it is no length or a negative one.
QString length(QStringView word)
{
    constexpr std::array Units { "px"_L1, "pt"_L1, "em"_L1, "ex"_L1, "rem"_L1,
                                 "cm"_L1, "mm"_L1, "in"_L1, "pc"_L1, "%"_L1 };
    const QString number = takeNumber(word);
    if (number.isEmpty())
        return {};
    if (word.isEmpty())
        return number == "0"_L1 ? number : QString();
    const auto unit = std::find_if(Units.cbegin(), Units.cend(), [word](QLatin1StringView known) {
        return word.compare(known, Qt::CaseInsensitive) == 0;
    });
    return unit == Units.cend() ? QString() : QString(number + *unit);
}

template <std::size_t Size>
QString keyword(QStringView word, const std::array<QLatin1StringView, Size> &known)
{
    const auto found = std::find_if(known.cbegin(), known.cend(), [word](QLatin1StringView one) {
        return word.compare(one, Qt::CaseInsensitive) == 0;
    });
    return found == known.cend() ? QString() : QString(*found);
}

QString colorValue(QStringView text)
{
    const auto color = parseHtmlColor(text);
    return color ? toString(*color) : QString();
}

/// Up to four lengths, or "auto" in place of one.
QString lengths(QStringView text)
{
    const QStringList words = wordsOf(text);
    if (words.isEmpty() || words.size() > 4)
        return {};
    QStringList result;
    for (const QString &word : words) {
        const bool isAuto = word.compare("auto"_L1, Qt::CaseInsensitive) == 0;
        const QString value = isAuto ? u"auto"_s : length(word);
        if (value.isEmpty())
            return {};
        result.append(value);
    }
    return result.join(u' ');
}

QString singleLength(QStringView text)
{
    return text.compare("auto"_L1, Qt::CaseInsensitive) == 0 ? u"auto"_s : length(text);
}

QString lineHeight(QStringView text)
{
    QStringView rest = text;
    const QString number = takeNumber(rest);
    if (!number.isEmpty() && rest.isEmpty())
        return number;
    return text.compare("normal"_L1, Qt::CaseInsensitive) == 0 ? u"normal"_s : length(text);
}

QString fontSize(QStringView text)
{
    constexpr std::array Sizes { "xx-small"_L1, "x-small"_L1,  "small"_L1,   "medium"_L1, "large"_L1,
                                 "x-large"_L1,  "xx-large"_L1, "smaller"_L1, "larger"_L1 };
    const QString known = keyword(text, Sizes);
    if (!known.isEmpty())
        return known;
    const QString value = length(text);
    // Text of no size is there to be read by filters, not by people.
    const bool isNothing
        = std::none_of(value.cbegin(), value.cend(), [](QChar c) { return c >= u'1' && c <= u'9'; });
    return isNothing ? QString() : value;
}

QString fontWeight(QStringView text)
{
    constexpr std::array Weights { "normal"_L1, "bold"_L1, "bolder"_L1, "lighter"_L1, "100"_L1,
                                   "200"_L1,    "300"_L1,  "400"_L1,    "500"_L1,     "600"_L1,
                                   "700"_L1,    "800"_L1,  "900"_L1 };
    return keyword(text, Weights);
}

/// Names of fonts, those with a space or another character beyond letters in single quotes.
QString fontFamily(QStringView text)
{
    constexpr qsizetype MostNames = 8;
    constexpr qsizetype LongestName = 60;
    QStringList names;
    for (const QStringView part : text.split(u',')) {
        QStringView name = part.trimmed();
        for (const QChar quote : { u'"', u'\'' }) {
            if (name.size() >= 2 && name.front() == quote && name.back() == quote)
                name = name.sliced(1, name.size() - 2).trimmed();
        }
        const bool isName = !name.isEmpty() && name.size() <= LongestName && isLetter(name.front())
            && std::all_of(name.cbegin(), name.cend(), [](QChar c) {
                   return isLetter(c) || isDigit(c) || c == u' ' || c == u'-' || c == u'_';
               });
        if (!isName || names.size() == MostNames)
            continue;
        const bool isWord
            = std::all_of(name.cbegin(), name.cend(), [](QChar c) { return isLetter(c) || c == u'-'; });
        names.append(isWord ? name.toString() : QString(u'\'' + name.toString().simplified() + u'\''));
    }
    return names.join(u',');
}

QString decoration(QStringView text)
{
    constexpr std::array Lines { "none"_L1, "underline"_L1, "line-through"_L1, "overline"_L1 };
    QStringList result;
    for (const QString &word : wordsOf(text)) {
        const QString line = keyword(word, Lines);
        if (!line.isEmpty() && !result.contains(line))
            result.append(line);
    }
    return result.join(u' ');
}

/// Width, style and colour of a border, in any order.
QString border(QStringView text)
{
    constexpr std::array Words { "none"_L1,   "solid"_L1, "dashed"_L1, "dotted"_L1, "double"_L1,
                                 "hidden"_L1, "thin"_L1,  "medium"_L1, "thick"_L1 };
    const QStringList words = wordsOf(text);
    if (words.size() > 3)
        return {};
    QStringList result;
    for (const QString &word : words) {
        QString value = keyword(word, Words);
        if (value.isEmpty())
            value = length(word);
        if (value.isEmpty())
            value = colorValue(word);
        if (value.isEmpty())
            return {};
        result.append(value);
    }
    return result.join(u' ');
}

QString alignment(QStringView text)
{
    constexpr std::array Ways { "left"_L1, "right"_L1, "center"_L1, "justify"_L1 };
    return keyword(text, Ways);
}

QString verticalAlignment(QStringView text)
{
    constexpr std::array Ways { "baseline"_L1, "top"_L1, "middle"_L1, "bottom"_L1, "sub"_L1, "super"_L1 };
    return keyword(text, Ways);
}

QString fontStyle(QStringView text)
{
    constexpr std::array Styles { "normal"_L1, "italic"_L1, "oblique"_L1 };
    return keyword(text, Styles);
}

QString whiteSpace(QStringView text)
{
    constexpr std::array Ways { "normal"_L1, "nowrap"_L1, "pre"_L1, "pre-wrap"_L1, "pre-line"_L1 };
    return keyword(text, Ways);
}

QString listStyle(QStringView text)
{
    constexpr std::array Styles { "none"_L1,        "disc"_L1,        "circle"_L1,      "square"_L1,
                                  "decimal"_L1,     "lower-alpha"_L1, "upper-alpha"_L1, "lower-roman"_L1,
                                  "upper-roman"_L1, "lower-latin"_L1, "upper-latin"_L1 };
    return keyword(text, Styles);
}

QString collapse(QStringView text)
{
    constexpr std::array Ways { "collapse"_L1, "separate"_L1 };
    return keyword(text, Ways);
}

QString direction(QStringView text)
{
    constexpr std::array Ways { "ltr"_L1, "rtl"_L1 };
    return keyword(text, Ways);
}

using Reader = QString (*)(QStringView);

struct Property
{
    QLatin1StringView name {};
    Reader read = nullptr; ///< the value as it may be written, or nothing
};

constexpr std::array Properties {
    Property { "background-color"_L1, colorValue },
    Property { "border"_L1, border },
    Property { "border-bottom"_L1, border },
    Property { "border-collapse"_L1, collapse },
    Property { "border-color"_L1, colorValue },
    Property { "border-left"_L1, border },
    Property { "border-right"_L1, border },
    Property { "border-spacing"_L1, singleLength },
    Property { "border-style"_L1, border },
    Property { "border-top"_L1, border },
    Property { "border-width"_L1, border },
    Property { "color"_L1, colorValue },
    Property { "direction"_L1, direction },
    Property { "font-family"_L1, fontFamily },
    Property { "font-size"_L1, fontSize },
    Property { "font-style"_L1, fontStyle },
    Property { "font-weight"_L1, fontWeight },
    Property { "height"_L1, singleLength },
    Property { "line-height"_L1, lineHeight },
    Property { "list-style-type"_L1, listStyle },
    Property { "margin"_L1, lengths },
    Property { "margin-bottom"_L1, singleLength },
    Property { "margin-left"_L1, singleLength },
    Property { "margin-right"_L1, singleLength },
    Property { "margin-top"_L1, singleLength },
    Property { "max-width"_L1, singleLength },
    Property { "padding"_L1, lengths },
    Property { "padding-bottom"_L1, singleLength },
    Property { "padding-left"_L1, singleLength },
    Property { "padding-right"_L1, singleLength },
    Property { "padding-top"_L1, singleLength },
    Property { "text-align"_L1, alignment },
    Property { "text-decoration"_L1, decoration },
    Property { "text-indent"_L1, singleLength },
    Property { "vertical-align"_L1, verticalAlignment },
    Property { "white-space"_L1, whiteSpace },
    Property { "width"_L1, singleLength },
};

/// The value as it may be written; nothing when it must not.
QString cleanValue(QStringView property, QStringView value)
{
    const auto found = std::find_if(Properties.cbegin(), Properties.cend(),
                                    [property](const Property &known) { return property == known.name; });
    return found == Properties.cend() ? QString() : found->read(value);
}

QString withoutComments(QStringView css)
{
    QString result;
    while (!css.isEmpty()) {
        const qsizetype begin = css.indexOf(u"/*");
        if (begin < 0)
            break;
        result += css.first(begin);
        const qsizetype end = css.indexOf(u"*/", begin + 2);
        css = end < 0 ? QStringView() : css.sliced(end + 2);
    }
    result += css;
    return result;
}

/// Cut at semicolons that do not stand in quotes or parentheses.
QList<QStringView> declarationsOf(QStringView css)
{
    QList<QStringView> result;
    qsizetype begin = 0;
    int depth = 0;
    QChar quote;
    for (qsizetype i = 0; i < css.size(); ++i) {
        const QChar character = css.at(i);
        if (!quote.isNull()) {
            if (character == quote)
                quote = {};
        } else if (character == u'"' || character == u'\'') {
            quote = character;
        } else if (character == u'(') {
            ++depth;
        } else if (character == u')') {
            --depth;
        } else if (character == u';' && depth <= 0) {
            result.append(css.sliced(begin, i - begin));
            begin = i + 1;
        }
    }
    result.append(css.sliced(begin));
    return result;
}

bool isGrey(const HtmlColor &color)
{
    constexpr int MostDifference = 16;
    const auto [least, most] = std::minmax({ color.red, color.green, color.blue });
    return most - least <= MostDifference;
}

bool isNearBlack(const HtmlColor &color)
{
    constexpr int Most = 0x50;
    return isGrey(color) && color.green <= Most;
}

bool isNearWhite(const HtmlColor &color, int least)
{
    return isGrey(color) && color.green >= least;
}

/// How bright the colour is to the eye, 0 to 255.
int brightness(const HtmlColor &color)
{
    return (299 * color.red + 587 * color.green + 114 * color.blue) / 1000;
}

} // namespace

std::optional<HtmlColor> parseHtmlColor(QStringView text)
{
    text = text.trimmed();
    const auto hex = [text](qsizetype at, qsizetype digits) {
        return text.sliced(at, digits).toString().toInt(nullptr, 16);
    };
    if (text.startsWith(u'#')) {
        const bool isHex = std::all_of(text.cbegin() + 1, text.cend(), [](QChar c) {
            return isDigit(c) || (c.toLower() >= u'a' && c.toLower() <= u'f');
        });
        if (isHex && text.size() == 4)
            return HtmlColor { 17 * hex(1, 1), 17 * hex(2, 1), 17 * hex(3, 1) };
        if (isHex && text.size() == 7)
            return HtmlColor { hex(1, 2), hex(3, 2), hex(5, 2) };
        return std::nullopt;
    }
    const bool isRgb
        = text.startsWith(u"rgb(", Qt::CaseInsensitive) || text.startsWith(u"rgba(", Qt::CaseInsensitive);
    if (isRgb && text.endsWith(u')')) {
        const qsizetype begin = text.indexOf(u'(') + 1;
        QString numbers = text.sliced(begin, text.size() - 1 - begin).toString();
        const QStringList parts
            = numbers.replace(u',', u' ').replace(u'/', u' ').split(u' ', Qt::SkipEmptyParts);
        if (parts.size() != 3 && parts.size() != 4)
            return std::nullopt;
        std::array<int, 3> values {};
        for (std::size_t i = 0; i < values.size(); ++i) {
            bool isNumber = false;
            const double value = parts.at(static_cast<qsizetype>(i)).toDouble(&isNumber);
            if (!isNumber || !(value >= 0 && value <= 255))
                return std::nullopt;
            values.at(i) = static_cast<int>(value);
        }
        constexpr double LeastOpacity = 0.5;
        if (parts.size() == 4 && !(parts.at(3).toDouble() >= LeastOpacity))
            return std::nullopt;
        return HtmlColor { values[0], values[1], values[2] };
    }
    const auto named
        = std::find_if(NamedColors.cbegin(), NamedColors.cend(), [text](const NamedColor &known) {
              return text.compare(known.name, Qt::CaseInsensitive) == 0;
          });
    return named == NamedColors.cend() ? std::nullopt : std::optional(named->color);
}

QString toString(const HtmlColor &color)
{
    const int rgb = color.red << 16 | color.green << 8 | color.blue;
    return u'#' + QString::number(rgb, 16).rightJustified(6, u'0');
}

HtmlStyle HtmlStyle::parse(QStringView css)
{
    HtmlStyle style;
    if (css.size() > LongestCss)
        return style;
    const QString text = withoutComments(css);
    for (const QStringView declaration : declarationsOf(text)) {
        const qsizetype colon = declaration.indexOf(u':');
        if (colon < 0)
            continue;
        QString property = declaration.first(colon).trimmed().toString().toLower();
        QStringView value = declaration.sliced(colon + 1).trimmed();
        if (const qsizetype important = value.indexOf(u'!'); important >= 0)
            value = value.first(important).trimmed();
        if (property == "background"_L1)
            property = Background.toString();
        const QString clean = cleanValue(property, value);
        if (!clean.isEmpty())
            style.set(property, clean);
    }
    return style;
}

void HtmlStyle::addDefault(const QString &property, QStringView value)
{
    const QString clean = cleanValue(property, value.trimmed());
    if (!clean.isEmpty() && this->value(property).isEmpty())
        set(property, clean);
}

void HtmlStyle::adaptColors(const HtmlColors &around)
{
    constexpr int LeastWhiteGround = 0xF0;
    constexpr int LeastWhiteText = 0xC0;
    constexpr int Middle = 140;
    auto background = parseHtmlColor(value(Background));
    if (background && isNearWhite(*background, LeastWhiteGround) && !around.hasBackground) {
        remove(Background);
        background = std::nullopt;
    }
    const auto color = parseHtmlColor(value(Color));
    const bool isDefault = color && (isNearBlack(*color) || isNearWhite(*color, LeastWhiteText));
    if (isDefault && !background && !around.hasBackground && !around.hasColor)
        remove(Color);
    if (background && !color && !around.hasColor)
        set(Color.toString(), brightness(*background) >= Middle ? u"#000000"_s : u"#ffffff"_s);
}

QString HtmlStyle::value(QStringView property) const
{
    const auto found
        = std::find_if(m_declarations.cbegin(), m_declarations.cend(),
                       [property](const Declaration &known) { return known.property == property; });
    return found == m_declarations.cend() ? QString() : found->value;
}

HtmlColors HtmlStyle::colors() const
{
    return { .hasColor = !value(Color).isEmpty(), .hasBackground = !value(Background).isEmpty() };
}

bool HtmlStyle::preservesSpace() const
{
    return value(u"white-space").startsWith("pre"_L1);
}

QString HtmlStyle::toString() const
{
    QStringList declarations;
    for (const Declaration &declaration : m_declarations)
        declarations.append(declaration.property + u':' + declaration.value);
    return declarations.join(u';');
}

/// A later declaration takes the place of an earlier one.
void HtmlStyle::set(const QString &property, const QString &value)
{
    remove(property);
    m_declarations.append({ .property = property, .value = value });
}

void HtmlStyle::remove(QStringView property)
{
    m_declarations.removeIf([property](const Declaration &known) { return known.property == property; });
}

} // namespace postrider::mime
