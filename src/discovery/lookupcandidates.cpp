// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/lookupcandidates.h"

#include "discovery/publicsuffix.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <tuple>
#include <utility>

namespace postrider::discovery {

using namespace Qt::StringLiterals;
using accounts::Security;
using accounts::Server;

namespace {

constexpr quint16 ImplicitTlsPort = 465; // RFC 8314 section 7.3
constexpr quint16 RelayPort = 25;

QString addressPattern()
{
    return u"%EMAILADDRESS%"_s;
}

/// By what is usual at the port; of the other mode the search finds out by itself.
Security usualSecurity(quint16 port)
{
    constexpr std::array<quint16, 4> EncryptedFromStart { ImplicitTlsPort, 2465, 8465, 443 };
    const bool isOne = std::find(EncryptedFromStart.cbegin(), EncryptedFromStart.cend(), port)
        != EncryptedFromStart.cend();
    return isOne ? Security::Tls : Security::StartTls;
}

Trust trustIn(const QString &host, const QString &domain)
{
    return host == domain || haveSameHolder(host, domain) ? Trust::Sure : Trust::Confirm;
}

/// Whether a person who typed the name can only have meant a host.
bool isTypedHost(const Query &query)
{
    return query.kind == Query::Kind::HostAndPort
        || (!query.host.isEmpty() && query.host != registrableDomain(query.host));
}

} // namespace

QList<Candidate> typedCandidates(const Query &query, const ProviderTable &table)
{
    if (!isTypedHost(query))
        return {};
    QString pattern = addressPattern();
    QList<Server> servers;
    if (const SendingService *service = table.byHost(query.host)) {
        pattern = service->userPattern;
        for (Server server : service->servers) {
            server.host = query.host;
            servers.append(server);
        }
    } else if (const Provider *provider = table.byServer(query.host)) {
        pattern = provider->userPattern;
        std::copy_if(provider->servers.cbegin(), provider->servers.cend(), std::back_inserter(servers),
                     [&query](const Server &server) { return server.host == query.host; });
    }
    if (query.kind == Query::Kind::HostAndPort) {
        const auto known = std::find_if(servers.cbegin(), servers.cend(),
                                        [&query](const Server &server) { return server.port == query.port; });
        const Server typed { query.host, query.port,
                             known == servers.cend() ? usualSecurity(query.port) : known->security };
        servers = { typed };
    } else if (servers.isEmpty()) {
        servers = { { query.host, ImplicitTlsPort, Security::Tls } };
    }

    QList<Candidate> candidates;
    for (const Server &server : std::as_const(servers))
        candidates.append({ .server = server,
                            .source = Source::Typed,
                            .userPattern = pattern,
                            .order = static_cast<int>(candidates.size()) });
    return candidates;
}

QList<Candidate> providerCandidates(const Provider &provider, Source source, Trust trust)
{
    QList<Candidate> candidates;
    for (const Server &server : provider.servers)
        candidates.append({ .server = server,
                            .source = source,
                            .trust = trust,
                            .userPattern = provider.userPattern,
                            .order = static_cast<int>(candidates.size()) });
    return candidates;
}

QList<Candidate> usualNames(const QString &domain)
{
    QStringList names { domain };
    if (!registrableDomain(domain).isEmpty())
        names = { u"smtp."_s + domain, u"mail."_s + domain, domain };
    QList<Candidate> candidates;
    for (const QString &name : std::as_const(names))
        candidates.append({ .server = { name, ImplicitTlsPort, Security::Tls },
                            .source = Source::Guess,
                            .userPattern = addressPattern(),
                            .order = static_cast<int>(candidates.size()) });
    return candidates;
}

QList<Candidate> serviceCandidates(const QList<ServiceRecord> &records, Security security,
                                   const QString &domain)
{
    QList<ServiceRecord> sorted = records;
    std::stable_sort(sorted.begin(), sorted.end(), [](const ServiceRecord &a, const ServiceRecord &b) {
        return std::tuple(a.priority, b.weight) < std::tuple(b.priority, a.weight);
    });
    QList<Candidate> candidates;
    for (const ServiceRecord &record : std::as_const(sorted)) {
        if (record.port == 0 || !mayLeadTo(record.host, domain))
            continue;
        const Trust trust = trustIn(record.host, domain);
        candidates.append({ .server = { record.host, record.port, security },
                            .source = Source::Srv,
                            .trust = trust,
                            .userPattern = addressPattern(),
                            .order = static_cast<int>(candidates.size()),
                            .approach = trust == Trust::Sure ? Approach::AtOnce : Approach::AfterConsent });
    }
    return candidates;
}

bool isDenied(const QList<ServiceRecord> &records)
{
    return !records.isEmpty()
        && std::all_of(records.cbegin(), records.cend(),
                       [](const ServiceRecord &record) { return record.host.isEmpty(); });
}

QList<Candidate> documentCandidates(const accounts::AutoconfigDocument &document, Source source,
                                    Publisher publisher, const QString &domain)
{
    QList<Candidate> candidates;
    for (const accounts::AutoconfigServer &listed : document.servers) {
        Server server = listed.server;
        if (!mayLeadTo(server.host, domain))
            continue;
        if (server.security == Security::None) {
            // Port 25 without encryption is the way between servers: the usual ports of that host instead.
            if (server.port == RelayPort)
                server.port = ImplicitTlsPort;
            server.security = usualSecurity(server.port);
        }
        const Trust trust = publisher == Publisher::OwnDomain ? trustIn(server.host, domain) : Trust::Confirm;
        candidates.append(
            { .server = server,
              .source = source,
              .trust = trust,
              .userPattern = listed.userPattern.isEmpty() ? addressPattern() : listed.userPattern,
              .order = static_cast<int>(candidates.size()) });
    }
    return candidates;
}

QList<SignInKind> signInOf(const accounts::AutoconfigDocument &document)
{
    QList<SignInKind> kinds;
    for (const accounts::AutoconfigServer &server : document.servers) {
        for (const accounts::AutoconfigSignIn listed : server.signIn) {
            SignInKind kind = SignInKind::Password;
            if (listed == accounts::AutoconfigSignIn::OAuth)
                kind = SignInKind::OAuth;
            else if (listed == accounts::AutoconfigSignIn::None)
                kind = SignInKind::None;
            if (!kinds.contains(kind))
                kinds.append(kind);
        }
    }
    return kinds;
}

QStringList preferredExchangers(const QList<MailExchanger> &exchangers, const QString &domain)
{
    quint16 best = std::numeric_limits<quint16>::max();
    for (const MailExchanger &exchanger : exchangers)
        best = std::min(best, exchanger.preference);
    QStringList hosts;
    for (const MailExchanger &exchanger : exchangers) {
        if (exchanger.preference == best && mayLeadTo(exchanger.host, domain))
            hosts.append(exchanger.host);
    }
    hosts.sort(); // a name server gives equals in any order
    return hosts;
}

Candidate exchangerCandidate(const QString &host, const QString &domain)
{
    const Trust trust = trustIn(host, domain);
    return { .server = { host, ImplicitTlsPort, Security::Tls },
             .source = Source::Mx,
             .trust = trust,
             .userPattern = addressPattern(),
             .order = 0,
             .approach = trust == Trust::Sure ? Approach::AtOnce : Approach::AfterConsent };
}

QStringList settingsDomainsOf(const QString &exchanger, const QString &domain)
{
    const QString base = registrableDomain(exchanger);
    if (base.isEmpty() || base == registrableDomain(domain))
        return {};
    QStringList domains { base };
    const QString parent = exchanger.sliced(exchanger.indexOf(u'.') + 1);
    if (exchanger != base && parent != base)
        domains.prepend(parent);
    return domains;
}

} // namespace postrider::discovery
