// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "widgets/recipient.h"

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>
#include <QTextBlock>
#include <QTextEdit>

namespace postrider::widgets {

class Announcer;
class RecipientChip;

/**
 * A field for mail addresses, each of which becomes a chip once it is complete: at a comma, a semicolon,
 * Enter, Tab or when the field is left. What is no address becomes a chip too, and says why; nothing that
 * was typed or pasted is lost.
 *
 * A chip is one character of the text, so that caret, selection, undo, the clipboard and dragging are those
 * of any text field. Left, Right, Home and End select chips on their way, Enter or F2 or a double click turns
 * one back into text, Delete and Backspace remove it. Lines are wrapped up to a height of four, then the
 * field scrolls.
 *
 * Screen readers hear the chips as children of the field, and what changes through an announcement.
 */
class RecipientField final : public QTextEdit
{
    Q_OBJECT

public:
    explicit RecipientField(QWidget *parent = nullptr);
    ~RecipientField() override = default;
    Q_DISABLE_COPY_MOVE(RecipientField)

    /// Replaces everything; each entry becomes a chip. Cannot be undone.
    void setAddresses(const QString &text);
    /// Chips and unfinished text, separated by commas: gives the same again to setAddresses().
    [[nodiscard]] QString addresses() const;
    /// Chips and unfinished text, in order.
    [[nodiscard]] QList<Recipient> recipients() const;
    [[nodiscard]] bool isBlank() const;
    /// Turns what is unfinished into chips.
    void complete();
    /// Turns the chip back into text with the faulty piece selected, and takes the focus.
    void correct(const Recipient &recipient);
    /// Puts another entry into the place of each chip with the first text.
    void replace(const QString &text, const QString &by);

    [[nodiscard]] int chipCount() const;
    /// Of the chip with that number; the field must have it.
    [[nodiscard]] const Recipient &chip(int index) const;
    /// In the coordinates of the viewport; empty while it is scrolled out of sight.
    [[nodiscard]] QRect chipRectangle(int index) const;
    /// Of the chip that alone is selected; -1: none.
    [[nodiscard]] int selectedChip() const;
    void selectChip(int index);
    void editChip(int index);
    void removeChip(int index);

    /// What the text of a chip stands for.
    [[nodiscard]] const Recipient &recipientOf(const QString &text) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// Chips came, went or changed.
    void recipientsChanged();
    /// The focus went elsewhere, and everything is chips.
    void left();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    [[nodiscard]] bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
    [[nodiscard]] QMimeData *createMimeDataFromSelection() const override;

private:
    /// A stretch of unfinished text between chips.
    struct Run
    {
        int begin = 0;
        int end = 0;
    };
    enum class Towards { Start, End };
    enum class ChipPart { Body, Domain, Remove };

    [[nodiscard]] QString content() const { return document()->firstBlock().text(); }
    [[nodiscard]] bool isChip(int position) const;
    [[nodiscard]] QList<int> chipPositions() const;
    [[nodiscard]] const Recipient &chipAtPosition(int position) const;
    [[nodiscard]] int selectedPosition() const;
    [[nodiscard]] bool isSelected(int position) const;
    [[nodiscard]] int chipAt(const QPoint &point) const;
    [[nodiscard]] QRectF rectangleAt(int position) const;
    [[nodiscard]] QString textBetween(int begin, int end) const;
    [[nodiscard]] Run runAt(int position) const;
    [[nodiscard]] const Recipient &remember(const Recipient &recipient) const;
    void completeRun(Run run);
    [[nodiscard]] Run withUnfinishedName(Run run) const;
    void insertChips(QTextCursor &cursor, const QList<Recipient> &recipients);
    [[nodiscard]] ChipPart partAt(int position, const QPoint &point) const;
    void tellAdded(const QList<Recipient> &added, const QStringList &repeated);
    void selectPosition(int position);
    void removePosition(int position);
    void editPosition(int position);
    void replacePosition(int position, const Recipient &recipient);
    [[nodiscard]] bool handleEditingKey(QKeyEvent *event);
    [[nodiscard]] bool handleSeparator(QChar typed);
    [[nodiscard]] bool moveAmongChips(Towards towards);
    [[nodiscard]] bool moveToEdge(Towards towards);
    [[nodiscard]] bool takeBackEdit();
    void applyLook();
    void updateHeight();
    void tellSelection();

    RecipientChip *m_painter;
    Announcer *m_announcer;
    mutable QHash<QString, Recipient> m_known {};
    QString m_edited {};    ///< text of the chip that is being edited
    QString m_nameBegin {}; ///< text of the chip that a comma ended, which may be the start of a name
    int m_pressed = -1;     ///< position of the chip on which the pointer went down
    int m_height = 0;
    int m_toldChip = -1;
};

} // namespace postrider::widgets
