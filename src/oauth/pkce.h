// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>

namespace postrider::oauth {

/// 256 random bits in the letters of base64url: a state (RFC 6749 section 10.12) or a code verifier (RFC 7636
/// section 4.1), 43 characters.
[[nodiscard]] QByteArray makeNonce();

/// Of a code verifier, by the method S256 (RFC 7636 section 4.2).
[[nodiscard]] QByteArray codeChallenge(const QByteArray &verifier);

} // namespace postrider::oauth
