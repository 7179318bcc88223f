// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "widgets/recipientaccess.h"

#include "widgets/recipientfield.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPointer>
#include <QTextCursor>

using namespace Qt::StringLiterals;

namespace postrider::widgets {

namespace {

class ChipAccess final : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    ChipAccess(RecipientField &field, int index)
        : m_field(&field)
        , m_index(index)
    { }

    [[nodiscard]] bool isValid() const override { return m_field && m_index < m_field->chipCount(); }
    [[nodiscard]] QObject *object() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface *parent() const override
    {
        return QAccessible::queryAccessibleInterface(m_field);
    }
    [[nodiscard]] QAccessibleInterface *child(int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    [[nodiscard]] QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect inField = m_field->chipRectangle(m_index);
        return { m_field->viewport()->mapToGlobal(inField.topLeft()), inField.size() };
    }
    [[nodiscard]] QString text(QAccessible::Text which) const override
    {
        if (!isValid() || which != QAccessible::Name)
            return {};
        const Recipient &recipient = m_field->chip(m_index);
        if (recipient.state == Recipient::State::Good)
            //: What a screen reader says of one recipient; %1 is name and address.
            return RecipientField::tr("%1, press Enter to edit, Delete to remove").arg(recipient.text);
        //: What a screen reader says of a recipient; %1 is the address, %2 says in sentences what is wrong.
        return RecipientField::tr("%1: %2 Press Enter to edit, Delete to remove")
            .arg(recipient.text, recipient.remark());
    }
    void setText(QAccessible::Text, const QString &) override { }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state;
        state.focusable = state.selectable = true;
        state.invalid = !isValid();
        if (!isValid())
            return state;
        state.selected = state.focused = m_field->selectedChip() == m_index;
        state.focused = state.focused && m_field->hasFocus();
        state.offscreen = m_field->chipRectangle(m_index).isEmpty();
        return state;
    }
    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this)
                                                    : nullptr;
    }

    [[nodiscard]] QStringList actionNames() const override { return { pressAction(), setFocusAction() }; }
    [[nodiscard]] QStringList keyBindingsForAction(const QString &) const override { return {}; }
    void doAction(const QString &name) override
    {
        if (!isValid())
            return;
        m_field->setFocus();
        if (name == pressAction())
            m_field->editChip(m_index);
        else if (name == setFocusAction())
            m_field->selectChip(m_index);
    }

private:
    QPointer<RecipientField> m_field;
    int m_index;
};

