// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/envelope.h"
#include "outbox/storeprivate.h"

#include <algorithm>

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
        if (const auto forgotten = d->forgetSchedule(message); !forgotten) {
            return forgotten;
        }
        if (startsAfresh) {
            message.queued = now;
            message.failures = 0;
        }
        const bool triesRefused = summary.state == MessageState::Failed
            || summary.state == MessageState::PartlySent
            || (summary.state == MessageState::Held && summary.hold == HoldReason::RecipientsRefused);
        if (triesRefused) {
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
        if (const auto forgotten = d->paces.forgetLearnt(summary.accountId); !forgotten) {
            return forgotten;
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
    if (const auto forgotten = d->paces.forgetLearnt(); !forgotten) {
        return forgotten;
    }
    return transaction.commit();
}

Result<void> Store::releaseAccount(const QString &accountId)
{
    Transaction transaction(*d->database);
    if (const auto begun = transaction.begin(Transaction::Purpose::Write); !begun) {
        return begun;
    }
    if (const auto released = d->accounts.release(accountId, AccountTable::Failures::Forgotten); !released) {
        return released;
    }
    if (const auto forgotten = d->paces.forgetLearnt(accountId); !forgotten) {
        return forgotten;
    }
    return transaction.commit();
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
    if (const auto forgotten = d->paces.forgetLearnt(accountId); !forgotten) {
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
        return d->table.saveFacts(message);
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
        MessageSummary &summary = message.summary;
        const bool waitsForItsTime
            = summary.hold == HoldReason::Undo || summary.hold == HoldReason::Scheduled;
        if (waitsForItsTime) {
            summary.nextAttempt = {}; // it is not planned any more
        }
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
        const QDateTime now = d->clock.now();
        message.queued = now;
        message.failures = 0;
        if (summary.scheduled > now) {
            if (summary.hold == HoldReason::Paused) {
                return d->place(message, Event::Release, placementOf(message, now));
            }
            if (const auto forgotten = d->forgetSchedule(message); !forgotten) {
                return forgotten;
            }
        }
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

Result<void> Store::correctRecipients(const MessageId &id, const QList<Correction> &corrections)
{
    return d->change(id, [this, &corrections](StoredMessage &message) -> Result<void> {
        MessageSummary &summary = message.summary;
        if (corrections.isEmpty() || !isPossible(summary.state, Event::Correct)) {
            return wrongState(summary);
        }
        const QDateTime now = d->clock.now();
        for (const Correction &correction : corrections) {
            const auto find = [&summary](const QByteArray &address) {
                return std::find_if(
                    summary.recipients.begin(), summary.recipients.end(),
                    [&address](const Recipient &recipient) { return recipient.address == address; });
            };
            const auto corrected = checkedAddress(correction.corrected);
            if (!corrected) {
                return base::Unexpected(corrected.error());
            }
            const auto refused = find(correction.refused);
            if (refused == summary.recipients.end() || refused->state != RecipientState::Failed) {
                return wrongState(summary);
            }
            if (find(*corrected) != summary.recipients.end()) {
                return failure(StoreError::Kind::AlreadyRecipient, QString::fromUtf8(*corrected));
            }
            *refused = { *corrected, RecipientState::Queued, 0, {}, {}, now, refused->address };
            message.smtpUtf8 = message.smtpUtf8 || !isAscii(*corrected);
            const qsizetype place = std::distance(summary.recipients.begin(), refused);
            if (const auto replaced = d->table.replaceRecipient(message, place); !replaced) {
                return replaced;
            }
        }
        message.envelopeCheck = envelopeCheck(message.reversePath, summary.recipients);
        if (const auto saved = d->table.saveFacts(message); !saved) {
            return saved;
        }
        message.queued = now;
        message.failures = 0;
        const bool staysHeld
            = summary.state == MessageState::Held && summary.hold != HoldReason::RecipientsRefused;
        if (staysHeld) {
            return d->step(message, Event::Correct, MessageState::Held, summary.hold);
        }
        summary.problem = {};
        return d->step(message, Event::Correct, deriveState(summary.recipients));
    });
}

} // namespace postrider::outbox
