// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "smtp/authexchange.h"
#include "smtp/blockpool.h"
#include "smtp/commandlines.h"
#include "smtp/commandstream.h"
#include "smtp/session.h"
#include "smtp/transaction.h"

#include <deque>
#include <list>

namespace postrider::smtp {

/**
 * The state of a Session. Its functions are spread over files by what they are about:
 *
 *  - session.cpp: the public face, and to whom a reply goes;
 *  - sessionopening.cpp: greeting, EHLO, STARTTLS;
 *  - sessionauth.cpp: AUTH;
 *  - sessionoutput.cpp: what leaves for the open transactions, and when;
 *  - sessionreplies.cpp: what the replies to them mean;
 *  - sessionending.cpp: failures, QUIT.
 */
class Session::Private
{
public:
    enum class State {
        Opening,       ///< the reply to greeting, EHLO, STARTTLS or AUTH is awaited
        TlsHandshake,  ///< BeginTls is asked
        Credentials,   ///< CredentialsWanted is asked
        KeyDerivation, ///< KeyDerivationWanted is asked
        Mail,          ///< transactions come and go
        Draining,      ///< something went wrong: replies to what was said still count, nothing new is begun
        Quitting,      ///< replies decide nothing any more
        Ended,
    };
    using Phase = Transaction::Phase;
    using Form = Transaction::Form;
    using Awaited = CommandStream::Awaited;

    explicit Private(SessionConfig c);

    // session.cpp
    void submit(TransactionId id, Envelope envelope, std::unique_ptr<QIODevice> content);
    void handleReplies(MonotonicTime now);
    void handle(Reply reply, MonotonicTime now);
    void handleUnexpected(const Reply &reply);
    void dispatch(const Awaited &awaited, const Reply &reply, MonotonicTime now);
    void send(const QByteArray &line, const Awaited &awaited, MonotonicTime now);
    void send(const QByteArray &line, const QByteArray &shown, const Awaited &awaited, MonotonicTime now);
    void armDeadline(MonotonicTime now);
    void tellFreeSlots();
    void show(Direction direction, QByteArrayView line) const;
    void showReply(const Reply &reply) const;
    void showRejectedLine() const;
    [[nodiscard]] qsizetype freeSlots() const;
    [[nodiscard]] std::chrono::milliseconds timeoutOf(const Awaited &awaited) const;
    [[nodiscard]] bool isPipeliningOnTrial(const Awaited &awaited) const;

    // sessionopening.cpp
    void handleGreeting(const Reply &reply, MonotonicTime now);
    void handleEhlo(Step step, const Reply &reply, MonotonicTime now);
    void handleEhloRefusal(Step step, const Reply &reply, MonotonicTime now);
    void handleStartTls(const Reply &reply, MonotonicTime now);
    void sendEhlo(MonotonicTime now);

    // sessionauth.cpp
    void askCredentials();
    void authenticate(std::unique_ptr<sasl::Mechanism> mechanism, MonotonicTime now);
    void resumeAuthentication(base::Secret derivedKey, MonotonicTime now);
    void handleAuth(const Reply &reply, MonotonicTime now);
    void handleChallenge(const Reply &reply, MonotonicTime now);
    void handleAuthRefusal(const Reply &reply, MonotonicTime now);
    void cancelAuth(const AuthExchange::Error &error, MonotonicTime now);
    void handleAuthCancelled(MonotonicTime now);

    // sessionoutput.cpp
    enum class Advance {
        Moved,
        Waits,
        Gone, ///< the transaction is no more
    };
    enum class Turn {
        Own,
        OfOneInFront, ///< it may get ready, and has to wait with what it says
    };
    [[nodiscard]] QByteArray produce(qsizetype maxOctets, MonotonicTime now);
    void advance(qsizetype wantedOctets, MonotonicTime now);
    [[nodiscard]] Advance advance(Transaction &transaction, Turn turn, MonotonicTime now);
    [[nodiscard]] Advance begin(Transaction &transaction, Turn turn, MonotonicTime now);
    [[nodiscard]] bool canBegin() const;
    [[nodiscard]] bool canBeFlight(const Transaction &transaction) const;
    [[nodiscard]] std::optional<Failure> prepareFlight(Transaction &transaction);
    [[nodiscard]] std::optional<Failure> prepareContent(Transaction &transaction);
    void sendAddresses(Transaction &transaction, MonotonicTime now);
    void sendFlight(Transaction &transaction, MonotonicTime now);
    void sendMail(Transaction &transaction, MonotonicTime now);
    void sendRecipients(Transaction &transaction, MonotonicTime now);
    void sendRecipient(Transaction &transaction, qsizetype index, MonotonicTime now);
    void sendFor(Transaction &transaction, const QByteArray &line, Step step, MonotonicTime now,
                 qsizetype recipient = 0);
    void sendReset(MonotonicTime now);
    [[nodiscard]] Advance sendChunk(Transaction &transaction, MonotonicTime now);
    void sendChunkOf(Transaction &transaction, const QByteArray &octets, Step step, MonotonicTime now);
    void awaitChunk(Transaction &transaction, QByteArrayView line, qsizetype octets, Step step,
                    MonotonicTime now);
    void sendEnd(Transaction &transaction, MonotonicTime now);
    void sendDot(Transaction &transaction, MonotonicTime now);
    void takeContent(Transaction &transaction, QByteArray &out, qsizetype maxOctets);
    void holdEnd(Transaction &transaction);
    void reportProgress(Transaction &transaction);
    void showContent(const Transaction &transaction) const;
    [[nodiscard]] Transaction *firstIncomplete();
    [[nodiscard]] const Transaction *firstIncomplete() const;
    [[nodiscard]] bool canPipeline() const;
    [[nodiscard]] bool canChunk() const;
    [[nodiscard]] qsizetype allowedWindow() const;
    [[nodiscard]] EnvelopeTerms terms() const;
    [[nodiscard]] EnvelopeTerms termsFor(const Transaction &transaction) const;

