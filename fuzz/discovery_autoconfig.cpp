// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

// Whatever a web server sends as the settings of a domain:
//  - it is read without trouble, or refused;
//  - every server that comes out of it is encrypted, has a port, and is a host of the public network, or of
//  the domain;
//  - nothing of a person's address is in a host, and nobody connects to another holder's host unconfirmed;
//  - where the domain is not given, no host has anything left to be filled in.

#include "accounts/import/autoconfigxml.h"
#include "discovery/lookupcandidates.h"
#include "discovery/publicsuffix.h"

#include <QByteArray>

#include <cstdint>
#include <cstdlib>

using namespace postrider;

namespace {

void require(bool condition)
{
    if (!condition)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray octets(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const QString domain = QStringLiteral("example.org");
    if (const auto document = accounts::readAutoconfig(octets)) {
        require(!document->servers.isEmpty());
        for (const accounts::AutoconfigServer &listed : document->servers)
            require(!listed.server.host.contains(u'%') && listed.server.port > 0);
    }
    const auto document = accounts::readAutoconfig(octets, domain);
    if (!document)
        return 0;
    const auto candidates = discovery::documentCandidates(*document, discovery::Source::Autoconfig,
                                                          discovery::Publisher::OwnDomain, domain);
    require(candidates.size() <= document->servers.size());
    for (const discovery::Candidate &candidate : candidates) {
        require(candidate.server.security != accounts::Security::None);
        require(candidate.server.port > 0 && candidate.server.port != 25);
        require(discovery::isPublicHostName(candidate.server.host));
        require(!candidate.server.host.contains(u'%') && !candidate.userPattern.isEmpty());
        require(candidate.trust == discovery::Trust::Confirm
                || discovery::haveSameHolder(candidate.server.host, domain));
    }
    (void)discovery::signInOf(*document);
    return 0;
}
