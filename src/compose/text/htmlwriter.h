// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QString>

class QTextCursor;
class QTextDocument;

namespace postrider::compose {

class PictureStore;

/**
 * The document as the HTML of a mail: what goes between <body> and </body>, small, of elements and styles
 * that every mail program knows. Paragraphs of plain lines are <div>, an empty one <div><br></div>; sizes are
 * relative, and what the reader's own font and colours are is left to the reader.
 *
 * The same document always gives the same text. Pictures stand in it as "data:" addresses; those that the
 * store doesn't have are left out.
 */
[[nodiscard]] QString toHtml(const QTextDocument &document, const PictureStore &pictures);
/// Only what is selected.
[[nodiscard]] QString selectionToHtml(const QTextCursor &cursor, const PictureStore &pictures);

} // namespace postrider::compose
