// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "sasl/cryptography.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <utility>

namespace postrider::sasl {

namespace {

const EVP_MD *digestOf(QCryptographicHash::Algorithm algorithm)
{
    switch (algorithm) {
    case QCryptographicHash::Md5:
        return EVP_md5();
    case QCryptographicHash::Sha1:
        return EVP_sha1();
    case QCryptographicHash::Sha256:
        return EVP_sha256();
    default:
        return nullptr;
    }
}

const uchar *octets(QByteArrayView view)
{
    return reinterpret_cast<const uchar *>(view.data());
}

uchar *octets(QByteArray &array)
{
    return reinterpret_cast<uchar *>(array.data());
}

} // namespace

base::Secret hash(QCryptographicHash::Algorithm algorithm, QByteArrayView data)
{
    const EVP_MD *digest = digestOf(algorithm);
    if (!digest)
        return {};
    QByteArray result(EVP_MD_get_size(digest), Qt::Uninitialized);
    if (EVP_Digest(data.data(), static_cast<size_t>(data.size()), octets(result), nullptr, digest, nullptr)
        != 1)
        return {};
    return base::Secret(std::move(result));
}

base::Secret hmac(QCryptographicHash::Algorithm algorithm, QByteArrayView key, QByteArrayView data)
{
    const EVP_MD *digest = digestOf(algorithm);
    if (!digest)
        return {};
    QByteArray result(EVP_MD_get_size(digest), Qt::Uninitialized);
    // A null key would mean "the key of the last call".
    const char *keyData = key.isEmpty() ? "" : key.data();
    if (!HMAC(digest, keyData, static_cast<int>(key.size()), octets(data), static_cast<size_t>(data.size()),
              octets(result), nullptr))
        return {};
    return base::Secret(std::move(result));
}

base::Secret pbkdf2(QCryptographicHash::Algorithm algorithm, QByteArrayView password, QByteArrayView salt,
                    int iterations)
{
    const EVP_MD *digest = digestOf(algorithm);
    if (!digest || iterations < 1)
        return {};
    QByteArray result(EVP_MD_get_size(digest), Qt::Uninitialized);
    const char *passwordData = password.isEmpty() ? "" : password.data();
    if (PKCS5_PBKDF2_HMAC(passwordData, static_cast<int>(password.size()), octets(salt),
                          static_cast<int>(salt.size()), iterations, digest, static_cast<int>(result.size()),
                          octets(result))
        != 1)
        return {};
    return base::Secret(std::move(result));
}

bool equalInConstantTime(QByteArrayView left, QByteArrayView right)
{
    return left.size() == right.size()
        && CRYPTO_memcmp(left.data(), right.data(), static_cast<size_t>(left.size())) == 0;
}

} // namespace postrider::sasl
