// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/envelope.h"
#include "outbox/storeprivate.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;

namespace postrider::outbox {
namespace {

constexpr std::chrono::seconds OrphanAge = std::chrono::hours(24);

[[nodiscard]] bool mayGo(const AccountHold &hold, const QDateTime &now)
{
    switch (hold.state) {
    case AccountHold::State::Ready:
        return true;
    case AccountHold::State::Waiting:
        // A pace is judged anew each time and may close an account for longer than any retry is put off.
        return hold.problem.kind == Problem::Kind::PaceReached ? hold.until <= now : isOver(hold.until, now);
    case AccountHold::State::Held:
        break;
    }
    return false;
}

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
        SentCounts sent;
        for (const qint64 row : *interrupted) {
            if (const auto recovered = d->recover(row, sent); !recovered) {
                return base::Unexpected(recovered.error());
            }
        }
        if (const auto noted = d->noteSent(sent); !noted) {
            return base::Unexpected(noted.error());
        }
        if (const auto renewed = d->renewUndoWindows(); !renewed) {
            return base::Unexpected(renewed.error());
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
    if (const auto released = d->releaseScheduled(Event::Recover); !released) {
        return base::Unexpected(released.error());
    }
    // Younger files may belong to a row that another process is about to commit.
    // A database that was set aside may need files that this one does not know.
    const QFileInfo file(d->database->path());
    const bool anySetAside
        = !file.dir().entryList({ file.fileName() + ".damaged-*"_L1 }, QDir::Files).isEmpty();
    d->spool.removeOrphans(
        d->clock.now().addSecs(-OrphanAge.count()), [this, anySetAside](const QString &name) {
            return (anySetAside && !name.endsWith(".part"_L1)) || d->table.isSpoolFileNeeded(name);
        });
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

Result<void> Store::Private::recover(qint64 row, SentCounts &sent)
{
    auto message = table.load(row);
    if (!message) {
        return base::Unexpected(message.error());
    }
    const auto attempts = history.open(row);
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
        SentCount &count = sent[summary.accountId];
        ++count.messages;
        count.recipients += static_cast<int>(std::count_if(
            summary.recipients.cbegin(), summary.recipients.cend(),
            [](const Recipient &recipient) { return recipient.state == RecipientState::Sending; }));
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

Result<QList<MessageSummary>> Store::due()
{
    if (const auto released = d->releaseScheduled(Event::Elapse); !released) {
        return base::Unexpected(released.error());
    }
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
        const auto hold = d->shownHold(account.accountId);
        if (!hold) {
            return base::Unexpected(hold.error());
        }
        if (!mayGo(*hold, now)) {
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
    const auto scheduled = d->table.nextScheduled();
    if (!scheduled) {
        return scheduled;
    }
    const QDateTime now = d->clock.now();
    QDateTime next = *scheduled;
    for (const auto &account : *accounts) {
        const auto hold = d->shownHold(account.accountId);
        if (!hold) {
            return base::Unexpected(hold.error());
        }
        if (hold->state == AccountHold::State::Held) {
            continue;
        }
        QDateTime due = d->isOver(account.due) ? std::min(account.due, now) : account.due;
        if (!mayGo(*hold, now)) {
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
        const auto content = d->table.finishedContent(message);
        if (!content) {
            return base::Unexpected(content.error());
        }
        auto begun = d->begin(message, *content, PaceVerdict::Unlimited);
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
    const auto verdict = d->judge(accountId);
    if (!verdict) {
        return base::Unexpected(verdict.error());
    }
    const int messages = std::min(limit, verdict->messages);
    int recipients = verdict->recipients;
    QList<Job> jobs;
    bool anySetAside = false;
    while (jobs.size() < messages && recipients > 0
           && (jobs.isEmpty() || jobs.constLast().contentPath.isEmpty())) {
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
        const auto content = d->table.finishedContent(*message);
        if (!content) {
            return base::Unexpected(content.error());
        }
        if (!d->isWhole(*message, *content)) {
            if (const auto moved = d->setAsideDamaged(*message); !moved) {
                return base::Unexpected(moved.error());
            }
            anySetAside = true;
            continue;
        }
        auto job = d->begin(*message, *content, recipients);
        if (!job) {
            return base::Unexpected(job.error());
        }
        if (recipients != PaceVerdict::Unlimited) {
            recipients -= static_cast<int>(job->recipients.size());
        }
        jobs.append(*std::move(job));
    }
    if (jobs.isEmpty() && !anySetAside) {
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

bool Store::Private::isWhole(const StoredMessage &message, const StoredContent &content) const
{
    const QList<Recipient> &recipients = message.summary.recipients;
    const bool isForAnybody
        = std::any_of(recipients.cbegin(), recipients.cend(), [](const Recipient &recipient) {
              return recipient.state == RecipientState::Queued || recipient.state == RecipientState::Deferred;
          });
    if (!isForAnybody || !isPossible(message.summary.state, Event::Begin)
        || (message.envelopeCheck
            && message.envelopeCheck != envelopeCheck(message.reversePath, recipients))) {
        return false;
    }
    // Of an earlier version. One of the two alone is damage.
    const bool hasNoDigest = content.digest.isEmpty() && !message.envelopeCheck;
    if (content.spoolName.isEmpty()) {
        return content.octets.size() == message.summary.size
            && (hasNoDigest || QCryptographicHash::hash(content.octets, ContentDigest) == content.digest);
    }
    QFile file(spool.path(content.spoolName));
    if (!file.open(QIODevice::ReadOnly) || file.size() != message.summary.size) {
        return false;
    }
    QCryptographicHash digest(ContentDigest);
    return hasNoDigest || (digest.addData(&file) && digest.result() == content.digest);
}

Result<void> Store::Private::setAsideDamaged(StoredMessage &message)
{
    message.summary.problem = {};
    message.summary.problem.kind = Problem::Kind::ContentMissing;
    message.summary.problem.subject = message.summary.subject;
    if (message.summary.state == MessageState::Damaged) {
        return table.save(message); // its state was a word that means nothing
    }
    return step(message, Event::SetAside, MessageState::Damaged);
}

Result<void> Store::Private::beginRecipients(StoredMessage &message, int limit)
{
    MessageSummary &summary = message.summary;
    const auto has = [&summary](RecipientState state) {
        return std::any_of(summary.recipients.cbegin(), summary.recipients.cend(),
                           [state](const Recipient &recipient) { return recipient.state == state; });
    };
    const QDateTime now = clock.now();
    QList<RecipientState> taken;
    if (has(RecipientState::Queued)) {
        taken.append(RecipientState::Queued);
    }
    // Recipients that the server wants later wait for their time, unless there is nobody else to try.
    if (taken.isEmpty() || summary.nextAttempt.isNull() || isOver(summary.nextAttempt)) {
        if (has(RecipientState::Deferred)) {
            taken.append(RecipientState::Deferred);
        }
        summary.nextAttempt = {};
    }
    const auto isTaken = [&taken](const Recipient &recipient) { return taken.contains(recipient.state); };
    const auto number = std::count_if(summary.recipients.cbegin(), summary.recipients.cend(), isTaken);
    if (number <= limit) {
        for (const RecipientState state : std::as_const(taken)) {
            if (const auto moved = table.moveRecipients(message, state, RecipientState::Sending, now);
                !moved) {
                return moved;
            }
        }
        return {};
    }
    int left = limit;
    for (qsizetype place = 0; place < summary.recipients.size(); ++place) {
        Recipient &recipient = summary.recipients[place];
        if (left > 0 && isTaken(recipient)) {
            --left;
            recipient.state = RecipientState::Sending;
            recipient.changed = now;
            if (const auto saved = table.saveRecipient(message, place); !saved) {
                return saved;
            }
        }
    }
    return {};
}

Result<Job> Store::Private::begin(StoredMessage &message, const StoredContent &content, int recipients)
{
    MessageSummary &summary = message.summary;
    const bool isHeld = summary.state == MessageState::Held;
    const bool isUndoOver = summary.hold == HoldReason::Undo && isOver(summary.nextAttempt);
    if (!isPossible(summary.state, Event::Begin) || (isHeld && !isUndoOver)) {
        return wrongState(summary);
    }
    const QDateTime now = clock.now();
    if (isHeld) {
        message.queued = now;
    }
    if (const auto begun = beginRecipients(message, recipients); !begun) {
        return base::Unexpected(begun.error());
    }
    const auto attempt = history.insert(message.row, now);
    if (!attempt) {
        return base::Unexpected(attempt.error());
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
    job.scheduled = summary.scheduled;
    job.content = content.octets;
    if (!content.spoolName.isEmpty()) {
        job.contentPath = spool.path(content.spoolName);
    }
    summary.state = MessageState::Sending;
    summary.hold = HoldReason::None;
    summary.changed = now;
    if (const auto saved = table.save(message); !saved) {
        return base::Unexpected(saved.error());
    }
    return job;
}

} // namespace postrider::outbox
