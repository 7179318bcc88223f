// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "widgets/recipient.h"

#include "delivery/words/messagewords.h"

#include <QStringList>

#include <algorithm>

namespace postrider::widgets {

using namespace Qt::StringLiterals;

namespace {

/// An entry's own text where that says the same without its neighbours, else the usual full form.
QString textOf(const mime::AddressEntry &entry, QStringView source)
{
    const QString asTyped = source.mid(entry.position, entry.length).trimmed().toString();
    if (entry.state == mime::AddressEntry::State::Bad)
        return asTyped.isEmpty() ? entry.error.text : asTyped;
    if (entry.state == mime::AddressEntry::State::AsWritten) {
        const auto alone = mime::parseMailbox(asTyped);
        if (alone && *alone == entry.mailbox)
            return asTyped;
    }
    return entry.mailbox.toDisplayString();
}

Recipient recipientOf(const mime::AddressEntry &entry, const QString &text)
{
    Recipient recipient { .text = text, .mailbox = entry.mailbox, .error = entry.error };
    if (entry.state == mime::AddressEntry::State::Bad)
        return recipient;
    recipient.hints = mime::hintsFor(entry.mailbox);
    recipient.state = recipient.hints.isEmpty() ? Recipient::State::Good : Recipient::State::Doubtful;
    return recipient;
}

} // namespace

QString Recipient::label() const
{
    if (state == State::Bad)
        return text;
    return state == State::Good && !mailbox.name.isEmpty() ? mailbox.name : mailbox.address();
}

QString Recipient::remark() const
{
    if (state == State::Bad)
        return delivery::sentence(error);
    QStringList sentences;
    for (const mime::AddressHint &hint : hints)
        sentences.append(delivery::sentence(hint, mailbox));
    return sentences.join(u'\n');
}

QString Recipient::likelyDomain() const
{
    const auto hint = std::find_if(hints.cbegin(), hints.cend(), [](const mime::AddressHint &candidate) {
        return !candidate.suggestion.isEmpty();
    });
    return hint == hints.cend() ? QString() : hint->suggestion;
}

QString Recipient::corrected() const
{
    mime::Mailbox meant = mailbox;
    meant.domain = likelyDomain();
    return meant.toDisplayString();
}

QList<Recipient> readRecipients(QStringView text)
{
    const QList<mime::AddressEntry> entries = mime::readAddressEntries(text);
    QList<Recipient> recipients;
    recipients.reserve(entries.size());
    for (const mime::AddressEntry &entry : entries)
        recipients.append(recipientOf(entry, textOf(entry, text)));
    return recipients;
}

Recipient readRecipient(const QString &text)
{
    const QList<mime::AddressEntry> entries = mime::readAddressEntries(text);
    const auto bad = std::find_if(entries.cbegin(), entries.cend(), [](const mime::AddressEntry &entry) {
        return entry.state == mime::AddressEntry::State::Bad;
    });
    if (bad != entries.cend())
        return recipientOf(*bad, text);
    return entries.isEmpty() ? Recipient { .text = text } : recipientOf(entries.constFirst(), text);
}

} // namespace postrider::widgets
