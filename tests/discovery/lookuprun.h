// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "discovery/lookups.h"
#include "lookupworld.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <optional>

/// Runs of Lookups in a LookupWorld, and documents for them.
namespace postrider::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using discovery::Candidate;
using discovery::FinderFacts;
using discovery::FinderOptions;
using discovery::Lookups;
using discovery::Query;
using discovery::Source;
using discovery::StepState;

inline const auto AutoconfigUrl = u"https://autoconfig.example.org/mail/config-v1.1.xml"_s;
inline const auto WellKnownUrl = u"https://example.org/.well-known/autoconfig/mail/config-v1.1.xml"_s;
inline const auto DatabaseUrl = u"https://autoconfig.thunderbird.net/v1.1/example.org"_s;

inline QByteArray document(const QByteArrayList &servers)
{
    return "<clientConfig version=\"1.1\"><emailProvider id=\"x\">" + servers.join()
        + "</emailProvider></clientConfig>";
}

inline QByteArray server(const QByteArray &host, int port = 465, const QByteArray &socketType = "SSL",
                         const QByteArray &signIn = "password-cleartext")
{
    return "<outgoingServer type=\"smtp\"><hostname>" + host + "</hostname><port>" + QByteArray::number(port)
        + "</port><socketType>" + socketType
        + "</socketType><username>%EMAILADDRESS%</username><authentication>" + signIn
        + "</authentication></outgoingServer>";
}

/// One run, until its end.
class Run
{
public:
    explicit Run(LookupWorld &world, const QString &text = u"ann.smith+news@example.org"_s,
                 const FinderOptions &options = {})
        : m_lookups(*Query::parse(text), options, world)
    {
        QObject::connect(&m_lookups, &Lookups::found, &m_lookups, [this](const QList<Candidate> &some) {
            isOrderly = isOrderly && !isFinished && !some.isEmpty();
            candidates += some;
        });
        QObject::connect(&m_lookups, &Lookups::changed, &m_lookups,
                         [this] { isOrderly = isOrderly && !isFinished; });
        QObject::connect(&m_lookups, &Lookups::finished, &m_lookups, [this, &world] {
            isOrderly = isOrderly && !isFinished;
            isFinished = true;
            end = world.clock().monotonic();
        });
        begin = world.clock().monotonic();
        m_lookups.start();
        isOrderly = candidates.isEmpty() && !isFinished;
        world.letTimePass(20s);
    }

    [[nodiscard]] QList<Candidate> of(Source source) const
    {
        QList<Candidate> some;
        std::copy_if(candidates.cbegin(), candidates.cend(), std::back_inserter(some),
                     [source](const Candidate &one) { return one.source == source; });
        std::stable_sort(some.begin(), some.end(),
                         [](const Candidate &a, const Candidate &b) { return a.order < b.order; });
        return some;
    }

    /// "host:port security", in the source's order.
    [[nodiscard]] QStringList servers(Source source) const
    {
        QStringList all;
        for (const Candidate &one : of(source))
            all.append(one.server.host + u':' + QString::number(one.server.port) + u' '
                       + accounts::toString(one.server.security));
        return all;
    }

    [[nodiscard]] std::optional<StepState> step(Source source) const
    {
        for (const discovery::SourceStep &one : m_lookups.steps()) {
            if (one.source == source)
                return one.state;
        }
        return std::nullopt;
    }

    [[nodiscard]] QString foundBy(Source source) const
    {
        for (const discovery::SourceStep &one : m_lookups.steps()) {
            if (one.source == source)
                return one.found;
        }
        return {};
    }

    [[nodiscard]] FinderFacts facts() const { return m_lookups.facts(); }
    [[nodiscard]] std::chrono::milliseconds took() const
    {
        return std::chrono::duration_cast<std::chrono::milliseconds>(end - begin);
    }

    QList<Candidate> candidates {};
    bool isFinished = false;
    bool isOrderly = true; ///< no signal from within start(), none after the end
    base::MonotonicTime begin {};
    base::MonotonicTime end {};

private:
    Lookups m_lookups;
};

} // namespace postrider::tests
