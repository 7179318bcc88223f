// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/fakewire.h"

#include <QCryptographicHash>
#include <QDateTime>

#include <algorithm>
#include <utility>

namespace postrider::support {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace discovery;

FakeWire::FakeWire(FakeWorld &world, QObject *parent)
    : Wire(parent)
    , m_world(&world)
{ }

FakeWire::~FakeWire()
{
    close();
}

void FakeWire::open(const WireTarget &target)
{
    m_target = target;
    m_phase = Phase::Opening;
    m_number = ++m_world->connections;
    ++m_world->m_connectionsTo[target.port];
    m_world->mostOpen = std::max(m_world->mostOpen, ++m_world->openConnections);
    const QString address = target.address.isNull() ? target.host : target.address.toString();
    const auto found = m_world->servers.find({ address, target.port });
    m_server = found == m_world->servers.end() ? m_world->elsewhere : found->second;
    switch (m_server.reach) {
    case FakeServer::Reach::Accepts:
        later(m_server.latency, [this] { accept(); });
        break;
    case FakeServer::Reach::Drops:
        break;
    case FakeServer::Reach::Refuses:
        later(m_server.latency, [this] { Q_EMIT failed(WireFailure::Refused, u"Connection refused"_s); });
        break;
    case FakeServer::Reach::Unreachable:
        later(0ms, [this] { Q_EMIT failed(WireFailure::Unreachable, u"No route to host"_s); });
        break;
    }
}

void FakeWire::later(std::chrono::milliseconds delay, std::function<void()> action)
{
    const std::chrono::milliseconds at = std::max(m_world->now() + delay, m_busyUntil);
    m_busyUntil = at;
    m_world->callLater(at - m_world->now(), this, [this, action = std::move(action)] {
        if (m_phase != Phase::Closed)
            action();
    });
}

void FakeWire::accept()
{
    m_phase = Phase::Open;
    int &established = m_world->establishedAt[m_target.address.toString()];
    m_world->mostEstablishedAt = std::max(m_world->mostEstablishedAt, ++established);
    if (m_server.closesAtOnce)
        later(0ms, [this] { Q_EMIT closed(); });
    Q_EMIT connected();
    const bool speaksInClear = m_server.tls == FakeServer::Tls::AfterStartTls;
    if (speaksInClear && !m_server.isSilent && !m_server.isHttp && !m_server.closesAtOnce)
        later(m_server.greetingDelay + m_server.latency, [this] { greet(); });
}

void FakeWire::greet()
{
    const int before = m_world->m_connectionsTo.value(m_target.port) - 1;
    const auto index = std::min<qsizetype>(before, m_server.greetings.size() - 1);
    m_hasGreeted = true;
    answer(m_server.greetings.at(index));
}

void FakeWire::answer(const QByteArray &octets)
{
    if (m_server.octetInterval > 0ms) {
        for (const char octet : octets)
            later(m_busyUntil - m_world->now() + m_server.octetInterval,
                  [this, octet] { Q_EMIT received(QByteArray(1, octet)); });
        return;
    }
    const qsizetype cut = std::clamp<qsizetype>(m_server.splitAt, 0, octets.size());
    if (cut > 0)
        later(0ms, [this, piece = octets.first(cut)] { Q_EMIT received(piece); });
    if (cut < octets.size())
        later(0ms, [this, piece = octets.sliced(cut)] { Q_EMIT received(piece); });
}

void FakeWire::send(const QByteArray &octets)
{
    if (m_phase != Phase::Open)
        return;
    m_world->said.append({ m_target.address, m_target.port, m_number, octets, m_isEncrypted });
    const bool isTlsPort = m_server.tls == FakeServer::Tls::AtConnect;
    if (!m_isEncrypted && !m_hasGreeted && !isTlsPort && !m_server.isHttp && !octets.startsWith('\x16'))
        m_world->hasSpokenFirst = true;
    if (m_server.isSilent)
        return;
    later(m_server.latency, [this, octets] {
        if (m_server.isHttp)
            answer("HTTP/1.1 400 Bad Request\r\nServer: example\r\n\r\n");
        else if (octets.startsWith("EHLO"))
            answer(m_isEncrypted ? m_server.ehloAfterTls : m_server.ehlo);
        else if (octets.startsWith("STARTTLS"))
            answer(m_server.startTlsReply);
        else if (octets.startsWith("QUIT"))
            Q_EMIT closed();
    });
}

qint64 FakeWire::pendingOctets() const
{
    const bool hasAgreed
        = std::any_of(m_world->said.cbegin(), m_world->said.cend(), [this](const auto &said) {
              return said.connection == m_number && said.octets.startsWith("STARTTLS");
          });
    return hasAgreed && !m_isEncrypted ? m_server.unreadBehindStartTls.size() : 0;
}

void FakeWire::startTls(const WireTls &tls)
{
    if (m_server.isSilent)
        return;
    later(m_server.latency * 2, [this, tls] { handshake(tls); });
}

void FakeWire::handshake(const WireTls &tls)
{
    using Handshake = FakeServer::Handshake;
    const bool isInClear = m_server.tls == FakeServer::Tls::AfterStartTls && !m_hasGreeted;
    const bool knowsStartTls
        = m_server.tls == FakeServer::Tls::AtConnect || m_server.ehlo.contains("STARTTLS");
    // A server that has not greeted yet, or a web server, meets a hello that is no command.
    if (m_server.isHttp || isInClear || !knowsStartTls || m_server.handshake == Handshake::Garbage) {
        Q_EMIT tlsFailed(net::HandshakeFailure::NotTls, u"wrong version number"_s);
        return;
    }
    switch (m_server.handshake) {
    case Handshake::Silent:
    case Handshake::Garbage:
        return;
    case Handshake::Closed:
        Q_EMIT tlsFailed(net::HandshakeFailure::ServerClosed, u"The server closed the connection"_s);
        return;
    case Handshake::OnlyOld:
        if (tls.versions == WireTls::Versions::Safe) {
            Q_EMIT tlsFailed(net::HandshakeFailure::OldVersion, u"unsupported protocol"_s);
            return;
        }
        break;
    case Handshake::Good:
        break;
    }
    m_isEncrypted = true;
    Q_EMIT encrypted(reportFor(tls));
    if (m_server.tls == FakeServer::Tls::AtConnect && m_phase == Phase::Open)
        later(m_server.greetingDelay + m_server.latency, [this] { greet(); });
}

net::TlsReport FakeWire::reportFor(const WireTls &tls) const
{
    net::TlsReport report;
    report.version = m_server.handshake == FakeServer::Handshake::OnlyOld ? u"TLS 1.0"_s : m_server.version;
    report.cipher = u"TLS_AES_256_GCM_SHA384"_s;
    report.names = m_server.namesFor.value(tls.host, m_server.names);
    report.issuer = m_server.issuer;
    report.expires = m_world->clock().now().addDays(30);
    report.begins = m_world->clock().now().addDays(-30);
    report.keySha256 = m_server.keySha256;
    report.certificateSha256 = QCryptographicHash::hash(report.names.join(' '), QCryptographicHash::Sha256);
    if (!tls.policy.pinnedKey.isEmpty()) {
        if (tls.policy.pinnedKey != m_server.keySha256)
            report.problems = { net::TlsProblem::PinMismatch };
        return report;
    }
    const bool isNamed
        = report.names.contains(tls.host.toUtf8()) || net::namesMatchHost(report.names, tls.host);
    if (!isNamed)
        report.problems.append(net::TlsProblem::WrongName);
    report.problems += m_server.problems;
    return report;
}

void FakeWire::close()
{
    if (m_phase == Phase::Open)
        --m_world->establishedAt[m_target.address.toString()];
    if (m_phase == Phase::Open || m_phase == Phase::Opening)
        --m_world->openConnections;
    m_phase = Phase::Closed;
}

} // namespace postrider::support
