// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/clock.h"
#include "base/expected.h"
#include "outbox/accountrecords.h"
#include "outbox/message.h"
#include "outbox/messagelist.h"
#include "outbox/pace.h"

#include <QIODevice>
#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <memory>
#include <optional>

namespace postrider::outbox {

struct StoreError
{
    enum class Kind {
        ReadOnly, ///< the profile cannot be written
        DiskFull,
        Busy,                 ///< another process held the database for longer than 5 s
        Damaged,              ///< the database is not one; it could not be set aside either
        NewerVersion,         ///< written by a newer Postrider: left alone
        AttachmentUnreadable, ///< subject is its path
        BadAddress,           ///< subject is the address
        AlreadyRecipient,     ///< the message has this address already; subject is the address
        NotAMessage,          ///< the file to send has no header; subject is its name
        NoSuchMessage,
        NotConvertible, ///< to 7-bit
        WrongState,     ///< what was asked for is not possible in the message's state
        Failed,
    };
    Kind kind = Kind::Failed;
    QString subject {};
    QString reason {}; ///< the system's own words
};

template <typename T>
using Result = base::Expected<T, StoreError>;

/// Whether the conversations about a message are kept with its attempts.
enum class Recording { Off, On };

/// How a message is to be sent, besides its content.
struct SendOptions
{
    QString accountId {};
    QByteArray reversePath {};       ///< without angle brackets
    QList<QByteArray> recipients {}; ///< wire form; empty with a Draft: its own recipients
    QString services {};             ///< what the server is asked for besides; the store only keeps it
    Recording recording = Recording::Off;
    /// Held as `scheduled` until then; a time that is over counts as none.
    std::optional<QDateTime> notBefore {};
    /// How long Send can be taken back once the message is written (held as `undo`): up to MaxUndoWindow. Not
    /// used by a message that waits for a later notBefore, unless that is missed.
    std::chrono::seconds undoWindow { 0 };
};

constexpr std::chrono::seconds MaxUndoWindow = std::chrono::seconds { 120 };
/// A scheduled message that is later than this asks a person instead of leaving.
constexpr std::chrono::seconds MaxLateness = std::chrono::hours { 24 };

/// A finished message and how it is to be sent.
struct FileToSend
{
    QIODevice *message = nullptr; ///< open for reading
    SendOptions options {};
};

/// A refused address and the right one.
struct Correction
{
    QByteArray refused {};   ///< as in Recipient::address
    QByteArray corrected {}; ///< as a person types it
};

/// Everything that one delivery needs.
struct Job
{
    MessageId id {};
    qint64 attempt = 0; ///< the attempt's row
    QByteArray reversePath {};
    QList<QByteArray> recipients {}; ///< only those who have not got it yet
    qint64 size = 0;
    bool eightBit = false;
    bool headerUtf8 = false; ///< the message itself needs SMTPUTF8, whatever its envelope does
    QString services {};     ///< as in SendOptions
    Recording recording = Recording::Off;
    QDateTime scheduled {}; ///< as in MessageSummary; in the future: see queueScheduled()
    QByteArray content {};  ///< up to 64 KiB; otherwise empty and
    QString contentPath {}; ///< the spool file
};

/// The content of a job as an open device; null when the spool file is gone.
[[nodiscard]] std::unique_ptr<QIODevice> openContent(const Job &job);

/// What came of one recipient in an attempt.
struct RecipientOutcome
{
    QByteArray address {};
    RecipientState state = RecipientState::Deferred; ///< Queued: not decided, does not count
    int code = 0;
    QByteArray enhanced {};
    QString text {};
};

struct AttemptOutcome
{
    QList<RecipientOutcome> recipients {};
    Problem problem {};
    bool reachedMail = false; ///< counts as an attempt (trouble with server or sign-in does not)
    QString host {};
    quint16 port = 0;
    QString tls {};
    QByteArray certificateSha256 {};
    QString transcript {}; ///< empty: not recorded
    /// RecipientsRefused: the account sends to all or nobody, so the message is held and asks. Who was not
    /// refused stays queued.
    HoldReason hold = HoldReason::None;
};

/// An attempt with what came of it.
struct EndedAttempt
{
    qint64 attempt = 0;
    AttemptOutcome outcome {};
};

/// The size up to which a message lives in its row; a larger one has a spool file.
constexpr qint64 MaxContentInRow = 64 * 1024;

/// What is known of an account's pace and how it stands now.
struct PaceReport
{
    Pace pace {};
    SentCount lastMinute {};
    SentCount lastDay {};
    QDateTime dayQuotaOpens {}; ///< see outbox::dayQuotaOpens()
    PaceVerdict verdict {};
};

/// What a reply said about an account's pace.
struct LearntPace
{
    PaceLimits limits {};     ///< those that are set here replace what was learnt before
    QDateTime closedUntil {}; ///< UTC; null: the account may go on within its limits
    Problem problem {};       ///< the reply
};

/// How long what was sent is kept.
struct Retention
{
    std::chrono::seconds message = std::chrono::days { 30 }; ///< with its content, in the outbox
    /// After that, as a SentRecord; counted from when it was sent. Nothing: for ever.
    std::optional<std::chrono::seconds> record = std::chrono::days { 365 };
};

/// What stays of a sent message when its content is removed.
struct SentRecord
{
    MessageId id {};
    QByteArray messageId {};
    QString accountId {};
    QString subject {};
    QByteArray reversePath {};
    QList<Recipient> recipients {}; ///< text is the line with which the server accepted it
    qint64 size = 0;                ///< octets
    QDateTime created {};           ///< UTC
    QDateTime sent {};              ///< UTC
};

/**
 * The outbox on disk: postrider.sqlite (write-ahead log, synchronous=FULL) and the spool folder beside it.
 *
 * What a function reports as done is on disk when it returns: a committed transaction and, for a large
 * message, its spool file and folder fsynced before. A crash anywhere leaves a message in one of its states,
 * never between two.
 *
 * open() verifies the database and migrates it forward. A damaged one is renamed to
 * postrider.sqlite.damaged-<UTC time>, never deleted, and a new one is begun with all messages that can still
 * be read (setAside() tells); those of which only a part can are `damaged`. Several processes may have a
 * store open; exactly one of them delivers (DelivererLock), the others add and read.
 *
 * Bound to the thread that opened it. All functions may block on the disk.
 */
class Store
{
public:
    [[nodiscard]] static Result<std::unique_ptr<Store>> open(const QString &profileFolder,
                                                             const base::Clock &clock);
    ~Store();
    Q_DISABLE_COPY_MOVE(Store)

