// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "smtp/reply.h"

#include <QList>

#include <optional>

namespace postrider::delivery {

/// A server's replies to the RCPT commands of one transaction, in order; nothing where none came.
using Answers = QList<std::optional<smtp::Reply>>;

/**
 * Which recipients were refused only because they were too many for one transaction (RFC 5321 section
 * 4.5.3.1.10), by their places. They belong into another transaction at once.
 *
 * Some servers say so: 4.5.3, or 552 with 5.5.3 (RFC 5248). Others only say 452 or 552 to all that come after
 * some point; that counts when the replies give no other reason, and for 552, which may also mean a full
 * mailbox, when at least two in a row have it. Never when nobody was accepted before: then it is a deferral
 * or a refusal like any other.
 */
[[nodiscard]] QList<qsizetype> tooManyRecipients(const Answers &answers);

/// Whether the reply itself gives the number of recipients as its reason, and only for this transaction.
[[nodiscard]] bool saysTooMany(const smtp::Reply &reply);

/// A refusal for good because of the number of recipients: a rule of the server, not of one transaction.
[[nodiscard]] bool isRecipientCap(const smtp::Reply &reply);

} // namespace postrider::delivery
