// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "outbox/problem.h"

#include <QString>

namespace postrider::delivery {

/// What happened, as plain sentences without reply codes.
[[nodiscard]] QString sentence(const outbox::Problem &problem);

/// Whose turn it is, where a server's reply tells; empty when time alone mends it.
[[nodiscard]] QString responsibility(const outbox::Problem &problem);

/// What the person can do about it; empty when nothing is needed.
[[nodiscard]] QString advice(const outbox::Problem &problem);

/// The server's answer as it came, for Details: "550 5.1.1 No such user here"; empty when no server spoke.
[[nodiscard]] QString serverWords(const outbox::Problem &problem);

/// What stands behind the sentence, as one of its own: "The server said: 550 5.1.1 No such user here", or
/// what this computer reported when no server spoke; empty when there is nothing more to say.
[[nodiscard]] QString evidence(const outbox::Problem &problem);

} // namespace postrider::delivery
