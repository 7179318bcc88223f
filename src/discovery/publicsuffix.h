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
/// registrable domain, and neither this computer's nor a literal nor a name that means something only in
/// one's own network.
[[nodiscard]] bool isPublicHostName(const QString &name);

/// Whether a search for the domain may follow a document or a name server to this host: a public one, or one
/// in the person's own network if the domain is there too. So nobody else directs a search into that network.
[[nodiscard]] bool mayLeadTo(const QString &host, const QString &domain);

} // namespace postrider::discovery
