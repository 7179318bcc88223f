// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/probesession.h"

#include <algorithm>
#include <array>
#include <utility>

namespace postrider::discovery {

using namespace Qt::StringLiterals;
using accounts::Security;

namespace {

/// How long a server that answered neither as SMTP nor as TLS may keep silent before it is spoken to.
constexpr std::chrono::seconds SilenceBeforeOurWord { 1 };
/// Looks like the begin of TLS to a mail server, which has seen just that and does not mind it any more than
/// before, and is a line to a web server, which answers that it is none.
constexpr QByteArrayView LikeTls("\x16\x03\x01\x00\x02\r\n", 7);

/// So much of an answer is looked at to tell what it is.
constexpr qsizetype HeardOctets = 512;

/// A filter that puts X in the place of what it does not want to be understood (the keyword keeps its
/// length).
bool isMasked(const QByteArray &keyword)
{
    return keyword.count('X') >= 4 && keyword.count('X') >= keyword.size() - 1;
}

/// The same filter hides the greeting behind stars.
bool isMaskedGreeting(const QByteArray &text)
{
    return text.count('*') >= 4 && text.count('*') * 2 > text.size();
}

QString protocolOf(const QByteArray &heard)
{
    const QByteArray upper = heard.toUpper();
    if (upper.startsWith("HTTP/") || upper.startsWith("<!DOCTYPE") || upper.startsWith("<HTML"))
        return u"HTTP"_s;
    if (upper.startsWith("SSH-"))
        return u"SSH"_s;
    if (upper.startsWith("* OK") || upper.startsWith("* PREAUTH") || upper.startsWith("* BYE"))
        return u"IMAP"_s;
    if (upper.startsWith("+OK") || upper.startsWith("-ERR"))
        return u"POP3"_s;
    return {};
}

/// The reply as it came, on one line.
QByteArray wordsOf(const smtp::Reply &reply)
{
    return QByteArray::number(reply.code) + ' ' + smtp::inertLine(reply.lines.join(' '));
}

bool isAboutRate(const smtp::Reply &reply)
{
    const QString text = reply.text();
    return text.contains("rate"_L1, Qt::CaseInsensitive) || text.contains("too many"_L1, Qt::CaseInsensitive)
        || text.contains("too fast"_L1, Qt::CaseInsensitive);
}

} // namespace

ProbeSession::ProbeSession(Config config, MonotonicTime now)
    : m_config(std::move(config))
    , m_connectedAt(now)
    , m_waitingSince(now)
{
    if (m_config.security == Security::Tls) {
        m_action = Action::StartTls;
        await(Stage::Handshake, m_config.timeouts.handshake, now);
    } else {
        awaitGreeting(now);
    }
}

void ProbeSession::receive(QByteArrayView octets, MonotonicTime now)
{
    if (isDone() || octets.isEmpty())
        return;
    if (!m_hasHeard && m_findings.stage == Stage::Greeting)
        m_findings.greetingDelay
            = std::chrono::duration_cast<std::chrono::milliseconds>(now - m_waitingSince);
    m_hasHeard = true;
    if (m_heard.size() < HeardOctets)
        m_heard += octets.first(std::min(octets.size(), HeardOctets - m_heard.size()));
    if (m_findings.stage == Stage::Handshake || m_findings.stage == Stage::HandshakeAfterStartTls) {
        finish(Verdict::TlsTamper, Farewell::None, now); // in clear, when the handshake should begin
        return;
    }
    m_deadline = now + m_config.timeouts.silence;
    m_parser.append(octets);
    while (!isDone() && m_findings.stage != Stage::Handshake
           && m_findings.stage != Stage::HandshakeAfterStartTls) {
        const auto reply = m_parser.next();
        if (!reply) {
            takeNonsense(now);
            return;
        }
        if (!*reply)
            return;
        take(**reply, now);
    }
}

void ProbeSession::tlsEstablished(const net::TlsReport &report, MonotonicTime now)
{
    if (isDone())
        return;
    m_findings.tls = report;
    if (report.version == "TLS 1.0"_L1 || report.version == "TLS 1.1"_L1) {
        finish(Verdict::TlsOld, Farewell::None, now);
        return;
    }
    m_parser.clear();
    if (m_findings.stage == Stage::Handshake)
        awaitGreeting(now);
    else
        sayEhlo(Stage::EhloAfterTls, m_config.clientName, now);
}

void ProbeSession::tlsFailed(net::HandshakeFailure failure, const QString &reason, MonotonicTime now)
{
    if (isDone())
        return;
    m_findings.handshakeFailure = failure;
    m_findings.technicalReason = reason;
    finish(failure == net::HandshakeFailure::OldVersion ? Verdict::TlsOld : Verdict::TlsFailed,
           Farewell::None, now);
}

void ProbeSession::tamperedWith(MonotonicTime now)
{
    if (!isDone())
        finish(Verdict::TlsTamper, Farewell::None, now);
}

void ProbeSession::connectionClosed(MonotonicTime now)
{
    if (isDone())
        return;
    switch (m_findings.stage) {
    case Stage::Handshake:
    case Stage::HandshakeAfterStartTls:
        tlsFailed(net::HandshakeFailure::ServerClosed, {}, now);
        return;
    default:
        // What came before the end may tell what it was.
        if (m_findings.stage == Stage::Greeting && !protocolOf(m_heard).isEmpty())
            takeNonsense(now);
        else
            finish(Verdict::Closed, Farewell::None, now);
        return;
    }
}

void ProbeSession::handleTimeout(MonotonicTime now)
{
    if (isDone() || !m_deadline || now < *m_deadline)
        return;
    const bool isOurTurn = m_config.firstWord == FirstWord::OursAfterSilence
        && m_findings.stage == Stage::Greeting && !m_hasHeard;
    if (isOurTurn && m_output.isEmpty() && m_config.firstWord != FirstWord::Theirs) {
        say(LikeTls);
        m_config.firstWord = FirstWord::Theirs;
        m_deadline = now + m_config.timeouts.silence;
        return;
    }
    if (m_findings.stage == Stage::HandshakeAfterStartTls)
        tlsFailed(net::HandshakeFailure::Other, {}, now);
    else
        finish(Verdict::Silent, Farewell::None, now);
}

QByteArray ProbeSession::takeOutput()
{
    return std::exchange(m_output, {});
}

std::optional<ProbeSession::Action> ProbeSession::takeAction()
{
    return std::exchange(m_action, std::nullopt);
}

void ProbeSession::awaitGreeting(MonotonicTime now)
{
    m_hasHeard = false;
    await(Stage::Greeting,
          m_config.firstWord == FirstWord::Theirs ? m_config.timeouts.greeting
                                                  : std::chrono::milliseconds(SilenceBeforeOurWord),
          now);
}

void ProbeSession::await(Stage stage, std::chrono::milliseconds limit, MonotonicTime now)
{
    m_findings.stage = stage;
    m_waitingSince = now;
    m_deadline = now + limit;
    m_heard.clear();
}

void ProbeSession::say(QByteArrayView command)
{
    m_output.append(command).append("\r\n");
}

void ProbeSession::sayEhlo(Stage stage, const QByteArray &name, MonotonicTime now)
{
    say(QByteArray("EHLO " + name));
    await(stage, m_config.timeouts.silence, now);
}

void ProbeSession::take(const smtp::Reply &reply, MonotonicTime now)
{
    switch (m_findings.stage) {
    case Stage::Greeting:
        takeGreeting(reply, now);
        break;
    case Stage::Ehlo:
    case Stage::EhloAfterTls:
        takeEhlo(reply, now);
        break;
    case Stage::StartTls:
        takeStartTls(reply, now);
        break;
    case Stage::Handshake:
    case Stage::HandshakeAfterStartTls:
    case Stage::Done:
        Q_UNREACHABLE();
    }
}

void ProbeSession::takeGreeting(const smtp::Reply &reply, MonotonicTime now)
{
    m_findings.greeting = smtp::inertLine(reply.lines.join(' '));
    if (reply.isPositive()) {
        const bool isUnderTls = m_config.security == Security::Tls;
        sayEhlo(isUnderTls ? Stage::EhloAfterTls : Stage::Ehlo, m_config.clientName, now);
        return;
    }
    m_findings.serverWords = wordsOf(reply);
    if (reply.isTransient())
        finish(isAboutRate(reply) ? Verdict::Rate : Verdict::Busy, Farewell::Quit, now);
    else
        finish(Verdict::RejectClient, Farewell::Quit, now);
}

void ProbeSession::takeEhlo(const smtp::Reply &reply, MonotonicTime now)
{
    if (!reply.isPositive()) {
        if (reply.isPermanent() && !m_config.addressLiteral.isEmpty() && !m_hasTriedLiteral) {
            m_hasTriedLiteral = true; // as smtp::Session does
            sayEhlo(m_findings.stage, m_config.addressLiteral, now);
            return;
        }
        m_findings.serverWords = wordsOf(reply);
        if (reply.isTransient())
            finish(isAboutRate(reply) ? Verdict::Rate : Verdict::Busy, Farewell::Quit, now);
        else
            finish(Verdict::RejectClient, Farewell::Quit, now);
        return;
    }
    m_findings.keywords.clear();
    for (qsizetype i = 1; i < reply.lines.size(); ++i)
        m_findings.keywords.append(smtp::inertLine(reply.lines.at(i)));
    m_findings.capabilities = smtp::Capabilities::fromEhlo(reply);
    if (m_findings.stage == Stage::EhloAfterTls || m_config.security == Security::None) {
        decide(now);
        return;
    }

    m_findings.plainCapabilities = m_findings.capabilities;
    m_findings.wasStartTlsOffered = m_findings.capabilities.has("STARTTLS");
    // A server behind an old filter says its name without a line of its own: the keyword may be the first.
    m_findings.wasStartTlsOffered = m_findings.wasStartTlsOffered
        || reply.lines.value(0).trimmed().compare("STARTTLS", Qt::CaseInsensitive) == 0;
    if (m_findings.wasStartTlsOffered) {
        say("STARTTLS");
        await(Stage::StartTls, m_config.timeouts.silence, now);
        return;
    }
    const bool isStripped = isMaskedGreeting(m_findings.greeting)
        || std::any_of(reply.lines.cbegin(), reply.lines.cend(),
                       [](const QByteArray &line) { return isMasked(line.split(' ').constFirst()); });
    finish(isStripped ? Verdict::TlsStripped : Verdict::NoTls, Farewell::Quit, now);
}

void ProbeSession::takeStartTls(const smtp::Reply &reply, MonotonicTime now)
{
    if (!reply.isPositive()) {
        m_findings.serverWords = wordsOf(reply);
        finish(Verdict::NoTls, Farewell::Quit, now);
        return;
    }
    if (m_parser.pendingOctets() > 0) { // RFC 3207 section 4.2: what came in clear must not be believed
        finish(Verdict::TlsTamper, Farewell::None, now);
        return;
    }
    m_action = Action::StartTls;
    await(Stage::HandshakeAfterStartTls, m_config.timeouts.handshake, now);
}

void ProbeSession::takeNonsense(MonotonicTime now)
{
    m_findings.spokenInstead = protocolOf(m_heard);
    if (m_findings.greeting.isEmpty() && m_findings.stage == Stage::Greeting)
        m_findings.greeting = smtp::inertLine(m_heard.left(m_heard.indexOf('\n')).trimmed());
    finish(Verdict::NotSmtp, Farewell::None, now);
}

void ProbeSession::decide(MonotonicTime now)
{
    const SortedMechanisms mechanisms = sortMechanisms(m_findings.capabilities.authMechanisms());
    if (!mechanisms.usable.isEmpty())
        finish(Verdict::Ok, Farewell::Quit, now);
    else
        finish(mechanisms.other.isEmpty() ? Verdict::NoAuth : Verdict::AuthUnsupported, Farewell::Quit, now);
}

void ProbeSession::finish(Verdict verdict, Farewell farewell, MonotonicTime now)
{
    m_findings.verdict = verdict;
    m_findings.took = std::chrono::duration_cast<std::chrono::milliseconds>(now - m_connectedAt);
    if (verdict == Verdict::Ok)
        m_findings.stage = Stage::Done;
    if (farewell == Farewell::Quit)
        say("QUIT");
    m_action = Action::Close;
    m_deadline.reset();
}

} // namespace postrider::discovery
