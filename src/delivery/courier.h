// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"
#include "base/clock.h"
#include "delivery/accountrun.h"
#include "delivery/postoffice.h"
#include "delivery/storethread.h"
#include "delivery/workplan.h"
#include "oauth/tokenkeeper.h"
#include "practice/practiceserver.h"
#include "secrets/secretstore.h"

#include <QDateTime>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <memory>
#include <optional>

namespace postrider::delivery {

/**
 * Delivers what is due: sees which accounts have something to send, and keeps a run with one connection for
 * each of them. While a large message blocks that one, a second run takes what is due meanwhile; against a
 * server that is slow there are up to ServerSpeed::MostConnections, one after the other, as many as it lets
 * in. A message that is about to leave (the end of its undo window, its chosen time) finds a connection that
 * is signed in.
 *
 * Sends again what has been in doubt for ResendAge where the account's rule says so. What is scheduled is
 * handed over at once where the account wants its server to keep it, as long as that may offer it.
 *
 * Lives in the network thread of the one process that holds the DelivererLock. What an account as a whole
 * suffers (server down, sign-in refused) is kept once, in the account's hold; what concerns a message goes to
 * the message.
 */
class Courier final : public QObject
{
    Q_OBJECT

public:
    Courier(QString profileFolder, StoreThread &storeThread, secrets::SecretStore &secretStore,
            oauth::TokenKeeper &tokenKeeper, const base::Clock &clock);
    ~Courier() override;
    Q_DISABLE_COPY_MOVE(Courier)

    void setAccounts(const QList<accounts::Account> &accounts);
    /// Something may be due.
    void wake();
    /// The network may work again: idle connections are of the former one, and who could not reach its server
    /// tries now.
    void networkReturned();
    /// Ends between two messages: one that is past its last octet gets its answer first, any other goes back
    /// to the outbox untouched. Then stopped().
    void stop();

Q_SIGNALS:
    void progressed(const postrider::delivery::Progress &progress);
    void idle();
    /// What is due cannot go, since the disk does not take what has to be written. It is tried again.
    void troubled(const postrider::outbox::StoreError &error);
    void stopped();
    void practiceCaught(const QString &emlPath);
    /// accounts.json was read again and has other accounts than setAccounts() told.
    void accountsRead(const QList<postrider::accounts::Account> &accounts);

private:
    /// Why the courier looks for work.
    enum class Occasion {
        News,    ///< somebody changed something, or may have
        Planned, ///< a time has come: what it brings is a change that others want to see
    };

    void lookForWork(Occasion occasion);
    void startRuns(const QList<outbox::MessageSummary> &due);
    void relieve(const outbox::MessageSummary &message, const QList<AccountRun *> &runs);
    void prepareRuns(const QList<outbox::MessageSummary> &soon);
    void startRun(const QString &account, AccountRun::Purpose purpose, const outbox::MessageId &first);
    void useAccount(AccountRun *run, const QString &id);
    void usePracticeServer(AccountRun *run);
    [[nodiscard]] accounts::Server firstWay(const accounts::Account &account) const;
    void rememberWay(const QString &account, const accounts::Server &way);
    void forgetWay(const QString &account);
    void runEnded(const QString &account, AccountRun *run);
    void scheduleNext(const QDateTime &next);
    [[nodiscard]] AccountRules rules() const;
    [[nodiscard]] bool isBusy() const;

    /// An alternate that led to an account's server when its own port did not.
    struct KnownWay
    {
        accounts::Server server {};
        QDateTime since {};
    };

    QString m_profileFolder;
    StoreThread &m_storeThread;
    secrets::SecretStore &m_secretStore;
    oauth::TokenKeeper &m_tokenKeeper;
    const base::Clock &m_clock;
    QHash<QString, accounts::Account> m_accounts {};
    QHash<QString, QList<AccountRun *>> m_runs {}; ///< by account, those that relieve last
    QHash<QString, net::TlsTicket> m_tickets {};   ///< by account; in memory only
    QHash<QString, KnownWay> m_ways {};            ///< by account; on this network only
    /// By account, of servers that were asked: how long they keep messages back; nothing: they do not.
    QHash<QString, std::optional<smtp::Capabilities::FutureReleaseLimits>> m_futureReleases {};
    /// By account: the message for which a connection was made ready. Once is enough.
    QHash<QString, outbox::MessageId> m_prepared {};
    /// Accounts whose server wants no further connection beside the present ones.
    QSet<QString> m_unrelieved {};
    std::unique_ptr<practice::PracticeServer> m_practiceServer;
    QTimer *m_timer;
    QDateTime m_planned {}; ///< what the timer waits for; null: it only looks again
    bool m_isLooking = false;
    bool m_lookAgain = false;
    bool m_isStopping = false;
};

} // namespace postrider::delivery
