// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "discovery/report.h"

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QStringList>

namespace postrider::setup {

/// What a person decides about a search.
struct SearchWish
{
    enum class Database { DoNotAsk, Ask };
    discovery::Query query {};
    QStringList hosts {};                   ///< that the person typed, or agreed to, beside it
    Database database = Database::DoNotAsk; ///< the public settings database, which hears the domain
    QByteArray pinnedKey {};                ///< as accounts::Account::pinnedKey
    QString caFile {};                      ///< as accounts::Account::caFile
    QByteArray clientName {};               ///< as accounts::Account::clientName
    accounts::Route route {};               ///< as accounts::Account::route
};

/// A search for a sending server, as discovery::Search is one; its own class so that windows can be tried
/// without a network. Destroying it cancels at once.
class ServerSearch : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void start() = 0;
    virtual void restart() = 0;
    /// Tries a host that a person typed, or agreed to.
    virtual void addHost(const QString &host) = 0;
    [[nodiscard]] virtual const discovery::Report &report() const = 0;

Q_SIGNALS:
    void changed();
    void settled();
    void finished();
};

} // namespace postrider::setup
