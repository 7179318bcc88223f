// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QHostAddress>

namespace postrider::net {

/// As EHLO takes it (RFC 5321 section 4.1.3): "[192.0.2.1]" or "[IPv6:2001:db8::1]"; empty for a null
/// address.
[[nodiscard]] QByteArray addressLiteral(QHostAddress address);

} // namespace postrider::net
