// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "mime/mailbox.h"

#include <QString>
#include <QStringView>

#include <optional>

namespace postrider::mime {

/// A character of an atom (RFC 5322 section 3.2.3), in the internationalised sense of RFC 6532 section 3.2.
[[nodiscard]] bool isAtomCharacter(QChar character);

/// Atoms joined by single dots (RFC 5322 section 3.2.3 "dot-atom-text").
[[nodiscard]] bool isDotAtom(QStringView text);

/// Between double quotes, with backslashes where RFC 5322 section 3.2.4 wants them.
[[nodiscard]] QString quoted(QStringView text);

/// The local part as it stands before an @: quoted only when it is not a dot-atom.
[[nodiscard]] QString quotedWhenNeeded(QStringView localPart);

/// What is wrong with an unquoted local part, if anything: it is empty, too long, or holds a character that
/// no quoting makes legal.
[[nodiscard]] std::optional<AddressError::Kind> checkLocalPart(QStringView localPart);

} // namespace postrider::mime
