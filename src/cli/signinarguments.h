// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"
#include "delivery/postoffice.h"

#include <QString>

namespace postrider::cli {

class OptionReader;

/// Where a person signs in.
enum class SignInWay {
    Browser, ///< of this computer
    Device,  ///< of another one, with a code
};

/// `account add` with an OAuth 2 provider.
struct AccountSignUp
{
    accounts::Account account {}; ///< as typed; without a host: the provider's usual server
    SignInWay way = SignInWay::Browser;
    delivery::PostOffice::Proof proof = delivery::PostOffice::Proof::SignIn;
};

/// For an account that is there.
struct AccountSignIn
{
    QString id {};
    SignInWay way = SignInWay::Browser;
    delivery::PostOffice::Proof proof = delivery::PostOffice::Proof::SignIn;
};

[[nodiscard]] AccountSignUp readAccountSignUp(OptionReader &reader);
[[nodiscard]] AccountSignIn readAccountSignIn(OptionReader &reader, const QString &id);

} // namespace postrider::cli
