// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QString>

namespace postrider::mime {

/// The text with U+FFFD for every half of a character (a lone surrogate), which has no form in UTF-8. What
/// people paste can have them; Qt's conversions make a question mark of some and U+FFFD of others.
[[nodiscard]] QString toWellFormed(QString text);

} // namespace postrider::mime
