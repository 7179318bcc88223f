// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/providers.h"

#include "discovery/providerreader.h"

#include <QFile>
#include <QHostAddress>

#include <algorithm>
#include <utility>

namespace postrider::discovery {

using namespace Qt::StringLiterals;

namespace {

/// The entry for the name itself, or the one for the closest of the names above it that has a pattern.
std::optional<qsizetype> match(const QHash<QString, qsizetype> &patterns, QStringView name)
{
    if (const auto exact = patterns.constFind(name.toString()); exact != patterns.cend())
        return *exact;
    for (qsizetype dot = name.indexOf(u'.'); dot >= 0; dot = name.indexOf(u'.', dot + 1)) {
        const auto below = patterns.constFind(u'*' + name.sliced(dot).toString());
        if (below != patterns.cend())
            return *below;
    }
    return std::nullopt;
}

template <typename Entry>
const Entry *entryAt(const QList<Entry> &entries, std::optional<qsizetype> index)
{
    return index ? &entries.at(*index) : nullptr;
}

template <typename Entry>
const Entry *entryWithId(const QList<Entry> &entries, QStringView id)
{
    const auto found
        = std::find_if(entries.cbegin(), entries.cend(), [id](const Entry &entry) { return entry.id == id; });
    return found == entries.cend() ? nullptr : &*found;
}

std::optional<qsizetype> indexOf(const QHash<QString, qsizetype> &index, QStringView key)
{
    const auto found = index.constFind(key.toString());
    return found == index.cend() ? std::nullopt : std::optional(*found);
}

} // namespace

QList<accounts::Server> SendingService::serversOf(const QString &regionId) const
{
    const auto region = std::find_if(regions.cbegin(), regions.cend(),
                                     [&regionId](const Region &one) { return one.id == regionId; });
    QList<accounts::Server> all = servers;
    if (region != regions.cend()) {
        for (accounts::Server &server : all)
            server.host = region->host;
    }
    return all;
}

base::Expected<ProviderTable, ProviderTable::Problem> ProviderTable::parse(const QByteArray &json)
{
    ProviderReader reader(json);
    ProviderTable table;
    table.m_providers = reader.providers();
    table.m_services = reader.services();
    const auto add = [&reader](QHash<QString, qsizetype> &index, const QString &key, qsizetype entry) {
        if (index.contains(key))
            reader.complain(key + " is there twice"_L1);
        index.insert(key, entry);
    };
    for (qsizetype i = 0; i < table.m_providers.size(); ++i) {
        const Provider &provider = table.m_providers.at(i);
        for (const QString &domain : provider.domains)
            add(table.m_byDomain, domain, i);
        for (const QString &pattern : provider.mxPatterns)
            add(table.m_byMx, pattern, i);
        for (const accounts::Server &server : provider.servers) {
            // A program on this computer may be anybody's.
            if (!QHostAddress(server.host).isLoopback() && !table.m_byServer.contains(server.host))
                table.m_byServer.insert(server.host, i);
        }
        if (table.byId(provider.id) != &provider)
            reader.complain(provider.id + " is there twice"_L1);
    }
    for (qsizetype i = 0; i < table.m_services.size(); ++i) {
        const SendingService &service = table.m_services.at(i);
        QStringList hosts;
        for (const Region &region : service.regions)
            hosts.append(region.host);
        for (const accounts::Server &server : service.servers)
            hosts.append(server.host);
        hosts.removeDuplicates();
        for (const QString &host : std::as_const(hosts))
            add(table.m_byHost, host, i);
        if (table.serviceById(service.id) != &service)
            reader.complain(service.id + " is there twice"_L1);
    }
    if (!reader.problem().isEmpty())
        return base::Unexpected(reader.problem());
    return table;
}

const ProviderTable &ProviderTable::builtIn()
{
    static const ProviderTable theOne = [] {
        QFile file(u":/discovery/providers.json"_s);
        if (!file.open(QIODevice::ReadOnly))
            qFatal("The table of providers is missing");
        auto table = parse(file.readAll());
        if (!table)
            qFatal("The table of providers is wrong: %s", qUtf8Printable(table.error()));
        return std::move(table).value();
    }();
    return theOne;
}

const Provider *ProviderTable::byDomain(QStringView domain) const
{
    return entryAt(m_providers, match(m_byDomain, domain));
}

const Provider *ProviderTable::byMx(QStringView host) const
{
    return entryAt(m_providers, match(m_byMx, host));
}

const Provider *ProviderTable::byId(QStringView id) const
{
    return entryWithId(m_providers, id);
}

const Provider *ProviderTable::byServer(QStringView host) const
{
    return entryAt(m_providers, indexOf(m_byServer, host));
}

const SendingService *ProviderTable::byHost(QStringView host) const
{
    return entryAt(m_services, indexOf(m_byHost, host));
}

const SendingService *ProviderTable::serviceById(QStringView id) const
{
    return entryWithId(m_services, id);
}

} // namespace postrider::discovery
