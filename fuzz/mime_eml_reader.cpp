// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

// Whatever the octets of a message file are:
//  - it is read within the limits, or the error says which limit it passes;
//  - every entity lies within the one around it, behind the one before it, and within the file;
//  - every body is decoded, and is never longer than it was; every text is read;
//  - a draft that is opened from it can be written, unless an address or a field is none;
//  - a report tells of at least one recipient, or of a disposition;
//  - the copy that is sent has no Bcc field, and copying it again changes nothing.

#include "mime/emlreader.h"
#include "mime/messagewriter.h"
#include "mime/reader/deliveryreport.h"
#include "mime/reader/messagedraft.h"

#include <QBuffer>
#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

#include <cstdint>
#include <cstdlib>

using namespace postrider::mime;

namespace {

void require(bool condition)
{
    if (!condition)
        std::abort();
}

void checkTree(const Entity &entity, int depth)
{
    require(depth <= ReadLimits().depth);
    const OctetRange range = entity.range();
    const OctetRange body = entity.bodyRange();
    require(range.begin <= body.begin && body.begin <= body.end && body.end == range.end);
    qint64 behindLast = body.begin;
    const QList<Entity> children = entity.children();
    for (const Entity &child : children) {
        require(child.range().begin >= behindLast && child.range().end <= range.end);
        behindLast = child.range().end;
        checkTree(child, depth + 1);
    }
    require(entity.type().contains('/') && entity.type() == entity.type().toLower());
    for (qsizetype i = 0; i < entity.header().size(); ++i) {
        (void)entity.header().at(i).text();
        require(!entity.header().at(i).body().contains('\n'));
    }
    (void)entity.fileName();
    (void)entity.contentId();
    const auto decoded = entity.decoded(body.size());
    require(decoded.has_value());
    require(entity.text().has_value());
}

void checkDraft(const Entity &message, OpenPurpose purpose, const QString &folder)
{
    const auto opened = openAsDraft(message, purpose, folder);
    if (!opened) {
        require(opened.error().kind == ReadError::Kind::NotAMessage);
        require(QDir(folder).isEmpty());
        return;
    }
    require(opened->remarks.size() <= 100);
    for (const Attachment &attachment : opened->draft.attachments)
        require(QFileInfo(attachment.path).absolutePath() == folder && !attachment.fileName.isEmpty());
    QBuffer output;
    output.open(QIODevice::WriteOnly);
    const Stamp stamp { .messageId = "<a@x.test>",
                        .date = QDateTime::fromSecsSinceEpoch(0, Qt::UTC),
                        .boundary = "=_0123456789abcdef" };
    if (const auto written = writeMessage(opened->draft, stamp, output); !written)
        require(written.error().kind == WriteError::Kind::BadAddress);
    for (const Attachment &attachment : opened->draft.attachments)
        require(QFile::remove(attachment.path));
}

QByteArray copyOf(QByteArray octets)
{
    QBuffer input(&octets);
    input.open(QIODevice::ReadOnly);
    QBuffer output;
    output.open(QIODevice::WriteOnly);
    const Stamp stamp { .messageId = "<a@x.test>", .date = QDateTime::fromSecsSinceEpoch(0, Qt::UTC) };
    if (!copyEml(input, stamp, output))
        return {};
    return output.data();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const QTemporaryDir folder;
    const QByteArray octets(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    if (const auto message = readMessage(octets)) {
        require(message->range().end <= octets.size());
        require(message->all().size() <= ReadLimits().parts + 1);
        checkTree(*message, 0);
        for (const OpenPurpose purpose : { OpenPurpose::Draft, OpenPurpose::Resend, OpenPurpose::New })
            checkDraft(*message, purpose, folder.path());
        if (const auto report = readDeliveryReport(*message)) {
            require(report->kind == DeliveryReport::Kind::Delivery
                        ? !report->recipients.isEmpty()
                        : report->disposition.type != DispositionReport::Type::Unknown);
        }
    } else {
        const ReadError::Kind kind = message.error().kind;
        require(kind == ReadError::Kind::TooDeep || kind == ReadError::Kind::TooManyParts
                || kind == ReadError::Kind::HeaderTooLarge || kind == ReadError::Kind::HeadersTooLarge);
    }

    const QByteArray copy = copyOf(octets);
    if (!copy.isEmpty()) {
        const auto message = readMessage(copy);
        require(!message || !message->header().contains("Bcc"));
        require(copyOf(copy) == copy);
    }
    return 0;
}
