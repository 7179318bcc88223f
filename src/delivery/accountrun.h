// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"
#include "base/clock.h"
#include "delivery/accountledger.h"
#include "delivery/postoffice.h"
#include "delivery/storethread.h"
#include "delivery/transcript.h"
#include "delivery/transport.h"
#include "oauth/tokenkeeper.h"
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
 * One account's connection, from the password or token to QUIT, with the messages on it.
 *
 * An account that signs in with OAuth 2 gets its access token from the keeper; one that its server refuses is
 * replaced once.
 *
 * Takes what is due for the account from the outbox, up to as many at once as the connection takes, and
 * writes down what came of them. The order that nothing is lost or doubled by: attempts are committed before
 * MAIL; the mark "the last octets may have left" is committed before these octets are released; outcomes are
 * committed before other messages are taken. Each of these is one commit for all messages of a flight.
 *
 * When nothing is due, the connection is kept for a while: what is sent next goes at once. What the account
 * as a whole suffers is written into its hold when the run ends because of it. Behind a large message nothing
 * is begun: what is due meanwhile may take another run.
 *
 * Where the account's server cannot be reached, its alternates are tried before that is told. admitted()
 * tells which way led to it, for the next run to begin with.
 *
 * What is queued before its time goes to a server that keeps it back until then, where the account wants
 * that; otherwise it is scheduled here once more.
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
    enum class Purpose {
        Deliver,
        /// Nothing is due yet, but soon something is: connects and signs in beforehand. Trouble that may be
        /// over by then is not told. Delivers as soon as it is woken.
        Prepare,
        /// Beside others, behind a large message or because the server is slow: ends when nothing is due.
        /// That the server wants no further connection is nobody's trouble.
        Relieve,
    };
    /// A message of more octets blocks its connection.
    static constexpr qint64 LargeMessage = 1'000'000;
    /// What all runs use; outlives them.
    struct Means
    {
        StoreThread &storeThread;
        secrets::SecretStore &secretStore;
        oauth::TokenKeeper &tokenKeeper;
        const base::Clock &clock;
        QString profileFolder {};
    };

    /// `first` is what the run is started for, if it is due; only its progress is told before messages are
    /// taken.
    AccountRun(Means means, Purpose purpose, outbox::MessageId first, QObject *parent);
    ~AccountRun() override;
    Q_DISABLE_COPY_MOVE(AccountRun)

    /// Fetches the password or a token if the account signs in. `first` is tried before the other ones of
    /// accounts::waysTo(), if it is one of them.
    void start(const accounts::Account &account, const accounts::Server &first, net::TlsTicket ticket);
    /// The same with a password that is known.
    void start(const accounts::Account &account, base::Secret password);
    /// Instead of start(): the account cannot be used at all.
    void fail(const accounts::Account &account, const outbox::Problem &problem);
    /// The account of these messages does not exist any more.
    void giveUp(const outbox::Problem &problem);
    /// Like ending, after a pause: the disk did not do what was asked.
    void rest(const outbox::StoreError &error);
    /// Something is due for this account; `first` is the next message.
    void wake(const outbox::MessageId &first);
    /// An idle connection is given up without a word: its network may be gone.
    void networkReturned();
    /// Takes no further message, and ends when the open ones have their outcomes.
    void retire();
    /// A message past its last octet gets its answer first, any other goes back to the outbox untouched.
    void stop();

    [[nodiscard]] State state() const noexcept { return m_state; }
    /// Whether a large message is on its way.
    [[nodiscard]] bool isBlocked() const;
    /// Whether it is beside others and the server has taken nothing from it yet.
    [[nodiscard]] bool isUnproven() const { return m_purpose == Purpose::Relieve && m_done == 0; }
    /// Whether the server did not want it beside the other ones.
    [[nodiscard]] bool isTurnedAway() const noexcept { return m_isTurnedAway; }
    /// As this connection sees it; nothing is known without one.
    [[nodiscard]] ServerSpeed speed() const { return m_handover ? m_handover->speed() : ServerSpeed(); }
    /// For the account's next connection.
    [[nodiscard]] net::TlsTicket tlsTicket() const;

