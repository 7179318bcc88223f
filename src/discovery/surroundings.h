// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/clock.h"
#include "discovery/candidatefinder.h"
#include "discovery/wire.h"

#include <QByteArray>
#include <QHostAddress>
#include <QList>
#include <QNetworkProxy>
#include <QObject>
#include <QSslCertificate>
#include <QString>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>

namespace postrider::discovery {

/// How a question to a name server ended.
enum class NameOutcome {
    Found,    ///< the name exists; without records of the kind that was asked for, the list is empty
    NotFound, ///< the name does not exist
    Failed,   ///< nobody knows: no server answered, or it could not
};

struct HostAnswer
{
    NameOutcome outcome = NameOutcome::Failed;
    QList<QHostAddress> addresses {}; ///< in the system's order (RFC 6724)
};

/// An MX record (RFC 5321 section 5.1).
struct MailExchanger
{
    QString host {}; ///< lower case, without trailing dot; empty: the domain takes no mail (RFC 7505)
    quint16 preference = 0;
};

struct MailExchangerAnswer
{
    NameOutcome outcome = NameOutcome::Failed;
    QList<MailExchanger> exchangers {};
};

/// An SRV record (RFC 2782).
struct ServiceRecord
{
    QString host {}; ///< lower case, without trailing dot; empty: decidedly not offered
    quint16 port = 0;
    quint16 priority = 0;
    quint16 weight = 0;
};

struct ServiceAnswer
{
    NameOutcome outcome = NameOutcome::Failed;
    QList<ServiceRecord> records {};
};

/**
 * Asks name servers.
 *
 * Each function calls answer once, later and in the caller's thread, unless context has gone before. Names
 * are in ASCII without trailing dot.
 */
class NameService
{
public:
    NameService() = default;
    virtual ~NameService() = default;
    Q_DISABLE_COPY_MOVE(NameService)

    virtual void lookUpHost(const QString &name, QObject *context,
                            std::function<void(const HostAnswer &)> answer)
        = 0;
    virtual void lookUpMailExchangers(const QString &domain, QObject *context,
                                      std::function<void(const MailExchangerAnswer &)> answer)
        = 0;
    /// name is the whole of it, as "_submissions._tcp.example.org".
    virtual void lookUpService(const QString &name, QObject *context,
                               std::function<void(const ServiceAnswer &)> answer)
        = 0;
};

struct WebAnswer
{
    enum class Outcome {
        Answered,           ///< with any status
        HostNotFound,       ///< the name does not exist
        CertificateRefused, ///< it is not the host's
        RefusedRedirect,    ///< to http, or too many of them; redirect has the address
        TooLarge,
        Failed, ///< no connection, no time left, or no HTTP
    };
    Outcome outcome = Outcome::Failed;
    int status = 0;
    QByteArray contentType {};
    QByteArray body {};
    QUrl url {};      ///< that answered, after redirects
    QUrl redirect {}; ///< with RefusedRedirect
};

/// Fetches small documents by https, or by http where the address says so.
class WebFetcher
{
public:
    WebFetcher() = default;
    virtual ~WebFetcher() = default;
    Q_DISABLE_COPY_MOVE(WebFetcher)

    /// Calls answer once, later and in the caller's thread, unless context has gone before.
    virtual void fetch(const QUrl &url, QObject *context, std::function<void(const WebAnswer &)> answer) = 0;
};

/// What the system says about its network.
struct NetworkState
{
    enum class Reach { Unknown, None, Some };
    enum class Portal { Unknown, Absent, Present };
    Reach reach = Reach::Unknown;
    Portal portal = Portal::Unknown;
};

/**
 * All that a search wants from the world: names, documents, connections and time. The computer's own
 * (computersSurroundings()), or a picture of them in tests, where time passes as fast as it is asked for.
 *
 * Belongs to one thread, and outlives every search in it.
 */
class Surroundings : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] virtual const base::Clock &clock() const = 0;
    /// Calls action once after the delay, never from within this function, unless context has gone before.
    virtual void callLater(std::chrono::milliseconds delay, QObject *context, std::function<void()> action)
        = 0;

    [[nodiscard]] virtual NameService &names() = 0;
    [[nodiscard]] virtual WebFetcher &web() = 0;
    /// Never null; the owner deletes it (deleteLater() from within its signals).
    [[nodiscard]] virtual Wire *makeWire(QObject *parent) = 0;
    /// The ways to a server, best first; QNetworkProxy::NoProxy stands for the direct one. Answers as
    /// NameService does.
    virtual void findProxies(const QString &host, quint16 port, QObject *context,
                             std::function<void(const QList<QNetworkProxy> &)> answer)
        = 0;
    /// For documents, besides the system's own.
    virtual void trust(const QList<QSslCertificate> &authorities) { Q_UNUSED(authorities) }
    [[nodiscard]] virtual NetworkState network() const = 0;
    /// Not started.
    [[nodiscard]] virtual std::unique_ptr<CandidateFinder> makeFinder(const Query &query,
                                                                      const FinderOptions &options)
        = 0;

Q_SIGNALS:
    /// Other or further networks than before: what was found out may not be true any more.
    void networkChanged();
};

/// Of this computer, for the main thread.
[[nodiscard]] Surroundings &computersSurroundings();
/// At the end of main(), when no search is left: a connection to a web server that is still being made wants
/// the application to be there when it is dropped.
void endComputersSurroundings();

} // namespace postrider::discovery
