// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/address/mailto.h"
#include "widgets/announcer.h"
#include "widgets/inerttext.h"
#include "widgets/recipientchip.h"
#include "widgets/recipientfield.h"

#include <QAccessible>
#include <QAction>
#include <QContextMenuEvent>
#include <QFocusEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QMouseEvent>
#include <QTextCursor>
#include <QTextDocument>
#include <QToolTip>
#include <QUrl>

#include <algorithm>

// What a RecipientField does with selections, keys, the pointer and the clipboard.

using namespace Qt::StringLiterals;

namespace postrider::widgets {

namespace {

constexpr QStringView Commas = u",\uFF0C\u3001\u060C"; // full width, ideographic, Arabic
constexpr QStringView Semicolons = u";\uFF1B\u061B";

bool hasFiles(const QMimeData &data)
{
    const QList<QUrl> urls = data.urls();
    return std::any_of(urls.cbegin(), urls.cend(), [](const QUrl &url) { return url.isLocalFile(); });
}

/// A mailto link stands for the addresses that it names.
QString withoutLink(const QString &line)
{
    const auto request = mime::parseMailto(line.trimmed());
    if (!request)
        return line;
    QStringList texts;
    for (const QList<mime::Mailbox> *list : { &request->to, &request->cc, &request->bcc }) {
        for (const mime::Mailbox &mailbox : *list)
            texts.append(mailbox.toDisplayString());
    }
    return texts.isEmpty() ? line : texts.join(", "_L1);
}

QString addressText(const QMimeData &data)
{
    QString text = data.text();
    if (text.isEmpty()) {
        const QList<QUrl> urls = data.urls();
        for (const QUrl &url : urls)
            text += url.toString(QUrl::FullyEncoded) + u'\n';
    }
    text.remove(QChar::ObjectReplacementCharacter);
    text.remove(QChar::Null);
    text.replace(QChar::ParagraphSeparator, u'\n');
    text.replace(QChar::LineSeparator, u'\n');
    if (!text.contains("mailto:"_L1, Qt::CaseInsensitive))
        return text;
    QStringList lines = text.split(u'\n');
    std::transform(lines.cbegin(), lines.cend(), lines.begin(), withoutLink);
    return lines.join(u'\n');
}

/// More than a piece of a name or an address.
bool isWholeEntry(const QString &text)
{
    return text.contains(u'@') || text.contains(u',') || text.contains(u';') || text.contains(u'\n')
        || text.contains(u'\t');
}

} // namespace

// --- selection

bool RecipientField::isSelected(int position) const
{
    const QTextCursor cursor = textCursor();
    return position >= cursor.selectionStart() && position < cursor.selectionEnd();
}

int RecipientField::selectedPosition() const
{
    const QTextCursor cursor = textCursor();
    const int begin = cursor.selectionStart();
    return cursor.selectionEnd() == begin + 1 && isChip(begin) ? begin : -1;
}

int RecipientField::selectedChip() const
{
    return static_cast<int>(chipPositions().indexOf(selectedPosition()));
}

void RecipientField::selectChip(int index)
{
    selectPosition(chipPositions().at(index));
}

void RecipientField::selectPosition(int position)
{
    QTextCursor cursor(document());
    cursor.setPosition(position);
    cursor.setPosition(position + 1, QTextCursor::KeepAnchor);
    setTextCursor(cursor);
}

void RecipientField::tellSelection()
{
    viewport()->update(); // chips are drawn by what is selected
    if (!QAccessible::isActive() || !hasFocus())
        return;
    const int chip = selectedChip();
    if (chip == m_toldChip)
        return;
    m_toldChip = chip;
    QAccessibleEvent event(this, QAccessible::Focus);
    if (chip >= 0)
        event.setChild(chip);
    QAccessible::updateAccessibility(&event);
}

// --- keys

void RecipientField::keyPressEvent(QKeyEvent *event)
{
    if (handleEditingKey(event)) {
        event->accept();
        return;
    }
    const int before = chipCount();
    const bool isText = !event->text().isEmpty() && event->text().at(0).isPrint()
        && !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
    // Typing beside a selected chip, not over it.
    if (const int selected = selectedPosition(); isText && selected >= 0) {
        QTextCursor cursor = textCursor();
        cursor.setPosition(selected + 1);
        setTextCursor(cursor);
    }
    QTextEdit::keyPressEvent(event);
    if (const int gone = before - chipCount(); gone > 0)
        m_announcer->say(tr("%n address(es) removed.", nullptr, gone));
}

bool RecipientField::handleEditingKey(QKeyEvent *event)
{
    const bool isPlain = !(event->modifiers() & ~Qt::KeypadModifier);
    const bool isLeftToRight = layoutDirection() == Qt::LeftToRight;
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
            return false;
        if (const int selected = selectedPosition(); selected >= 0)
            editPosition(selected);
        else
            completeRun(runAt(textCursor().position()));
        return true;
    case Qt::Key_F2:
        if (const int selected = selectedPosition(); isPlain && selected >= 0) {
            editPosition(selected);
            return true;
        }
        return false;
    case Qt::Key_Escape:
        return isPlain && takeBackEdit();
    case Qt::Key_Left:
        return isPlain && moveAmongChips(isLeftToRight ? Towards::Start : Towards::End);
    case Qt::Key_Right:
        return isPlain && moveAmongChips(isLeftToRight ? Towards::End : Towards::Start);
    case Qt::Key_Home:
        return isPlain && moveToEdge(Towards::Start);
    case Qt::Key_End:
        return isPlain && moveToEdge(Towards::End);
    case Qt::Key_Backspace:
        // A key that is held down stops at the chip.
        return event->isAutoRepeat() && !textCursor().hasSelection() && isChip(textCursor().position() - 1);
    default:
        return event->text().size() == 1 && handleSeparator(event->text().at(0));
    }
}

