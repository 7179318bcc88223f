// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"
#include "base/clock.h"
#include "delivery/accountrun.h"
#include "delivery/postoffice.h"
#include "delivery/storethread.h"
#include "practice/practiceserver.h"
#include "secrets/secretstore.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <memory>

namespace postrider::delivery {

/**
 * Delivers what is due: sees which accounts have something to send, and keeps a run with one connection for
 * each of them.
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
            const base::Clock &clock);
    ~Courier() override;
    Q_DISABLE_COPY_MOVE(Courier)

    void setAccounts(const QList<accounts::Account> &accounts);
    /// Something may be due.
    void wake();
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
    void lookForWork();
    void startRuns(const QList<outbox::MessageSummary> &due);
    void startRun(const outbox::MessageSummary &message);
    void useAccount(AccountRun *run, const QString &id);
    void usePracticeServer(AccountRun *run);
    void runEnded(const QString &account);
    void scheduleNext();
    [[nodiscard]] bool isBusy() const;

    QString m_profileFolder;
    StoreThread &m_storeThread;
    secrets::SecretStore &m_secretStore;
    const base::Clock &m_clock;
    QHash<QString, accounts::Account> m_accounts {};
    QHash<QString, AccountRun *> m_runs {};      ///< by account
    QHash<QString, net::TlsTicket> m_tickets {}; ///< by account; in memory only
    std::unique_ptr<practice::PracticeServer> m_practiceServer;
    QTimer *m_timer;
    bool m_isLooking = false;
    bool m_lookAgain = false;
    bool m_isStopping = false;
};

} // namespace postrider::delivery
