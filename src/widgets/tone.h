// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QColor>
#include <QPalette>

namespace postrider::widgets {

/// What a coloured surface stands for. Colour never says it alone: a tone comes with an icon and words.
enum class Tone {
    Information,
    Practice, ///< nothing leaves this computer
    Good,
    Attention, ///< waits, or wants a person
    Problem,
};

struct ToneColors
{
    QColor background {};
    QColor text {};   ///< at least 4.5:1 on background
    QColor accent {}; ///< borders and icons; at least 3:1 on background and on the palette's window and base
};

/// The only table of own colours; chosen by whether the palette is light or dark, since Qt 6.4 tells no
/// colour scheme.
[[nodiscard]] ToneColors toneColors(Tone tone, const QPalette &palette);

/// Whether text is lighter than what it stands on.
[[nodiscard]] bool isDark(const QPalette &palette);

/// Contrast of two opaque colours as WCAG 2.1 defines it: 1 to 21.
[[nodiscard]] double contrastRatio(const QColor &one, const QColor &other);

} // namespace postrider::widgets
