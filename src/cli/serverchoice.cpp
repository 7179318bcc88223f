// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/serverchoice.h"

#include "cli/input.h"
#include "cli/searchoutput.h"
#include "discovery/surroundings.h"
#include "discovery/words.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::cli {

using discovery::Recommendation;
using discovery::Report;
using discovery::Search;

ServerChoice::ServerChoice(Output &output, Wish wish)
    : m_output(output)
    , m_wish(std::move(wish))
{ }

void ServerChoice::choose(Answer answer)
{
    m_answer = std::move(answer);
    m_search = std::make_unique<Search>(m_wish.query, m_wish.options, discovery::computersSurroundings());
    for (const accounts::Server &server : std::as_const(m_wish.servers))
        m_search->addServer(server);
    if (!m_wish.agreedHost.isEmpty())
        m_search->addHost(m_wish.agreedHost);
    connect(m_search.get(), &Search::changed, this,
            [this] { m_output.progress(progressLine(m_search->report())); });
    connect(m_search.get(), &Search::finished, this, &ServerChoice::conclude);
    m_search->start();
}

void ServerChoice::conclude()
{
    const Report report = m_search->report();
    m_output.message(discovery::sentence(report));
    if (!report.recommended)
        return refuse(report);
    m_output.message(discovery::reason(*report.recommended));
    if (!isAgreedTo(*report.recommended))
        return m_answer(Refusal { ExitCode::Configuration });
    m_answer(report);
}

void ServerChoice::refuse(const Report &report)
{
    const bool isNetworkAway
        = report.verdict == discovery::Verdict::Offline || report.verdict == discovery::Verdict::Captive;
    const auto offer = discovery::awaitingConsent(report);
    if (offer && !isNetworkAway) {
        if (!isAgreedTo(*offer))
            return m_answer(Refusal { ExitCode::Configuration });
        m_search->addHost(offer->server.host); // and the search ends once more
        return;
    }
    if (const QString help = discovery::advice(report); !help.isEmpty())
        m_output.message(help);
    const bool isUnknown = report.verdict == discovery::Verdict::DnsNotFound;
    m_answer(Refusal { isUnknown ? ExitCode::HostUnknown : exitCode(report) });
}

bool ServerChoice::isAgreedTo(const Recommendation &recommended)
{
    const QString &host = recommended.server.host;
    if (recommended.trust == discovery::Trust::Sure
        || host.compare(m_wish.agreedHost, Qt::CaseInsensitive) == 0)
        return true;
    m_output.message(discovery::consentQuestion(recommended, m_wish.query));
    if (isTerminal()) {
        if (askOnTerminal(tr("Use %1? Type yes or no: ").arg(host))) {
            m_wish.agreedHost = host;
            return true;
        }
        m_output.message(tr("Nothing was set up."));
        return false;
    }
    m_output.message(tr("To agree to it, add the option --agree %1.").arg(host));
    return false;
}

} // namespace postrider::cli
