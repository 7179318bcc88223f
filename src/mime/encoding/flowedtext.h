// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QList>
#include <QString>
#include <QStringView>

namespace postrider::mime {

/// A paragraph, or a line that ends where its author ended it, without the marks of its quotation.
struct TextLine
{
    qsizetype quoteDepth = 0; ///< how many ">" stand before it
    QString text {};

    friend bool operator==(const TextLine &, const TextLine &) = default;
};

/// Text in the form of RFC 3676 "format=flowed".
struct FlowedText
{
    /// Whether the space at the end of a flowed line goes when lines are joined, so that a script without
    /// spaces can be broken too (RFC 3676 section 4.3).
    enum class DelSp { No, Yes };

    QString text {}; ///< lines ended by LF
    DelSp delSp = DelSp::No;
    /// Whether there is a line that was broken at all; without one, the text is as good without the format.
    bool hasSoftBreaks = false;
};

/// Cuts a text at its line ends and counts the quote marks before each line: ">> x" and "> > x" are quoted
/// twice. A blank behind the marks is not part of the line.
[[nodiscard]] QList<TextLine> textLines(const QString &text);

/// The lines with quote marks in front, as a person would type them, each ended by LF.
[[nodiscard]] QString toPlainText(const QList<TextLine> &lines);

/**
 * Breaks the lines softly at 72 columns (RFC 3676 section 4.2). Words stay whole, however long; blanks at the
 * end of a line go, but for the signature separator "-- ". Texts of wide characters, such as Japanese, are
 * broken between these as well.
 */
[[nodiscard]] FlowedText toFlowed(const QList<TextLine> &lines);

/// Reads format=flowed back into its paragraphs; any line ends.
[[nodiscard]] QList<TextLine> fromFlowed(QStringView text, FlowedText::DelSp delSp);

/// Whether a text is code, a table or a drawing that lives from its columns: then a reader that knows
/// nothing of format=flowed must not see spaces that were put in front of lines (RFC 3676 section 4.6).
[[nodiscard]] bool looksPreformatted(const QString &text);

} // namespace postrider::mime
