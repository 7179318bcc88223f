// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/postoffice.h"

#include "delivery/courier.h"
#include "delivery/handover.h"
#include "delivery/problems.h"
#include "delivery/storethread.h"

#include <QDir>
#include <QFile>
#include <QPointer>
#include <QThread>
#include <QTimer>
#include <QUuid>

#include <chrono>
#include <utility>

namespace postrider::delivery {

using base::Unexpected;
using outbox::MessageId;
using outbox::MessageSummary;
using outbox::Result;
using outbox::StoreError;
using namespace std::chrono_literals;

namespace {

/// How often a process that waits for its turn asks for the right to deliver.
constexpr std::chrono::milliseconds LockInterval = 1s;
/// How often the process that delivers looks for messages whose writing was interrupted: by a full disk, or
/// by the end of the process that added them.
constexpr std::chrono::milliseconds RenderInterval = 30s;

template <typename T>
base::Expected<T, Trouble> orTrouble(Result<T> &&result)
{
    if (!result)
        return Unexpected(Trouble(result.error()));
    if constexpr (std::is_void_v<T>)
        return {};
    else
        return std::move(*result);
}

template <typename T>
base::Expected<T, Trouble> orTrouble(base::Expected<T, accounts::AccountError> &&result)
{
    if (!result)
        return Unexpected(Trouble(result.error()));
    if constexpr (std::is_void_v<T>)
        return {};
    else
        return std::move(*result);
}

/// An account's address as MAIL carries it. What is no address stays as it is, for the store or the session
/// to refuse.
QByteArray reversePath(const accounts::Account &account)
{
    const auto mailbox = mime::parseMailbox(account.email);
    const auto wire = mailbox ? mime::wireAddress(*mailbox) : base::Unexpected(mailbox.error());
    return wire ? *wire : account.email.toUtf8();
}

/// What another session's keychain did not give, this one's may: the first try tells. Nothing is lost when
/// that cannot be written, so it is no reason not to start.
void forgetKeychainTrouble(Disk &disk, const QStringList &accountIds)
{
    using Kind = outbox::Problem::Kind;
    for (const QString &id : accountIds) {
        const auto hold = disk.store->accountHold(id);
        if (!hold || hold->state != outbox::AccountHold::State::Held)
            continue;
        const Kind kind = hold->problem.kind;
        if (kind == Kind::PasswordMissing || kind == Kind::KeychainLocked
            || kind == Kind::KeychainUnavailable)
            static_cast<void>(disk.store->setAccountHold(id, {}));
    }
}

/// Asks an account's server whether it lets us in and takes mail from the account's address. Deletes itself.
class SignInProof final : public QObject
{
public:
    using Answer = std::function<void(std::optional<outbox::Problem>)>;

    /// The answer is called in the thread that this object was made in.
    SignInProof(accounts::Account account, base::Secret password, const base::Clock &clock, Answer answer)
        : m_address(reversePath(account))
        , m_handover(toTarget(std::move(account), std::move(password)), clock)
        , m_answer(std::move(answer))
    {
        connect(&m_handover, &Handover::ready, this, [this] {
            if (!std::exchange(m_asked, true))
                m_handover.verifySender(m_address);
        });
        connect(&m_handover, &Handover::senderVerified, this, [this] {
            m_handover.close();
            conclude({});
        });
        connect(&m_handover, &Handover::senderRefused, this, [this](const outbox::Problem &problem) {
            m_handover.close();
            conclude(problem);
        });
        connect(&m_handover, &Handover::failed, this, [this](const outbox::Problem &problem) {
            conclude(problem);
            deleteLater();
        });
        connect(&m_handover, &Handover::closed, this, &QObject::deleteLater);
    }

    void start() { m_handover.open(); }

private:
    static HandoverTarget toTarget(accounts::Account account, base::Secret password)
    {
        HandoverTarget target;
        target.account = std::move(account);
        target.secret = std::move(password);
        // A person is watching: shorter than for a message, which has all the time it needs.
        target.timeouts.greeting = 60s;
        target.timeouts.command = 60s;
        return target;
    }

    void conclude(std::optional<outbox::Problem> problem)
    {
        if (m_answer)
            std::exchange(m_answer, {})(std::move(problem));
    }

    QByteArray m_address;
    Handover m_handover;
    Answer m_answer;
    bool m_asked = false;
};

} // namespace

class PostOffice::Private
{
public:
    Private(PostOffice *owner, Options o, secrets::SecretStore &s, const base::Clock &c)
        : q(owner)
        , options(std::move(o))
        , secretStore(s)
        , clock(c)
    { }

