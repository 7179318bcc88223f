// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QString>

/// Somebody else's words (a server's, a certificate's) among our own.
namespace postrider::base {

/// Without characters that could do anything but be read: controls, line ends and those that turn the
/// direction of writing become visible replacement characters.
[[nodiscard]] QString inert(const QString &text);

/// The same between quotation marks, kept from turning the direction of the sentence around them.
[[nodiscard]] QString quoted(const QString &text);

} // namespace postrider::base
