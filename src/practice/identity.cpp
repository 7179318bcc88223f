// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "practice/identity.h"

#include <QCryptographicHash>
#include <QScopeGuard>

#include <array>
#include <memory>
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace postrider::practice {

using base::Unexpected;

namespace {

template <auto Free>
struct Deleter
{
    template <typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};

using Bio = std::unique_ptr<BIO, Deleter<&BIO_free_all>>;
using PrivateKey = std::unique_ptr<EVP_PKEY, Deleter<&EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Deleter<&X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Deleter<&X509_EXTENSION_free>>;

Unexpected<QString> cryptoError()
{
    std::array<char, 256> text {};
    ERR_error_string_n(ERR_get_error(), text.data(), text.size());
    return Unexpected(QString::fromLatin1(text.data()));
}

bool addExtension(X509 *certificate, int nid, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool setSerialNumber(X509 *certificate)
{
    // RFC 5280 section 4.1.2.2: positive, at most 20 octets, and hard to guess.
    std::array<unsigned char, 16> octets {};
    if (RAND_bytes(octets.data(), static_cast<int>(octets.size())) != 1)
        return false;
    octets[0] &= 0x7f;
    octets[0] |= 0x01;
    BIGNUM *number = BN_bin2bn(octets.data(), static_cast<int>(octets.size()), nullptr);
    const auto free = qScopeGuard([number] { BN_free(number); });
    return number && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate));
}

QByteArray contents(BIO *bio)
{
    const char *data = nullptr;
    const auto size = BIO_get_mem_data(bio, &data);
    return { data, static_cast<qsizetype>(size) };
}

QByteArray subjectPublicKeyInfoSha256(X509 *certificate)
{
    const Bio bio(BIO_new(BIO_s_mem()));
    if (!bio || i2d_X509_PUBKEY_bio(bio.get(), X509_get_X509_PUBKEY(certificate)) != 1)
        return {};
    return QCryptographicHash::hash(contents(bio.get()), QCryptographicHash::Sha256);
}

} // namespace

base::Expected<Identity, QString> makeIdentity(const QDateTime &now)
{
    ERR_clear_error();
    const PrivateKey key(EVP_EC_gen("P-256"));
    const Certificate certificate(X509_new());
    if (!key || !certificate)
        return cryptoError();

    X509 *const x509 = certificate.get();
    X509_NAME *const name = X509_get_subject_name(x509);
    const auto *commonName = reinterpret_cast<const unsigned char *>("Postrider practice mailbox");
    const bool built = X509_set_version(x509, X509_VERSION_3) == 1 && setSerialNumber(x509)
        && ASN1_TIME_set(X509_getm_notBefore(x509), now.addDays(-1).toSecsSinceEpoch())
        && ASN1_TIME_set(X509_getm_notAfter(x509), now.addYears(1).toSecsSinceEpoch())
        && X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, commonName, -1, -1, 0) == 1
        && X509_set_issuer_name(x509, name) == 1 && X509_set_pubkey(x509, key.get()) == 1
        && addExtension(x509, NID_basic_constraints, "critical,CA:FALSE")
        && addExtension(x509, NID_key_usage, "critical,digitalSignature")
        && addExtension(x509, NID_ext_key_usage, "serverAuth")
        && addExtension(x509, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1")
        && X509_sign(x509, key.get(), EVP_sha256()) > 0;
    if (!built)
        return cryptoError();

    const Bio certificateDer(BIO_new(BIO_s_mem()));
    const Bio keyPem(BIO_new(BIO_s_mem()));
    if (!certificateDer || !keyPem || i2d_X509_bio(certificateDer.get(), x509) != 1
        || PEM_write_bio_PrivateKey_traditional(keyPem.get(), key.get(), nullptr, nullptr, 0, nullptr,
                                                nullptr)
            != 1)
        return cryptoError();

    Identity identity;
    identity.certificate = QSslCertificate(contents(certificateDer.get()), QSsl::Der);
    identity.key = QSslKey(contents(keyPem.get()), QSsl::Ec, QSsl::Pem, QSsl::PrivateKey);
    identity.keySha256 = subjectPublicKeyInfoSha256(x509);
    if (identity.certificate.isNull() || identity.key.isNull() || identity.keySha256.isEmpty())
        return cryptoError();
    return identity;
}

} // namespace postrider::practice
