// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"
#include "discovery/report.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace postrider::setup {

/// How the account that is being set up finds its sending server.
enum class Way {
    Address, ///< by the domain of the e-mail address
    Service, ///< a sending service that the person chose
    ByHand,  ///< the person types it
};

/**
 * What the pages of the set-up window have gathered so far. They share one: each shows what stands in it and
 * writes what is typed back, so that going back loses nothing. Holds no secret.
 */
struct SetupDraft
{
    Way way = Way::Address;
    QString service {}; ///< an id of the provider table
    QString region {};  ///< of the service
    /// Hosts that the person typed, or agreed to, beside those that are found.
    QStringList hosts {};
    /// Without id. Its server has no host as long as none was chosen.
    accounts::Account account {};
    /// The mailbox provider that the server belongs to, by its id in the provider table; empty: unknown.
    QString provider {};
    /// What the search said of it, where that decides how to sign in (NeedOAuth and the like).
    discovery::Verdict verdict = discovery::Verdict::NotTried;
    /// What could not be brought along from another program, as sentences.
    QStringList notes {};

    /// Whether a person would miss it.
    [[nodiscard]] bool isEmpty() const;

    friend bool operator==(const SetupDraft &, const SetupDraft &) = default;
};

/// For a set-up that goes on another day.
[[nodiscard]] QJsonObject toJson(const SetupDraft &draft);
[[nodiscard]] SetupDraft draftFromJson(const QJsonObject &object);

} // namespace postrider::setup
