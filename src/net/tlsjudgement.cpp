// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "net/tlsjudgement.h"

#include "net/openssl.h"

#include <QCryptographicHash>
#include <QHostAddress>
#include <QMultiMap>
#include <QUrl>

#include <algorithm>
#include <cstdint>
#include <openssl/x509v3.h>
#include <optional>

namespace postrider::net {

using namespace Qt::StringLiterals;

namespace {

/// RFC 5280 section 4.2.1.12: an absent extension allows everything.
bool mayBeServer(X509 *certificate)
{
    const std::uint32_t usage = X509_get_extended_key_usage(certificate);
    return usage == UINT32_MAX || (usage & (XKU_SSL_SERVER | XKU_ANYEKU)) != 0;
}

/// NIST SP 800-131A: 112 bits of strength. OpenSSL asks for as much only where a distribution configured it.
bool isKeyLongEnough(X509 *certificate)
{
    constexpr int LeastBits = 112;
    const EVP_PKEY *key = X509_get0_pubkey(certificate);
    return key && EVP_PKEY_get_security_bits(key) >= LeastBits;
}

/// Lower case, A-labels, no trailing dot. Empty for a name that cannot exist.
QString comparable(QString host)
{
    if (host.endsWith(u'.'))
        host.chop(1);
    return QString::fromLatin1(QUrl::toAce(host)).toLower();
}

/// pattern is an entry of the certificate; host is comparable(). RFC 9525 section 6.3.
bool matchesName(const QString &pattern, const QString &host)
{
    const QString name = pattern.toLower();
    if (!name.contains(u'*'))
        return name == host;

    const QStringView rest = QStringView(name).mid(1); // ".example.com"
    // A wildcard for a whole top level domain would name everybody's hosts.
    if (!name.startsWith("*."_L1) || rest.contains(u'*') || rest.count(u'.') < 2)
        return false;
    const qsizetype firstDot = host.indexOf(u'.');
    return firstDot > 0 && QStringView(host).mid(firstDot) == rest;
}

/// Nothing for an error that is not for the chain check to judge.
std::optional<TlsProblem> toProblem(QSslError::SslError error)
{
    switch (error) {
    case QSslError::NoError:
    case QSslError::HostNameMismatch: // certificateMatchesHost() decides
        return {};
    case QSslError::SelfSignedCertificate:
        return TlsProblem::SelfSigned;
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
    case QSslError::InvalidCaCertificate:
    case QSslError::PathLengthExceeded:
        return TlsProblem::UntrustedAuthority;
    case QSslError::CertificateExpired:
        return TlsProblem::Expired;
    case QSslError::CertificateNotYetValid:
        return TlsProblem::NotYetValid;
    case QSslError::InvalidPurpose:
    case QSslError::CertificateRejected:
        return TlsProblem::WrongPurpose;
    default:
        return TlsProblem::Other;
    }
}

} // namespace

bool certificateMatchesHost(const QSslCertificate &certificate, const QString &host)
{
    const QMultiMap<QSsl::AlternativeNameEntryType, QString> names = certificate.subjectAlternativeNames();

    const QHostAddress address(host);
    if (!address.isNull()) {
        const QStringList addresses = names.values(QSsl::IpAddressEntry);
        return std::any_of(addresses.cbegin(), addresses.cend(),
                           [&address](const QString &entry) { return QHostAddress(entry) == address; });
    }

    const QString wanted = comparable(host);
    const QStringList patterns = names.values(QSsl::DnsEntry);
    return !wanted.isEmpty()
        && std::any_of(patterns.cbegin(), patterns.cend(),
                       [&wanted](const QString &pattern) { return matchesName(pattern, wanted); });
}

bool namesMatchHost(const QList<QByteArray> &names, const QString &host)
{
    const QString wanted = comparable(host);
    return !wanted.isEmpty() && QHostAddress(host).isNull()
        && std::any_of(names.cbegin(), names.cend(), [&wanted](const QByteArray &pattern) {
               return matchesName(QString::fromUtf8(pattern), wanted);
           });
}

QList<TlsProblem> judgeCertificate(const QSslCertificate &certificate, const QList<QSslError> &chainErrors,
                                   const QString &host, const TlsPolicy &policy)
{
    const X509Pointer x509 = toX509(certificate);
    if (!x509)
        return { TlsProblem::Other };
    if (!policy.pinnedKey.isEmpty()) {
        if (publicKeySha256(certificate) == policy.pinnedKey)
            return {};
        return { TlsProblem::PinMismatch };
    }

    QList<TlsProblem> problems;
    if (!certificateMatchesHost(certificate, host))
        problems.append(TlsProblem::WrongName);
    for (const QSslError &error : chainErrors) {
        std::optional<TlsProblem> problem = toProblem(error.error());
        // A certificate that signed itself without being allowed to sign is no less self-signed.
        if (problem == TlsProblem::UntrustedAuthority && X509_self_signed(x509.get(), 1) == 1)
            problem = TlsProblem::SelfSigned;
        if (problem)
            problems.append(*problem);
    }
    // A resumed session comes without a chain check; the ticket was made when there was one.
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (certificate.expiryDate() < now)
        problems.append(TlsProblem::Expired);
    if (certificate.effectiveDate() > now)
        problems.append(TlsProblem::NotYetValid);
    if (!mayBeServer(x509.get()))
        problems.append(TlsProblem::WrongPurpose);
    if (!isKeyLongEnough(x509.get()))
        problems.append(TlsProblem::WeakKey);

    // TlsProblem lists them in the order for a person.
    std::sort(problems.begin(), problems.end());
    problems.erase(std::unique(problems.begin(), problems.end()), problems.end());
    return problems;
}

QByteArray publicKeySha256(const QSslCertificate &certificate)
{
    const X509Pointer x509 = toX509(certificate);
    if (!x509)
        return {};
    unsigned char *octets = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(x509.get()), &octets);
    if (size <= 0)
        return {};
    const QByteArray hash = QCryptographicHash::hash(
        QByteArrayView(reinterpret_cast<const char *>(octets), size), QCryptographicHash::Sha256);
    OPENSSL_free(octets);
    return hash;
}

} // namespace postrider::net
