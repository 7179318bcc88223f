// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "smtp/reply.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>

#include <chrono>
#include <optional>

namespace postrider::smtp {

/// What the last EHLO reply offered (RFC 5321 section 4.1.1.1). A server may write keywords in any case; they
/// are asked for in upper case.
class Capabilities
{
public:
    Capabilities() = default;
    /// The first line of the reply is the server's greeting, not a keyword.
    [[nodiscard]] static Capabilities fromEhlo(const Reply &reply);

    [[nodiscard]] bool has(QByteArrayView keyword) const;
    // The same for what every message asks several times.
    [[nodiscard]] bool hasPipelining() const noexcept { return m_hasPipelining; }
    [[nodiscard]] bool hasChunking() const noexcept { return m_hasChunking; }
    [[nodiscard]] bool hasSize() const noexcept { return m_hasSize; }
    /// The parameters behind a keyword, split at spaces; empty when there are none or no such keyword.
    [[nodiscard]] QList<QByteArray> parameters(QByteArrayView keyword) const;
    /// Mechanism names in upper case, in the server's order; the old form "AUTH=LOGIN" counts too.
    [[nodiscard]] QList<QByteArray> authMechanisms() const;
    /// The limit in octets; nothing when the server states none (RFC 1870 section 4). Saturates at 2^63 - 1.
    [[nodiscard]] std::optional<qint64> sizeLimit() const noexcept { return m_sizeLimit; }

    /// How many recipients one transaction may have: RCPTMAX of LIMITS (RFC 9422).
    [[nodiscard]] std::optional<int> recipientLimit() const;
    /// How many domains the recipients of one transaction may have: RCPTDOMAINMAX.
    [[nodiscard]] std::optional<int> recipientDomainLimit() const;
    /// How many transactions one connection may have: MAILMAX.
    [[nodiscard]] std::optional<int> transactionLimit() const;

    /// How long at most, and until when at the latest, the server keeps a message back (RFC 4865 section 3).
    /// Nothing when it does not offer that, or states no limits that can be read.
    struct FutureReleaseLimits
    {
        std::chrono::seconds longest {};
        QDateTime latest {};
    };
    [[nodiscard]] std::optional<FutureReleaseLimits> futureReleaseLimits() const;
    /// The shortest time that DELIVERBY may ask for with "return" (RFC 2852 section 3); zero when the server
    /// states none.
    [[nodiscard]] std::chrono::seconds shortestDeliverBy() const;

private:
    struct Keyword
    {
        QByteArray name {}; ///< in upper case
        QList<QByteArray> parameters {};
    };
    [[nodiscard]] const Keyword *find(QByteArrayView name) const;
    [[nodiscard]] std::optional<int> limit(QByteArrayView name) const;

    // A server has some ten: looking through them is faster than a hash.
    QList<Keyword> m_keywords {};
    bool m_hasPipelining = false;
    bool m_hasChunking = false;
    bool m_hasSize = false;
    std::optional<qint64> m_sizeLimit {};
};

} // namespace postrider::smtp
