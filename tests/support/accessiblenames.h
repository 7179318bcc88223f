// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QAccessible>
#include <QComboBox>
#include <QStringList>
#include <QWidget>

namespace postrider::support {

/// The object names of the widgets below a window that the Tab key reaches and that a screen reader would
/// call nothing. A combo box is called by what is chosen, so it needs a description.
inline QStringList namelessInputs(const QWidget &window)
{
    QStringList nameless;
    const auto all = window.findChildren<QWidget *>();
    for (QWidget *widget : all) {
        // Parts of composed widgets (a spin box's line edit, a view's viewport) speak with their owner's
        // name.
        if (!(widget->focusPolicy() & Qt::TabFocus) || widget->objectName().startsWith(QLatin1String("qt_")))
            continue;
        const QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
        const auto part = qobject_cast<QComboBox *>(widget) ? QAccessible::Description : QAccessible::Name;
        if (!accessible || accessible->text(part).isEmpty())
            nameless.append(widget->objectName());
    }
    return nameless;
}

} // namespace postrider::support
