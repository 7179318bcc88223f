// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "widgets/tone.h"

#include <algorithm>
#include <cmath>

namespace postrider::widgets {

namespace {

// Relative luminance, WCAG 2.1.
double luminance(const QColor &color)
{
    const auto linear = [](double channel) {
        return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

struct Row
{
    ToneColors light {};
    ToneColors dark {};
};

ToneColors colors(QRgb background, QRgb text, QRgb accent)
{
    return { QColor(background), QColor(text), QColor(accent) };
}

Row row(Tone tone)
{
    switch (tone) {
    case Tone::Information:
        return { colors(0xffe8f1fb, 0xff10243a, 0xff2a66a3), colors(0xff1d2e40, 0xffdcebfb, 0xff6aa9e8) };
    case Tone::Practice:
        return { colors(0xfffff4d6, 0xff3a2c00, 0xff806000), colors(0xff3a3113, 0xffffefc2, 0xffd9b64a) };
    case Tone::Good:
        return { colors(0xffe5f4e8, 0xff0f2f18, 0xff2a713e), colors(0xff1c3524, 0xffd9f5e1, 0xff63c183) };
    case Tone::Attention:
        return { colors(0xfffdefdc, 0xff3d2400, 0xff9a5200), colors(0xff42301a, 0xffffe6c7, 0xffffb25c) };
    case Tone::Problem:
        return { colors(0xfffdeaea, 0xff4a0d0d, 0xffb3261e), colors(0xff442020, 0xffffdede, 0xffff8a80) };
    }
    Q_UNREACHABLE();
}

} // namespace

ToneColors toneColors(Tone tone, const QPalette &palette)
{
    const Row both = row(tone);
    return isDark(palette) ? both.dark : both.light;
}

bool isDark(const QPalette &palette)
{
    return luminance(palette.color(QPalette::WindowText)) > luminance(palette.color(QPalette::Window));
}

double contrastRatio(const QColor &one, const QColor &other)
{
    const auto [darker, lighter] = std::minmax({ luminance(one), luminance(other) });
    return (lighter + 0.05) / (darker + 0.05);
}

} // namespace postrider::widgets
