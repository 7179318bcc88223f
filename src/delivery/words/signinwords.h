// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "oauth/tokens.h"
#include "outbox/problem.h"

#include <QString>

/// Words about signing in with the browser; problemwords.h has the others and calls these.
namespace postrider::delivery {

/// Why a sign-in brought nothing; empty when the person ended it.
[[nodiscard]] QString sentence(const oauth::SignInFailure &failure);
/// What the person can do about it; empty when there is nothing but to try again.
[[nodiscard]] QString advice(const oauth::SignInFailure &failure);
/// The provider's own words as a sentence; empty when it had none.
[[nodiscard]] QString evidence(const oauth::SignInFailure &failure);

/// Of Kind::SignInNeeded, and of SignInUnavailable with Detail::TokenServiceDown.
[[nodiscard]] QString tokenSentence(const outbox::Problem &problem);
/// Of Kind::SignInNeeded, and of SignInRefused when it was a token.
[[nodiscard]] QString tokenAdvice(const outbox::Problem &problem);

} // namespace postrider::delivery
