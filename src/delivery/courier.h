// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"
#include "base/clock.h"
#include "delivery/handover.h"
#include "delivery/postoffice.h"
#include "delivery/storethread.h"
#include "practice/practiceserver.h"
#include "secrets/secretstore.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

namespace postrider::delivery {

/**
 * Delivers what is due: takes messages from the outbox, one connection for each account, and writes down what
 * came of every recipient.
 *
 * Lives in the network thread of the one process that holds the DelivererLock. What an account as a whole
 * suffers (server down, sign-in refused) is kept once, in the account's hold; what concerns a message goes to
 * the message.
 *
 * The order that nothing is lost or doubled by: the attempt is committed before MAIL; the mark "the last
 * octet may have left" is committed before that octet is released; the outcome is committed before the next
 * message begins.
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
    void stopped();
    void practiceCaught(const QString &emlPath);
    /// accounts.json was read again and has other accounts than setAccounts() told.
    void accountsRead(const QList<postrider::accounts::Account> &accounts);

private:
    /// One account's connection and the message on it.
    struct Run
    {
        accounts::Account account {};
        Handover *handover = nullptr; ///< null while the password is fetched
        outbox::MessageId first {};   ///< what the run was started for, until the first message is taken
        std::optional<outbox::Job> job {};
        bool isReady = false;    ///< the session takes a message now
        bool isWriting = false;  ///< an attempt's begin or end is on its way to the disk
        bool isWaiting = false;  ///< for the keychain or until the disk is tried again; stop() need not
        bool diskFailed = false; ///< rests before it ends, or the next run would meet the same at once
        std::optional<outbox::AttemptOutcome> unwritten {}; ///< of the open attempt, while the disk fails
        std::optional<outbox::Problem>
            trouble {}; ///< the account's, told once the message's outcome is written
        QElapsedTimer sinceProgress {};
    };
    using RunPointer = std::shared_ptr<Run>;

    void lookForWork();
    void startRuns(const QList<outbox::MessageSummary> &due);
    void startRun(const outbox::MessageSummary &message);
    void useAccount(const RunPointer &run);
    void usePracticeServer(const RunPointer &run);
    void fetchPassword(const RunPointer &run);
    void connectTo(const RunPointer &run, base::Secret password);
    void takeNext(const RunPointer &run);
    void begin(const RunPointer &run, const outbox::MessageId &id);
    void submit(const RunPointer &run, outbox::Job job);
    void markFinalOctet(const RunPointer &run);
    void finish(const RunPointer &run, const outbox::AttemptOutcome &outcome);
    void afterMessage(const RunPointer &run);
    void connectionFailed(const RunPointer &run, const outbox::Problem &problem);
    void accountTrouble(const RunPointer &run, const outbox::Problem &problem);
    void dropConnection(const RunPointer &run);
    void end(const RunPointer &run);
    template <typename Step>
    void doLater(const RunPointer &run, std::chrono::milliseconds wait, Step step);
    void reportProgress(const RunPointer &run, Progress::Phase phase, qint64 octets);
    void scheduleNext();

    QString m_profileFolder;
    StoreThread &m_storeThread;
    secrets::SecretStore &m_secretStore;
    const base::Clock &m_clock;
    QHash<QString, accounts::Account> m_accounts {};
    QHash<QString, RunPointer> m_runs {}; ///< by account
    std::unique_ptr<practice::PracticeServer> m_practiceServer;
    QTimer *m_timer;
    bool m_isLooking = false;
    bool m_lookAgain = false;
    bool m_isStopping = false;
};

} // namespace postrider::delivery
