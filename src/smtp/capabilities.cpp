// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "smtp/capabilities.h"

#include <algorithm>
#include <limits>

namespace postrider::smtp {

using namespace Qt::StringLiterals;

namespace {

/// Only digits count. Saturates.
std::optional<qint64> toNumber(const QByteArray &digits)
{
    const bool isNumber = !digits.isEmpty()
        && std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!isNumber)
        return std::nullopt;
    bool fits = false;
    const qint64 number = digits.toLongLong(&fits);
    return fits ? number : std::numeric_limits<qint64>::max();
}

} // namespace

Capabilities Capabilities::fromEhlo(const Reply &reply)
{
    Capabilities capabilities;
    if (!reply.isPositive())
        return capabilities;
    for (qsizetype i = 1; i < reply.lines.size(); ++i) {
        QList<QByteArray> words = reply.lines.at(i).split(' ');
        words.removeAll(QByteArray());
        if (words.isEmpty())
            continue;
        QByteArray keyword = words.takeFirst().toUpper();
        if (keyword.startsWith("AUTH=")) {
            // Older than RFC 4954, and still offered beside the standard form for the sake of old clients.
            const QByteArray mechanism = keyword.sliced(5);
            keyword = "AUTH"_ba;
            if (!mechanism.isEmpty())
                words.prepend(mechanism);
        }
        QList<Keyword> &keywords = capabilities.m_keywords;
        const auto known = std::find_if(keywords.begin(), keywords.end(),
                                        [&keyword](const Keyword &k) { return k.name == keyword; });
        if (known == keywords.end())
            keywords.append({ keyword, words });
        else
            known->parameters += words;
    }
    capabilities.m_hasPipelining = capabilities.has("PIPELINING");
    capabilities.m_hasChunking = capabilities.has("CHUNKING");
    capabilities.m_hasSize = capabilities.has("SIZE");
    const std::optional<qint64> limit = toNumber(capabilities.parameters("SIZE").value(0));
    if (limit != 0) // zero is "no fixed maximum" (RFC 1870 section 4)
        capabilities.m_sizeLimit = limit;
    return capabilities;
}

bool Capabilities::has(QByteArrayView keyword) const
{
    return find(keyword);
}

QList<QByteArray> Capabilities::parameters(QByteArrayView keyword) const
{
    const Keyword *known = find(keyword);
    return known ? known->parameters : QList<QByteArray>();
}

const Capabilities::Keyword *Capabilities::find(QByteArrayView name) const
{
    const auto found = std::find_if(m_keywords.begin(), m_keywords.end(),
                                    [name](const Keyword &keyword) { return keyword.name == name; });
    return found == m_keywords.end() ? nullptr : &*found;
}

QList<QByteArray> Capabilities::authMechanisms() const
{
    QList<QByteArray> mechanisms;
    const QList<QByteArray> offered = parameters("AUTH");
    for (const QByteArray &name : offered) {
        const QByteArray upper = name.toUpper();
        if (!mechanisms.contains(upper))
            mechanisms.append(upper);
    }
    return mechanisms;
}

std::optional<int> Capabilities::recipientLimit() const
{
    return limit("RCPTMAX");
}

std::optional<int> Capabilities::recipientDomainLimit() const
{
    return limit("RCPTDOMAINMAX");
}

std::optional<int> Capabilities::transactionLimit() const
{
    return limit("MAILMAX");
}

/// A limit of LIMITS: one to six digits, not zero. Entries of another form are as good as absent.
std::optional<int> Capabilities::limit(QByteArrayView name) const
{
    const QList<QByteArray> entries = parameters("LIMITS");
    for (const QByteArray &entry : entries) {
        const qsizetype equals = entry.indexOf('=');
        if (equals < 0 || entry.first(equals).compare(name, Qt::CaseInsensitive) != 0)
            continue;
        const QByteArray digits = entry.mid(equals + 1);
        const std::optional<qint64> value = toNumber(digits);
        if (value && *value > 0 && digits.size() <= 6)
            return static_cast<int>(*value);
    }
    return std::nullopt;
}

std::optional<Capabilities::FutureReleaseLimits> Capabilities::futureReleaseLimits() const
{
    const QList<QByteArray> values = parameters("FUTURERELEASE");
    const std::optional<qint64> longest = toNumber(values.value(0));
    const QDateTime latest = QDateTime::fromString(QString::fromLatin1(values.value(1)), Qt::ISODate);
    if (!longest || !latest.isValid())
        return std::nullopt;
    return FutureReleaseLimits { std::chrono::seconds(*longest), latest };
}

std::chrono::seconds Capabilities::shortestDeliverBy() const
{
    return std::chrono::seconds(toNumber(parameters("DELIVERBY").value(0)).value_or(0));
}

} // namespace postrider::smtp