    // sessionreplies.cpp
    void handleMail(Transaction &transaction, const Reply &reply, MonotonicTime now);
    void handleRecipient(Transaction &transaction, qsizetype index, const Reply &reply, MonotonicTime now);
    void handleEveryRecipientAnswered(Transaction &transaction, MonotonicTime now);
    void handleData(Transaction &transaction, const Reply &reply, MonotonicTime now);
    void handleChunk(Transaction &transaction, const Reply &reply, MonotonicTime now);
    void handleContentEnd(Transaction &transaction, const Reply &reply, MonotonicTime now);
    void handleSenderMail(const Reply &reply, MonotonicTime now);
    void handleReset(Step step, const Reply &reply, MonotonicTime now);
    void noteOutOfStep(Transaction &transaction);
    void failOutOfStep(Transaction &transaction, Failure::Stage stage);
    void learn(ChunkUse use);
    void learn(PipelineUse use);
    void refuse(Transaction &transaction, const Failure &failure);
    void repeatLater(Transaction &transaction);
    void conclude(Transaction &transaction, MonotonicTime now);
    [[nodiscard]] bool isChunkingUnknown(const Transaction &transaction, const Reply &reply) const;
    [[nodiscard]] bool isContentReadAsCommands() const;
    [[nodiscard]] Transaction *find(const Awaited &awaited);

    // sessionending.cpp
    void refuseLate(TransactionId id);
    void handleShutdown(const Reply &reply, MonotonicTime now);
    void handleSilence(Failure::Cause cause);
    void fail(Failure::Cause cause, const Reply &reply = {});
    void failSession(const Failure &failure);
    void failTransactions(const Failure &failure);
    void drain(const Failure &failure, std::optional<MonotonicTime> until);
    void endDrain(MonotonicTime now);
    void leave(const Failure &failure, MonotonicTime now);
    void quit(MonotonicTime now);
    void sendQuit();
    void handleWhileQuitting();
    void finish();
    void end(Event lastEvent);
    [[nodiscard]] Failure failureOf(const Transaction &transaction, const Failure &failure) const;
    [[nodiscard]] Failure::Custody custodyOf(const Transaction &transaction) const;
    [[nodiscard]] Failure::Stage stage() const;
    [[nodiscard]] Failure::Stage stageOf(const Transaction &transaction) const;
    [[nodiscard]] Failure::Stage stageOf(const Awaited &awaited) const;

    SessionConfig config;
    ReplyParser parser;
    State state = State::Opening;
    bool isEncrypted;
    CommandStream stream {};
    std::deque<Event> events {};
    std::optional<MonotonicTime> deadline {};
    std::optional<MonotonicTime> askedAt {}; ///< a command before which nothing was awaited
    std::optional<std::chrono::microseconds> roundTrip {};
    Capabilities capabilities {};
    Reply greeting {};

    QList<QByteArray> mechanisms {}; ///< offered and not refused
    std::optional<AuthExchange> exchange {};
    AuthExchange::InitialResponse initialResponse = AuthExchange::InitialResponse::WhereItFits;
    std::optional<Failure> signInRefusal {}; ///< of the last mechanism

    std::list<Transaction> transactions {}; ///< that are open, oldest first
    bool isVerifyingSender = false;
    bool isResetAwaited = false; ///< one of its own, not in front of a transaction
    bool wereSlotsFree = false;  ///< when last looked at
    QList<TransactionId> due {}; ///< to be asked for with one FinalOctetDue
    BlockPool blocks {};

    // What this server turned out to know or not, for the rest of the session.
    ServerHabits habits {};
    bool isSizeParameterRefused = false;
    bool isChunkingProven = false;   ///< it took a chunk; until then there is one transaction at a time
    bool isPipeliningProven = false; ///< it answered a MAIL that came right behind content by DATA

    std::optional<MonotonicTime> drainUntil {};
    std::optional<Failure> parting {}; ///< said after Draining, and after QUIT instead of Finished
    std::function<void(Direction, QByteArrayView)> transcript {};
};

} // namespace postrider::smtp
