// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QTextCharFormat>
#include <QTextFormat>

class QTextBlockFormat;
class QTextDocument;

namespace postrider::compose {

/// How deep in quotations a paragraph stands: an int property of its block format; none is 0.
constexpr int QuoteLevelProperty = QTextFormat::UserProperty + 1;
/// What a picture shows, for those who don't see it: a string property of its format.
constexpr int PictureTextProperty = QTextFormat::ImageAltText;
/// How many steps a level of quotation or indentation moves the text, in pixels at 100 %.
constexpr int QuoteMargin = 16;
/// Font sizes are steps away from the reader's own: -1 small, 0 normal, 1 large, 2 and 3 larger.
constexpr int SmallestSize = -1;
constexpr int LargestSize = 3;

[[nodiscard]] int quoteLevel(const QTextBlockFormat &format);
void setQuoteLevel(QTextBlockFormat &format, int level);

/// The size that a heading's letters have beside normal text.
[[nodiscard]] int headingSize(int level);
/// The format of a heading's letters: its size, and bold.
[[nodiscard]] QTextCharFormat headingFormat(int level);

/// Whether the letters have a colour of their own, by ForegroundBrush or BackgroundBrush.
[[nodiscard]] bool hasColor(const QTextCharFormat &format, int property);

/// Whether anything in the document is more than text: a reader of plain text would see less.
enum class Formatting {
    None,
    Expressible, ///< lists, quotations and links, which plain text has signs for
    Lost,        ///< bold, colours, pictures, tables …
};
[[nodiscard]] Formatting formattingOf(const QTextDocument &document);

} // namespace postrider::compose
