// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/draftinput.h"

#include "delivery/words/words.h"
#include "mime/address/addresshint.h"
#include "mime/address/mailto.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::cli {

using base::Unexpected;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Words)
};

Input<void> readAddresses(const Content &content, mime::Draft &draft)
{
    for (const auto &[values, mailboxes] :
         { std::pair(&content.to, &draft.to), std::pair(&content.cc, &draft.cc),
           std::pair(&content.bcc, &draft.bcc) }) {
        auto read = readMailboxes(*values);
        if (!read)
            return Unexpected(read.error());
        *mailboxes = std::move(*read);
    }
    if (content.from.isEmpty())
        return {};
    auto sender = readMailbox(content.from);
    if (!sender)
        return Unexpected(sender.error());
    draft.from = std::move(*sender);
    return {};
}

Input<void> readLink(const QString &link, DraftInput &input)
{
    const auto request = mime::parseMailto(link);
    if (!request)
        return Unexpected(InputError { delivery::sentence(request.error()) });
    mime::Draft linked = mime::draftFromLink(*request);
    linked.from = input.draft.from;
    linked.to = input.draft.to + linked.to;
    linked.cc = input.draft.cc + linked.cc;
    linked.bcc = input.draft.bcc;
    input.draft = std::move(linked);
    for (const mime::Mailbox &hidden : request->bcc) {
        input.remarks += Words::tr("The link wants a blind copy to go to %1. Name it with --bcc if that is "
                                   "what you want.")
                             .arg(hidden.address());
    }
    for (const mime::MailtoRemark &remark : request->remarks)
        input.remarks += delivery::sentence(remark);
    return {};
}

Input<void> readTexts(const Content &content, mime::Draft &draft)
{
    if (!content.subject.isEmpty())
        draft.subject = content.subject;
    if (!content.textFile.isEmpty()) {
        auto text = readText(content.textFile);
        if (!text)
            return Unexpected(text.error());
        draft.text = std::move(*text);
    }
    if (!content.htmlFile.isEmpty()) {
        auto html = readText(content.htmlFile);
        if (!html)
            return Unexpected(html.error());
        draft.html = *std::move(html); // cleaned by the writer, which makes parts of the pictures in it
        // The plain form is made from the HTML, not from what a link says.
        if (content.textFile.isEmpty())
            draft.text.clear();
    }
    return {};
}

} // namespace

Input<DraftInput> readDraft(const Content &content)
{
    DraftInput input;
    mime::Draft &draft = input.draft;
    if (const auto addresses = readAddresses(content, draft); !addresses)
        return Unexpected(addresses.error());
    if (!content.link.isEmpty()) {
        if (const auto link = readLink(content.link, input); !link)
            return Unexpected(link.error());
    }
    const QList<mime::Mailbox> recipients = draft.recipients();
    for (const mime::Mailbox &recipient : recipients) {
        const QList<mime::AddressHint> hints = mime::hintsFor(recipient);
        for (const mime::AddressHint &hint : hints)
            input.remarks += delivery::sentence(hint, recipient);
    }
    if (!content.emlFiles.isEmpty())
        return input;

    if (recipients.isEmpty())
        return Unexpected(InputError { Words::tr("The link names nobody whom the message is for.") });
    if (const auto texts = readTexts(content, draft); !texts)
        return Unexpected(texts.error());
    if (!content.inReplyTo.isEmpty()) {
        draft.fields.inReplyTo = { content.inReplyTo.toLatin1() };
        draft.fields.references = draft.fields.inReplyTo;
    }
    for (const QString &attachment : content.attachments) {
        const auto path = readableFile(attachment);
        if (!path)
            return Unexpected(path.error());
        draft.attachments
            += mime::Attachment { .path = path.value(), .fileName = QFileInfo(attachment).fileName() };
    }
    return input;
}

} // namespace postrider::cli
