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

constexpr std::array ProxyWords {
    std::pair { Route::Proxy::System, "system"_L1 },
    std::pair { Route::Proxy::None, "none"_L1 },
    std::pair { Route::Proxy::Socks5, "socks5"_L1 },
    std::pair { Route::Proxy::HttpConnect, "http"_L1 },
};

constexpr std::array InDoubtRuleWords {
    std::pair { InDoubtRule::Ask, "ask"_L1 },
    std::pair { InDoubtRule::Resend, "resend"_L1 },
    std::pair { InDoubtRule::Never, "never"_L1 },
};

constexpr std::array PartialRecipientsWords {
    std::pair { PartialRecipients::SendToAccepted, "accepted"_L1 },
    std::pair { PartialRecipients::SendToNobodyAndAsk, "nobody"_L1 },
};

constexpr std::array LaterDeliveryWords {
    std::pair { LaterDelivery::HoldHere, "here"_L1 },
    std::pair { LaterDelivery::HoldAtServer, "server"_L1 },
};

template <typename Table, typename E>
[[nodiscard]] QString wordOf(const Table &table, E value)
{
    for (const auto &[known, word] : table) {
        if (known == value) {
            return word;
        }
    }
    return {};
}

template <typename Table, typename E>
[[nodiscard]] bool valueOf(const Table &table, const QString &word, E &value)
{
    for (const auto &[meaning, known] : table) {
        if (known == word) {
            value = meaning;
            return true;
        }
    }
    return false;
}

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

QList<Server> waysTo(const Account &account)
{
    const Server &main = account.server;
    QList<Server> ways { main };
    for (const Server &alternate : account.alternates) {
        const bool isSameHost = alternate.host.compare(main.host, Qt::CaseInsensitive) == 0;
        const bool isWeaker = alternate.security == Security::None && main.security != Security::None;
        if (isSameHost && !isWeaker && !ways.contains(alternate)) {
            ways.append(alternate);
        }
    }
    return ways;
}

QList<Identity> Account::allIdentities() const
{
    return QList { Identity { {}, email, displayName, replyTo, signature } } + identities;
}

std::optional<Identity> Account::identityFor(const QString &address) const
{
    const auto domainAt = [](const QString &text) { return text.lastIndexOf(u'@') + 1; };
    const auto isSame = [&domainAt](const QString &one, const QString &other) {
        return QStringView(one).left(domainAt(one)) == QStringView(other).left(domainAt(other))
            && one.mid(domainAt(one)).compare(other.mid(domainAt(other)), Qt::CaseInsensitive) == 0;
    };
    const QList<Identity> all = allIdentities();
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const Identity &identity) { return isSame(identity.email, address); });
    return found == all.end() ? std::nullopt : std::optional(*found);
}

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
    return wordOf(SecurityWords, security);
}

bool fromString(const QString &word, Security &security)
{
    return valueOf(SecurityWords, word, security);
}

QString toString(Route::Proxy proxy)
{
    return wordOf(ProxyWords, proxy);
}

bool fromString(const QString &word, Route::Proxy &proxy)
{
    return valueOf(ProxyWords, word, proxy);
}

QString toString(InDoubtRule rule)
{
    return wordOf(InDoubtRuleWords, rule);
}

bool fromString(const QString &word, InDoubtRule &rule)
{
    return valueOf(InDoubtRuleWords, word, rule);
}

QString toString(PartialRecipients choice)
{
    return wordOf(PartialRecipientsWords, choice);
}

bool fromString(const QString &word, PartialRecipients &choice)
{
    return valueOf(PartialRecipientsWords, word, choice);
}

QString toString(LaterDelivery keeper)
{
    return wordOf(LaterDeliveryWords, keeper);
}

bool fromString(const QString &word, LaterDelivery &keeper)
{
    return valueOf(LaterDeliveryWords, word, keeper);
}

} // namespace postrider::accounts
