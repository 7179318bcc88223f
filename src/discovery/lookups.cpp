// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/lookups.h"

#include "accounts/import/autoconfigxml.h"
#include "discovery/lookupcandidates.h"
#include "discovery/providers.h"
#include "discovery/publicsuffix.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace postrider::discovery {

using namespace Qt::StringLiterals;
using accounts::Security;

namespace {

/// In the order in which they are shown.
constexpr std::array Sources { Source::Typed, Source::Table, Source::Autoconfig, Source::Database,
                               Source::Srv,   Source::Mx,    Source::Guess,      Source::PlainAutoconfig };

QString settingsUrl(const QString &domain)
{
    return "https://autoconfig."_L1 + domain + "/mail/config-v1.1.xml"_L1;
}

QString wellKnownUrl(const QString &domain)
{
    return "https://"_L1 + domain + "/.well-known/autoconfig/mail/config-v1.1.xml"_L1;
}

QString withoutEncryption(const QString &url)
{
    QUrl plain(url);
    plain.setScheme(u"http"_s);
    return plain.toString();
}

QString databaseUrl(const QString &domain)
{
    return "https://"_L1 + SettingsDatabaseHost + "/v1.1/"_L1 + domain;
}

} // namespace

Lookups::Lookups(const Query &query, const FinderOptions &options, Surroundings &surroundings,
                 QObject *parent)
    : CandidateFinder(parent)
    , m_query(query)
    , m_options(options)
    , m_surroundings(surroundings)
{ }

Lookups::~Lookups() = default;

void Lookups::start()
{
    m_surroundings.callLater(std::chrono::milliseconds(0), m_asker.get(), [this] { begin(); });
    m_surroundings.callLater(Limit, this, [this] { giveUp(); });
}

QList<SourceStep> Lookups::steps() const
{
    QList<SourceStep> all;
    for (const Source source : Sources) {
        const Progress &one = m_progress.at(static_cast<size_t>(source));
        // What a person did not type, or ask for, is no place that was looked at.
        const bool isOfNoConcern = (source == Source::Typed && one.state != StepState::Found)
            || (source == Source::PlainAutoconfig
                && m_options.plainSettings == FinderOptions::PlainSettings::DoNotAsk);
        if (!isOfNoConcern)
            all.append({ source, one.state, one.found });
    }
    return all;
}

void Lookups::begin()
{
    useWhatWasTyped();
    useTable();
    const bool isHostAlone = m_query.domain.isEmpty() || m_query.kind == Query::Kind::HostAndPort;
    const bool isKnownHost
        = m_facts.serviceId.has_value() || (m_facts.providerId && progress(Source::Table).found.isEmpty());
    if (!isHostAlone && !isKnownHost) {
        if (m_options.lookup == FinderOptions::Lookup::All) {
            askForServices();
            askForExchangers();
            askForSettings();
            if (m_options.plainSettings == FinderOptions::PlainSettings::Ask)
                askForPlainSettings();
        }
        if (progress(Source::Table).state != StepState::Found) {
            tell(usualNames(m_query.domain));
            progress(Source::Guess).state = StepState::Found;
        }
    }
    for (Progress &one : m_progress) {
        if (one.state == StepState::Waiting)
            one.state = StepState::Skipped;
    }
    reportSoon();
}

void Lookups::useWhatWasTyped()
{
    const ProviderTable &table = ProviderTable::builtIn();
    const QList<Candidate> typed = typedCandidates(m_query, table);
    if (typed.isEmpty())
        return;
    progress(Source::Typed) = { .state = StepState::Found, .found = m_query.host };
    if (const SendingService *service = table.byHost(m_query.host)) {
        m_facts.serviceId = service->id;
    } else if (const Provider *provider = table.byServer(m_query.host)) {
        m_facts.providerId = provider->id;
        m_facts.signIn = provider->signIn;
        m_facts.preparation = provider->preparation;
    }
    tell(typed);
}

void Lookups::useTable()
{
    if (m_query.domain.isEmpty() || m_query.kind == Query::Kind::HostAndPort)
        return;
    const Provider *provider = ProviderTable::builtIn().byDomain(m_query.domain);
    if (!provider) {
        progress(Source::Table).state = StepState::Nothing;
        return;
    }
    progress(Source::Table) = { .state = StepState::Found, .found = provider->name };
    m_facts.providerId = provider->id;
    m_facts.signIn = provider->signIn;
    m_facts.preparation = provider->preparation;
    tell(providerCandidates(*provider, Source::Table, Trust::Sure));
}

void Lookups::askForServices()
{
    // RFC 8314 section 5.1 prefers what is encrypted from the start.
    askForService("_submissions._tcp."_L1 + m_query.domain, Security::Tls);
    askForService("_submission._tcp."_L1 + m_query.domain, Security::StartTls);
}

