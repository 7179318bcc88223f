// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "net/tlshandshake.h"

#include <QCryptographicHash>
#include <QRegularExpression>
#include <QSslCipher>
#include <QSslConfiguration>
#include <QSslSocket>

#include <array>
#include <openssl/err.h>
#include <openssl/sslerr.h>
#include <utility>

namespace postrider::net {

using namespace Qt::StringLiterals;

namespace {

/// All that must be the same for a session to be resumed.
QByteArray purposeOf(const TlsTarget &target)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const auto add = [&hash](const QByteArray &octets) {
        hash.addData(QByteArray::number(octets.size()).append(':'));
        hash.addData(octets);
    };
    add(target.host.toLower().toUtf8());
    add(QByteArray::number(target.port));
    add(target.policy.pinnedKey);
    add(QByteArray::number(target.policy.extraAuthorities.size()));
    for (const QSslCertificate &authority : target.policy.extraAuthorities)
        add(authority.toDer());
    for (const QSslCertificate &certificate : target.clientCertificate.chain)
        add(certificate.toDer());
    return hash.result();
}

// Named here once: Qt marks them as deprecated, which they are, and we have to recognise them.
QT_WARNING_PUSH
QT_WARNING_DISABLE_DEPRECATED
constexpr std::array OldVersions { QSsl::TlsV1_0, QSsl::TlsV1_1 };
constexpr QSsl::SslProtocol OldestVersion = QSsl::TlsV1_0OrLater;
QT_WARNING_POP

QString versionName(QSsl::SslProtocol protocol)
{
    switch (protocol) {
    case OldVersions.at(0):
        return u"TLS 1.0"_s;
    case OldVersions.at(1):
        return u"TLS 1.1"_s;
    case QSsl::TlsV1_2:
        return u"TLS 1.2"_s;
    case QSsl::TlsV1_3:
        return u"TLS 1.3"_s;
    default:
        return {};
    }
}

/// The number that OpenSSL gave the last error, as it stands in Qt's words ("error:0A00010B:…"); 0 if none
/// does. Qt hands it out in no other way.
int opensslReason(const QString &words)
{
    static const QRegularExpression pattern(u"\\berror:([0-9A-F]{8}):"_s);
    const QRegularExpressionMatch match = pattern.match(words);
    return match.hasMatch() ? ERR_GET_REASON(match.captured(1).toULong(nullptr, 16)) : 0;
}

TlsReport makeReport(const QSslSocket &socket)
{
    const QSslCertificate certificate = socket.peerCertificate();
    TlsReport report;
    report.version = versionName(socket.sessionProtocol());
    report.cipher = socket.sessionCipher().name();
    const auto names = certificate.subjectAlternativeNames();
    for (const QString &name : names)
        report.names.append(name.toUtf8());
    report.issuer = certificate.issuerDisplayName();
    report.expires = certificate.expiryDate();
    report.begins = certificate.effectiveDate();
    report.certificateSha256 = certificate.digest(QCryptographicHash::Sha256);
    report.keySha256 = publicKeySha256(certificate);
    return report;
}

} // namespace

TlsHandshake::TlsHandshake(QSslSocket &socket, TlsTarget target, TlsTicket ticket, QObject *parent)
    : QObject(parent)
    , m_socket(&socket)
    , m_target(std::move(target))
    , m_purpose(purposeOf(m_target))
{
    QSslConfiguration tls = socket.sslConfiguration();
    if (m_target.purpose == TlsTarget::Purpose::DiagnosisOfOldVersions) {
        tls.setProtocol(OldestVersion);
        // What was in use with them needs OpenSSL's lowest level of security.
        tls.setBackendConfigurationOption("CipherString"_ba, "DEFAULT:@SECLEVEL=0"_ba);
    } else {
        tls.setProtocol(QSsl::TlsV1_2OrLater);
    }
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    tls.addCaCertificates(m_target.policy.extraAuthorities);
    tls.setSslOption(QSsl::SslOptionDisableCompression, true);
    tls.setSslOption(QSsl::SslOptionDisableLegacyRenegotiation, true);
    tls.setSslOption(QSsl::SslOptionDisableSessionPersistence, false);
    tls.setSessionTicket(ticket.m_purpose == m_purpose ? ticket.m_session : QByteArray());
    if (!m_target.clientCertificate.isNull()) {
        tls.setLocalCertificateChain(m_target.clientCertificate.chain);
        tls.setPrivateKey(m_target.clientCertificate.key);
    }
    socket.setSslConfiguration(tls);
    socket.setPeerVerifyName(m_target.host);
}

