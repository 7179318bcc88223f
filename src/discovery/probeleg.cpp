// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/probeleg.h"

#include "discovery/surroundings.h"

#include <utility>

namespace postrider::discovery {

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::seconds SlowAfter { 3 };

} // namespace

ProbeLeg::ProbeLeg(Setup setup, Traffic &traffic, Surroundings &surroundings, QObject *parent)
    : QObject(parent)
    , m_setup(std::move(setup))
    , m_surroundings(&surroundings)
    , m_dialing(m_setup.destination, traffic, surroundings, this)
{
    connect(&m_dialing, &Dialing::connected, this, &ProbeLeg::begin);
    connect(&m_dialing, &Dialing::changed, this, &ProbeLeg::changed);
    connect(&m_dialing, &Dialing::failed, this, &ProbeLeg::end);
}

ProbeLeg::~ProbeLeg() = default;

void ProbeLeg::start()
{
    m_startedAt = m_surroundings->clock().monotonic();
    m_dialing.start();
}

void ProbeLeg::abandon()
{
    disconnect();
    m_dialing.abandon();
    m_verdict = Verdict::NotTried;
    m_session.reset();
    deleteLater();
}

Verdict ProbeLeg::verdict() const
{
    return m_verdict;
}

ProbeFindings ProbeLeg::findings() const
{
    if (m_session)
        return m_session->findings();
    ProbeFindings findings;
    findings.verdict = m_verdict;
    findings.technicalReason = m_dialing.reason();
    return findings;
}

std::chrono::milliseconds ProbeLeg::elapsed() const
{
    return m_took.value_or(std::chrono::duration_cast<std::chrono::milliseconds>(
        m_surroundings->clock().monotonic() - m_startedAt));
}

void ProbeLeg::begin()
{
    const base::Clock &clock = m_surroundings->clock();
    m_address = m_dialing.address();
    m_connectTime = std::chrono::duration_cast<std::chrono::milliseconds>(clock.monotonic() - m_startedAt);
    Wire *wire = m_dialing.wire();
    m_setup.session.addressLiteral = wire->localLiteral();
    m_session = std::make_unique<ProbeSession>(m_setup.session, clock.monotonic());
    connect(wire, &Wire::received, this, [this](const QByteArray &octets) {
        m_session->receive(octets, m_surroundings->clock().monotonic());
        pump();
    });
    connect(wire, &Wire::encrypted, this, [this](const net::TlsReport &report) {
        m_session->tlsEstablished(report, m_surroundings->clock().monotonic());
        pump();
    });
    connect(wire, &Wire::tlsFailed, this, [this](net::HandshakeFailure failure, const QString &reason) {
        m_session->tlsFailed(failure, reason, m_surroundings->clock().monotonic());
        pump();
    });
    connect(wire, &Wire::closed, this, [this] {
        m_session->connectionClosed(m_surroundings->clock().monotonic());
        pump();
    });
    m_surroundings->callLater(SlowAfter, wire, [this] {
        if (!m_session || m_session->isDone() || m_session->findings().greetingDelay)
            return;
        m_isSlow = true;
        m_dialing.setIdle();
        Q_EMIT changed();
    });
    Q_EMIT connected();
    pump();
}

void ProbeLeg::pump()
{
    Wire *wire = m_dialing.wire();
    if (!wire || !m_session || m_verdict != Verdict::NotTried)
        return;
    const QByteArray output = m_session->takeOutput();
    if (!output.isEmpty())
        wire->send(output);
    if (const auto action = m_session->takeAction(); action == ProbeSession::Action::StartTls) {
        if (wire->pendingOctets() > 0) {
            m_session->tamperedWith(m_surroundings->clock().monotonic());
            pump();
            return;
        }
        wire->startTls(m_setup.tls);
    }
    if (m_session->isDone())
        end(m_session->findings().verdict);
    else
        armDeadline();
}

void ProbeLeg::armDeadline()
{
    const std::optional<MonotonicTime> due = m_session->deadline();
    // An earlier timer is left to fire, and sets itself anew.
    if (!due || (m_armedFor && *m_armedFor <= *due))
        return;
    m_armedFor = due;
    const auto left
        = std::chrono::ceil<std::chrono::milliseconds>(*due - m_surroundings->clock().monotonic());
    m_surroundings->callLater(std::max(left, 0ms), this, [this] {
        m_armedFor.reset();
        if (!m_session || m_verdict != Verdict::NotTried)
            return;
        m_session->handleTimeout(m_surroundings->clock().monotonic());
        pump();
    });
}

void ProbeLeg::end(Verdict verdict)
{
    if (m_verdict != Verdict::NotTried)
        return;
    m_verdict = verdict;
    m_took = elapsed();
    m_dialing.endWire();
    Q_EMIT finished();
}

} // namespace postrider::discovery
