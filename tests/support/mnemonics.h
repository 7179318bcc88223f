// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QAbstractButton>
#include <QGroupBox>
#include <QKeySequence>
#include <QLabel>
#include <QMap>
#include <QStringList>
#include <QTabBar>
#include <QWidget>

namespace postrider::support {

/// The Alt-letters that stand at more than one thing which is shown now, each with those things: pressing one
/// of them would only move the focus from one to the other.
[[nodiscard]] inline QStringList ambiguousMnemonics(const QWidget &window)
{
    QMap<QString, QStringList> users;
    const auto add = [&users](const QString &text) {
        const QKeySequence key = QKeySequence::mnemonic(text);
        if (!key.isEmpty())
            users[key.toString()].append(text);
    };
    const auto widgets = window.findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        if (!widget->isVisible() || widget->window() != &window)
            continue;
        if (const auto *button = qobject_cast<const QAbstractButton *>(widget)) {
            add(button->text());
        } else if (const auto *label = qobject_cast<const QLabel *>(widget)) {
            if (label->buddy() && label->buddy()->isVisible())
                add(label->text());
        } else if (const auto *box = qobject_cast<const QGroupBox *>(widget)) {
            add(box->title());
        } else if (const auto *tabs = qobject_cast<const QTabBar *>(widget)) {
            for (int tab = 0; tab < tabs->count(); ++tab) {
                if (tabs->isTabVisible(tab))
                    add(tabs->tabText(tab));
            }
        }
    }
    QStringList ambiguous;
    for (auto user = users.cbegin(); user != users.cend(); ++user) {
        if (user->size() > 1)
            ambiguous.append(user.key() + QStringLiteral(": ") + user->join(QStringLiteral(" / ")));
    }
    return ambiguous;
}

} // namespace postrider::support
