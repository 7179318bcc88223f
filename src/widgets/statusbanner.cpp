// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "widgets/statusbanner.h"

#include "widgets/symbolicicon.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QAction>
#include <QEvent>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace postrider::widgets {

namespace {

constexpr int StripeBandWidth = 14; // logical pixels

QAccessibleInterface *notificationInterface(const QString &, QObject *object)
{
    auto *banner = qobject_cast<StatusBanner *>(object);
    return banner ? new QAccessibleWidget(banner, QAccessible::Notification) : nullptr;
}

// Qt asks the factory that was installed last first, and QApplication installs its own: ours must come after
// it, and no widget exists before it.
void installNotificationRole()
{
    static const bool Installed = [] {
        QAccessible::installFactory(notificationInterface);
        return true;
    }();
    Q_UNUSED(Installed)
}

QString iconName(Tone tone)
{
    switch (tone) {
    case Tone::Information:
        return u"information"_s;
    case Tone::Practice:
        return u"practice"_s;
    case Tone::Good:
        return u"state-sent"_s;
    case Tone::Attention:
    case Tone::Problem:
        return u"state-attention"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

StatusBanner::StatusBanner(QWidget *parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_details(new QLabel(this))
    , m_buttons(new QHBoxLayout)
    , m_dismiss(new QToolButton(this))
{
    installNotificationRole();

    for (QLabel *label : { m_text, m_details }) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    }
    QFont small = m_details->font();
    small.setPointSizeF(small.pointSizeF() * 0.9);
    m_details->setFont(small);

    m_dismiss->setIcon(symbolicIcon(u"dismiss"_s));
    m_dismiss->setAutoRaise(true);
    m_dismiss->setFocusPolicy(Qt::TabFocus);
    m_dismiss->setAccessibleName(tr("Dismiss"));
    m_dismiss->setToolTip(tr("Dismiss"));
    m_dismiss->setMinimumSize(24, 24);
    connect(m_dismiss, &QToolButton::clicked, this, [this] {
        dismiss();
        Q_EMIT dismissed();
    });

    // The icon belongs to the first line of the text, wherever in the bar that is.
    auto *words = new QGridLayout;
    words->setVerticalSpacing(2);
    words->setColumnStretch(1, 1);
    words->setRowStretch(0, 1);
    words->addWidget(m_icon, 1, 0, Qt::AlignTop);
    words->addWidget(m_text, 1, 1);
    words->addWidget(m_details, 2, 1);
    words->setRowStretch(3, 1);

    auto *layout = new QHBoxLayout(this);
    const int margin = style()->pixelMetric(QStyle::PM_LayoutTopMargin) * 2 / 3;
    layout->setContentsMargins(margin, margin, margin, margin);
    layout->addSpacing(StripeBandWidth); // for the band; unlike a margin it changes sides with the direction
    layout->addLayout(words, 1);
    layout->addLayout(m_buttons);
    layout->addWidget(m_dismiss, 0, Qt::AlignVCenter);

    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    setVisible(false);
}

void StatusBanner::showMessage(Tone tone, const QString &text, const QList<QAction *> &actions,
                               const QString &details)
{
    setVisible(false);
    m_tone = tone;
    m_text->setText(text);
    m_details->setText(details);
    m_details->setVisible(!details.isEmpty());
    replaceButtons(actions);
    applyColors();
    setAccessibleName(text);
    setAccessibleDescription(details);
    setVisible(true);
}

void StatusBanner::setDetails(const QString &details)
{
    m_details->setText(details);
    m_details->setVisible(!details.isEmpty());
}

void StatusBanner::setDismissal(Dismissal dismissal)
{
    m_dismiss->setVisible(dismissal == Dismissal::ByPerson);
}

void StatusBanner::dismiss()
{
    setVisible(false);
}

QString StatusBanner::text() const
{
    return m_text->text();
}

QString StatusBanner::details() const
{
    return m_details->text();
}

void StatusBanner::replaceButtons(const QList<QAction *> &actions)
{
    while (QLayoutItem *item = m_buttons->takeAt(0)) {
        // Later, since the press of one of them may be what brought us here.
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (QAction *action : actions) {
        auto *button = new QPushButton(action->text(), this);
        button->setAutoDefault(false);
        button->setEnabled(action->isEnabled());
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        m_buttons->addWidget(button, 0, Qt::AlignVCenter);
    }
}

void StatusBanner::applyColors()
{
    m_applyingColors = true;
    const ToneColors colors = toneColors(m_tone, QGuiApplication::palette());
    for (QLabel *label : { m_text, m_details }) {
        QPalette palette = label->palette();
        palette.setColor(QPalette::WindowText, colors.text);
        label->setPalette(palette);
    }
    const int side = fontMetrics().height();
    QPixmap pixmap(QSize(side, side) * devicePixelRatio());
    pixmap.setDevicePixelRatio(devicePixelRatio());
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paintSymbol(painter, QRect(0, 0, side, side), iconName(m_tone), colors.accent);
    painter.end();
    m_icon->setPixmap(pixmap);
    m_applyingColors = false;
    update();
}

void StatusBanner::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_applyingColors)
        applyColors();
}

void StatusBanner::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    const ToneColors colors = toneColors(m_tone, QGuiApplication::palette());
    QPainter painter(this);
    painter.fillRect(rect(), colors.background);

    // The band at the leading edge: stripes for practice, so that its shape says it too.
    const bool practice = m_tone == Tone::Practice;
    const int width = practice ? StripeBandWidth : StripeBandWidth / 3;
    const QRect band
        = QStyle::visualRect(layoutDirection(), rect(), QRect(rect().topLeft(), QSize(width, height())));
    if (!practice) {
        painter.fillRect(band, colors.accent);
    } else {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setClipRect(band);
        constexpr int Step = StripeBandWidth;
        for (int y = -Step; y < height() + Step; y += Step) {
            QPainterPath stripe(QPointF(band.left(), y + Step));
            stripe.lineTo(band.right() + 1, y);
            stripe.lineTo(band.right() + 1, y + Step / 2.0);
            stripe.lineTo(band.left(), y + Step * 1.5);
            stripe.closeSubpath();
            painter.fillPath(stripe, colors.accent);
        }
        painter.setClipping(false);
    }
    painter.setPen(colors.accent);
    painter.drawLine(rect().bottomLeft(), rect().bottomRight());
}

} // namespace postrider::widgets
