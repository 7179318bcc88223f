// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "smtp/capabilities.h"
#include "smtp/envelope.h"

#include <QFlags>
#include <QString>

#include <optional>

namespace postrider::delivery {

/// What a server is asked for besides delivering a message; chosen when it is queued, the same at every
/// attempt.
struct Services
{
    std::optional<smtp::StatusNotifications> notifications {};
    smtp::Envelope::TransportSecurity transportSecurity = smtp::Envelope::TransportSecurity::Opportunistic;
    std::optional<smtp::FutureRelease> futureRelease {};
    std::optional<smtp::DeliverBy> deliverBy {};
    std::optional<int> priority {};
    /// When a server refuses some of the recipients. A message behind which nobody sits who could be asked
    /// goes to the others whatever the account says.
    enum class RefusedRecipients {
        AsTheAccountSays, ///< accounts::PartialRecipients
        SendToOthers,
    };
    RefusedRecipients refusedRecipients = RefusedRecipients::AsTheAccountSays;

    /// Whether there is anything but the usual.
    [[nodiscard]] bool isEmpty() const;
};

/// What a server can be asked for that a message goes without where the server lacks it.
enum class Wish {
    Reports = 1,  ///< of delivery (DSN)
    Priority = 2, ///< MT-PRIORITY
};
Q_DECLARE_FLAGS(Wishes, Wish)
Q_DECLARE_OPERATORS_FOR_FLAGS(Wishes)

/// Those of an envelope.
[[nodiscard]] Wishes wishesOf(const smtp::Envelope &envelope);
/// Those of them that a server with these capabilities is not told.
[[nodiscard]] Wishes unheardWishes(const smtp::Envelope &envelope, const smtp::Capabilities &capabilities);

/// A random name for a message that reports about it can carry back; it tells nothing (RFC 3461 section 4.4).
[[nodiscard]] QByteArray makeEnvelopeId();

/// For outbox::SendOptions::services; empty when the services are.
[[nodiscard]] QString toText(const Services &services);
/// Of what toText() did not write, it understands what it can.
[[nodiscard]] Services servicesFromText(const QString &text);

void applyTo(smtp::Envelope &envelope, const Services &services);

} // namespace postrider::delivery
