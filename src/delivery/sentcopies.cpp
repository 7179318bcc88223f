// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/sentcopies.h"

#include "accounts/account.h"
#include "delivery/mboxentry.h"
#include "mime/emlreader.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace postrider::delivery {

using base::Unexpected;
using outbox::FileError;
using outbox::FileResult;
using outbox::MessageState;

namespace {

/// So many are written before they are synced together.
constexpr qsizetype MostAtOnce = 64;
constexpr qint64 BlockOctets = 256 * 1024;

// The lines of the journal: the place, and then what was done there.
const auto TargetWord = "to "_ba;
const auto CopiedWord = "copied "_ba;
const auto WritingWord = "writing "_ba; ///< at this offset of the mailbox, these messages

QByteArray toWord(const QUuid &id)
{
    return id.toByteArray(QUuid::WithoutBraces);
}

QByteArray toWords(const QList<QUuid> &ids)
{
    QByteArrayList words;
    for (const QUuid &id : ids)
        words += toWord(id);
    return words.join(' ');
}

QList<QUuid> readWords(const QByteArray &words)
{
    QList<QUuid> ids;
    const QByteArrayList parts = words.split(' ');
    for (const QByteArray &part : parts) {
        if (const QUuid id = QUuid::fromString(QLatin1StringView(part)); !id.isNull())
            ids += id;
    }
    return ids;
}

Unexpected<FileError> failure(const QFile &file)
{
    const bool isFull = file.error() == QFileDevice::ResourceError;
    return Unexpected(FileError { isFull ? FileError::Kind::DiskFull : FileError::Kind::Failed,
                                  file.fileName(), file.errorString() });
}

FileResult sync(QFile &file)
{
    if (!file.flush())
        return failure(file);
#if defined(Q_OS_DARWIN)
    const bool isSynced = ::fcntl(file.handle(), F_FULLFSYNC) == 0 || ::fsync(file.handle()) == 0;
#elif defined(Q_OS_UNIX)
    const bool isSynced = ::fsync(file.handle()) == 0;
#else
    const bool isSynced = true; // the system has no more to offer for a file that stays open
#endif
    if (!isSynced)
        return Unexpected(FileError { FileError::Kind::Failed, file.fileName(), qt_error_string() });
    return {};
}

bool isSent(MessageState state)
{
    return state == MessageState::Sent || state == MessageState::PartlySent;
}

/// When the first recipient got it; that does not change any more.
QDateTime sentAt(const outbox::MessageSummary &message)
{
    QDateTime first;
    for (const outbox::Recipient &recipient : message.recipients) {
        const bool isEarlier = first.isNull() || recipient.changed < first;
        if (recipient.state == outbox::RecipientState::Sent && isEarlier)
            first = recipient.changed;
    }
    return first.isNull() ? message.changed : first;
}

/// A message that is to be copied.
struct Original
{
    outbox::MessageSummary summary {};
    std::unique_ptr<QIODevice> content {};
};

/// Nothing when there is nothing to copy: caught for practice, gone meanwhile, or damaged.
std::optional<Original> openOriginal(const outbox::Store &store, const QUuid &id)
{
    const QString name = id.toString(QUuid::WithoutBraces);
    auto details = store.find(name);
    if (!details || details->summary.accountId == accounts::Account::practiceId())
        return {};
    auto content = store.content(name);
    if (!content)
        return {};
    return Original { std::move(details->summary), *std::move(content) };
}

bool writeEntry(const Original &original, const OctetSink &sink)
{
    const auto header = mime::readEmlHeader(*original.content);
    const bool hasAuthor = header && !header->from.isEmpty();
    return original.content->seek(0)
        && writeMboxEntry(*original.content,
                          hasAuthor ? header->from.first().address().toUtf8() : QByteArray(),
                          sentAt(original.summary).toUTC(), sink);
}

enum class Entry { Whole, Part, Other };

/// What of an entry stands at the file's position, which is behind it then.
Entry compare(QFile &mailbox, const Original &original)
{
    Entry found = Entry::Whole;
    const bool isRead = writeEntry(original, [&mailbox, &found](QByteArrayView octets) {
        const QByteArray there = mailbox.read(octets.size());
        if (there == octets)
            return true;
        found = octets.startsWith(there) ? Entry::Part : Entry::Other;
        return false;
    });
    return isRead || found != Entry::Whole ? found : Entry::Other;
}

/// What has to stand before another entry.
QByteArray missingGap(QFile &mailbox)
{
    const qint64 size = mailbox.size();
    mailbox.seek(std::max<qint64>(0, size - 2));
    const QByteArray end = mailbox.read(2);
    if (size == 0 || end == "\n\n")
        return {};
    return end.endsWith('\n') ? "\n"_ba : "\n\n"_ba;
}

FileResult append(QFile &file, qint64 at, QByteArrayView octets)
{
    if (!file.seek(at) || file.write(octets.data(), octets.size()) != octets.size())
        return failure(file);
    return {};
}

/// Behind what is there; nothing of it when the message cannot be read to its end.
FileResult appendEntry(QFile &mailbox, const Original &original)
{
    const qint64 begin = mailbox.size();
    QByteArray block;
    FileResult written;
    const bool isRead = writeEntry(original, [&](QByteArrayView octets) {
        block += octets;
        if (block.size() >= BlockOctets)
            written = append(mailbox, mailbox.size(), std::exchange(block, {}));
        return written.has_value();
    });
    if (isRead && written)
        written = append(mailbox, mailbox.size(), block);
    if (written && !isRead && !mailbox.resize(begin))
        written = failure(mailbox);
    return written;
}

FileResult writeEml(const QString &path, const Original &original)
{
    if (QFileInfo::exists(path))
        return {}; // a crash came before it was noted
    QFile::remove(path + u".part"_s);
    outbox::DurableFile file(path);
    if (const auto opened = file.open(); !opened)
        return opened;
    for (QByteArray block = original.content->read(BlockOctets); !block.isEmpty();
         block = original.content->read(BlockOctets)) {
        if (const auto written = file.write(block); !written)
            return written;
    }
    return file.commit();
}

} // namespace

