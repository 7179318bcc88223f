// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "delivery/words/replymeaning.h"

#include <QString>

namespace postrider::delivery {

struct ReplyWords
{
    QString sentence {}; ///< what happened; empty when the reply says nothing that is known
    QString advice {};   ///< what can be done; empty when nothing is needed
    Actor actor = Actor::Nobody;
};

/// A server's refusal in plain words, by its meaning.
[[nodiscard]] ReplyWords replyWords(const outbox::Problem &problem);

} // namespace postrider::delivery
