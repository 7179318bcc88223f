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

/// On ports where servers are known to speak first, it takes longer to doubt that they do.
constexpr std::chrono::milliseconds UsualSilence { 2500 };
constexpr std::chrono::milliseconds OddPortSilence { 300 };

QList<QHostAddress> sorted(QList<QHostAddress> addresses)
{
    std::sort(addresses.begin(), addresses.end(),
              [](const QHostAddress &a, const QHostAddress &b) { return a.toString() < b.toString(); });
    return addresses;
}

bool hasOnlyWrongName(const net::TlsReport &report)
{
    return report.problems == QList { net::TlsProblem::WrongName };
}

} // namespace

void SearchRun::addRow(const Host &host, Row wanted)
{
    for (Row &row : m_rows) {
        if (row.host == host.name && row.server.port == wanted.server.port) {
            // A port finds its other mode by itself; what is listed first counts, and need not wait.
            const bool isFirstListing = wanted.isListed && !row.isListed;
            if (isFirstListing && row.state == Row::State::Planned)
                row.server.security = wanted.server.security;
            row.isListed = row.isListed || wanted.isListed;
            row.delay = std::min(row.delay, wanted.delay);
            return;
        }
    }
    wanted.host = host.name;
    wanted.server.host = host.name;
    m_rows.push_back(wanted);
}

bool SearchRun::hasProxy(const Host &host) const
{
    return !host.proxies.isEmpty();
}

/// Whether it is worth a connection, when its time has come.
bool SearchRun::isNeeded(const Row &row) const
{
    const bool isPort25 = row.server.port == 25;
    if (row.isListed || (isPort25 && m_options.port25 == Search::Port25::Include))
        return true;
    if (m_report.recommended) {
        const bool isOfAnswer = m_report.recommended->server.host == row.host;
        return row.delay == 0ms || (isOfAnswer && m_options.extent == Search::Extent::AllPorts);
    }
    return true;
}

void SearchRun::startDueRows()
{
    if (m_report.isFinished)
        return;
    const base::MonotonicTime now = m_surroundings->clock().monotonic();
    // Starting may find an answer, and answers may add rows: by index, over what is there now.
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        Row &row = m_rows.at(i);
        if (row.state != Row::State::Planned || now < hostNamed(row.host).readyAt + row.delay)
            continue;
        if (isNeeded(row))
            startRow(row);
        else
            row.state = Row::State::Dropped;
    }
    evaluate();
}

/// When everything before has failed, nobody is served by waiting for the time of the next ports.
void SearchRun::startIdleRows()
{
    const bool isBusy = std::any_of(m_rows.cbegin(), m_rows.cend(), [](const Row &row) {
        return row.state == Row::State::Running || (row.state == Row::State::Planned && row.delay == 0ms);
    });
    const auto first = std::min_element(m_rows.begin(), m_rows.end(), [](const Row &a, const Row &b) {
        const auto key
            = [](const Row &row) { return std::pair(row.state != Row::State::Planned, row.delay); };
        return key(a) < key(b);
    });
    if (isBusy || m_report.recommended || first == m_rows.end() || first->state != Row::State::Planned)
        return;
    const std::chrono::milliseconds next = first->delay;
    for (Row &row : m_rows) {
        if (row.state == Row::State::Planned && row.delay == next)
            row.delay = 0ms;
    }
    startDueRows();
}

