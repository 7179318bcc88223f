// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/fakeworld.h"

#include "discovery/fakewire.h"

#include <QCoreApplication>
#include <QEvent>

#include <utility>

namespace postrider::support {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace discovery;

namespace {

/// Comes up with what the world was told to.
class FakeFinder final : public CandidateFinder
{
public:
    FakeFinder(const Query &query, FakeFindings findings, Surroundings &world)
        : m_query(query)
        , m_findings(std::move(findings))
        , m_world(&world)
    { }

    void start() override
    {
        QList<FakeFindings::Find> finds = m_findings.finds;
        if (m_query.kind == Query::Kind::Name)
            finds.append({ 0ms,
                           { { .server = { m_query.host, 465, accounts::Security::Tls },
                               .source = Source::Typed } } });
        else if (finds.isEmpty() && m_query.kind == Query::Kind::Address && !m_query.domain.isEmpty())
            finds.append({ 0ms, guesses() });
        for (const FakeFindings::Find &find : std::as_const(finds))
            m_world->callLater(find.after, this, [this, find] { Q_EMIT found(find.candidates); });
        m_world->callLater(m_findings.finishedAfter, this, [this] { Q_EMIT finished(); });
    }
    [[nodiscard]] QList<SourceStep> steps() const override { return {}; }
    [[nodiscard]] FinderFacts facts() const override { return m_findings.facts; }

private:
    [[nodiscard]] QList<Candidate> guesses() const
    {
        QList<Candidate> candidates;
        const QStringList hosts { u"smtp."_s + m_query.domain, u"mail."_s + m_query.domain, m_query.domain };
        for (const QString &host : hosts)
            candidates.append({ .server = { host, 465, accounts::Security::Tls },
                                .source = Source::Guess,
                                .order = int(candidates.size()) });
        return candidates;
    }

    Query m_query;
    FakeFindings m_findings;
    Surroundings *m_world;
};

} // namespace

FakeServer FakeServer::dropping()
{
    FakeServer server;
    server.reach = Reach::Drops;
    return server;
}

FakeServer FakeServer::refusing()
{
    FakeServer server;
    server.reach = Reach::Refuses;
    return server;
}

FakeServer FakeServer::silent()
{
    FakeServer server;
    server.isSilent = true;
    return server;
}

FakeServer FakeServer::implicit()
{
    FakeServer server;
    server.tls = Tls::AtConnect;
    return server;
}

FakeServer FakeServer::exchanger()
{
    FakeServer server;
    server.ehloAfterTls = "250-mx.example.test\r\n250 SIZE 1000000\r\n";
    return server;
}

FakeServer FakeServer::speaking(const QByteArray &firstWords)
{
    FakeServer server;
    server.greetings = { firstWords };
    return server;
}

FakeWorld::FakeWorld(QObject *parent)
    : Surroundings(parent)
    , m_begin(m_clock.monotonic())
{ }

FakeWorld::~FakeWorld() = default;

void FakeWorld::addName(const QString &name, const QStringList &addresses)
{
    QList<QHostAddress> &list = hosts[name].addresses;
    for (const QString &address : addresses)
        list.append(QHostAddress(address));
}

FakeServer &FakeWorld::at(const QString &address, quint16 port)
{
    return servers[{ address, port }];
}

bool FakeWorld::step(base::MonotonicTime until)
{
    if (m_events.empty() || m_events.begin()->first > until)
        return false;
    const auto first = m_events.begin();
    const base::MonotonicTime due = first->first;
    const Event event = std::move(first->second);
    m_events.erase(first);
    if (due > m_clock.monotonic())
        m_clock.advance(std::chrono::duration_cast<std::chrono::milliseconds>(due - m_clock.monotonic()));
    if (event.context)
        event.action();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    return true;
}

bool FakeWorld::runUntil(const std::function<bool()> &condition, std::chrono::milliseconds limit)
{
    const base::MonotonicTime until = m_clock.monotonic() + limit;
    while (!condition()) {
        if (!step(until))
            return false;
    }
    return true;
}

void FakeWorld::runFor(std::chrono::milliseconds time)
{
    const base::MonotonicTime until = m_clock.monotonic() + time;
    while (step(until)) { }
    if (until > m_clock.monotonic())
        m_clock.advance(std::chrono::duration_cast<std::chrono::milliseconds>(until - m_clock.monotonic()));
}

std::chrono::milliseconds FakeWorld::now() const
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.monotonic() - m_begin);
}

void FakeWorld::callLater(std::chrono::milliseconds delay, QObject *context, std::function<void()> action)
{
    m_events.emplace(m_clock.monotonic() + delay, Event { context, std::move(action) });
}

Wire *FakeWorld::makeWire(QObject *parent)
{
    return new FakeWire(*this, parent);
}

void FakeWorld::findProxies(const QString &, quint16, QObject *context,
                            std::function<void(const QList<QNetworkProxy> &)> answer)
{
    callLater(0ms, context, [this, answer = std::move(answer)] { answer(proxies); });
}

std::unique_ptr<CandidateFinder> FakeWorld::makeFinder(const Query &query, const FinderOptions &options)
{
    if (finderMaker)
        return finderMaker(query, options);
    return std::make_unique<FakeFinder>(query, findings, *this);
}

void FakeWorld::lookUpHost(const QString &name, QObject *context,
                           std::function<void(const HostAnswer &)> answer)
{
    namesAsked.append(name);
    const Name known = hosts.value(name, { NameOutcome::NotFound, {}, 2ms });
    if (known.delay < 0ms)
        return; // never
    callLater(known.delay, context, [known, answer = std::move(answer)] {
        answer({ known.outcome, known.addresses });
    });
}

void FakeWorld::lookUpMailExchangers(const QString &domain, QObject *context,
                                     std::function<void(const MailExchangerAnswer &)> answer)
{
    namesAsked.append(domain);
    const MailExchangerAnswer known = exchangers.value(domain, { NameOutcome::Found, {} });
    callLater(2ms, context, [known, answer = std::move(answer)] { answer(known); });
}

void FakeWorld::lookUpService(const QString &name, QObject *context,
                              std::function<void(const ServiceAnswer &)> answer)
{
    namesAsked.append(name);
    const ServiceAnswer known = services.value(name, { NameOutcome::Found, {} });
    callLater(2ms, context, [known, answer = std::move(answer)] { answer(known); });
}

void FakeWorld::fetch(const QUrl &url, QObject *context, std::function<void(const WebAnswer &)> answer)
{
    urlsAsked.append(url);
    const WebAnswer known = documents.value(url, WebAnswer { .outcome = WebAnswer::Outcome::HostNotFound });
    callLater(3ms, context, [known, answer = std::move(answer)] { answer(known); });
}

} // namespace postrider::support
