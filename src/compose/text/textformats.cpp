// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "compose/text/textformats.h"

#include <QTextBlock>
#include <QTextDocument>
#include <QTextFrame>
#include <QTextList>

#include <algorithm>

namespace postrider::compose {

int quoteLevel(const QTextBlockFormat &format)
{
    return format.intProperty(QuoteLevelProperty);
}

void setQuoteLevel(QTextBlockFormat &format, int level)
{
    if (level > 0)
        format.setProperty(QuoteLevelProperty, level);
    else
        format.clearProperty(QuoteLevelProperty);
    format.setLeftMargin(level * QuoteMargin);
}

int headingSize(int level)
{
    return 4 - level;
}

QTextCharFormat headingFormat(int level)
{
    QTextCharFormat format;
    format.setProperty(QTextFormat::FontSizeAdjustment, headingSize(level));
    format.setFontWeight(QFont::Bold);
    return format;
}

bool hasColor(const QTextCharFormat &format, int property)
{
    return format.brushProperty(property).style() == Qt::SolidPattern;
}

namespace {

bool isFormatted(const QTextCharFormat &format)
{
    const bool isLetterFormatted = format.fontWeight() >= QFont::DemiBold || format.fontItalic()
        || format.fontStrikeOut() || format.fontFixedPitch()
        || !format.fontFamilies().toStringList().isEmpty()
        || format.intProperty(QTextFormat::FontSizeAdjustment) != 0
        || format.verticalAlignment() != QTextCharFormat::AlignNormal;
    if (format.isImageFormat() || isLetterFormatted || hasColor(format, QTextFormat::BackgroundBrush))
        return true;
    // A link has these two by itself.
    return !format.isAnchor() && (hasColor(format, QTextFormat::ForegroundBrush) || format.fontUnderline());
}

Formatting formattingOf(const QTextBlock &block)
{
    const QTextBlockFormat format = block.blockFormat();
    if (format.headingLevel() > 0 || format.hasProperty(QTextFormat::BlockTrailingHorizontalRulerWidth)
        || format.hasProperty(QTextFormat::BlockAlignment) || format.indent() > 0)
        return Formatting::Lost;
    Formatting found
        = block.textList() || quoteLevel(format) > 0 ? Formatting::Expressible : Formatting::None;
    for (auto it = block.begin(); !it.atEnd(); ++it) {
        const QTextCharFormat characters = it.fragment().charFormat();
        if (isFormatted(characters))
            return Formatting::Lost;
        if (characters.isAnchor())
            found = Formatting::Expressible;
    }
    return found;
}

} // namespace

Formatting formattingOf(const QTextDocument &document)
{
    if (!document.rootFrame()->childFrames().isEmpty())
        return Formatting::Lost;
    Formatting found = Formatting::None;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        const Formatting here = formattingOf(block);
        if (here == Formatting::Lost)
            return here;
        found = std::max(found, here);
    }
    return found;
}

} // namespace postrider::compose
