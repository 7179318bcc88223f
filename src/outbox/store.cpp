// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/store.h"

#include "mime/address/mailbox.h"
#include "mime/emlreader.h"
#include "mime/encoding/sevenbit.h"
#include "mime/messagewriter.h"
#include "outbox/database.h"
#include "outbox/messagetable.h"
#include "outbox/retrypolicy.h"
#include "outbox/spool.h"
#include "outbox/transitions.h"

#include <QBuffer>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>
#include <QRandomGenerator>
#include <QSet>
#include <QTemporaryFile>
#include <QUuid>

#include <algorithm>
#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace postrider::outbox {
namespace {

constexpr std::chrono::milliseconds OpenPatience = 5s;
constexpr std::chrono::seconds OrphanAge = std::chrono::hours(24);

[[nodiscard]] base::Unexpected<StoreError> failure(StoreError::Kind kind, const QString &subject = {},
                                                   const QString &reason = {})
{
    return base::Unexpected(StoreError { kind, subject, reason });
}

[[nodiscard]] base::Unexpected<StoreError> wrongState(const MessageSummary &summary)
{
    return failure(StoreError::Kind::WrongState, summary.id, toString(summary.state));
}

[[nodiscard]] QString toText(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

[[nodiscard]] QJsonObject toObject(const QString &text)
{
    return QJsonDocument::fromJson(text.toUtf8()).object();
}

[[nodiscard]] QJsonObject toJson(const mime::Stamp &stamp)
{
    return {
        { u"message_id"_s, QString::fromLatin1(stamp.messageId) },
        { u"date"_s, stamp.date.toString(Qt::ISODateWithMs) },
        { u"boundary"_s, QString::fromLatin1(stamp.boundary) },
    };
}

[[nodiscard]] mime::Stamp stampFromJson(const QJsonObject &object)
{
    return {
        object["message_id"_L1].toString().toLatin1(),
        QDateTime::fromString(object["date"_L1].toString(), Qt::ISODateWithMs),
        object["boundary"_L1].toString().toLatin1(),
    };
}

/// The time in the zone that the header will show, kept as an offset so that it survives storage.
[[nodiscard]] QDateTime withLocalOffset(const QDateTime &utc)
{
    return utc.toOffsetFromUtc(utc.toLocalTime().offsetFromUtc());
}

[[nodiscard]] bool isAscii(const QByteArray &octets)
{
    return std::all_of(octets.cbegin(), octets.cend(), [](char octet) {
        constexpr unsigned char FirstNonAscii = 0x80;
        return static_cast<unsigned char>(octet) < FirstNonAscii;
    });
}

/// The same address as the wire carries it. Whatever cannot be part of a command is found here.
[[nodiscard]] Result<QByteArray> checkedAddress(const mime::Mailbox &mailbox)
{
    const auto wire = mime::wireAddress(mailbox);
    if (!wire) {
        return failure(StoreError::Kind::BadAddress, mailbox.address(), wire.error().text);
    }
    return *wire;
}

[[nodiscard]] Result<QByteArray> checkedAddress(const QByteArray &address)
{
    const QString text = QString::fromUtf8(address);
    const auto mailbox = mime::parseMailbox(text);
    if (!mailbox) {
        return failure(StoreError::Kind::BadAddress, text, mailbox.error().text);
    }
    return checkedAddress(*mailbox);
}

struct Addresses
{
    QByteArray reversePath {};
    QList<Recipient> recipients {};
    bool needUtf8 = false;
};

/// The envelope: what the options say, otherwise what the message says.
[[nodiscard]] Result<Addresses> addressesFrom(const SendOptions &options, const QList<mime::Mailbox> &from,
                                              const QList<mime::Mailbox> &to, const QDateTime &now)
{
    Addresses addresses;
    if (!options.reversePath.isEmpty()) {
        auto sender = checkedAddress(options.reversePath);
        if (!sender) {
            return base::Unexpected(sender.error());
        }
        addresses.reversePath = *std::move(sender);
    } else if (from.isEmpty()) {
        return failure(StoreError::Kind::BadAddress);
    } else {
        auto sender = checkedAddress(from.first());
        if (!sender) {
            return base::Unexpected(sender.error());
        }
        addresses.reversePath = *std::move(sender);
    }
    addresses.needUtf8 = !isAscii(addresses.reversePath);

    QSet<QByteArray> seen;
    const auto add = [&](const Result<QByteArray> &address) -> Result<void> {
        if (!address) {
            return base::Unexpected(address.error());
        }
        if (!seen.contains(*address)) {
            seen.insert(*address);
            addresses.needUtf8 = addresses.needUtf8 || !isAscii(*address);
            addresses.recipients.append({ *address, RecipientState::Queued, 0, {}, {}, now });
        }
        return {};
    };
    for (const QByteArray &address : options.recipients) {
        if (const auto added = add(checkedAddress(address)); !added) {
            return base::Unexpected(added.error());
        }
    }
    if (options.recipients.isEmpty()) {
        for (const mime::Mailbox &mailbox : to) {
            if (const auto added = add(checkedAddress(mailbox)); !added) {
                return base::Unexpected(added.error());
            }
        }
    }
    if (addresses.recipients.isEmpty()) {
        return failure(StoreError::Kind::BadAddress);
    }
    return addresses;
}

/// Lays an account's trouble over a message that only waits for its account.
void layHoldOver(MessageSummary &summary, const AccountHold &hold, const QDateTime &now)
{
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

[[nodiscard]] Result<void> setAsideFiles(const QString &path, const QString &newPath)
{
    for (const QLatin1StringView suffix : { "-wal"_L1, "-shm"_L1, ""_L1 }) {
        const QString name = path + suffix;
        if (QFileInfo::exists(name) || QFileInfo(name).isSymLink()) {
            QFile file(name);
            if (!file.rename(newPath + suffix)) {
                return failure(StoreError::Kind::Damaged, name, file.errorString());
            }
        }
    }
    if (const auto synced = syncFolder(QFileInfo(path).absolutePath()); !synced) {
        return base::Unexpected(toStoreError(synced.error()));
    }
    return {};
}

[[nodiscard]] QString freeDamagedName(const QString &path, const QDateTime &now)
{
    const QString name = damagedName(path, now);
    QString candidate = name;
    for (int number = 2; QFileInfo::exists(candidate); ++number) {
        candidate = name + u'-' + QString::number(number);
    }
    return candidate;
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

class Store::Private
{
public:
    Private(std::unique_ptr<Database> openedDatabase, QString spoolFolder, const base::Clock &timeSource)
        : database(std::move(openedDatabase))
        , table(*database)
        , spool(std::move(spoolFolder))
        , clock(timeSource)
    { }

    /// One message, changed by a function inside a transaction; nothing is changed when the function fails.
    template <typename F>
    [[nodiscard]] Result<void> change(const MessageId &id, F &&function)
    {
        Transaction transaction(*database);
        if (const auto begun = transaction.begin(Transaction::Purpose::Write); !begun) {
            return begun;
        }
        auto message = table.load(id);
        if (!message) {
            return base::Unexpected(message.error());
        }
        if (const Result<void> changed = function(*message); !changed) {
            return changed;
        }
        return transaction.commit();
    }

    /// Makes a step of the table of transitions and writes the message's row.
    [[nodiscard]] Result<void> step(StoredMessage &message, Event event, MessageState to,
                                    HoldReason reason = HoldReason::None)
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
        return table.save(message);
    }

    [[nodiscard]] Result<MessageId> insert(StoredMessage &message, const StoredContent &content)
    {
        Transaction transaction(*database);
        if (const auto begun = transaction.begin(Transaction::Purpose::Write); !begun) {
            return base::Unexpected(begun.error());
        }
        if (const auto inserted = table.insert(message, content); !inserted) {
            return base::Unexpected(inserted.error());
        }
        if (const auto committed = transaction.commit(); !committed) {
            return base::Unexpected(committed.error());
        }
        return message.summary.id;
    }

    /// Gives back the room of files whose row was refused. After an error of another kind the commit may yet
    /// turn out to be on disk, so the files stay; without a row they are removed as orphans a day later.
    void removeRefused(const QStringList &names, const StoreError &error) const
    {
        if (error.kind == StoreError::Kind::Failed || error.kind == StoreError::Kind::Damaged) {
            return;
        }
        for (const QString &name : names) {
            spool.remove(name);
        }
    }

    [[nodiscard]] StoredMessage newMessage(const SendOptions &options, const Addresses &addresses,
                                           const QString &subject, const QDateTime &now) const
    {
        StoredMessage message;
        message.summary.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
        message.summary.accountId = options.accountId;
        message.summary.subject = subject;
        message.summary.recipients = addresses.recipients;
        message.summary.created = now;
        message.summary.changed = now;
        message.reversePath = addresses.reversePath;
        message.smtpUtf8 = addresses.needUtf8;
        message.services = options.services;
        message.recording = options.recording;
        message.queued = now;
        return message;
    }

    /// Summaries with their accounts' trouble laid over them.
    [[nodiscard]] Result<QList<MessageSummary>> summaries(const QList<qint64> &rows)
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
                const auto read = table.accountHold(summary.accountId);
                if (!read) {
                    return base::Unexpected(read.error());
                }
                hold = holds.insert(summary.accountId, *read);
            }
            layHoldOver(summary, *hold, now);
            found.append(std::move(summary));
        }
        return found;
    }

