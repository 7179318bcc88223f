// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QString>
#include <QTimer>
#include <QWidget>

namespace postrider::widgets {

/**
 * Says something to screen readers and shows nothing: for what a sighted person sees happen anyway.
 *
 * Before Qt 6.8 they speak up only when a widget of the role "notification" appears, so this is one, a pixel
 * large and unpainted, hidden and shown again for each text. At most one text per two seconds: of those that
 * come sooner the last one is said when the time is over.
 */
class Announcer final : public QWidget
{
    Q_OBJECT

public:
    explicit Announcer(QWidget *parent);
    ~Announcer() override = default;
    Q_DISABLE_COPY_MOVE(Announcer)

    void say(const QString &text);

private:
    void speak();

    QTimer m_pause {};
    QString m_next {};
};

} // namespace postrider::widgets
