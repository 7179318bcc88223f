// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/header/messageheader.h"

#include <algorithm>
#include <optional>

namespace postrider::mime {

using namespace Qt::StringLiterals;
using base::Expected;
using base::Unexpected;

namespace {

QList<Mailbox> authorsOf(const Draft &draft)
{
    return QList<Mailbox> { draft.from } + draft.fields.furtherAuthors;
}

/// Who stands in the Sender field, if it must be there: always for several authors, else only when it is
/// someone else than the author.
std::optional<Mailbox> senderOf(const Draft &draft)
{
    const Mailbox &sender = draft.fields.sender;
    const bool isGiven = !sender.localPart.isEmpty();
    if (!draft.fields.furtherAuthors.isEmpty())
        return isGiven ? sender : draft.from;
    if (!isGiven || addressKey(sender) == addressKey(draft.from))
        return std::nullopt;
    return sender;
}

/// All addresses that people can read in the header.
QList<Mailbox> shownMailboxes(const Draft &draft)
{
    QList<Mailbox> all = authorsOf(draft) + draft.replyTo + draft.to + draft.cc;
    if (const auto sender = senderOf(draft))
        all.append(*sender);
    return all;
}

std::optional<HeaderError> findBadAddress(const QList<Mailbox> &mailboxes)
{
    for (const Mailbox &mailbox : mailboxes) {
        if (!wireAddress(mailbox))
            return HeaderError { .kind = HeaderError::Kind::BadAddress, .subject = mailbox.address() };
    }
    return std::nullopt;
}

bool canBeWritten(const QDateTime &date)
{
    constexpr int FirstYear = 1900; // RFC 5322 section 3.3
    constexpr int LastYear = 9998;  // one less than four digits hold: in another zone it may be a day later
    return date.isValid() && date.date().year() >= FirstYear && date.date().year() <= LastYear;
}

std::optional<HeaderError> findBadField(const Draft &draft, const Stamp &stamp)
{
    const auto bad = [](const QString &name) {
        return HeaderError { .kind = HeaderError::Kind::BadField, .subject = name };
    };
    const MessageFields &fields = draft.fields;
    if (!canBeWritten(stamp.date))
        return bad(u"Date"_s);
    if (!isMessageId(stamp.messageId))
        return bad(u"Message-ID"_s);
    if (!std::all_of(fields.inReplyTo.cbegin(), fields.inReplyTo.cend(), isMessageId))
        return bad(u"In-Reply-To"_s);
    if (!std::all_of(fields.references.cbegin(), fields.references.cend(), isMessageId))
        return bad(u"References"_s);
    if (unsubscriptionProblem(fields.unsubscription))
        return bad(u"List-Unsubscribe"_s);
    for (qsizetype i = 0; i < fields.custom.size(); ++i) {
        if (customFieldProblem(fields.custom, i))
            return bad(fields.custom.at(i).name);
    }
    return std::nullopt;
}

void addRecipients(HeaderWriter &header, const Draft &draft)
{
    // An empty group (RFC 5322 appendix A.1.3) also where there are copies: filters take a message without To
    // for that of a careless program.
    if (!draft.to.isEmpty())
        header.addMailboxes("To", draft.to);
    else
        header.addPieces("To", { "undisclosed-recipients:;" });
    if (!draft.cc.isEmpty())
        header.addMailboxes("Cc", draft.cc);
}

void addImportance(HeaderWriter &header, Importance importance)
{
    switch (importance) {
    case Importance::Normal:
        break;
    case Importance::High:
        header.addPieces("Importance", { "high" });
        header.addPieces("X-Priority", { "1" });
        break;
    case Importance::Low:
        header.addPieces("Importance", { "low" });
        header.addPieces("X-Priority", { "5" });
        break;
    }
}

void addUnsubscription(HeaderWriter &header, const Unsubscription &unsubscription)
{
    QList<QByteArray> uris;
    for (const QByteArray &uri : { unsubscription.httpsUri, unsubscription.mailtoUri }) {
        if (!uri.isEmpty())
            uris.append('<' + uri + '>');
    }
    if (uris.isEmpty())
        return;
    for (qsizetype i = 0; i + 1 < uris.size(); ++i)
        uris[i] += ',';
    header.addPieces("List-Unsubscribe", uris);
    if (unsubscription.way == Unsubscription::Way::OneClick)
        header.addPieces("List-Unsubscribe-Post", { "List-Unsubscribe=One-Click" });
}

void addFurtherFields(HeaderWriter &header, const Draft &draft)
{
    const MessageFields &fields = draft.fields;
    if (!fields.inReplyTo.isEmpty())
        header.addPieces("In-Reply-To", fields.inReplyTo);
    if (!fields.references.isEmpty())
        header.addPieces("References", fields.references);
    addImportance(header, fields.importance);
    if (fields.readReceipt == ReadReceipt::Wanted) {
        const Mailbox address { .localPart = draft.from.localPart, .domain = draft.from.domain };
        header.addMailboxes("Disposition-Notification-To", { address });
    }
    if (fields.origin == Origin::UnattendedJob)
        header.addPieces("Auto-Submitted", { "auto-generated" });
    addUnsubscription(header, fields.unsubscription);
    for (const CustomField &field : fields.custom)
        header.addText(field.name.trimmed().toLatin1(), field.value.trimmed());
}

} // namespace

HeaderWriter::Charset headerCharset(const Draft &draft)
{
    const QList<Mailbox> shown = shownMailboxes(draft);
    return std::any_of(shown.cbegin(), shown.cend(), needsSmtpUtf8) ? HeaderWriter::Charset::Utf8
                                                                    : HeaderWriter::Charset::Ascii;
}

Expected<void, HeaderError> addMessageHeader(HeaderWriter &header, const Draft &draft, const Stamp &stamp)
{
    if (const auto error = findBadAddress(shownMailboxes(draft)))
        return Unexpected(*error);
    if (const auto error = findBadField(draft, stamp))
        return Unexpected(*error);

    header.addPieces("Date", { toHeaderDate(stamp.date) });
    header.addMailboxes("From", authorsOf(draft));
    if (const auto sender = senderOf(draft))
        header.addMailboxes("Sender", { *sender });
    if (!draft.replyTo.isEmpty())
        header.addMailboxes("Reply-To", draft.replyTo);
    addRecipients(header, draft);
    header.addText("Subject", draft.subject);
    header.addPieces("Message-ID", { stamp.messageId });
    addFurtherFields(header, draft);
    header.addPieces("MIME-Version", { "1.0" });
    return {};
}

Expected<QByteArray, HeaderError> resentBlock(const Redirection &redirection)
{
    const QList<Mailbox> shown = QList<Mailbox> { redirection.from } + redirection.to + redirection.cc;
    if (const auto error = findBadAddress(shown))
        return Unexpected(*error);
    if (!canBeWritten(redirection.stamp.date) || !isMessageId(redirection.stamp.messageId))
        return Unexpected(HeaderError { .kind = HeaderError::Kind::BadField, .subject = u"Resent-Date"_s });

    HeaderWriter header(std::any_of(shown.cbegin(), shown.cend(), needsSmtpUtf8)
                            ? HeaderWriter::Charset::Utf8
                            : HeaderWriter::Charset::Ascii);
    header.addPieces("Resent-Date", { toHeaderDate(redirection.stamp.date) });
    header.addMailboxes("Resent-From", { redirection.from });
    if (!redirection.to.isEmpty())
        header.addMailboxes("Resent-To", redirection.to);
    else if (redirection.cc.isEmpty())
        header.addPieces("Resent-To", { "undisclosed-recipients:;" });
    if (!redirection.cc.isEmpty())
        header.addMailboxes("Resent-Cc", redirection.cc);
    header.addPieces("Resent-Message-ID", { redirection.stamp.messageId });
    return header.octets();
}

} // namespace postrider::mime