    /// The new name of a damaged database that open() found; empty: all was well.
    [[nodiscard]] QString setAside() const;

    // --- sending
    // ------------------------------------------------------------------------------------------------

    /// Freezes the draft: its attachments are copied to the spool, then the intent is committed as
    /// `preparing`. From then on the message cannot be lost. Everything wrong with addresses or files is
    /// found here.
    [[nodiscard]] Result<MessageId> prepare(const mime::Draft &draft, const SendOptions &options);
    /// Writes the message of a `preparing` row and makes it `queued`. The same again after a crash.
    [[nodiscard]] Result<void> render(const MessageId &id);
    /// Takes a finished message as it is (Bcc removed) and queues it. Options without recipients take its To,
    /// Cc, Bcc; an empty reverse-path takes its From.
    [[nodiscard]] Result<MessageId> enqueueFile(QIODevice &message, const SendOptions &options);
    /// The same for many in one commit, in their order: all of them are queued, or none.
    [[nodiscard]] Result<QList<MessageId>> enqueueFiles(const QList<FileToSend> &files);

    // --- reading
    // ------------------------------------------------------------------------------------------------

    /// Newest first. States as they are shown: a queued message of a waiting account is deferred, of a held
    /// one held.
    [[nodiscard]] Result<QList<MessageSummary>> list(int limit, int offset = 0) const;
    /// For whoever shows the whole outbox: what is new since he last asked. Costs as much as has changed in
    /// this process; everything is told again when another one changed something.
    [[nodiscard]] Result<ListUpdate> follow(const ListReader &reader);
    [[nodiscard]] Result<MessageDetails> find(const MessageId &id) const;
    /// The ids that begin with a prefix; for the command line.
    [[nodiscard]] Result<QStringList> idsStartingWith(const QString &prefix) const;
    /// The message's octets as sent, or to be sent.
    [[nodiscard]] Result<std::unique_ptr<QIODevice>> content(const MessageId &id) const;
    /// The account's trouble; otherwise, when it has reached its pace: waiting, with PaceReached, until it
    /// goes on.
    [[nodiscard]] Result<AccountHold> accountHold(const QString &accountId) const;
    [[nodiscard]] Result<PaceReport> pace(const QString &accountId) const;
    /// What stays of sent messages whose content was removed, newest first.
    [[nodiscard]] Result<QList<SentRecord>> sentRecords(int limit, int offset = 0) const;
    /// Nothing before the first successful sign-in.
    [[nodiscard]] Result<std::optional<ServerFacts>> facts(const QString &accountId) const;
    /// Without what is too old by now.
    [[nodiscard]] Result<std::optional<LearntHabits>> habits(const QString &accountId) const;
    /// Changes whenever another connection committed something; compare with the last value.
    [[nodiscard]] qint64 dataVersion() const;

