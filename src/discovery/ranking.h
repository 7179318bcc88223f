// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "discovery/candidatefinder.h"
#include "discovery/report.h"
#include "discovery/surroundings.h"

#include <QList>
#include <QString>

namespace postrider::discovery {

// Which of several ways is the better one, and what they come to together. Pure functions: why the order is
// this one is in docs/adr/0007-port-ranking.md.

/// The source's place, a listed port before an unlisted one of the same source; smaller is better.
[[nodiscard]] int sourceRank(const PortResult &port);
/// 465, 587, either of them in the other mode, 2525, others, 25; smaller is better.
[[nodiscard]] int portRank(const accounts::Server &server);
/// Whether port would be taken in other's place if both worked. Nothing measured counts.
[[nodiscard]] bool isPreferred(const PortResult &port, const PortResult &other);
/// Best first: what may be used, by preference; then the rest, also by preference.
void rank(QList<PortResult> &ports);

/// The first that may be used, with the user's name for this query; nothing if there is none.
[[nodiscard]] std::optional<Recommendation> recommend(const QList<PortResult> &ranked, const Query &query);
/// Port 25 where it works as a sending server does, and nothing else may be used.
[[nodiscard]] std::optional<Recommendation> recommendPort25(const QList<PortResult> &ranked,
                                                            const Query &query);
/// See Report::alternates.
[[nodiscard]] QList<accounts::Server> alternatesOf(const Recommendation &recommended,
                                                   const QList<PortResult> &ranked);

/// What is known of the network beside the ports.
struct NetworkEvidence
{
    NetworkState state {};
    /// Whether anything but mail answers.
    enum class Web { Unknown, Works, Silent };
    Web web = Web::Unknown;
    enum class Names { Found, NoneFound, NoneAnswered, NotAsked };
    Names names = Names::NotAsked; ///< of all hosts
};

/// The verdict of a whole search.
[[nodiscard]] Verdict overallVerdict(const QList<PortResult> &ranked, const FinderFacts &facts,
                                     const NetworkEvidence &network,
                                     const std::optional<Recommendation> &recommended);

} // namespace postrider::discovery