SentCopies::SentCopies(const QString &profileFolder, QString target)
    : m_target(std::move(target))
    , m_journal(QDir(profileFolder).filePath(u"sent-copies"_s))
{ }

FileResult SentCopies::update(outbox::Store &store)
{
    const auto update = store.follow(m_reader);
    if (!update)
        return {}; // what is wrong with the outbox is told elsewhere
    if (!m_hasBegun) {
        if (const auto begun = begin(store, update->messages); !begun)
            return begun;
        m_hasBegun = true;
    }
    m_reader.change = update->change;
    m_reader.version = update->version;
    for (auto message = update->messages.crbegin(); message != update->messages.crend(); ++message) {
        if (!isSent(message->state) || m_known.contains(message->id))
            continue;
        m_known.insert(message->id);
        m_due.append(message->id);
    }
    while (!m_due.isEmpty()) {
        const QList<QUuid> next = m_due.first(std::min(MostAtOnce, m_due.size()));
        const FileResult copied
            = m_kind == Kind::Folder ? copyFiles(store, next) : appendEntries(store, next);
        if (!copied)
            return copied;
        m_due.remove(0, next.size());
        if (const auto noted = note(CopiedWord + toWords(next)); !noted)
            return noted;
    }
    return {};
}

/// Reads the journal, or begins one for a new place: what is sent by then has no copy and gets none.
FileResult SentCopies::begin(outbox::Store &store, const QList<outbox::ListedMessage> &list)
{
    const QFileInfo place(m_target);
    m_kind
        = place.isFile() || (!place.isDir() && m_target.endsWith(".mbox"_L1)) ? Kind::Mailbox : Kind::Folder;
    const QByteArray heading = TargetWord + m_target.toUtf8();
    QSet<QUuid> copied;
    qint64 offset = -1;
    QList<QUuid> writing;
    const bool isKnownPlace
        = m_journal.open(QIODevice::ReadOnly) && m_journal.readLine().trimmed() == heading;
    while (isKnownPlace && !m_journal.atEnd()) {
        const QByteArray line = m_journal.readLine().trimmed();
        if (line.startsWith(CopiedWord)) {
            const QList<QUuid> ids = readWords(line);
            copied += QSet<QUuid>(ids.cbegin(), ids.cend());
            writing.clear();
        } else if (line.startsWith(WritingWord)) {
            offset = line.sliced(WritingWord.size()).split(' ').constFirst().toLongLong();
            writing = readWords(line);
        }
    }
    m_journal.close();

    m_known.clear();
    for (const outbox::ListedMessage &message : list) {
        if (isSent(message.state) && (!isKnownPlace || copied.contains(message.id)))
            m_known.insert(message.id);
    }
    if (const auto settled = begunBefore(store, offset, writing); !settled)
        return settled;

    QFile::remove(m_journal.fileName() + u".part"_s);
    outbox::DurableFile journal(m_journal.fileName());
    if (const auto opened = journal.open(); !opened)
        return opened;
    const QByteArray lines = heading + '\n' + CopiedWord + toWords(m_known.values()) + '\n';
    if (const auto written = journal.write(lines); !written)
        return written;
    if (const auto committed = journal.commit(); !committed)
        return committed;
    if (!m_journal.open(QIODevice::WriteOnly | QIODevice::Append))
        return failure(m_journal);
    return {};
}

