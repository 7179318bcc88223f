// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace postrider::compose {

/// A dictionary of Hunspell that is installed.
struct Dictionary
{
    QString language {}; ///< "en_US", "de_DE_frami": the files' base name
    QString affixPath {};
    QString wordPath {};

    friend bool operator==(const Dictionary &, const Dictionary &) = default;
};

/// Where dictionaries are: DICPATH first, then this person's, then the system's.
[[nodiscard]] QStringList dictionaryFolders();
/// Those in the folders, in the order of their languages; of each language the first one. Reads folders only.
[[nodiscard]] QList<Dictionary> installedDictionaries(const QStringList &folders);
/// "English (United States)".
[[nodiscard]] QString languageName(const QString &language);
/// The dictionary for a person whose languages are these, the most wanted first; empty: none.
[[nodiscard]] QString preferredLanguage(const QList<Dictionary> &installed, const QStringList &wanted);

/// A word in a text.
struct WordPlace
{
    qsizetype position = 0;
    QString word {};

    friend bool operator==(const WordPlace &, const WordPlace &) = default;
};

/// The words of a paragraph that have a spelling: not those in addresses, links, file names and code, none
/// with digits, and none of a line that is quoted with ">".
[[nodiscard]] QList<WordPlace> checkableWords(const QString &paragraph);

} // namespace postrider::compose
