// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "compose/text/modehistory.h"

#include <QList>
#include <QObject>
#include <QTimer>

class QAction;
class QLabel;
class QMenu;
class QToolBar;

namespace postrider::compose {

class FindBar;
class FormatActions;
class InsertActions;
class MessageBodyEdit;
class SpellChecker;

/**
 * Everything in a window that belongs to the text of its message: the switch between plain and rich, the
 * formatting bar, the menus, and the line that says how long the text is.
 */
class BodyTools final : public QObject
{
    Q_OBJECT

public:
    /// Where in the window things go.
    struct Places
    {
        QToolBar &formatBar;
        QMenu &editMenu;
        QMenu &viewMenu;
        QMenu &insertMenu;
        QMenu &formatMenu;
        QAction &richText; ///< checkable: the switch of modes
        QMenu &toolsMenu;
        QLabel &state;
        FindBar &findBar;
    };

    BodyTools(MessageBodyEdit &edit, const Places &places, QWidget &window);
    ~BodyTools() override = default;
    Q_DISABLE_COPY_MOVE(BodyTools)

    /// Where words go that a person adds while checking the spelling.
    void setPersonalDictionary(const QString &path);

Q_SIGNALS:
    /// Something would be lost: the person is to choose one of the actions.
    void asked(const QString &question, const QList<QAction *> &answers);
    /// What was asked is answered.
    void answered();
    /// A picture that can't be taken in, with the reason in words.
    void refused(const QString &path, const QString &reason);
    /// A sentence for a person who asked for something.
    void told(const QString &sentence);

private:
    void addEditActions();
    void addViewActions();
    void requestMode(TextMode mode);
    void setMode(TextMode mode);
    void showMode(TextMode mode);
    void count();
    void showState();

    MessageBodyEdit &m_edit;
    Places m_places;
    FormatActions *m_format;
    InsertActions *m_insert;
    SpellChecker *m_spelling;
    QAction *m_toPlain;
    QAction *m_stayRich;
    QTimer m_countTimer {};
    QString m_length {}; ///< "12 words, 70 characters"; empty until counted
};

} // namespace postrider::compose
