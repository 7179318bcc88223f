// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/emlreader.h"
#include "mime/messagewriter.h"
#include "outbox/envelope.h"
#include "outbox/storeprivate.h"

#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QTemporaryFile>
#include <QtEndian>
#include <QUuid>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace postrider::outbox {
namespace {

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

/// A UUID of version 7 (RFC 9562 section 5.7): it begins with the time, so that rows that are added together
/// lie together in the index of ids, whatever its length. Ids must not repeat, but may be guessed: the
/// system's source of secret numbers would cost more than all the rest of a row.
[[nodiscard]] MessageId newId(const QDateTime &now)
{
    constexpr quint64 Version = 0x7000;
    constexpr quint64 RandomBesideVersion = 0x0fff;
    constexpr quint64 Variant = Q_UINT64_C(0x8000'0000'0000'0000);
    constexpr quint64 RandomBesideVariant = Q_UINT64_C(0x3fff'ffff'ffff'ffff);
    constexpr int TimeShift = 16;
    std::array<quint64, 2> random {};
    QRandomGenerator::global()->fillRange(reinterpret_cast<quint32 *>(random.data()), 2 * random.size());
    const std::array<quint64, 2> id {
        qToBigEndian(static_cast<quint64>(now.toMSecsSinceEpoch()) << TimeShift | Version
                     | (random[0] & RandomBesideVersion)),
        qToBigEndian(Variant | (random[1] & RandomBesideVariant)),
    };
    return QUuid::fromRfc4122(QByteArrayView(reinterpret_cast<const char *>(id.data()), sizeof id))
        .toString(QUuid::WithoutBraces);
}

[[nodiscard]] StoredMessage newMessage(const SendOptions &options, const Envelope &envelope,
                                       const QString &subject, const QDateTime &now)
{
    StoredMessage message;
    message.summary.id = newId(now);
    message.summary.accountId = options.accountId;
    message.summary.subject = subject;
    message.summary.recipients = envelope.recipients;
    message.summary.created = now;
    message.summary.changed = now;
    message.reversePath = envelope.reversePath;
    message.envelopeCheck = envelopeCheck(envelope.reversePath, envelope.recipients);
    message.smtpUtf8 = envelope.needsUtf8;
    message.services = options.services;
    message.recording = options.recording;
    message.queued = now;
    if (options.notBefore && *options.notBefore > now) {
        message.summary.scheduled = options.notBefore->toUTC();
    }
    message.undoWindow = std::clamp(options.undoWindow, std::chrono::seconds { 0 }, MaxUndoWindow);
    return message;
}

} // namespace

Result<QList<MessageId>> Store::Private::insert(QList<NewMessage> &messages)
{
    Transaction transaction(*database);
    if (const auto begun = transaction.begin(Transaction::Purpose::Write); !begun) {
        return base::Unexpected(begun.error());
    }
    QList<MessageId> ids;
    ids.reserve(messages.size());
    for (NewMessage &message : messages) {
        if (const auto inserted = table.insert(message.row, message.content); !inserted) {
            return base::Unexpected(inserted.error());
        }
        ids.append(message.row.summary.id);
    }
    if (const auto committed = transaction.commit(); !committed) {
        return base::Unexpected(committed.error());
    }
    return ids;
}

Result<MessageId> Store::prepare(const mime::Draft &draft, const SendOptions &options)
{
    const QDateTime now = d->clock.now();
    const auto envelope = envelopeFrom(options, { draft.from }, draft.recipients(), now);
    if (!envelope) {
        return base::Unexpected(envelope.error());
    }
    StoredMessage message = newMessage(options, *envelope, draft.subject, now);
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
    content.digest = draftDigest(content);
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
    QList<NewMessage> messages { { std::move(message), content } };
    const auto inserted = d->insert(messages);
    if (!inserted) {
        d->removeRefused(content.attachments, inserted.error());
        return base::Unexpected(inserted.error());
    }
    return inserted->first();
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
        auto content = d->table.content(*message);
        if (!content) {
            return base::Unexpected(content.error());
        }
        frozen = *std::move(content);
    }

    const bool isWhole
        = !frozen.draft.isEmpty() && (frozen.digest.isEmpty() || frozen.digest == draftDigest(frozen));
    if (!isWhole) {
        return d->change(id, [this](StoredMessage &message) { return d->setAsideDamaged(message); });
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
        isRendered = true;
        if (const auto saved = d->table.saveFacts(message); !saved) {
            return saved;
        }
        if (const auto stored = d->table.setContent(message.row, toStored(*content)); !stored) {
            return stored;
        }
        return d->place(message, Event::Render, placementOf(message, d->clock.now()));
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

Result<NewMessage> Store::Private::takeFile(QIODevice &message, const SendOptions &options) const
{
    // The header is read before the whole is copied, so a pipe is taken into a file first.
    QTemporaryFile copyOfPipe(spool.folder() + "/XXXXXX.part"_L1);
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
    const QDateTime now = clock.now();
    const auto envelope = envelopeFrom(options, header->from, header->to + header->cc + header->bcc, now);
    if (!envelope) {
        return base::Unexpected(envelope.error());
    }
    StoredMessage row = newMessage(options, *envelope, header->subject, now);
    mime::Stamp stamp;
    if (!header->hasDate || header->messageId.isEmpty()) {
        const mime::Mailbox author = header->from.isEmpty() ? mime::Mailbox() : header->from.first();
        stamp = mime::makeStamp(author, withLocalOffset(now));
    }

    ContentWriter writer(spool);
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

    row.summary.messageId = header->messageId.isEmpty() ? stamp.messageId : header->messageId;
    row.summary.size = written->size;
    row.eightBit = written->content == mime::WrittenMessage::Content::EightBit;
    row.headerUtf8 = written->header == mime::WrittenMessage::Header::Utf8;
    row.smtpUtf8 = row.smtpUtf8 || row.headerUtf8;
    const Placement placement = placementOf(row, now);
    row.summary.state = placement.state;
    row.summary.hold = placement.hold;
    row.summary.nextAttempt = placement.nextAttempt;
    return NewMessage { std::move(row), toStored(*content) };
}

Result<MessageId> Store::enqueueFile(QIODevice &message, const SendOptions &options)
{
    const auto ids = enqueueFiles({ { &message, options } });
    if (!ids) {
        return base::Unexpected(ids.error());
    }
    return ids->first();
}

Result<QList<MessageId>> Store::enqueueFiles(const QList<FileToSend> &files)
{
    QList<NewMessage> taken;
    taken.reserve(files.size());
    const auto removeTaken = [&taken, this](const StoreError &error) {
        for (const NewMessage &message : std::as_const(taken)) {
            if (!message.content.spoolName.isEmpty()) {
                d->removeRefused({ message.content.spoolName }, error);
            }
        }
        return base::Unexpected(error);
    };
    for (const FileToSend &file : files) {
        auto message = d->takeFile(*file.message, file.options);
        if (!message) {
            // Nothing was tried to be committed: whatever the error is, no row has these files.
            static_cast<void>(removeTaken({ StoreError::Kind::WrongState }));
            return base::Unexpected(message.error());
        }
        taken.append(*std::move(message));
    }
    auto inserted = d->insert(taken);
    if (!inserted) {
        return removeTaken(inserted.error());
    }
    return inserted;
}

} // namespace postrider::outbox
