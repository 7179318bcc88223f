// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "discovery/surroundings.h"
#include "support/manualclock.h"

#include <QHash>
#include <QList>
#include <QPointer>
#include <QStringList>

#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace postrider::support {

/// What stands at one port of one address. A good server for STARTTLS unless said otherwise.
struct FakeServer
{
    enum class Reach { Accepts, Drops, Refuses, Unreachable };
    enum class Tls { AfterStartTls, AtConnect };
    /// What becomes of a handshake.
    enum class Handshake { Good, Silent, Closed, OnlyOld, Garbage };

    Reach reach = Reach::Accepts;
    Tls tls = Tls::AfterStartTls;
    Handshake handshake = Handshake::Good;
    std::chrono::milliseconds latency { 1 }; ///< of each answer
    std::chrono::milliseconds greetingDelay { 0 };
    std::chrono::milliseconds octetInterval { 0 }; ///< more than 0: one octet at a time
    qsizetype splitAt = -1;                        ///< each answer comes in two pieces
    bool closesAtOnce = false;                     ///< with RST
    bool isSilent = false;                         ///< accepts, and says nothing at all, not even in TLS
    bool isHttp = false;                           ///< waits for the client, and then says so
    QList<QByteArray> greetings {
        "220 mail.example.test ESMTP\r\n"
    }; ///< the n-th connection's; last repeats
    QByteArray ehlo = "250-mail.example.test\r\n250-SIZE 1000000\r\n250 STARTTLS\r\n";
    QByteArray ehloAfterTls
        = "250-mail.example.test\r\n250-SIZE 52428800\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN\r\n";
    QByteArray startTlsReply = "220 go ahead\r\n";
    QByteArray unreadBehindStartTls {}; ///< has arrived with it, and waits in the socket
    QList<QByteArray> names { "*.example.test", "example.test" }; ///< of the certificate
    QHash<QString, QList<QByteArray>> namesFor {};                ///< where it depends on who is asked for
    QList<net::TlsProblem> problems {};                           ///< besides a wrong name
    QString issuer = QStringLiteral("Example Authority");
    QByteArray keySha256 = QByteArray(32, 'k');
    QString version = QStringLiteral("TLS 1.3");

    [[nodiscard]] static FakeServer dropping();
    [[nodiscard]] static FakeServer refusing();
    [[nodiscard]] static FakeServer silent();
    [[nodiscard]] static FakeServer implicit();
    /// As it serves mail from others: no sign-in.
    [[nodiscard]] static FakeServer exchanger();
    [[nodiscard]] static FakeServer speaking(const QByteArray &firstWords);
};

/// What a FakeFinder comes up with. Without any: the usual names in the domain.
struct FakeFindings
{
    struct Find
    {
        std::chrono::milliseconds after { 0 };
        QList<discovery::Candidate> candidates {};
    };
    QList<Find> finds {};
    std::chrono::milliseconds finishedAfter { 5 };
    discovery::FinderFacts facts {};
};

/**
 * A picture of the network in which time stands still until something is to happen, and then jumps there.
 *
 * Everything that would leave the computer is written down.
 */
class FakeWorld final : public discovery::Surroundings,
                        public discovery::NameService,
                        public discovery::WebFetcher
{
    Q_OBJECT

public:
    struct Name
    {
        discovery::NameOutcome outcome = discovery::NameOutcome::Found;
        QList<QHostAddress> addresses {};
        std::chrono::milliseconds delay { 2 };
    };
    /// Something that was said to a server.
    struct Said
    {
        QHostAddress address {};
        quint16 port = 0;
        int connection = 0; ///< counted from 1 over all
        QByteArray octets {};
        bool isEncrypted = false;
    };

    explicit FakeWorld(QObject *parent = nullptr);
    ~FakeWorld() override;
    Q_DISABLE_COPY_MOVE(FakeWorld)

    // The picture
    void addName(const QString &name, const QStringList &addresses);
    FakeServer &at(const QString &address, quint16 port); ///< made when new; elsewhere everything is refused
    QHash<QString, Name> hosts {};
    std::map<std::pair<QString, quint16>, FakeServer> servers {};
    FakeServer elsewhere = FakeServer::refusing();
    FakeFindings findings {};
    discovery::NetworkState networkState {};
    QList<QNetworkProxy> proxies { QNetworkProxy(QNetworkProxy::NoProxy) };
    /// In place of a FakeFinder.
    std::function<std::unique_ptr<discovery::CandidateFinder>(const discovery::Query &,
                                                              const discovery::FinderOptions &)>
        finderMaker {};
    QHash<QString, discovery::MailExchangerAnswer> exchangers {};
    QHash<QString, discovery::ServiceAnswer> services {};
    QHash<QUrl, discovery::WebAnswer> documents {};

    // Time
    /// Lets time pass until the condition holds; false when that is not before the limit, or never.
    bool runUntil(const std::function<bool()> &condition, std::chrono::milliseconds limit);
    void runFor(std::chrono::milliseconds time);
    [[nodiscard]] std::chrono::milliseconds now() const;

    // What was seen
    QStringList namesAsked {};
    QList<QUrl> urlsAsked {};
    QList<Said> said {};
    int connections = 0;     ///< that were tried
    int openConnections = 0; ///< that are open, or are being tried
    int mostOpen = 0;
    QHash<QString, int> establishedAt {}; ///< at the same time, by address
    int mostEstablishedAt = 0;            ///< at one address
    bool hasSpokenFirst = false; ///< something was said in clear before the greeting (not after a failed one)
    [[nodiscard]] int connectionsTo(quint16 port) const { return m_connectionsTo.value(port); }

    // Surroundings
    [[nodiscard]] const base::Clock &clock() const override { return m_clock; }
    void callLater(std::chrono::milliseconds delay, QObject *context, std::function<void()> action) override;
    [[nodiscard]] discovery::NameService &names() override { return *this; }
    [[nodiscard]] discovery::WebFetcher &web() override { return *this; }
    [[nodiscard]] discovery::Wire *makeWire(QObject *parent) override;
    void findProxies(const QString &host, quint16 port, QObject *context,
                     std::function<void(const QList<QNetworkProxy> &)> answer) override;
    [[nodiscard]] discovery::NetworkState network() const override { return networkState; }
    [[nodiscard]] std::unique_ptr<discovery::CandidateFinder>
    makeFinder(const discovery::Query &query, const discovery::FinderOptions &options) override;

    // NameService
    void lookUpHost(const QString &name, QObject *context,
                    std::function<void(const discovery::HostAnswer &)> answer) override;
    void lookUpMailExchangers(const QString &domain, QObject *context,
                              std::function<void(const discovery::MailExchangerAnswer &)> answer) override;
    void lookUpService(const QString &name, QObject *context,
                       std::function<void(const discovery::ServiceAnswer &)> answer) override;

    // WebFetcher
    void fetch(const QUrl &url, QObject *context,
               std::function<void(const discovery::WebAnswer &)> answer) override;

private:
    friend class FakeWire;
    struct Event
    {
        QPointer<QObject> context {};
        std::function<void()> action {};
    };
    bool step(base::MonotonicTime until);

    support::ManualClock m_clock {};
    base::MonotonicTime m_begin;
    std::multimap<base::MonotonicTime, Event> m_events {};
    QHash<quint16, int> m_connectionsTo {};
};

} // namespace postrider::support
