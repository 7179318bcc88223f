// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QWidget>

namespace postrider::setup {

/**
 * A page of the set-up window. The window owns the buttons; a page says when Next may be pressed, does its
 * part when it is, and tells when the next page may come.
 *
 * A page that is left keeps what was typed and ends what it had under way.
 */
class SetupPage : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// What stands above the page.
    [[nodiscard]] virtual QString title() const = 0;
    /// From 1 to 4; 0: before the first.
    [[nodiscard]] virtual int step() const = 0;
    /// Where the keyboard goes when the page appears.
    [[nodiscard]] virtual QWidget *firstField() const = 0;
    /// It is shown from now on.
    virtual void enter() { }
    /// Another one is shown from now on.
    virtual void leave() { }
    /// Whether Next can be pressed.
    [[nodiscard]] virtual bool isComplete() const { return true; }
    /// Next was pressed: ends in finished(), or says in the page what is missing.
    virtual void goOn() = 0;

Q_SIGNALS:
    /// isComplete() may be different.
    void completeChanged();
    void finished();
};

} // namespace postrider::setup
