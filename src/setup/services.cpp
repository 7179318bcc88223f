// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "setup/services.h"

namespace postrider::setup {

Credentials clone(const Credentials &credentials)
{
    if (const auto *password = std::get_if<base::Secret>(&credentials))
        return password->clone();
    if (const auto *tokens = std::get_if<oauth::Tokens>(&credentials))
        return tokens->clone();
    return {};
}

} // namespace postrider::setup