    void loadAccounts(std::function<void(const accounts::AccountList &)> then);
    void tryToDeliver();
    void startCourier(const QStringList &toRender);
    void render(const MessageId &id);
    void renderInterrupted();
    void stopThreads();
    void save(accounts::Account account, base::Secret password, QObject *context,
              Answer<accounts::Account> answer);
    void write(const accounts::Account &account, QObject *context, Answer<accounts::Account> answer);
    void announceAccounts();
    [[nodiscard]] QStringList accountIds() const;

    PostOffice *q;
    Options options;
    secrets::SecretStore &secretStore;
    const base::Clock &clock;
    std::unique_ptr<StoreThread> storeThread {};
    QThread networkThread {};
    Courier *courier = nullptr; ///< lives in networkThread
    QTimer *lockTimer = nullptr;
    QTimer *renderTimer = nullptr;
    QList<accounts::Account> accounts {};
    bool isDelivering = false;
    bool isClosing = false;
};

PostOffice::PostOffice(Options options, secrets::SecretStore &secretStore, const base::Clock &clock,
                       QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(options), secretStore, clock))
{
    d->networkThread.setObjectName(QStringLiteral("network"));
    d->lockTimer = new QTimer(this);
    d->lockTimer->setInterval(LockInterval);
    connect(d->lockTimer, &QTimer::timeout, this, [this] { d->tryToDeliver(); });
    d->renderTimer = new QTimer(this);
    d->renderTimer->setInterval(RenderInterval);
    connect(d->renderTimer, &QTimer::timeout, this, [this] { d->renderInterrupted(); });
}

PostOffice::~PostOffice()
{
    d->stopThreads();
}

void PostOffice::Private::stopThreads()
{
    // The courier goes first, in its own thread, since it asks the store thread.
    if (courier) {
        courier->deleteLater();
        courier = nullptr;
    }
    networkThread.quit();
    networkThread.wait();
    renderTimer->stop();
    // Its object stays, for those who ask it although the office is closed.
    if (storeThread)
        storeThread->stop();
    isDelivering = false;
}

void PostOffice::open()
{
    d->isClosing = false;
    d->storeThread = std::make_unique<StoreThread>(d->options.profileFolder);
    connect(d->storeThread.get(), &StoreThread::changed, this, &PostOffice::outboxChanged);
    d->networkThread.start();

    d->storeThread->read(
        this,
        [folder = d->options.profileFolder, &clock = d->clock](Disk &disk) {
            return StoreThread::openStore(disk, folder, clock);
        },
        [this](const Result<QString> &setAside) {
            if (!setAside) {
                Q_EMIT openFailed(setAside.error());
                return;
            }
            d->loadAccounts([this, damagedDatabase = *setAside](const accounts::AccountList &list) {
                Q_EMIT accountsChanged();
                Q_EMIT opened({ .damagedDatabase = damagedDatabase, .damagedAccounts = list.setAside });
                if (d->options.delivery == Delivery::WhenFree) {
                    d->lockTimer->start();
                    d->tryToDeliver();
                }
            });
        });
}

void PostOffice::Private::loadAccounts(std::function<void(const accounts::AccountList &)> then)
{
    storeThread->read(
        q, [](Disk &disk) { return disk.accounts.load(); },
        [this, then = std::move(then)](
            const base::Expected<accounts::AccountList, accounts::AccountError> &loaded) {
            if (!loaded) {
                Q_EMIT q->openFailed(loaded.error());
                return;
            }
            accounts = loaded->accounts;
            then(*loaded);
        });
}

void PostOffice::Private::tryToDeliver()
{
    if (isDelivering || isClosing)
        return;
    storeThread->read(
        q, [](Disk &disk) { return disk.delivererLock.tryAcquire(); },
        [this](bool acquired) {
            if (!acquired || isDelivering || isClosing)
                return;
            isDelivering = true;
            storeThread->change(
                q,
                [ids = accountIds()](Disk &disk) {
                    forgetKeychainTrouble(disk, ids);
                    return disk.store->recover();
                },
                [this](const Result<QStringList> &toRender) {
                    if (isClosing)
                        return;
                    // Without it what was `sending` would stay so: the timer tries again.
                    isDelivering = toRender.has_value();
                    if (!toRender)
                        return;
                    lockTimer->stop();
                    renderTimer->start();
                    startCourier(*toRender);
                });
        });
}

