// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "oauth/tokens.h"

#include <QString>

namespace postrider::setup {

/// Why signing in at a provider's own page did not work, and what can be done; the provider's own words are
/// quoted.
[[nodiscard]] QString sentence(const oauth::SignInFailure &failure);

} // namespace postrider::setup
