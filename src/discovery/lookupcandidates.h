// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/import/autoconfigxml.h"
#include "discovery/candidate.h"
#include "discovery/providers.h"
#include "discovery/query.h"
#include "discovery/surroundings.h"

#include <QList>
#include <QString>

namespace postrider::discovery {

/*
 * What each source's answer means as candidates, and how far it is trusted. Pure functions.
 *
 * A host is trusted without a person's word if the person typed it, if our own table names it for the
 * person's domain, or if it belongs to the holder of that domain. To a host that only unsigned DNS names,
 * and that belongs to somebody else, nobody even connects before (RFC 6186 section 6).
 *
 * domain is the one that was asked about, in A-labels.
 */

/// The host and port, or the host with the usual ports to be added by the search. Empty unless a host was
/// typed: the name of a whole domain is none.
[[nodiscard]] QList<Candidate> typedCandidates(const Query &query, const ProviderTable &table);

[[nodiscard]] QList<Candidate> providerCandidates(const Provider &provider, Source source, Trust trust);

/// "smtp.", "mail." and the domain itself; of a domain that is a public suffix only itself, since the names
/// below are other holders'.
[[nodiscard]] QList<Candidate> usualNames(const QString &domain);

/// In the order of RFC 2782: by priority, then by weight.
[[nodiscard]] QList<Candidate> serviceCandidates(const QList<ServiceRecord> &records,
                                                 accounts::Security security, const QString &domain);
/// Whether the records say that the service is not offered (RFC 2782, "Target").
[[nodiscard]] bool isDenied(const QList<ServiceRecord> &records);

/// Who published a document, as far as the connection proves it.
enum class Publisher {
    OwnDomain,
    Other, ///< the public database, or wherever a redirect led to
};
/// What a document says is not encrypted is tried with encryption, or not at all.
[[nodiscard]] QList<Candidate> documentCandidates(const accounts::AutoconfigDocument &document, Source source,
                                                  Publisher publisher, const QString &domain);
[[nodiscard]] QList<SignInKind> signInOf(const accounts::AutoconfigDocument &document);

/// The most preferred ones, valid names only.
[[nodiscard]] QStringList preferredExchangers(const QList<MailExchanger> &exchangers, const QString &domain);
/// The host that takes the domain's mail is often the one that sends it, too.
[[nodiscard]] Candidate exchangerCandidate(const QString &host, const QString &domain);
/// Where the settings of somebody who takes mail for a domain of other people may be published: its
/// registrable domain, and the name below it without the host's label. Never above the registrable domain,
/// and nothing that belongs to the domain's own holder.
[[nodiscard]] QStringList settingsDomainsOf(const QString &exchanger, const QString &domain);

} // namespace postrider::discovery
