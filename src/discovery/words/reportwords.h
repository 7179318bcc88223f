// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "discovery/report.h"

#include <QString>

namespace postrider::discovery {

/// What came of the search, or how it stands as long as it runs.
[[nodiscard]] QString sentence(const Report &report);

/// What can be done about it, or what to look at before a server is used; empty when nothing needs to be.
[[nodiscard]] QString advice(const Report &report);

/// What a person does before signing in with the recommended server, as its verdict says: an app password, or
/// mail programs allowed; empty when there is nothing.
[[nodiscard]] QString firstSteps(const Report &report);

/// Why this way and no other.
[[nodiscard]] QString reason(const Recommendation &recommendation);

/// Where a server's name comes from. domain: that was asked about.
[[nodiscard]] QString sourceWords(Source source, const QString &domain);

/// "Known provider", "Asked example.org": a place where settings were looked for, and what came of it.
[[nodiscard]] QString stepTitle(const SourceStep &step, const QString &domain);
[[nodiscard]] QString stepWords(const SourceStep &step);
/// Both in one line.
[[nodiscard]] QString stepLine(const SourceStep &step, const QString &domain);

/// What a person agrees to before a server gets the password that nobody vouches for: both names in full.
[[nodiscard]] QString consentQuestion(const Recommendation &recommendation, const Query &query);

/// What the public settings database hears when it is asked, and who that is.
[[nodiscard]] QString databaseWords(const Query &query);

/// That connections go by way of a proxy; empty when they do not.
[[nodiscard]] QString proxyWords(const Report &report);

} // namespace postrider::discovery
