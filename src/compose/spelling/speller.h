// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "compose/spelling/dictionaries.h"

#include <QObject>
#include <QSet>

#include <memory>
#include <vector>

namespace postrider::compose {

/**
 * Asks Hunspell. Loading a dictionary and looking for suggestions take long, so this lives in a thread of its
 * own and is called through queued connections only.
 *
 * A word is right when one of the dictionaries or the personal one has it. The personal dictionary is a text
 * file with a word in each line.
 */
class Speller final : public QObject
{
    Q_OBJECT

public:
    Speller();
    ~Speller() override;
    Q_DISABLE_COPY_MOVE(Speller)

    void setDictionaries(const QList<Dictionary> &dictionaries);
    void setPersonalDictionary(const QString &path);
    void check(const QStringList &words);
    void suggest(const QString &word);
    /// Adds the word to the personal dictionary.
    void learn(const QString &word);

Q_SIGNALS:
    void checked(const QStringList &right, const QStringList &wrong);
    /// The likeliest first.
    void suggested(const QString &word, const QStringList &suggestions);

private:
    class Language;

    [[nodiscard]] bool isRight(const QString &word) const;

    std::vector<std::unique_ptr<Language>> m_languages {};
    QString m_personalPath {};
    QSet<QString> m_personal {};
};

} // namespace postrider::compose
