// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "outbox/message.h"

#include <array>

namespace postrider::outbox {

/// What can happen to a message; each is one function of the store.
enum class Event {
    Render,
    Begin,
    Finish,
    Recover,
    SetAside,
    Retry,
    Cancel,
    Hold,
    Release,
    Elapse, ///< the time that it was scheduled for has come
    Resolve,
    ResendByRule,
    Correct,
};

struct Transition
{
    MessageState from;
    Event event;
    MessageState to;

    friend bool operator==(const Transition &, const Transition &) = default;
};

/// Every step that a message can make. The store makes no other: what is not here is refused with
/// StoreError::Kind::WrongState and changes nothing.
inline constexpr std::array Transitions {
    Transition { MessageState::Preparing, Event::Render, MessageState::Queued },
    Transition { MessageState::Preparing, Event::Render, MessageState::Held },

    Transition { MessageState::Queued, Event::Begin, MessageState::Sending },
    Transition { MessageState::Deferred, Event::Begin, MessageState::Sending },
    Transition { MessageState::Held, Event::Begin,
                 MessageState::Sending }, // only when its undo window is over

    Transition { MessageState::Sending, Event::Finish, MessageState::Queued },
    Transition { MessageState::Sending, Event::Finish, MessageState::Deferred },
    Transition { MessageState::Sending, Event::Finish, MessageState::Held },
    Transition { MessageState::Sending, Event::Finish, MessageState::Sent },
    Transition { MessageState::Sending, Event::Finish, MessageState::PartlySent },
    Transition { MessageState::Sending, Event::Finish, MessageState::Failed },
    Transition { MessageState::Sending, Event::Finish, MessageState::InDoubt },

    Transition { MessageState::Sending, Event::Recover, MessageState::Queued },
    Transition { MessageState::Sending, Event::Recover, MessageState::Deferred },
    Transition { MessageState::Sending, Event::Recover, MessageState::InDoubt },
    Transition { MessageState::Held, Event::Recover, MessageState::Queued }, // its time came meanwhile
    Transition { MessageState::Held, Event::Recover, MessageState::Held },   // its undo window begins again

    Transition { MessageState::Preparing, Event::SetAside, MessageState::Damaged },
    Transition { MessageState::Held, Event::SetAside, MessageState::Damaged },
    Transition { MessageState::Queued, Event::SetAside, MessageState::Held },
    Transition { MessageState::Queued, Event::SetAside, MessageState::Damaged },
    Transition { MessageState::Deferred, Event::SetAside, MessageState::Held },
    Transition { MessageState::Deferred, Event::SetAside, MessageState::Damaged },
    Transition { MessageState::Sending, Event::SetAside, MessageState::Held },
    Transition { MessageState::Sending, Event::SetAside, MessageState::Damaged },

    Transition { MessageState::Queued, Event::Retry, MessageState::Queued },
    Transition { MessageState::Deferred, Event::Retry, MessageState::Queued },
    Transition { MessageState::Held, Event::Retry, MessageState::Queued },
    Transition { MessageState::Failed, Event::Retry, MessageState::Queued },
    Transition { MessageState::PartlySent, Event::Retry, MessageState::Queued },

    Transition { MessageState::Preparing, Event::Cancel, MessageState::Draft },
    Transition { MessageState::Queued, Event::Cancel, MessageState::Draft },
    Transition { MessageState::Deferred, Event::Cancel, MessageState::Draft },
    Transition { MessageState::Held, Event::Cancel, MessageState::Draft },
    Transition { MessageState::Failed, Event::Cancel, MessageState::Draft },

    Transition { MessageState::Queued, Event::Hold, MessageState::Held },
    Transition { MessageState::Deferred, Event::Hold, MessageState::Held },
    Transition { MessageState::Held, Event::Hold, MessageState::Held },

    Transition { MessageState::Held, Event::Release, MessageState::Queued },
    Transition { MessageState::Held, Event::Release, MessageState::Deferred },
    Transition { MessageState::Held, Event::Release, MessageState::Held }, // from a pause to its chosen time

    Transition { MessageState::Held, Event::Elapse, MessageState::Queued },
    Transition { MessageState::Held, Event::Elapse, MessageState::Held },

    Transition { MessageState::InDoubt, Event::Resolve, MessageState::Sent },
    Transition { MessageState::InDoubt, Event::Resolve, MessageState::PartlySent },
    Transition { MessageState::InDoubt, Event::Resolve, MessageState::Queued },
    Transition { MessageState::InDoubt, Event::Resolve, MessageState::Deferred },
    Transition { MessageState::InDoubt, Event::ResendByRule, MessageState::Queued },

    Transition { MessageState::PartlySent, Event::Correct, MessageState::Queued },
    Transition { MessageState::Failed, Event::Correct, MessageState::Queued },
    Transition { MessageState::Queued, Event::Correct, MessageState::Queued },
    Transition { MessageState::Deferred, Event::Correct, MessageState::Deferred },
    Transition { MessageState::Held, Event::Correct, MessageState::Held },
    Transition { MessageState::Held, Event::Correct, MessageState::Queued },
    Transition { MessageState::Held, Event::Correct, MessageState::Deferred },
};

[[nodiscard]] constexpr bool isLegal(const Transition &transition)
{
    for (const Transition &legal : Transitions) {
        if (legal == transition) {
            return true;
        }
    }
    return false;
}

/// Whether the event is possible in a state at all.
[[nodiscard]] constexpr bool isPossible(MessageState from, Event event)
{
    for (const Transition &legal : Transitions) {
        if (legal.from == from && legal.event == event) {
            return true;
        }
    }
    return false;
}

} // namespace postrider::outbox
