// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

// property_reader FOLDER
//
// Reads every message of the folder with our own reader, in the order of the names, and prints each as a line
// of JSON in the form that compare.py describes.

#include "mime/address/mailbox.h"
#include "mime/encoding/charset.h"
#include "mime/header/headerdate.h"
#include "mime/header/messagefields.h"
#include "mime/reader/entity.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace postrider::mime;

namespace {

struct Field
{
    QByteArrayView name;
    QLatin1StringView key;
};
constexpr std::array PeopleFields {
    Field { "from", "from"_L1 },
    Field { "sender", "sender"_L1 },
    Field { "reply-to", "reply_to"_L1 },
    Field { "to", "to"_L1 },
    Field { "cc", "cc"_L1 },
    Field { "disposition-notification-to", "receipt_to"_L1 },
};
constexpr std::array IdentifierFields {
    Field { "in-reply-to", "in_reply_to"_L1 },
    Field { "references", "references"_L1 },
};

QJsonArray people(const QByteArray &body)
{
    QJsonArray result;
    const auto mailboxes = parseMailboxList(QString::fromUtf8(body), AddressSource::Header);
    if (!mailboxes)
        qFatal("no list of mailboxes: %s", body.constData());
    for (const Mailbox &mailbox : *mailboxes) {
        const QJsonArray one { mailbox.name, mailbox.localPart,
                               QString::fromLatin1(domainToAscii(mailbox.domain).value_or("no domain"_ba)) };
        result.append(one);
    }
    return result;
}

QJsonArray identifiers(const QByteArray &body)
{
    QJsonArray result;
    for (const QByteArray &id : messageIdsOf(body))
        result.append(QString::fromLatin1(id));
    return result;
}

template <size_t Size>
bool contains(const std::array<Field, Size> &fields, const QByteArray &name)
{
    return std::any_of(fields.cbegin(), fields.cend(),
                       [&name](const Field &field) { return field.name == name; });
}

QJsonObject readPart(const Entity &entity);

QJsonObject readEntity(const Entity &message)
{
    const HeaderBlock &header = message.header();
    QJsonObject seen { { "date"_L1, parseHeaderDate(header.body("date")).toString(Qt::ISODate) },
                       { "message_id"_L1, QString::fromLatin1(header.body("message-id")) },
                       { "subject"_L1, header.text("subject") } };
    for (const Field &field : PeopleFields)
        seen.insert(field.key, people(header.body(field.name)));
    for (const Field &field : IdentifierFields)
        seen.insert(field.key, identifiers(header.body(field.name)));
    QJsonObject fields;
    for (qsizetype i = 0; i < header.size(); ++i) {
        const HeaderField field = header.at(i);
        const QByteArray name = field.name().toByteArray().toLower();
        const bool isKnown = name == "date" || name == "message-id" || name == "subject"
            || contains(PeopleFields, name) || contains(IdentifierFields, name);
        if (!isKnown && !name.startsWith("content-"))
            fields.insert(QString::fromLatin1(name), field.text());
    }
    seen.insert("fields"_L1, fields);
    seen.insert("body"_L1, readPart(message));
    return seen;
}

QJsonObject readPart(const Entity &entity)
{
    QJsonObject parameters;
    for (const char *name : { "charset", "format", "delsp", "type", "method" }) {
        if (entity.parameters().contains(name))
            parameters.insert(QString::fromLatin1(name), entity.parameter(name));
    }
    QString disposition;
    if (entity.disposition() != Disposition::None)
        disposition = entity.disposition() == Disposition::Inline ? u"inline"_s : u"attachment"_s;
    QJsonObject seen { { "type"_L1, QString::fromLatin1(entity.type()) },
                       { "parameters"_L1, parameters },
                       { "disposition"_L1, disposition },
                       { "name"_L1, entity.fileName() },
                       { "content_id"_L1, entity.contentId() },
                       { "description"_L1, entity.header().text("content-description") } };
    const QList<Entity> children = entity.children();
    if (entity.isMessage() && !children.isEmpty()) {
        seen.insert("message"_L1, readEntity(children.constFirst()));
    } else if (entity.isMultipart()) {
        QJsonArray parts;
        for (const Entity &child : children)
            parts.append(readPart(child));
        seen.insert("children"_L1, parts);
    } else {
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        const auto decoded = entity.decodedTo(buffer);
        if (!decoded || decoded->state != DecodedBody::State::Whole)
            qFatal("a body cannot be decoded");
        const QByteArray &octets = buffer.data();
        const QByteArray hash = QCryptographicHash::hash(octets, QCryptographicHash::Sha256);
        seen.insert("size"_L1, octets.size());
        seen.insert("sha256"_L1, QString::fromLatin1(hash.toHex()));
        if (entity.isText() && entity.fileName().isEmpty())
            seen.insert("text"_L1, readCharset(octets, entity.parameter("charset").toLatin1()));
    }
    return seen;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (argc != 2)
        return 64;
    const QDir folder(QFile::decodeName(argv[1]));
    for (const QString &name : folder.entryList({ u"*.eml"_s }, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("%s: %s", qPrintable(name), qPrintable(file.errorString()));
        const auto message = readMessage(file);
        if (!message)
            qFatal("no message in %s", qPrintable(name));
        const QByteArray line = QJsonDocument(readEntity(*message)).toJson(QJsonDocument::Compact) + '\n';
        std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stdout);
    }
    return 0;
}
