// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/import/foundaccount.h"
#include "accounts/import/importer.h"

#include <QString>

namespace postrider::delivery {

/// What could not be brought along from another program as it was, or what to know about it.
[[nodiscard]] QString sentence(accounts::FoundAccount::Note note);

/// Why there are no accounts to be had from a file.
[[nodiscard]] QString sentence(const accounts::ImportError &error, const QString &file);

} // namespace postrider::delivery
