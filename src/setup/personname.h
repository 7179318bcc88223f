// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QString>

namespace postrider::setup {

/// Whether a text can be a person's name rather than a login or a role: "Ann User", but not "root", "user1"
/// or "Debian Live user".
[[nodiscard]] bool looksLikeName(const QString &text, const QString &login);

/// The name that the operating system has for who is signed in, if it looks like one; otherwise empty.
[[nodiscard]] QString nameOfThisUser();

} // namespace postrider::setup
