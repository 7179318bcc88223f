// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QSslCertificate>
#include <QSslError>
#include <QString>

namespace postrider::net {

/// What an account trusts beyond the system's authorities.
struct TlsPolicy
{
    QList<QSslCertificate> extraAuthorities {};
    QByteArray pinnedKey {}; ///< SHA-256 of a SubjectPublicKeyInfo, 32 octets; empty: normal judgement
};

/// Why a server's certificate is not accepted, in the order in which a person should hear of it.
enum class TlsProblem {
    WrongName,
    SelfSigned,
    UntrustedAuthority,
    Expired,
    NotYetValid,
    WrongPurpose, ///< its extended key usage does not allow a server
    WeakKey,      ///< RSA below 2048 bits and the like
    PinMismatch,  ///< another key than the one pinned
    Other,
};

/// What the handshake showed, kept with each attempt.
struct TlsReport
{
    QString version {}; ///< "TLS 1.3"
    QString cipher {};
    QList<QByteArray> names {}; ///< DNS names and IP addresses of the certificate's subjectAltName
    QString issuer {};
    QDateTime expires {};            ///< of the server's own certificate
    QDateTime begins {};             ///< likewise
    QByteArray certificateSha256 {}; ///< of the DER form, 32 octets
    QByteArray keySha256 {};         ///< of the SubjectPublicKeyInfo, 32 octets
    QList<TlsProblem> problems {};   ///< empty: accepted

    friend bool operator==(const TlsReport &, const TlsReport &) = default;
};

/**
 * Whether a certificate names the host that was asked for (RFC 9525): subjectAltName only, never the CN; a
 * wildcard only as the whole left-most label and for exactly one label; an address literal only as an
 * iPAddress entry. host may be a U-label name, may end with a dot, and is compared without case.
 */
[[nodiscard]] bool certificateMatchesHost(const QSslCertificate &certificate, const QString &host);

/// The same with the names of a TlsReport, for a host that is a name.
[[nodiscard]] bool namesMatchHost(const QList<QByteArray> &names, const QString &host);

/**
 * Judges a finished handshake: the errors that the chain check found, our own name check, dates, extended key
 * usage, the key's length and a pinned key. Each problem stands once, in the order of TlsProblem; empty means
 * accepted. A host name error among chainErrors counts for nothing, since certificateMatchesHost() decides
 * that. With a pin, the key alone decides.
 */
[[nodiscard]] QList<TlsProblem> judgeCertificate(const QSslCertificate &certificate,
                                                 const QList<QSslError> &chainErrors, const QString &host,
                                                 const TlsPolicy &policy);

/// SHA-256 of the certificate's SubjectPublicKeyInfo; empty when it cannot be read.
[[nodiscard]] QByteArray publicKeySha256(const QSslCertificate &certificate);

} // namespace postrider::net
