// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/store.h"

#include "base/processlock.h"
#include "outbox/retrypolicy.h"
#include "outbox/salvage.h"
#include "outbox/storeprivate.h"

#include <QBuffer>
#include <QFile>
#include <QFileInfo>
#include <QHash>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace postrider::outbox {
namespace {

constexpr std::chrono::milliseconds OpenPatience = 5s;

/// Shows a message whose undo window is over as what it is, and lays an account's trouble over one that only
/// waits for its account.
void layOver(MessageSummary &summary, const AccountHold &hold, const QDateTime &now)
{
    if (summary.state == MessageState::Held && summary.hold == HoldReason::Undo
        && isOver(summary.nextAttempt, now)) {
        summary.state = MessageState::Queued;
        summary.hold = HoldReason::None;
        summary.nextAttempt = {};
    }
    const bool waitsForTurn
        = summary.state == MessageState::Queued || summary.state == MessageState::Deferred;
    if (!waitsForTurn) {
        return;
    }
    if (hold.state == AccountHold::State::Held) {
        summary.state = MessageState::Held;
        summary.hold = HoldReason::Account;
        summary.problem = hold.problem;
        summary.nextAttempt = {};
    } else if (hold.state == AccountHold::State::Waiting && hold.until > now) {
        if (summary.state == MessageState::Queued) {
            summary.state = MessageState::Deferred;
            summary.problem = hold.problem;
            summary.nextAttempt = hold.until;
        } else {
            summary.nextAttempt = std::max(summary.nextAttempt, hold.until);
        }
    }
}

} // namespace

std::unique_ptr<QIODevice> openContent(const Job &job)
{
    if (job.contentPath.isEmpty()) {
        auto buffer = std::make_unique<QBuffer>();
        buffer->setData(job.content);
        buffer->open(QIODevice::ReadOnly);
        return buffer;
    }
    auto file = std::make_unique<QFile>(job.contentPath);
    if (!file->open(QIODevice::ReadOnly) || file->size() != job.size) {
        return nullptr;
    }
    return file;
}

Store::Store(std::unique_ptr<Private> data)
    : d(std::move(data))
{ }

Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::open(const QString &profileFolder, const base::Clock &clock)
{
    const QString folder = QFileInfo(profileFolder).absoluteFilePath();
    const QString spoolFolder = folder + "/spool"_L1;
    for (const QString &needed : { folder, spoolFolder }) {
        if (const auto made = makePrivateFolder(needed); !made) {
            return base::Unexpected(toStoreError(made.error()));
        }
    }

    // Two processes that find the same damaged database must not both set it aside: the second would take
    // away the first one's new database.
    const QString path = folder + "/postrider.sqlite"_L1;
    base::ProcessLock lock(path + ".lock"_L1);
    if (!lock.tryLock(OpenPatience)) {
        switch (lock.error()) {
        case QLockFile::LockFailedError:
            return failure(StoreError::Kind::Busy, lock.fileName());
        case QLockFile::PermissionError:
            return failure(StoreError::Kind::ReadOnly, lock.fileName());
        default: // the file is made and cannot be written
            return failure(isOutOfRoom(path) ? StoreError::Kind::DiskFull : StoreError::Kind::Failed,
                           lock.fileName());
        }
    }

    if (const auto finished = finishSettingAside(path, clock.now()); !finished) {
        return base::Unexpected(finished.error());
    }
    QString setAside;
    auto database = Database::open(path, Database::migrations());
    if (!database && database.error().kind == StoreError::Kind::Damaged) {
        const auto renamed = setAsideDamaged(path, clock.now());
        if (!renamed) {
            return base::Unexpected(renamed.error());
        }
        setAside = *renamed;
        database = Database::open(path, Database::migrations());
    }
    if (!database) {
        return base::Unexpected(database.error());
    }
    auto data = std::make_unique<Private>(*std::move(database), spoolFolder, clock);
    data->setAside = setAside;
    return std::unique_ptr<Store>(new Store(std::move(data)));
}

QString Store::setAside() const
{
    return d->setAside;
}

Result<void> Store::Private::step(StoredMessage &message, Event event, MessageState to, HoldReason reason)
{
    MessageSummary &summary = message.summary;
    if (!isLegal({ summary.state, event, to })) {
        return wrongState(summary);
    }
    summary.state = to;
    summary.hold = reason;
    summary.changed = clock.now();
    if (to != MessageState::Deferred && to != MessageState::Held) {
        summary.nextAttempt = {};
    }
    if (to != MessageState::InDoubt) {
        summary.inDoubtSince = {};
    } else if (!summary.inDoubtSince.isValid()) {
        summary.inDoubtSince = summary.changed;
    }
    return table.save(message);
}

