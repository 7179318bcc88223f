// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QSslCertificate>
#include <QSslKey>

#include <memory>

namespace postrider::support {

/// What a test's certificate says. Extensions are in OpenSSL's configuration syntax; an empty one is left
/// out.
struct CertificateSpec
{
    QByteArray commonName = "localhost";
    QByteArray subjectAltName = "DNS:localhost,IP:127.0.0.1";
    QByteArray keyUsage {};
    QByteArray extendedKeyUsage = "serverAuth";
    int firstDay = -1; ///< days from now
    int lastDay = 30;
    int lastSecond = 0; ///< more than lastDay
    int rsaBits = 0;    ///< 0: an elliptic key
};

struct TestCertificate
{
    QSslCertificate certificate {};
    QSslKey key {};
};

/// A certificate authority that lives as long as the test, with a new key each time.
class TestAuthority
{
public:
    TestAuthority();
    ~TestAuthority();
    Q_DISABLE_COPY_MOVE(TestAuthority)

    [[nodiscard]] QSslCertificate certificate() const;
    [[nodiscard]] TestCertificate issue(const CertificateSpec &spec = {}) const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

[[nodiscard]] TestCertificate selfSigned(const CertificateSpec &spec = {});

} // namespace postrider::support
