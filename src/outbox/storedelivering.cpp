// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/storeprivate.h"

#include <algorithm>
#include <chrono>

namespace postrider::outbox {
namespace {

constexpr std::chrono::seconds OrphanAge = std::chrono::hours(24);

} // namespace

Result<QStringList> Store::recover()
{
    QStringList preparing;
    {
        Transaction transaction(*d->database);
        if (const auto begun = transaction.begin(Transaction::Purpose::Write); !begun) {
            return base::Unexpected(begun.error());
        }
        const auto interrupted = d->table.rowsOfUnfinished(MessageState::Sending);
        if (!interrupted) {
            return base::Unexpected(interrupted.error());
        }
        for (const qint64 row : *interrupted) {
            if (const auto recovered = d->recover(row); !recovered) {
                return base::Unexpected(recovered.error());
            }
        }
        auto ids = d->preparing();
        if (!ids) {
            return ids;
        }
        preparing = *std::move(ids);
        if (const auto committed = transaction.commit(); !committed) {
            return base::Unexpected(committed.error());
        }
    }
    // Younger files may belong to a row that another process is about to commit.
    d->spool.removeOrphans(d->clock.now().addSecs(-OrphanAge.count()),
                           [this](const QString &name) { return d->table.isSpoolFileNeeded(name); });
    return preparing;
}

Result<QStringList> Store::preparing() const
{
    Transaction transaction(*d->database);
    if (const auto begun = transaction.begin(Transaction::Purpose::Read); !begun) {
        return base::Unexpected(begun.error());
    }
    return d->preparing();
}

Result<QStringList> Store::Private::preparing()
{
    const auto rows = table.rowsOfUnfinished(MessageState::Preparing);
    if (!rows) {
        return base::Unexpected(rows.error());
    }
    QStringList ids;
    for (const qint64 row : *rows) {
        const auto message = table.load(row);
        if (!message) {
            return base::Unexpected(message.error());
        }
        ids.append(message->summary.id);
    }
    return ids;
}

Result<void> Store::Private::recover(qint64 row)
{
    auto message = table.load(row);
    if (!message) {
        return base::Unexpected(message.error());
    }
    const auto attempts = table.openAttempts(row);
    if (!attempts) {
        return base::Unexpected(attempts.error());
    }
    MessageSummary &summary = message->summary;
    const bool mayHaveLeft = std::any_of(attempts->cbegin(), attempts->cend(),
                                         [](const StoredAttempt &attempt) { return attempt.finalOctet; });
    const RecipientState after = mayHaveLeft ? RecipientState::InDoubt : RecipientState::Queued;
    if (mayHaveLeft) {
        summary.problem = {};
        summary.problem.kind = Problem::Kind::OutcomeUnknown;
        ++summary.attempts;
        ++message->failures;
    }
    for (const StoredAttempt &attempt : *attempts) {
        if (const auto ended = abandon(attempt, toString(after), mayHaveLeft ? summary.problem : Problem());
            !ended) {
            return ended;
        }
    }
    if (const auto moved = table.moveRecipients(*message, RecipientState::Sending, after, clock.now());
        !moved) {
        return moved;
    }
    return step(*message, Event::Recover, deriveState(summary.recipients));
}

Result<QList<MessageSummary>> Store::due() const
{
    Transaction transaction(*d->database);
    if (const auto begun = transaction.begin(Transaction::Purpose::Read); !begun) {
        return base::Unexpected(begun.error());
    }
    const QDateTime now = d->clock.now();
    const auto accounts = d->table.dueAccounts();
    if (!accounts) {
        return base::Unexpected(accounts.error());
    }
    QList<qint64> rows;
    for (const auto &account : *accounts) {
        if (!d->isOver(account.due)) {
            continue;
        }
        const auto hold = d->accounts.hold(account.accountId);
        if (!hold) {
            return base::Unexpected(hold.error());
        }
        if (hold->state == AccountHold::State::Held
            || (hold->state == AccountHold::State::Waiting && !d->isOver(hold->until))) {
            continue;
        }
        const auto row = d->table.nextOfAccount(account.accountId, std::max(account.due, now));
        if (!row) {
            return base::Unexpected(row.error());
        }
        if (const std::optional<qint64> &found = *row; found) {
            rows.append(*found);
        }
    }
    std::sort(rows.begin(), rows.end());
    return d->summaries(rows);
}

Result<QDateTime> Store::nextDue() const
{
    Transaction transaction(*d->database);
    if (const auto begun = transaction.begin(Transaction::Purpose::Read); !begun) {
        return base::Unexpected(begun.error());
    }
    const auto accounts = d->table.dueAccounts();
    if (!accounts) {
        return base::Unexpected(accounts.error());
    }
    QDateTime next;
    for (const auto &account : *accounts) {
        const auto hold = d->accounts.hold(account.accountId);
        if (!hold) {
            return base::Unexpected(hold.error());
        }
        if (hold->state == AccountHold::State::Held) {
            continue;
        }
        QDateTime due = d->isOver(account.due) ? std::min(account.due, d->clock.now()) : account.due;
        if (hold->state == AccountHold::State::Waiting && !d->isOver(hold->until)) {
            due = std::max(due, hold->until);
        }
        next = next.isNull() ? due : std::min(next, due);
    }
    return next;
}

Result<Job> Store::begin(const MessageId &id)
{
    Job job;
    const auto changed = d->change(id, [&](StoredMessage &message) -> Result<void> {
        auto begun = d->begin(message);
        if (!begun) {
            return base::Unexpected(begun.error());
        }
        job = *std::move(begun);
        return {};
    });
    if (!changed) {
        return base::Unexpected(changed.error());
    }
    return job;
}

Result<QList<Job>> Store::beginDue(const QString &accountId, int limit)
{
    Transaction transaction(*d->database);
    if (const auto begun = transaction.begin(Transaction::Purpose::Write); !begun) {
        return base::Unexpected(begun.error());
    }
    QList<Job> jobs;
    while (jobs.size() < limit && (jobs.isEmpty() || jobs.constLast().contentPath.isEmpty())) {
        const auto row = d->nextDue(accountId);
        if (!row) {
            return base::Unexpected(row.error());
        }
        if (!row->has_value()) {
            break;
        }
        auto message = d->table.load(**row);
        if (!message) {
            return base::Unexpected(message.error());
        }
        auto job = d->begin(*message);
        if (!job) {
            return base::Unexpected(job.error());
        }
        jobs.append(*std::move(job));
    }
    if (jobs.isEmpty()) {
        return jobs;
    }
    if (const auto committed = transaction.commit(); !committed) {
        return base::Unexpected(committed.error());
    }
    return jobs;
}

Result<std::optional<qint64>> Store::Private::nextDue(const QString &accountId)
{
    const QDateTime now = clock.now();
    auto row = table.nextOfAccount(accountId, now);
    if (!row || row->has_value()) {
        return row;
    }
    const auto due = table.dueAccounts();
    if (!due) {
        return base::Unexpected(due.error());
    }
    const auto account
        = std::find_if(due->cbegin(), due->cend(), [&accountId](const MessageTable::DueAccount &other) {
              return other.accountId == accountId;
          });
    if (account == due->cend() || !isOver(account->due)) {
        return std::optional<qint64>();
    }
    return table.nextOfAccount(accountId, account->due);
}

Result<Job> Store::Private::begin(StoredMessage &message)
{
    MessageSummary &summary = message.summary;
    if (!isPossible(summary.state, Event::Begin)) {
        return wrongState(summary);
    }
    const QDateTime now = clock.now();
    const auto isQueued
        = [](const Recipient &recipient) { return recipient.state == RecipientState::Queued; };
    const bool anyQueued = std::any_of(summary.recipients.cbegin(), summary.recipients.cend(), isQueued);
    // Recipients that the server wants later wait for their time, unless there is nobody else to try.
    const bool takesDeferred = !anyQueued || summary.nextAttempt.isNull() || isOver(summary.nextAttempt);
    if (takesDeferred) {
        if (const auto moved
            = table.moveRecipients(message, RecipientState::Deferred, RecipientState::Sending, now);
            !moved) {
            return base::Unexpected(moved.error());
        }
    }
    if (const auto moved
        = table.moveRecipients(message, RecipientState::Queued, RecipientState::Sending, now);
        !moved) {
        return base::Unexpected(moved.error());
    }
    const auto attempt = table.insertAttempt(message.row, now);
    if (!attempt) {
        return base::Unexpected(attempt.error());
    }
    auto content = table.content(message.row);
    if (!content) {
        return base::Unexpected(content.error());
    }
    Job job;
    job.id = summary.id;
    job.attempt = *attempt;
    job.reversePath = message.reversePath;
    for (const Recipient &recipient : std::as_const(summary.recipients)) {
        if (recipient.state == RecipientState::Sending) {
            job.recipients.append(recipient.address);
        }
    }
    job.size = summary.size;
    job.eightBit = message.eightBit;
    job.headerUtf8 = message.headerUtf8;
    job.services = message.services;
    job.recording = message.recording;
    job.content = std::move(content->octets);
    if (!content->spoolName.isEmpty()) {
        job.contentPath = spool.path(content->spoolName);
    }
    summary.state = MessageState::Sending;
    summary.nextAttempt = takesDeferred ? QDateTime() : summary.nextAttempt;
    summary.changed = now;
    if (const auto saved = table.save(message); !saved) {
        return base::Unexpected(saved.error());
    }
    return job;
}

} // namespace postrider::outbox
