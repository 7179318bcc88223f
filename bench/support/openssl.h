// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <cstdlib>
#include <memory>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

namespace postrider::bench {

template <auto Free>
struct Deleter
{
    template <typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};

using PrivateKey = std::unique_ptr<EVP_PKEY, Deleter<&EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Deleter<&X509_free>>;
using TlsContext = std::unique_ptr<SSL_CTX, Deleter<&SSL_CTX_free>>;
using TlsStream = std::unique_ptr<SSL, Deleter<&SSL_free>>;

/// A benchmark without its TLS measures nothing: says why and ends the program.
inline void check(bool worked)
{
    if (worked)
        return;
    ERR_print_errors_fp(stderr);
    std::exit(EXIT_FAILURE);
}

} // namespace postrider::bench