    /// Ends an attempt that nobody will finish.
    [[nodiscard]] Result<void> abandon(const StoredAttempt &attempt, const QString &outcome,
                                       const Problem &problem)
    {
        Attempt ended;
        ended.ended = clock.now();
        ended.outcome = outcome;
        ended.problem = problem;
        return table.endAttempt(attempt.id, ended);
    }

    /// The ids of what is `preparing`; inside a transaction.
    [[nodiscard]] Result<QStringList> preparing();
    /// Whether a planned time has come, or lies further ahead than any that is planned: the computer's clock
    /// was put back since then.
    [[nodiscard]] bool isOver(const QDateTime &planned) const
    {
        const QDateTime now = clock.now();
        return !planned.isValid() || planned <= now || planned > now.addSecs(longestBackoff().count());
    }

    [[nodiscard]] Result<void> recover(qint64 row);
    /// The row of the account's next message, if one is due.
    [[nodiscard]] Result<std::optional<qint64>> nextDue(const QString &accountId);
    [[nodiscard]] Result<Job> begin(StoredMessage &message);
    [[nodiscard]] Result<void> finish(qint64 attempt, const AttemptOutcome &outcome);
    [[nodiscard]] Result<void> finish(StoredMessage &message, const StoredAttempt &attempt,
                                      const AttemptOutcome &outcome);

