// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/storethread.h"

#include <QMutexLocker>
#include <QTimer>

namespace postrider::delivery {

StoreThread::StoreThread(const QString &profileFolder, std::chrono::milliseconds watchInterval,
                         QObject *parent)
    : QObject(parent)
    , m_worker(new QObject)
    , m_disk(
          new Disk { nullptr, accounts::AccountStore(profileFolder), outbox::DelivererLock(profileFolder) })
{
    m_thread.setObjectName(QStringLiteral("store"));
    m_worker->moveToThread(&m_thread);
    auto *timer = new QTimer;
    timer->setInterval(watchInterval);
    timer->moveToThread(&m_thread);
    connect(timer, &QTimer::timeout, m_worker, [this] { watch(); });
    connect(&m_thread, &QThread::started, timer, qOverload<>(&QTimer::start));
    connect(&m_thread, &QThread::finished, timer, &QObject::deleteLater);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.start();
}

StoreThread::~StoreThread()
{
    stop();
}

void StoreThread::stop()
{
    if (!m_worker)
        return;
    // Quit as the last piece of work: quit() from here would drop what is still queued. The store is closed
    // in the thread that opened it, as its database connection demands.
    post([this](Disk &disk) {
        disk.store.reset();
        disk.delivererLock.release();
        m_thread.quit();
    });
    m_thread.wait();
    m_worker = nullptr;
}

outbox::Result<QString> StoreThread::openStore(Disk &disk, const QString &profileFolder,
                                               const base::Clock &clock)
{
    outbox::Result<std::unique_ptr<outbox::Store>> opened = outbox::Store::open(profileFolder, clock);
    if (!opened)
        return base::Unexpected(opened.error());
    disk.store = std::move(*opened);
    return disk.store->setAside();
}

StoreThread::Receiver::Receiver(QObject *context)
    : QObject(context)
    , m_link(std::make_shared<Link>())
{
    Q_ASSERT(context->thread() == QThread::currentThread());
    m_link->receiver = this;
}

StoreThread::Receiver::~Receiver()
{
    const QMutexLocker locked(&m_link->mutex);
    m_link->receiver = nullptr;
}

void StoreThread::answer(Receiver::Link &link, std::function<void()> then)
{
    const QMutexLocker locked(&link.mutex);
    if (!link.receiver)
        return;
    QMetaObject::invokeMethod(
        link.receiver,
        [receiver = link.receiver, then = std::move(then)] {
            // Not as a child any more: the answer may destroy the context.
            receiver->setParent(nullptr);
            receiver->deleteLater();
            then();
        },
        Qt::QueuedConnection);
}

void StoreThread::post(std::function<void(Disk &)> job)
{
    if (!m_worker)
        return;
    QMetaObject::invokeMethod(m_worker, [this, job = std::move(job)] { job(*m_disk); });
}

void StoreThread::lookForChanges()
{
    post([this](Disk &) { watch(); });
}

void StoreThread::watch()
{
    if (!m_disk->store)
        return;
    const qint64 version = m_disk->store->dataVersion();
    if (version == m_seenVersion)
        return;
    // The first look counts as a change too: another process may have been quicker than this timer.
    m_seenVersion = version;
    Q_EMIT changed();
}

} // namespace postrider::delivery
