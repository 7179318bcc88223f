// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QString>

namespace postrider::discovery {

/*
 * Where one holder's names end and another's begin, by the public suffix list of the system (libpsl).
 *
 * Names are A-labels in lower case without trailing dot, as in Query::domain. Of a top-level domain that the
 * list does not know, the names directly below it are registrable ("example.test"). Thread-safe; the first
 * call reads the list.
 */

/// "example.co.uk" for "mail.example.co.uk". Empty for a public suffix, a single label and an address
/// literal.
[[nodiscard]] QString registrableDomain(const QString &name);

/// Whether both belong to one holder: they have the same registrable domain.
[[nodiscard]] bool haveSameHolder(const QString &name, const QString &other);

/// Whether the name can be that of a server on the Internet: letters, digits and hyphens, below or at a
/// registrable domain, and neither this computer's nor a literal. What documents and name servers say is
/// held to this, so that nobody directs a search into the person's own network.
[[nodiscard]] bool isPublicHostName(const QString &name);

} // namespace postrider::discovery
