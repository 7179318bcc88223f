// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "compose/text/findbar.h"

#include "compose/ui_findbar.h"

#include "compose/messagebodyedit.h"
#include "widgets/symbolicicon.h"

#include <QKeyEvent>
#include <QTextCursor>
#include <QTextDocument>

using namespace Qt::StringLiterals;

namespace postrider::compose {

FindBar::FindBar(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::FindBar>())
{
    m_ui->setupUi(this);
    m_ui->closeButton->setIcon(widgets::symbolicIcon(u"dismiss"_s));
    connect(m_ui->findEdit, &QLineEdit::textChanged, this, &FindBar::findTyped);
    connect(m_ui->caseBox, &QCheckBox::toggled, this, &FindBar::findTyped);
    connect(m_ui->wordBox, &QCheckBox::toggled, this, &FindBar::findTyped);
    connect(m_ui->nextButton, &QAbstractButton::clicked, this, [this] { find(Direction::Forward); });
    connect(m_ui->previousButton, &QAbstractButton::clicked, this, [this] { find(Direction::Backward); });
    connect(m_ui->replaceButton, &QAbstractButton::clicked, this, &FindBar::replace);
    connect(m_ui->replaceAllButton, &QAbstractButton::clicked, this, &FindBar::replaceAll);
    connect(m_ui->closeButton, &QAbstractButton::clicked, this, &FindBar::close);
    hide();
}

FindBar::~FindBar() = default;

void FindBar::open(Purpose purpose)
{
    for (QWidget *part : std::initializer_list<QWidget *> { m_ui->replaceLabel, m_ui->replaceEdit,
                                                            m_ui->replaceButton, m_ui->replaceAllButton })
        part->setVisible(purpose == Purpose::Replace);
    m_ui->resultLabel->clear();
    const QString selected = m_edit->textCursor().selectedText();
    if (!selected.isEmpty() && !selected.contains(QChar::ParagraphSeparator))
        m_ui->findEdit->setText(selected);
    show();
    m_ui->findEdit->selectAll();
    m_ui->findEdit->setFocus(Qt::ShortcutFocusReason);
}

void FindBar::close()
{
    hide();
    m_edit->setFocus(Qt::OtherFocusReason);
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape)
        close();
    else if (isReturn && m_ui->replaceEdit->hasFocus())
        replace();
    else if (isReturn)
        find(event->modifiers().testFlag(Qt::ShiftModifier) ? Direction::Backward : Direction::Forward);
    else
        QWidget::keyPressEvent(event);
}

QTextCursor FindBar::search(const QTextCursor &from, Direction direction) const
{
    QTextDocument::FindFlags flags;
    flags.setFlag(QTextDocument::FindCaseSensitively, m_ui->caseBox->isChecked());
    flags.setFlag(QTextDocument::FindWholeWords, m_ui->wordBox->isChecked());
    flags.setFlag(QTextDocument::FindBackward, direction == Direction::Backward);
    return m_edit->document()->find(m_ui->findEdit->text(), from, flags);
}

/// From the place where the last finding began, so that each letter makes it more exact.
void FindBar::findTyped()
{
    QTextCursor cursor = m_edit->textCursor();
    cursor.setPosition(cursor.selectionStart());
    m_edit->setTextCursor(cursor);
    find(Direction::Forward);
}

void FindBar::find(Direction direction)
{
    m_ui->resultLabel->clear();
    if (m_ui->findEdit->text().isEmpty())
        return;
    QTextCursor found = search(m_edit->textCursor(), direction);
    if (found.isNull()) {
        QTextCursor end(m_edit->document());
        if (direction == Direction::Backward)
            end.movePosition(QTextCursor::End);
        found = search(end, direction);
        m_ui->resultLabel->setText(found.isNull()                        ? tr("Not in the text.")
                                       : direction == Direction::Forward ? tr("Went on from the beginning.")
                                                                         : tr("Went on from the end."));
    }
    if (!found.isNull())
        m_edit->setTextCursor(found);
}

bool FindBar::isFound(const QTextCursor &cursor) const
{
    if (!cursor.hasSelection())
        return false;
    QTextCursor before = cursor;
    before.setPosition(cursor.selectionStart());
    const QTextCursor found = search(before, Direction::Forward);
    return found.selectionStart() == cursor.selectionStart() && found.selectionEnd() == cursor.selectionEnd();
}

void FindBar::replace()
{
    QTextCursor cursor = m_edit->textCursor();
    if (isFound(cursor)) {
        cursor.insertText(m_ui->replaceEdit->text());
        m_edit->setTextCursor(cursor);
    }
    find(Direction::Forward);
}

void FindBar::replaceAll()
{
    if (m_ui->findEdit->text().isEmpty())
        return;
    int count = 0;
    QTextCursor edit(m_edit->document());
    edit.beginEditBlock();
    for (QTextCursor found = search(edit, Direction::Forward); !found.isNull();
         found = search(found, Direction::Forward)) {
        found.insertText(m_ui->replaceEdit->text());
        ++count;
    }
    edit.endEditBlock();
    m_ui->resultLabel->setText(count > 0 ? tr("Replaced %n time(s).", nullptr, count)
                                         : tr("Not in the text."));
}

} // namespace postrider::compose
