// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"

#include <QString>

namespace postrider::discovery {

/// How a server became known.
enum class Source {
    Typed,           ///< by a person
    Table,           ///< our own table of providers
    Autoconfig,      ///< settings that the domain publishes by https
    Database,        ///< the public settings database
    Srv,             ///< the domain's own DNS (RFC 6186, RFC 8314)
    Mx,              ///< where the domain's mail goes to
    Guess,           ///< a usual name in the domain
    PlainAutoconfig, ///< as Autoconfig, but by http: anybody on the way may have written it
};

/// Whether the host may get a secret without a person's word.
enum class Trust {
    Sure,
    Confirm, ///< a person agrees to the host first
};

/// How one signs in to a provider.
enum class SignInKind { Password, AppPassword, OAuth, None };

/// Whether the search may connect to a candidate by itself.
enum class Approach {
    AtOnce,
    AfterConsent, ///< learnt from DNS that nobody signed, outside the domain (RFC 6186 section 6), or by http
};

/// A server that may be the one to send through.
struct Candidate
{
    accounts::Server server {};
    Source source = Source::Guess;
    Trust trust = Trust::Sure;
    QString userPattern {}; ///< "%EMAILADDRESS%", "%EMAILLOCALPART%" or fixed; empty: unknown
    int order = 0;          ///< among those of its source, as the source has them
    Approach approach = Approach::AtOnce;

    friend bool operator==(const Candidate &, const Candidate &) = default;
};

} // namespace postrider::discovery
