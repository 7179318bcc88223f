// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "discovery/candidate.h"
#include "discovery/report.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QUrl>

#include <optional>

namespace postrider::discovery {

/// Where the public settings database is asked, by https.
inline constexpr QLatin1StringView SettingsDatabaseHost { "autoconfig.thunderbird.net" };

/// Who may be asked for settings.
struct FinderOptions
{
    /// The public settings database, which then learns the domain.
    enum class Database { Ask, DoNotAsk };
    enum class Lookup {
        All,
        None, ///< only what is in the query and in our own table
    };
    /// The domain's settings by http too, which anybody on the way can read and change.
    enum class PlainSettings { Ask, DoNotAsk };
    Database database = Database::DoNotAsk;
    Lookup lookup = Lookup::All;
    PlainSettings plainSettings = PlainSettings::DoNotAsk;
};

/// Something that has to be done, or known, before a provider takes mail from a program.
enum class Preparation {
    None,
    AppPassword,
    EnableSmtp,
    PaidOnly,
    NotPossible,
};

/// What was learnt besides servers.
struct FinderFacts
{
    /// What fetching documents said about the network.
    enum class Web {
        Unknown,
        Works,       ///< a server answered under its own certificate
        Intercepted, ///< something else answered in the servers' place
    };

    std::optional<QString> providerId {};
    std::optional<QString> serviceId {};
    QString hostedAt {};         ///< as Report::hostedAt
    QList<SignInKind> signIn {}; ///< of the provider, in the order to be offered
    Preparation preparation = Preparation::None;
    bool saysNoService = false; ///< SRV "." for submissions and submission, and nothing else
    DomainState domain = DomainState::Unknown;
    Web web = Web::Unknown;
    QUrl portalUrl {};
};

/**
 * Looks for servers that may be the one to send through, in all places at once (discovery::Lookups).
 *
 * found() may come several times, each time with candidates that were not known before, in any order;
 * whoever listens tells better from worse by their source. finished() is the last signal; nothing is emitted
 * from within start(). Destroying it cancels at once.
 *
 * The usual names in the domain ("smtp.example.org" and the like) are among the candidates with
 * Source::Guess, at once; they are not looked up here.
 */
class CandidateFinder : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void start() = 0;
    [[nodiscard]] virtual QList<SourceStep> steps() const = 0;
    [[nodiscard]] virtual FinderFacts facts() const = 0;

Q_SIGNALS:
    void found(const QList<postrider::discovery::Candidate> &candidates);
    /// Of steps() or facts().
    void changed();
    void finished();
};

} // namespace postrider::discovery
