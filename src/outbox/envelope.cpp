// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/envelope.h"

#include "outbox/storeprivate.h"

#include <QSet>

#include <algorithm>

namespace postrider::outbox {

bool isAscii(const QByteArray &octets)
{
    return std::all_of(octets.cbegin(), octets.cend(), [](char octet) {
        constexpr unsigned char FirstNonAscii = 0x80;
        return static_cast<unsigned char>(octet) < FirstNonAscii;
    });
}

Result<QByteArray> checkedAddress(const mime::Mailbox &mailbox)
{
    const auto wire = mime::wireAddress(mailbox);
    if (!wire) {
        return failure(StoreError::Kind::BadAddress, mailbox.address(), wire.error().text);
    }
    return *wire;
}

Result<QByteArray> checkedAddress(const QByteArray &address)
{
    const QString text = QString::fromUtf8(address);
    const auto mailbox = mime::parseMailbox(text);
    if (!mailbox) {
        return failure(StoreError::Kind::BadAddress, text, mailbox.error().text);
    }
    return checkedAddress(*mailbox);
}

quint16 envelopeCheck(const QByteArray &reversePath, const QList<Recipient> &recipients)
{
    QByteArray octets = reversePath;
    for (const Recipient &recipient : recipients) {
        octets.append('\n').append(recipient.address);
    }
    return qChecksum(octets);
}

Result<Envelope> envelopeFrom(const SendOptions &options, const QList<mime::Mailbox> &from,
                              const QList<mime::Mailbox> &to, const QDateTime &now)
{
    Envelope envelope;
    if (!options.reversePath.isEmpty()) {
        auto sender = checkedAddress(options.reversePath);
        if (!sender) {
            return base::Unexpected(sender.error());
        }
        envelope.reversePath = *std::move(sender);
    } else if (from.isEmpty()) {
        return failure(StoreError::Kind::BadAddress);
    } else {
        auto sender = checkedAddress(from.first());
        if (!sender) {
            return base::Unexpected(sender.error());
        }
        envelope.reversePath = *std::move(sender);
    }
    envelope.needsUtf8 = !isAscii(envelope.reversePath);

    QSet<QByteArray> seen;
    const auto add = [&](const Result<QByteArray> &address) -> Result<void> {
        if (!address) {
            return base::Unexpected(address.error());
        }
        if (!seen.contains(*address)) {
            seen.insert(*address);
            envelope.needsUtf8 = envelope.needsUtf8 || !isAscii(*address);
            envelope.recipients.append({ *address, RecipientState::Queued, 0, {}, {}, now });
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
    if (envelope.recipients.isEmpty()) {
        return failure(StoreError::Kind::BadAddress);
    }
    return envelope;
}

} // namespace postrider::outbox
