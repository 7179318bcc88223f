// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "mime/address/mailbox.h"
#include "outbox/store.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>

/// From the addresses of people to those of the wire.
namespace postrider::outbox {

struct Envelope
{
    QByteArray reversePath {};
    QList<Recipient> recipients {}; ///< queued, each once
    bool needsUtf8 = false;
};

/// What the options say, otherwise what the message says. BadAddress when one of them cannot be sent to, or
/// there is none.
[[nodiscard]] Result<Envelope> envelopeFrom(const SendOptions &options, const QList<mime::Mailbox> &from,
                                            const QList<mime::Mailbox> &to, const QDateTime &now);

/// The same address as the wire carries it. Whatever cannot be part of a command is found here.
[[nodiscard]] Result<QByteArray> checkedAddress(const mime::Mailbox &mailbox);
[[nodiscard]] Result<QByteArray> checkedAddress(const QByteArray &address);

[[nodiscard]] bool isAscii(const QByteArray &octets);

/// Changes whenever one bit of an address does.
[[nodiscard]] quint16 envelopeCheck(const QByteArray &reversePath, const QList<Recipient> &recipients);

} // namespace postrider::outbox
