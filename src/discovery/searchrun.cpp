// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/searchrun.h"

#include <QHostAddress>

#include <algorithm>
#include <utility>

namespace postrider::discovery {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using accounts::Security;

namespace {

/// A name server that has not answered by then is taken as one that does not.
constexpr std::chrono::seconds LookupTimeout { 10 };
constexpr std::chrono::seconds ProxiedLookupTimeout { 1 };
/// When nothing has connected by then, it is worth asking whether anything does.
constexpr std::chrono::seconds WebCheckAfter { 2 };
constexpr std::chrono::seconds WebCheckTimeout { 4 };
/// By then a person gets a definite answer.
constexpr std::chrono::seconds AnswerLimit { 8 };
/// Ports that are not the first choice come later, when there is no answer yet.
constexpr std::chrono::milliseconds SecondPortsAfter { 400 };
constexpr std::chrono::milliseconds LastPortAfter { 800 };

bool isLiteral(const QString &name)
{
    return !QHostAddress(name).isNull();
}

bool isThisComputer(const QString &name)
{
    return name == "localhost"_L1 || name.endsWith(".localhost"_L1);
}

/// On this computer, or an address of a private network.
bool isNear(const QString &name)
{
    return isThisComputer(name) || accounts::isPlaintextAllowed(name, false);
}

/// Nothing: the one of the system.
std::optional<QNetworkProxy> chosenProxy(const accounts::Route &route)
{
    switch (route.proxy) {
    case accounts::Route::Proxy::System:
        return {};
    case accounts::Route::Proxy::None:
        return QNetworkProxy(QNetworkProxy::NoProxy);
    case accounts::Route::Proxy::Socks5:
        return QNetworkProxy(QNetworkProxy::Socks5Proxy, route.proxyHost, route.proxyPort);
    case accounts::Route::Proxy::HttpConnect:
        return QNetworkProxy(QNetworkProxy::HttpProxy, route.proxyHost, route.proxyPort);
    }
    Q_UNREACHABLE();
}

Security usualSecurity(quint16 port)
{
    const bool isImplicit = port == 465 || port == 2465 || port == 8465 || port == 443;
    return isImplicit ? Security::Tls : Security::StartTls;
}

} // namespace

SearchRun::SearchRun(Query query, Search::Options options, QList<Candidate> added, Surroundings &surroundings,
                     QObject *parent)
    : QObject(parent)
    , m_query(std::move(query))
    , m_options(std::move(options))
    , m_added(std::move(added))
    , m_surroundings(&surroundings)
    , m_traffic(surroundings)
{
    m_report.query = m_query;
}

SearchRun::~SearchRun()
{
    // The probes are children, and tell Traffic when they go.
    m_rows.clear();
    const auto probes = findChildren<PortProbe *>(Qt::FindDirectChildrenOnly);
    qDeleteAll(probes);
}

void SearchRun::abandon()
{
    disconnect();
    m_isAbandoned = true;
    m_report.isSettled = true;
    m_report.isFinished = true;
    stopProbes();
    if (m_finder) {
        m_finder->disconnect(this);
        m_finder.release()->deleteLater(); // this may be one of its own signals
    }
    deleteLater();
}

void SearchRun::handleNetworkChange()
{
    if (m_report.isFinished)
        return;
    m_report.freshness = Freshness::NetworkChanged;
    finish();
}

void SearchRun::start()
{
    const base::Clock &clock = m_surroundings->clock();
    m_startedAt = clock.monotonic();
    m_report.startedAt = clock.now();
    handleTimeLimit();

    m_surroundings->trust(m_options.extraAuthorities);
    m_finder = m_surroundings->makeFinder(m_query,
                                          { m_options.database, m_options.lookup, m_options.plainSettings });
    connect(m_finder.get(), &CandidateFinder::found, this, &SearchRun::takeCandidates);
    connect(m_finder.get(), &CandidateFinder::changed, this, &SearchRun::evaluate);
    connect(m_finder.get(), &CandidateFinder::finished, this, [this] {
        m_isFinderDone = true;
        evaluate();
    });

    QList<Candidate> typed = m_added;
    if (m_query.kind != Query::Kind::Name && !m_query.host.isEmpty())
        typed.append({ .server = { m_query.host, m_query.port, usualSecurity(m_query.port) },
                       .source = Source::Typed });
    m_surroundings->callLater(0ms, this, [this, typed] { takeCandidates(typed); });
    m_finder->start();
    m_surroundings->callLater(WebCheckAfter, this, [this] { checkWeb(); });
}

void SearchRun::handleTimeLimit()
{
    const int epoch = ++m_epoch;
    const auto later = [this, epoch](std::chrono::milliseconds delay, auto action) {
        m_surroundings->callLater(delay, this, [this, epoch, action] {
            if (epoch == m_epoch && !m_report.isFinished)
                action();
        });
    };
    later(std::min<std::chrono::milliseconds>(AnswerLimit, m_options.limit), [this] {
        buildReport();
        settle();
        evaluate();
    });
    later(m_options.limit, [this] { finish(); });
}

void SearchRun::add(const Candidate &candidate)
{
    const bool wasFinished = std::exchange(m_report.isFinished, false);
    m_report.isSettled = false;
    m_answer.reset();
    m_settleAt.reset();
    if (wasFinished) {
        m_startedAt = m_surroundings->clock().monotonic();
        m_isFinderDone = true;
    }
    handleTimeLimit();

    const QString &name = candidate.server.host;
    const auto known = std::find_if(m_hosts.begin(), m_hosts.end(),
                                    [&name](const Host &host) { return host.name == name; });
    if (known == m_hosts.end() || known->state != Host::State::AwaitsConsent) {
        takeCandidates({ candidate });
        return;
    }
    for (Candidate &waiting : known->candidates) {
        waiting.approach = Approach::AtOnce;
        waiting.trust = Trust::Sure; // a person said so
    }
    lookUp(name);
}

void SearchRun::takeCandidates(const QList<Candidate> &candidates)
{
    QStringList fresh;
    for (Candidate candidate : candidates) {
        const qsizetype before = static_cast<qsizetype>(m_hosts.size());
        Host &host = hostNamed(candidate.server.host);
        if (static_cast<qsizetype>(m_hosts.size()) > before)
            fresh.append(host.name);
        if (isTyped(host)) { // a person has said so already
            candidate.approach = Approach::AtOnce;
            candidate.trust = Trust::Sure;
        }
        if (host.candidates.contains(candidate))
            continue;
        const auto isWorse = [&candidate](const Candidate &other) {
            return std::pair(other.source, other.order) > std::pair(candidate.source, candidate.order);
        };
        host.candidates.insert(std::find_if(host.candidates.begin(), host.candidates.end(), isWorse),
                               candidate);
        const bool isAllowed = candidate.approach == Approach::AtOnce;
        if (isAllowed && host.state == Host::State::AwaitsConsent && !fresh.contains(host.name))
            fresh.append(host.name);
        if (host.state == Host::State::Ready)
            planRows(host);
    }
    for (const QString &name : std::as_const(fresh)) {
        const QList<Candidate> &known = hostNamed(name).candidates;
        const auto isAllowed = [](const Candidate &c) { return c.approach == Approach::AtOnce; };
        if (std::any_of(known.cbegin(), known.cend(), isAllowed))
            lookUp(name);
    }
    evaluate();
}

/// Whether a person named it, or agreed to it; those candidates come first.
bool SearchRun::isTyped(const Host &host)
{
    return !host.candidates.isEmpty() && host.candidates.constFirst().source == Source::Typed;
}

SearchRun::Host &SearchRun::hostNamed(const QString &name)
{
    const auto known = std::find_if(m_hosts.begin(), m_hosts.end(), [&name](const Host &host) {
        return host.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    if (known != m_hosts.end())
        return *known;
    Host host;
    host.name = name;
    m_hosts.push_back(host);
    return m_hosts.back();
}

void SearchRun::lookUp(const QString &name)
{
    Host &host = hostNamed(name);
    host.state = Host::State::LookingUp;
    if (isThisComputer(name)) { // RFC 6761 section 6.3: nobody needs to be asked
        takeAddresses(
            name,
            { NameOutcome::Found,
              { QHostAddress(QHostAddress::LocalHost), QHostAddress(QHostAddress::LocalHostIPv6) } });
        return;
    }
    if (const QHostAddress literal(name); literal.isLoopback()) {
        takeAddresses(name, { NameOutcome::Found, { literal } });
        return;
    }
    if (name == "invalid"_L1 || name.endsWith(".invalid"_L1)) { // section 6.4: it never exists
        takeAddresses(name, { NameOutcome::NotFound, {} });
        return;
    }
    m_surroundings->callLater(LookupTimeout, this, [this, name] {
        takeAddresses(name, { NameOutcome::Failed, {} });
    });
    if (const auto chosen = chosenProxy(m_options.route)) {
        m_surroundings->callLater(0ms, this, [this, name, chosen] {
            if (hostNamed(name).state == Host::State::LookingUp)
                takeProxies(name, { *chosen });
        });
        return;
    }
    m_surroundings->findProxies(name, 587, this, [this, name](const QList<QNetworkProxy> &proxies) {
        if (hostNamed(name).state == Host::State::LookingUp)
            takeProxies(name, proxies);
    });
}

/// The system's ways, best first. Names are asked for only where it allows the direct one.
void SearchRun::takeProxies(const QString &name, const QList<QNetworkProxy> &ways)
{
    const auto isDirect = [](const QNetworkProxy &way) { return way.type() == QNetworkProxy::NoProxy; };
    const auto direct = std::find_if(ways.cbegin(), ways.cend(), isDirect);
    hostNamed(name).proxies = QList(ways.cbegin(), direct);
    const bool isProxied = direct != ways.cbegin();
    if (isProxied && direct == ways.cend()) {
        makeReady(name);
        return;
    }
    if (isLiteral(name)) {
        takeAddresses(name, { NameOutcome::Found, { QHostAddress(name) } });
        return;
    }
    askNameServer(name);
    if (isProxied) { // networks with proxies often know no names from outside
        m_surroundings->callLater(ProxiedLookupTimeout, this, [this, name] {
            takeAddresses(name, { NameOutcome::Failed, {} });
        });
    }
}

void SearchRun::askNameServer(const QString &name)
{
    m_surroundings->names().lookUpHost(
        name, this, [this, name](const HostAnswer &answer) { takeAddresses(name, answer); });
}

void SearchRun::takeAddresses(const QString &name, const HostAnswer &answer)
{
    Host &host = hostNamed(name);
    if (host.state != Host::State::LookingUp)
        return; // too late
    host.addresses = answer.addresses;
    if (!answer.addresses.isEmpty() || !host.proxies.isEmpty()) {
        makeReady(name);
        return;
    }
    host.state = answer.outcome == NameOutcome::Failed ? Host::State::Failed : Host::State::NotFound;
    evaluate();
}

void SearchRun::makeReady(const QString &name)
{
    Host &host = hostNamed(name);
    host.state = Host::State::Ready;
    host.readyAt = m_surroundings->clock().monotonic();
    planRows(host);
    for (const std::chrono::milliseconds delay : { SecondPortsAfter, LastPortAfter })
        m_surroundings->callLater(delay, this, [this] { startDueRows(); });
    evaluate();
}

void SearchRun::planRows(Host &host)
{
    bool takesUsualPorts = false;
    for (const Candidate &candidate : std::as_const(host.candidates)) {
        if (candidate.approach == Approach::AfterConsent)
            continue;
        accounts::Server server = candidate.server;
        const bool isAlone = m_query.kind == Query::Kind::HostAndPort && candidate.source == Source::Typed
            && server.port != 0;
        const bool isListed = candidate.source != Source::Guess && server.port != 0;
        takesUsualPorts = takesUsualPorts || !isAlone;
        if (!isListed)
            continue;
        // No password ever goes over plain text, so encryption is asked for where none is listed.
        if (server.security == Security::None && !isNear(server.host))
            server.security = usualSecurity(server.port);
        addRow(host, { .server = server, .isListed = true });
    }
    if (takesUsualPorts) {
        addRow(host, { .server = { host.name, 465, Security::Tls } });
        addRow(host, { .server = { host.name, 587, Security::StartTls } });
        if (isTyped(host) && isNear(host.name))
            addRow(host, { .server = { host.name, 1025, Security::StartTls } });
        addRow(host, { .server = { host.name, 2525, Security::StartTls }, .delay = SecondPortsAfter });
        addRow(host, { .server = { host.name, 25, Security::StartTls }, .delay = LastPortAfter });
    }
    startDueRows();
}

void SearchRun::checkWeb()
{
    const bool hasConnected
        = std::any_of(m_report.ports.cbegin(), m_report.ports.cend(),
                      [](const PortResult &port) { return port.connectTime.has_value(); });
    if (m_isWebAsked || m_report.isSettled || hasConnected)
        return;
    m_isWebAsked = true;
    QList<QHostAddress> addresses;
    for (const Host &host : m_hosts) {
        for (const QHostAddress &address : host.addresses) {
            if (addresses.size() < 4 && !addresses.contains(address))
                addresses.append(address);
        }
    }
    for (const QHostAddress &address : std::as_const(addresses)) {
        tryWeb(address, 443);
        tryWeb(address, 80);
    }
}

/// Nothing is said: whether somebody listens, or refuses, is all that is to be known.
void SearchRun::tryWeb(const QHostAddress &address, quint16 port)
{
    Wire *wire = m_surroundings->makeWire(this);
    ++m_openQuestions;
    const auto end = [this, wire](NetworkEvidence::Web found) {
        if (wire->property("ended").toBool())
            return;
        wire->setProperty("ended", true);
        wire->disconnect(this);
        wire->close();
        wire->deleteLater();
        --m_openQuestions;
        if (found == NetworkEvidence::Web::Works || m_web == NetworkEvidence::Web::Unknown)
            m_web = found;
        evaluate();
    };
    connect(wire, &Wire::connected, this, [end] { end(NetworkEvidence::Web::Works); });
    connect(wire, &Wire::failed, this, [end](WireFailure failure) {
        const bool isAnswer = failure == WireFailure::Refused;
        end(isAnswer ? NetworkEvidence::Web::Works : NetworkEvidence::Web::Silent);
    });
    m_surroundings->callLater(WebCheckTimeout, wire, [end] { end(NetworkEvidence::Web::Silent); });
    wire->open({ .address = address, .host = {}, .port = port });
}

} // namespace postrider::discovery
