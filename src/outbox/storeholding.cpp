// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/storeprivate.h"

#include <algorithm>
#include <chrono>

namespace postrider::outbox {
namespace {

using namespace std::chrono_literals;

/// A timer that comes a little late has not missed its time.
constexpr std::chrono::seconds Punctual = 2min;
/// What one commit sends again; the writer's right is not kept for long.
constexpr int ResendsInCommit = 100;

} // namespace

Placement placementOf(const StoredMessage &message, const QDateTime &now)
{
    const QDateTime &scheduled = message.summary.scheduled;
    if (scheduled.isValid()) {
        const std::chrono::milliseconds lateness { scheduled.msecsTo(now) };
        if (lateness < 0ms) {
            return { MessageState::Held, HoldReason::Scheduled, scheduled, {} };
        }
        if (lateness > MaxLateness) {
            Problem overdue;
            overdue.kind = Problem::Kind::Overdue;
            return { MessageState::Held, HoldReason::Scheduled, {}, overdue };
        }
        if (lateness <= Punctual) {
            return {};
        }
    }
    if (message.undoWindow > 0s) {
        return { MessageState::Held, HoldReason::Undo, now.addSecs(message.undoWindow.count()), {} };
    }
    return {};
}

Result<void> Store::Private::place(StoredMessage &message, Event event, const Placement &placement)
{
    message.queued = clock.now();
    message.failures = 0;
    message.summary.nextAttempt = placement.nextAttempt;
    message.summary.problem = placement.problem;
    return step(message, event, placement.state, placement.hold);
}

Result<void> Store::Private::forgetSchedule(StoredMessage &message)
{
    if (!(message.summary.scheduled > clock.now())) {
        return {};
    }
    message.summary.scheduled = {};
    return table.saveFacts(message);
}

Result<void> Store::Private::renewUndoWindows()
{
    const auto rows = table.rowsInUndoWindow();
    if (!rows) {
        return base::Unexpected(rows.error());
    }
    for (const qint64 row : *rows) {
        auto message = table.load(row);
        if (!message) {
            return base::Unexpected(message.error());
        }
        const QDateTime end = clock.now().addSecs(message->undoWindow.count());
        const Placement again { MessageState::Held, HoldReason::Undo, end, {} };
        if (const auto renewed = place(*message, Event::Recover, again); !renewed) {
            return renewed;
        }
    }
    return {};
}

Result<void> Store::Private::releaseScheduled(Event event)
{
    const QDateTime now = clock.now();
    const auto soon = table.nextScheduled();
    if (!soon) {
        return base::Unexpected(soon.error());
    }
    if (!soon->isValid() || *soon > now) {
        return {};
    }
    Transaction transaction(*database);
    if (const auto begun = transaction.begin(Transaction::Purpose::Write); !begun) {
        return begun;
    }
    const auto rows = table.rowsScheduledUntil(now);
    if (!rows) {
        return base::Unexpected(rows.error());
    }
    for (const qint64 row : *rows) {
        auto message = table.load(row);
        if (!message) {
            return base::Unexpected(message.error());
        }
        if (const auto placed = place(*message, event, placementOf(*message, now)); !placed) {
            return placed;
        }
    }
    return transaction.commit();
}

Result<int> Store::queueScheduled(const QString &accountId, const QDateTime &from, const QDateTime &until)
{
    const auto soon = d->table.nextScheduled();
    if (!soon) {
        return base::Unexpected(soon.error());
    }
    if (!soon->isValid() || *soon > until) {
        return 0;
    }
    Transaction transaction(*d->database);
    if (const auto begun = transaction.begin(Transaction::Purpose::Write); !begun) {
        return base::Unexpected(begun.error());
    }
    const auto rows = d->table.rowsScheduledUntil(until);
    if (!rows) {
        return base::Unexpected(rows.error());
    }
    int count = 0;
    for (const qint64 row : *rows) {
        auto message = d->table.load(row);
        if (!message) {
            return base::Unexpected(message.error());
        }
        if (message->summary.accountId != accountId || message->summary.scheduled <= from) {
            continue;
        }
        if (const auto placed = d->place(*message, Event::Elapse, {}); !placed) {
            return base::Unexpected(placed.error());
        }
        ++count;
    }
    if (count == 0) {
        return 0;
    }
    if (const auto committed = transaction.commit(); !committed) {
        return base::Unexpected(committed.error());
    }
    return count;
}

Result<QDateTime> Store::resendInDoubt(const QString &accountId, std::chrono::seconds age)
{
    const auto isOldEnough = [this, age](const MessageTable::Doubt &doubt) {
        const QDateTime now = d->clock.now();
        // A doubt from a time that has not come: the computer's clock was put back since then.
        return doubt.since > now || doubt.since.addSecs(age.count()) <= now;
    };
    auto oldest = d->table.oldestDoubt(accountId);
    if (!oldest) {
        return base::Unexpected(oldest.error());
    }
    if (*oldest && isOldEnough(**oldest)) {
        Transaction transaction(*d->database);
        if (const auto begun = transaction.begin(Transaction::Purpose::Write); !begun) {
            return base::Unexpected(begun.error());
        }
        oldest = d->table.oldestDoubt(accountId);
        for (int count = 0; oldest && *oldest && isOldEnough(**oldest) && count < ResendsInCommit; ++count) {
            if (const auto resent = d->resend((*oldest)->row); !resent) {
                return base::Unexpected(resent.error());
            }
            oldest = d->table.oldestDoubt(accountId);
        }
        if (!oldest) {
            return base::Unexpected(oldest.error());
        }
        if (const auto committed = transaction.commit(); !committed) {
            return base::Unexpected(committed.error());
        }
    }
    if (!oldest->has_value()) {
        return QDateTime();
    }
    return std::max((*oldest)->since.addSecs(age.count()), d->clock.now());
}

Result<void> Store::Private::resend(qint64 row)
{
    auto message = table.load(row);
    if (!message) {
        return base::Unexpected(message.error());
    }
    const QDateTime now = clock.now();
    if (message->summary.inDoubtSince > now) {
        // How long it has been in doubt cannot be said; the time begins again.
        message->summary.inDoubtSince = now;
        return table.save(*message);
    }
    for (const RecipientState waiting : { RecipientState::InDoubt, RecipientState::Deferred }) {
        if (const auto moved = table.moveRecipients(*message, waiting, RecipientState::Queued, now); !moved) {
            return moved;
        }
    }
    ++message->summary.ruleResends;
    if (const auto saved = table.saveFacts(*message); !saved) {
        return saved;
    }
    return place(*message, Event::ResendByRule, {});
}

Result<void> Store::schedule(const MessageId &id, const QDateTime &notBefore)
{
    return d->change(id, [this, &notBefore](StoredMessage &message) -> Result<void> {
        MessageSummary &summary = message.summary;
        const QDateTime now = d->clock.now();
        const bool isOver = !notBefore.isValid() || notBefore <= now;
        const Event event = isOver ? Event::Retry : Event::Hold;
        const bool isWaiting = isPossible(summary.state, Event::Hold);
        if (!isWaiting || !isPossible(summary.state, event)) {
            return wrongState(summary);
        }
        if (const auto moved
            = d->table.moveRecipients(message, RecipientState::Deferred, RecipientState::Queued, now);
            !moved) {
            return moved;
        }
        summary.scheduled = isOver ? QDateTime() : notBefore.toUTC();
        if (const auto saved = d->table.saveFacts(message); !saved) {
            return saved;
        }
        return d->place(message, event, isOver ? Placement() : placementOf(message, now));
    });
}

} // namespace postrider::outbox
