// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"
#include "base/secret.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace postrider::oauth {

/// What a sign-in or a refresh gives (RFC 6749 section 5.1).
struct Tokens
{
    base::Secret accessToken {};
    std::chrono::seconds expiresIn { 0 }; ///< from when the answer came
    base::Secret refreshToken {};         ///< empty: the former one stays
    QStringList scopes {};                ///< that were granted; empty: what was asked for

    /// A second copy, made on purpose.
    [[nodiscard]] Tokens clone() const
    {
        return { accessToken.clone(), expiresIn, refreshToken.clone(), scopes };
    }
};

/// Why there are no tokens. Never holds one.
struct SignInFailure
{
    enum class Kind {
        Cancelled,
        TimedOut,       ///< nobody signed in within the time
        Denied,         ///< the person, or who runs the provider's service for them, said no
        WrongState,     ///< the answer was not to what we asked (RFC 6749 section 10.12)
        WrongIssuer,    ///< it came from another provider, or does not say from whom (RFC 9207)
        NoListener,     ///< no port of this computer could be opened for the answer
        ScopeMissing,   ///< signed in, but sending mail was not among what was granted
        NoRefreshToken, ///< signed in, but only for an hour
        Refused,        ///< invalid_grant, invalid_client and the like: asking again does not help
        Unavailable,    ///< the provider or the way to it is in trouble: later
        BadAnswer,      ///< an answer that is none
        NoClientId,     ///< this copy has none for the provider, and the account has none of its own
        NoDeviceCodes,  ///< the provider has no sign-in by code
    };
    Kind kind = Kind::BadAnswer;
    QString provider {}; ///< its name
    QString code {};     ///< as "invalid_grant"; empty: the provider gave none
    QString words {};    ///< the provider's own, or the system's; inert plain text on one line
    std::optional<std::chrono::seconds> retryAfter {}; ///< with Unavailable: not before

    friend bool operator==(const SignInFailure &, const SignInFailure &) = default;
};

using SignInResult = base::Expected<Tokens, SignInFailure>;

} // namespace postrider::oauth
