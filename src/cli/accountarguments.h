// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "cli/arguments.h"
#include "cli/optionreader.h"

namespace postrider::cli {

// What the options of the commands about accounts mean. What does not go together the reader is told.

[[nodiscard]] AccountAdd readAccountAdd(OptionReader &reader);
[[nodiscard]] AccountEdit readAccountEdit(OptionReader &reader, const QString &id);
[[nodiscard]] IdentityAdd readIdentityAdd(OptionReader &reader, const QString &id);
[[nodiscard]] AccountImport readAccountImport(OptionReader &reader, const QString &file);
[[nodiscard]] AccountSet readAccountSet(OptionReader &reader, const QString &id);

} // namespace postrider::cli
