// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outboxview/statelook.h"

using namespace Qt::StringLiterals;

namespace postrider::outboxview {

using outbox::HoldReason;
using outbox::MessageState;
using widgets::Tone;

namespace {

StateLook heldLook(HoldReason hold)
{
    switch (hold) {
    case HoldReason::Account:
    case HoldReason::RecipientsRefused:
        return { u"state-attention"_s, Tone::Attention };
    case HoldReason::Undo:
        return { u"state-preparing"_s, {} };
    case HoldReason::Scheduled:
        return { u"state-waiting"_s, {} };
    case HoldReason::Paused:
    case HoldReason::None:
        break;
    }
    return { u"hold"_s, {} };
}

} // namespace

StateLook stateLook(MessageState state, HoldReason hold)
{
    switch (state) {
    case MessageState::Preparing:
        return { u"state-preparing"_s, {} };
    case MessageState::Draft:
        return { u"state-draft"_s, {} };
    case MessageState::Held:
        return heldLook(hold);
    case MessageState::Queued:
        return { u"state-queued"_s, {} };
    case MessageState::Sending:
        return { u"state-sending"_s, Tone::Information };
    case MessageState::Deferred:
        return { u"state-waiting"_s, Tone::Attention };
    case MessageState::Sent:
        return { u"state-sent"_s, Tone::Good };
    case MessageState::PartlySent:
        return { u"state-partly-sent"_s, Tone::Problem };
    case MessageState::Failed:
        return { u"state-failed"_s, Tone::Problem };
    case MessageState::InDoubt:
        return { u"state-in-doubt"_s, Tone::Attention };
    case MessageState::Damaged:
        return { u"state-damaged"_s, Tone::Problem };
    }
    Q_UNREACHABLE();
}

} // namespace postrider::outboxview
