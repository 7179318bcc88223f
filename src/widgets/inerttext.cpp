// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "widgets/inerttext.h"

#include <QTextDocument>

namespace postrider::widgets {

namespace {

constexpr QChar FirstStrongIsolate { 0x2068 };
constexpr QChar PopDirectionalIsolate { 0x2069 };

// The explicit formatting characters of the bidirectional algorithm (Unicode Annex 9, section 2).
bool turnsDirection(QChar character)
{
    const char16_t code = character.unicode();
    return code == 0x061c || code == 0x200e || code == 0x200f || (code >= 0x202a && code <= 0x202e)
        || (code >= 0x2066 && code <= 0x2069);
}

} // namespace

QString inertText(const QString &text)
{
    QString inert = text.simplified();
    for (QChar &character : inert) {
        if (character.category() == QChar::Other_Control || turnsDirection(character))
            character = QChar(QChar::ReplacementCharacter);
    }
    if (inert.isEmpty())
        return {};
    return FirstStrongIsolate + inert + PopDirectionalIsolate;
}

QString inertToolTip(const QString &text)
{
    const QString inert = inertText(text);
    return inert.isEmpty() ? QString() : Qt::convertFromPlainText(inert, Qt::WhiteSpaceNormal);
}

} // namespace postrider::widgets
