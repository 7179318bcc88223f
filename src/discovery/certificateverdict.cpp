// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/probesession.h"
#include "sasl/mechanism.h"

#include <QHostAddress>

#include <algorithm>
#include <array>

namespace postrider::discovery {

using namespace Qt::StringLiterals;
using net::TlsProblem;

namespace {

/// Programs and devices that look into connections, by the names in which they issue certificates. No name
/// of a public authority is among them.
constexpr std::array Interceptors {
    "Avast"_L1,     "AVG"_L1,       "Kaspersky"_L1,  "ESET"_L1,        "Bitdefender"_L1,    "Sophos"_L1,
    "McAfee"_L1,    "Trellix"_L1,   "Norton"_L1,     "Dr.Web"_L1,      "Zscaler"_L1,        "Fortinet"_L1,
    "FortiGate"_L1, "G DATA"_L1,    "Panda"_L1,      "F-Secure"_L1,    "BullGuard"_L1,      "AdGuard"_L1,
    "Netskope"_L1,  "Untangle"_L1,  "WatchGuard"_L1, "Check Point"_L1, "Cisco Umbrella"_L1, "Forcepoint"_L1,
    "Blue Coat"_L1, "Palo Alto"_L1, "SonicWall"_L1,  "Webroot"_L1,     "Trend Micro"_L1,
};

bool isLoopback(const QString &host)
{
    return QHostAddress(host).isLoopback() || host == "localhost"_L1 || host.endsWith(".localhost"_L1);
}

} // namespace

QString antivirusName(const QString &issuer)
{
    // As whole words: a name that merely contains one is somebody else's.
    const auto hasWord = [&issuer](QLatin1StringView name) {
        for (qsizetype at = issuer.indexOf(name, 0, Qt::CaseInsensitive); at >= 0;
             at = issuer.indexOf(name, at + 1, Qt::CaseInsensitive)) {
            const qsizetype end = at + name.size();
            const bool begins = at == 0 || !issuer.at(at - 1).isLetterOrNumber();
            const bool ends = end == issuer.size() || !issuer.at(end).isLower();
            if (begins && ends)
                return true;
        }
        return false;
    };
    const auto *found = std::find_if(Interceptors.begin(), Interceptors.end(), hasWord);
    return found == Interceptors.end() ? QString() : QString(*found);
}

Verdict certificateVerdict(const net::TlsReport &report, const QString &host)
{
    const QList<TlsProblem> &problems = report.problems;
    if (problems.isEmpty())
        return Verdict::Ok;
    if (!antivirusName(report.issuer).isEmpty())
        return Verdict::CertAv;
    const bool isUnsigned
        = problems.contains(TlsProblem::SelfSigned) || problems.contains(TlsProblem::UntrustedAuthority);
    // A server on this computer, or a certificate without any name: no other name would do better, and only
    // the key can be agreed to.
    if (isUnsigned && (isLoopback(host) || report.names.isEmpty()))
        return Verdict::CertSelf;
    switch (problems.constFirst()) {
    case TlsProblem::WrongName:
        return Verdict::CertName;
    case TlsProblem::SelfSigned:
    case TlsProblem::UntrustedAuthority:
    case TlsProblem::PinMismatch:
        return Verdict::CertSelf;
    case TlsProblem::Expired:
        return Verdict::CertExpired;
    case TlsProblem::NotYetValid:
        return Verdict::CertFuture;
    case TlsProblem::WrongPurpose:
    case TlsProblem::WeakKey:
    case TlsProblem::Other:
        break;
    }
    return Verdict::TlsFailed;
}

SortedMechanisms sortMechanisms(const QByteArrayList &offered)
{
    SortedMechanisms sorted;
    QByteArrayList withToken;
    const QList<QByteArray> known = sasl::supportedMechanisms();
    for (const QByteArray &mechanism : known) {
        if (!offered.contains(mechanism))
            continue;
        const bool takesToken = mechanism == "OAUTHBEARER" || mechanism == "XOAUTH2";
        (takesToken ? withToken : sorted.usable).append(mechanism);
    }
    sorted.usable += withToken;
    for (const QByteArray &mechanism : offered) {
        if (!known.contains(mechanism))
            sorted.other.append(mechanism);
    }
    return sorted;
}

} // namespace postrider::discovery
