// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "smtp/capabilities.h"

#include <algorithm>
#include <limits>

namespace postrider::smtp {

using namespace Qt::StringLiterals;

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
        capabilities.m_keywords[keyword] += words;
    }
    return capabilities;
}

bool Capabilities::has(QByteArrayView keyword) const
{
    return m_keywords.contains(keyword.toByteArray().toUpper());
}

QList<QByteArray> Capabilities::parameters(QByteArrayView keyword) const
{
    return m_keywords.value(keyword.toByteArray().toUpper());
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

std::optional<qint64> Capabilities::sizeLimit() const
{
    const QByteArray digits = parameters("SIZE").value(0);
    const bool isNumber
        = std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (digits.isEmpty() || !isNumber)
        return std::nullopt;
    bool fits = false;
    const qint64 limit = digits.toLongLong(&fits);
    if (!fits)
        return std::numeric_limits<qint64>::max();
    if (limit == 0) // "no fixed maximum" (RFC 1870 section 4)
        return std::nullopt;
    return limit;
}

} // namespace postrider::smtp