    std::unique_ptr<Database> database;
    MessageTable table;
    Spool spool;
    const base::Clock &clock;
    QString setAside {};
};

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
    QLockFile lock(path + ".lock"_L1);
    lock.setStaleLockTime(std::chrono::milliseconds::zero());
    if (!lock.tryLock(OpenPatience)) {
        switch (lock.error()) {
        case QLockFile::LockFailedError:
            return failure(StoreError::Kind::Busy, lock.fileName());
        case QLockFile::PermissionError:
            return failure(StoreError::Kind::ReadOnly, lock.fileName());
        default:
            return failure(StoreError::Kind::Failed, lock.fileName());
        }
    }

    QString setAside;
    auto database = Database::open(path, Database::migrations());
    if (!database && database.error().kind == StoreError::Kind::Damaged) {
        setAside = freeDamagedName(path, clock.now());
        if (const auto moved = setAsideFiles(path, setAside); !moved) {
            return base::Unexpected(moved.error());
        }
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

// --- sending ---

Result<MessageId> Store::prepare(const mime::Draft &draft, const SendOptions &options)
{
    const QDateTime now = d->clock.now();
    const auto addresses = addressesFrom(options, { draft.from }, draft.recipients(), now);
    if (!addresses) {
        return base::Unexpected(addresses.error());
    }
    StoredMessage message = d->newMessage(options, *addresses, draft.subject, now);
    message.summary.state = MessageState::Preparing;
    // The header has addresses that the envelope may not have; they must be good now, not when it is written.
    for (const QList<mime::Mailbox> &mailboxes :
         { QList<mime::Mailbox> { draft.from }, draft.to, draft.cc, draft.replyTo }) {
        for (const mime::Mailbox &mailbox : mailboxes) {
            const auto address = checkedAddress(mailbox);
            if (!address) {
                return base::Unexpected(address.error());
            }
            message.headerUtf8 = message.headerUtf8 || !isAscii(*address);
        }
    }

    message.smtpUtf8 = message.smtpUtf8 || message.headerUtf8;

    StoredContent content;
    content.draft = toText(mime::toJson(draft));
    content.stamp = toText(toJson(mime::makeStamp(draft.from, withLocalOffset(now))));
    for (const mime::Attachment &attachment : draft.attachments) {
        const auto copy = d->spool.freeze(attachment.path);
        if (!copy) {
            for (const QString &name : std::as_const(content.attachments)) {
                d->spool.remove(name);
            }
            return base::Unexpected(copy.error());
        }
        content.attachments.append(*copy);
    }
    auto inserted = d->insert(message, content);
    if (!inserted) {
        d->removeRefused(content.attachments, inserted.error());
    }
    return inserted;
}

Result<void> Store::render(const MessageId &id)
{
    StoredContent frozen;
    {
        Transaction transaction(*d->database);
        if (const auto begun = transaction.begin(Transaction::Purpose::Read); !begun) {
            return begun;
        }
        const auto message = d->table.load(id);
        if (!message) {
            return base::Unexpected(message.error());
        }
        if (message->summary.state == MessageState::Draft) {
            return wrongState(message->summary);
        }
        if (message->summary.state != MessageState::Preparing) {
            return {}; // another process was faster
        }
        auto content = d->table.content(message->row);
        if (!content) {
            return base::Unexpected(content.error());
        }
        frozen = *std::move(content);
    }

    const mime::Draft original = mime::draftFromJson(toObject(frozen.draft));
    mime::Draft draft = original;
    if (draft.attachments.size() != frozen.attachments.size()) {
        return failure(StoreError::Kind::Failed, id);
    }
    for (qsizetype index = 0; index < draft.attachments.size(); ++index) {
        mime::Attachment &attachment = draft.attachments[index];
        if (attachment.fileName.isEmpty()) {
            attachment.fileName = QFileInfo(attachment.path).fileName();
        }
        attachment.path = d->spool.path(frozen.attachments[index]);
    }
    const mime::Stamp stamp = stampFromJson(toObject(frozen.stamp));

    ContentWriter writer(d->spool);
    const auto written = mime::writeMessage(draft, stamp, writer);
    if (writer.failure()) {
        return base::Unexpected(*writer.failure());
    }
    if (!written) {
        switch (written.error().kind) {
        case mime::WriteError::Kind::AttachmentUnreadable: {
            QString subject = written.error().subject;
            for (qsizetype index = 0; index < draft.attachments.size(); ++index) {
                if (draft.attachments[index].path == subject) {
                    subject = original.attachments[index].path;
                    break;
                }
            }
            return failure(StoreError::Kind::AttachmentUnreadable, subject, written.error().reason);
        }
        case mime::WriteError::Kind::BadAddress:
            return failure(StoreError::Kind::BadAddress, written.error().subject, written.error().reason);
        case mime::WriteError::Kind::OutputFailed:
            break;
        }
        return failure(StoreError::Kind::Failed, written.error().subject, written.error().reason);
    }
    const auto content = writer.finish();
    if (!content) {
        return base::Unexpected(content.error());
    }

    bool isRendered = false;
    const auto changed = d->change(id, [&](StoredMessage &message) -> Result<void> {
        MessageSummary &summary = message.summary;
        if (summary.state == MessageState::Draft) {
            return wrongState(summary);
        }
        if (summary.state != MessageState::Preparing) {
            return {};
        }
        summary.messageId = stamp.messageId;
        summary.size = written->size;
        message.eightBit = written->content == mime::WrittenMessage::Content::EightBit;
        message.queued = d->clock.now();
        isRendered = true;
        if (const auto stored = d->table.setContent(message.row, content->octets, content->spoolName);
            !stored) {
            return stored;
        }
        return d->step(message, Event::Render, MessageState::Queued);
    });
    if (!changed || !isRendered) {
        if (!content->spoolName.isEmpty()) {
            d->removeRefused({ content->spoolName },
                             changed ? StoreError { StoreError::Kind::WrongState } : changed.error());
        }
        return changed;
    }
    for (const QString &name : std::as_const(frozen.attachments)) {
        d->spool.remove(name);
    }
    return {};
}

Result<MessageId> Store::enqueueFile(QIODevice &message, const SendOptions &options)
{
    // The header is read before the whole is copied, so a pipe is taken into a file first.
    QTemporaryFile copyOfPipe(d->spool.folder() + "/XXXXXX.part"_L1);
    QIODevice *input = &message;
    const auto *file = qobject_cast<const QFileDevice *>(&message);
    const QString name = file == nullptr ? QString() : file->fileName();
    if (message.isSequential()) {
        constexpr qint64 BlockSize = 256 * 1024;
        const auto unwritable = [&copyOfPipe] {
            const bool isFull = copyOfPipe.error() == QFileDevice::ResourceError;
            return failure(isFull ? StoreError::Kind::DiskFull : StoreError::Kind::Failed,
                           copyOfPipe.fileName(), copyOfPipe.errorString());
        };
        if (!copyOfPipe.open()) {
            return unwritable();
        }
        for (QByteArray block = message.read(BlockSize); !block.isEmpty(); block = message.read(BlockSize)) {
            if (copyOfPipe.write(block) != block.size() || !copyOfPipe.flush()) {
                return unwritable();
            }
        }
        // A pipe that broke is not one that ended: half a message must not be sent.
        if (file != nullptr && file->error() != QFileDevice::NoError) {
            return failure(StoreError::Kind::AttachmentUnreadable, name, message.errorString());
        }
        input = &copyOfPipe;
    }

    const auto toError = [&name](const mime::EmlError &error) {
        switch (error.kind) {
        case mime::EmlError::Kind::NotAMessage:
            return StoreError { StoreError::Kind::NotAMessage, name, error.reason };
        case mime::EmlError::Kind::BadAddress:
            return StoreError { StoreError::Kind::BadAddress, error.subject, error.reason };
        case mime::EmlError::Kind::ReadFailed:
            return StoreError { StoreError::Kind::AttachmentUnreadable, name, error.reason };
        case mime::EmlError::Kind::OutputFailed:
            break;
        }
        return StoreError { StoreError::Kind::Failed, name, error.reason };
    };

    if (!input->seek(0)) {
        return failure(StoreError::Kind::AttachmentUnreadable, name, input->errorString());
    }
    const auto header = mime::readEmlHeader(*input);
    if (!header) {
        return base::Unexpected(toError(header.error()));
    }
    const QDateTime now = d->clock.now();
    const auto addresses = addressesFrom(options, header->from, header->to + header->cc + header->bcc, now);
    if (!addresses) {
        return base::Unexpected(addresses.error());
    }
    StoredMessage row = d->newMessage(options, *addresses, header->subject, now);
    const mime::Mailbox author = header->from.isEmpty() ? mime::Mailbox() : header->from.first();
    const mime::Stamp stamp = mime::makeStamp(author, withLocalOffset(now));

    ContentWriter writer(d->spool);
    const auto written = mime::copyEml(*input, stamp, writer);
    if (writer.failure()) {
        return base::Unexpected(*writer.failure());
    }
    if (!written) {
        return base::Unexpected(toError(written.error()));
    }
    const auto content = writer.finish();
    if (!content) {
        return base::Unexpected(content.error());
    }

    row.summary.state = MessageState::Queued;
    row.summary.messageId = header->messageId.isEmpty() ? stamp.messageId : header->messageId;
    row.summary.size = written->size;
    row.eightBit = written->content == mime::WrittenMessage::Content::EightBit;
    row.headerUtf8 = written->header == mime::WrittenMessage::Header::Utf8;
    row.smtpUtf8 = row.smtpUtf8 || row.headerUtf8;
    auto inserted = d->insert(row, { {}, toText(toJson(stamp)), content->octets, content->spoolName, {} });
    if (!inserted && !content->spoolName.isEmpty()) {
        d->removeRefused({ content->spoolName }, inserted.error());
    }
    return inserted;
}

// --- reading ---

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
    const auto hold = d->table.accountHold(message->summary.accountId);
    if (!hold) {
        return base::Unexpected(hold.error());
    }
    auto attempts = d->table.attempts(message->row);
    if (!attempts) {
        return base::Unexpected(attempts.error());
    }
    const auto content = d->table.content(message->row);
    if (!content) {
        return base::Unexpected(content.error());
    }
    layHoldOver(message->summary, *hold, d->clock.now());
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
    const auto content = d->table.content(message->row);
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
    return d->table.accountHold(accountId);
}

