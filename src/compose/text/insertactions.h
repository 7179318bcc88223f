// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "compose/text/modehistory.h"

#include <QKeySequence>
#include <QList>
#include <QObject>

class QAction;
class QMenu;
class QToolBar;

namespace postrider::compose {

class MessageBodyEdit;

/**
 * What can be put into a message's text, as actions for a menu and a tool bar: emoji in both modes, the rest
 * in rich mode. A picture's file is read in the thread pool.
 */
class InsertActions final : public QObject
{
    Q_OBJECT

public:
    InsertActions(MessageBodyEdit &edit, QWidget &window);
    ~InsertActions() override = default;
    Q_DISABLE_COPY_MOVE(InsertActions)

    void fill(QMenu &menu);
    void fill(QToolBar &bar);
    /// Puts the pictures at the caret.
    void insertPictureFiles(const QStringList &paths);

Q_SIGNALS:
    /// A file that can't be shown as a picture, with the reason in words.
    void refused(const QString &path, const QString &reason);

private:
    struct Look
    {
        const char *name; ///< the object's name and the icon's
        QString text {};
        QKeySequence key {};
        void (InsertActions::*use)();
    };

    QAction *make(const Look &look);
    void askForLink();
    void setLink(int begin, int end, const QString &text, const QString &address);
    void askForPicture();
    void insertPictureFile(const QString &path);
    void askForTable();
    void askForEmoji();
    void askForHtml();
    void insertLine();
    void setMode(TextMode mode);

    MessageBodyEdit &m_edit;
    QWidget &m_window;
    QAction *m_link;
    QAction *m_picture;
    QAction *m_table;
    QAction *m_line;
    QAction *m_emoji;
    QAction *m_html;
};

} // namespace postrider::compose
