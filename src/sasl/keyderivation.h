// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/secret.h"

#include <QByteArray>
#include <QCryptographicHash>

#include <memory>

namespace postrider::sasl {

/**
 * The slow part of SCRAM, Hi() of RFC 5802 section 2.2, as a value: PBKDF2 (RFC 8018) with as many octets as
 * the hash has.
 *
 * Copies are cheap and share the password, which is overwritten with the last of them. A copy may go to
 * another thread; run() has no state and needs nothing of the mechanism that asked, which may be gone by
 * then.
 */
struct KeyDerivation
{
    QCryptographicHash::Algorithm hash = QCryptographicHash::Sha256;
    std::shared_ptr<const base::Secret> password {}; ///< prepared
    QByteArray salt {};
    int iterations = 0; ///< at most 1,000,000, about a second

    /// The key for Mechanism::resume(). Empty, which resume() understands, when the cryptographic library
    /// failed. Blocks for as long as it takes and cannot be interrupted.
    [[nodiscard]] base::Secret run() const;
};

} // namespace postrider::sasl
