// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "discovery/providerreader.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace postrider::discovery {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array SignInWords {
    std::pair { "password"_L1, SignInKind::Password },
    std::pair { "app-password"_L1, SignInKind::AppPassword },
    std::pair { "oauth"_L1, SignInKind::OAuth },
    std::pair { "none"_L1, SignInKind::None },
};

constexpr std::array PreparationWords {
    std::pair { ""_L1, Preparation::None },
    std::pair { "app-password"_L1, Preparation::AppPassword },
    std::pair { "enable-smtp"_L1, Preparation::EnableSmtp },
    std::pair { "paid-only"_L1, Preparation::PaidOnly },
    std::pair { "not-possible"_L1, Preparation::NotPossible },
};

/// A domain in A-labels, lower case, with at least one dot; the caller has taken "*." off.
bool isDomain(const QString &name)
{
    const auto isAllowed
        = [](QChar c) { return (c >= u'a' && c <= u'z') || c.isDigit() || c == u'-' || c == u'.'; };
    return name.contains(u'.') && !name.startsWith(u'.') && !name.endsWith(u'.') && !name.contains(".."_L1)
        && std::all_of(name.cbegin(), name.cend(), isAllowed);
}

} // namespace

ProviderReader::ProviderReader(const QByteArray &json)
{
    QJsonParseError error {};
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        complain(error.errorString() + u" at octet "_s + QString::number(error.offset));
    m_root = document.object();
    expectOnly(m_root, { u"licence"_s, u"copyright"_s, u"providers"_s, u"services"_s });
}

QList<Provider> ProviderReader::providers()
{
    QList<Provider> all;
    const QJsonArray entries = m_root.value("providers"_L1).toArray();
    for (const QJsonValue &entry : entries)
        all.append(readProvider(entry.toObject()));
    return all;
}

QList<SendingService> ProviderReader::services()
{
    QList<SendingService> all;
    const QJsonArray entries = m_root.value("services"_L1).toArray();
    for (const QJsonValue &entry : entries)
        all.append(readService(entry.toObject()));
    return all;
}

void ProviderReader::complain(const QString &what)
{
    if (m_problem.isEmpty())
        m_problem = m_place.isEmpty() ? what : QString(m_place + ": "_L1 + what);
}

Provider ProviderReader::readProvider(const QJsonObject &object)
{
    Provider provider;
    m_place = object.value("id"_L1).toString();
    expectOnly(object,
               { u"id"_s, u"name"_s, u"domains"_s, u"mx"_s, u"servers"_s, u"user"_s, u"signIn"_s, u"oauth"_s,
                 u"preparation"_s, u"hint"_s, u"hintUrl"_s });
    provider.id = readNeededText(object, u"id"_s);
    provider.name = readNeededText(object, u"name"_s);
    provider.domains = readNames(object, u"domains"_s);
    provider.mxPatterns = readNames(object, u"mx"_s);
    provider.servers = readServers(object);
    provider.userPattern = readUserPattern(object);
    provider.signIn = readSignIn(object);
    provider.oauth = readText(object, u"oauth"_s);
    provider.preparation = readPreparation(object);
    provider.hint = readText(object, u"hint"_s);
    provider.hintUrl = readUrl(object, u"hintUrl"_s);
    if (provider.domains.isEmpty() && provider.mxPatterns.isEmpty())
        complain(u"neither domains nor mx"_s);
    if (provider.servers.isEmpty() != (provider.preparation == Preparation::NotPossible))
        complain(u"servers are missing, or are there although nobody may use them"_s);
    if (provider.signIn.contains(SignInKind::OAuth) != !provider.oauth.isEmpty())
        complain(u"signIn and oauth do not agree"_s);
    if (provider.hint.isEmpty() && provider.preparation != Preparation::None)
        complain(u"no hint about the preparation"_s);
    m_place.clear();
    return provider;
}

SendingService ProviderReader::readService(const QJsonObject &object)
{
    SendingService service;
    m_place = object.value("id"_L1).toString();
    expectOnly(object,
               { u"id"_s, u"name"_s, u"regions"_s, u"servers"_s, u"user"_s, u"userHint"_s, u"passwordHint"_s,
                 u"senderRule"_s, u"perSecond"_s, u"perDay"_s, u"documentation"_s });
    service.id = readNeededText(object, u"id"_s);
    service.name = readNeededText(object, u"name"_s);
    service.regions = readRegions(object);
    service.servers = readServers(object);
    service.userPattern = readText(object, u"user"_s);
    service.userHint = readNeededText(object, u"userHint"_s);
    service.passwordHint = readNeededText(object, u"passwordHint"_s);
    service.senderRule = readNeededText(object, u"senderRule"_s);
    service.perSecond = readNumber(object, u"perSecond"_s);
    service.perDay = readNumber(object, u"perDay"_s);
    service.documentation = readUrl(object, u"documentation"_s);
    if (service.servers.isEmpty())
        complain(u"no servers"_s);
    else if (!service.regions.isEmpty() && service.regions.first().host != service.servers.first().host)
        complain(u"the servers are not those of the first region"_s);
    if (service.userPattern.isEmpty() == (service.userHint == "fixed"_L1))
        complain(u"user and userHint do not agree"_s);
    m_place.clear();
    return service;
}

