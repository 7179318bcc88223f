// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QList>
#include <QString>
#include <QStringView>

#include <optional>

namespace postrider::mime {

/// An opaque colour.
struct HtmlColor
{
    int red = 0;
    int green = 0;
    int blue = 0;

    friend bool operator==(const HtmlColor &, const HtmlColor &) = default;
};

/// "#rgb", "#rrggbb", "rgb(1, 2, 3)", "rgba(…)" that is more opaque than not, or a common name.
[[nodiscard]] std::optional<HtmlColor> parseHtmlColor(QStringView text);
[[nodiscard]] QString toString(const HtmlColor &color); ///< "#rrggbb"

/// What surrounds an element, as far as its colours depend on it.
struct HtmlColors
{
    bool hasColor = false;
    bool hasBackground = false;
};

/// The declarations of a style attribute that may stay, in order.
class HtmlStyle
{
public:
    /**
     * Keeps what mail programs agree about: fonts, colours, alignment, distances, borders of boxes. Values
     * are read and written anew; what is not understood goes, above all every url(), every escape and every
     * negative length.
     */
    [[nodiscard]] static HtmlStyle parse(QStringView css);

    /// Adds a declaration from an attribute such as bgcolor, unless the style has one.
    void addDefault(const QString &property, QStringView value);

    /**
     * Makes the colours readable on light and on dark ground: black and white text and white backgrounds,
     * which are the reader's default, go where nothing around gives them a sense; a background gets a text
     * colour beside it.
     */
    void adaptColors(const HtmlColors &around);

    [[nodiscard]] bool isEmpty() const { return m_declarations.isEmpty(); }
    [[nodiscard]] QString value(QStringView property) const; ///< empty when there is none
    [[nodiscard]] HtmlColors colors() const;
    /// Whether line ends and runs of spaces are shown as they are (CSS 2.2, section 16.6).
    [[nodiscard]] bool preservesSpace() const;
    [[nodiscard]] QString toString() const; ///< "color:#ff0000;text-align:center"

private:
    struct Declaration
    {
        QString property {};
        QString value {};
    };

    void set(const QString &property, const QString &value);
    void remove(QStringView property);

    QList<Declaration> m_declarations {};
};

} // namespace postrider::mime
