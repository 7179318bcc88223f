// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "oauth/provider.h"

#include <QFile>
#include <QHostAddress>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>
#include <QStandardPaths>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

// A resource of a static library registers itself only when somebody asks for it.
static void initOAuthResources()
{
    Q_INIT_RESOURCE(postrider_oauth_providers);
}

namespace postrider::oauth {

namespace {

Q_LOGGING_CATEGORY(logOAuth, "postrider.oauth", QtInfoMsg)

/// "{tenant}", as an address has it.
constexpr QByteArrayView TenantMark = "%7Btenant%7D";

QUrl withTenant(const QUrl &url, const QString &tenant)
{
    return QUrl::fromEncoded(url.toEncoded().replace(TenantMark, QUrl::toPercentEncoding(tenant)),
                             QUrl::StrictMode);
}

/// Reads one entry of a file of providers.
class EntryReader
{
public:
    EntryReader(const QJsonObject &entry, Provider &provider, QStringList &complaints)
        : m_entry(entry)
        , m_provider(provider)
        , m_complaints(complaints)
    { }

    /// False: it cannot be used.
    [[nodiscard]] bool read()
    {
        text("name"_L1, m_provider.name);
        text("issuer"_L1, m_provider.issuer);
        text("clientId"_L1, m_provider.clientId);
        text("clientSecret"_L1, m_provider.clientSecret);
        text("tenant"_L1, m_provider.tenant);
        if (m_provider.name.isEmpty())
            m_provider.name = m_provider.id;
        endpoint("authorization"_L1, m_provider.authorization);
        endpoint("token"_L1, m_provider.token);
        endpoint("device"_L1, m_provider.deviceAuthorization);
        endpoint("revocation"_L1, m_provider.revocation);
        endpoint("guide"_L1, m_provider.registerGuide);
        scopes();
        parameters();
        redirect();
        word("secret"_L1, m_provider.secret,
             { { "none"_L1, Provider::Secret::None }, { "needed"_L1, Provider::Secret::Needed } });
        word("deviceForm"_L1, m_provider.deviceForm,
             { { "standard"_L1, Provider::DeviceForm::Standard },
               { "short"_L1, Provider::DeviceForm::Short } });
        word("registration"_L1, m_provider.registration,
             { { "open"_L1, Provider::Registration::Open },
               { "on-request"_L1, Provider::Registration::OnRequest },
               { "closed"_L1, Provider::Registration::Closed } });
        if (m_provider.token.isEmpty()
            || (m_provider.authorization.isEmpty() && m_provider.deviceAuthorization.isEmpty())) {
            complain(u"it needs \"token\", and \"authorization\" or \"device\""_s);
            return false;
        }
        return true;
    }

private:
    void complain(const QString &what) { m_complaints.append(m_provider.id + ": "_L1 + what); }

    void text(QLatin1StringView key, QString &value)
    {
        if (!m_entry.contains(key))
            return;
        if (m_entry.value(key).isString())
            value = m_entry.value(key).toString();
        else
            complain(u'"' + key + "\" is no text"_L1);
    }

    void endpoint(QLatin1StringView key, QUrl &value)
    {
        if (!m_entry.contains(key))
            return;
        const QUrl written(m_entry.value(key).toString());
        if (written.isEmpty())
            value.clear();
        else if (!isSafeEndpoint(written))
            complain(u'"' + key + "\" is no https address: "_L1 + m_entry.value(key).toString());
        else
            value = written;
    }

    void scopes()
    {
        if (!m_entry.contains("scopes"_L1))
            return;
        m_provider.scopes.clear();
        const QJsonArray list = m_entry.value("scopes"_L1).toArray();
        for (const QJsonValue &scope : list)
            m_provider.scopes.append(scope.toString());
    }

    void parameters()
    {
        if (!m_entry.contains("parameters"_L1))
            return;
        m_provider.parameters.clear();
        const QJsonObject object = m_entry.value("parameters"_L1).toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            m_provider.parameters.insert(it.key(), it.value().toString());
    }

    void redirect()
    {
        if (!m_entry.contains("redirect"_L1))
            return;
        const QUrl url(m_entry.value("redirect"_L1).toString(), QUrl::StrictMode);
        const bool isLocalhost = url.host() == "localhost"_L1;
        if (url.scheme() != "http"_L1 || (!isLocalhost && url.host() != "127.0.0.1"_L1)) {
            complain(u"\"redirect\" is neither http://127.0.0.1 nor http://localhost"_s);
            return;
        }
        m_provider.redirect = isLocalhost ? Provider::Redirect::Localhost : Provider::Redirect::Loopback127;
        m_provider.redirectPath = url.path();
        m_provider.redirectPort = static_cast<quint16>(url.port(0));
    }

