// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QTextListFormat>

class QTextCursor;

// What a person does to whole paragraphs: all those that the selection touches, or the one with the caret.
// Each call is one step of undo.

namespace postrider::compose {

enum class Step { Less, More };

/// Makes a list of the paragraphs; out of a list of the same kind they are taken instead.
void toggleList(QTextCursor cursor, QTextListFormat::Style style);
/// A level of quotation more or less; never less than none.
void changeQuoteLevel(QTextCursor cursor, Step step);
/// Moves paragraphs, and items of lists into a list within.
void changeIndent(QTextCursor cursor, Step step);
/// 1 to 6; 0 makes them ordinary paragraphs.
void setHeading(QTextCursor cursor, int level);
void setAlignment(QTextCursor cursor, Qt::Alignment alignment);
/// Turns the paragraph's direction; where that is the one of its first letter, nothing is kept.
void switchDirection(QTextCursor cursor);
/// Back to plain paragraphs of plain letters. Pictures, tables and links' texts stay.
void clearFormatting(QTextCursor cursor);
/// Enter in a quotation: ends it here with an empty paragraph of one's own, and goes on quoting behind that.
/// The cursor is in the empty paragraph then. False, and nothing happens, where no quotation is.
[[nodiscard]] bool splitQuote(QTextCursor &cursor);

} // namespace postrider::compose
