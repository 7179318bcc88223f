// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/header/messagefields.h"

#include "mime/address/localpart.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QSet>

#include <algorithm>
#include <array>

namespace postrider::mime {

using namespace Qt::StringLiterals;

namespace {

// The keys are what stands in databases; they stay.
constexpr auto NameKey = "name"_L1;
constexpr auto LocalPartKey = "local_part"_L1;
constexpr auto DomainKey = "domain"_L1;
constexpr auto ValueKey = "value"_L1;
constexpr auto FurtherAuthorsKey = "further_authors"_L1;
constexpr auto SenderKey = "sender"_L1;
constexpr auto InReplyToKey = "in_reply_to"_L1;
constexpr auto ReferencesKey = "references"_L1;
constexpr auto ImportanceKey = "importance"_L1;
constexpr auto ReadReceiptKey = "read_receipt"_L1;
constexpr auto UnattendedKey = "unattended"_L1;
constexpr auto UnsubscribeKey = "unsubscribe"_L1;
constexpr auto MailtoKey = "mailto"_L1;
constexpr auto HttpsKey = "https"_L1;
constexpr auto OneClickKey = "one_click"_L1;
constexpr auto CustomKey = "custom"_L1;
constexpr auto High = "high"_L1;
constexpr auto Low = "low"_L1;

constexpr qsizetype LongestMessageId = 900; // so that a line with it stays far below 998 octets

/// What authors may add besides fields whose name begins with "X-"; in lower case and order.
constexpr std::array AllowedNames {
    "archive"_L1,    "comments"_L1,     "distribution"_L1, "expires"_L1,   "expiry-date"_L1,
    "face"_L1,       "feedback-id"_L1,  "jabber-id"_L1,    "keywords"_L1,  "language"_L1,
    "list-help"_L1,  "list-id"_L1,      "list-owner"_L1,   "list-post"_L1, "list-subscribe"_L1,
    "openpgp"_L1,    "organization"_L1, "precedence"_L1,   "reply-by"_L1,  "sensitivity"_L1,
    "supersedes"_L1, "tls-required"_L1,
};

/// What Postrider writes from its own settings, what servers write, and what would make a blind copy or a
/// redirection of the message; in lower case and order.
constexpr std::array ReservedNames {
    "apparently-to"_L1,
    "auto-submitted"_L1,
    "bcc"_L1,
    "cc"_L1,
    "date"_L1,
    "delivered-to"_L1,
    "disposition-notification-options"_L1,
    "disposition-notification-to"_L1,
    "envelope-to"_L1,
    "errors-to"_L1,
    "from"_L1,
    "importance"_L1,
    "in-reply-to"_L1,
    "list-unsubscribe"_L1,
    "list-unsubscribe-post"_L1,
    "message-id"_L1,
    "priority"_L1,
    "received"_L1,
    "received-spf"_L1,
    "references"_L1,
    "reply-to"_L1,
    "return-path"_L1,
    "return-receipt-to"_L1,
    "sender"_L1,
    "status"_L1,
    "subject"_L1,
    "to"_L1,
    "user-agent"_L1,
    "x-apparently-to"_L1,
    "x-bcc"_L1,
    "x-confirm-reading-to"_L1,
    "x-envelope-from"_L1,
    "x-envelope-to"_L1,
    "x-mailer"_L1,
    "x-msmail-priority"_L1,
    "x-original-to"_L1,
    "x-originating-ip"_L1,
    "x-priority"_L1,
    "x-sender"_L1,
};

constexpr std::array ReservedPrefixes {
    "arc-"_L1,  "authentication-"_L1, "content-"_L1, "dkim-"_L1,          "domainkey-"_L1,
    "mime-"_L1, "original-"_L1,       "resent-"_L1,  "x-google-dkim-"_L1,
};

template <size_t Size>
bool isSorted(const std::array<QLatin1StringView, Size> &names)
{
    return std::is_sorted(names.cbegin(), names.cend());
}

template <size_t Size>
bool contains(const std::array<QLatin1StringView, Size> &names, const QString &name)
{
    Q_ASSERT(isSorted(names));
    return std::binary_search(names.cbegin(), names.cend(), name);
}

bool isFieldName(const QString &name)
{
    constexpr qsizetype LongestName = 76; // leaves room for the colon on a line of 78
    return !name.isEmpty() && name.size() <= LongestName
        && std::all_of(name.cbegin(), name.cend(),
                       [](QChar c) { return c.unicode() > u' ' && c.unicode() <= u'~' && c != u':'; });
}

bool isFieldValue(const QString &value)
{
    return !value.trimmed().isEmpty() && value.isValidUtf16()
        && std::none_of(value.cbegin(), value.cend(), [](QChar c) {
               return c.category() == QChar::Other_Control || c == QChar::LineSeparator
                   || c == QChar::ParagraphSeparator;
           });
}

/// An absolute URI as it can stand between angle brackets.
bool isUri(const QByteArray &uri, QByteArrayView scheme)
{
    constexpr qsizetype LongestUri = 900;
    return uri.size() > scheme.size() && uri.size() <= LongestUri
        && uri.first(scheme.size()).compare(scheme, Qt::CaseInsensitive) == 0
        && std::all_of(uri.cbegin(), uri.cend(), [](char octet) {
               return octet > ' ' && octet <= '~' && !QByteArrayView("<>\"\\^`{|},").contains(octet);
           });
}

bool isAtomOctet(char octet)
{
    return octet > 0 && isAtomCharacter(QChar::fromLatin1(octet));
}

bool isDotAtom(QByteArrayView octets)
{
    bool isAtomDue = true;
    for (const char octet : octets) {
        if (octet == '.' ? isAtomDue : !isAtomOctet(octet))
            return false;
        isAtomDue = octet == '.';
    }
    return !isAtomDue;
}

/// "[...]" without what would need quoting (RFC 5322 section 3.6.4 "no-fold-literal").
bool isNoFoldLiteral(QByteArrayView octets)
{
    return octets.size() >= 2 && octets.front() == '[' && octets.back() == ']'
        && std::all_of(octets.cbegin() + 1, octets.cend() - 1, [](char octet) {
               return octet > ' ' && octet <= '~' && octet != '[' && octet != ']' && octet != '\\';
           });
}

QJsonObject toJsonObject(const Mailbox &mailbox)
{
    return { { NameKey, mailbox.name }, { LocalPartKey, mailbox.localPart }, { DomainKey, mailbox.domain } };
}

Mailbox mailboxFromJson(const QJsonValue &value)
{
    return { .name = value[NameKey].toString(),
             .localPart = value[LocalPartKey].toString(),
             .domain = value[DomainKey].toString() };
}

QJsonArray toJsonArray(const QList<QByteArray> &values)
{
    QJsonArray array;
    for (const QByteArray &value : values)
        array.append(QString::fromLatin1(value));
    return array;
}

QList<QByteArray> octetsFromJson(const QJsonValue &value)
{
    QList<QByteArray> values;
    const QJsonArray array = value.toArray();
    for (const QJsonValue &element : array)
        values.append(element.toString().toLatin1());
    return values;
}

QJsonValue toJsonValue(Importance importance)
{
    switch (importance) {
    case Importance::Normal:
        return {};
    case Importance::High:
        return High;
    case Importance::Low:
        return Low;
    }
    Q_UNREACHABLE();
}

Importance importanceFromJson(const QJsonValue &value)
{
    const QString text = value.toString();
    if (text == High)
        return Importance::High;
    return text == Low ? Importance::Low : Importance::Normal;
}

QJsonObject toJsonObject(const Unsubscription &unsubscription)
{
    return { { MailtoKey, QString::fromLatin1(unsubscription.mailtoUri) },
             { HttpsKey, QString::fromLatin1(unsubscription.httpsUri) },
             { OneClickKey, unsubscription.way == Unsubscription::Way::OneClick } };
}

Unsubscription unsubscriptionFromJson(const QJsonValue &value)
{
    return { .mailtoUri = value[MailtoKey].toString().toLatin1(),
             .httpsUri = value[HttpsKey].toString().toLatin1(),
             .way
             = value[OneClickKey].toBool() ? Unsubscription::Way::OneClick : Unsubscription::Way::Visit };
}

} // namespace

QJsonObject toJson(const MessageFields &fields)
{
    QJsonArray furtherAuthors;
    for (const Mailbox &author : fields.furtherAuthors)
        furtherAuthors.append(toJsonObject(author));
    QJsonArray custom;
    for (const CustomField &field : fields.custom)
        custom.append(QJsonObject { { NameKey, field.name }, { ValueKey, field.value } });
    return { { FurtherAuthorsKey, furtherAuthors },
             { SenderKey, toJsonObject(fields.sender) },
             { InReplyToKey, toJsonArray(fields.inReplyTo) },
             { ReferencesKey, toJsonArray(fields.references) },
             { ImportanceKey, toJsonValue(fields.importance) },
             { ReadReceiptKey, fields.readReceipt == ReadReceipt::Wanted },
             { UnattendedKey, fields.origin == Origin::UnattendedJob },
             { UnsubscribeKey, toJsonObject(fields.unsubscription) },
             { CustomKey, custom } };
}

MessageFields messageFieldsFromJson(const QJsonObject &object)
{
    MessageFields fields {
        .sender = mailboxFromJson(object.value(SenderKey)),
        .inReplyTo = octetsFromJson(object.value(InReplyToKey)),
        .references = octetsFromJson(object.value(ReferencesKey)),
        .importance = importanceFromJson(object.value(ImportanceKey)),
        .readReceipt = object.value(ReadReceiptKey).toBool() ? ReadReceipt::Wanted : ReadReceipt::NotWanted,
        .origin = object.value(UnattendedKey).toBool() ? Origin::UnattendedJob : Origin::Person,
        .unsubscription = unsubscriptionFromJson(object.value(UnsubscribeKey)),
    };
    const QJsonArray furtherAuthors = object.value(FurtherAuthorsKey).toArray();
    for (const QJsonValue &author : furtherAuthors)
        fields.furtherAuthors.append(mailboxFromJson(author));
    const QJsonArray custom = object.value(CustomKey).toArray();
    for (const QJsonValue &field : custom)
        fields.custom.append({ .name = field[NameKey].toString(), .value = field[ValueKey].toString() });
    return fields;
}

std::optional<CustomFieldProblem> customFieldProblem(const QList<CustomField> &fields, qsizetype at)
{
    const QString name = fields.at(at).name.trimmed().toLower();
    if (!isFieldName(name))
        return CustomFieldProblem::BadName;
    const bool isReserved = contains(ReservedNames, name)
        || std::any_of(ReservedPrefixes.cbegin(), ReservedPrefixes.cend(),
                       [&name](QLatin1StringView prefix) { return name.startsWith(prefix); });
    if (isReserved)
        return CustomFieldProblem::Reserved;
    if (!name.startsWith("x-"_L1) && !contains(AllowedNames, name))
        return CustomFieldProblem::Unknown;
    const auto isSame = [&name](const CustomField &other) { return other.name.trimmed().toLower() == name; };
    if (std::any_of(fields.cbegin(), fields.cbegin() + at, isSame))
        return CustomFieldProblem::Repeated;
    if (!isFieldValue(fields.at(at).value))
        return CustomFieldProblem::Unreadable;
    return std::nullopt;
}

std::optional<UnsubscriptionProblem> unsubscriptionProblem(const Unsubscription &unsubscription)
{
    using Problem = UnsubscriptionProblem;
    if (!unsubscription.mailtoUri.isEmpty() && !isUri(unsubscription.mailtoUri, "mailto:"))
        return Problem::BadMailtoUri;
    if (!unsubscription.httpsUri.isEmpty() && !isUri(unsubscription.httpsUri, "https://"))
        return Problem::BadHttpsUri;
    if (unsubscription.way == Unsubscription::Way::OneClick && unsubscription.httpsUri.isEmpty())
        return Problem::NoHttpsUri;
    return std::nullopt;
}

bool isMessageId(QByteArrayView octets)
{
    if (octets.size() > LongestMessageId || octets.size() < 2 || octets.front() != '<'
        || octets.back() != '>')
        return false;
    const QByteArrayView inner = octets.sliced(1, octets.size() - 2);
    const qsizetype at = inner.lastIndexOf('@');
    if (at < 0)
        return false;
    const QByteArrayView right = inner.sliced(at + 1);
    return isDotAtom(inner.first(at)) && (isDotAtom(right) || isNoFoldLiteral(right));
}

QList<QByteArray> messageIdsOf(QByteArrayView fieldBody)
{
    QList<QByteArray> ids;
    QSet<QByteArray> seen;
    qsizetype open = -1;
    for (qsizetype i = 0; i < fieldBody.size(); ++i) {
        if (fieldBody.at(i) == '<') {
            open = i;
        } else if (fieldBody.at(i) == '>' && open >= 0) {
            // Some programs fold within a long identifier; blank space is never a part of one.
            QByteArray id;
            for (const char octet : fieldBody.sliced(open, i + 1 - open)) {
                if (!QByteArrayView(" \t\r\n").contains(octet))
                    id += octet;
            }
            if (isMessageId(id) && !seen.contains(id)) {
                seen.insert(id);
                ids.append(id);
            }
            open = -1;
        }
    }
    return ids;
}

Threading threadingOfReply(QByteArrayView messageId, QByteArrayView references, QByteArrayView inReplyTo)
{
    constexpr qsizetype MostReferences = 100;
    const QList<QByteArray> parent = messageIdsOf(messageId).mid(0, 1);
    QList<QByteArray> ancestors = messageIdsOf(references);
    if (ancestors.isEmpty()) {
        const QList<QByteArray> answered = messageIdsOf(inReplyTo);
        if (answered.size() == 1)
            ancestors = answered;
    }
    if (parent.isEmpty())
        return { .references = ancestors };
    ancestors.removeAll(parent.first());
    if (ancestors.size() >= MostReferences)
        ancestors.remove(1, ancestors.size() - MostReferences + 1);
    return { .inReplyTo = parent, .references = ancestors + parent };
}

QString subjectOfReply(const QString &subject)
{
    QString rest = subject.trimmed();
    while (rest.startsWith("re:"_L1, Qt::CaseInsensitive))
        rest = rest.sliced(3).trimmed();
    return "Re: "_L1 + rest;
}

} // namespace postrider::mime
