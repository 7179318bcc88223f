// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/postoffice.h"

#include "delivery/postofficeprivate.h"

#include <QFile>

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

} // namespace

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
                    if (!toRender) {
                        Q_EMIT q->troubled(toRender.error());
                        return;
                    }
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
    QObject::connect(courier, &Courier::troubled, q,
                     [this](const StoreError &error) { Q_EMIT q->troubled(error); });
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
        [this](const Result<void> &rendered) {
            const bool isLeftToDo = !rendered && rendered.error().kind != StoreError::Kind::WrongState
                && rendered.error().kind != StoreError::Kind::NoSuchMessage;
            if (isLeftToDo)
                Q_EMIT q->troubled(rendered.error());
        });
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
    options.reversePath = reversePathOf(*sender);
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
        complete.reversePath = reversePathOf(*sender);
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
            case Action::Retry:
                return store.retry(id);
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
        context, [](Disk &disk) { return disk.store->retryAll(); },
        [answer](Result<void> &&done) { answer(orTrouble(std::move(done))); });
}

} // namespace postrider::delivery
