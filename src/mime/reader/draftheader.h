// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "mime/draft.h"
#include "mime/reader/draftremarks.h"
#include "mime/reader/headerblock.h"

namespace postrider::mime {

/// Takes over from a header what the draft may have for that purpose, and remarks what it may not.
void readDraftHeader(const HeaderBlock &header, OpenPurpose purpose, Draft &draft, DraftRemarks &remarks);

/// A text that stands in one line: controls and line ends become blanks.
[[nodiscard]] QString singleLine(const QString &text);

} // namespace postrider::mime
