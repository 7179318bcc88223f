// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/message.h"

#include "outbox/wordtable.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postrider::outbox {
namespace {

constexpr std::array RecipientWords {
    Word<RecipientState> { RecipientState::Queued, "queued"_L1 },
    Word<RecipientState> { RecipientState::Sending, "sending"_L1 },
    Word<RecipientState> { RecipientState::Deferred, "deferred"_L1 },
    Word<RecipientState> { RecipientState::Sent, "sent"_L1 },
    Word<RecipientState> { RecipientState::Failed, "failed"_L1 },
    Word<RecipientState> { RecipientState::InDoubt, "in-doubt"_L1 },
};

constexpr std::array MessageWords {
    Word<MessageState> { MessageState::Preparing, "preparing"_L1 },
    Word<MessageState> { MessageState::Draft, "draft"_L1 },
    Word<MessageState> { MessageState::Held, "held"_L1 },
    Word<MessageState> { MessageState::Queued, "queued"_L1 },
    Word<MessageState> { MessageState::Sending, "sending"_L1 },
    Word<MessageState> { MessageState::Deferred, "deferred"_L1 },
    Word<MessageState> { MessageState::Sent, "sent"_L1 },
    Word<MessageState> { MessageState::PartlySent, "partly-sent"_L1 },
    Word<MessageState> { MessageState::Failed, "failed"_L1 },
    Word<MessageState> { MessageState::InDoubt, "in-doubt"_L1 },
    Word<MessageState> { MessageState::Damaged, "damaged"_L1 },
};

constexpr std::array HoldWords {
    Word<HoldReason> { HoldReason::None, "none"_L1 },
    Word<HoldReason> { HoldReason::Undo, "undo"_L1 },
    Word<HoldReason> { HoldReason::Scheduled, "scheduled"_L1 },
    Word<HoldReason> { HoldReason::Paused, "paused"_L1 },
    Word<HoldReason> { HoldReason::Account, "account"_L1 },
    Word<HoldReason> { HoldReason::RecipientsRefused, "recipients-refused"_L1 },
};

} // namespace

QString toString(RecipientState state)
{
    return wordOf(RecipientWords, state);
}

QString toString(MessageState state)
{
    return wordOf(MessageWords, state);
}

QString toString(HoldReason reason)
{
    return wordOf(HoldWords, reason);
}

RecipientState recipientStateFromString(const QString &word)
{
    // What cannot be read is left to a person: never sent again silently, never called sent.
    return valueOf(RecipientWords, word, RecipientState::InDoubt);
}

MessageState messageStateFromString(const QString &word)
{
    return valueOf(MessageWords, word, MessageState::Damaged);
}

HoldReason holdReasonFromString(const QString &word)
{
    return valueOf(HoldWords, word, HoldReason::None);
}

MessageState deriveState(const QList<Recipient> &recipients)
{
    const auto any = [&recipients](RecipientState state) {
        return std::any_of(recipients.cbegin(), recipients.cend(),
                           [state](const Recipient &recipient) { return recipient.state == state; });
    };
    if (any(RecipientState::Sending)) {
        return MessageState::Sending;
    }
    if (any(RecipientState::InDoubt)) {
        return MessageState::InDoubt;
    }
    if (any(RecipientState::Deferred)) {
        return MessageState::Deferred;
    }
    if (any(RecipientState::Queued)) {
        return MessageState::Queued;
    }
    if (!any(RecipientState::Sent)) {
        return MessageState::Failed;
    }
    return any(RecipientState::Failed) ? MessageState::PartlySent : MessageState::Sent;
}

} // namespace postrider::outbox
