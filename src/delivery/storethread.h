// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/accountstore.h"
#include "base/clock.h"
#include "delivery/sentcopies.h"
#include "outbox/delivererlock.h"
#include "outbox/store.h"

#include <QMutex>
#include <QObject>
#include <QThread>

#include <chrono>
#include <functional>
#include <memory>
#include <utility>

namespace postrider::delivery {

/// Everything that touches the profile folder. Used in the store thread only.
struct Disk
{
    std::unique_ptr<outbox::Store> store {}; ///< null until opened
    accounts::AccountStore accounts;
    outbox::DelivererLock delivererLock;
    std::unique_ptr<SentCopies> sentCopies {}; ///< null in a process that does not deliver, or without copies
};

/**
 * The thread on which all files and the database are used, and the way to ask it.
 *
 * Work is a function that takes the Disk and returns a value; it runs on the store thread, in the order of
 * the calls. Its result comes back into the thread that asked, unless the context is gone by then. The
 * functions may be called from any thread with an event loop, with a context of that thread.
 */
class StoreThread final : public QObject
{
    Q_OBJECT

public:
    /// How often another process's changes are looked for; a single pragma, no file is read when nothing
    /// happened.
    static constexpr std::chrono::milliseconds WatchInterval { 1000 };

    explicit StoreThread(const QString &profileFolder,
                         std::chrono::milliseconds watchInterval = WatchInterval, QObject *parent = nullptr);
    ~StoreThread() override;
    Q_DISABLE_COPY_MOVE(StoreThread)

    /// Lets the work that was asked for finish, closes the store and ends the thread. What is asked for later
    /// is not done and not answered.
    void stop();

    /// Work that changes nothing.
    template <typename Work, typename Then>
    void read(QObject *context, Work work, Then then)
    {
        ask(context, std::move(work), std::move(then), Kind::Read);
    }

    /// Work that changes the outbox: changed() follows.
    template <typename Work, typename Then>
    void change(QObject *context, Work work, Then then)
    {
        ask(context, std::move(work), std::move(then), Kind::Change);
    }

    /// Looks for changes by other processes now.
    void lookForChanges();

    /// Opens the store and begins to watch for changes by other processes.
    [[nodiscard]] static outbox::Result<QString> openStore(Disk &disk, const QString &profileFolder,
                                                           const base::Clock &clock);

Q_SIGNALS:
    /// This process or another one changed something in the outbox. Emitted in the store thread.
    void changed();
    /// This process did. Before changed(), and likewise in the store thread.
    void changedHere();

private:
    enum class Kind { Read, Change };

    /// The way back into the thread that asked. A child of the context, so that an answer never outlives it:
    /// what was posted to a receiver goes with the receiver, even when its thread has ended.
    class Receiver final : public QObject
    {
    public:
        /// Guards the receiver, which may go while the store thread is posting to it.
        struct Link
        {
            QMutex mutex {};
            Receiver *receiver = nullptr;
        };

        explicit Receiver(QObject *context);
        ~Receiver() override;
        Q_DISABLE_COPY_MOVE(Receiver)
        [[nodiscard]] std::shared_ptr<Link> link() const { return m_link; }

    private:
        std::shared_ptr<Link> m_link;
    };

    template <typename Work, typename Then>
    void ask(QObject *context, Work work, Then then, Kind kind)
    {
        std::shared_ptr<Receiver::Link> link = (new Receiver(context))->link();
        // Shared, since the functions that a queued call takes must be copyable and secrets and devices are
        // not.
        auto sharedWork = std::make_shared<Work>(std::move(work));
        auto sharedThen = std::make_shared<Then>(std::move(then));
        post([this, link, sharedWork, sharedThen, kind](Disk &disk) {
            auto result = std::make_shared<std::invoke_result_t<Work &, Disk &>>((*sharedWork)(disk));
            if (kind == Kind::Change) {
                Q_EMIT changedHere();
                Q_EMIT changed();
            }
            answer(*link, [sharedThen, result] { (*sharedThen)(std::move(*result)); });
        });
    }
    static void answer(Receiver::Link &link, std::function<void()> then);
    void post(std::function<void(Disk &)> job);
    void watch();

    QThread m_thread;
    QObject *m_worker; ///< lives in m_thread; null when that was stopped
    std::unique_ptr<Disk> m_disk;
    qint64 m_seenVersion = -1;
};

} // namespace postrider::delivery
