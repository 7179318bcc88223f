// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QString>

namespace postrider::base {

/// The version of this program, for example "0.1.0".
[[nodiscard]] QString version();

/// The git revision it was built from; empty when it was not built from a checkout.
[[nodiscard]] QString revision();

} // namespace postrider::base
