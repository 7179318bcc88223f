// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "sasl/keyderivation.h"

#include "sasl/cryptography.h"

namespace postrider::sasl {

base::Secret KeyDerivation::run() const
{
    return pbkdf2(hash, password->reveal(), salt, iterations);
}

} // namespace postrider::sasl