TlsHandshake::~TlsHandshake() = default;

void TlsHandshake::start()
{
    Q_ASSERT(m_state == State::Waiting);
    m_state = State::Running;
    connect(m_socket, &QSslSocket::sslErrors, this, &TlsHandshake::handleErrors);
    connect(m_socket, &QSslSocket::encrypted, this, &TlsHandshake::handleEncrypted);
    connect(m_socket, &QSslSocket::errorOccurred, this, &TlsHandshake::handleBroken);
    connect(m_socket, &QSslSocket::disconnected, this, &TlsHandshake::handleBroken);
    connect(m_socket, &QSslSocket::alertReceived, this,
            [this](QSsl::AlertLevel, QSsl::AlertType type, const QString &words) {
                if (type == QSsl::AlertType::CloseNotify)
                    return;
                m_alertType = type;
                m_alert = words;
            });
    m_socket->startClientEncryption();
}

TlsTicket TlsHandshake::ticket() const
{
    if (m_state != State::Accepted)
        return {};
    const QByteArray session = m_socket->sslConfiguration().sessionTicket();
    return session.isEmpty() ? TlsTicket() : TlsTicket(session, m_purpose);
}

void TlsHandshake::judge(const QList<QSslError> &chainErrors)
{
    m_report = makeReport(*m_socket);
    m_report->problems
        = judgeCertificate(m_socket->peerCertificate(), chainErrors, m_target.host, m_target.policy);
}

void TlsHandshake::handleErrors(const QList<QSslError> &errors)
{
    // Here Qt waits for our word. Without it the handshake breaks off and handleBroken() follows. Only what
    // our own judgement has answered is passed on: a name that Qt compares by other rules than
    // certificateMatchesHost(), or the chain of a certificate whose pinned key is the right one.
    judge(errors);
    if (m_report->problems.isEmpty() || m_target.purpose != TlsTarget::Purpose::Use)
        m_socket->ignoreSslErrors(errors);
}

void TlsHandshake::handleEncrypted()
{
    if (m_state != State::Running)
        return;
    // Once more with the names and purposes that Qt finds nothing wrong with.
    judge(m_socket->sslHandshakeErrors());
    m_state = m_report->problems.isEmpty() ? State::Accepted : State::Ended;
    if (m_state == State::Accepted)
        Q_EMIT accepted();
    else
        Q_EMIT notTrusted();
}

void TlsHandshake::handleBroken()
{
    if (m_state != State::Running)
        return;
    m_state = State::Ended;
    if (m_report && !m_report->problems.isEmpty()) {
        Q_EMIT notTrusted();
        return;
    }
    const HandshakeFailure failure = classify();
    QString reason = m_socket->errorString().trimmed();
    // OpenSSL does not always leave an error behind, and Qt's sentence then ends in the middle.
    if (reason.isEmpty() || reason.endsWith(u':'))
        reason += u" The server closed the connection"_s;
    if (!m_alert.isEmpty())
        reason += u" (TLS alert: %1)"_s.arg(m_alert);
    Q_EMIT failed(failure, reason.trimmed());
}

HandshakeFailure TlsHandshake::classify() const
{
    if (m_alertType)
        return m_alertType == QSsl::AlertType::ProtocolVersion ? HandshakeFailure::OldVersion
                                                               : HandshakeFailure::Alert;
    switch (opensslReason(m_socket->errorString())) {
    case SSL_R_WRONG_VERSION_NUMBER: // of a record: these are no records
    case SSL_R_PACKET_LENGTH_TOO_LONG:
    case SSL_R_BAD_RECORD_TYPE:
    case SSL_R_HTTP_REQUEST:
        return HandshakeFailure::NotTls;
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_WRONG_SSL_VERSION:
        return HandshakeFailure::OldVersion;
    case 0:
    case SSL_R_UNEXPECTED_EOF_WHILE_READING:
        return HandshakeFailure::ServerClosed;
    default:
        return HandshakeFailure::Other;
    }
}

} // namespace postrider::net