void Lookups::askForService(const QString &name, Security security)
{
    ask(Source::Srv);
    m_surroundings.names().lookUpService(name, m_asker.get(), [this, security](const ServiceAnswer &answer) {
        if (answer.outcome == NameOutcome::Failed) {
            failed(Source::Srv);
            return;
        }
        if (isDenied(answer.records))
            ++m_deniedServices;
        QList<Candidate> candidates = serviceCandidates(answer.records, security, m_query.domain);
        if (security == Security::StartTls) {
            for (Candidate &candidate : candidates)
                candidate.order += 100; // behind the others, whichever answer comes first
        }
        tell(candidates);
        const auto isService = [](const Candidate &one) { return one.source == Source::Srv; };
        m_facts.saysNoService
            = m_deniedServices > 0 && std::none_of(m_known.cbegin(), m_known.cend(), isService);
        answered(Source::Srv, candidates.isEmpty() ? QString() : candidates.first().server.host);
    });
}

void Lookups::askForExchangers()
{
    if (progress(Source::Table).state == StepState::Found)
        return;
    ask(Source::Mx);
    m_surroundings.names().lookUpMailExchangers(
        m_query.domain, m_asker.get(),
        [this](const MailExchangerAnswer &answer) { handleExchangers(answer); });
}

void Lookups::handleExchangers(const MailExchangerAnswer &answer)
{
    switch (answer.outcome) {
    case NameOutcome::Found:
        m_facts.domain = DomainState::Exists;
        break;
    case NameOutcome::NotFound:
        m_facts.domain = DomainState::DoesNotExist;
        break;
    case NameOutcome::Failed:
        m_facts.domain = DomainState::LookupFailed;
        failed(Source::Mx);
        return;
    }
    const QStringList hosts = preferredExchangers(answer.exchangers, m_query.domain);
    const ProviderTable &table = ProviderTable::builtIn();
    for (const QString &host : hosts) {
        if (const Provider *provider = table.byMx(host)) {
            m_facts.providerId = provider->id;
            m_facts.hostedAt = provider->name;
            m_facts.signIn = provider->signIn;
            m_facts.preparation = provider->preparation;
            tell(providerCandidates(*provider, Source::Mx, Trust::Confirm));
            answered(Source::Mx, provider->name);
            return;
        }
    }
    if (hosts.isEmpty()) {
        answered(Source::Mx, {});
        return;
    }
    const QString host = hosts.first();
    tell({ exchangerCandidate(host, m_query.domain) });
    const QStringList elsewhere = settingsDomainsOf(host, m_query.domain);
    const auto isNobodys = [](const QString &) { return false; };
    for (const QString &domain : elsewhere)
        fetchSettings(settingsUrl(domain), Source::Mx, isNobodys);
    if (m_options.database == FinderOptions::Database::Ask && !elsewhere.isEmpty())
        fetchSettings(databaseUrl(elsewhere.last()), Source::Database, isNobodys);
    answered(Source::Mx, host);
}

void Lookups::askForSettings()
{
    // Proven by the certificate of a host that belongs to whom the domain belongs to, and of nobody else.
    const auto isOwn = [domain = m_query.domain](const QString &host) {
        return host == domain || haveSameHolder(host, domain);
    };
    // Below a public suffix are other holders' names.
    if (!registrableDomain(m_query.domain).isEmpty())
        fetchSettings(settingsUrl(m_query.domain), Source::Autoconfig, isOwn);
    fetchSettings(wellKnownUrl(m_query.domain), Source::Autoconfig, isOwn);
    if (m_options.database == FinderOptions::Database::Ask
        && progress(Source::Table).state != StepState::Found)
        fetchSettings(databaseUrl(m_query.domain), Source::Database, [](const QString &) { return false; });
}

void Lookups::askForPlainSettings()
{
    const auto isNobodys = [](const QString &) { return false; };
    if (!registrableDomain(m_query.domain).isEmpty())
        fetchSettings(withoutEncryption(settingsUrl(m_query.domain)), Source::PlainAutoconfig, isNobodys);
    fetchSettings(withoutEncryption(wellKnownUrl(m_query.domain)), Source::PlainAutoconfig, isNobodys);
}

void Lookups::fetchSettings(const QString &url, Source source,
                            const std::function<bool(const QString &host)> &isOwn)
{
    ask(source);
    m_surroundings.web().fetch(QUrl(url), m_asker.get(), [this, source, isOwn](const WebAnswer &answer) {
        if (source != Source::PlainAutoconfig) // anybody may have answered
            rememberWeb(answer);
        constexpr int Ok = 200;
        if (answer.outcome == WebAnswer::Outcome::Answered && answer.status == Ok)
            handleDocument(answer, source, isOwn(answer.url.host(QUrl::FullyEncoded)));
        else if (answer.outcome == WebAnswer::Outcome::Failed)
            failed(source);
        else
            answered(source, {});
    });
}

