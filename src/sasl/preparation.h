// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/secret.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>

namespace postrider::sasl {

/// What a text is prepared for (RFC 3454 section 7).
enum class StringUse {
    Query, ///< asks for what is stored elsewhere: a user. Characters newer than Unicode 3.2 pass
    Stored ///< becomes part of what is stored: a password. They do not
};

/**
 * SASLprep (RFC 4013): the same text from two keyboards becomes the same octets. Nothing when the text has
 * characters that the profile prohibits, mixes directions in a way it does not allow, or nothing is left of
 * it. Copies that ICU makes of a text beyond ASCII are not overwritten.
 */
[[nodiscard]] std::optional<base::Secret> saslPrep(QByteArrayView utf8, StringUse use);

/// UTF-8 in normalisation form C. What is not UTF-8 stays as it is: somebody chose those octets.
[[nodiscard]] base::Secret composed(QByteArrayView utf8);

/// The first of the two that works. A server that prepares prohibited text differently from us would refuse
/// either way, and one that does not prepare has stored what was typed.
[[nodiscard]] base::Secret prepared(QByteArrayView utf8, StringUse use);

/// A user for a message, composed.
[[nodiscard]] QByteArray composedUser(const QString &user);

/// A user in a message whose parts are separated by commas: "," and "=" replaced (RFC 5801 section 4).
[[nodiscard]] QByteArray escapedName(QByteArrayView name);

} // namespace postrider::sasl