bool RecipientField::handleSeparator(QChar typed)
{
    if (!Commas.contains(typed) && !Semicolons.contains(typed))
        return false;
    QTextCursor cursor = textCursor();
    if (selectedPosition() < 0)
        cursor.removeSelectedText();
    const int caret = cursor.position();
    const Run run { runAt(caret).begin, caret };
    const QString text = content().mid(run.begin, run.end - run.begin);
    if (text.count(u'"') % 2 != 0)
        return false; // inside a quoted name
    completeRun(run);
    if (Commas.contains(typed))
        m_nameBegin = text.trimmed();
    return true;
}

bool RecipientField::moveAmongChips(Towards towards)
{
    const QTextCursor cursor = textCursor();
    if (cursor.hasSelection() && selectedPosition() < 0)
        return false;
    const int next = towards == Towards::Start ? cursor.selectionStart() - 1 : cursor.selectionEnd();
    if (isChip(next)) {
        selectPosition(next);
        return true;
    }
    if (!cursor.hasSelection())
        return false;
    // Off the chip, to its near side: the next press goes into what is there.
    QTextCursor off = cursor;
    off.setPosition(towards == Towards::Start ? cursor.selectionStart() : cursor.selectionEnd());
    setTextCursor(off);
    return true;
}

bool RecipientField::moveToEdge(Towards towards)
{
    QTextCursor cursor = textCursor();
    const Run run = runAt(cursor.position());
    if (towards == Towards::End) {
        cursor.setPosition(cursor.position() < run.end ? run.end : static_cast<int>(content().size()));
    } else if (cursor.position() > run.begin && !cursor.hasSelection()) {
        cursor.setPosition(run.begin);
    } else if (isChip(0)) {
        selectPosition(0);
        return true;
    } else {
        cursor.setPosition(0);
    }
    setTextCursor(cursor);
    return true;
}

/// Makes what is being edited the chip again that it was.
bool RecipientField::takeBackEdit()
{
    if (m_edited.isEmpty())
        return false;
    const Run run = runAt(textCursor().position());
    const Recipient original = recipientOf(m_edited);
    m_edited.clear();
    QTextCursor cursor(document());
    cursor.beginEditBlock();
    cursor.setPosition(run.begin);
    cursor.setPosition(run.end, QTextCursor::KeepAnchor);
    cursor.removeSelectedText();
    insertChips(cursor, { original });
    cursor.endEditBlock();
    selectPosition(run.begin);
    return true;
}

void RecipientField::focusOutEvent(QFocusEvent *event)
{
    QTextEdit::focusOutEvent(event);
    // Back soon: a menu, or another window to look something up.
    if (event->reason() == Qt::PopupFocusReason || event->reason() == Qt::MenuBarFocusReason
        || event->reason() == Qt::ActiveWindowFocusReason)
        return;
    complete();
    m_toldChip = -1;
    QTextCursor cursor = textCursor();
    cursor.clearSelection();
    setTextCursor(cursor);
    Q_EMIT left();
}

// --- the pointer

RecipientField::ChipPart RecipientField::partAt(int position, const QPoint &point) const
{
    const ChipParts parts = m_painter->partsOf(chipAtPosition(position), rectangleAt(position));
    if (parts.remove.contains(point))
        return ChipPart::Remove;
    return parts.domain.contains(point) ? ChipPart::Domain : ChipPart::Body;
}