void SearchRun::startRow(Row &row)
{
    const Host &host = hostNamed(row.host);
    row.state = Row::State::Running;
    const QList<QHostAddress> addresses = sorted(host.addresses);
    if (!hasProxy(host) && !row.hasOwnProbe) {
        // The same addresses under another name: one connection tells for both.
        const auto twin = std::find_if(m_rows.cbegin(), m_rows.cend(), [&](const Row &other) {
            return other.probe && !other.hasOwnProbe && other.server.port == row.server.port
                && other.server.security == row.server.security
                && sorted(hostNamed(other.host).addresses) == addresses;
        });
        if (twin != m_rows.cend()) {
            row.probe = twin->probe;
            if (row.probe->isFinished())
                row.state = Row::State::Done;
            return;
        }
    }

    const PortResult place = emptyResult(row);
    PortProbe::Setup setup;
    setup.host = row.host;
    setup.security = row.server.security;
    setup.clientName = m_options.clientName;
    setup.policy = { m_options.extraAuthorities, m_options.pinnedKey };
    const bool isPlainAllowed = accounts::isPlaintextAllowed(row.host, true);
    setup.plaintext = isPlainAllowed ? PortProbe::Plaintext::Allowed : PortProbe::Plaintext::Refused;
    const bool isUsual = row.server.port == 587 || row.server.port == 25 || row.server.port == 2525;
    setup.silence = isUsual ? UsualSilence : OddPortSilence;
    setup.destination.addresses = host.addresses;
    setup.destination.proxies = host.proxies;
    setup.destination.host = host.name;
    setup.destination.localAddress = QHostAddress(m_options.route.localAddress);
    setup.destination.port = row.server.port;
    setup.destination.rank = sourceRank(place) * 1000 + portRank(row.server) * 100 + place.order;

    auto *probe = new PortProbe(setup, m_traffic, *m_surroundings, this);
    row.probe = probe;
    connect(probe, &PortProbe::changed, this, [this] { evaluate(); });
    connect(probe, &PortProbe::finished, this, [this, probe] { handleProbe(probe); });
    probe->start();
}

void SearchRun::handleProbe(PortProbe *probe)
{
    const QList<PortProbe::Result> results = probe->results();
    std::vector<std::size_t> toRepeat;
    bool isAnyNamed = false;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        Row &row = m_rows.at(i);
        if (row.probe != probe)
            continue;
        row.state = Row::State::Done;
        for (const PortProbe::Result &result : results) {
            if (!result.findings.tls || !hasOnlyWrongName(*result.findings.tls)) {
                isAnyNamed = true;
                continue;
            }
            const bool isNamed = net::namesMatchHost(result.findings.tls->names, row.host);
            isAnyNamed = isAnyNamed || isNamed;
            if (!isNamed && row.host != probe->setup().host)
                toRepeat.push_back(i);
        }
    }
    // A server may show another certificate when it is asked for by another name (RFC 6066 section 3).
    if (!isAnyNamed && !m_report.recommended) {
        for (const std::size_t i : toRepeat) {
            m_rows.at(i).hasOwnProbe = true;
            m_rows.at(i).probe = nullptr;
            startRow(m_rows.at(i));
        }
    }
    suggestHosts(probe);
    evaluate();
}

/// A certificate for another name of the same machine: the usual sight at hosters, and easily put right.
void SearchRun::suggestHosts(PortProbe *probe)
{
    constexpr int MostNames = 4;
    const QList<PortProbe::Result> results = probe->results();
    for (const PortProbe::Result &result : results) {
        if (!result.findings.tls || !hasOnlyWrongName(*result.findings.tls) || result.address.isNull())
            continue;
        const net::TlsReport &tls = *result.findings.tls;
        const QString key
            = QString::fromLatin1(tls.certificateSha256.toHex()) + u'@' + result.address.toString();
        if (m_suggestionsAsked.contains(key))
            continue;
        m_suggestionsAsked.insert(key);
        int asked = 0;
        for (const QByteArray &octets : tls.names) {
            const QString name = QString::fromUtf8(octets).toLower();
            const bool isHost = name.contains(u'.') && !name.contains(u'*') && QHostAddress(name).isNull();
            if (!isHost || asked == MostNames)
                continue;
            ++asked;
            ++m_openQuestions;
            m_surroundings->names().lookUpHost(
                name, this, [this, key, name, address = result.address](const HostAnswer &answer) {
                    --m_openQuestions;
                    if (answer.addresses.contains(address) && !m_suggestions.contains(key))
                        m_suggestions.insert(key, name);
                    evaluate();
                });
        }
    }
}

/// What they found stays in the rows.
void SearchRun::stopProbes()
{
    for (Row &row : m_rows) {
        if (row.probe) {
            row.last = resultsOf(row);
            for (PortResult &result : row.last)
                result.isRunning = false;
        }
        row.probe = nullptr;
        row.state = row.state == Row::State::Planned ? Row::State::Dropped : Row::State::Done;
    }
    const auto probes = findChildren<PortProbe *>(Qt::FindDirectChildrenOnly);
    for (PortProbe *probe : probes)
        probe->abandon();
    const auto wires = findChildren<Wire *>(Qt::FindDirectChildrenOnly);
    for (Wire *wire : wires)
        wire->close();
}

} // namespace postrider::discovery
