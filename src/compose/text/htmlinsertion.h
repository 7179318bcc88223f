// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QString>

class QTextCursor;

namespace postrider::compose {

class PictureStore;

/// Where the HTML comes from.
enum class HtmlOrigin {
    OwnMessage, ///< a draft: every font and colour is meant
    Elsewhere,  ///< another program, whose fonts are not the message's
};

/**
 * Puts HTML in the place of what is selected, as one step of undo. It is cleaned first (mime::cleanHtml):
 * nothing runs, nothing is fetched, and of pictures only those that stand in the HTML itself come along.
 *
 * Fonts in points or pixels become steps away from the message's own size.
 */
void insertHtml(QTextCursor &cursor, const QString &html, PictureStore &pictures, HtmlOrigin origin);

/// Puts a picture there that the store has, no wider than a mail is read.
void insertPicture(QTextCursor &cursor, const QString &name, const QString &text,
                   const PictureStore &pictures);

} // namespace postrider::compose
