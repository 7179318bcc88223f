// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "setup/checkline.h"

#include "widgets/symbolicicon.h"
#include "widgets/tone.h"

#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace postrider::setup {

namespace {

QString iconName(CheckLine::State state)
{
    switch (state) {
    case CheckLine::State::Waiting:
        return u"state-queued"_s;
    case CheckLine::State::Running:
        return u"state-sending"_s;
    case CheckLine::State::Good:
        return u"state-sent"_s;
    case CheckLine::State::Bad:
        return u"state-attention"_s;
    }
    Q_UNREACHABLE();
}

widgets::Tone tone(CheckLine::State state)
{
    switch (state) {
    case CheckLine::State::Waiting:
    case CheckLine::State::Running:
        return widgets::Tone::Information;
    case CheckLine::State::Good:
        return widgets::Tone::Good;
    case CheckLine::State::Bad:
        return widgets::Tone::Problem;
    }
    Q_UNREACHABLE();
}

} // namespace

CheckLine::CheckLine(QWidget *parent)
    : QWidget(parent)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
{
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1);
    paintIcon();
}

void CheckLine::show(State state, const QString &text)
{
    m_state = state;
    m_text->setText(text);
    paintIcon();
    setVisible(true);
}

QString CheckLine::text() const
{
    return m_text->text();
}

void CheckLine::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        paintIcon();
}

void CheckLine::paintIcon()
{
    const int side = fontMetrics().height();
    QPixmap pixmap(QSize(side, side) * devicePixelRatio());
    pixmap.setDevicePixelRatio(devicePixelRatio());
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    const QColor color = widgets::toneColors(tone(m_state), QGuiApplication::palette()).accent;
    widgets::paintSymbol(painter, QRect(0, 0, side, side), iconName(m_state), color);
    painter.end();
    m_icon->setPixmap(pixmap);
}

} // namespace postrider::setup
