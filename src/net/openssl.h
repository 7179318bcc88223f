// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QSslCertificate>

#include <memory>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

/// OpenSSL's objects as owners know them. Only for .cpp files of this module.
namespace postrider::net {

template <auto Free>
struct OpenSslDeleter
{
    template <typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};

using BioPointer = std::unique_ptr<BIO, OpenSslDeleter<&BIO_free_all>>;
using PrivateKeyPointer = std::unique_ptr<EVP_PKEY, OpenSslDeleter<&EVP_PKEY_free>>;
using X509Pointer = std::unique_ptr<X509, OpenSslDeleter<&X509_free>>;

/// Null for a null certificate.
[[nodiscard]] inline X509Pointer toX509(const QSslCertificate &certificate)
{
    const QByteArray der = certificate.toDer();
    const auto *octets = reinterpret_cast<const unsigned char *>(der.constData());
    return X509Pointer(d2i_X509(nullptr, &octets, static_cast<long>(der.size())));
}

} // namespace postrider::net
