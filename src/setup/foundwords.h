// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/import/importer.h"

#include <QString>

namespace postrider::setup {

/// What could not be brought along from another program as it was, or what to know about it.
[[nodiscard]] QString sentence(accounts::FoundAccount::Note note);
/// Why a file with settings could not be used; file is its name.
[[nodiscard]] QString sentence(const accounts::ImportError &error, const QString &file);

} // namespace postrider::setup
