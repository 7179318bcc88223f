// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/secret.h"

#include <QByteArrayView>
#include <QCryptographicHash>

namespace postrider::sasl {

// The hash functions of libcrypto for what mechanisms need: MD5, SHA-1 and SHA-256. Results are overwritten
// when they are forgotten, which Qt's functions do not do (docs/adr/0008-sasl-libraries.md). A result is
// empty when the library refuses, because of a policy of the system or for want of memory.

[[nodiscard]] base::Secret hash(QCryptographicHash::Algorithm algorithm, QByteArrayView data);
/// RFC 2104.
[[nodiscard]] base::Secret hmac(QCryptographicHash::Algorithm algorithm, QByteArrayView key,
                                QByteArrayView data);
/// RFC 8018 section 5.2 with HMAC, as many octets as the hash has.
[[nodiscard]] base::Secret pbkdf2(QCryptographicHash::Algorithm algorithm, QByteArrayView password,
                                  QByteArrayView salt, int iterations);

/// Takes a time that depends on the lengths only.
[[nodiscard]] bool equalInConstantTime(QByteArrayView left, QByteArrayView right);

} // namespace postrider::sasl
