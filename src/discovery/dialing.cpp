// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/dialing.h"

#include "discovery/surroundings.h"
#include "net/dialer.h"

#include <algorithm>
#include <utility>

namespace postrider::discovery {

using namespace std::chrono_literals;

namespace {

/// Two more SYNs have been sent by then, and lost.
constexpr std::chrono::seconds LongWait { 3 };

Verdict verdictOf(WireFailure failure)
{
    switch (failure) {
    case WireFailure::Refused:
        return Verdict::Refused;
    case WireFailure::HostNotFound:
        return Verdict::DnsNotFound;
    case WireFailure::Unreachable:
    case WireFailure::Other:
        break;
    }
    return Verdict::Unreachable;
}

/// Of several addresses' verdicts the one with the largest number is told: a refusal says most.
int weightOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::DnsNotFound:
        return 4;
    case Verdict::Refused:
        return 3;
    case Verdict::Timeout:
        return 2;
    case Verdict::Unreachable:
        return 1;
    default:
        return 0;
    }
}

} // namespace

Dialing::Dialing(Destination destination, Traffic &traffic, Surroundings &surroundings, QObject *parent)
    : QObject(parent)
    , m_destination(std::move(destination))
    , m_traffic(&traffic)
    , m_surroundings(&surroundings)
{
    const QList<QHostAddress> addresses = net::Dialer::interleaved(m_destination.addresses);
    for (const QHostAddress &address : addresses) {
        Attempt attempt;
        attempt.address = address;
        attempt.isPenalised = m_traffic->hasFailed(address.protocol());
        m_attempts.push_back(attempt);
    }
    const auto isGood = [](const Attempt &attempt) { return !attempt.isPenalised; };
    std::stable_partition(m_attempts.begin(), m_attempts.end(), isGood);
    if (!m_attempts.empty() && m_attempts.front().isPenalised) {
        for (Attempt &attempt : m_attempts)
            attempt.isPenalised = false; // there is nothing better
    }
    std::vector<Attempt> proxied;
    for (const QNetworkProxy &proxy : std::as_const(m_destination.proxies)) {
        Attempt attempt;
        attempt.proxy = proxy;
        proxied.push_back(attempt);
    }
    m_attempts.insert(m_attempts.begin(), proxied.begin(), proxied.end());
}

Dialing::~Dialing()
{
    for (Attempt &attempt : m_attempts)
        drop(attempt);
}

void Dialing::start()
{
    startAfter(0ms);
}

void Dialing::abandon()
{
    disconnect();
    m_hasEnded = true;
    for (Attempt &attempt : m_attempts)
        drop(attempt);
}

Wire *Dialing::wire() const
{
    return m_winner ? m_attempts.at(*m_winner).wire : nullptr;
}

QHostAddress Dialing::address() const
{
    return m_winner ? m_attempts.at(*m_winner).address : QHostAddress();
}

void Dialing::endWire()
{
    if (m_winner)
        drop(m_attempts.at(*m_winner));
}

void Dialing::setIdle()
{
    if (m_winner)
        m_traffic->idle(m_attempts.at(*m_winner).ticket);
}

bool Dialing::hasWaitedLong() const
{
    const base::MonotonicTime now = m_surroundings->clock().monotonic();
    return std::any_of(m_attempts.cbegin(), m_attempts.cend(), [now](const Attempt &attempt) {
        return attempt.state == Attempt::State::Running && now - attempt.startedAt >= LongWait;
    });
}

QList<AddressAttempt> Dialing::attempts() const
{
    QList<AddressAttempt> list;
    for (const Attempt &attempt : m_attempts)
        list.append({ attempt.address, attempt.verdict, attempt.took });
    return list;
}

void Dialing::startAfter(std::chrono::milliseconds delay)
{
    const int timer = ++m_timer;
    m_surroundings->callLater(delay, this, [this, timer] {
        if (timer == m_timer)
            startNext();
    });
}

void Dialing::startNext()
{
    if (m_hasEnded)
        return;
    const auto next = std::find_if(m_attempts.begin(), m_attempts.end(), [](const Attempt &attempt) {
        return attempt.state == Attempt::State::Waiting;
    });
    if (next == m_attempts.end())
        return;
    next->state = Attempt::State::Entering;
    const auto index = static_cast<std::size_t>(next - m_attempts.begin());
    const Traffic::Ticket ticket
        = m_traffic->enter(next->address, m_destination.rank, this, [this, index] { open(index); });
    m_attempts.at(index).ticket = ticket;
}

