// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/encoding/sevenbit.h"
#include "outbox/retrypolicy.h"
#include "outbox/storeprivate.h"

#include <QHash>
#include <QRandomGenerator>

#include <algorithm>

namespace postrider::outbox {
namespace {

[[nodiscard]] bool mayHaveArrived(RecipientState state)
{
    return state == RecipientState::Sent || state == RecipientState::InDoubt;
}

} // namespace

Result<void> Store::markFinalOctet(const QList<qint64> &attempts)
{
    Transaction transaction(*d->database);
    if (const auto begun = transaction.begin(Transaction::Purpose::Write); !begun) {
        return begun;
    }
    for (const qint64 attempt : attempts) {
        if (const auto marked = d->history.setFinalOctet(attempt, AttemptTable::FinalOctet::Released);
            !marked) {
            return marked;
        }
    }
    return transaction.commit();
}

Result<void> Store::finishPart(qint64 attempt, const QList<RecipientOutcome> &decided)
{
    Transaction transaction(*d->database);
    if (const auto begun = transaction.begin(Transaction::Purpose::Write); !begun) {
        return begun;
    }
    const auto stored = d->history.find(attempt);
    if (!stored) {
        return base::Unexpected(stored.error());
    }
    auto message = d->table.load(stored->message);
    if (!message) {
        return base::Unexpected(message.error());
    }
    QHash<QByteArray, qsizetype> places;
    for (qsizetype place = 0; place < message->summary.recipients.size(); ++place) {
        places.insert(message->summary.recipients.at(place).address, place);
    }
    SentCount count;
    for (const RecipientOutcome &outcome : decided) {
        const qsizetype place = places.value(outcome.address, -1);
        if (place < 0) {
            continue;
        }
        count.recipients += mayHaveArrived(outcome.state) ? 1 : 0;
        Recipient &recipient = message->summary.recipients[place];
        recipient.state = outcome.state;
        recipient.code = outcome.code;
        recipient.enhanced = outcome.enhanced;
        recipient.text = outcome.text;
        recipient.changed = d->clock.now();
        if (const auto saved = d->table.saveRecipient(*message, place); !saved) {
            return saved;
        }
    }
    if (const auto cleared = d->history.setFinalOctet(attempt, AttemptTable::FinalOctet::Kept); !cleared) {
        return cleared;
    }
    if (count.recipients > 0) {
        count.messages = 1;
        if (const auto noted = d->noteSent({ { message->summary.accountId, count } }); !noted) {
            return noted;
        }
    }
    return transaction.commit();
}

Result<void> Store::finish(qint64 attempt, const AttemptOutcome &outcome)
{
    Transaction transaction(*d->database);
    if (const auto begun = transaction.begin(Transaction::Purpose::Write); !begun) {
        return begun;
    }
    SentCounts sent;
    if (const auto finished = d->finish(attempt, outcome, sent); !finished) {
        return finished;
    }
    if (const auto noted = d->noteSent(sent); !noted) {
        return noted;
    }
    return transaction.commit();
}

Result<void> Store::finish(const QList<EndedAttempt> &attempts)
{
    Transaction transaction(*d->database);
    if (const auto begun = transaction.begin(Transaction::Purpose::Write); !begun) {
        return begun;
    }
    SentCounts sent;
    for (const EndedAttempt &ended : attempts) {
        const auto finished = d->finish(ended.attempt, ended.outcome, sent);
        if (!finished && finished.error().kind != StoreError::Kind::WrongState) {
            return finished;
        }
    }
    if (const auto noted = d->noteSent(sent); !noted) {
        return noted;
    }
    return transaction.commit();
}

Result<void> Store::makeSevenBit(const MessageId &id)
{
    const auto eightBit = content(id);
    if (!eightBit) {
        return base::Unexpected(eightBit.error());
    }
    ContentWriter writer(d->spool);
    const auto written = mime::toSevenBit(**eightBit, writer);
    if (writer.failure()) {
        return base::Unexpected(*writer.failure());
    }
    if (!written) {
        const bool isHopeless = written.error().kind == mime::ConversionError::Kind::NotConvertible;
        return failure(isHopeless ? StoreError::Kind::NotConvertible : StoreError::Kind::Failed, id,
                       written.error().reason);
    }
    const auto converted = writer.finish();
    if (!converted) {
        return base::Unexpected(converted.error());
    }
    QString former;
    const auto changed = d->change(id, [&](StoredMessage &message) -> Result<void> {
        if (message.summary.state != MessageState::Sending) {
            return wrongState(message.summary);
        }
        const auto before = d->table.content(message);
        if (!before) {
            return base::Unexpected(before.error());
        }
        former = before->spoolName;
        message.summary.size = written->size;
        message.eightBit = false;
        if (const auto stored = d->table.setContent(message.row, toStored(*converted)); !stored) {
            return stored;
        }
        return d->table.saveFacts(message);
    });
    if (!changed) {
        if (!converted->spoolName.isEmpty()) {
            d->removeRefused({ converted->spoolName }, changed.error());
        }
        return changed;
    }
    if (!former.isEmpty()) {
        d->spool.remove(former);
    }
    return {};
}

Result<void> Store::Private::finish(qint64 attempt, const AttemptOutcome &outcome, SentCounts &sent)
{
    const auto stored = history.find(attempt);
    if (!stored) {
        return base::Unexpected(stored.error());
    }
    auto message = table.load(stored->message);
    if (!message) {
        return base::Unexpected(message.error());
    }
    if (stored->ended || message->summary.state != MessageState::Sending) {
        return wrongState(message->summary);
    }
    return finish(*message, *stored, outcome, sent);
}

Result<void> Store::Private::finish(StoredMessage &message, const StoredAttempt &attempt,
                                    const AttemptOutcome &outcome, SentCounts &sent)
{
    MessageSummary &summary = message.summary;
    const QDateTime now = clock.now();
    if (outcome.reachedMail) {
        ++summary.attempts;
        ++message.failures;
    }

    QHash<QByteArray, const RecipientOutcome *> outcomes;
    outcomes.reserve(outcome.recipients.size());
    bool anyDeferred = false;
    for (const RecipientOutcome &recipient : outcome.recipients) {
        outcomes.insert(recipient.address, &recipient);
        anyDeferred = anyDeferred || recipient.state == RecipientState::Deferred;
    }
    std::optional<QDateTime> next;
    if (anyDeferred) {
        const double jitter = 2 * QRandomGenerator::global()->generateDouble() - 1;
        next = nextAttempt(std::max(message.failures, 1), message.queued, now, jitter);
    }

    QList<Recipient> tried;
    int taken = 0;
    for (qsizetype place = 0; place < summary.recipients.size(); ++place) {
        Recipient &recipient = summary.recipients[place];
        const RecipientOutcome *result = outcomes.value(recipient.address);
        // finishPart() cannot know that there is no next time.
        const bool isPartTooLate = recipient.state == RecipientState::Deferred && result != nullptr
            && result->state == RecipientState::Deferred && !next;
        if (recipient.state != RecipientState::Sending && !isPartTooLate) {
            continue; // was not part of this attempt; above all, what was sent stays sent
        }
        recipient.changed = now;
        if (result == nullptr || result->state == RecipientState::Queued
            || result->state == RecipientState::Sending) {
            recipient.state = RecipientState::Queued;
        } else {
            const bool isTooLate = result->state == RecipientState::Deferred && !next;
            recipient.state = isTooLate ? RecipientState::Failed : result->state;
            recipient.code = result->code;
            recipient.enhanced = result->enhanced;
            recipient.text = result->text;
        }
        // A part that is too late was counted when it ended.
        taken += mayHaveArrived(recipient.state) && !isPartTooLate ? 1 : 0;
        tried.append(recipient);
        if (const auto saved = table.saveRecipient(message, place); !saved) {
            return saved;
        }
    }
    if (taken > 0) {
        SentCount &count = sent[summary.accountId];
        ++count.messages;
        count.recipients += taken;
    }

    Attempt ended;
    ended.ended = now;
    ended.host = outcome.host;
    ended.port = outcome.port;
    ended.tls = outcome.tls;
    ended.certificateSha256 = outcome.certificateSha256;
    ended.transcript = outcome.transcript;
    ended.outcome = outcome.problem.isNone() ? toString(deriveState(tried)) : toString(outcome.problem.kind);
    ended.problem = outcome.problem;
    if (const auto saved = history.end(attempt.id, ended); !saved) {
        return saved;
    }
    if (next) {
        // Recipients deferred earlier, whose time had not come, are tried together with the new ones.
        summary.nextAttempt = *next;
    }
    summary.problem = outcome.problem;
    const MessageState to = deriveState(summary.recipients);
    const bool isHeld
        = outcome.hold != HoldReason::None && (to == MessageState::Queued || to == MessageState::Deferred);
    return isHeld ? step(message, Event::Finish, MessageState::Held, outcome.hold)
                  : step(message, Event::Finish, to);
}

Result<void> Store::setAsideMessage(const MessageId &id, const Problem &problem)
{
    return d->change(id, [&](StoredMessage &message) -> Result<void> {
        MessageSummary &summary = message.summary;
        const bool isContentGone = problem.kind == Problem::Kind::ContentMissing
            || problem.kind == Problem::Kind::AttachmentUnreadable || problem.kind == Problem::Kind::Internal;
        const MessageState to = isContentGone ? MessageState::Damaged : MessageState::Held;
        if (!isLegal({ summary.state, Event::SetAside, to })) {
            return wrongState(summary);
        }
        const auto attempts = d->history.open(message.row);
        if (!attempts) {
            return base::Unexpected(attempts.error());
        }
        for (const StoredAttempt &attempt : *attempts) {
            if (const auto ended = d->abandon(attempt, toString(problem.kind), problem); !ended) {
                return ended;
            }
        }
        if (const auto moved = d->table.moveRecipients(message, RecipientState::Sending,
                                                       RecipientState::Queued, d->clock.now());
            !moved) {
            return moved;
        }
        summary.problem = problem;
        return d->step(message, Event::SetAside, to, isContentGone ? HoldReason::None : HoldReason::Account);
    });
}

Result<void> Store::Private::abandon(const StoredAttempt &attempt, const QString &outcome,
                                     const Problem &problem)
{
    Attempt ended;
    ended.ended = clock.now();
    ended.outcome = outcome;
    ended.problem = problem;
    return history.end(attempt.id, ended);
}

Result<void> Store::setAccountHold(const QString &accountId, const AccountHold &hold)
{
    return d->accounts.setHold(accountId, hold);
}

Result<void> Store::failTry(const QString &accountId, const AccountHold &hold, const FailedTry &failed)
{
    Transaction transaction(*d->database);
    if (const auto begun = transaction.begin(Transaction::Purpose::Write); !begun) {
        return begun;
    }
    const auto before = d->accounts.hold(accountId);
    if (!before) {
        return base::Unexpected(before.error());
    }
    if (before->releases == hold.releases) {
        if (const auto held = d->accounts.setHold(accountId, hold); !held) {
            return held;
        }
    }
    if (const auto noted = d->noteFailedTry(failed); !noted) {
        return noted;
    }
    return transaction.commit();
}

/// As an attempt that ended at once; the message stays as it is, since the trouble is not its own.
Result<void> Store::Private::noteFailedTry(const FailedTry &failed)
{
    const auto message = table.load(failed.message);
    if (!message) {
        const bool isGone = message.error().kind == StoreError::Kind::NoSuchMessage;
        return isGone ? Result<void>() : base::Unexpected(message.error());
    }
    const auto attempt = history.insert(message->row, failed.started);
    if (!attempt) {
        return base::Unexpected(attempt.error());
    }
    Attempt ended = failed.attempt;
    ended.ended = clock.now();
    ended.outcome = toString(ended.problem.kind);
    if (message->recording == Recording::Off) {
        ended.transcript.clear();
    }
    return history.end(*attempt, ended);
}

Result<void> Store::setFacts(const QString &accountId, const ServerFacts &facts)
{
    return d->accounts.setFacts(accountId, facts);
}

Result<void> Store::setHabits(const QString &accountId, const LearntHabits &habits)
{
    return d->accounts.setHabits(accountId, habits);
}

} // namespace postrider::outbox