Result<std::optional<ServerFacts>> Store::facts(const QString &accountId) const
{
    return d->table.facts(accountId);
}

qint64 Store::dataVersion() const
{
    const auto version = d->database->ask(u"PRAGMA data_version"_s);
    return version ? version->toLongLong() : 0;
}

// --- delivering ---

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
        const auto hold = d->table.accountHold(account.accountId);
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
        const auto hold = d->table.accountHold(account.accountId);
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
    const auto accounts = table.dueAccounts();
    if (!accounts) {
        return base::Unexpected(accounts.error());
    }
    const auto account = std::find_if(
        accounts->cbegin(), accounts->cend(),
        [&accountId](const MessageTable::DueAccount &other) { return other.accountId == accountId; });
    if (account == accounts->cend() || !isOver(account->due)) {
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

Result<void> Store::markFinalOctet(const QList<qint64> &attempts)
{
    Transaction transaction(*d->database);
    if (const auto begun = transaction.begin(Transaction::Purpose::Write); !begun) {
        return begun;
    }
    for (const qint64 attempt : attempts) {
        if (const auto marked = d->table.setFinalOctet(attempt, MessageTable::FinalOctet::Released);
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
    const auto stored = d->table.attempt(attempt);
    if (!stored) {
        return base::Unexpected(stored.error());
    }
    for (const RecipientOutcome &recipient : decided) {
        const auto saved = d->table.saveRecipient(stored->message,
                                                  { recipient.address, recipient.state, recipient.code,
                                                    recipient.enhanced, recipient.text, d->clock.now() });
        if (!saved) {
            return saved;
        }
    }
    if (const auto cleared = d->table.setFinalOctet(attempt, MessageTable::FinalOctet::Kept); !cleared) {
        return cleared;
    }
    return transaction.commit();
}

Result<void> Store::finish(qint64 attempt, const AttemptOutcome &outcome)
{
    Transaction transaction(*d->database);
    if (const auto begun = transaction.begin(Transaction::Purpose::Write); !begun) {
        return begun;
    }
    if (const auto finished = d->finish(attempt, outcome); !finished) {
        return finished;
    }
    return transaction.commit();
}

Result<void> Store::finish(const QList<EndedAttempt> &attempts)
{
    Transaction transaction(*d->database);
    if (const auto begun = transaction.begin(Transaction::Purpose::Write); !begun) {
        return begun;
    }
    for (const EndedAttempt &ended : attempts) {
        const auto finished = d->finish(ended.attempt, ended.outcome);
        if (!finished && finished.error().kind != StoreError::Kind::WrongState) {
            return finished;
        }
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
        const auto before = d->table.content(message.row);
        if (!before) {
            return base::Unexpected(before.error());
        }
        former = before->spoolName;
        message.summary.size = written->size;
        message.eightBit = false;
        if (const auto stored = d->table.setContent(message.row, converted->octets, converted->spoolName);
            !stored) {
            return stored;
        }
        return d->table.save(message);
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

Result<void> Store::Private::finish(qint64 attempt, const AttemptOutcome &outcome)
{
    const auto stored = table.attempt(attempt);
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
    return finish(*message, *stored, outcome);
}

Result<void> Store::Private::finish(StoredMessage &message, const StoredAttempt &attempt,
                                    const AttemptOutcome &outcome)
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
    for (Recipient &recipient : summary.recipients) {
        if (recipient.state != RecipientState::Sending) {
            continue; // was not part of this attempt; above all, what was sent stays sent
        }
        const RecipientOutcome *result = outcomes.value(recipient.address);
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
        tried.append(recipient);
        if (const auto saved = table.saveRecipient(message.row, recipient); !saved) {
            return saved;
        }
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
    if (const auto saved = table.endAttempt(attempt.id, ended); !saved) {
        return saved;
    }
    if (next) {
        // Recipients deferred earlier, whose time had not come, are tried together with the new ones.
        summary.nextAttempt = *next;
    }
    summary.problem = outcome.problem;
    return step(message, Event::Finish, deriveState(summary.recipients));
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
        const auto attempts = d->table.openAttempts(message.row);
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

Result<void> Store::setAccountHold(const QString &accountId, const AccountHold &hold)
{
    return d->table.setAccountHold(accountId, hold);
}

Result<void> Store::setFacts(const QString &accountId, const ServerFacts &facts)
{
    return d->table.setFacts(accountId, facts);
}

// --- what a person decides ---

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
        if (const auto released = d->table.releaseAccount(summary.accountId); !released) {
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
        const auto hold = d->table.accountHold(summary.accountId);
        if (!hold) {
            return base::Unexpected(hold.error());
        }
        const bool isHeldByAccount = hold->state == AccountHold::State::Held
            && (summary.state == MessageState::Queued || summary.state == MessageState::Deferred);
        if (isHeldByAccount) {
            return d->table.releaseAccount(summary.accountId);
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
