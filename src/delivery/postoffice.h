// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"
#include "base/clock.h"
#include "base/secret.h"
#include "delivery/proofnews.h"
#include "delivery/settings.h"
#include "delivery/words/words.h"
#include "mime/draft.h"
#include "oauth/tokens.h"
#include "outbox/store.h"
#include "secrets/secretstore.h"

#include <QList>
#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace postrider::delivery {

class NetworkSource;
class StoreThread;

/// What a running delivery is doing, for a row's second line.
struct Progress
{
    enum class Phase { Connecting, SigningIn, Sending, WaitingForAnswer };
    outbox::MessageId id {};
    Phase phase = Phase::Connecting;
    qint64 octets = 0; ///< that left this computer
    qint64 total = 0;
};

/**
 * The whole machinery behind a window or a command: accounts, outbox, keychain and network, on their threads.
 *
 * Lives in the main thread and never blocks it. Files and database are used on a store thread, connections
 * live on a network thread; answers come back as signals or as callbacks in the thread of their context.
 *
 * Exactly one process delivers a profile. With Delivery::WhenFree this one does as soon as no other does, and
 * goes on until close(). With Delivery::Never it only reads and adds; what it adds wakes the one that
 * delivers. Changes made by others show within a second.
 *
 * Order: construct, connect, open(); at the end close() and wait for closed().
 */
class PostOffice final : public QObject
{
    Q_OBJECT

public:
    enum class Delivery { WhenFree, Never };
    struct Options
    {
        QString profileFolder {};
        Delivery delivery = Delivery::WhenFree;
        /// What tells of the network; null: this computer's own. Outlives the office.
        const NetworkSource *network = nullptr;
        /// How often changes by processes that could not wake this one are looked for.
        std::chrono::milliseconds watchInterval = std::chrono::seconds { 1 };
    };
    /// What open() had to put aside to be able to start; both empty when all was well.
    struct OpenReport
    {
        QString damagedDatabase {};
        QString damagedAccounts {};
    };

    template <typename T>
    using Answer = std::function<void(base::Expected<T, Trouble>)>;

    /// The store is used from its own thread's point of view; it and the clock must outlive this object.
    PostOffice(Options options, secrets::SecretStore &secretStore, const base::Clock &clock,
               QObject *parent = nullptr);
    ~PostOffice() override;
    Q_DISABLE_COPY_MOVE(PostOffice)

    void open();
    /// Ends between two messages; one that is past its last octet gets its reply first. Then closed(), after
    /// which nothing is answered any more.
    void close();

    [[nodiscard]] QString profileFolder() const;
    /// As of open(), and of the last time that another process woke this one. In the process that delivers,
    /// sent messages are copied and kept as they say.
    [[nodiscard]] Settings settings() const;
    /// Changes one for good; the answer is all of them as they are then.
    void changeSetting(const QString &name, const QString &value, QObject *context,
                       std::function<void(base::Expected<Settings, SettingError>)> answer);
    /// Whether this process is the one that delivers.
    [[nodiscard]] bool isDelivering() const;
    /// Tells the process that delivers that there is something to do, as every change made here does anyway.
    /// False: no process can be told. One that is about to begin or to end delivering cannot.
    bool wakeDeliverer();

    // --- accounts
    // -----------------------------------------------------------------------------------------------

    /// As of the last accountsChanged(); never the practice account.
    [[nodiscard]] QList<accounts::Account> accounts() const;
    /// The built-in practice account; its server starts by itself in the process that delivers.
    [[nodiscard]] static accounts::Account practiceAccount();
    [[nodiscard]] std::optional<accounts::Account> account(const QString &id) const;

