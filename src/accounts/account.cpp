// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "accounts/account.h"

#include <QHostAddress>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::accounts {
namespace {

constexpr std::array SecurityWords {
    std::pair { Security::Tls, "tls"_L1 },
    std::pair { Security::StartTls, "starttls"_L1 },
    std::pair { Security::None, "none"_L1 },
};

struct Network
{
    QLatin1StringView address;
    int prefixLength;
};

constexpr std::array PrivateNetworks {
    Network { "10.0.0.0"_L1, 8 },     // RFC 1918
    Network { "172.16.0.0"_L1, 12 },  // RFC 1918
    Network { "192.168.0.0"_L1, 16 }, // RFC 1918
    Network { "169.254.0.0"_L1, 16 }, // RFC 3927, link-local
    Network { "fc00::"_L1, 7 },       // RFC 4193
    Network { "fe80::"_L1, 10 },      // RFC 4291, link-local
};

/// The address that a mapped one (::ffff:a.b.c.d) stands for, so that it is judged as the same host.
[[nodiscard]] QHostAddress withoutMapping(const QHostAddress &address)
{
    bool isIpv4 = false;
    const quint32 ipv4 = address.toIPv4Address(&isIpv4);
    return isIpv4 ? QHostAddress(ipv4) : address;
}

/// Four decimal numbers, or anything with a colon, and nothing around it. The short forms that inet_aton
/// knows ("10.1", "0x0a000001") are refused, since not everything that resolves a name reads them alike.
[[nodiscard]] bool isLiteral(const QString &host)
{
    const bool hasSpace = std::any_of(host.cbegin(), host.cend(), [](QChar c) { return c.isSpace(); });
    return !hasSpace && (host.contains(u':') || host.count(u'.') == 3);
}

} // namespace

bool isPlaintextAllowed(const QString &host, bool signsIn)
{
    if (host.compare("localhost"_L1, Qt::CaseInsensitive) == 0) {
        return true;
    }
    QHostAddress parsed;
    if (!isLiteral(host) || !parsed.setAddress(host)) {
        return false;
    }
    const QHostAddress address = withoutMapping(parsed);
    if (address.isLoopback()) {
        return true;
    }
    return !signsIn
        && std::any_of(PrivateNetworks.cbegin(), PrivateNetworks.cend(), [&address](const Network &network) {
               return address.isInSubnet(QHostAddress(QString(network.address)), network.prefixLength);
           });
}

QString toString(Security security)
{
    for (const auto &[value, word] : SecurityWords) {
        if (value == security) {
            return word;
        }
    }
    return {};
}

bool fromString(const QString &word, Security &security)
{
    for (const auto &[value, known] : SecurityWords) {
        if (known == word) {
            security = value;
            return true;
        }
    }
    return false;
}

} // namespace postrider::accounts
