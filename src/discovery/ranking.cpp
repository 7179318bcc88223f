// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/ranking.h"

#include <QHostAddress>

#include <algorithm>
#include <array>
#include <tuple>

namespace postrider::discovery {

using namespace Qt::StringLiterals;
using accounts::Security;

namespace {

bool works(const PortResult &port)
{
    return port.verdict == Verdict::Ok || port.verdict == Verdict::OkSlow;
}

/// How well what is said is kept secret: 0 verified, 1 verified and in no need of anybody's word, …
int confidentiality(const PortResult &port)
{
    if (!port.isRecommendable())
        return works(port) ? 2 : 3;
    return port.server.security == Security::None ? 1 : 0;
}

auto preference(const PortResult &port)
{
    return std::tuple(sourceRank(port), portRank(port.server), port.order);
}

QString userFor(const QString &pattern, const Query &query)
{
    if (query.address.isEmpty())
        return pattern.contains(u'%') ? QString() : pattern;
    if (pattern.isEmpty())
        return query.address;
    const qsizetype at = query.address.lastIndexOf(u'@');
    QString user = pattern;
    user.replace("%EMAILADDRESS%"_L1, query.address);
    user.replace("%EMAILLOCALPART%"_L1, query.address.left(at));
    user.replace("%EMAILDOMAIN%"_L1, query.address.mid(at + 1));
    return user;
}

Reason reasonFor(const accounts::Server &server)
{
    const QHostAddress literal(server.host);
    const bool isHere = literal.isLoopback() || server.host == "localhost"_L1;
    if (isHere || server.security == Security::None)
        return Reason::ThisComputer;
    if (server.port == 25)
        return Reason::OnlyPort25;
    if (server.port != 465 && server.port != 587)
        return Reason::Alternative;
    return server.security == Security::Tls ? Reason::EncryptedFromStart : Reason::SwitchesToEncryption;
}

Recommendation recommendationFor(const PortResult &port, const Query &query)
{
    return { port.server,           userFor(port.userPattern, query), port.auth, port.source, port.trust,
             reasonFor(port.server) };
}

/// The most telling first: what a person can do something about, and what says that something is there.
constexpr std::array Telling {
    Verdict::CertAv,       Verdict::TlsTamper,   Verdict::CertName,    Verdict::CertSelf,
    Verdict::CertExpired,  Verdict::CertFuture,  Verdict::TlsStripped, Verdict::TlsOld,
    Verdict::RejectClient, Verdict::Rate,        Verdict::Busy,        Verdict::AuthUnsupported,
    Verdict::NoAuth,       Verdict::NoTls,       Verdict::TlsFailed,   Verdict::NotSmtp,
    Verdict::WrongMode,    Verdict::Closed,      Verdict::Silent,      Verdict::Timeout,
    Verdict::Refused,      Verdict::Unreachable, Verdict::DnsFailed,   Verdict::DnsNotFound,
};

bool isSilence(Verdict verdict)
{
    return verdict == Verdict::Timeout || verdict == Verdict::Unreachable || verdict == Verdict::NotTried;
}

Verdict preparationFor(const FinderFacts &facts, const Recommendation &recommended)
{
    const auto takesToken
        = [](const QByteArray &mechanism) { return mechanism == "OAUTHBEARER" || mechanism == "XOAUTH2"; };
    const bool isTokenOnly = std::all_of(recommended.auth.cbegin(), recommended.auth.cend(), takesToken);
    const bool saysOAuthOnly = facts.signIn == QList { SignInKind::OAuth };
    const bool isProviders = recommended.source == Source::Table || recommended.source == Source::Mx;
    if ((!recommended.auth.isEmpty() && isTokenOnly) || (saysOAuthOnly && isProviders))
        return Verdict::NeedOAuth;
    if (!isProviders)
        return Verdict::Ok;
    switch (facts.preparation) {
    case Preparation::AppPassword:
        return Verdict::NeedAppPassword;
    case Preparation::EnableSmtp:
    case Preparation::PaidOnly:
        return Verdict::EnableFirst;
    case Preparation::None:
    case Preparation::NotPossible:
        break;
    }
    return Verdict::Ok;
}

} // namespace

int sourceRank(const PortResult &port)
{
    const auto group = [&port] {
        switch (port.source) {
        case Source::Typed:
            return 0;
        case Source::Table:
        case Source::Autoconfig:
        case Source::Database:
            return 1;
        case Source::Srv:
            return port.trust == Trust::Sure ? 2 : 4;
        case Source::Guess:
            return 3;
        case Source::Mx:
        case Source::PlainAutoconfig:
            return 4;
        }
        Q_UNREACHABLE();
    }();
    return group * 2 + (port.isListed ? 0 : 1);
}

int portRank(const accounts::Server &server)
{
    if (server.port == 465)
        return server.security == Security::Tls ? 0 : 2;
    if (server.port == 587)
        return server.security == Security::StartTls ? 1 : 2;
    if (server.port == 2525)
        return 3;
    return server.port == 25 ? 5 : 4;
}

bool isPreferred(const PortResult &port, const PortResult &other)
{
    return preference(port) < preference(other);
}

void rank(QList<PortResult> &ports)
{
    const auto key = [](const PortResult &port) {
        const auto took = port.took.value_or(std::chrono::milliseconds::max());
        return std::tuple_cat(std::tuple(confidentiality(port)), preference(port), std::tuple(took));
    };
    std::stable_sort(ports.begin(), ports.end(),
                     [&key](const PortResult &a, const PortResult &b) { return key(a) < key(b); });
}

std::optional<Recommendation> recommend(const QList<PortResult> &ranked, const Query &query)
{
    if (ranked.isEmpty() || !ranked.constFirst().isRecommendable())
        return std::nullopt;
    return recommendationFor(ranked.constFirst(), query);
}

std::optional<Recommendation> recommendPort25(const QList<PortResult> &ranked, const Query &query)
{
    if (!ranked.isEmpty() && ranked.constFirst().isRecommendable())
        return std::nullopt;
    const auto found = std::find_if(ranked.cbegin(), ranked.cend(), [](const PortResult &port) {
        return works(port) && port.server.port == 25 && port.server.security != Security::None;
    });
    return found == ranked.cend() ? std::nullopt : std::optional(recommendationFor(*found, query));
}

QList<accounts::Server> alternatesOf(const Recommendation &recommended, const QList<PortResult> &ranked)
{
    QList<accounts::Server> alternates;
    for (const PortResult &port : ranked) {
        const bool isWeaker
            = port.server.security == Security::None && recommended.server.security != Security::None;
        if (port.isRecommendable() && port.server.host == recommended.server.host && !isWeaker
            && port.server != recommended.server)
            alternates.append(port.server);
    }
    return alternates;
}

Verdict overallVerdict(const QList<PortResult> &ranked, const FinderFacts &facts,
                       const NetworkEvidence &network, const std::optional<Recommendation> &recommended)
{
    using Names = NetworkEvidence::Names;
    if (recommended) {
        const Verdict first = preparationFor(facts, *recommended);
        return first == Verdict::Ok ? ranked.constFirst().verdict : first;
    }

    const bool isIntercepted
        = facts.web == FinderFacts::Web::Intercepted || network.state.portal == NetworkState::Portal::Present;
    if (isIntercepted)
        return Verdict::Captive;
    const auto awaitsConsent = [](const PortResult &port) { return port.approach == Approach::AfterConsent; };
    // Where a name server says that there is no such name, the network works, whatever the system thinks of
    // it.
    if (network.names == Names::NoneAnswered)
        return network.state.reach == NetworkState::Reach::None ? Verdict::Offline : Verdict::DnsFailed;
    if (network.names == Names::NoneFound) {
        if (std::any_of(ranked.cbegin(), ranked.cend(), awaitsConsent))
            return Verdict::NotTried;
        if (facts.domain == DomainState::LookupFailed)
            return Verdict::DnsFailed;
        if (facts.saysNoService)
            return Verdict::NoSendSrv;
        // A domain without a server of its own is one all the same.
        return facts.domain == DomainState::Exists ? Verdict::NotTried : Verdict::DnsNotFound;
    }

    QList<Verdict> tried;
    bool isNamedElsewhere = false;
    for (const PortResult &port : ranked) {
        isNamedElsewhere = isNamedElsewhere || (awaitsConsent(port) && port.source != Source::Mx);
        if (!awaitsConsent(port) && port.verdict != Verdict::NotTried)
            tried.append(port.verdict);
    }
    if (tried.isEmpty()) {
        if (network.state.reach == NetworkState::Reach::None)
            return Verdict::Offline;
        return facts.saysNoService ? Verdict::NoSendSrv : Verdict::NotTried;
    }
    if (std::all_of(tried.cbegin(), tried.cend(), isSilence)) {
        const bool webWorks
            = network.web == NetworkEvidence::Web::Works || facts.web == FinderFacts::Web::Works;
        // Mail goes elsewhere, so it is no wonder that usual names are silent.
        if (webWorks && tried.size() > 1 && !isNamedElsewhere)
            return Verdict::AllMailBlocked;
        const bool saysOnline = network.state.reach == NetworkState::Reach::Some;
        if (!webWorks && !saysOnline && network.web == NetworkEvidence::Web::Silent)
            return Verdict::Offline;
    }
    const bool isNobodyThere = std::all_of(tried.cbegin(), tried.cend(), [](Verdict verdict) {
        return isSilence(verdict) || verdict == Verdict::Refused;
    });
    if (facts.saysNoService && isNobodyThere)
        return Verdict::NoSendSrv;
    if (isNamedElsewhere && isNobodyThere)
        return Verdict::NotTried;
    const auto *found = std::find_if(Telling.begin(), Telling.end(),
                                     [&tried](Verdict verdict) { return tried.contains(verdict); });
    // Only port 25 works, which nobody is sent to unasked: what the others have is the reason.
    return found == Telling.end() ? Verdict::NotTried : *found;
}

} // namespace postrider::discovery
