// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/publicsuffix.h"

#include <QHostAddress>
#include <QStringList>

#include <algorithm>
#include <libpsl.h>
#include <memory>

namespace postrider::discovery {

using namespace Qt::StringLiterals;

namespace {

struct ListDeleter
{
    void operator()(psl_ctx_t *list) const { psl_free(list); }
};

/// The newer one of the system's list and the one that libpsl was built with.
const psl_ctx_t *list()
{
    static const std::unique_ptr<psl_ctx_t, ListDeleter> theOne(psl_latest(nullptr));
    return theOne.get();
}

bool isHostLabel(const QString &label)
{
    constexpr qsizetype Longest = 63;
    const auto isAllowed
        = [](QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-'; };
    return !label.isEmpty() && label.size() <= Longest && !label.startsWith(u'-') && !label.endsWith(u'-')
        && std::all_of(label.cbegin(), label.cend(), isAllowed);
}

/// RFC 6761 and RFC 8375, and what home routers use: names that mean something only in the place where one
/// is.
bool isLocalName(const QString &name)
{
    return name.endsWith(".localhost"_L1) || name.endsWith(".local"_L1) || name.endsWith(".internal"_L1)
        || name.endsWith(".home.arpa"_L1) || name.endsWith(".lan"_L1) || name.endsWith(".invalid"_L1);
}

bool isHostName(const QString &name)
{
    constexpr qsizetype Longest = 253;
    if (name.size() > Longest || registrableDomain(name).isEmpty())
        return false;
    const QStringList labels = name.split(u'.');
    return std::all_of(labels.cbegin(), labels.cend(), isHostLabel);
}

} // namespace

QString registrableDomain(const QString &name)
{
    if (!name.contains(u'.') || !QHostAddress(name).isNull())
        return {};
    const QByteArray octets = name.toLatin1();
    const char *const domain = psl_registrable_domain(list(), octets.constData());
    return domain ? QString::fromLatin1(domain) : QString();
}

bool haveSameHolder(const QString &name, const QString &other)
{
    const QString domain = registrableDomain(name);
    return !domain.isEmpty() && domain == registrableDomain(other);
}

bool isPublicHostName(const QString &name)
{
    return isHostName(name) && !isLocalName(name);
}

bool mayLeadTo(const QString &host, const QString &domain)
{
    return isHostName(host) && (!isLocalName(host) || haveSameHolder(host, domain));
}

} // namespace postrider::discovery
