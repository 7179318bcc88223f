// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/query.h"

#include "mime/address/addressliteral.h"
#include "mime/address/mailbox.h"

#include <QHostAddress>

namespace postrider::discovery {

using namespace Qt::StringLiterals;

namespace {

/// "192.0.2.1" or "2001:db8::1", with or without brackets and the tag of RFC 5321 section 4.1.3; empty for
/// anything else. The short forms of inet_aton ("10.1") are none.
QString literalOf(QStringView text)
{
    if (text.startsWith(u'[') && text.endsWith(u']'))
        text = text.sliced(1, text.size() - 2);
    if (text.startsWith("IPv6:"_L1, Qt::CaseInsensitive))
        text = text.sliced(5);
    if (mime::isIpv4Address(text))
        return text.toString();
    QHostAddress address;
    const bool isIpv6 = text.contains(u':') && !text.contains(u' ') && address.setAddress(text.toString());
    return isIpv6 ? address.toString() : QString();
}

/// Nothing for what is neither a name nor a literal.
std::optional<Query> readHost(const QString &text)
{
    Query query { .kind = Query::Kind::Name };
    query.host = literalOf(text);
    if (!query.host.isEmpty())
        return query;
    if (text.contains(u'[') || text.isEmpty())
        return std::nullopt;
    const auto name = mime::domainToAscii(text);
    if (!name || name->isEmpty())
        return std::nullopt;
    query.host = QString::fromLatin1(*name);
    if (query.host.contains(u'.') && !query.host.endsWith(".localhost"_L1))
        query.domain = query.host;
    return query;
}

std::optional<Query> readAddress(const QString &text)
{
    const auto mailbox = mime::parseMailbox(text);
    if (!mailbox)
        return std::nullopt;
    const QString typedDomain = mailbox->domain;
    std::optional<Query> query = readHost(typedDomain);
    if (!query)
        return std::nullopt;
    query->kind = Query::Kind::Address;
    mime::Mailbox normalised = *mailbox;
    normalised.name.clear();
    if (!typedDomain.startsWith(u'['))
        normalised.domain = query->host;
    query->address = normalised.address();
    if (!query->domain.isEmpty())
        query->host.clear();
    return query;
}

} // namespace

std::optional<Query> Query::parse(const QString &text)
{
    const QString typed = text.trimmed();
    std::optional<Query> query;
    if (typed.contains(u'@')) {
        query = readAddress(typed);
    } else {
        const qsizetype colon = typed.lastIndexOf(u':');
        const bool isNameWithPort = colon > 0 && typed.indexOf(u':') == colon;
        const bool isLiteralWithPort = colon > 1 && typed.startsWith(u'[') && typed.at(colon - 1) == u']';
        if (isNameWithPort || isLiteralWithPort) {
            bool isNumber = false;
            const ushort port = QStringView(typed).sliced(colon + 1).toUShort(&isNumber);
            const bool hasDigitsOnly = typed.size() > colon + 1 && typed.at(colon + 1).isDigit();
            query = readHost(typed.first(colon));
            if (!query || !isNumber || !hasDigitsOnly || port == 0)
                return std::nullopt;
            query->kind = Kind::HostAndPort;
            query->port = port;
        } else {
            query = readHost(typed);
        }
    }
    if (query)
        query->text = text;
    return query;
}

} // namespace postrider::discovery
