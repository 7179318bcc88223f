// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/portprobe.h"

#include "discovery/surroundings.h"

#include <algorithm>
#include <utility>

namespace postrider::discovery {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using accounts::Security;
using net::HandshakeFailure;
using Stage = ProbeFindings::Stage;

namespace {

constexpr std::chrono::seconds BusyPause { 2 };
/// A server that closes by itself does it well within this.
constexpr std::chrono::milliseconds CloseCheck { 500 };

/// Something that speaks SMTP was there, whatever it said.
bool isMailServer(const ProbeFindings &findings)
{
    return !findings.greeting.isEmpty() && findings.verdict != Verdict::NotSmtp;
}

} // namespace

PortProbe::PortProbe(Setup setup, Traffic &traffic, Surroundings &surroundings, QObject *parent)
    : QObject(parent)
    , m_setup(std::move(setup))
    , m_traffic(&traffic)
    , m_surroundings(&surroundings)
{ }

PortProbe::~PortProbe() = default;

void PortProbe::start()
{
    m_startedAt = m_surroundings->clock().monotonic();
    begin(Role::Main);
}

void PortProbe::abandon()
{
    disconnect();
    m_isFinished = true;
    drop(m_main);
    drop(m_second);
    deleteLater();
}

QList<PortProbe::Result> PortProbe::results() const
{
    QList<Result> results;
    if (m_settled) {
        results.append(*m_settled);
        results.last().attempts = allAttempts();
    } else if (m_main) {
        results.append(resultOf(*m_main, m_setup.security));
        results.last().verdict = Verdict::NotTried;
    }
    for (Result &result : results)
        result.isRunning = !m_isFinished;
    if (m_other) {
        results.append(*m_other);
        results.last().attempts = allAttempts();
    }
    return results;
}

ProbeLeg::Setup PortProbe::setupOf(Role role) const
{
    ProbeLeg::Setup setup;
    setup.destination = m_setup.destination;
    if (role != Role::Main && !m_address.isNull()) {
        setup.destination.proxies.clear();
        setup.destination.addresses = { m_address };
    }
    setup.session.clientName = m_setup.clientName;
    setup.session.security = m_setup.security;
    setup.tls.host = m_setup.host;
    setup.tls.policy = m_setup.policy;
    switch (role) {
    case Role::Main:
        break;
    case Role::OtherMode:
        setup.session.security = Security::Tls;
        break;
    case Role::FirstWord:
    case Role::PlainText:
        setup.session.security = Security::StartTls;
        setup.session.firstWord = ProbeSession::FirstWord::OursAfterSilence;
        break;
    case Role::CheckClose:
        setup.session.security = Security::StartTls;
        setup.session.timeouts.greeting = CloseCheck;
        break;
    case Role::OldTls:
        setup.tls.versions = WireTls::Versions::All;
        break;
    }
    return setup;
}

void PortProbe::begin(Role role)
{
    ProbeLeg *&leg = role == Role::Main ? m_main : m_second;
    drop(leg);
    leg = new ProbeLeg(setupOf(role), *m_traffic, *m_surroundings, this);
    connect(leg, &ProbeLeg::changed, this, &PortProbe::changed);
    connect(leg, &ProbeLeg::finished, this, [this, role] { handleFinished(role); });
    if (role == Role::Main)
        connect(leg, &ProbeLeg::connected, this, &PortProbe::handleConnected);
    leg->start();
}

void PortProbe::handleConnected()
{
    m_address = m_main->address();
    Q_EMIT changed();
    if (m_setup.security != Security::StartTls)
        return;
    m_surroundings->callLater(m_setup.silence, m_main, [this] {
        if (m_main && !m_settled && !m_main->hasHeard() && !m_second)
            begin(Role::OtherMode);
    });
}

void PortProbe::handleFinished(Role role)
{
    switch (role) {
    case Role::Main:
        handleMain();
        return;
    case Role::OtherMode: {
        const ProbeFindings findings = m_second->findings();
        if (findings.tls) {
            become(resultOf(*m_second, Security::Tls));
            return;
        }
        if (findings.handshakeFailure == HandshakeFailure::NotTls)
            begin(Role::FirstWord);
        else if (m_settled)
            finish();
        return;
    }
    case Role::FirstWord:
        if (m_second->verdict() == Verdict::NotSmtp) {
            if (!m_settled)
                m_settled = resultOf(*m_second, m_setup.security);
            finish();
        } else if (m_settled) {
            finish();
        }
        return;
    case Role::PlainText: {
        const ProbeFindings findings = m_second->findings();
        if (isMailServer(findings)) {
            become(resultOf(*m_second, Security::StartTls));
            return;
        }
        m_settled->findings.spokenInstead = findings.spokenInstead;
        m_settled->findings.greeting = findings.greeting;
        fail(Verdict::NotSmtp);
        return;
    }
    case Role::CheckClose: {
        const ProbeFindings findings = m_second->findings();
        if (isMailServer(findings))
            become(resultOf(*m_second, Security::StartTls));
        else if (findings.verdict == Verdict::Closed || findings.verdict == Verdict::Refused)
            fail(Verdict::Closed);
        else
            begin(Role::OldTls);
        return;
    }
    case Role::OldTls: {
        const ProbeFindings findings = m_second->findings();
        if (findings.verdict == Verdict::TlsOld && findings.tls) {
            m_settled->findings.tls = findings.tls;
            fail(Verdict::TlsOld);
        } else {
            finish();
        }
        return;
    }
    }
}

void PortProbe::handleMain()
{
    const ProbeFindings findings = m_main->findings();
    const Verdict verdict = m_main->verdict();
    const bool isBusy = verdict == Verdict::Busy || verdict == Verdict::Rate;
    if (isBusy && !m_hasWaitedForBusy) {
        m_hasWaitedForBusy = true;
        Q_EMIT changed();
        m_surroundings->callLater(BusyPause, this, [this] {
            if (!m_isFinished)
                begin(Role::Main);
        });
        return;
    }
    m_settled = resultOf(*m_main, m_setup.security);
    if (findings.handshakeFailure) {
        handleBrokenHandshake(*findings.handshakeFailure);
        return;
    }
    const bool isUnwanted = verdict == Verdict::Closed || verdict == Verdict::RejectClient;
    if (isUnwanted && tryOtherAddresses())
        return;
    if (verdict == Verdict::NoTls && m_setup.plaintext == Plaintext::Allowed
        && !findings.wasStartTlsOffered) {
        Result plain = *m_settled;
        plain.security = Security::None;
        const SortedMechanisms mechanisms = sortMechanisms(findings.plainCapabilities.authMechanisms());
        plain.verdict = mechanisms.usable.isEmpty() ? Verdict::NoAuth : Verdict::Ok;
        plain.findings.verdict = plain.verdict;
        m_other = plain;
    }
    // What runs beside may still find the other mode, or say what is there instead.
    const bool isSilent = verdict == Verdict::Silent || verdict == Verdict::Closed;
    if (m_second && isSilent && m_second->verdict() == Verdict::NotTried)
        return;
    finish();
}

void PortProbe::handleBrokenHandshake(HandshakeFailure failure)
{
    const bool wasAtOnce = m_settled->findings.stage == Stage::Handshake;
    if (wasAtOnce && failure == HandshakeFailure::NotTls) {
        begin(Role::PlainText);
        return;
    }
    if (!wasAtOnce && failure == HandshakeFailure::NotTls) {
        finish(); // something stands between us and what answered 220
        return;
    }
    if (tryOtherAddresses())
        return;
    m_mayStillWork = wasAtOnce && failure == HandshakeFailure::ServerClosed;
    Q_EMIT changed();
    begin(m_mayStillWork ? Role::CheckClose : Role::OldTls);
    m_mayStillWork = false;
}

/// A server may want nothing to do with one family and be friendly to the other.
bool PortProbe::tryOtherAddresses()
{
    if (m_hasTriedOthers || m_address.isNull())
        return false;
    QList<QHostAddress> others;
    for (const QHostAddress &address : std::as_const(m_setup.destination.addresses)) {
        if (address.protocol() != m_address.protocol())
            others.append(address);
    }
    if (others.isEmpty())
        return false;
    m_hasTriedOthers = true;
    m_earlier = m_main->attempts();
    m_earlier.removeIf([&others](const AddressAttempt &attempt) { return others.contains(attempt.address); });
    for (AddressAttempt &attempt : m_earlier) {
        if (attempt.address == m_address)
            attempt.verdict = m_settled->verdict;
    }
    m_setup.destination.proxies.clear();
    m_setup.destination.addresses = others;
    m_settled.reset();
    begin(Role::Main);
    return true;
}

/// The port works in another mode than the one that was asked for.
void PortProbe::become(Result result)
{
    if (!m_settled)
        m_settled = resultOf(*m_main, m_setup.security);
    m_other = std::move(result);
    fail(Verdict::WrongMode);
}

void PortProbe::fail(Verdict verdict)
{
    m_settled->verdict = verdict;
    m_settled->findings.verdict = verdict;
    finish();
}

void PortProbe::finish()
{
    m_isFinished = true;
    m_settled->took = std::chrono::duration_cast<std::chrono::milliseconds>(
        m_surroundings->clock().monotonic() - m_startedAt);
    if (m_other)
        m_other->took = m_settled->took;
    if (m_main && m_main->verdict() == Verdict::NotTried)
        drop(m_main);
    if (m_second && m_second->verdict() == Verdict::NotTried)
        drop(m_second);
    Q_EMIT finished();
}

PortProbe::Result PortProbe::resultOf(const ProbeLeg &leg, Security security) const
{
    Result result;
    result.security = security;
    result.findings = leg.findings();
    result.verdict = leg.verdict();
    result.attempts = allAttempts();
    result.address = leg.address();
    result.connectTime = m_main ? m_main->connectTime() : leg.connectTime();
    result.isSlow = leg.isSlow();
    result.hasWaitedLong = leg.hasWaitedLong();
    if (leg.verdict() != Verdict::NotTried)
        result.took = leg.elapsed();
    return result;
}

QList<AddressAttempt> PortProbe::allAttempts() const
{
    return m_main ? m_earlier + m_main->attempts() : m_earlier;
}

void PortProbe::drop(ProbeLeg *&leg)
{
    if (!leg)
        return;
    if (leg == m_main && m_isFinished)
        m_earlier = allAttempts();
    // This may be one of its own signals.
    leg->disconnect(this);
    std::exchange(leg, nullptr)->abandon();
}

} // namespace postrider::discovery