void PostOffice::Private::startCourier(const QStringList &toRender)
{
    for (const QString &id : toRender)
        render(id);
    courier = new Courier(options.profileFolder, *storeThread, secretStore, clock);
    courier->moveToThread(&networkThread);
    QObject::connect(courier, &Courier::progressed, q, &PostOffice::progressed);
    QObject::connect(courier, &Courier::idle, q, &PostOffice::idle);
    QObject::connect(courier, &Courier::practiceCaught, q, &PostOffice::practiceCaught);
    QObject::connect(courier, &Courier::accountsRead, q, [this](const QList<accounts::Account> &list) {
        accounts = list;
        Q_EMIT q->accountsChanged();
    });
    announceAccounts();
}

void PostOffice::Private::announceAccounts()
{
    if (courier)
        QMetaObject::invokeMethod(courier, [c = courier, list = accounts] { c->setAccounts(list); });
}

QStringList PostOffice::Private::accountIds() const
{
    QStringList ids { accounts::Account::practiceId() };
    for (const accounts::Account &account : accounts)
        ids.append(account.id);
    return ids;
}

void PostOffice::Private::render(const MessageId &id)
{
    storeThread->change(
        q,
        [id](Disk &disk) -> Result<void> {
            Result<void> rendered = disk.store->render(id);
            const bool isFileGone
                = !rendered && rendered.error().kind == StoreError::Kind::AttachmentUnreadable;
            const bool isHopeless
                = isFileGone || (!rendered && rendered.error().kind == StoreError::Kind::BadAddress);
            if (!isHopeless)
                return rendered; // when the disk lets us, renderInterrupted() comes back to it
            // For example its frozen file is gone or damaged: nothing that happens by itself can mend that, a
            // person must see it.
            return disk.store->setAsideMessage(id,
                                               { .kind = isFileGone
                                                     ? outbox::Problem::Kind::AttachmentUnreadable
                                                     : outbox::Problem::Kind::Internal,
                                                 .text = rendered.error().reason,
                                                 .subject = rendered.error().subject });
        },
        [](const Result<void> &) {});
}

void PostOffice::Private::renderInterrupted()
{
    storeThread->read(
        q, [](Disk &disk) { return disk.store->preparing(); },
        [this](const Result<QStringList> &ids) {
            if (isClosing)
                return;
            for (const QString &id : ids.value_or(QStringList {}))
                render(id);
        });
}

void PostOffice::close()
{
    if (d->isClosing)
        return;
    d->isClosing = true;
    d->lockTimer->stop();
    if (!d->storeThread) {
        Q_EMIT closed();
        return;
    }
    const auto finishUp = [this] {
        // Behind everything that was asked for before, so that nothing that was promised is left out.
        d->storeThread->read(
            this, [](Disk &) { return 0; },
            [this](int) {
                d->stopThreads();
                Q_EMIT closed();
            });
    };
    if (!d->courier) {
        finishUp();
        return;
    }
    connect(d->courier, &Courier::stopped, this, finishUp);
    QMetaObject::invokeMethod(d->courier, &Courier::stop);
}

QString PostOffice::profileFolder() const
{
    return d->options.profileFolder;
}

bool PostOffice::isDelivering() const
{
    return d->isDelivering;
}

QList<accounts::Account> PostOffice::accounts() const
{
    return d->accounts;
}

accounts::Account PostOffice::practiceAccount()
{
    accounts::Account account;
    account.id = accounts::Account::practiceId();
    account.name = tr("Practice");
    account.email = QStringLiteral("you@example.org");
    account.displayName = tr("You");
    account.server.host = QStringLiteral("127.0.0.1");
    account.server.security = accounts::Security::StartTls;
    return account;
}

std::optional<accounts::Account> PostOffice::account(const QString &id) const
{
    if (id == accounts::Account::practiceId())
        return practiceAccount();
    for (const accounts::Account &account : std::as_const(d->accounts)) {
        if (account.id == id)
            return account;
    }
    return std::nullopt;
}

void PostOffice::addAccount(const accounts::Account &account, base::Secret password, Proof proof,
                            QObject *context, Answer<accounts::Account> answer)
{
    accounts::Account named = account;
    named.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    if (proof == Proof::None) {
        d->save(named, std::move(password), context, std::move(answer));
        return;
    }
    // The proof runs beside the courier, in the network thread; its answer comes back into this one.
    auto kept = std::make_shared<base::Secret>(password.clone());
    auto sent = std::make_shared<base::Secret>(std::move(password));
    const QPointer<QObject> asker(context);
    auto conclude = [this, named, kept, asker, answer](std::optional<outbox::Problem> problem) {
        QMetaObject::invokeMethod(this, [this, named, kept, asker, answer, problem] {
            if (!asker)
                return;
            if (problem)
                answer(Unexpected(Trouble(*problem)));
            else
                d->save(named, std::move(*kept), asker, answer);
        });
    };
    auto *starter = new QObject;
    starter->moveToThread(&d->networkThread);
    QMetaObject::invokeMethod(starter, [starter, named, sent, &clock = d->clock, conclude] {
        auto *signIn = new SignInProof(named, std::move(*sent), clock, conclude);
        // The office may close before the server answers.
        QObject::connect(QThread::currentThread(), &QThread::finished, signIn, &QObject::deleteLater);
        signIn->start();
        starter->deleteLater();
    });
}