Q_SIGNALS:
    void progressed(const postrider::delivery::Progress &progress);
    /// The server let it in, by this way.
    void admitted(const postrider::accounts::Server &way);
    /// How long the server keeps messages back until their time; nothing: it does not.
    void futureReleaseLearnt(const std::optional<postrider::smtp::Capabilities::FutureReleaseLimits> &limits);
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
        QDateTime scheduledAgain {}; ///< null: it is not
    };
    /// What one visit to the store brings back.
    struct Visit
    {
        outbox::Result<void> written {};
        outbox::Result<QList<outbox::Job>> begun { QList<outbox::Job> {} };
        int recipientsAtOnce = 0; ///< that a transaction may have; 0: any number
    };
    enum class AtDisk { Nothing, Visiting, WaitingToTryAgain };
    /// How soon what could not be written (disk full) is written again.
    static constexpr std::chrono::milliseconds WriteAgain = std::chrono::seconds { 5 };

    void readKnowledge();
    void fetchSecret();
    void fetchToken();
    void connectTo(base::Secret secret);
    void useTransport(Transport *transport);
    void letIn();
    void advance();
    void advanceSoon();
    void visitStore(int limit);
    void afterVisit(const QList<Ending> &written, const std::optional<LearntLesson> &lesson, Visit visit);

    // accountrunmessages.cpp
    void submit(const outbox::Job &job, int recipientsAtOnce);
    [[nodiscard]] bool isKeptByServer(const outbox::Job &job) const;
    void learnFutureRelease(const std::optional<smtp::Capabilities::FutureReleaseLimits> &limits);
    void makeSevenBit(const outbox::Job &job);
    void markFinalOctets(const FinalOctets &due);
    void messageDone(HandoverId attempt, outbox::AttemptOutcome outcome);
    void learn(const PaceLesson &lesson, const outbox::Problem &refusal);
    void reportProgress(const outbox::MessageId &message, Progress::Phase phase, qint64 octets, qint64 total);
    void record(bool wanted);

    // accountrunending.cpp
    [[nodiscard]] bool tryNextWay(const outbox::Problem &problem);
    [[nodiscard]] bool tryFreshToken(const outbox::Problem &problem);
    void connectionFailed(const outbox::Problem &problem);
    void takeBack();
    void putBackConverting();
    void becomeIdle();
    void waitForMore();
    void close();
    void dropConnection();
    void settle();
    [[nodiscard]] bool isForgotten(const outbox::Problem &problem) const;
    void writeTrouble(const outbox::Problem &problem);
    void tryToWrite(const AccountTrouble &trouble);
    void diskFailed(const outbox::StoreError &error);
    void end();
    void later(std::chrono::milliseconds wait, std::function<void()> step);
    [[nodiscard]] static outbox::AttemptOutcome outcomeForAll(const outbox::Job &job,
                                                              outbox::RecipientState state);

    Means m_means;
    Purpose m_purpose;
    outbox::MessageId m_first;
    accounts::Account m_account {};                  ///< its server is the way that is tried
    accounts::Server m_main {};                      ///< the account's own
    QList<accounts::Server> m_otherWays {};          ///< that were not tried yet
    std::optional<outbox::Problem> m_mainTrouble {}; ///< why others are tried
    AccountKnowledge m_knowledge {};
    net::TlsTicket m_ticket {};
    base::Secret m_token {}; ///< that the account signs in with; empty: a password, or it is in
    enum class Tokens { AsKept, Fresh } m_tokens = Tokens::AsKept;
    State m_state = State::Starting;
    AtDisk m_atDisk = AtDisk::Nothing;
    Transport *m_handover = nullptr;
    std::map<HandoverId, outbox::Job> m_jobs {}; ///< begun and not ended, by attempt
    QSet<HandoverId> m_converting {};            ///< of them: not on the connection
    QSet<HandoverId> m_keptByServer {};          ///< of them: said with HOLDUNTIL
    std::optional<smtp::Capabilities::FutureReleaseLimits> m_futureRelease {}; ///< that the server offers
    QList<Ending> m_endings {};
    std::optional<LearntLesson> m_lesson {}; ///< that is not on disk yet
    int m_done = 0;                          ///< messages on this connection
    bool m_mayBeMore = true;
    bool m_hasBegun = false;
    bool m_isTurnedAway = false;
    bool m_isRetiring = false;
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
