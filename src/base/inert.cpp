// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "base/inert.h"

namespace postrider::base {

namespace {

/// The explicit formatting characters of the bidirectional algorithm (Unicode Annex 9, section 2).
bool turnsDirection(QChar character)
{
    const char16_t code = character.unicode();
    return code == 0x061c || code == 0x200e || code == 0x200f || (code >= 0x202a && code <= 0x202e)
        || (code >= 0x2066 && code <= 0x2069);
}

} // namespace

QString inert(const QString &text)
{
    QString inert = text;
    for (QChar &character : inert) {
        const QChar::Category category = character.category();
        if (category == QChar::Other_Control || category == QChar::Separator_Line
            || category == QChar::Separator_Paragraph || turnsDirection(character))
            character = QChar(QChar::ReplacementCharacter);
    }
    return inert;
}

QString quoted(const QString &text)
{
    return QStringLiteral(u"“\u2068") + inert(text) + QStringLiteral(u"\u2069”");
}

} // namespace postrider::base
