// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "compose/text/modehistory.h"

#include <QKeySequence>
#include <QList>
#include <QObject>

class QAction;
class QActionGroup;
class QColor;
class QMenu;
class QTextCharFormat;
class QToolBar;

namespace postrider::compose {

class MessageBodyEdit;

/**
 * What can be done to the look of a message's text, as actions for a menu and a tool bar. They follow the
 * caret, and are disabled in plain mode.
 */
class FormatActions final : public QObject
{
    Q_OBJECT

public:
    FormatActions(MessageBodyEdit &edit, QWidget &window);
    ~FormatActions() override = default;
    Q_DISABLE_COPY_MOVE(FormatActions)

    void fill(QMenu &menu);
    void fill(QToolBar &bar);

private:
    struct Look
    {
        const char *name; ///< the object's name and the icon's
        QString text {};
        QKeySequence key {};
    };

    [[nodiscard]] QAction *make(const Look &look);
    [[nodiscard]] QAction *makeToggle(const Look &look);
    void makeLetters();
    void makeParagraphs();
    void makeChoices();
    void addSize(const QString &text, int step);
    void merge(const QTextCharFormat &format);
    void setMode(TextMode mode);
    void showLetters(const QTextCharFormat &format);
    void showParagraph();
    void chooseFont();
    void chooseColor(int property);
    void setColor(int property, const QColor &color);
    void addColors(QMenu &menu, int property);
    [[nodiscard]] QMenu *makeMenu(const Look &look);

    MessageBodyEdit &m_edit;
    QWidget &m_window;
    QAction *m_bold = nullptr;
    QAction *m_italic = nullptr;
    QAction *m_underline = nullptr;
    QAction *m_strike = nullptr;
    QAction *m_bullets = nullptr;
    QAction *m_numbers = nullptr;
    QAction *m_quote = nullptr;
    QAction *m_unquote = nullptr;
    QAction *m_indent = nullptr;
    QAction *m_outdent = nullptr;
    QAction *m_clear = nullptr;
    QAction *m_direction = nullptr;
    QMenu *m_headings = nullptr;
    QMenu *m_sizes = nullptr;
    QMenu *m_fonts = nullptr;
    QMenu *m_colors = nullptr;
    QMenu *m_backgrounds = nullptr;
    QMenu *m_alignments = nullptr;
    QActionGroup *m_headingGroup = nullptr;
    QActionGroup *m_sizeGroup = nullptr;
    QActionGroup *m_alignmentGroup = nullptr;
    QList<QAction *> m_all {};
};

} // namespace postrider::compose
