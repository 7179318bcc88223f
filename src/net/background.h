// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "net/threadstate.h"

#include <QFutureWatcher>
#include <QObject>
#include <QPromise>
#include <QThreadPool>

#include <memory>
#include <type_traits>
#include <utility>

namespace postrider::net {

/**
 * Runs work() in the global thread pool and hands its result to answer() in the caller's thread, from the
 * event loop. Without an answer when context has gone before; the work then runs to its end for nothing.
 *
 * work must carry values only. context belongs to the caller's thread.
 */
template <typename Work, typename Answer>
void runInBackground(QObject *context, Work work, Answer answer)
{
    using Result = std::invoke_result_t<Work>;
    // The pool takes only what can be copied.
    const auto promise = std::make_shared<QPromise<Result>>();
    auto *watcher = new QFutureWatcher<Result>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, answer = std::move(answer)]() mutable {
                         watcher->deleteLater();
                         QFuture<Result> future = watcher->future();
                         if (future.resultCount() > 0)
                             answer(future.takeResult());
                     });
    watcher->setFuture(promise->future());
    QThreadPool::globalInstance()->start([promise, work = std::move(work)] {
        promise->start();
        promise->addResult(work());
        releaseThreadState(); // the program may end next
        promise->finish();
    });
}

} // namespace postrider::net
