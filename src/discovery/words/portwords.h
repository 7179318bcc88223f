// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "discovery/report.h"

#include <QString>

namespace postrider::discovery {

/// How the port protects what is said: "encrypted from the start", "switches to encryption".
[[nodiscard]] QString portTitle(const accounts::Server &server);

/// What came of a port, in a few words for a row: "works", "nothing is listening".
[[nodiscard]] QString shortSentence(const PortResult &result);

/// The same for a person who wants to know it.
[[nodiscard]] QString sentence(const PortResult &result);

/// What can be done about it; empty when nothing needs to be.
[[nodiscard]] QString advice(const PortResult &result);

/// How long it took, as rows show it; empty as long as that is not known.
[[nodiscard]] QString timeWords(const PortResult &result);

} // namespace postrider::discovery
