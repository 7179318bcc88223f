// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/storeprivate.h"

namespace postrider::outbox {

Result<void> Store::retry(const MessageId &id)
{
    return d->change(id, [this](StoredMessage &message) -> Result<void> {
        MessageSummary &summary = message.summary;
        if (!isPossible(summary.state, Event::Retry)) {
            return wrongState(summary);
        }
        const QDateTime now = d->clock.now();
        const bool startsAfresh
            = summary.state != MessageState::Queued && summary.state != MessageState::Deferred;
        if (startsAfresh) {
            message.queued = now;
            message.failures = 0;
        }
        if (summary.state == MessageState::Failed || summary.state == MessageState::PartlySent) {
            if (const auto moved
                = d->table.moveRecipients(message, RecipientState::Failed, RecipientState::Queued, now);
                !moved) {
                return moved;
            }
        }
        if (const auto moved
            = d->table.moveRecipients(message, RecipientState::Deferred, RecipientState::Queued, now);
            !moved) {
            return moved;
        }
        if (const auto released = d->accounts.release(summary.accountId, AccountTable::Failures::Kept);
            !released) {
            return released;
        }
        return d->step(message, Event::Retry, MessageState::Queued);
    });
}

Result<void> Store::retryAll()
{
    Transaction transaction(*d->database);
    if (const auto begun = transaction.begin(Transaction::Purpose::Write); !begun) {
        return begun;
    }
    if (const auto done = d->table.requeueAll(d->clock.now()); !done) {
        return done;
    }
    if (const auto released = d->accounts.releaseAll(); !released) {
        return released;
    }
    return transaction.commit();
}

Result<void> Store::releaseAccount(const QString &accountId)
{
    return d->accounts.release(accountId, AccountTable::Failures::Forgotten);
}

Result<void> Store::forgetServer(const QString &accountId)
{
    Transaction transaction(*d->database);
    if (const auto begun = transaction.begin(Transaction::Purpose::Write); !begun) {
        return begun;
    }
    if (const auto forgotten = d->accounts.forgetServer(accountId); !forgotten) {
        return forgotten;
    }
    const auto hold = d->accounts.hold(accountId);
    if (!hold) {
        return base::Unexpected(hold.error());
    }
    const bool isHeldByFacts = hold->state == AccountHold::State::Held
        && (hold->problem.kind == Problem::Kind::TlsWithdrawn
            || hold->problem.kind == Problem::Kind::MechanismWithdrawn);
    if (isHeldByFacts) {
        if (const auto released = d->accounts.release(accountId, AccountTable::Failures::Forgotten);
            !released) {
            return released;
        }
    }
    return transaction.commit();
}

Result<void> Store::record(const MessageId &id)
{
    return d->change(id, [this](StoredMessage &message) -> Result<void> {
        message.recording = Recording::On;
        return d->table.save(message);
    });
}

Result<void> Store::cancel(const MessageId &id)
{
    return d->change(id, [this](StoredMessage &message) -> Result<void> {
        return d->step(message, Event::Cancel, MessageState::Draft);
    });
}

Result<void> Store::hold(const MessageId &id, HoldReason reason)
{
    return d->change(id, [this, reason](StoredMessage &message) -> Result<void> {
        return d->step(message, Event::Hold, MessageState::Held, reason);
    });
}

Result<void> Store::release(const MessageId &id)
{
    return d->change(id, [this](StoredMessage &message) -> Result<void> {
        MessageSummary &summary = message.summary;
        const auto hold = d->accounts.hold(summary.accountId);
        if (!hold) {
            return base::Unexpected(hold.error());
        }
        const bool isHeldByAccount = hold->state == AccountHold::State::Held
            && (summary.state == MessageState::Queued || summary.state == MessageState::Deferred);
        if (isHeldByAccount) {
            return d->accounts.release(summary.accountId, AccountTable::Failures::Kept);
        }
        // The time in which it was held does not count against it.
        message.queued = d->clock.now();
        message.failures = 0;
        return d->step(message, Event::Release, deriveState(summary.recipients));
    });
}

Result<void> Store::resolve(const MessageId &id, Resolution resolution)
{
    return d->change(id, [this, resolution](StoredMessage &message) -> Result<void> {
        MessageSummary &summary = message.summary;
        if (!isPossible(summary.state, Event::Resolve)) {
            return wrongState(summary);
        }
        const QDateTime now = d->clock.now();
        const RecipientState to
            = resolution == Resolution::Sent ? RecipientState::Sent : RecipientState::Queued;
        if (const auto moved = d->table.moveRecipients(message, RecipientState::InDoubt, to, now); !moved) {
            return moved;
        }
        if (resolution == Resolution::Resend) {
            if (const auto moved
                = d->table.moveRecipients(message, RecipientState::Deferred, RecipientState::Queued, now);
                !moved) {
                return moved;
            }
            message.queued = now;
            message.failures = 0;
        }
        summary.problem = {};
        return d->step(message, Event::Resolve, deriveState(summary.recipients));
    });
}

} // namespace postrider::outbox
