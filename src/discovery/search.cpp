// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/search.h"

#include "discovery/searchrun.h"

#include <utility>

namespace postrider::discovery {

class Search::Private
{
public:
    Private(Search *search, Query asked, Options chosen, Surroundings &world)
        : q(search)
        , query(std::move(asked))
        , options(std::move(chosen))
        , surroundings(&world)
    { }

    void begin();
    void end();
    void add(const Candidate &candidate);

    Search *q;
    Query query;
    Options options;
    Surroundings *surroundings;
    QList<Candidate> added {};
    bool hasStarted = false;
    SearchRun *run = nullptr;
    Report last {}; ///< while there is no run
};

void Search::Private::begin()
{
    end();
    hasStarted = true;
    run = new SearchRun(query, options, added, *surroundings, q);
    QObject::connect(run, &SearchRun::changed, q, &Search::changed);
    QObject::connect(run, &SearchRun::settled, q, &Search::settled);
    QObject::connect(run, &SearchRun::finished, q, &Search::finished);
    QObject::connect(surroundings, &Surroundings::networkChanged, run, &SearchRun::handleNetworkChange);
    run->start();
}

void Search::Private::end()
{
    if (!run)
        return;
    last = run->report();
    surroundings->disconnect(run);
    std::exchange(run, nullptr)->abandon();
}

void Search::Private::add(const Candidate &candidate)
{
    added.append(candidate);
    if (run)
        run->add(candidate);
    else if (hasStarted)
        begin();
}

Search::Search(Query query, Options options, Surroundings &surroundings, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(query), std::move(options), surroundings))
{
    d->last.query = d->query;
}

Search::~Search()
{
    d->end();
}

void Search::start()
{
    d->begin();
}

void Search::cancel()
{
    d->end();
}

void Search::restart()
{
    d->begin();
}

void Search::addHost(const QString &host)
{
    const std::optional<Query> read = Query::parse(host);
    if (read && read->kind != Query::Kind::Address && !read->host.isEmpty())
        d->add({ .server = { read->host, read->port, accounts::Security::Tls }, .source = Source::Typed });
}

void Search::addServer(const accounts::Server &server)
{
    d->add({ .server = server, .source = Source::Typed });
}

const Report &Search::report() const
{
    return d->run ? d->run->report() : d->last;
}

} // namespace postrider::discovery
