// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/report.h"

#include <algorithm>

namespace postrider::discovery {

using namespace Qt::StringLiterals;

QString code(Verdict verdict)
{
    switch (verdict) {
    case Verdict::NotTried:
        return u"NOT_TRIED"_s;
    case Verdict::Ok:
        return u"OK"_s;
    case Verdict::OkSlow:
        return u"OK_SLOW"_s;
    case Verdict::Refused:
        return u"REFUSED"_s;
    case Verdict::Timeout:
        return u"TIMEOUT"_s;
    case Verdict::Unreachable:
        return u"UNREACHABLE"_s;
    case Verdict::Closed:
        return u"CLOSED"_s;
    case Verdict::Silent:
        return u"SILENT"_s;
    case Verdict::NotSmtp:
        return u"NOT_SMTP"_s;
    case Verdict::WrongMode:
        return u"WRONG_MODE"_s;
    case Verdict::NoTls:
        return u"NO_TLS"_s;
    case Verdict::TlsStripped:
        return u"TLS_STRIPPED"_s;
    case Verdict::TlsTamper:
        return u"TLS_TAMPER"_s;
    case Verdict::TlsOld:
        return u"TLS_OLD"_s;
    case Verdict::TlsFailed:
        return u"TLS_FAILED"_s;
    case Verdict::CertName:
        return u"CERT_NAME"_s;
    case Verdict::CertSelf:
        return u"CERT_SELF"_s;
    case Verdict::CertExpired:
        return u"CERT_EXPIRED"_s;
    case Verdict::CertFuture:
        return u"CERT_FUTURE"_s;
    case Verdict::CertAv:
        return u"CERT_AV"_s;
    case Verdict::NoAuth:
        return u"NO_AUTH"_s;
    case Verdict::AuthUnsupported:
        return u"AUTH_UNSUPPORTED"_s;
    case Verdict::Busy:
        return u"BUSY"_s;
    case Verdict::Rate:
        return u"RATE"_s;
    case Verdict::RejectClient:
        return u"REJECT_CLIENT"_s;
    case Verdict::DnsNotFound:
        return u"DNS_NX"_s;
    case Verdict::DnsFailed:
        return u"DNS_FAIL"_s;
    case Verdict::AllMailBlocked:
        return u"ALL_MAIL_BLOCKED"_s;
    case Verdict::Offline:
        return u"OFFLINE"_s;
    case Verdict::Captive:
        return u"CAPTIVE"_s;
    case Verdict::NoSendSrv:
        return u"NO_SEND_SRV"_s;
    case Verdict::NeedOAuth:
        return u"NEED_OAUTH"_s;
    case Verdict::NeedAppPassword:
        return u"NEED_APP_PASSWORD"_s;
    case Verdict::EnableFirst:
        return u"ENABLE_FIRST"_s;
    case Verdict::AuthFailed:
        return u"AUTH_FAILED"_s;
    case Verdict::SenderRefused:
        return u"SENDER_REFUSED"_s;
    }
    Q_UNREACHABLE();
}

QString code(Source source)
{
    switch (source) {
    case Source::Typed:
        return u"typed"_s;
    case Source::Table:
        return u"table"_s;
    case Source::Autoconfig:
        return u"autoconfig"_s;
    case Source::Database:
        return u"database"_s;
    case Source::Srv:
        return u"srv"_s;
    case Source::Mx:
        return u"mx"_s;
    case Source::Guess:
        return u"guess"_s;
    case Source::PlainAutoconfig:
        return u"autoconfig-http"_s;
    }
    Q_UNREACHABLE();
}

std::optional<Recommendation> awaitingConsent(const Report &report)
{
    const auto isWaiting = [](const PortResult &port) {
        return port.approach == Approach::AfterConsent && port.verdict == Verdict::NotTried
            && !port.isRunning;
    };
    const auto waiting = std::find_if(report.ports.cbegin(), report.ports.cend(), isWaiting);
    if (report.recommended || waiting == report.ports.cend())
        return std::nullopt;
    Recommendation offer;
    offer.server = waiting->server;
    offer.source = waiting->source;
    offer.trust = Trust::Confirm;
    return offer;
}

bool PortResult::isRecommendable() const
{
    const bool works = verdict == Verdict::Ok || verdict == Verdict::OkSlow;
    const bool isProtected = server.security != accounts::Security::None
        || accounts::isPlaintextAllowed(server.host, !auth.isEmpty());
    return works && isProtected && server.port != 25;
}

} // namespace postrider::discovery