    // --- delivering (holder of the DelivererLock only)
    // ----------------------------------------------------------

    /// After a crash: what was `sending` becomes in-doubt when its last octet may have left, queued
    /// otherwise, and what was `preparing` is returned to be rendered again. What can be taken back gets its
    /// whole window again; what was scheduled and is late is treated as due() does.
    [[nodiscard]] Result<QStringList> recover();
    /// What is `preparing` now: rendering is under way, or it was interrupted.
    [[nodiscard]] Result<QStringList> preparing() const;
    /// Accounts that have a message due now, with the next one of each, oldest first. Accounts that are held,
    /// waiting or at the end of their pace have none. A message that can be taken back is due when its window
    /// is over.
    ///
    /// Scheduled messages whose time has come are let go here, in one commit for all: one that missed it by
    /// more than two minutes gets its undo window, one that missed it by more than MaxLateness stays held,
    /// with Problem::Kind::Overdue and without a next attempt, until a person says retry() or schedule().
    [[nodiscard]] Result<QList<MessageSummary>> due();
    /// For an account whose server keeps messages back until their time (RFC 4865): queues now what is
    /// scheduled after `from` and up to `until`. Job::scheduled tells when it may arrive: whoever delivers
    /// sees to that, also after a crash, or calls schedule() once more. Returns how many.
    [[nodiscard]] Result<int> queueScheduled(const QString &accountId, const QDateTime &from,
                                             const QDateTime &until);
    /// When the next message, scheduled message or waiting account becomes due; null: nothing is planned. A
    /// retry further away than any planned wait was set before the computer's clock was put back, and is
    /// over.
    [[nodiscard]] Result<QDateTime> nextDue() const;
    /// Starts an attempt: its recipients are `sending`.
    [[nodiscard]] Result<Job> begin(const MessageId &id);
    /// The same, in one commit, for the account's messages that are due, oldest first and at most `limit`. A
    /// message with a spool file is the last of them, since what comes after it has to wait for it. Never
    /// more than the account's pace allows; a list that is longer than what is left of the day is begun for
    /// as many of its recipients, and the others stay queued.
    [[nodiscard]] Result<QList<Job>> beginDue(const QString &accountId, int limit);
    /// From now on a crash leaves these attempts in doubt.
    [[nodiscard]] Result<void> markFinalOctet(const QList<qint64> &attempts);
    /// Some recipients of an open attempt are decided, and no last octet is on its way for the others: a
    /// crash leaves those queued again.
    [[nodiscard]] Result<void> finishPart(qint64 attempt, const QList<RecipientOutcome> &decided);
    /// Ends an attempt. Deferred recipients get the next attempt's time by the retry policy; when its time is
    /// up they fail. The attempt of a list that has ended otherwise meanwhile is passed over.
    [[nodiscard]] Result<void> finish(qint64 attempt, const AttemptOutcome &outcome);
    [[nodiscard]] Result<void> finish(const QList<EndedAttempt> &attempts);
    /// Puts a 7-bit form in the place of an 8-bit message that is being sent, for a server that takes no
    /// other; from then on it is the message. NotConvertible: there is none that means the same.
    [[nodiscard]] Result<void> makeSevenBit(const MessageId &id);
    /// The message cannot be delivered at all any more (account or content gone): held or damaged, by the
    /// problem.
    [[nodiscard]] Result<void> setAsideMessage(const MessageId &id, const Problem &problem);
    [[nodiscard]] Result<void> setAccountHold(const QString &accountId, const AccountHold &hold);
    /// The same with the story of the try that met the trouble. When a person has released the account since
    /// the hold was read (AccountHold::releases), only the story is written: what was mended meanwhile, as a
    /// password, counts from the next try on.
    [[nodiscard]] Result<void> failTry(const QString &accountId, const AccountHold &hold,
                                       const FailedTry &failed);
    [[nodiscard]] Result<void> setFacts(const QString &accountId, const ServerFacts &facts);
    [[nodiscard]] Result<void> setHabits(const QString &accountId, const LearntHabits &habits);
    /// A reply was about the account's pace. Counts for nobody's schedule.
    [[nodiscard]] Result<void> learnPace(const QString &accountId, const LearntPace &learnt);
    /// For an account whose rule says so: queues what has been in doubt for at least `age`, the same octets
    /// for the same recipients, but each message only once; when that is in doubt again a person must
    /// decide. Returns when the next one will be old enough; null: there is none. Commits only when something
    /// is sent again.
    [[nodiscard]] Result<QDateTime> resendInDoubt(const QString &accountId, std::chrono::seconds age);