    enum class Proof {
        SignIn, ///< connects, signs in and asks whether mail from every address of the account is taken;
                ///< nothing is saved if not
        None,
    };
    /// Where a password or a refresh token is kept.
    enum class Keeping {
        Keychain,
        /// In this process's memory only: the account sends until the process ends, if this is the process
        /// that delivers, and asks for it again after that.
        ThisSession,
    };
    /// Asks the server without saving anything. Without a password the one that is kept for this account and
    /// host is used. An address that is refused ends it with SenderRefused, whose subject is the first such
    /// address; the watcher hears of each. Destroying the context ends the connection at once.
    ///
    /// Of an account with a command only that is proved that the program is there and may be started
    /// (Connected): whether it delivers shows with the first message.
    void proveAccount(const accounts::Account &account, std::optional<base::Secret> password,
                      QObject *context, ProofWatcher watcher, Answer<void> answer);
    /// Proves, keeps the password and saves the account with a new id. An empty password for an account
    /// without user. Identities without an id get one.
    void addAccount(const accounts::Account &account, base::Secret password, Proof proof, Keeping keeping,
                    QObject *context, Answer<accounts::Account> answer);
    /// The same with the password in the keychain.
    void addAccount(const accounts::Account &account, base::Secret password, Proof proof, QObject *context,
                    Answer<accounts::Account> answer);
    /// Changes all of the account but its id; the answer is the account as it is then.
    ///
    /// Proof::SignIn asks the server when anything that matters to it has changed: the way to it, who signs
    /// in, a password, an address. Alternates are proved as well then; those that do not lead further are
    /// left out. Without a new password the kept one is used, but only for the host that it was given for:
    /// for another one it is PasswordMissing, and nothing is changed. With Keeping::ThisSession it is taken
    /// out of the keychain.
    ///
    /// What waited for the account may go.
    void updateAccount(const accounts::Account &account, Proof proof, std::optional<base::Secret> password,
                       Keeping keeping, QObject *context, Answer<accounts::Account> answer);
    /// The same two for an account that signs in with OAuth 2 (Account::oauth), after a person has signed in:
    /// the access token is what is proved, and the refresh token is what is kept. One without user signs in
    /// as its address.
    void addAccount(const accounts::Account &account, oauth::Tokens tokens, Proof proof, Keeping keeping,
                    QObject *context, Answer<accounts::Account> answer);
    /// The same with the refresh token in the keychain.
    void addAccount(const accounts::Account &account, oauth::Tokens tokens, Proof proof, QObject *context,
                    Answer<accounts::Account> answer);
    void updateAccount(const accounts::Account &account, Proof proof, oauth::Tokens tokens, Keeping keeping,
                       QObject *context, Answer<accounts::Account> answer);
    /// A person has signed in again for a saved account: what waited for that may go. The refresh token is
    /// kept where the former one is. When the proof fails, the account keeps the tokens that it had.
    void signIn(const QString &id, Proof proof, oauth::Tokens tokens, QObject *context,
                Answer<accounts::Account> answer);
    /// Its waiting messages are not lost: they are held with AccountMissing. Its password is forgotten.
    void removeAccount(const QString &id, QObject *context, Answer<void> answer);
    /// The answer is the account as it is then. Not for the practice account.
    void setRules(const QString &id, const accounts::Rules &rules, QObject *context,
                  Answer<accounts::Account> answer);
    /// Replaces the password and lets the account's waiting messages go.
    void setPassword(const QString &id, base::Secret password, Keeping keeping, QObject *context,
                     Answer<void> answer);
    /// The same with the password in the keychain.
    void setPassword(const QString &id, base::Secret password, QObject *context, Answer<void> answer);
    /// Whether an account's password or sign-in is only kept until this process ends.
    [[nodiscard]] Keeping keeping(const QString &id) const;
    /// Asks the person once to open the keychain, and lets all accounts go that waited for it.
    void unlockKeychain(QObject *context, Answer<void> answer);
    void accountHold(const QString &id, QObject *context, Answer<outbox::AccountHold> answer);
    /// What the account's server offered at the last sign-in; nothing before the first one.
    void serverFacts(const QString &id, QObject *context, Answer<std::optional<outbox::ServerFacts>> answer);
    /// What its server turned out to stand of that; nothing as long as there was no trouble to learn from.
    void serverHabits(const QString &id, QObject *context,
                      Answer<std::optional<outbox::LearntHabits>> answer);
    /// What a server offered before is what it must offer again; one that offers less holds the account, and
    /// neither trying again nor a new password changes that. This does, and nothing else: what the server
    /// offers next time is taken as right. Only for a person who knows why it offers less. What the account
    /// itself demands, as encryption, is demanded further on.
    void forgetServerFacts(const QString &id, QObject *context, Answer<void> answer);