class FieldAccess final : public QAccessibleWidget,
                          public QAccessibleTextInterface,
                          public QAccessibleEditableTextInterface
{
public:
    explicit FieldAccess(RecipientField *field)
        : QAccessibleWidget(field, QAccessible::EditableText)
    { }
    ~FieldAccess() override
    {
        for (const QAccessible::Id id : std::as_const(m_chips))
            QAccessible::deleteAccessibleInterface(id);
    }
    Q_DISABLE_COPY_MOVE(FieldAccess)

    [[nodiscard]] QString text(QAccessible::Text which) const override
    {
        const QString own = QAccessibleWidget::text(which);
        if (which == QAccessible::Value)
            return content();
        const int count = field().chipCount();
        if (which != QAccessible::Description || count == 0)
            return own;
        //: What a screen reader says of a field with recipients; %1 says what the field is for.
        return RecipientField::tr("%n address(es). %1", nullptr, count).arg(own);
    }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.editable = true;
        state.multiLine = false;
        state.selectableText = true;
        return state;
    }
    void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::TextInterface)
            return static_cast<QAccessibleTextInterface *>(this);
        if (type == QAccessible::EditableTextInterface)
            return static_cast<QAccessibleEditableTextInterface *>(this);
        return QAccessibleWidget::interface_cast(type);
    }

    [[nodiscard]] int childCount() const override { return field().chipCount(); }
    [[nodiscard]] QAccessibleInterface *child(int index) const override
    {
        if (index < 0 || index >= field().chipCount())
            return nullptr;
        while (m_chips.size() <= index)
            m_chips.append(QAccessible::registerAccessibleInterface(
                new ChipAccess(field(), static_cast<int>(m_chips.size()))));
        return QAccessible::accessibleInterface(m_chips.at(index));
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *child) const override
    {
        return static_cast<int>(
            m_chips.indexOf(QAccessible::uniqueId(const_cast<QAccessibleInterface *>(child))));
    }
    [[nodiscard]] QAccessibleInterface *focusChild() const override
    {
        return field().hasFocus() ? child(field().selectedChip()) : nullptr;
    }
    [[nodiscard]] QAccessibleInterface *childAt(int x, int y) const override
    {
        const QPoint point = field().viewport()->mapFromGlobal(QPoint(x, y));
        for (int index = 0; index < field().chipCount(); ++index) {
            if (field().chipRectangle(index).contains(point))
                return child(index);
        }
        return nullptr;
    }

    void selection(int index, int *begin, int *end) const override
    {
        const QTextCursor cursor = field().textCursor();
        const bool isThere = index == 0 && cursor.hasSelection();
        *begin = isThere ? cursor.selectionStart() : 0;
        *end = isThere ? cursor.selectionEnd() : 0;
    }
    [[nodiscard]] int selectionCount() const override { return field().textCursor().hasSelection() ? 1 : 0; }
    void addSelection(int begin, int end) override { setSelection(0, begin, end); }
    void removeSelection(int) override { setCursorPosition(cursorPosition()); }
    void setSelection(int, int begin, int end) override
    {
        QTextCursor cursor(field().document());
        cursor.setPosition(bounded(begin));
        cursor.setPosition(bounded(end), QTextCursor::KeepAnchor);
        field().setTextCursor(cursor);
    }
    [[nodiscard]] int cursorPosition() const override { return field().textCursor().position(); }
    void setCursorPosition(int position) override { setSelection(0, position, position); }
    [[nodiscard]] QString text(int begin, int end) const override
    {
        return content().mid(begin, end - begin);
    }
    [[nodiscard]] int characterCount() const override { return static_cast<int>(content().size()); }
    [[nodiscard]] QRect characterRect(int offset) const override
    {
        QTextCursor cursor(field().document());
        cursor.setPosition(bounded(offset));
        const QRect caret = field().cursorRect(cursor);
        return { field().viewport()->mapToGlobal(caret.topLeft()), caret.size() };
    }
    [[nodiscard]] int offsetAtPoint(const QPoint &point) const override
    {
        return field().cursorForPosition(field().viewport()->mapFromGlobal(point)).position();
    }
    void scrollToSubstring(int begin, int end) override
    {
        Q_UNUSED(end)
        setCursorPosition(begin);
        field().ensureCursorVisible();
    }
    [[nodiscard]] QString attributes(int offset, int *begin, int *end) const override
    {
        Q_UNUSED(offset)
        *begin = 0;
        *end = characterCount();
        return {};
    }

    void deleteText(int begin, int end) override { replaceText(begin, end, {}); }
    void insertText(int offset, const QString &text) override { replaceText(offset, offset, text); }
    void replaceText(int begin, int end, const QString &text) override
    {
        QTextCursor cursor(field().document());
        cursor.setPosition(bounded(begin));
        cursor.setPosition(bounded(end), QTextCursor::KeepAnchor);
        cursor.insertText(text, {});
    }

private:
    [[nodiscard]] RecipientField &field() const { return *static_cast<RecipientField *>(widget()); }
    [[nodiscard]] QString content() const { return field().toPlainText(); }
    [[nodiscard]] int bounded(int position) const { return qBound(0, position, characterCount()); }

    mutable QList<QAccessible::Id> m_chips {};
};

QAccessibleInterface *recipientInterface(const QString &, QObject *object)
{
    auto *field = qobject_cast<RecipientField *>(object);
    return field ? new FieldAccess(field) : nullptr;
}

} // namespace

void installRecipientAccess()
{
    // Qt asks the factory that was installed last first: this one comes after the application's own.
    static const bool Installed = [] {
        QAccessible::installFactory(recipientInterface);
        return true;
    }();
    Q_UNUSED(Installed)
}

} // namespace postrider::widgets
