// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"
#include "base/secret.h"
#include "net/connectionconfig.h"
#include "outbox/accountrecords.h"
#include "smtp/session.h"

#include <chrono>
#include <functional>
#include <optional>

namespace postrider::delivery {

/// Takes what was said in a session, a line at a time and without secrets.
using TranscriptSink = std::function<void(smtp::Session::Direction, QByteArrayView line)>;

/// Which server, who signs in, and how the connection is made.
struct HandoverTarget
{
    accounts::Account account {};
    base::Secret secret {}; ///< a password or an access token; empty when the account has no user
    sasl::CredentialKind credentialKind = sasl::CredentialKind::Password;
    smtp::Timeouts timeouts {};
    std::optional<std::chrono::milliseconds> connectTimeout {}; ///< for lookup, connect and handshake each
    /// What the server offered before; it may not offer less now.
    std::optional<outbox::ServerFacts> facts {};
    /// What it did not stand before; of another server it says nothing.
    std::optional<outbox::LearntHabits> habits {};
    /// So many recipients are taken to be no trouble for a server of which nothing is known.
    int recipientsAtOnce = 1;
    net::ProxyChoice proxy {};
    net::ClientCertificate clientCertificate {};
    net::TlsTicket tlsTicket {}; ///< of the account's last connection
    TranscriptSink transcript {};
};

[[nodiscard]] net::ConnectionConfig toConnectionConfig(const HandoverTarget &target,
                                                       const smtp::ServerHabits &habits);

} // namespace postrider::delivery