void PostOffice::Private::save(accounts::Account account, base::Secret password, QObject *context,
                               Answer<accounts::Account> answer)
{
    if (account.user.isEmpty()) {
        write(account, context, std::move(answer));
        return;
    }
    const secrets::SecretKey key { .accountId = account.id,
                                   .kind = secrets::SecretKey::Kind::Password,
                                   .host = account.server.host };
    secretStore.write(
        key, std::move(password), context,
        [this, account, context, answer](const base::Expected<void, secrets::SecretError> &written) {
            if (!written)
                answer(Unexpected(Trouble(written.error())));
            else
                write(account, context, answer);
        });
}

void PostOffice::Private::write(const accounts::Account &account, QObject *context,
                                Answer<accounts::Account> answer)
{
    storeThread->read(
        context, [account](Disk &disk) { return disk.accounts.add(account); },
        [this, account, context, answer](const base::Expected<void, accounts::AccountError> &added) {
            if (!added) {
                const secrets::SecretKey key { .accountId = account.id,
                                               .kind = secrets::SecretKey::Kind::Password,
                                               .host = account.server.host };
                secretStore.remove(key, context, [](const base::Expected<void, secrets::SecretError> &) {});
                answer(Unexpected(Trouble(added.error())));
                return;
            }
            accounts.append(account);
            announceAccounts();
            Q_EMIT q->accountsChanged();
            answer(account);
        });
}

void PostOffice::removeAccount(const QString &id, QObject *context, Answer<void> answer)
{
    const std::optional<accounts::Account> removed = account(id);
    d->storeThread->read(
        context, [id](Disk &disk) { return disk.accounts.remove(id); },
        [this, id, removed, context, answer](base::Expected<void, accounts::AccountError> &&done) {
            if (!done) {
                answer(orTrouble(std::move(done)));
                return;
            }
            d->accounts.removeIf([&id](const accounts::Account &account) { return account.id == id; });
            d->announceAccounts();
            Q_EMIT accountsChanged();
            if (!removed || removed->user.isEmpty()) {
                answer({});
                return;
            }
            d->secretStore.remove(
                { .accountId = id, .kind = secrets::SecretKey::Kind::Password, .host = removed->server.host },
                context, [answer](const base::Expected<void, secrets::SecretError> &forgotten) {
                    if (forgotten)
                        answer({});
                    else
                        answer(Unexpected(Trouble(forgotten.error())));
                });
        });
}

void PostOffice::setPassword(const QString &id, base::Secret password, QObject *context, Answer<void> answer)
{
    const std::optional<accounts::Account> target = account(id);
    if (!target) {
        accounts::AccountError error;
        error.kind = accounts::AccountError::Kind::NoSuchAccount;
        answer(Unexpected(Trouble(error)));
        return;
    }
    d->secretStore.write(
        { .accountId = id, .kind = secrets::SecretKey::Kind::Password, .host = target->server.host },
        std::move(password), context,
        [this, id, context, answer](const base::Expected<void, secrets::SecretError> &written) {
            if (!written) {
                answer(Unexpected(Trouble(written.error())));
                return;
            }
            d->storeThread->change(
                context, [id](Disk &disk) { return disk.store->setAccountHold(id, {}); },
                [answer](Result<void> &&released) { answer(orTrouble(std::move(released))); });
        });
}

void PostOffice::accountHold(const QString &id, QObject *context, Answer<outbox::AccountHold> answer)
{
    d->storeThread->read(
        context, [id](Disk &disk) { return disk.store->accountHold(id); },
        [answer](Result<outbox::AccountHold> &&hold) { answer(orTrouble(std::move(hold))); });
}

void PostOffice::send(const mime::Draft &draft, const QString &accountId, QObject *context,
                      Answer<MessageId> answer)
{
    outbox::SendOptions options;
    options.accountId = accountId;
    send(draft, options, context, std::move(answer));
}

