// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"

#include <QByteArray>
#include <QDateTime>
#include <QSslCertificate>
#include <QSslKey>
#include <QString>

namespace postrider::practice {

/// What the practice server proves itself with. Made anew at each start and never written to disk.
struct Identity
{
    QSslCertificate certificate {};
    QSslKey key {};
    QByteArray keySha256 {}; ///< of the SubjectPublicKeyInfo, 32 octets
};

/**
 * A new P-256 key and a certificate signed with it for localhost and 127.0.0.1, valid from a day before now
 * (clocks differ) to a year after. The error is the crypto library's own words.
 */
[[nodiscard]] base::Expected<Identity, QString> makeIdentity(const QDateTime &now);

} // namespace postrider::practice