void Store::Private::removeRefused(const QStringList &names, const StoreError &error) const
{
    if (error.kind == StoreError::Kind::Failed || error.kind == StoreError::Kind::Damaged) {
        return;
    }
    for (const QString &name : names) {
        spool.remove(name);
    }
}

bool isOver(const QDateTime &planned, const QDateTime &now)
{
    return !planned.isValid() || planned <= now || planned > now.addSecs(longestBackoff().count());
}

// --- reading ---

Result<QList<MessageSummary>> Store::Private::summaries(const QList<qint64> &rows)
{
    QHash<QString, AccountHold> holds;
    const QDateTime now = clock.now();
    QList<MessageSummary> found;
    found.reserve(rows.size());
    for (const qint64 row : rows) {
        auto message = table.load(row);
        if (!message) {
            return base::Unexpected(message.error());
        }
        MessageSummary summary = std::move(message->summary);
        auto hold = holds.constFind(summary.accountId);
        if (hold == holds.constEnd()) {
            const auto read = shownHold(summary.accountId);
            if (!read) {
                return base::Unexpected(read.error());
            }
            hold = holds.insert(summary.accountId, *read);
        }
        layOver(summary, *hold, now);
        found.append(std::move(summary));
    }
    return found;
}

Result<QList<MessageSummary>> Store::list(int limit, int offset) const
{
    Transaction transaction(*d->database);
    if (const auto begun = transaction.begin(Transaction::Purpose::Read); !begun) {
        return base::Unexpected(begun.error());
    }
    const auto rows = d->table.page(limit, offset);
    if (!rows) {
        return base::Unexpected(rows.error());
    }
    return d->summaries(*rows);
}

Result<MessageDetails> Store::find(const MessageId &id) const
{
    Transaction transaction(*d->database);
    if (const auto begun = transaction.begin(Transaction::Purpose::Read); !begun) {
        return base::Unexpected(begun.error());
    }
    auto message = d->table.load(id);
    if (!message) {
        return base::Unexpected(message.error());
    }
    const auto hold = d->shownHold(message->summary.accountId);
    if (!hold) {
        return base::Unexpected(hold.error());
    }
    auto attempts = d->history.all(message->row);
    if (!attempts) {
        return base::Unexpected(attempts.error());
    }
    const auto content = d->table.content(*message);
    if (!content) {
        return base::Unexpected(content.error());
    }
    layOver(message->summary, *hold, d->clock.now());
    return MessageDetails { std::move(message->summary), *std::move(attempts),
                            mime::draftFromJson(toObject(content->draft)) };
}

Result<QStringList> Store::idsStartingWith(const QString &prefix) const
{
    // Ids are hexadecimal digits and hyphens, all of them before "g".
    const QString first = prefix.toLower();
    return d->table.idsBetween(first, first + u'g');
}

Result<std::unique_ptr<QIODevice>> Store::content(const MessageId &id) const
{
    Transaction transaction(*d->database);
    if (const auto begun = transaction.begin(Transaction::Purpose::Read); !begun) {
        return base::Unexpected(begun.error());
    }
    const auto message = d->table.load(id);
    if (!message) {
        return base::Unexpected(message.error());
    }
    const auto content = d->table.content(*message);
    if (!content) {
        return base::Unexpected(content.error());
    }
    if (content->octets.isEmpty() && content->spoolName.isEmpty()) {
        return wrongState(message->summary);
    }
    Job job;
    job.size = message->summary.size;
    job.content = content->octets;
    if (!content->spoolName.isEmpty()) {
        job.contentPath = d->spool.path(content->spoolName);
    }
    auto device = openContent(job);
    if (device == nullptr) {
        return failure(StoreError::Kind::Failed, job.contentPath);
    }
    return device;
}

Result<AccountHold> Store::accountHold(const QString &accountId) const
{
    return d->shownHold(accountId);
}

Result<std::optional<ServerFacts>> Store::facts(const QString &accountId) const
{
    return d->accounts.facts(accountId);
}

Result<std::optional<LearntHabits>> Store::habits(const QString &accountId) const
{
    auto habits = d->accounts.habits(accountId);
    if (habits && *habits) {
        (*habits)->forgetOld(d->clock.now());
    }
    return habits;
}

qint64 Store::dataVersion() const
{
    const auto version = d->database->ask(u"PRAGMA data_version"_s);
    return version ? version->toLongLong() : 0;
}

} // namespace postrider::outbox
