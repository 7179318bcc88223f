// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "mime/address/mailbox.h"

#include <QString>
#include <QStringView>

#include <optional>

namespace postrider::mime {

/// The longest address in octets: what RFC 5321 section 4.5.3.1.3 allows, without the angle brackets.
inline constexpr qsizetype LongestAddress = 254;

/// A character of an atom (RFC 5322 section 3.2.3), in the internationalised sense of RFC 6532 section 3.2.
[[nodiscard]] bool isAtomCharacter(QChar character);

/// Atoms joined by single dots (RFC 5322 section 3.2.3 "dot-atom-text").
[[nodiscard]] bool isDotAtom(QStringView text);

/// Between double quotes, with backslashes where RFC 5322 section 3.2.4 wants them.
[[nodiscard]] QString quoted(QStringView text);

/// The local part as it stands before an @: quoted only when it is not a dot-atom.
[[nodiscard]] QString quotedWhenNeeded(QStringView localPart);

/// What is wrong with an unquoted local part, if anything: it is empty, too long, or holds a character that
/// no quoting makes legal. The error's positions are those in the local part.
[[nodiscard]] std::optional<AddressError> checkLocalPart(QStringView localPart);

/// A character that nobody sees and that comes along with pasted text: direction marks, zero-width spaces,
/// soft hyphens. Not the joiners, which some scripts and emoji need.
[[nodiscard]] bool isInvisible(char32_t character);

} // namespace postrider::mime
