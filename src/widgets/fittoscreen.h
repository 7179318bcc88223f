// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

class QWidget;

namespace postrider::widgets {

/// Makes a window that would not fit on its screen, beside panels and with its title bar, as small as that.
/// Before it is shown for the first time; what its content needs at least still counts.
void fitToScreen(QWidget &window);

} // namespace postrider::widgets
