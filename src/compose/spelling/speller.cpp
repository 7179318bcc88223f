// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "compose/spelling/speller.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <hunspell.hxx>
#include <string>
#include <unicode/ucnv.h>

using namespace Qt::StringLiterals;

namespace postrider::compose {

namespace {

/// Dictionaries have the typewriter's apostrophe.
QString withPlainApostrophe(QString word)
{
    return word.replace(u'’', u'\'');
}

} // namespace

/// One dictionary, with words in the charset that its files are in.
class Speller::Language
{
public:
    explicit Language(const Dictionary &dictionary)
        : m_hunspell(QFile::encodeName(dictionary.affixPath).constData(),
                     QFile::encodeName(dictionary.wordPath).constData())
    {
        UErrorCode status = U_ZERO_ERROR;
        m_converter.reset(ucnv_open(m_hunspell.get_dict_encoding().c_str(), &status));
        if (!m_converter)
            return;
        // A letter that the dictionary's charset lacks is in none of its words.
        ucnv_setFromUCallBack(m_converter.get(), UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                              &status);
    }

    [[nodiscard]] bool knows(const QString &word)
    {
        const std::string encoded = encode(word);
        return !encoded.empty() && m_hunspell.spell(encoded);
    }

    [[nodiscard]] QStringList suggestions(const QString &word)
    {
        QStringList result;
        const std::string encoded = encode(word);
        if (encoded.empty())
            return result;
        for (const std::string &suggestion : m_hunspell.suggest(encoded))
            result.append(decode(suggestion));
        return result;
    }

private:
    struct Close
    {
        void operator()(UConverter *converter) const { ucnv_close(converter); }
    };

    /// Empty when the word can't be written in the charset.
    [[nodiscard]] std::string encode(const QString &word)
    {
        if (!m_converter)
            return {};
        std::string octets(static_cast<std::size_t>(word.size()) * 4 + 8, '\0');
        UErrorCode status = U_ZERO_ERROR;
        const int32_t size = ucnv_fromUChars(
            m_converter.get(), octets.data(), static_cast<int32_t>(octets.size()),
            reinterpret_cast<const UChar *>(word.utf16()), static_cast<int32_t>(word.size()), &status);
        octets.resize(U_SUCCESS(status) ? static_cast<std::size_t>(size) : 0);
        return octets;
    }

    [[nodiscard]] QString decode(const std::string &octets)
    {
        std::u16string text(octets.size() * 2 + 8, u'\0');
        UErrorCode status = U_ZERO_ERROR;
        const int32_t size = ucnv_toUChars(m_converter.get(), text.data(), static_cast<int32_t>(text.size()),
                                           octets.data(), static_cast<int32_t>(octets.size()), &status);
        text.resize(U_SUCCESS(status) ? static_cast<std::size_t>(size) : 0);
        return QString::fromStdU16String(text);
    }

    Hunspell m_hunspell;
    std::unique_ptr<UConverter, Close> m_converter {};
};

Speller::Speller() = default;
Speller::~Speller() = default;

void Speller::setDictionaries(const QList<Dictionary> &dictionaries)
{
    m_languages.clear();
    for (const Dictionary &dictionary : dictionaries)
        m_languages.push_back(std::make_unique<Language>(dictionary));
}

void Speller::setPersonalDictionary(const QString &path)
{
    m_personalPath = path;
    m_personal.clear();
    QFile file(path);
    if (path.isEmpty() || !file.open(QIODevice::ReadOnly))
        return; // there is none yet
    const QStringList words = QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
    for (const QString &word : words)
        m_personal.insert(word.trimmed());
}

bool Speller::isRight(const QString &word) const
{
    const QString plain = withPlainApostrophe(word);
    return m_personal.contains(word) || m_personal.contains(word.toLower())
        || std::any_of(m_languages.cbegin(), m_languages.cend(),
                       [&](const auto &language) { return language->knows(plain); });
}

void Speller::check(const QStringList &words)
{
    QStringList right;
    QStringList wrong;
    for (const QString &word : words)
        (isRight(word) ? right : wrong).append(word);
    Q_EMIT checked(right, wrong);
}

void Speller::suggest(const QString &word)
{
    constexpr qsizetype MostOfOne = 6;
    QStringList suggestions;
    for (const auto &language : m_languages)
        suggestions += language->suggestions(withPlainApostrophe(word)).mid(0, MostOfOne);
    suggestions.removeDuplicates();
    Q_EMIT suggested(word, suggestions);
}

void Speller::learn(const QString &word)
{
    m_personal.insert(word);
    if (m_personalPath.isEmpty())
        return;
    QDir().mkpath(QFileInfo(m_personalPath).path());
    // Appended, since other windows and processes add words of their own.
    QFile file(m_personalPath);
    if (file.open(QIODevice::Append))
        file.write(word.toUtf8() + '\n');
}

} // namespace postrider::compose
