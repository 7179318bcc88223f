// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"
#include "base/secret.h"

#include <QByteArrayView>
#include <QList>
#include <QSslCertificate>
#include <QSslKey>

namespace postrider::net {

/// What shows a server who its client is, inside the TLS handshake, for SASL EXTERNAL.
struct ClientCertificate
{
    QList<QSslCertificate> chain {}; ///< the own one first, then the authorities between it and the root
    QSslKey key {};

    [[nodiscard]] bool isNull() const { return chain.isEmpty() || key.isNull(); }
};

enum class ClientCertificateError {
    NoCertificate, ///< none in PEM form
    NoKey,         ///< none in PEM form, or another passphrase
    KeyMismatch,   ///< the key belongs to another certificate
};

/**
 * Reads the contents of a certificate file and of a key file, both in PEM form; they may be the same file.
 * The key may be RSA or EC, in its traditional form or as PKCS #8, encrypted or not.
 */
[[nodiscard]] base::Expected<ClientCertificate, ClientCertificateError>
readClientCertificate(const QByteArray &certificatePem, const QByteArray &keyPem,
                      const base::Secret &passphrase = {});

} // namespace postrider::net
