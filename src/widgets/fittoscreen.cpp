// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "widgets/fittoscreen.h"

#include <QScreen>
#include <QStyle>
#include <QWidget>

namespace postrider::widgets {

void fitToScreen(QWidget &window)
{
    // The frame that the window manager adds is known only later.
    const QSize titleBar(0, window.style()->pixelMetric(QStyle::PM_TitleBarHeight));
    window.resize(window.size().boundedTo(window.screen()->availableSize() - titleBar));
}

} // namespace postrider::widgets
