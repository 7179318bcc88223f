// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"
#include "base/expected.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace postrider::accounts {

/// How a document says that one signs in.
enum class AutoconfigSignIn {
    Password,
    OAuth,
    None, ///< the network is enough
};

/// One <outgoingServer>.
struct AutoconfigServer
{
    Server server {};                  ///< Security::None as it was written; a reader decides what follows
    QString userPattern {};            ///< "%EMAILADDRESS%", "%EMAILLOCALPART%" or fixed; empty: not said
    QList<AutoconfigSignIn> signIn {}; ///< in the document's order; what is not known is left out

    friend bool operator==(const AutoconfigServer &, const AutoconfigServer &) = default;
};

/// Settings as providers publish them, and as mail programs export them: the servers for sending.
struct AutoconfigDocument
{
    QString displayName {};             ///< of the provider
    QStringList domains {};             ///< that it says it is for, as written
    QList<AutoconfigServer> servers {}; ///< for SMTP, the preferred one first; at least one
};

enum class AutoconfigError {
    TooLarge,    ///< above LargestAutoconfig
    BadEncoding, ///< no UTF-8
    NotXml,      ///< not well-formed; a web page, for example
    HasDtd,      ///< none is needed, and it can do harm
    NotAutoconfig,
    NoServers, ///< none for sending, or none that is whole
};

/// Octets. The largest document in the public database has 9 KiB.
constexpr qsizetype LargestAutoconfig = 256 * 1024;

/**
 * Reads a document of the form "config-v1.1.xml", of any version (draft-ietf-mailmaint-autoconfig).
 *
 * What is not known is skipped. A server that lacks something, or has nonsense in it, is left out, and the
 * others count. %EMAILDOMAIN% becomes the domain, if there is one; hosts in which another placeholder stays
 * are left out, so that no part of an address can get into a name. Nothing outside the document is ever
 * fetched.
 */
[[nodiscard]] base::Expected<AutoconfigDocument, AutoconfigError> readAutoconfig(const QByteArray &octets,
                                                                                 const QString &domain = {});

} // namespace postrider::accounts
