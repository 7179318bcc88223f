// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QWidget>

class QLabel;

namespace postrider::setup {

/// One line of what is being found out: an icon and a sentence, which say the same. The icon's shape differs,
/// not only its colour.
class CheckLine final : public QWidget
{
    Q_OBJECT

public:
    enum class State { Waiting, Running, Good, Bad };

    explicit CheckLine(QWidget *parent = nullptr);
    ~CheckLine() override = default;
    Q_DISABLE_COPY_MOVE(CheckLine)

    void show(State state, const QString &text);
    using QWidget::show;
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] QString text() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void paintIcon();

    State m_state = State::Waiting;
    QLabel *m_icon;
    QLabel *m_text;
};

} // namespace postrider::setup
