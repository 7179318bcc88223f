// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "smtp/reply.h"

#include <QByteArray>
#include <QHash>
#include <QList>

#include <optional>

namespace postrider::smtp {

/// What the last EHLO reply offered (RFC 5321 section 4.1.1.1). Keywords are compared without case.
class Capabilities
{
public:
    Capabilities() = default;
    /// The first line of the reply is the server's greeting, not a keyword.
    [[nodiscard]] static Capabilities fromEhlo(const Reply &reply);

    [[nodiscard]] bool has(QByteArrayView keyword) const;
    /// The parameters behind a keyword, split at spaces; empty when there are none or no such keyword.
    [[nodiscard]] QList<QByteArray> parameters(QByteArrayView keyword) const;
    /// Mechanism names in upper case, in the server's order; the old form "AUTH=LOGIN" counts too.
    [[nodiscard]] QList<QByteArray> authMechanisms() const;
    /// The limit in octets; nothing when the server states none (RFC 1870 section 4). Saturates at 2^63 - 1.
    [[nodiscard]] std::optional<qint64> sizeLimit() const;

private:
    QHash<QByteArray, QList<QByteArray>> m_keywords {};
};

} // namespace postrider::smtp
