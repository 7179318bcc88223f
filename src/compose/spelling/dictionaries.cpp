// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "compose/spelling/dictionaries.h"

#include <QDir>
#include <QLocale>
#include <QStandardPaths>
#include <QTextBoundaryFinder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postrider::compose {

QStringList dictionaryFolders()
{
    QStringList folders = qEnvironmentVariable("DICPATH").split(QDir::listSeparator(), Qt::SkipEmptyParts);
    folders += QStandardPaths::locateAll(QStandardPaths::GenericDataLocation, u"hunspell"_s,
                                         QStandardPaths::LocateDirectory);
    folders += QStandardPaths::locateAll(QStandardPaths::GenericDataLocation, u"myspell/dicts"_s,
                                         QStandardPaths::LocateDirectory);
#ifdef Q_OS_MACOS
    folders += QDir::homePath() + "/Library/Spelling"_L1;
#endif
    return folders;
}

QList<Dictionary> installedDictionaries(const QStringList &folders)
{
    QList<Dictionary> found;
    for (const QString &folder : folders) {
        const QDir directory(folder);
        const QStringList names = directory.entryList({ u"*.dic"_s }, QDir::Files);
        for (const QString &name : names) {
            const QString language = name.chopped(4);
            const QString affixes = directory.filePath(language + ".aff"_L1);
            const bool isKnown = std::any_of(found.cbegin(), found.cend(), [&](const Dictionary &known) {
                return known.language == language;
            });
            // A word list without affixes, such as one for hyphenation, checks nothing.
            if (!isKnown && QFile::exists(affixes))
                found.append({ language, affixes, directory.filePath(name) });
        }
    }
    std::sort(found.begin(), found.end(),
              [](const Dictionary &one, const Dictionary &other) { return one.language < other.language; });
    return found;
}

QString languageName(const QString &language)
{
    const QLocale locale(language);
    if (locale.language() == QLocale::C)
        return language;
    const QString name = QLocale::languageToString(locale.language());
    if (!language.contains(u'_'))
        return name;
    return u"%1 (%2)"_s.arg(name, QLocale::territoryToString(locale.territory()));
}

QString preferredLanguage(const QList<Dictionary> &installed, const QStringList &wanted)
{
    for (const QString &one : wanted) {
        QString exact = one;
        exact.replace(u'-', u'_');
        const QString language = exact.section(u'_', 0, 0);
        for (const Dictionary &dictionary : installed) {
            if (dictionary.language == exact)
                return exact;
        }
        for (const Dictionary &dictionary : installed) {
            if (dictionary.language.section(u'_', 0, 0) == language)
                return dictionary.language;
        }
    }
    return {};
}

namespace {

/// Whether what stands between two blanks is something that only looks like words.
bool isCode(QStringView token)
{
    constexpr QStringView Signs = u"@/\\_=<>{}[]#$%&|~^";
    if (token.startsWith(u"www.", Qt::CaseInsensitive))
        return true;
    // "example.org", "name.txt": a dot with letters on both sides
    for (qsizetype i = 0; i < token.size(); ++i) {
        const QChar character = token.at(i);
        if (Signs.contains(character))
            return true;
        const bool joins = (character == u'.' || character == u':') && i > 0 && i + 1 < token.size();
        if (joins && token.at(i - 1).isLetterOrNumber() && token.at(i + 1).isLetterOrNumber())
            return true;
    }
    return false;
}

bool isWord(QStringView word)
{
    bool hasLetter = false;
    for (qsizetype i = 0; i < word.size(); ++i) {
        const QChar character = word.at(i);
        // "camelCase" is a name in a program.
        if (character.isDigit() || (i > 0 && character.isUpper() && word.at(i - 1).isLower()))
            return false;
        hasLetter = hasLetter || character.isLetter() || character.isSurrogate();
    }
    constexpr qsizetype Longest = 80; // letters; what is longer no dictionary has
    return hasLetter && word.size() > 1 && word.size() <= Longest;
}

} // namespace

QList<WordPlace> checkableWords(const QString &paragraph)
{
    QList<WordPlace> places;
    if (paragraph.startsWith(u'>'))
        return places;
    qsizetype begin = 0;
    while (begin < paragraph.size()) {
        qsizetype end = begin;
        while (end < paragraph.size() && !paragraph.at(end).isSpace())
            ++end;
        const QStringView token = QStringView(paragraph).sliced(begin, end - begin);
        if (!token.isEmpty() && !isCode(token)) {
            QTextBoundaryFinder finder(QTextBoundaryFinder::Word, token.data(), token.size());
            qsizetype start = -1;
            for (qsizetype at = 0; at >= 0; at = finder.toNextBoundary()) {
                const auto reasons = finder.boundaryReasons();
                if (start >= 0 && reasons.testFlag(QTextBoundaryFinder::EndOfItem)) {
                    const QStringView word = token.sliced(start, at - start);
                    if (isWord(word))
                        places.append({ begin + start, word.toString() });
                }
                if (reasons.testFlag(QTextBoundaryFinder::StartOfItem))
                    start = at;
            }
        }
        begin = end + 1;
    }
    return places;
}

} // namespace postrider::compose
