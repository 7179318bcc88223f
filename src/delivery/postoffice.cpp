// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/postoffice.h"

#include "delivery/postofficeprivate.h"

#include <chrono>
#include <utility>

namespace postrider::delivery {

using outbox::MessageId;
using outbox::Result;
using outbox::StoreError;
using namespace std::chrono_literals;

namespace {

/// How often a process that waits for its turn asks for the right to deliver.
constexpr std::chrono::milliseconds LockInterval = 1s;
/// How often the process that delivers looks for messages whose writing was interrupted: by a full disk, or
/// by the end of the process that added them.
constexpr std::chrono::milliseconds RenderInterval = 30s;
/// While much is being sent, copies are made of many at a time.
constexpr std::chrono::milliseconds CopyDelay = 100ms;
/// How often it is looked for what is too old to be kept.
constexpr std::chrono::milliseconds HouseInterval = 1h;

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
        // This copy may have a client id that the one before had not.
        const bool isOtherCopy = hold->problem.detail == outbox::Problem::Detail::NoClientId;
        if (kind == Kind::PasswordMissing || kind == Kind::KeychainLocked || kind == Kind::KeychainUnavailable
            || isOtherCopy)
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
    connect(d->renderTimer, &QTimer::timeout, this, [this] {
        d->renderInterrupted();
        d->copySent(); // there may be room again
    });
    d->copyTimer = new QTimer(this);
    d->copyTimer->setSingleShot(true);
    d->copyTimer->setInterval(CopyDelay);
    connect(d->copyTimer, &QTimer::timeout, this, [this] { d->copySent(); });
    d->houseTimer = new QTimer(this);
    d->houseTimer->setInterval(HouseInterval);
    connect(d->houseTimer, &QTimer::timeout, this, [this] { d->keepHouse(); });
}

PostOffice::~PostOffice()
{
    d->stopThreads();
}

void PostOffice::Private::stopThreads()
{
    networkWatcher.reset();
    // The courier goes first, in its own thread, since it asks the store thread.
    if (courier) {
        courier->deleteLater();
        courier = nullptr;
    }
    networkThread.quit();
    networkThread.wait();
    for (QTimer *timer : { renderTimer, copyTimer, houseTimer })
        timer->stop();
    // Its object stays, for those who ask it although the office is closed.
    if (storeThread)
        storeThread->stop();
    isDelivering = false;
}

void PostOffice::open()
{
    d->isClosing = false;
    d->storeThread = std::make_unique<StoreThread>(d->options.profileFolder, d->options.watchInterval);
    connect(d->storeThread.get(), &StoreThread::changed, this, &PostOffice::outboxChanged);
    connect(d->storeThread.get(), &StoreThread::changed, this, [this] {
        if (d->isDelivering && !d->settings.copyTo.isEmpty() && !d->copyTimer->isActive())
            d->copyTimer->start();
    });
    connect(d->storeThread.get(), &StoreThread::changedHere, this, [this] {
        if (!d->isDelivering)
            wakeDeliverer();
    });
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
            // The store has made the folder if need be: only now its path is settled.
            d->wakeSocket = std::make_unique<WakeSocket>(d->options.profileFolder);
            connect(d->wakeSocket.get(), &WakeSocket::woken, this, [this] {
                if (d->isClosing)
                    return;
                d->storeThread->lookForChanges();
                d->readAccountsAgain();
                d->readSettingsAgain();
            });
            d->readSettingsAgain();
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

/// Another process may have changed them; that is not in the database.
void PostOffice::Private::readAccountsAgain()
{
    storeThread->read(
        q, [](Disk &disk) { return disk.accounts.load(); },
        [this](const base::Expected<accounts::AccountList, accounts::AccountError> &loaded) {
            if (isClosing || !loaded || loaded->accounts == accounts)
                return; // what cannot be read now is read when it is needed
            accounts = loaded->accounts;
            announceAccounts();
            Q_EMIT q->accountsChanged();
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
                    houseTimer->start();
                    wakeSocket->listen();
                    beginCopying();
                    keepHouse();
                    startCourier(*toRender);
                });
        });
}

void PostOffice::Private::startCourier(const QStringList &toRender)
{
    for (const QString &id : toRender)
        render(id);
    courier = new Courier(options.profileFolder, *storeThread, secretStore, tokenKeeper, clock);
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
    watchNetwork();
}

void PostOffice::Private::watchNetwork()
{
    const NetworkSource *source = options.network;
    if (!source) {
        computerNetwork = NetworkSource::ofThisComputer();
        source = computerNetwork.get();
    }
    networkWatcher = std::make_unique<NetworkWatcher>(*source, clock);
    QObject::connect(networkWatcher.get(), &NetworkWatcher::returned, courier, &Courier::networkReturned);
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
    if (d->wakeSocket)
        d->wakeSocket->stopListening();
    if (!d->storeThread) {
        Q_EMIT closed();
        return;
    }
    const auto finishUp = [this] {
        // Behind everything that was asked for before, so that nothing that was promised is left out.
        d->finishCopying([this] {
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

bool PostOffice::wakeDeliverer()
{
    return d->wakeSocket && d->wakeSocket->wake();
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

} // namespace postrider::delivery
