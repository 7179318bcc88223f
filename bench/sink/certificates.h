// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "support/openssl.h"

#include <string>

namespace postrider::bench {

/// TLS for a server called localhost and 127.0.0.1, with keys that end with the process. The authority that
/// vouches for it is written to a PEM file, for the clients.
[[nodiscard]] TlsContext makeServerContext(const std::string &authorityFile);

} // namespace postrider::bench
