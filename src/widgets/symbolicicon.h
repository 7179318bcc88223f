// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

class QPainter;
class QRect;

namespace postrider::widgets {

/// The one-coloured icon :/icons/<name>.svg, drawn in the palette's own text colour whenever it is painted,
/// so that it stays readable when the person changes between light and dark.
[[nodiscard]] QIcon symbolicIcon(const QString &name);

/// Draws the same icon in a colour of the caller's, as large as fits into the middle of the rectangle.
void paintSymbol(QPainter &painter, const QRect &rectangle, const QString &name, const QColor &color);

} // namespace postrider::widgets
