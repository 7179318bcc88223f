// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/searchrun.h"

#include <QHostAddress>

#include <algorithm>
#include <utility>

namespace postrider::discovery {

using namespace std::chrono_literals;
using accounts::Security;

namespace {

/// How often somebody is told of changes.
constexpr std::chrono::milliseconds ChangeInterval { 20 };
/// How long a way that works is kept back for a better one: in proportion to what it took itself, since that
/// is how far away servers are.
constexpr std::chrono::milliseconds ShortestSettling { 150 };
constexpr std::chrono::milliseconds LongestSettling { 1200 };
/// With an answer, the rest of the report has until then.
constexpr std::chrono::seconds ReportLimit { 8 };
constexpr std::chrono::seconds SlowGreeting { 3 };
constexpr std::chrono::seconds SlowSession { 5 };

} // namespace

void SearchRun::evaluate()
{
    if (std::exchange(m_isDecisionDue, true))
        return;
    m_surroundings->callLater(0ms, this, [this] {
        m_isDecisionDue = false;
        if (!m_isAbandoned && !m_report.isFinished)
            decide();
    });
}

void SearchRun::decide()
{
    buildReport();
    announceChange();
    startIdleRows();
    const base::MonotonicTime now = m_surroundings->clock().monotonic();
    if (m_report.recommended && !m_settleAt) {
        const auto took = m_report.ports.constFirst().took.value_or(0ms);
        const auto settling = std::clamp(took * 4, ShortestSettling, LongestSettling);
        m_settleAt = now + settling;
        m_surroundings->callLater(settling, this, [this] { evaluate(); });
    }
    const bool hasHadTime = m_settleAt && now >= *m_settleAt;
    if (m_report.recommended && !m_report.isSettled && (hasHadTime || !mayBetterCome()))
        settle();

    const bool isOpen = isAnythingOpen();
    if (!isOpen && !m_report.isSettled)
        settle();
    const bool hasAnswer = m_report.isSettled && m_report.recommended;
    const bool isEnough = hasAnswer
        && (m_options.extent == Search::Extent::UntilSettled || (elapsed() >= ReportLimit && hasHadTime));
    if (m_report.isSettled && (!isOpen || isEnough))
        finish();
}

void SearchRun::announceChange()
{
    if (std::exchange(m_isChangeDue, true))
        return;
    m_surroundings->callLater(ChangeInterval, this, [this] {
        if (std::exchange(m_isChangeDue, false) && !m_isAbandoned && !m_report.isFinished)
            Q_EMIT changed();
    });
}

void SearchRun::buildReport()
{
    m_report.elapsed = elapsed();
    if (m_finder) {
        m_report.steps = m_finder->steps();
        m_facts = m_finder->facts();
        m_report.domain = m_facts.domain;
        m_report.providerId = m_facts.providerId;
        m_report.serviceId = m_facts.serviceId;
        m_report.hostedAt = m_facts.hostedAt;
        m_report.portalUrl = m_facts.portalUrl;
        for (SourceStep &step : m_report.steps) {
            if (step.source == Source::Guess && step.state == StepState::Found)
                step.state = guessState();
        }
    }
    m_report.typedHosts.clear();
    for (const Host &host : m_hosts) {
        if (isTypedBesideAddress(host))
            m_report.typedHosts.append(host.name);
    }

    m_report.ports.clear();
    for (const Row &row : m_rows)
        m_report.ports += resultsOf(row);
    for (const Host &host : m_hosts) {
        if (host.state == Host::State::Ready)
            continue;
        // Named by a source, and not connected to: because nobody agreed yet, or since it leads nowhere.
        for (const Candidate &candidate : host.candidates) {
            if (candidate.source == Source::Guess || candidate.server.port == 0)
                continue;
            Row row;
            row.host = host.name;
            row.server = candidate.server;
            row.isListed = true;
            PortResult result = emptyResult(row);
            result.isRunning = host.state == Host::State::LookingUp && !m_report.isFinished;
            if (host.state == Host::State::NotFound)
                result.verdict = Verdict::DnsNotFound;
            else if (host.state == Host::State::Failed)
                result.verdict = Verdict::DnsFailed;
            m_report.ports.append(result);
        }
    }
    rank(m_report.ports);
    m_report.isSlow = std::any_of(m_report.ports.cbegin(), m_report.ports.cend(),
                                  [](const PortResult &port) { return port.isSlow; });

    const std::optional<Recommendation> best = recommend(m_report.ports, m_query);
    m_report.laterBetter.reset();
    if (m_answer && best && best->server != *m_answer) {
        // What was answered stands, and the better way is told beside it.
        m_report.laterBetter = best->server;
        const auto answered
            = std::find_if(m_report.ports.begin(), m_report.ports.end(),
                           [this](const PortResult &port) { return port.server == *m_answer; });
        m_report.recommended = recommend({ *answered }, m_query);
    } else {
        m_report.recommended = best;
    }
    m_report.alternates = m_report.recommended ? alternatesOf(*m_report.recommended, m_report.ports)
                                               : QList<accounts::Server>();
    m_report.onlyWithConsent = recommendPort25(m_report.ports, m_query);
    m_report.verdict = verdictOfAll();
}

/// Beside the address that the search is for; a whole server (with its port) is the account's own.
bool SearchRun::isTypedBesideAddress(const Host &host) const
{
    return m_query.kind == Query::Kind::Address
        && std::any_of(host.candidates.cbegin(), host.candidates.cend(), [](const Candidate &candidate) {
               return candidate.source == Source::Typed && candidate.server.port == 0;
           });
}

/// A usual name is found when there is a host of that name.
StepState SearchRun::guessState() const
{
    StepState state = StepState::Nothing;
    for (const Host &host : m_hosts) {
        const bool isGuessed
            = std::any_of(host.candidates.cbegin(), host.candidates.cend(),
                          [](const Candidate &candidate) { return candidate.source == Source::Guess; });
        if (!isGuessed)
            continue;
        // A proxy is asked for a name only by connecting.
        const bool isConnected
            = std::any_of(m_report.ports.cbegin(), m_report.ports.cend(), [&host](const PortResult &port) {
                  return port.server.host == host.name && port.connectTime.has_value();
              });
        if (isConnected || (host.state == Host::State::Ready && !hasProxy(host)))
            return StepState::Found;
        const bool isOpen = host.state == Host::State::LookingUp || host.state == Host::State::Ready;
        if (isOpen && !m_report.isFinished)
            state = StepState::Running;
        else if (host.state == Host::State::Failed && state == StepState::Nothing)
            state = StepState::Failed;
    }
    return state;
}

Verdict SearchRun::verdictOfAll() const
{
    if (m_report.recommended || m_report.typedHosts.isEmpty())
        return overallVerdict(m_report.ports, m_facts, evidence(), m_report.recommended);
    // What the domain has was told before, and whoever typed another name wants to know about that one.
    QList<PortResult> asked = m_report.ports;
    asked.removeIf(
        [this](const PortResult &port) { return !m_report.typedHosts.contains(port.server.host); });
    FinderFacts facts = m_facts;
    facts.saysNoService = false;
    facts.domain = DomainState::Unknown;
    return overallVerdict(asked, facts, evidence(), {});
}

QList<PortResult> SearchRun::resultsOf(const Row &row) const
{
    if (!row.probe && !row.last.isEmpty())
        return row.last;
    if (!row.probe) {
        const bool isWanted
            = row.isListed || !m_report.recommended || m_report.recommended->server.host == row.host;
        PortResult empty = emptyResult(row);
        empty.isRunning = row.state == Row::State::Planned && !m_report.isFinished;
        return isWanted ? QList { empty } : QList<PortResult>();
    }
    QList<PortResult> results;
    const QList<PortProbe::Result> found = row.probe->results();
    for (const PortProbe::Result &result : found)
        results.append(judged(row, result));
    return results;
}

/// What the sources say, before anything was tried.
PortResult SearchRun::emptyResult(const Row &row) const
{
    PortResult port;
    port.server = row.server;
    port.isListed = row.isListed;
    const auto host = std::find_if(m_hosts.cbegin(), m_hosts.cend(),
                                   [&row](const Host &h) { return h.name == row.host; });
    if (host == m_hosts.cend() || host->candidates.isEmpty())
        return port;
    // What may be connected to at once says more than what waits for a word.
    const auto isWaiting
        = [](const Candidate &candidate) { return candidate.approach == Approach::AfterConsent; };
    QList<Candidate> known = host->candidates;
    if (!std::all_of(known.cbegin(), known.cend(), isWaiting))
        known.removeIf(isWaiting);
    const auto listing = std::find_if(known.cbegin(), known.cend(), [&row](const Candidate &candidate) {
        return candidate.server.port == row.server.port;
    });
    const bool isListing = row.isListed && listing != known.cend();
    const Candidate &candidate = isListing ? *listing : known.constFirst();
    port.source = candidate.source;
    port.trust = candidate.trust;
    port.approach = candidate.approach;
    if (isTyped(*host)) { // whoever else names it
        port.source = Source::Typed;
        port.trust = Trust::Sure;
    }
    port.userPattern = candidate.userPattern;
    port.order = candidate.order;
    return port;
}

PortResult SearchRun::judged(const Row &row, const PortProbe::Result &result) const
{
    PortResult port = emptyResult(row);
    const ProbeFindings &findings = result.findings;
    port.server.security = result.security;
    port.isRunning = result.isRunning && row.state != Row::State::Dropped;
    port.verdict = result.verdict;
    port.addresses = result.attempts;
    port.connectTime = result.connectTime;
    port.greetingDelay = findings.greetingDelay;
    port.took = result.took;
    port.isSlow = result.isSlow;
    port.isProxied = !row.probe->setup().destination.proxies.isEmpty() && result.address.isNull();
    port.greeting = findings.greeting;
    port.spokenInstead = findings.spokenInstead;
    port.serverWords = findings.serverWords;
    port.technicalReason = findings.technicalReason;
    port.tls = findings.tls;
    if (findings.tls || result.security == Security::None) {
        port.keywords = findings.keywords;
        const SortedMechanisms mechanisms = sortMechanisms(findings.capabilities.authMechanisms());
        port.auth = mechanisms.usable;
        port.otherAuth = mechanisms.other;
        port.sizeLimit = findings.capabilities.sizeLimit();
    }

    if (port.tls) {
        port.antivirus = antivirusName(port.tls->issuer);
        const QString judgedHost = row.probe->setup().host;
        if (judgedHost != row.host) {
            QList<net::TlsProblem> &problems = port.tls->problems;
            problems.removeAll(net::TlsProblem::WrongName);
            const bool isPinned = !m_options.pinnedKey.isEmpty();
            if (!isPinned && !net::namesMatchHost(port.tls->names, row.host))
                problems.prepend(net::TlsProblem::WrongName);
        }
        if (port.verdict == Verdict::Ok)
            port.verdict = certificateVerdict(*port.tls, row.host);
        if (port.verdict == Verdict::CertName && !result.address.isNull()) {
            const QString key
                = QString::fromLatin1(port.tls->certificateSha256.toHex()) + u'@' + result.address.toString();
            port.suggestedHost = m_suggestions.value(key);
        }
    }
    const bool isSlow = findings.greetingDelay.value_or(0ms) >= SlowGreeting || findings.took >= SlowSession;
    if (port.verdict == Verdict::Ok && isSlow)
        port.verdict = Verdict::OkSlow;
    // The provider says that it encrypts here: somebody on the way has taken that out.
    const bool isPublished = row.isListed
        && (port.source == Source::Table || port.source == Source::Autoconfig
            || port.source == Source::Database);
    if (port.verdict == Verdict::NoTls && isPublished && findings.serverWords.isEmpty()
        && isPublishedWithStartTls(row))
        port.verdict = Verdict::TlsStripped;
    if (port.isRunning && port.verdict == Verdict::NotTried && port.isSlow)
        port.verdict = Verdict::Silent;
    // The search is over, and this has gone on for long enough.
    if (m_report.isFinished && port.verdict == Verdict::NotTried && result.hasWaitedLong)
        port.verdict = Verdict::Timeout;
    return port;
}

bool SearchRun::isPublishedWithStartTls(const Row &row) const
{
    const auto host = std::find_if(m_hosts.cbegin(), m_hosts.cend(),
                                   [&row](const Host &h) { return h.name == row.host; });
    return host != m_hosts.cend()
        && std::any_of(host->candidates.cbegin(), host->candidates.cend(), [&row](const Candidate &c) {
               return c.server.port == row.server.port && c.server.security == Security::StartTls;
           });
}

/// Whether something that ranks before the best is still on its way.
bool SearchRun::mayBetterCome() const
{
    const PortResult &best = m_report.ports.constFirst();
    if (!m_isFinderDone && best.source != Source::Typed)
        return true;
    const bool isHostOpen = std::any_of(m_hosts.cbegin(), m_hosts.cend(), [&best](const Host &host) {
        if (host.state != Host::State::LookingUp || host.candidates.isEmpty())
            return false;
        const Candidate &candidate = host.candidates.constFirst();
        PortResult hoped;
        hoped.source = candidate.source;
        hoped.trust = candidate.trust;
        hoped.order = candidate.order;
        hoped.isListed = candidate.source != Source::Guess;
        hoped.server = { host.name, 465, Security::Tls };
        return isPreferred(hoped, best);
    });
    return isHostOpen || std::any_of(m_rows.cbegin(), m_rows.cend(), [this, &best](const Row &row) {
               const bool isDue = row.state == Row::State::Running
                   || (row.state == Row::State::Planned && row.delay == 0ms);
               const bool mayWork = !row.probe || row.probe->mayStillWork();
               return isDue && mayWork && isPreferred(emptyResult(row), best);
           });
}

bool SearchRun::isAnythingOpen() const
{
    const bool isHostOpen = std::any_of(m_hosts.cbegin(), m_hosts.cend(), [](const Host &host) {
        return host.state == Host::State::LookingUp;
    });
    const bool isRowOpen = std::any_of(m_rows.cbegin(), m_rows.cend(), [](const Row &row) {
        return row.state == Row::State::Planned || row.state == Row::State::Running;
    });
    return !m_isFinderDone || isHostOpen || isRowOpen || m_openQuestions > 0;
}

NetworkEvidence SearchRun::evidence() const
{
    using Names = NetworkEvidence::Names;
    NetworkEvidence evidence;
    evidence.state = m_surroundings->network();
    evidence.web = m_web;
    for (const Host &host : m_hosts) {
        if (!m_report.typedHosts.isEmpty() && !isTypedBesideAddress(host))
            continue;
        if (host.state == Host::State::Ready)
            evidence.names = Names::Found;
        else if (host.state == Host::State::NotFound && evidence.names != Names::Found)
            evidence.names = Names::NoneFound;
        else if (host.state == Host::State::Failed && evidence.names == Names::NotAsked)
            evidence.names = Names::NoneAnswered;
    }
    return evidence;
}

void SearchRun::settle()
{
    if (std::exchange(m_report.isSettled, true))
        return;
    if (m_report.recommended)
        m_answer = m_report.recommended->server;
    Q_EMIT settled();
}

void SearchRun::finish()
{
    if (m_report.isFinished)
        return;
    buildReport();
    settle();
    if (m_isAbandoned) // from within settled()
        return;
    m_report.isFinished = true;
    stopProbes();
    buildReport();
    if (m_finder) {
        m_finder->disconnect(this);
        m_finder.release()->deleteLater();
    }
    if (m_report.freshness == Freshness::NetworkChanged && !m_report.recommended)
        m_report.verdict = Verdict::NotTried; // it was about another network
    Q_EMIT finished();
}

std::chrono::milliseconds SearchRun::elapsed() const
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(m_surroundings->clock().monotonic()
                                                                 - m_startedAt);
}

} // namespace postrider::discovery
