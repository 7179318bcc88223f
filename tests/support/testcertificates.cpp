// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "support/testcertificates.h"

#include <QDateTime>

#include <atomic>
#include <ctime>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace postrider::support {

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

struct Issued
{
    PrivateKey key {};
    Certificate certificate {};
};

enum class Role { Authority, Server };

void check(bool worked)
{
    if (!worked)
        qFatal("OpenSSL could not make a certificate for this test");
}

void addExtension(X509 *certificate, X509 *issuer, int nid, const QByteArray &value)
{
    if (value.isEmpty())
        return;
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData()));
    check(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
}

/// Signed by issuer, or by itself when that is null.
Issued make(const CertificateSpec &spec, Role role, const Issued *issuer)
{
    static std::atomic<long> serialNumber = 1;
    Issued made;
    made.key.reset(spec.rsaBits > 0 ? EVP_RSA_gen(static_cast<unsigned int>(spec.rsaBits))
                                    : EVP_EC_gen("P-256"));
    made.certificate.reset(X509_new());
    check(made.key && made.certificate);

    X509 *const x509 = made.certificate.get();
    X509 *const issuerX509 = issuer ? issuer->certificate.get() : x509;
    X509_set_version(x509, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(x509), serialNumber++);
    const std::time_t now = std::time(nullptr);
    ASN1_TIME_adj(X509_getm_notBefore(x509), now, spec.firstDay, 0);
    ASN1_TIME_adj(X509_getm_notAfter(x509), now, spec.lastDay, spec.lastSecond);
    const auto *name = reinterpret_cast<const unsigned char *>(spec.commonName.constData());
    check(X509_NAME_add_entry_by_txt(X509_get_subject_name(x509), "CN", MBSTRING_UTF8, name, -1, -1, 0) == 1);
    check(X509_set_issuer_name(x509, X509_get_subject_name(issuerX509)) == 1);
    check(X509_set_pubkey(x509, made.key.get()) == 1);

    const bool isAuthority = role == Role::Authority;
    addExtension(x509, issuerX509, NID_basic_constraints,
                 isAuthority ? QByteArray("critical,CA:TRUE") : QByteArray("critical,CA:FALSE"));
    addExtension(x509, issuerX509, NID_subject_key_identifier, "hash");
    if (!isAuthority) {
        addExtension(x509, issuerX509, NID_subject_alt_name, spec.subjectAltName);
        addExtension(x509, issuerX509, NID_key_usage, spec.keyUsage);
        addExtension(x509, issuerX509, NID_ext_key_usage, spec.extendedKeyUsage);
    }
    check(X509_sign(x509, issuer ? issuer->key.get() : made.key.get(), EVP_sha256()) > 0);
    return made;
}

QByteArray contents(BIO *bio)
{
    const char *data = nullptr;
    const auto size = BIO_get_mem_data(bio, &data);
    return { data, static_cast<qsizetype>(size) };
}

TestCertificate toQt(const Issued &issued)
{
    const Bio der(BIO_new(BIO_s_mem()));
    const Bio pem(BIO_new(BIO_s_mem()));
    check(i2d_X509_bio(der.get(), issued.certificate.get()) == 1);
    check(PEM_write_bio_PrivateKey_traditional(pem.get(), issued.key.get(), nullptr, nullptr, 0, nullptr,
                                               nullptr)
          == 1);
    return { QSslCertificate(contents(der.get()), QSsl::Der),
             QSslKey(contents(pem.get()), EVP_PKEY_is_a(issued.key.get(), "RSA") ? QSsl::Rsa : QSsl::Ec,
                     QSsl::Pem, QSsl::PrivateKey) };
}

} // namespace

class TestAuthority::Private
{
public:
    Issued issued = make({ .commonName = "Authority of a test" }, Role::Authority, nullptr);
};

TestAuthority::TestAuthority()
    : d(std::make_unique<Private>())
{ }

TestAuthority::~TestAuthority() = default;

QSslCertificate TestAuthority::certificate() const
{
    return toQt(d->issued).certificate;
}

TestCertificate TestAuthority::issue(const CertificateSpec &spec) const
{
    return toQt(make(spec, Role::Server, &d->issued));
}

TestCertificate selfSigned(const CertificateSpec &spec)
{
    return toQt(make(spec, Role::Server, nullptr));
}

} // namespace postrider::support
