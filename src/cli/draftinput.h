// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "cli/input.h"
#include "mime/draft.h"

#include <QStringList>

namespace postrider::cli {

/// What the options of `send` say about a message.
struct DraftInput
{
    mime::Draft draft {};   ///< of finished files only who sends to whom
    QStringList remarks {}; ///< sentences that a person should read, although nothing is wrong
};

/**
 * Reads everything that the options name: addresses, the link, texts, and whether attachments are there. An
 * option comes before what the link says; a blind copy that only the link wants is not sent, since nobody
 * looks at the message any more.
 */
[[nodiscard]] Input<DraftInput> readDraft(const Content &content);

} // namespace postrider::cli
