// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"
#include "oauth/provider.h"
#include "oauth/tokens.h"

#include <QByteArray>

#include <optional>

namespace postrider::oauth {

/// An answer to a POST, as it came over HTTP.
struct WebAnswer
{
    int status = 0; ///< of HTTP; 0: there was no answer, and `trouble` says why
    QByteArray body {};
    QString trouble {}; ///< the system's words
    std::optional<std::chrono::seconds> retryAfter {};

    [[nodiscard]] bool isSuccess() const { return status >= 200 && status < 300; }
};

/// What a device is to show (RFC 8628 section 3.2).
struct DeviceCode
{
    base::Secret deviceCode {};
    QString userCode {};
    QUrl page {};         ///< where it is typed
    QUrl completePage {}; ///< has it already; empty: there is none
    std::chrono::seconds lifetime { 0 };
    std::chrono::seconds interval { 5 }; ///< between two questions
};

/**
 * Reads the token endpoint's answer. A body that is no JSON, misses the access token or has one of another
 * kind than "Bearer" is a BadAnswer; a status from 500 on and 429 are Unavailable whatever the body says, and
 * so are the codes "temporarily_unavailable" and "server_error"; what else is an error of RFC 6749
 * section 5.2 is Refused with its code. An answer without expires_in holds for an hour.
 */
[[nodiscard]] base::Expected<Tokens, SignInFailure> readTokens(const WebAnswer &answer, const Client &client);
/// Of the device authorization endpoint, likewise.
[[nodiscard]] base::Expected<DeviceCode, SignInFailure> readDeviceCode(const WebAnswer &answer,
                                                                       const Client &client);

/// Whether what was granted is enough to send mail; a provider that names nothing granted what was asked for.
[[nodiscard]] bool isMailGranted(const QStringList &granted, const QStringList &wanted);

/// A failure of this client's provider.
[[nodiscard]] SignInFailure failureOf(SignInFailure::Kind kind, const Client &client,
                                      const QString &words = {});

/// A stranger's words for people: one line, nothing that turns or hides text, not too long.
[[nodiscard]] QString inertWords(const QString &text);

} // namespace postrider::oauth
