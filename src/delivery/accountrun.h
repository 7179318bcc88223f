// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"
#include "base/clock.h"
#include "delivery/accountledger.h"
#include "delivery/handover.h"
#include "delivery/postoffice.h"
#include "delivery/storethread.h"
#include "delivery/transcript.h"
#include "secrets/secretstore.h"

#include <QElapsedTimer>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace postrider::delivery {

/**
 * One account's connection, from the password to QUIT, with the messages on it.
 *
 * Takes what is due for the account from the outbox, up to as many at once as the connection takes, and
 * writes down what came of them. The order that nothing is lost or doubled by: attempts are committed before
 * MAIL; the mark "the last octets may have left" is committed before these octets are released; outcomes are
 * committed before other messages are taken. Each of these is one commit for all messages of a flight.
 *
 * When nothing is due, the connection is kept for a while: what is sent next goes at once. What the account
 * as a whole suffers is written into its hold when the run ends because of it.
 *
 * start(), then wake() whenever something may be due, stop() to end; ended() is the last signal.
 *
 * Belongs to the network thread.
 */
class AccountRun final : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Starting, ///< the password is fetched, the connection made, the account signed in
        Working,
        Idle,     ///< the connection is open and nothing is due
        Closing,  ///< QUIT was said
        Settling, ///< there is no connection any more; what happened is being written
        Resting,  ///< the disk fails: a pause, or the next run would meet the same at once
        Ended,
    };
    /// What all runs use; outlives them.
    struct Means
    {
        StoreThread &storeThread;
        secrets::SecretStore &secretStore;
        const base::Clock &clock;
    };

    /// `first` is what the run is started for; only its progress is told before messages are taken.
    AccountRun(Means means, outbox::MessageId first, QObject *parent);
    ~AccountRun() override;
    Q_DISABLE_COPY_MOVE(AccountRun)

    /// Fetches the password if the account signs in.
    void start(const accounts::Account &account, net::TlsTicket ticket);
    /// The same with a password that is known.
    void start(const accounts::Account &account, base::Secret password);
    /// Instead of start(): the account cannot be used at all.
    void fail(const accounts::Account &account, const outbox::Problem &problem);
    /// The account of these messages does not exist any more.
    void giveUp(const outbox::Problem &problem);
    /// Like ending, after a pause: the disk did not do what was asked.
    void rest(const outbox::StoreError &error);
    /// Something may be due for this account.
    void wake();
    /// A message past its last octet gets its answer first, any other goes back to the outbox untouched.
    void stop();

    [[nodiscard]] State state() const noexcept { return m_state; }
    /// For the account's next connection.
    [[nodiscard]] net::TlsTicket tlsTicket() const { return m_ticket; }

Q_SIGNALS:
    void progressed(const postrider::delivery::Progress &progress);
    /// It has become Idle.
    void idled();
    /// The disk does not take what has to be written; the run tries again, or rests.
    void troubled(const postrider::outbox::StoreError &error);
    void ended();

private:
    /// A message's end that is not on disk yet.
    struct Ending
    {
        outbox::MessageId message {};
        outbox::EndedAttempt attempt {};
    };
    /// What one visit to the store brings back.
    struct Visit
    {
        outbox::Result<void> written {};
        outbox::Result<QList<outbox::Job>> begun { QList<outbox::Job> {} };
    };
    enum class AtDisk { Nothing, Visiting, WaitingToTryAgain };
    /// How soon what could not be written (disk full) is written again.
    static constexpr std::chrono::milliseconds WriteAgain = std::chrono::seconds { 5 };

    void readKnowledge();
    void fetchPassword();
    void connectTo(base::Secret secret);
    void letIn();
    void advance();
    void advanceSoon();
    void visitStore(int limit);
    void afterVisit(const QList<Ending> &written, Visit visit);
    void submit(const outbox::Job &job);
    void makeSevenBit(const outbox::Job &job);
    void markFinalOctets(const FinalOctets &due);
    void messageDone(HandoverId attempt, outbox::AttemptOutcome outcome);
    void reportProgress(const outbox::MessageId &message, Progress::Phase phase, qint64 octets, qint64 total);
    void record(bool wanted);

    // accountrunending.cpp
    void connectionFailed(const outbox::Problem &problem);
    void takeBack();
    void putBackConverting();
    void becomeIdle();
    void waitForMore();
    void close();
    void dropConnection();
    void settle();
    void writeTrouble(const outbox::Problem &problem);
    void tryToWrite(const AccountTrouble &trouble);
    void diskFailed(const outbox::StoreError &error);
    void end();
    void later(std::chrono::milliseconds wait, std::function<void()> step);
    [[nodiscard]] static outbox::AttemptOutcome outcomeForAll(const outbox::Job &job,
                                                              outbox::RecipientState state);

    Means m_means;
    outbox::MessageId m_first;
    accounts::Account m_account {};
    AccountKnowledge m_knowledge {};
    net::TlsTicket m_ticket {};
    State m_state = State::Starting;
    AtDisk m_atDisk = AtDisk::Nothing;
    Handover *m_handover = nullptr;
    std::map<HandoverId, outbox::Job> m_jobs {}; ///< begun and not ended, by attempt
    QSet<HandoverId> m_converting {};            ///< of them: not on the connection
    QList<Ending> m_endings {};
    int m_done = 0; ///< messages on this connection
    bool m_mayBeMore = true;
    bool m_isStopping = false;
    bool m_isTakingBack = false;
    bool m_diskFailed = false;
    bool m_advances = false;                     ///< advance() is about to be called
    std::optional<outbox::Problem> m_trouble {}; ///< the account's, told once all outcomes are written
    outbox::FailedTry m_failed {};               ///< how it is told
    std::shared_ptr<Transcript> m_transcript {};
    QTimer m_timer; ///< of Idle and Resting, and until the disk is tried again
    QElapsedTimer m_sinceProgress {};
};

} // namespace postrider::delivery
