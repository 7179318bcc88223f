// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/savedway.h"

#include "discovery/words/phrases.h"
#include "discovery/words/portwords.h"

namespace postrider::discovery {

using accounts::Security;
using accounts::Server;

namespace {

constexpr quint16 RelayPort = 25;

bool isWorking(const PortResult &result)
{
    return result.verdict == Verdict::Ok || result.verdict == Verdict::OkSlow;
}

bool isSameHost(const Server &one, const Server &other)
{
    return one.host.compare(other.host, Qt::CaseInsensitive) == 0;
}

/// Whether the account can send by its port as the search saw it.
bool isUsableAs(const Server &saved, const PortResult &result, SavedSignIn signIn)
{
    const bool isPlain = saved.security == Security::None;
    if (isWorking(result))
        return result.server.security == saved.security || isPlain; // what also encrypts takes plain text too
    if (signIn == SavedSignIn::Used)
        return false;
    const bool isSameMode = result.server.security == saved.security;
    return (isSameMode && result.verdict == Verdict::NoAuth) || (isPlain && result.verdict == Verdict::NoTls);
}

int protection(const Server &server)
{
    switch (server.security) {
    case Security::None:
        return 0;
    case Security::StartTls:
        return 1;
    case Security::Tls:
        return 2;
    }
    Q_UNREACHABLE();
}

bool isWeaker(const Server &server, const Server &saved)
{
    return server.security == Security::None && saved.security != Security::None;
}

} // namespace

SavedWay compareWithSaved(const Server &saved, const Report &report, SavedSignIn signIn)
{
    SavedWay way;
    std::optional<Server> best;
    bool isRelay = false;
    bool isAnyUsable = false;
    for (const PortResult &result : report.ports) {
        if (!isSameHost(result.server, saved))
            continue;
        isAnyUsable = isAnyUsable || result.isRecommendable();
        isRelay = isRelay
            || (result.server.port == RelayPort && (isWorking(result) || result.verdict == Verdict::NoAuth));
        const bool isSavedPort = result.server.port == saved.port;
        // A port may have a row for each mode; the one that the account uses tells more.
        if (isSavedPort && (!way.result || result.server.security == saved.security))
            way.result = result;
        const bool isSaved = isSavedPort && result.server.security == saved.security;
        if (!isSaved && !best && result.isRecommendable() && !isWeaker(result.server, saved))
            best = result.server; // the list is ranked
    }
    way.isUsable = way.result && isUsableAs(saved, *way.result, signIn);
    const bool wouldProtectMore = best && protection(*best) > protection(saved);
    if (best && (!way.works() || wouldProtectMore))
        way.better = best;
    if (!way.works() && !best && report.recommended && !isSameHost(report.recommended->server, saved)
        && !isWeaker(report.recommended->server, saved))
        way.otherHost = report.recommended->server;
    way.isRelayOnly = isRelay && !isAnyUsable && saved.port != RelayPort;
    return way;
}

QStringList findings(const Server &saved, const SavedWay &way)
{
    const QString host = inert(saved.host);
    const QString port = QString::number(saved.port);
    QStringList sentences;
    if (!way.result)
        sentences += Words::tr("Port %1 of %2, which this account uses, was not reached.").arg(port, host);
    else if (way.works())
        sentences += Words::tr("The account's own way works: %1, port %2.").arg(host, port);
    else
        sentences += Words::tr("The account's own way, port %1 of %2, can't be used: %3")
                         .arg(port, host, sentence(*way.result));
    if (way.better) {
        sentences
            += Words::tr("Port %1 works: %2.").arg(QString::number(way.better->port), portTitle(*way.better));
    }
    if (way.otherHost) {
        sentences
            += Words::tr("Another server is named for this address now: %1. It would get your password, "
                         "so look whether you know it.")
                   .arg(inert(way.otherHost->host));
    }
    if (way.isRelayOnly) {
        sentences += Words::tr("The server itself is up and takes mail from other servers. Its ports for "
                               "sending are blocked on the way, or switched off.");
    }
    return sentences;
}

} // namespace postrider::discovery