QList<Region> ProviderReader::readRegions(const QJsonObject &object)
{
    QList<Region> regions;
    const QJsonArray entries = object.value("regions"_L1).toArray();
    for (const QJsonValue &entry : entries) {
        const QJsonObject region = entry.toObject();
        expectOnly(region, { u"id"_s, u"name"_s, u"host"_s });
        regions.append({ .id = readNeededText(region, u"id"_s),
                         .name = readNeededText(region, u"name"_s),
                         .host = readHost(region) });
    }
    return regions;
}

QList<accounts::Server> ProviderReader::readServers(const QJsonObject &object)
{
    QList<accounts::Server> servers;
    const QJsonArray entries = object.value("servers"_L1).toArray();
    for (const QJsonValue &entry : entries) {
        const QJsonObject one = entry.toObject();
        expectOnly(one, { u"host"_s, u"port"_s, u"security"_s });
        accounts::Server server { .host = readHost(one) };
        const int port = one.value("port"_L1).toInt();
        if (port < 1 || port > std::numeric_limits<quint16>::max())
            complain(u"no port"_s);
        server.port = static_cast<quint16>(port);
        if (!accounts::fromString(one.value("security"_L1).toString(), server.security)
            || server.security == accounts::Security::None)
            complain(u"a server is encrypted with \"tls\" or \"starttls\""_s);
        if (servers.contains(server))
            complain(u"a server is there twice"_s);
        servers.append(server);
    }
    return servers;
}

QList<SignInKind> ProviderReader::readSignIn(const QJsonObject &object)
{
    QList<SignInKind> kinds;
    const QJsonArray words = object.value("signIn"_L1).toArray();
    for (const QJsonValue &value : words) {
        const QString word = value.toString();
        const auto kind = std::find_if(SignInWords.cbegin(), SignInWords.cend(),
                                       [&word](const auto &entry) { return entry.first == word; });
        if (kind == SignInWords.cend() || kinds.contains(kind->second))
            complain(u"signIn: "_s + word);
        else
            kinds.append(kind->second);
    }
    if (kinds.isEmpty())
        complain(u"no signIn"_s);
    return kinds;
}

Preparation ProviderReader::readPreparation(const QJsonObject &object)
{
    const QString word = readText(object, u"preparation"_s);
    const auto preparation = std::find_if(PreparationWords.cbegin(), PreparationWords.cend(),
                                          [&word](const auto &entry) { return entry.first == word; });
    if (preparation != PreparationWords.cend())
        return preparation->second;
    complain(u"preparation: "_s + word);
    return Preparation::None;
}

QStringList ProviderReader::readNames(const QJsonObject &object, const QString &key)
{
    QStringList names;
    const QJsonArray entries = object.value(key).toArray();
    for (const QJsonValue &entry : entries) {
        const QString name = entry.toString();
        if (!isDomain(name.startsWith("*."_L1) ? name.sliced(2) : name))
            complain(key + ": "_L1 + name);
        names.append(name);
    }
    return names;
}

QString ProviderReader::readHost(const QJsonObject &object)
{
    const QString host = readNeededText(object, u"host"_s);
    if (!isDomain(host))
        complain(u"host: "_s + host);
    return host;
}

QString ProviderReader::readUserPattern(const QJsonObject &object)
{
    const QString pattern = readText(object, u"user"_s);
    if (!pattern.isEmpty() && pattern != "%EMAILADDRESS%"_L1 && pattern != "%EMAILLOCALPART%"_L1)
        complain(u"user: "_s + pattern);
    return pattern;
}

QUrl ProviderReader::readUrl(const QJsonObject &object, const QString &key)
{
    const QString text = readText(object, key);
    const QUrl url(text, QUrl::StrictMode);
    if (!text.isEmpty() && (!url.isValid() || url.scheme() != "https"_L1 || url.host().isEmpty()))
        complain(key + ": "_L1 + text);
    return url;
}

std::optional<int> ProviderReader::readNumber(const QJsonObject &object, const QString &key)
{
    if (!object.contains(key))
        return std::nullopt;
    const int number = object.value(key).toInt();
    if (number < 1)
        complain(key);
    return number;
}

QString ProviderReader::readText(const QJsonObject &object, const QString &key)
{
    if (object.contains(key) && !object.value(key).isString())
        complain(key);
    return object.value(key).toString();
}

QString ProviderReader::readNeededText(const QJsonObject &object, const QString &key)
{
    const QString text = readText(object, key);
    if (text.isEmpty())
        complain(u"no "_s + key);
    return text;
}

void ProviderReader::expectOnly(const QJsonObject &object, const QStringList &keys)
{
    if (object.isEmpty())
        complain(u"not an object"_s);
    const QStringList present = object.keys();
    for (const QString &key : present) {
        if (!keys.contains(key))
            complain(u"unknown key "_s + key);
    }
}

} // namespace postrider::discovery
