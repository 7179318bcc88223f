// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "net/clientcertificate.h"

#include "net/openssl.h"

#include <openssl/bio.h>
#include <openssl/pem.h>

namespace postrider::net {

using base::Unexpected;

namespace {

/// Without it OpenSSL would ask on the terminal.
int givePassphrase(char *buffer, int size, int, void *passphrase)
{
    const QByteArrayView octets = static_cast<const base::Secret *>(passphrase)->reveal();
    if (octets.size() > size)
        return -1;
    std::copy(octets.begin(), octets.end(), buffer);
    return static_cast<int>(octets.size());
}

PrivateKeyPointer readKey(const QByteArray &pem, const base::Secret &passphrase)
{
    const BioPointer bio(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())));
    return PrivateKeyPointer(
        PEM_read_bio_PrivateKey(bio.get(), nullptr, givePassphrase, const_cast<base::Secret *>(&passphrase)));
}

/// QSslKey reads only what it has been told the algorithm of.
QSslKey toQt(EVP_PKEY *key)
{
    const BioPointer bio(BIO_new(BIO_s_secmem()));
    if (i2d_PrivateKey_bio(bio.get(), key) != 1)
        return {};
    const char *data = nullptr;
    const auto size = BIO_get_mem_data(bio.get(), &data);
    const QByteArray der = QByteArray::fromRawData(data, static_cast<qsizetype>(size));
    switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_RSA:
        return QSslKey(der, QSsl::Rsa, QSsl::Der);
    case EVP_PKEY_EC:
        return QSslKey(der, QSsl::Ec, QSsl::Der);
    default:
        return {};
    }
}

} // namespace

base::Expected<ClientCertificate, ClientCertificateError>
readClientCertificate(const QByteArray &certificatePem, const QByteArray &keyPem,
                      const base::Secret &passphrase)
{
    ClientCertificate made;
    made.chain = QSslCertificate::fromData(certificatePem, QSsl::Pem);
    if (made.chain.isEmpty() || made.chain.first().isNull())
        return Unexpected(ClientCertificateError::NoCertificate);
    const PrivateKeyPointer key = readKey(keyPem, passphrase);
    if (key)
        made.key = toQt(key.get());
    if (made.key.isNull())
        return Unexpected(ClientCertificateError::NoKey);
    const X509Pointer own = toX509(made.chain.first());
    if (!own || X509_check_private_key(own.get(), key.get()) != 1)
        return Unexpected(ClientCertificateError::KeyMismatch);
    return made;
}

} // namespace postrider::net
