// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "discovery/candidatefinder.h"
#include "discovery/query.h"
#include "discovery/report.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QSslCertificate>
#include <QString>

#include <chrono>
#include <memory>

namespace postrider::discovery {

class Surroundings;

/**
 * Finds the way to send: where settings are published, which ports answer, how well each is protected, and
 * which one to take.
 *
 * Settings are looked up and ports are tried at the same time. No secret and no address leaves the computer:
 * a server hears EHLO with the program's usual name, STARTTLS and QUIT.
 *
 * Emits changed() whenever report() is another one (at most every 20 ms), settled() once when the answer
 * stands, and finished() once as the last of all; nothing from within start() or cancel(). Never blocks:
 * lives in the thread that it is made in, the main thread is fine. Destroying it cancels at once.
 */
class Search final : public QObject
{
    Q_OBJECT

public:
    /// Whether port 25 is tried, which is for mail between servers.
    enum class Port25 {
        WhenNothingElse, ///< and where it is listed or typed; so that "only port 25 answers" can be said
        Include,         ///< always, for a diagnosis
    };
    enum class Extent {
        UntilSettled, ///< what runs is dropped when the answer stands
        AllPorts,     ///< until 465, 587, 2525 and 25 have a verdict
    };
    struct Options
    {
        FinderOptions::Database database = FinderOptions::Database::DoNotAsk;
        FinderOptions::Lookup lookup = FinderOptions::Lookup::All;
        FinderOptions::PlainSettings plainSettings = FinderOptions::PlainSettings::DoNotAsk;
        Port25 port25 = Port25::WhenNothingElse;
        Extent extent = Extent::AllPorts;
        std::chrono::milliseconds limit { std::chrono::seconds { 15 } }; ///< for all of it
        QList<QSslCertificate> extraAuthorities {};
        QByteArray clientName = "[127.0.0.1]"; ///< EHLO's argument, as in sending
        QByteArray pinnedKey {};               ///< as net::TlsPolicy has it
        accounts::Route route {};              ///< its time limit counts in sending only
    };

    Search(Query query, Options options, Surroundings &surroundings, QObject *parent = nullptr);
    ~Search() override;
    Q_DISABLE_COPY_MOVE(Search)

    /// Once.
    void start();
    /// Ends it at once: no connection stays, and no signal follows.
    void cancel();
    /// Starts over, also after finished(). What was added stays added.
    void restart();
    /// Tries a host that a person typed, or agreed to; also after finished(), and then finished() comes
    /// again.
    void addHost(const QString &host);
    /// Tries exactly this server too, as one that a person typed; also before start(), and after finished()
    /// as addHost() does.
    void addServer(const accounts::Server &server);

    [[nodiscard]] const Report &report() const;

Q_SIGNALS:
    void changed();
    void settled();
    void finished();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace postrider::discovery
