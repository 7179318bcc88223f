// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "outbox/message.h"

#include <QDateTime>
#include <QString>

namespace postrider::delivery {

/// One or two words for a state: "Waiting", "Sent", "Needs you".
[[nodiscard]] QString stateName(const outbox::MessageSummary &message);

/// The whole truth about a message in one or two sentences: what happened, what happens next and when, and
/// that it is safe. Messages of the practice account never read "sent".
[[nodiscard]] QString stateSentence(const outbox::MessageSummary &message, const QDateTime &now);

/// One recipient's result: "bob@example.net: refused: ...".
[[nodiscard]] QString recipientSentence(const outbox::Recipient &recipient,
                                        const outbox::MessageSummary &message);

} // namespace postrider::delivery
