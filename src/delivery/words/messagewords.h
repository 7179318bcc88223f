// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "mime/address/addresshint.h"
#include "mime/address/mailbox.h"
#include "mime/address/mailto.h"
#include "mime/header/messagefields.h"
#include "mime/messagewriter.h"

#include <QString>

namespace postrider::delivery {

/// Why it is no address, naming the piece as it was typed.
[[nodiscard]] QString sentence(const mime::AddressError &error);
/// What to look at once more in a valid address.
[[nodiscard]] QString sentence(const mime::AddressHint &hint, const mime::Mailbox &mailbox);
[[nodiscard]] QString sentence(const mime::WriteError &error);
[[nodiscard]] QString sentence(const mime::WriteNotice &notice);
[[nodiscard]] QString sentence(mime::MailtoError error);
[[nodiscard]] QString sentence(const mime::MailtoRemark &remark);
/// name: of the field.
[[nodiscard]] QString sentence(mime::CustomFieldProblem problem, const QString &name);
[[nodiscard]] QString sentence(mime::UnsubscriptionProblem problem);

} // namespace postrider::delivery
