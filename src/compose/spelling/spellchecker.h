// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "compose/spelling/dictionaries.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QSet>
#include <QTextCursor>
#include <QThread>
#include <QTimer>

class QActionGroup;
class QMenu;

namespace postrider::compose {

class MessageBodyEdit;
class Speller;

/**
 * Marks what is misspelt in a text, and offers what may have been meant: in the context menu and, by F7, word
 * by word. Only what is visible is looked at, a moment after the last change; the dictionaries are asked in
 * another thread, so typing never waits.
 *
 * Quotations, links, addresses and code are not looked at. Where no dictionary is installed nothing happens,
 * and the menu says so.
 */
class SpellChecker final : public QObject
{
    Q_OBJECT

public:
    SpellChecker(MessageBodyEdit &edit, QMenu &menu, QWidget &window);
    ~SpellChecker() override;
    Q_DISABLE_COPY_MOVE(SpellChecker)

    /// Where words go that a person adds; without a path they hold for this window.
    void setPersonalDictionary(const QString &path);
    /// The languages in words; empty: nothing is checked.
    [[nodiscard]] QString languageText() const;

Q_SIGNALS:
    void languageChanged();
    /// A sentence about a check that a person asked for.
    void told(const QString &sentence);
    // To the thread.
    void dictionariesWanted(const QList<postrider::compose::Dictionary> &dictionaries);
    void personalWanted(const QString &path);
    void checkWanted(const QStringList &words);
    void suggestionsWanted(const QString &word);
    void learnWanted(const QString &word);

private:
    void fillMenu(QMenu &menu, QWidget &window);
    void setLanguages();
    void start();
    void mark();
    void take(const QStringList &right, const QStringList &wrong);
    void offer(const QString &word, const QStringList &suggestions);
    void findNext();
    void showMenu(QTextCursor word, const QPoint &position);
    void contextMenu(const QPoint &position);
    [[nodiscard]] QTextCursor wrongWordAt(const QTextCursor &cursor) const;
    [[nodiscard]] bool isWrong(const QString &word) const;
    void forget();

    enum class State { Right, Wrong, Asked };

    MessageBodyEdit &m_edit;
    QList<Dictionary> m_installed;
    QActionGroup *m_languages = nullptr;
    QHash<QString, State> m_known {};
    QSet<QString> m_ignored {};
    QString m_personalPath {};
    QTimer m_timer {};
    QThread m_thread {};
    QTextCursor m_asked {};    ///< the word whose suggestions the menu waits for
    QPointer<QMenu> m_menu {}; ///< that waits
    int m_searchFrom = -1;     ///< where F7 goes on when words are known; -1: it doesn't
    bool m_hasWrapped = false; ///< F7 went on from the beginning
};

} // namespace postrider::compose