void RecipientField::mousePressEvent(QMouseEvent *event)
{
    const QPoint point = event->position().toPoint();
    m_pressed
        = event->button() == Qt::LeftButton && event->modifiers() == Qt::NoModifier ? chipAt(point) : -1;
    if (m_pressed >= 0 && partAt(m_pressed, point) != ChipPart::Body)
        return;
    // A selected piece of text is what the pointer drags away.
    if (m_pressed >= 0 && !isSelected(m_pressed))
        selectPosition(m_pressed);
    QTextEdit::mousePressEvent(event);
}

void RecipientField::mouseReleaseEvent(QMouseEvent *event)
{
    const QPoint point = event->position().toPoint();
    const int pressed = m_pressed;
    m_pressed = -1;
    if (pressed < 0 || chipAt(point) != pressed) {
        QTextEdit::mouseReleaseEvent(event);
        return;
    }
    switch (partAt(pressed, point)) {
    case ChipPart::Remove:
        removePosition(pressed);
        return;
    case ChipPart::Domain:
        replacePosition(pressed, readRecipient(chipAtPosition(pressed).corrected()));
        return;
    case ChipPart::Body:
        QTextEdit::mouseReleaseEvent(event);
        if (!textCursor().hasSelection())
            selectPosition(pressed);
        return;
    }
}

void RecipientField::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QPoint point = event->position().toPoint();
    const int position = chipAt(point);
    if (event->button() != Qt::LeftButton || position < 0)
        QTextEdit::mouseDoubleClickEvent(event);
    else if (partAt(position, point) == ChipPart::Body)
        editPosition(position);
}

void RecipientField::contextMenuEvent(QContextMenuEvent *event)
{
    const int pointed = event->reason() == QContextMenuEvent::Mouse ? chipAt(event->pos()) : -1;
    if (pointed >= 0 && !isSelected(pointed))
        selectPosition(pointed);
    QMenu *menu = createStandardContextMenu();
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (const int position = selectedPosition(); position >= 0) {
        const Recipient &recipient = chipAtPosition(position);
        QList<QAction *> actions;
        if (!recipient.likelyDomain().isEmpty()) {
            //: Corrects an address that is probably misspelled.
            auto *correction = new QAction(tr("&Change to %1").arg(inertText(recipient.corrected())), menu);
            connect(correction, &QAction::triggered, this,
                    [this, text = recipient.text] { replace(text, recipientOf(text).corrected()); });
            actions.append(correction);
        }
        auto *edit = new QAction(tr("&Edit address"), menu);
        connect(edit, &QAction::triggered, this, [this, position] { editPosition(position); });
        actions.append(edit);
        auto *separator = new QAction(menu);
        separator->setSeparator(true);
        actions.append(separator);
        menu->insertActions(menu->actions().value(0), actions);
    }
    menu->popup(event->globalPos());
}

bool RecipientField::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QTextEdit::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int position = chipAt(help->pos());
    if (position < 0)
        return QTextEdit::viewportEvent(event);
    const Recipient &recipient = chipAtPosition(position);
    QString text = inertToolTip(recipient.text);
    if (const QString remark = recipient.remark(); !remark.isEmpty())
        text += Qt::convertFromPlainText(remark, Qt::WhiteSpaceNormal);
    QToolTip::showText(help->globalPos(), text, this, rectangleAt(position).toAlignedRect());
    return true;
}

// --- the clipboard, and what is dragged

bool RecipientField::canInsertFromMimeData(const QMimeData *source) const
{
    return !hasFiles(*source) && (source->hasText() || source->hasUrls());
}

void RecipientField::insertFromMimeData(const QMimeData *source)
{
    QString text = addressText(*source);
    QTextCursor cursor = textCursor();
    cursor.beginEditBlock();
    cursor.removeSelectedText();
    const Run run = runAt(cursor.position());
    const bool standsAlone = content().mid(run.begin, run.end - run.begin).trimmed().isEmpty();
    if (standsAlone && isWholeEntry(text)) {
        insertChips(cursor, readRecipients(text));
    } else {
        text = text.trimmed();
        const bool isList = text.contains(u'\n');
        cursor.insertText(text.replace(u'\n', ", "_L1), QTextCharFormat());
        if (isList)
            completeRun(runAt(cursor.position()));
    }
    cursor.endEditBlock();
    ensureCursorVisible();
}

QMimeData *RecipientField::createMimeDataFromSelection() const
{
    auto *copied = new QMimeData;
    copied->setText(textBetween(textCursor().selectionStart(), textCursor().selectionEnd()));
    return copied;
}

void RecipientField::changeEvent(QEvent *event)
{
    QTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::LayoutDirectionChange
        || event->type() == QEvent::StyleChange)
        applyLook();
}

} // namespace postrider::widgets
