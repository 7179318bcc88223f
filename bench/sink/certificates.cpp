// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "sink/certificates.h"

#include <array>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

namespace postrider::bench {

namespace {

struct Identity
{
    PrivateKey key {};
    Certificate certificate {};
};

struct CertificateExtension
{
    int nid;
    const char *value;
};

using Extension = std::unique_ptr<X509_EXTENSION, Deleter<&X509_EXTENSION_free>>;

constexpr long DaySeconds = 24 * 60 * 60;

/// Signed by issuer, or by itself when that is null.
template <std::size_t Count>
Identity issue(const char *name, const std::array<CertificateExtension, Count> &extensions,
               const Identity *issuer)
{
    Identity made { PrivateKey(EVP_EC_gen("P-256")), Certificate(X509_new()) };
    check(made.key && made.certificate);
    X509 *const x509 = made.certificate.get();
    X509 *const issuerX509 = issuer ? issuer->certificate.get() : x509;

    // Some TLS libraries remember certificates by issuer and serial number.
    std::uint64_t serialNumber = 0;
    check(RAND_bytes(reinterpret_cast<unsigned char *>(&serialNumber), sizeof serialNumber) == 1);
    check(X509_set_version(x509, X509_VERSION_3) == 1
          && ASN1_INTEGER_set_uint64(X509_get_serialNumber(x509), serialNumber >> 1) == 1
          && X509_gmtime_adj(X509_getm_notBefore(x509), -DaySeconds)
          && X509_gmtime_adj(X509_getm_notAfter(x509), DaySeconds));
    check(X509_NAME_add_entry_by_txt(X509_get_subject_name(x509), "CN", MBSTRING_ASC,
                                     reinterpret_cast<const unsigned char *>(name), -1, -1, 0)
          == 1);
    check(X509_set_issuer_name(x509, X509_get_subject_name(issuerX509)) == 1
          && X509_set_pubkey(x509, made.key.get()) == 1);
    for (const auto &[nid, value] : extensions) {
        X509V3_CTX context;
        X509V3_set_ctx(&context, issuerX509, x509, nullptr, nullptr, 0);
        const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
        check(extension && X509_add_ext(x509, extension.get(), -1) == 1);
    }
    check(X509_sign(x509, issuer ? issuer->key.get() : made.key.get(), EVP_sha256()) > 0);
    return made;
}

void writePem(const std::string &file, X509 *certificate)
{
    const std::unique_ptr<BIO, Deleter<&BIO_free_all>> bio(BIO_new_file(file.c_str(), "w"));
    check(bio && PEM_write_bio_X509(bio.get(), certificate) == 1);
}

} // namespace

TlsContext makeServerContext(const std::string &authorityFile)
{
    const Identity authority = issue("Postrider benchmark authority",
                                     std::array {
                                         CertificateExtension { NID_basic_constraints, "critical,CA:TRUE" },
                                         CertificateExtension { NID_key_usage, "critical,keyCertSign" },
                                         CertificateExtension { NID_subject_key_identifier, "hash" },
                                     },
                                     nullptr);
    const Identity server
        = issue("localhost",
                std::array {
                    CertificateExtension { NID_basic_constraints, "critical,CA:FALSE" },
                    CertificateExtension { NID_key_usage, "critical,digitalSignature" },
                    CertificateExtension { NID_ext_key_usage, "serverAuth" },
                    CertificateExtension { NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1" },
                },
                &authority);
    if (!authorityFile.empty())
        writePem(authorityFile, authority.certificate.get());

    TlsContext context(SSL_CTX_new(TLS_server_method()));
    check(context && SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) == 1
          && SSL_CTX_use_certificate(context.get(), server.certificate.get()) == 1
          && SSL_CTX_use_PrivateKey(context.get(), server.key.get()) == 1);
    return context;
}

} // namespace postrider::bench
