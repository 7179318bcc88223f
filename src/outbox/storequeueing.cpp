// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/address/mailbox.h"
#include "mime/emlreader.h"
#include "mime/messagewriter.h"
#include "outbox/storeprivate.h"

#include <QFile>
#include <QFileInfo>
#include <QSet>
#include <QTemporaryFile>
#include <QUuid>

#include <algorithm>

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

[[nodiscard]] StoredMessage newMessage(const SendOptions &options, const Addresses &addresses,
                                       const QString &subject, const QDateTime &now)
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

} // namespace

Result<MessageId> Store::Private::insert(StoredMessage &message, const StoredContent &content)
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

Result<MessageId> Store::prepare(const mime::Draft &draft, const SendOptions &options)
{
    const QDateTime now = d->clock.now();
    const auto addresses = addressesFrom(options, { draft.from }, draft.recipients(), now);
    if (!addresses) {
        return base::Unexpected(addresses.error());
    }
    StoredMessage message = newMessage(options, *addresses, draft.subject, now);
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
    StoredMessage row = newMessage(options, *addresses, header->subject, now);
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

} // namespace postrider::outbox
