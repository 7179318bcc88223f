// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "outbox/message.h"
#include "widgets/tone.h"

#include <QString>

#include <optional>

namespace postrider::outboxview {

/// How a state looks: its icon's shape says what its colour says.
struct StateLook
{
    QString icon {};                      ///< for widgets::paintSymbol()
    std::optional<widgets::Tone> tone {}; ///< none: the colour of the text
};

[[nodiscard]] StateLook stateLook(outbox::MessageState state, outbox::HoldReason hold);

} // namespace postrider::outboxview
