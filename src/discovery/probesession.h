// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/clock.h"
#include "discovery/report.h"
#include "net/tlshandshake.h"
#include "smtp/capabilities.h"
#include "smtp/reply.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

#include <chrono>
#include <optional>

namespace postrider::discovery {

using base::MonotonicTime;

/// How long a probe waits (detection needs an answer sooner than delivery does).
struct ProbeTimeouts
{
    std::chrono::milliseconds greeting = std::chrono::seconds { 40 };
    std::chrono::milliseconds handshake = std::chrono::seconds { 5 };
    std::chrono::milliseconds silence = std::chrono::seconds { 5 }; ///< between two octets of an answer
};

/// What one connection showed.
struct ProbeFindings
{
    /// How far it got; what broke off did so there.
    enum class Stage { Handshake, Greeting, Ehlo, StartTls, HandshakeAfterStartTls, EhloAfterTls, Done };

    Stage stage = Stage::Greeting;
    Verdict verdict = Verdict::NotTried; ///< NotTried as long as the session runs
    std::optional<std::chrono::milliseconds> greetingDelay {};
    std::chrono::milliseconds took { 0 }; ///< since the connection stood
    QByteArray greeting {};               ///< the lines' texts, inert
    QString spokenInstead {};
    QByteArray serverWords {};
    QString technicalReason {};
    std::optional<net::HandshakeFailure> handshakeFailure {};
    std::optional<net::TlsReport> tls {};
    bool wasStartTlsOffered = false;
    smtp::Capabilities plainCapabilities {}; ///< before STARTTLS; for diagnosis only
    smtp::Capabilities capabilities {};
    QByteArrayList keywords {}; ///< of the last EHLO, inert
};

/**
 * The client's side of one connection that is made to find out what a server offers, without the connection.
 *
 * Says EHLO, STARTTLS and QUIT, and nothing else: never before the server's greeting where the connection
 * begins without TLS, and nothing but QUIT after something did not fit. What it learns under TLS replaces
 * what was said before (RFC 3207 section 4.2). After the reply to STARTTLS nothing may have arrived; that is
 * asked for with Action::StartTls, which the driver carries out at once or answers with tamperedWith().
 *
 * Inputs, then outputs until there are none: takeOutput(), takeAction(), deadline(). Same octets, same
 * findings, however they are cut.
 */
class ProbeSession
{
public:
    enum class Action {
        StartTls,
        Close, ///< after the output; nothing more is said or awaited
    };
    /// What a server may hear that does not speak by itself: for a port on which something answered TLS's
    /// hello with anything but TLS. It then gets a line that looks like another hello, and no command.
    enum class FirstWord { Theirs, OursAfterSilence };
    struct Config
    {
        accounts::Security security = accounts::Security::StartTls;
        QByteArray clientName = "[127.0.0.1]";
        QByteArray addressLiteral {}; ///< said once to a server that refuses clientName; empty: no second try
        FirstWord firstWord = FirstWord::Theirs;
        ProbeTimeouts timeouts {};
    };

    /// The connection stands. With Security::Tls the first action is StartTls.
    ProbeSession(Config config, MonotonicTime now);

    void receive(QByteArrayView octets, MonotonicTime now);
    /// The handshake is done; a certificate that is not in order does not end the session.
    void tlsEstablished(const net::TlsReport &report, MonotonicTime now);
    void tlsFailed(net::HandshakeFailure failure, const QString &reason, MonotonicTime now);
    /// Octets were waiting behind the reply to STARTTLS.
    void tamperedWith(MonotonicTime now);
    void connectionClosed(MonotonicTime now);
    void handleTimeout(MonotonicTime now);

    [[nodiscard]] QByteArray takeOutput();
    [[nodiscard]] std::optional<Action> takeAction();
    [[nodiscard]] std::optional<MonotonicTime> deadline() const noexcept { return m_deadline; }

    [[nodiscard]] bool isDone() const noexcept { return m_findings.verdict != Verdict::NotTried; }
    /// Whether any octet of the server has come.
    [[nodiscard]] bool hasHeard() const noexcept { return m_hasHeard; }
    [[nodiscard]] const ProbeFindings &findings() const noexcept { return m_findings; }

private:
    using Stage = ProbeFindings::Stage;

    void awaitGreeting(MonotonicTime now);
    void await(Stage stage, std::chrono::milliseconds limit, MonotonicTime now);
    void say(QByteArrayView command);
    void sayEhlo(Stage stage, const QByteArray &name, MonotonicTime now);
    void take(const smtp::Reply &reply, MonotonicTime now);
    void takeGreeting(const smtp::Reply &reply, MonotonicTime now);
    void takeEhlo(const smtp::Reply &reply, MonotonicTime now);
    void takeStartTls(const smtp::Reply &reply, MonotonicTime now);
    void takeNonsense(MonotonicTime now);
    void decide(MonotonicTime now);
    enum class Farewell { Quit, None };
    void finish(Verdict verdict, Farewell farewell, MonotonicTime now);

    Config m_config;
    MonotonicTime m_connectedAt;
    MonotonicTime m_waitingSince;
    std::optional<MonotonicTime> m_deadline {};
    smtp::ReplyParser m_parser {};
    QByteArray m_heard {}; ///< the first octets of the answer that is awaited
    bool m_hasHeard = false;
    bool m_hasTriedLiteral = false;
    QByteArray m_output {};
    std::optional<Action> m_action {};
    ProbeFindings m_findings {};
};

/// What a certificate's problems come to, for a server that otherwise works; Ok without any.
[[nodiscard]] Verdict certificateVerdict(const net::TlsReport &report, const QString &host);
/// The security program that issues certificates in this name; empty for anybody else.
[[nodiscard]] QString antivirusName(const QString &issuer);

/// Those of the offered mechanisms that Postrider knows, best first, those with a token last; and the rest.
struct SortedMechanisms
{
    QByteArrayList usable {};
    QByteArrayList other {};
};
[[nodiscard]] SortedMechanisms sortMechanisms(const QByteArrayList &offered);

} // namespace postrider::discovery
