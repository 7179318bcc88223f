// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"
#include "discovery/candidate.h"
#include "discovery/query.h"
#include "net/tlsjudgement.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QDateTime>
#include <QHostAddress>
#include <QList>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <chrono>
#include <optional>

namespace postrider::discovery {

/// What was found out about an address, a port, or the whole search. The words are in discovery/words.h.
enum class Verdict {
    NotTried,
    Ok,
    OkSlow,      ///< works, after a greeting that took long
    Refused,     ///< nothing listens there
    Timeout,     ///< connecting got no answer
    Unreachable, ///< no route
    Closed,      ///< the connection ended before a greeting
    Silent,      ///< the connection stands, and nothing is said
    NotSmtp,     ///< something else answers, see PortResult::spokenInstead
    WrongMode,   ///< the port works in the other mode, which is another row
    NoTls,
    TlsStripped, ///< encryption was removed on the way
    TlsTamper,   ///< octets were put in before encryption began
    TlsOld,      ///< nothing newer than TLS 1.1
    TlsFailed,   ///< the handshake broke off
    CertName,    ///< the certificate is another host's
    CertSelf,    ///< signed by itself, or by an unknown authority
    CertExpired,
    CertFuture, ///< not valid yet
    CertAv,     ///< made by a program that looks into the connection
    NoAuth,     ///< no sign-in is offered
    AuthUnsupported,
    Busy,
    Rate,
    RejectClient,
    DnsNotFound,
    DnsFailed,
    // Of a whole search, or of a sign-in
    AllMailBlocked,
    Offline,
    Captive,
    NoSendSrv,
    NeedOAuth,
    NeedAppPassword,
    EnableFirst,
    AuthFailed,
    SenderRefused,
};

/// "OK", "TIMEOUT", …: the words of machine-readable output.
[[nodiscard]] QString code(Verdict verdict);
/// "typed", "table", "autoconfig", "database", "srv", "mx", "guess", "autoconfig-http".
[[nodiscard]] QString code(Source source);

/// One address of a host, and what came of connecting to it.
struct AddressAttempt
{
    QHostAddress address {}; ///< null: a proxy was given the name
    Verdict verdict = Verdict::NotTried;
    std::optional<std::chrono::milliseconds> took {}; ///< until it connected or failed

    friend bool operator==(const AddressAttempt &, const AddressAttempt &) = default;
};

/// All that is known about one way to one server.
struct PortResult
{
    accounts::Server server {};
    Source source = Source::Guess;
    Trust trust = Trust::Sure;
    Approach approach = Approach::AtOnce;
    QString userPattern {};
    int order = 0;          ///< as Candidate::order
    bool isListed = false;  ///< a source named this port; else it is one of the usual ones
    bool isRunning = false; ///< waits for its turn, or is being tried
    Verdict verdict = Verdict::NotTried;
    QList<AddressAttempt> addresses {};
    std::optional<std::chrono::milliseconds> connectTime {};
    std::optional<std::chrono::milliseconds> greetingDelay {}; ///< from connected (and encrypted) to greeting
    std::optional<std::chrono::milliseconds> took {};          ///< from the first attempt to the verdict
    bool isSlow = false;        ///< connected, and the greeting has not come for 3 s
    bool isProxied = false;     ///< the system has a proxy, which looks the name up
    QByteArray greeting {};     ///< inert text
    QString spokenInstead {};   ///< with NotSmtp: "HTTP", "SSH", "IMAP", "POP3"; empty: unknown
    QByteArray serverWords {};  ///< of a refusal, inert text with its code
    QString technicalReason {}; ///< of the system or of TLS, in English; for details only
    std::optional<net::TlsReport> tls {};
    QByteArrayList keywords {};  ///< EHLO's lines after TLS, inert
    QByteArrayList auth {};      ///< usable mechanisms, best first
    QByteArrayList otherAuth {}; ///< offered, and not usable
    std::optional<qint64> sizeLimit {};
    QString suggestedHost {}; ///< with CertName: a name of the certificate that leads to the same address
    QString antivirus {};     ///< the program in whose name the certificate was issued; also with Ok

    /// May be used by an account as it is.
    [[nodiscard]] bool isRecommendable() const;
};

/// Why a way was recommended.
enum class Reason {
    EncryptedFromStart,
    SwitchesToEncryption,
    Alternative,  ///< port 2525 or another unusual one
    OnlyPort25,   ///< nothing else answers
    ThisComputer, ///< a server on this computer or on the private network
};

struct Recommendation
{
    accounts::Server server {};
    QString user {}; ///< the pattern filled in; empty: unknown
    QByteArrayList auth {};
    Source source = Source::Guess;
    Trust trust = Trust::Sure;
    Reason reason = Reason::EncryptedFromStart;
};

enum class StepState { Waiting, Running, Found, Nothing, Failed, Skipped };

/// One place that was asked for settings.
struct SourceStep
{
    Source source = Source::Guess;
    StepState state = StepState::Waiting;
    QString found {}; ///< a host, or the source's own words

    friend bool operator==(const SourceStep &, const SourceStep &) = default;
};

/// Whether the network is still the one that the report is about.
enum class Freshness {
    Current,
    NetworkChanged, ///< during the search: it ended, and another one is worth while
};

/// What is known about the domain from DNS.
enum class DomainState { Unknown, Exists, DoesNotExist, LookupFailed };

/// The whole of a search. A value; grows until isFinished.
struct Report
{
    Query query {};
    /// That a person typed when the address alone led nowhere. Without a recommendation, the verdict is about
    /// these then.
    QStringList typedHosts {};
    QDateTime startedAt {};
    std::chrono::milliseconds elapsed { 0 };
    /// With a recommendation Ok, OkSlow, or what is to be done first (NeedOAuth, NeedAppPassword,
    /// EnableFirst).
    Verdict verdict = Verdict::NotTried;
    bool isSettled = false; ///< the answer stands; rows may still change
    bool isFinished = false;
    bool isSlow = false; ///< a server has kept us waiting for 3 s
    Freshness freshness = Freshness::Current;
    DomainState domain = DomainState::Unknown;
    QList<SourceStep> steps {};
    QList<PortResult> ports {}; ///< best first
    std::optional<Recommendation> recommended {};
    /// Further ways to the recommended host that protect no less, best first.
    QList<accounts::Server> alternates {};
    /// Port 25 answers as a sending server should; used only when a person says so.
    std::optional<Recommendation> onlyWithConsent {};
    std::optional<QString> providerId {};
    std::optional<QString> serviceId {};
    QString hostedAt {}; ///< the name of the provider that takes the domain's mail
    QUrl portalUrl {};   ///< with Captive, where known
    /// A way that became verified after the answer, and ranks before it.
    std::optional<accounts::Server> laterBetter {};
};

/// The best server that was named and not connected to, because a person has to agree first; nothing when
/// there is a recommendation.
[[nodiscard]] std::optional<Recommendation> awaitingConsent(const Report &report);

} // namespace postrider::discovery