void Dialing::open(std::size_t index)
{
    Attempt &attempt = m_attempts.at(index);
    if (attempt.state != Attempt::State::Entering)
        return;
    attempt.state = Attempt::State::Running;
    attempt.startedAt = m_surroundings->clock().monotonic();
    attempt.wire = m_surroundings->makeWire(this);
    connect(attempt.wire, &Wire::connected, this, [this, index] { handleConnected(index); });
    connect(attempt.wire, &Wire::failed, this, [this, index](WireFailure failure, const QString &reason) {
        handleFailure(index, verdictOf(failure), reason);
    });
    m_surroundings->callLater(AddressTimeout, attempt.wire,
                              [this, index] { handleFailure(index, Verdict::Timeout, {}); });
    const bool isProxied = attempt.proxy.type() != QNetworkProxy::NoProxy;
    if (!isProxied && index + 1 < m_attempts.size()) {
        const bool reachesPenalised = m_attempts.at(index + 1).isPenalised && !attempt.isPenalised;
        startAfter(reachesPenalised ? FamilyPenalty : AttemptDelay);
    }
    attempt.wire->open({ attempt.address, attempt.proxy, m_destination.host, m_destination.port,
                         m_destination.localAddress });
}

void Dialing::handleConnected(std::size_t index)
{
    Attempt &attempt = m_attempts.at(index);
    if (attempt.state != Attempt::State::Running || attempt.verdict != Verdict::NotTried)
        return;
    const base::MonotonicTime now = m_surroundings->clock().monotonic();
    attempt.verdict = Verdict::Ok;
    attempt.took = std::chrono::duration_cast<std::chrono::milliseconds>(now - attempt.startedAt);
    m_traffic->familyWorked(attempt.address.protocol());
    if (m_hasEnded) {
        drop(attempt); // all that was to be known
        Q_EMIT changed();
        return;
    }
    m_hasEnded = true;
    m_winner = index;
    m_traffic->connected(attempt.ticket);
    for (Attempt &other : m_attempts) {
        if (other.state == Attempt::State::Entering)
            drop(other);
        // It had its time, and another family was there.
        const bool isOvertaken = other.state == Attempt::State::Running && &other != &attempt
            && now - other.startedAt >= AttemptDelay
            && other.address.protocol() != attempt.address.protocol();
        if (isOvertaken)
            m_traffic->familyFailed(other.address.protocol());
    }
    Q_EMIT connected();
}

void Dialing::handleFailure(std::size_t index, Verdict verdict, const QString &reason)
{
    Attempt &attempt = m_attempts.at(index);
    if (attempt.state != Attempt::State::Running || attempt.verdict != Verdict::NotTried)
        return;
    attempt.verdict = verdict;
    attempt.took = std::chrono::duration_cast<std::chrono::milliseconds>(m_surroundings->clock().monotonic()
                                                                         - attempt.startedAt);
    if (!reason.isEmpty())
        m_reason = reason;
    if (verdict == Verdict::Timeout || verdict == Verdict::Unreachable)
        m_traffic->familyFailed(attempt.address.protocol());
    drop(attempt);
    Q_EMIT changed();
    if (m_hasEnded)
        return;

    const auto isState
        = [](Attempt::State state) { return [state](const Attempt &a) { return a.state == state; }; };
    if (std::any_of(m_attempts.begin(), m_attempts.end(), isState(Attempt::State::Waiting))) {
        startAfter(0ms);
        return;
    }
    const auto isOpen = [](const Attempt &a) { return a.state != Attempt::State::Ended; };
    if (std::any_of(m_attempts.begin(), m_attempts.end(), isOpen))
        return;
    m_hasEnded = true;
    const auto worst
        = std::max_element(m_attempts.cbegin(), m_attempts.cend(), [](const Attempt &a, const Attempt &b) {
              return weightOf(a.verdict) < weightOf(b.verdict);
          });
    Q_EMIT failed(worst->verdict);
}

void Dialing::drop(Attempt &attempt)
{
    if (attempt.wire) {
        attempt.wire->disconnect(this);
        attempt.wire->close();
        // This may be one of its own signals.
        std::exchange(attempt.wire, nullptr)->deleteLater();
    }
    attempt.state = Attempt::State::Ended;
    if (attempt.ticket != 0)
        m_traffic->leave(std::exchange(attempt.ticket, 0));
}

} // namespace postrider::discovery
