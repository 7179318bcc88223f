// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "widgets/tone.h"

#include <QFrame>
#include <QList>

class QAction;
class QHBoxLayout;
class QLabel;
class QToolButton;

namespace postrider::widgets {

/**
 * A quiet bar inside a window that says something and offers what can be done about it. It takes the place
 * of message boxes: it never takes the focus, never blocks, and stays until it is dismissed or replaced.
 *
 * Hidden until showMessage(). Each message is announced to screen readers: with Qt before 6.8 they speak up
 * only when a widget of the role "notification" appears, so the banner has that role and is hidden and shown
 * again.
 *
 * All text is shown as plain text.
 */
class StatusBanner final : public QFrame
{
    Q_OBJECT

public:
    enum class Dismissal { ByPerson, ByProgramOnly };

    explicit StatusBanner(QWidget *parent = nullptr);
    ~StatusBanner() override = default;
    Q_DISABLE_COPY_MOVE(StatusBanner)

    /// Replaces what was shown. The actions become buttons, the first one first; they stay the caller's.
    /// The details stand below in smaller print: a server's own words, a file's name.
    void showMessage(Tone tone, const QString &text, const QList<QAction *> &actions = {},
                     const QString &details = {});
    /// Replaces the details alone, without a word to screen readers: for what counts or goes on.
    void setDetails(const QString &details);
    void setDismissal(Dismissal dismissal);
    void dismiss();

    [[nodiscard]] QString text() const;
    [[nodiscard]] QString details() const;
    [[nodiscard]] Tone tone() const noexcept { return m_tone; }

Q_SIGNALS:
    /// The person closed it.
    void dismissed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void applyColors();
    void replaceButtons(const QList<QAction *> &actions);

    Tone m_tone = Tone::Information;
    QLabel *m_icon;
    QLabel *m_text;
    QLabel *m_details;
    QHBoxLayout *m_buttons;
    QToolButton *m_dismiss;
    bool m_applyingColors = false;
};

} // namespace postrider::widgets