/// A crash interrupted the writing of these entries, or came before it was noted that they are there.
FileResult SentCopies::begunBefore(outbox::Store &store, qint64 offset, const QList<QUuid> &messages)
{
    QFile mailbox(m_target);
    if (messages.isEmpty() || m_kind != Kind::Mailbox || !mailbox.exists())
        return {};
    if (!mailbox.open(QIODevice::ReadWrite))
        return failure(mailbox);
    if (!mailbox.seek(offset))
        return failure(mailbox);
    for (const QUuid &id : messages) {
        const qint64 begin = mailbox.pos();
        const auto original = openOriginal(store, id);
        if (!original)
            continue;
        const Entry found = compare(mailbox, *original);
        if (found == Entry::Whole) {
            m_known.insert(id);
            continue;
        }
        const bool isHalf = found == Entry::Part && begin < mailbox.size();
        if (isHalf && !mailbox.resize(begin))
            return failure(mailbox);
        break;
    }
    return sync(mailbox);
}

FileResult SentCopies::copyFiles(outbox::Store &store, const QList<QUuid> &messages)
{
    if (const auto folder = outbox::makePrivateFolder(m_target); !folder)
        return folder;
    for (const QUuid &id : messages) {
        const auto original = openOriginal(store, id);
        if (!original)
            continue;
        const QString time = sentAt(original->summary).toUTC().toString(u"yyyyMMdd'T'HHmmss'Z'"_s);
        const QString name = time + u'-' + id.toString(QUuid::WithoutBraces) + u".eml"_s;
        if (const auto written = writeEml(QDir(m_target).filePath(name), *original); !written)
            return written;
    }
    return {};
}

FileResult SentCopies::appendEntries(outbox::Store &store, const QList<QUuid> &messages)
{
    const QString folder = QFileInfo(m_target).absolutePath();
    QFile mailbox(m_target);
    const bool isNew = !mailbox.exists();
    if (isNew) {
        if (const auto made = outbox::makePrivateFolder(folder); !made)
            return made;
    }
    // What does not reach the disk must not wait in a buffer to do so later.
    if (!mailbox.open(QIODevice::ReadWrite | QIODevice::Unbuffered,
                      QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return failure(mailbox);
    const QByteArray gap = missingGap(mailbox);
    const qint64 end = mailbox.size();
    const QByteArray begin = QByteArray::number(end + gap.size());
    if (const auto noted = note(WritingWord + begin + ' ' + toWords(messages)); !noted)
        return noted;
    if (const auto synced = sync(m_journal); !synced)
        return synced;

    FileResult written = append(mailbox, end, gap);
    for (const QUuid &id : messages) {
        const auto original = openOriginal(store, id);
        if (original && written)
            written = appendEntry(mailbox, *original);
    }
    if (written)
        written = sync(mailbox);
    if (!written) {
        mailbox.resize(end);
        return written;
    }
    return isNew ? outbox::syncFolder(folder) : FileResult();
}

FileResult SentCopies::note(const QByteArray &line)
{
    if (m_journal.write(line + '\n') < 0 || !m_journal.flush())
        return failure(m_journal);
    return {};
}

} // namespace postrider::delivery
