// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QString>

#include <optional>

namespace postrider::discovery {

/// What a person typed to find a sending server by.
struct Query
{
    enum class Kind {
        Address,     ///< "ann@example.org"
        Name,        ///< "example.org", tried as a mail domain and as a host; or an address literal
        HostAndPort, ///< "smtp.example.org:587": that server alone
    };
    Kind kind = Kind::Address;
    QString text {};    ///< as typed
    QString address {}; ///< domain in A-labels, lower case, no trailing dot; empty unless Kind::Address
    QString domain {};  ///< to ask name servers about, in the same form; empty for literals and single labels
    QString host {};    ///< unless Kind::Address with a domain: the host itself, a literal without brackets
    quint16 port = 0;   ///< with Kind::HostAndPort

    /// Nothing when it cannot be read as any of them.
    [[nodiscard]] static std::optional<Query> parse(const QString &text);

    friend bool operator==(const Query &, const Query &) = default;
};

} // namespace postrider::discovery
