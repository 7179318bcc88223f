// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "compose/spelling/spellchecker.h"

#include "compose/messagebodyedit.h"
#include "compose/spelling/speller.h"
#include "compose/text/textformats.h"

#include <QActionGroup>
#include <QLocale>
#include <QMenu>
#include <QScrollBar>
#include <QTextBlock>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;

namespace postrider::compose {

namespace {

constexpr std::chrono::milliseconds MarkDelay { 200 }; ///< after the last change
constexpr int MostAtOnce = 2000;                       ///< letters of a paragraph, words of a search

/// What of the paragraph has a spelling. Of a very long one only the beginning is looked at.
QList<WordPlace> wordsOf(const QTextBlock &block)
{
    if (quoteLevel(block.blockFormat()) > 0)
        return {};
    QList<WordPlace> places = checkableWords(block.text().left(MostAtOnce * 10));
    const auto isOther = [&block](const WordPlace &place) {
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const QTextFragment fragment = it.fragment();
            if (fragment.contains(block.position() + static_cast<int>(place.position)))
                return fragment.charFormat().isAnchor() || fragment.charFormat().fontFixedPitch();
        }
        return false;
    };
    places.removeIf(isOther);
    return places;
}

QTextCursor cursorOf(const QTextBlock &block, const WordPlace &place)
{
    QTextCursor cursor(block);
    cursor.setPosition(block.position() + static_cast<int>(place.position));
    cursor.setPosition(cursor.position() + static_cast<int>(place.word.size()), QTextCursor::KeepAnchor);
    return cursor;
}

} // namespace

SpellChecker::SpellChecker(MessageBodyEdit &edit, QMenu &menu, QWidget &window)
    : QObject(&window)
    , m_edit(edit)
    , m_installed(installedDictionaries(dictionaryFolders()))
{
    fillMenu(menu, window);
    m_timer.setSingleShot(true);
    m_timer.setInterval(MarkDelay);
    connect(&m_timer, &QTimer::timeout, this, &SpellChecker::mark);
    m_edit.setContextMenuPolicy(Qt::CustomContextMenu);
    connect(&m_edit, &QWidget::customContextMenuRequested, this, &SpellChecker::contextMenu);
    setLanguages();
}

SpellChecker::~SpellChecker()
{
    m_thread.quit();
    m_thread.wait();
}

void SpellChecker::fillMenu(QMenu &menu, QWidget &window)
{
    QAction *check = menu.addAction(tr("&Check spelling"), this, &SpellChecker::findNext);
    check->setObjectName(u"checkSpellingAction"_s);
    check->setShortcut(Qt::Key_F7);
    check->setEnabled(!m_installed.isEmpty());
    QMenu *languages = menu.addMenu(tr("&Languages"));
    languages->setObjectName(u"languagesMenu"_s);
    m_languages = new QActionGroup(&window);
    m_languages->setExclusionPolicy(QActionGroup::ExclusionPolicy::None);
    const QString preferred = preferredLanguage(m_installed, QLocale().uiLanguages());
    for (const Dictionary &dictionary : std::as_const(m_installed)) {
        QAction *action = m_languages->addAction(languageName(dictionary.language));
        action->setCheckable(true);
        action->setData(dictionary.language);
        action->setChecked(dictionary.language == preferred);
        languages->addAction(action);
    }
    connect(m_languages, &QActionGroup::triggered, this, &SpellChecker::setLanguages);
    if (m_installed.isEmpty())
        languages->addAction(tr("No dictionary is installed"))->setEnabled(false);
}

QString SpellChecker::languageText() const
{
    QStringList names;
    const QList<QAction *> actions = m_languages->actions();
    for (const QAction *action : actions) {
        if (action->isChecked())
            names.append(action->text());
    }
    return names.join(u", "_s);
}

void SpellChecker::setPersonalDictionary(const QString &path)
{
    m_personalPath = path;
    Q_EMIT personalWanted(path);
    forget();
}

