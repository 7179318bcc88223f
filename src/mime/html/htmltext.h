// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "mime/encoding/flowedtext.h"
#include "mime/html/htmlcleaner.h"

#include <QList>

namespace postrider::mime {

/**
 * The HTML as plain text that says the same: links as "text <address>", list items with their marks or
 * numbers, quotations as quoted lines, tables in columns, pictures as their alternative text in brackets.
 * Paragraphs are single lines, ready to be flowed.
 */
[[nodiscard]] QList<TextLine> toPlainLines(const CleanHtml &html);

} // namespace postrider::mime