    template <typename E>
    void word(QLatin1StringView key, E &value, const QList<std::pair<QLatin1StringView, E>> &words)
    {
        if (!m_entry.contains(key))
            return;
        const QString written = m_entry.value(key).toString();
        const auto found = std::find_if(words.begin(), words.end(),
                                        [&written](const auto &known) { return known.first == written; });
        if (found == words.end())
            complain(u'"' + key + "\" knows no \""_L1 + written + u'"');
        else
            value = found->second;
    }

    const QJsonObject &m_entry;
    Provider &m_provider;
    QStringList &m_complaints;
};

/// Where a person or who runs this computer puts providers; empty: nowhere.
QString fileOfThisComputer()
{
    const QString named = qEnvironmentVariable("POSTRIDER_OAUTH_PROVIDERS");
    return named.isEmpty() ? QStandardPaths::locate(QStandardPaths::AppConfigLocation, u"oauth.json"_s)
                           : named;
}

QList<Provider> readFile(const QString &path, QList<Provider> known)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        qCWarning(logOAuth).noquote() << path << "can't be read:" << file.errorString();
        return known;
    }
    QStringList complaints;
    known = readProviders(file.readAll(), std::move(known), complaints);
    for (const QString &complaint : std::as_const(complaints))
        qCWarning(logOAuth).noquote() << path + u':' << complaint;
    return known;
}

QList<Provider> readAll()
{
    initOAuthResources();
    QList<Provider> known = readFile(u":/oauth/oauth.json"_s, {});
    if (const QString injected = u":/oauth/clients.json"_s; QFile::exists(injected))
        known = readFile(injected, std::move(known));
    if (const QString own = fileOfThisComputer(); !own.isEmpty())
        known = readFile(own, std::move(known));
    return known;
}

const QList<Provider> &all()
{
    static const QList<Provider> known = readAll();
    return known;
}

} // namespace

bool isLoopback(const QUrl &url)
{
    QHostAddress address;
    return url.host() == "localhost"_L1 || (address.setAddress(url.host()) && address.isLoopback());
}

bool isSafeEndpoint(const QUrl &url)
{
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty())
        return false;
    return url.scheme() == "https"_L1 || (url.scheme() == "http"_L1 && isLoopback(url));
}

QList<Provider> readProviders(const QByteArray &json, QList<Provider> known, QStringList &complaints)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (!document.object().value("providers"_L1).isArray()) {
        complaints.append(error.error == QJsonParseError::NoError
                              ? u"there is no list \"providers\""_s
                              : u"octet %1: %2"_s.arg(error.offset).arg(error.errorString()));
        return known;
    }
    const QJsonArray entries = document.object().value("providers"_L1).toArray();
    for (const QJsonValue &value : entries) {
        const QJsonObject entry = value.toObject();
        const QString id = entry.value("id"_L1).toString();
        if (id.isEmpty()) {
            complaints.append(u"an entry has no \"id\""_s);
            continue;
        }
        const auto same = std::find_if(known.begin(), known.end(),
                                       [&id](const Provider &provider) { return provider.id == id; });
        Provider provider = same == known.end() ? Provider() : *same;
        provider.id = id;
        if (!EntryReader(entry, provider, complaints).read())
            continue;
        if (same == known.end())
            known.append(provider);
        else
            *same = provider;
    }
    return known;
}

QList<Provider> providers()
{
    return all();
}

const Provider *findProvider(const QString &id)
{
    const auto found = std::find_if(all().begin(), all().end(),
                                    [&id](const Provider &provider) { return provider.id == id; });
    return found == all().end() ? nullptr : &*found;
}

std::optional<Client> clientFor(const accounts::OAuthSettings &settings)
{
    const Provider *known = findProvider(settings.provider);
    if (!known)
        return std::nullopt;
    Client client { .provider = *known };
    Provider &provider = client.provider;
    if (!settings.clientId.isEmpty() && settings.clientId != provider.clientId) {
        provider.clientId = settings.clientId;
        provider.clientSecret = settings.clientSecret; // the other one belongs to the other id
    }
    if (provider.clientId.isEmpty())
        return std::nullopt;
    if (!settings.tenant.isEmpty())
        provider.tenant = settings.tenant;
    for (QUrl *url : { &provider.authorization, &provider.token, &provider.deviceAuthorization }) {
        if (!url->isEmpty())
            *url = withTenant(*url, provider.tenant);
    }
    if (!settings.scope.trimmed().isEmpty())
        provider.scopes = settings.scope.split(u' ', Qt::SkipEmptyParts);
    return client;
}

} // namespace postrider::oauth
