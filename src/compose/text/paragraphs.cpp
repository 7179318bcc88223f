// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "compose/text/paragraphs.h"

#include "compose/text/textformats.h"

#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextList>

#include <algorithm>

namespace postrider::compose {

namespace {

constexpr int DeepestLevel = 20;

/// Calls change with each paragraph of the selection, as one step of undo.
template <typename Change>
void forEachBlock(QTextCursor &cursor, Change change)
{
    const QTextDocument &document = *cursor.document();
    const int last = document.findBlock(cursor.selectionEnd()).blockNumber();
    cursor.beginEditBlock();
    for (QTextBlock block = document.findBlock(cursor.selectionStart());
         block.isValid() && block.blockNumber() <= last; block = block.next())
        change(block);
    cursor.endEditBlock();
}

void setFormat(const QTextBlock &block, const QTextBlockFormat &format)
{
    QTextCursor(block).setBlockFormat(format);
}

int changed(int level, Step step)
{
    return std::clamp(level + (step == Step::More ? 1 : -1), 0, DeepestLevel);
}

void leaveList(const QTextBlock &block)
{
    if (QTextList *list = block.textList())
        list->remove(block);
    QTextBlockFormat format = block.blockFormat();
    format.setObjectIndex(-1);
    format.clearProperty(QTextFormat::BlockIndent);
    setFormat(block, format);
}

/// The list before the block that it can join as a further item of this depth.
QTextList *listBefore(const QTextBlock &block, int indent)
{
    for (QTextBlock before = block.previous(); before.isValid(); before = before.previous()) {
        QTextList *list = before.textList();
        if (!list || list->format().indent() < indent)
            return nullptr;
        if (list->format().indent() == indent)
            return list;
    }
    return nullptr;
}

void moveListItem(const QTextBlock &block, Step step)
{
    QTextListFormat format = block.textList()->format();
    const int indent = changed(format.indent(), step);
    if (indent == 0) {
        leaveList(block);
        return;
    }
    if (QTextList *list = listBefore(block, indent)) {
        list->add(block);
        return;
    }
    format.setIndent(indent);
    QTextCursor(block).createList(format);
}

void selectLetters(QTextCursor &cursor, const QTextBlock &block)
{
    cursor.setPosition(block.position());
    cursor.setPosition(block.position() + block.length() - 1, QTextCursor::KeepAnchor);
}

/// The block's letters in another format, but for pictures and where links lead.
void setLetters(const QTextBlock &block, const QTextCharFormat &wanted)
{
    QTextCursor cursor(block);
    for (auto it = block.begin(); !it.atEnd(); ++it) {
        const QTextFragment fragment = it.fragment();
        QTextCharFormat format = wanted;
        if (fragment.charFormat().isImageFormat())
            continue;
        if (fragment.charFormat().isAnchor()) {
            format.setAnchor(true);
            format.setAnchorHref(fragment.charFormat().anchorHref());
            format.setFontUnderline(true);
            format.setForeground(fragment.charFormat().foreground());
        }
        cursor.setPosition(fragment.position());
        cursor.setPosition(fragment.position() + fragment.length(), QTextCursor::KeepAnchor);
        cursor.setCharFormat(format);
    }
}

} // namespace

void toggleList(QTextCursor cursor, QTextListFormat::Style style)
{
    const QTextList *current = cursor.currentList();
    if (current && current->format().style() == style) {
        forEachBlock(cursor, leaveList);
        return;
    }
    cursor.beginEditBlock();
    if (current) { // another kind of list
        QTextListFormat format = current->format();
        format.setStyle(style);
        cursor.createList(format);
    } else {
        cursor.createList(style);
    }
    cursor.endEditBlock();
}

void changeQuoteLevel(QTextCursor cursor, Step step)
{
    forEachBlock(cursor, [step](const QTextBlock &block) {
        QTextBlockFormat format = block.blockFormat();
        setQuoteLevel(format, changed(quoteLevel(format), step));
        setFormat(block, format);
    });
}

void changeIndent(QTextCursor cursor, Step step)
{
    forEachBlock(cursor, [step](const QTextBlock &block) {
        if (block.textList()) {
            moveListItem(block, step);
            return;
        }
        QTextBlockFormat format = block.blockFormat();
        if (const int indent = changed(format.indent(), step); indent > 0)
            format.setIndent(indent);
        else
            format.clearProperty(QTextFormat::BlockIndent);
        setFormat(block, format);
    });
}

void setHeading(QTextCursor cursor, int level)
{
    const QTextCharFormat letters = level > 0 ? headingFormat(level) : QTextCharFormat();
    forEachBlock(cursor, [&](const QTextBlock &block) {
        const bool wasHeading = block.blockFormat().headingLevel() > 0;
        QTextBlockFormat format = block.blockFormat();
        if (level > 0)
            format.setHeadingLevel(level);
        else
            format.clearProperty(QTextFormat::HeadingLevel);
        setFormat(block, format);
        QTextCursor inside(block);
        if (level > 0) {
            inside.mergeBlockCharFormat(letters);
            selectLetters(inside, block);
            inside.mergeCharFormat(letters);
        } else if (wasHeading) {
            inside.setBlockCharFormat({});
            setLetters(block, {});
        }
    });
}

void setAlignment(QTextCursor cursor, Qt::Alignment alignment)
{
    QTextBlockFormat format;
    format.setAlignment(alignment);
    cursor.mergeBlockFormat(format);
}

void switchDirection(QTextCursor cursor)
{
    const bool toLeft = cursor.block().textDirection() == Qt::LeftToRight;
    const Qt::LayoutDirection wanted = toLeft ? Qt::RightToLeft : Qt::LeftToRight;
    forEachBlock(cursor, [wanted](const QTextBlock &block) {
        QTextBlockFormat format = block.blockFormat();
        format.clearProperty(QTextFormat::LayoutDirection);
        setFormat(block, format);
        if (block.textDirection() == wanted)
            return;
        format.setLayoutDirection(wanted);
        setFormat(block, format);
    });
}

void clearFormatting(QTextCursor cursor)
{
    if (cursor.hasSelection()) {
        const int begin = cursor.selectionStart();
        const int end = cursor.selectionEnd();
        const bool isWithinOne = cursor.document()->findBlock(begin) == cursor.document()->findBlock(end);
        if (isWithinOne) {
            // Only these letters: the paragraph is not meant.
            QTextCursor letters(cursor);
            letters.setCharFormat({});
            return;
        }
    }
    forEachBlock(cursor, [](const QTextBlock &block) {
        leaveList(block);
        setFormat(block, {});
        QTextCursor(block).setBlockCharFormat({});
        setLetters(block, {});
    });
}

bool splitQuote(QTextCursor &cursor)
{
    const QTextBlockFormat quoted = cursor.blockFormat();
    if (quoteLevel(quoted) == 0)
        return false;
    cursor.beginEditBlock();
    cursor.removeSelectedText();
    const bool isAtStart = cursor.atBlockStart();
    const bool isAtEnd = cursor.atBlockEnd();
    if (!isAtStart)
        cursor.insertBlock(QTextBlockFormat(), QTextCharFormat());
    else if (!isAtEnd) {
        cursor.insertBlock(quoted);
        cursor.movePosition(QTextCursor::PreviousBlock);
    }
    if (!isAtStart && !isAtEnd) {
        cursor.insertBlock(quoted);
        cursor.movePosition(QTextCursor::PreviousBlock);
    }
    cursor.setBlockFormat({});
    cursor.setBlockCharFormat({});
    cursor.endEditBlock();
    return true;
}

} // namespace postrider::compose
