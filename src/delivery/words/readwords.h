// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "mime/reader/messagedraft.h"
#include "mime/reader/readlimits.h"

#include <QString>

namespace postrider::delivery {

/// Why a message, or the report in it, could not be opened.
[[nodiscard]] QString sentence(const mime::ReadError &error);
/// What a message that was opened to be edited had and the draft has not.
[[nodiscard]] QString sentence(const mime::DraftRemark &remark);

} // namespace postrider::delivery