void PostOffice::send(const mime::Draft &draft, const outbox::SendOptions &wanted, QObject *context,
                      Answer<MessageId> answer)
{
    const std::optional<accounts::Account> sender = account(wanted.accountId);
    if (!sender) {
        accounts::AccountError error;
        error.kind = accounts::AccountError::Kind::NoSuchAccount;
        answer(Unexpected(Trouble(error)));
        return;
    }
    outbox::SendOptions options = wanted;
    options.reversePath = reversePath(*sender);
    d->storeThread->change(
        context, [draft, options](Disk &disk) { return disk.store->prepare(draft, options); },
        [this, answer](Result<MessageId> &&prepared) {
            if (prepared)
                d->render(*prepared);
            answer(orTrouble(std::move(prepared)));
        });
}

void PostOffice::sendFile(const QString &path, const outbox::SendOptions &options, QObject *context,
                          Answer<MessageId> answer)
{
    outbox::SendOptions complete = options;
    if (const std::optional<accounts::Account> sender = account(options.accountId);
        sender && complete.reversePath.isEmpty())
        complete.reversePath = reversePath(*sender);
    d->storeThread->change(
        context,
        [path, complete](Disk &disk) -> Result<MessageId> {
            QFile file(path);
            if (!file.open(QIODevice::ReadOnly)) {
                return Unexpected(StoreError { .kind = StoreError::Kind::AttachmentUnreadable,
                                               .subject = path,
                                               .reason = file.errorString() });
            }
            return disk.store->enqueueFile(file, complete);
        },
        [answer](Result<MessageId> &&queued) { answer(orTrouble(std::move(queued))); });
}

void PostOffice::list(int limit, int offset, QObject *context, Answer<QList<MessageSummary>> answer)
{
    d->storeThread->read(
        context, [limit, offset](Disk &disk) { return disk.store->list(limit, offset); },
        [answer](Result<QList<MessageSummary>> &&rows) { answer(orTrouble(std::move(rows))); });
}

void PostOffice::find(const MessageId &id, QObject *context, Answer<outbox::MessageDetails> answer)
{
    d->storeThread->read(
        context, [id](Disk &disk) { return disk.store->find(id); },
        [answer](Result<outbox::MessageDetails> &&found) { answer(orTrouble(std::move(found))); });
}

void PostOffice::findId(const QString &prefix, QObject *context, Answer<MessageId> answer)
{
    d->storeThread->read(
        context,
        [prefix](Disk &disk) -> Result<MessageId> {
            Result<QStringList> ids = disk.store->idsStartingWith(prefix);
            if (!ids)
                return Unexpected(ids.error());
            if (ids->size() != 1) {
                return Unexpected(
                    StoreError { .kind = StoreError::Kind::NoSuchMessage, .subject = prefix, .reason = {} });
            }
            return ids->first();
        },
        [answer](Result<MessageId> &&id) { answer(orTrouble(std::move(id))); });
}

void PostOffice::act(const MessageId &id, Action action, QObject *context, Answer<void> answer)
{
    d->storeThread->change(
        context,
        [id, action](Disk &disk) -> Result<void> {
            outbox::Store &store = *disk.store;
            switch (action) {
            case Action::Retry: {
                const Result<outbox::MessageDetails> message = store.find(id);
                if (!message)
                    return Unexpected(message.error());
                if (Result<void> retried = store.retry(id); !retried)
                    return retried;
                // "Try now" means the server as well: a person may have mended what held the account.
                return store.setAccountHold(message->summary.accountId, {});
            }
            case Action::Cancel:
                return store.cancel(id);
            case Action::Hold:
                return store.hold(id, outbox::HoldReason::Paused);
            case Action::Release:
                return store.release(id);
            case Action::Record:
                return store.record(id);
            case Action::ResolveSent:
                return store.resolve(id, outbox::Store::Resolution::Sent);
            case Action::ResolveResend:
                return store.resolve(id, outbox::Store::Resolution::Resend);
            }
            Q_UNREACHABLE();
        },
        [answer](Result<void> &&done) { answer(orTrouble(std::move(done))); });
}

void PostOffice::retryAll(QObject *context, Answer<void> answer)
{
    d->storeThread->change(
        context,
        [ids = d->accountIds()](Disk &disk) -> Result<void> {
            for (const QString &id : ids) {
                if (Result<void> released = disk.store->setAccountHold(id, {}); !released)
                    return released;
            }
            return disk.store->retryAll();
        },
        [answer](Result<void> &&done) { answer(orTrouble(std::move(done))); });
}

} // namespace postrider::delivery