/// A thread only for those who have a dictionary and want it.
void SpellChecker::start()
{
    auto *speller = new Speller;
    speller->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, speller, &QObject::deleteLater);
    connect(this, &SpellChecker::dictionariesWanted, speller, &Speller::setDictionaries);
    connect(this, &SpellChecker::personalWanted, speller, &Speller::setPersonalDictionary);
    connect(this, &SpellChecker::checkWanted, speller, &Speller::check);
    connect(this, &SpellChecker::suggestionsWanted, speller, &Speller::suggest);
    connect(this, &SpellChecker::learnWanted, speller, &Speller::learn);
    connect(speller, &Speller::checked, this, &SpellChecker::take);
    connect(speller, &Speller::suggested, this, &SpellChecker::offer);
    connect(&m_edit, &QTextEdit::textChanged, &m_timer, qOverload<>(&QTimer::start));
    connect(&m_edit, &QTextEdit::cursorPositionChanged, &m_timer, qOverload<>(&QTimer::start));
    connect(m_edit.verticalScrollBar(), &QScrollBar::valueChanged, &m_timer, qOverload<>(&QTimer::start));
    m_thread.start();
    Q_EMIT personalWanted(m_personalPath);
}

void SpellChecker::setLanguages()
{
    QList<Dictionary> wanted;
    const QList<QAction *> actions = m_languages->actions();
    for (qsizetype i = 0; i < actions.size(); ++i) {
        if (actions.at(i)->isChecked())
            wanted.append(m_installed.at(i));
    }
    if (!wanted.isEmpty() && !m_thread.isRunning())
        start();
    Q_EMIT dictionariesWanted(wanted);
    forget();
    Q_EMIT languageChanged();
}

/// What was found with other dictionaries.
void SpellChecker::forget()
{
    m_known.clear();
    m_timer.start();
}

bool SpellChecker::isWrong(const QString &word) const
{
    return m_known.value(word, State::Asked) == State::Wrong && !m_ignored.contains(word);
}

void SpellChecker::mark()
{
    QList<QTextEdit::ExtraSelection> marks;
    QStringList unknown;
    if (!languageText().isEmpty()) {
        const QRect visible = m_edit.viewport()->rect();
        const QTextBlock last = m_edit.cursorForPosition(visible.bottomRight()).block();
        const int caret = m_edit.hasFocus() ? m_edit.textCursor().position() : -1;
        QTextEdit::ExtraSelection mark;
        mark.format.setUnderlineStyle(QTextCharFormat::SpellCheckUnderline);
        mark.format.setUnderlineColor(Qt::red);
        for (QTextBlock block = m_edit.cursorForPosition(visible.topLeft()).block(); block.isValid();
             block = block.next()) {
            const QList<WordPlace> places = wordsOf(block);
            for (const WordPlace &place : places) {
                if (!m_known.contains(place.word)) {
                    m_known.insert(place.word, State::Asked);
                    unknown.append(place.word);
                }
                mark.cursor = cursorOf(block, place);
                // The word that is being typed is not wrong yet.
                if (isWrong(place.word) && mark.cursor.selectionEnd() != caret)
                    marks.append(mark);
            }
            if (block == last)
                break;
        }
    }
    m_edit.setExtraSelections(marks);
    if (!unknown.isEmpty())
        Q_EMIT checkWanted(unknown);
}

void SpellChecker::take(const QStringList &right, const QStringList &wrong)
{
    for (const QString &word : right)
        m_known.insert(word, State::Right);
    for (const QString &word : wrong)
        m_known.insert(word, State::Wrong);
    mark();
    if (m_searchFrom >= 0)
        findNext();
}