void Lookups::handleDocument(const WebAnswer &answer, Source source, bool isOwn)
{
    const auto document = accounts::readAutoconfig(answer.body, m_query.domain);
    if (!document) {
        answered(source, {});
        return;
    }
    QList<Candidate> candidates = documentCandidates(
        *document, source, isOwn ? Publisher::OwnDomain : Publisher::Other, m_query.domain);
    const bool isAtWellKnown = answer.url.path().startsWith("/.well-known/"_L1);
    for (Candidate &candidate : candidates) {
        // Who takes the mail is known from unsigned DNS, and what came by http from whoever was on the way.
        if (source == Source::Mx || source == Source::PlainAutoconfig)
            candidate.approach = Approach::AfterConsent;
        if (isAtWellKnown)
            candidate.order += 100; // the other place goes first, whichever answers first
    }
    tell(candidates);
    if (!candidates.isEmpty() && source != Source::Mx && source != Source::PlainAutoconfig)
        fillInSignIn(signInOf(*document));
    answered(source, candidates.isEmpty() ? QString() : candidates.first().server.host);
}

void Lookups::rememberWeb(const WebAnswer &answer)
{
    using Web = FinderFacts::Web;
    using Outcome = WebAnswer::Outcome;
    const bool isRedirect = answer.outcome == Outcome::RefusedRedirect;
    const bool leadsAway = isRedirect
        && !haveSameHolder(answer.redirect.host(QUrl::FullyEncoded), answer.url.host(QUrl::FullyEncoded));
    if (answer.outcome == Outcome::Answered || answer.outcome == Outcome::TooLarge
        || (isRedirect && !leadsAway)) {
        m_facts.web = Web::Works;
        m_facts.portalUrl = {};
    } else if ((answer.outcome == Outcome::CertificateRefused || leadsAway) && m_facts.web != Web::Works) {
        m_facts.web = Web::Intercepted;
        if (leadsAway)
            m_facts.portalUrl = answer.redirect;
    }
}

void Lookups::fillInSignIn(const QList<SignInKind> &kinds)
{
    if (m_facts.signIn.isEmpty())
        m_facts.signIn = kinds;
}

void Lookups::tell(const QList<Candidate> &candidates)
{
    for (const Candidate &candidate : candidates) {
        if (m_known.contains(candidate))
            continue;
        m_known.append(candidate);
        m_untold.append(candidate);
    }
    reportSoon();
}

Lookups::Progress &Lookups::progress(Source source)
{
    return m_progress.at(static_cast<size_t>(source));
}

void Lookups::ask(Source source)
{
    Progress &one = progress(source);
    one.state = StepState::Running;
    ++one.pending;
}

void Lookups::answered(Source source, const QString &found)
{
    Progress &one = progress(source);
    if (one.found.isEmpty())
        one.found = found;
    close(source);
}

void Lookups::failed(Source source)
{
    progress(source).hasFailed = true;
    close(source);
}

void Lookups::close(Source source)
{
    Progress &one = progress(source);
    if (--one.pending == 0) {
        if (!one.found.isEmpty())
            one.state = StepState::Found;
        else
            one.state = one.hasFailed ? StepState::Failed : StepState::Nothing;
    }
    reportSoon();
}

void Lookups::giveUp()
{
    if (m_hasFinished)
        return;
    m_asker.reset();
    for (Progress &one : m_progress) {
        if (one.pending > 0) {
            one.pending = 0;
            one.state = one.found.isEmpty() ? StepState::Failed : StepState::Found;
        }
    }
    m_isReportDue = true;
    report();
}

void Lookups::reportSoon()
{
    if (m_isReportDue)
        return;
    m_isReportDue = true;
    m_surroundings.callLater(std::chrono::milliseconds(0), this, [this] { report(); });
}

/// The one place where signals come from: whoever hears one may destroy this.
void Lookups::report()
{
    if (!m_isReportDue)
        return;
    m_isReportDue = false;
    const QPointer<Lookups> self(this);
    if (!m_untold.isEmpty())
        Q_EMIT found(std::exchange(m_untold, {}));
    if (self)
        Q_EMIT changed();
    if (!self || m_hasFinished || m_isReportDue)
        return;
    const auto isPending = [](const Progress &one) { return one.pending > 0; };
    if (std::none_of(m_progress.cbegin(), m_progress.cend(), isPending)) {
        m_hasFinished = true;
        Q_EMIT finished();
    }
}

} // namespace postrider::discovery