    /// How much the account may send, what was learnt about that, and how it stands now.
    void pace(const QString &id, QObject *context, Answer<outbox::PaceReport> answer);
    /// What a person chose wins over what was learnt.
    void setPace(const QString &id, const outbox::PaceLimits &chosen, QObject *context, Answer<void> answer);

    // --- messages
    // -----------------------------------------------------------------------------------------------

    /// Commits the intent; the answer comes as soon as the message cannot be lost any more. It is then
    /// written and queued in the background. From one of the account's identities, the reverse-path is that
    /// address, and a message without Reply-To gets the identity's; otherwise the reverse-path is the
    /// account's.
    void send(const mime::Draft &draft, const QString &accountId, QObject *context,
              Answer<outbox::MessageId> answer);
    /// The same with more than the account, such as a time to leave at or a window in which it can be taken
    /// back.
    void send(const mime::Draft &draft, const outbox::SendOptions &options, QObject *context,
              Answer<outbox::MessageId> answer);
    /// Queues a finished message file; options without recipients take those of its header.
    void sendFile(const QString &path, const outbox::SendOptions &options, QObject *context,
                  Answer<outbox::MessageId> answer);

    void list(int limit, int offset, QObject *context, Answer<QList<outbox::MessageSummary>> answer);
    /// For a list of the whole outbox; outbox::Store tells more.
    void follow(const outbox::ListReader &reader, QObject *context, Answer<outbox::ListUpdate> answer);
    void find(const outbox::MessageId &id, QObject *context, Answer<outbox::MessageDetails> answer);
    /// The one id that begins with the prefix; NoSuchMessage for none or several.
    void findId(const QString &prefix, QObject *context, Answer<outbox::MessageId> answer);
    /// What stays of sent messages that were removed from the outbox by their age; newest first.
    void sentRecords(int limit, int offset, QObject *context, Answer<QList<outbox::SentRecord>> answer);

    enum class Action {
        Retry,
        Cancel, ///< also within the undo window and before a chosen time: it becomes a draft
        Hold,
        Release, ///< now, instead of at the end of its undo window or at its time
        ResolveSent,
        ResolveResend,
        Record, ///< keeps the conversations of its further tries
    };
    void act(const outbox::MessageId &id, Action action, QObject *context, Answer<void> answer);
    /// A message that has not left yet leaves at another time; at once when that is over.
    void schedule(const outbox::MessageId &id, const QDateTime &notBefore, QObject *context,
                  Answer<void> answer);
    /// Sends a message to corrected addresses in the place of refused ones (outbox::Store tells more).
    void correctRecipients(const outbox::MessageId &id, const QList<outbox::Correction> &corrections,
                           QObject *context, Answer<void> answer);
    void retryAll(QObject *context, Answer<void> answer);

Q_SIGNALS:
    void opened(const postrider::delivery::PostOffice::OpenReport &report);
    /// Nothing works; the object can only be destroyed or opened again.
    void openFailed(const postrider::delivery::Trouble &trouble);
    void closed();
    void accountsChanged();
    /// Something in the outbox is different: read again what is shown.
    void outboxChanged();
    void progressed(const postrider::delivery::Progress &progress);
    /// What is due cannot go, since the disk does not take what has to be written. It is tried again by
    /// itself.
    void troubled(const postrider::delivery::Trouble &trouble);
    /// The account's password is only for this session now, and an older one may still lie in the keychain,
    /// which does not let go of it. It is removed as soon as the person has opened the keychain.
    void oldPasswordStays(const QString &accountId, const postrider::secrets::SecretError &error);
    /// Sent messages cannot be copied to Settings::copyTo. They are sent all the same, and copied as soon as
    /// that is possible. Said once for each reason.
    void copyFailed(const postrider::outbox::FileError &error);
    /// This process has nothing left that is due now (it delivers, and all is sent, waiting or held).
    void idle();
    /// A practice message lies in profile/practice/mail.
    void practiceCaught(const QString &emlPath);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace postrider::delivery
