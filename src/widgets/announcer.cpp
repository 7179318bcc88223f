// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "widgets/announcer.h"

#include <QAccessible>
#include <QAccessibleWidget>

#include <chrono>

namespace postrider::widgets {

namespace {

constexpr std::chrono::seconds Pause { 2 };

QAccessibleInterface *notificationInterface(const QString &, QObject *object)
{
    auto *announcer = qobject_cast<Announcer *>(object);
    return announcer ? new QAccessibleWidget(announcer, QAccessible::Notification) : nullptr;
}

} // namespace

Announcer::Announcer(QWidget *parent)
    : QWidget(parent)
{
    // Qt asks the factory that was installed last first, and QApplication installs its own before any widget.
    static const bool Installed = [] {
        QAccessible::installFactory(notificationInterface);
        return true;
    }();
    Q_UNUSED(Installed)
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFixedSize(1, 1);
    hide();
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &Announcer::speak);
}

void Announcer::say(const QString &text)
{
    m_next = text;
    if (!m_pause.isActive())
        speak();
}

void Announcer::speak()
{
    if (m_next.isEmpty())
        return;
    hide();
    setAccessibleName(m_next);
    m_next.clear();
    show();
    m_pause.start(Pause);
}

} // namespace postrider::widgets
