// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"
#include "oauth/tokenkeeper.h"
#include "outbox/problem.h"
#include "sasl/mechanism.h"

/// Accounts that sign in with OAuth 2: what they show to their server, and what it means when they cannot.
namespace postrider::delivery {

[[nodiscard]] sasl::CredentialKind credentialKindOf(const accounts::Account &account);

/// Why there is no access token for an account.
[[nodiscard]] outbox::Problem toProblem(const oauth::TokenError &error, const accounts::Account &account);

} // namespace postrider::delivery
