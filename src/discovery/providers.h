// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"
#include "base/expected.h"
#include "discovery/candidate.h"
#include "discovery/candidatefinder.h"

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>
#include <QStringView>
#include <QUrl>

#include <optional>

namespace postrider::discovery {

/// Who keeps mailboxes, and how one sends through them.
struct Provider
{
    QString id {}; ///< never shown
    QString name {};
    QStringList domains {};    ///< of addresses: "gmx.de", or "*.ocn.ne.jp" for all names below one
    QStringList mxPatterns {}; ///< of the hosts that take mail for customers' own domains, as domains
    QList<accounts::Server> servers {}; ///< best first; none with Preparation::NotPossible
    QString userPattern {};             ///< as Candidate::userPattern; empty: only the person knows
    QList<SignInKind> signIn {};        ///< in the order to be offered
    QString oauth {};                   ///< an id of resources/oauth.json; empty: none
    Preparation preparation = Preparation::None;
    QString hint {}; ///< which steps are to be taken first (hintSteps() in discovery/words.h); empty: none
    QUrl hintUrl {}; ///< where the provider explains them, https
};

/// One of a sending service's places.
struct Region
{
    QString id {};
    QString name {}; ///< the service's own
    QString host {};
};

/// Who sends mail for those who have a mailbox, or none, elsewhere.
struct SendingService
{
    QString id {}; ///< never shown
    QString name {};
    QList<Region> regions {};           ///< the usual one first; none: there is one place only
    QList<accounts::Server> servers {}; ///< of the usual region, all ports, best first
    QString userPattern {};             ///< fixed, as "apikey"; empty: userHint says what to enter
    // Which words explain them: discovery/words.h.
    QString userHint {};
    QString passwordHint {};
    QString senderRule {};
    std::optional<int> perSecond {}; ///< messages, of a new account, where the service says so
    std::optional<int> perDay {};    ///< the same
    QUrl documentation {};           ///< https

    /// The same ports at another place. Those of the usual one for an unknown id.
    [[nodiscard]] QList<accounts::Server> serversOf(const QString &regionId) const;
};

/**
 * The providers and sending services that Postrider knows, from their public documentation
 * (resources/providers.json).
 *
 * Domains and hosts are A-labels in lower case without trailing dot. Nothing here asks anybody; a value that
 * is read once and then only looked at, from any thread.
 */
class ProviderTable
{
public:
    /// What was wrong with the data, in English, for developers: where, and what.
    using Problem = QString;
    /// Refuses what it does not know, so that a typing mistake in the data is found by the tests.
    [[nodiscard]] static base::Expected<ProviderTable, Problem> parse(const QByteArray &json);
    /// What was compiled in.
    [[nodiscard]] static const ProviderTable &builtIn();

    [[nodiscard]] const QList<Provider> &providers() const { return m_providers; }
    [[nodiscard]] const QList<SendingService> &services() const { return m_services; }

    // Null for what is not known.
    [[nodiscard]] const Provider *byDomain(QStringView domain) const;
    /// By the host of an MX record. Of several patterns the most exact one counts.
    [[nodiscard]] const Provider *byMx(QStringView host) const;
    [[nodiscard]] const Provider *byId(QStringView id) const;
    /// By a sending server's host. Of several providers with one server the first.
    [[nodiscard]] const Provider *byServer(QStringView host) const;
    [[nodiscard]] const SendingService *byHost(QStringView host) const;
    [[nodiscard]] const SendingService *serviceById(QStringView id) const;

private:
    QList<Provider> m_providers {};
    QList<SendingService> m_services {};
    // Into the lists.
    QHash<QString, qsizetype> m_byDomain {};
    QHash<QString, qsizetype> m_byMx {};
    QHash<QString, qsizetype> m_byServer {};
    QHash<QString, qsizetype> m_byHost {};
};

} // namespace postrider::discovery
