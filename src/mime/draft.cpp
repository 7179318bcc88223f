// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/draft.h"

#include "mime/address/mailto.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QSet>
#include <QUuid>

#include <array>

namespace postrider::mime {

using namespace Qt::StringLiterals;

namespace {

// The keys are what stands in databases; they stay.
constexpr auto NameKey = "name"_L1;
constexpr auto LocalPartKey = "local_part"_L1;
constexpr auto DomainKey = "domain"_L1;
constexpr auto PathKey = "path"_L1;
constexpr auto FileNameKey = "file_name"_L1;
constexpr auto TypeKey = "type"_L1;
constexpr auto FromKey = "from"_L1;
constexpr auto ToKey = "to"_L1;
constexpr auto CcKey = "cc"_L1;
constexpr auto BccKey = "bcc"_L1;
constexpr auto ReplyToKey = "reply_to"_L1;
constexpr auto SubjectKey = "subject"_L1;
constexpr auto TextKey = "text"_L1;
constexpr auto TextFormKey = "text_form"_L1;
constexpr auto HtmlKey = "html"_L1;
constexpr auto CalendarKey = "calendar"_L1;
constexpr auto MethodKey = "method"_L1;
constexpr auto ObjectKey = "object"_L1;
constexpr auto ContentIdKey = "content_id"_L1;
constexpr auto DescriptionKey = "description"_L1;
constexpr auto AttachmentsKey = "attachments"_L1;
constexpr auto FieldsKey = "fields"_L1;

QJsonObject toJsonObject(const Mailbox &mailbox)
{
    return { { NameKey, mailbox.name }, { LocalPartKey, mailbox.localPart }, { DomainKey, mailbox.domain } };
}

QJsonObject toJsonObject(const Attachment &attachment)
{
    return { { PathKey, attachment.path },
             { FileNameKey, attachment.fileName },
             { TypeKey, QString::fromLatin1(attachment.type) },
             { ContentIdKey, attachment.contentId },
             { DescriptionKey, attachment.description } };
}

template <typename T>
QJsonArray toJsonArray(const QList<T> &values)
{
    QJsonArray array;
    for (const T &value : values)
        array.append(toJsonObject(value));
    return array;
}

Mailbox mailboxFromJson(const QJsonValue &value)
{
    return { .name = value[NameKey].toString(),
             .localPart = value[LocalPartKey].toString(),
             .domain = value[DomainKey].toString() };
}

Attachment attachmentFromJson(const QJsonValue &value)
{
    return { .path = value[PathKey].toString(),
             .fileName = value[FileNameKey].toString(),
             .type = value[TypeKey].toString().toLatin1(),
             .contentId = value[ContentIdKey].toString(),
             .description = value[DescriptionKey].toString() };
}

QJsonObject toJsonObject(const Calendar &calendar)
{
    return { { MethodKey, QString::fromLatin1(calendar.method) }, { ObjectKey, calendar.object } };
}

Calendar calendarFromJson(const QJsonValue &value)
{
    return { .method = value[MethodKey].toString().toLatin1(), .object = value[ObjectKey].toString() };
}

QString toWord(TextForm form)
{
    switch (form) {
    case TextForm::Automatic:
        break;
    case TextForm::Flowed:
        return u"flowed"_s;
    case TextForm::Fixed:
        return u"fixed"_s;
    }
    return u"automatic"_s;
}

TextForm textFormFromWord(const QString &word)
{
    if (word == "flowed"_L1)
        return TextForm::Flowed;
    return word == "fixed"_L1 ? TextForm::Fixed : TextForm::Automatic;
}

QList<Mailbox> mailboxesFromJson(const QJsonValue &value)
{
    const QJsonArray array = value.toArray();
    QList<Mailbox> mailboxes;
    mailboxes.reserve(array.size());
    for (const QJsonValue &element : array)
        mailboxes.append(mailboxFromJson(element));
    return mailboxes;
}

QByteArray randomHex()
{
    std::array<quint32, 4> words {};
    QRandomGenerator::system()->fillRange(words.data(), static_cast<qsizetype>(words.size()));
    QByteArray hex;
    for (const quint32 word : words)
        hex += QByteArray::number(word, 16).rightJustified(8, '0');
    return hex;
}

} // namespace

QList<Mailbox> Draft::recipients() const
{
    QList<Mailbox> result;
    QSet<QString> seen;
    for (const QList<Mailbox> *list : { &to, &cc, &bcc }) {
        for (const Mailbox &mailbox : *list) {
            const QString key = addressKey(mailbox);
            if (seen.contains(key))
                continue;
            seen.insert(key);
            result.append(mailbox);
        }
    }
    return result;
}

Draft draftFromLink(const MailtoRequest &request)
{
    Draft draft;
    draft.to = request.to;
    draft.cc = request.cc;
    draft.bcc = request.bcc;
    draft.subject = request.subject;
    draft.text = request.body;
    draft.fields.inReplyTo = request.inReplyTo;
    draft.fields.references = request.references;
    if (!request.keywords.isEmpty())
        draft.fields.custom = { { u"Keywords"_s, request.keywords } };
    return draft;
}

QJsonObject toJson(const Draft &draft)
{
    return { { FromKey, toJsonObject(draft.from) },
             { ToKey, toJsonArray(draft.to) },
             { CcKey, toJsonArray(draft.cc) },
             { BccKey, toJsonArray(draft.bcc) },
             { ReplyToKey, toJsonArray(draft.replyTo) },
             { SubjectKey, draft.subject },
             { TextKey, draft.text },
             { TextFormKey, toWord(draft.textForm) },
             { HtmlKey, draft.html },
             { AttachmentsKey, toJsonArray(draft.attachments) },
             { CalendarKey, toJsonObject(draft.calendar) },
             { FieldsKey, toJson(draft.fields) } };
}

Draft draftFromJson(const QJsonObject &object)
{
    Draft draft {
        .from = mailboxFromJson(object.value(FromKey)),
        .to = mailboxesFromJson(object.value(ToKey)),
        .cc = mailboxesFromJson(object.value(CcKey)),
        .bcc = mailboxesFromJson(object.value(BccKey)),
        .replyTo = mailboxesFromJson(object.value(ReplyToKey)),
        .subject = object.value(SubjectKey).toString(),
        .text = object.value(TextKey).toString(),
        .textForm = textFormFromWord(object.value(TextFormKey).toString()),
        .html = object.value(HtmlKey).toString(),
    };
    const QJsonArray attachments = object.value(AttachmentsKey).toArray();
    for (const QJsonValue &attachment : attachments)
        draft.attachments.append(attachmentFromJson(attachment));
    draft.calendar = calendarFromJson(object.value(CalendarKey));
    draft.fields = messageFieldsFromJson(object.value(FieldsKey).toObject());
    return draft;
}

Stamp makeStamp(const Mailbox &from, const QDateTime &date, DateZone zone)
{
    QDateTime shown = date;
    if (zone == DateZone::Utc) {
        shown = date.toUTC();
        shown.setTime(QTime(shown.time().hour(), shown.time().minute()));
    }
    // A domain that nobody can own (RFC 2606) rather than a name of this computer.
    const QByteArray domain = domainToAscii(from.domain).value_or("message.invalid"_ba);
    return {
        .messageId = '<' + QUuid::createUuid().toByteArray(QUuid::WithoutBraces) + '@' + domain + '>',
        .date = shown,
        .boundary = "=_" + randomHex(), // "=_" cannot occur in quoted-printable or base64
    };
}

} // namespace postrider::mime
