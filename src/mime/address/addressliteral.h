// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QStringView>

namespace postrider::mime {

/// Four decimal numbers up to 255 without leading zeros, joined by dots.
[[nodiscard]] bool isIpv4Address(QStringView text);

/// An address in brackets in the place of a domain (RFC 5321 section 4.1.3): "[192.0.2.1]" or
/// "[IPv6:2001:db8::1]". IPv6 is the only registered tag.
[[nodiscard]] bool isAddressLiteral(QStringView literal);

} // namespace postrider::mime
