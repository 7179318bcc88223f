// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QString>

namespace postrider::widgets {

/**
 * Text that came from elsewhere (a server, a file's name), made harmless to show among our own words.
 *
 * Control characters, line ends and the characters that turn the writing direction become visible
 * replacement characters, white space is joined to single blanks, and the whole is isolated, so that it
 * cannot change how the text around it reads. Show the result as plain text.
 */
[[nodiscard]] QString inertText(const QString &text);

/// The same for a tool tip, which has no choice of format: it takes for markup what looks like it.
[[nodiscard]] QString inertToolTip(const QString &text);

} // namespace postrider::widgets