void SpellChecker::findNext()
{
    if (languageText().isEmpty()) {
        Q_EMIT told(tr("No language is chosen for the spelling."));
        return;
    }
    if (m_searchFrom < 0) {
        m_searchFrom = m_edit.textCursor().selectionEnd();
        m_hasWrapped = false;
    }
    QStringList unknown;
    for (QTextBlock block = m_edit.document()->findBlock(m_searchFrom); block.isValid();
         block = block.next()) {
        const QList<WordPlace> places = wordsOf(block);
        for (const WordPlace &place : places) {
            const QTextCursor word = cursorOf(block, place);
            if (word.selectionStart() < m_searchFrom)
                continue;
            if (m_known.value(place.word, State::Asked) == State::Asked) {
                if (!unknown.contains(place.word))
                    unknown.append(place.word);
            } else if (unknown.isEmpty() && isWrong(place.word)) {
                m_searchFrom = -1;
                m_edit.setTextCursor(word);
                m_edit.ensureCursorVisible();
                showMenu(word, m_edit.cursorRect(word).bottomLeft());
                return;
            }
        }
        if (unknown.isEmpty())
            m_searchFrom = block.position() + block.length() - 1;
        if (unknown.size() >= MostAtOnce)
            break;
    }
    if (!unknown.isEmpty()) {
        Q_EMIT checkWanted(unknown);
    } else if (!m_hasWrapped) {
        m_hasWrapped = true;
        m_searchFrom = 0;
        findNext();
    } else {
        m_searchFrom = -1;
        Q_EMIT told(tr("Every word is in the dictionary."));
    }
}

QTextCursor SpellChecker::wrongWordAt(const QTextCursor &cursor) const
{
    const QTextBlock block = cursor.block();
    const QList<WordPlace> places = wordsOf(block);
    for (const WordPlace &place : places) {
        const QTextCursor word = cursorOf(block, place);
        if (word.selectionStart() <= cursor.position() && cursor.position() <= word.selectionEnd()
            && isWrong(place.word))
            return word;
    }
    return {};
}

void SpellChecker::contextMenu(const QPoint &position)
{
    // The menu key asks at the caret, the mouse where it points.
    const QTextCursor caret = m_edit.textCursor();
    const bool isAtCaret = m_edit.cursorRect().adjusted(-2, -2, 2, 2).contains(position);
    showMenu(wrongWordAt(isAtCaret ? caret : m_edit.cursorForPosition(position)), position);
}

/// The usual menu, and on top of it what can be done about a word when there is one.
void SpellChecker::showMenu(QTextCursor word, const QPoint &position)
{
    QMenu *menu = m_edit.createStandardContextMenu();
    menu->setObjectName(u"textContextMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (!word.isNull()) {
        m_asked = word;
        m_menu = menu;
        const QString text = word.selectedText();
        auto *waiting = new QAction(tr("Looking for suggestions…"), menu);
        waiting->setObjectName(u"waitingAction"_s);
        waiting->setEnabled(false);
        auto *add = new QAction(tr("&Add to dictionary"), menu);
        auto *ignore = new QAction(tr("&Ignore in this message"), menu);
        connect(add, &QAction::triggered, this, [this, text] {
            Q_EMIT learnWanted(text);
            forget();
        });
        connect(ignore, &QAction::triggered, this, [this, text] {
            m_ignored.insert(text);
            mark();
        });
        QAction *first = menu->actions().constFirst();
        menu->insertActions(first, { waiting, add, ignore });
        menu->insertSeparator(first);
        menu->insertSeparator(add);
        Q_EMIT suggestionsWanted(text);
    }
    menu->popup(m_edit.viewport()->mapToGlobal(position));
}

void SpellChecker::offer(const QString &word, const QStringList &suggestions)
{
    if (!m_menu || m_asked.selectedText() != word)
        return;
    auto *waiting = m_menu->findChild<QAction *>(u"waitingAction"_s);
    QList<QAction *> actions;
    for (const QString &suggestion : suggestions) {
        auto *action = new QAction(suggestion, m_menu);
        QFont bold = action->font();
        bold.setBold(true);
        action->setFont(bold);
        connect(action, &QAction::triggered, this, [this, place = m_asked, suggestion]() mutable {
            place.insertText(suggestion);
            m_edit.setTextCursor(place);
        });
        actions.append(action);
    }
    if (actions.isEmpty()) {
        waiting->setText(tr("No suggestions"));
        return;
    }
    m_menu->insertActions(waiting, actions);
    m_menu->removeAction(waiting);
    m_menu->setActiveAction(actions.constFirst());
}

} // namespace postrider::compose
