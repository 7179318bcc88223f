// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "discovery/portprobe.h"
#include "discovery/ranking.h"
#include "discovery/search.h"
#include "discovery/surroundings.h"
#include "discovery/traffic.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QString>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace postrider::discovery {

/**
 * One search from start to end; Search makes a new one for each start. Everything it does hangs on it as
 * children or contexts, so that destroying it leaves nothing behind.
 *
 * Signals as Search's.
 */
class SearchRun final : public QObject
{
    Q_OBJECT

public:
    SearchRun(Query query, Search::Options options, QList<Candidate> added, Surroundings &surroundings,
              QObject *parent = nullptr);
    ~SearchRun() override;
    Q_DISABLE_COPY_MOVE(SearchRun)

    void start();
    /// A server that a person typed, or a host (port 0).
    void add(const Candidate &candidate);
    /// The network is another one: what has not been found out by now will not be.
    void handleNetworkChange();
    /// Ends it at once, without a signal, and deletes it when control returns to the event loop.
    void abandon();
    [[nodiscard]] const Report &report() const { return m_report; }

Q_SIGNALS:
    void changed();
    void settled();
    void finished();

private:
    /// A host by name or address literal, and what the sources say about it.
    struct Host
    {
        enum class State { AwaitsConsent, LookingUp, Ready, NotFound, Failed };
        QString name {};
        QList<Candidate> candidates {}; ///< the best source first
        State state = State::AwaitsConsent;
        QList<QHostAddress> addresses {};
        QList<QNetworkProxy> proxies {}; ///< to be tried before the direct way
        base::MonotonicTime readyAt {};
    };
    /// One port of one host.
    struct Row
    {
        enum class State {
            Planned, ///< until its time has come
            Running,
            Done,
            Dropped, ///< nobody needs to know any more
        };
        QString host {};
        accounts::Server server {};
        bool isListed = false;
        std::chrono::milliseconds delay { 0 };
        State state = State::Planned;
        PortProbe *probe = nullptr; ///< perhaps shared with other names for the same addresses
        bool hasOwnProbe = false;   ///< or was probed again under its own name
        QList<PortResult> last {};  ///< of a probe that has gone
    };

    // Where servers come from (searchrun.cpp)
    void takeCandidates(const QList<Candidate> &candidates);
    Host &hostNamed(const QString &name);
    [[nodiscard]] static bool isTyped(const Host &host);
    void lookUp(const QString &name);
    void takeProxies(const QString &name, const QList<QNetworkProxy> &ways);
    void askNameServer(const QString &name);
    void takeAddresses(const QString &name, const HostAnswer &answer);
    void makeReady(const QString &name);
    void planRows(Host &host);
    void handleTimeLimit();
    void checkWeb();
    void tryWeb(const QHostAddress &address, quint16 port);

    // Which ports are tried, and when (searchrows.cpp)
    void addRow(const Host &host, Row wanted);
    void startDueRows();
    void startIdleRows();
    void startRow(Row &row);
    void handleProbe(PortProbe *probe);
    [[nodiscard]] bool isNeeded(const Row &row) const;
    [[nodiscard]] bool hasProxy(const Host &host) const;
    void suggestHosts(PortProbe *probe);
    void stopProbes();

    // What it comes to (searchanswer.cpp)
    void evaluate();
    void decide();
    void announceChange();
    void buildReport();
    [[nodiscard]] QList<PortResult> resultsOf(const Row &row) const;
    [[nodiscard]] PortResult emptyResult(const Row &row) const;
    [[nodiscard]] PortResult judged(const Row &row, const PortProbe::Result &result) const;
    [[nodiscard]] bool isPublishedWithStartTls(const Row &row) const;
    [[nodiscard]] bool mayBetterCome() const;
    [[nodiscard]] bool isAnythingOpen() const;
    [[nodiscard]] NetworkEvidence evidence() const;
    [[nodiscard]] bool isTypedBesideAddress(const Host &host) const;
    [[nodiscard]] StepState guessState() const;
    [[nodiscard]] Verdict verdictOfAll() const;
    void settle();
    void finish();

    [[nodiscard]] std::chrono::milliseconds elapsed() const;

    Query m_query;
    Search::Options m_options;
    QList<Candidate> m_added;
    Surroundings *m_surroundings;
    Traffic m_traffic;
    std::unique_ptr<CandidateFinder> m_finder {};
    FinderFacts m_facts {};
    Report m_report {};
    base::MonotonicTime m_startedAt {};
    std::vector<Host> m_hosts {};
    std::vector<Row> m_rows {};
    QHash<QString, QString> m_suggestions {}; ///< per host and key of the certificate: the better name
    QSet<QString> m_suggestionsAsked {};
    int m_openQuestions = 0; ///< about suggestions and the web
    bool m_isFinderDone = false;
    bool m_isWebAsked = false;
    NetworkEvidence::Web m_web = NetworkEvidence::Web::Unknown;
    std::optional<base::MonotonicTime> m_settleAt {};
    std::optional<accounts::Server> m_answer {}; ///< that was settled on
    bool m_isDecisionDue = false;
    bool m_isChangeDue = false;
    bool m_isAbandoned = false;
    int m_epoch = 0; ///< timers of an earlier one mean nothing
};

} // namespace postrider::discovery