    // --- what a person decides
    // ----------------------------------------------------------------------------------

    /// Tries now: a deferred, failed (its refused recipients), held or queued message, also when its account
    /// waits or is held. retryAll(): what is deferred or held for its account, nothing refused or paused.
    [[nodiscard]] Result<void> retry(const MessageId &id);
    [[nodiscard]] Result<void> retryAll();
    /// Whatever held the account or let it wait is mended: its messages may go. So may they when only a
    /// learnt pace keeps them back, which is forgotten; a chosen one counts further on.
    [[nodiscard]] Result<void> releaseAccount(const QString &accountId);
    /// What the account's server offered before counts no more: what it offers next time is taken as right,
    /// as at the very first sign-in. Releases the account when it was held for offering less.
    [[nodiscard]] Result<void> forgetServer(const QString &accountId);
    /// Keeps the conversations of the message's attempts from the next one on.
    [[nodiscard]] Result<void> record(const MessageId &id);
    /// Stops sending: the message becomes a draft. Not possible while it is `sending` or after it was sent.
    [[nodiscard]] Result<void> cancel(const MessageId &id);
    [[nodiscard]] Result<void> hold(const MessageId &id, HoldReason reason);
    /// Ends a hold: an undo window, a chosen time, a pause; refused recipients are then left out.
    [[nodiscard]] Result<void> release(const MessageId &id);
    /// A queued, deferred or held message leaves at another time; at once when that is over.
    [[nodiscard]] Result<void> schedule(const MessageId &id, const QDateTime &notBefore);
    /// Puts corrected addresses in the place of refused ones and queues the message for them: the same octets
    /// with the same Message-ID, for nobody who accepted it. Other refused ones stay refused. A message that
    /// was held for refused recipients goes to all the others as well. All corrections or none: BadAddress
    /// and AlreadyRecipient name the one that is wrong; WrongState when an address was not refused.
    [[nodiscard]] Result<void> correctRecipients(const MessageId &id, const QList<Correction> &corrections);
    /// The numbers that a person chose for an account; they win over what was learnt.
    [[nodiscard]] Result<void> setPace(const QString &accountId, const PaceLimits &chosen);
    enum class Resolution { Sent, Resend };
    /// The person's answer to an in-doubt message.
    [[nodiscard]] Result<void> resolve(const MessageId &id, Resolution resolution);

    // --- keeping house
    // ------------------------------------------------------------------------------------------------

    /// Messages that were sent completely and longer ago than the retention become SentRecords, their
    /// contents and histories are removed; records that are too old go as well. Returns how many messages
    /// were reduced. What is not sent to everybody is never removed.
    [[nodiscard]] Result<int> expire(const Retention &retention);

private:
    class Private;
    explicit Store(std::unique_ptr<Private> data);
    std::unique_ptr<Private> d;
};

} // namespace postrider::outbox
