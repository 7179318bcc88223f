// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "discovery/report.h"

#include <QString>

namespace postrider::discovery {

/// All that is known about a port, for an administrator: several lines, in the terms of the protocols.
[[nodiscard]] QString details(const PortResult &result);

enum class HostNames {
    Shown,
    Masked, ///< names and addresses of computers become "name-1", "address-1"; the same one the same way
};

/// The whole report as text to be passed on: without the address that was asked for, and without a password.
[[nodiscard]] QString plainText(const Report &report, HostNames names);

} // namespace postrider::discovery
