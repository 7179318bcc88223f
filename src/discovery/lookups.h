// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "discovery/candidatefinder.h"
#include "discovery/query.h"
#include "discovery/surroundings.h"

#include <array>
#include <chrono>
#include <functional>
#include <memory>

namespace postrider::discovery {

/**
 * Asks all places for a domain's sending servers at the same time: our own table, the domain's settings by
 * https, its SRV records, the provider that takes its mail, and, if the person wants that, the public
 * settings database.
 *
 * What leaves the computer is the domain, never an address or a part of one:
 *  - DNS: SRV of _submissions._tcp and _submission._tcp below the domain, and its MX;
 *  - https://autoconfig.DOMAIN/mail/config-v1.1.xml and
 *    https://DOMAIN/.well-known/autoconfig/mail/config-v1.1.xml;
 *  - the first of these again at the registrable domain of the host that takes the domain's mail, if that
 *    belongs to somebody else whom our table does not know;
 *  - https://autoconfig.thunderbird.net/v1.1/DOMAIN, with Database::Ask only;
 *  - the domain's own two again by http, with PlainSettings::Ask only; what they name waits for a person's
 * word. Nothing else is asked without encryption (but DNS), and no name is made of what is above the domain's
 * registrable one. Of a domain that our table knows, neither MX nor database are asked.
 *
 * A place that does not answer within ten seconds counts as failed; nobody waits for it, since candidates
 * are told as they come.
 */
class Lookups final : public CandidateFinder
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds Limit { 10 };

    Lookups(const Query &query, const FinderOptions &options, Surroundings &surroundings,
            QObject *parent = nullptr);
    ~Lookups() override;
    Q_DISABLE_COPY_MOVE(Lookups)

    void start() override;
    [[nodiscard]] QList<SourceStep> steps() const override;
    [[nodiscard]] FinderFacts facts() const override { return m_facts; }

private:
    /// How far one source has got.
    struct Progress
    {
        StepState state = StepState::Waiting;
        int pending = 0; ///< questions without answer
        bool hasFailed = false;
        QString found {};
    };

    void begin();
    void useWhatWasTyped();
    void useTable();
    void askForServices();
    void askForService(const QString &name, accounts::Security security);
    void askForExchangers();
    void handleExchangers(const MailExchangerAnswer &answer);
    void askForSettings();
    void askForPlainSettings();
    void fetchSettings(const QString &url, Source source,
                       const std::function<bool(const QString &host)> &isOwn);
    void handleDocument(const WebAnswer &answer, Source source, bool isOwn);
    void rememberWeb(const WebAnswer &answer);
    void fillInSignIn(const QList<SignInKind> &kinds);

    void tell(const QList<Candidate> &candidates);
    Progress &progress(Source source);
    void ask(Source source);
    void answered(Source source, const QString &found);
    void failed(Source source);
    void close(Source source);
    void giveUp();
    void reportSoon();
    void report();

    Query m_query;
    FinderOptions m_options;
    Surroundings &m_surroundings;
    /// Of all questions: without it nobody answers any more.
    std::unique_ptr<QObject> m_asker { std::make_unique<QObject>() };
    std::array<Progress, 8> m_progress {}; ///< by Source
    QList<Candidate> m_known {};
    QList<Candidate> m_untold {}; ///< of those
    int m_deniedServices = 0;
    FinderFacts m_facts {};
    bool m_isReportDue = false;
    bool m_hasFinished = false;
};

} // namespace postrider::discovery
