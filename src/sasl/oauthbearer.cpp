// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "sasl/oauthbearer.h"

#include "sasl/preparation.h"

#include <QUrl>

#include <algorithm>
#include <utility>

namespace postrider::sasl {

using namespace Qt::StringLiterals;

namespace {

/// A name as the lookup used it. Addresses stay as they are; QUrl knows names only.
QByteArray wireHost(const QString &host)
{
    const bool isAscii
        = std::all_of(host.begin(), host.end(), [](QChar c) { return c > u' ' && c < u'\x7f'; });
    return isAscii ? host.toLatin1() : QUrl::toAce(host);
}

} // namespace

OAuthBearer::OAuthBearer(Credentials credentials)
    : BearerMechanism(std::move(credentials))
{ }

QByteArray OAuthBearer::name() const
{
    return "OAUTHBEARER"_ba;
}

QByteArray OAuthBearer::leadingFields() const
{
    // A GS2 header (RFC 5801 section 4) without channel binding; the fields follow.
    QByteArray fields = "n,a=" + escapedName(composedUser(credentials().user)) + ",\1";
    if (const QByteArray host = wireHost(credentials().host); !host.isEmpty())
        fields += "host=" + host + '\1';
    if (credentials().port != 0)
        fields += "port=" + QByteArray::number(credentials().port) + '\1';
    return fields;
}

QByteArray OAuthBearer::acknowledgement() const
{
    return "\1"_ba;
}

} // namespace postrider::sasl
