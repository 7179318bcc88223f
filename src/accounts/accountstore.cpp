// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "accounts/accountstore.h"

#include "base/processlock.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <algorithm>
#include <chrono>
#include <functional>
#include <limits>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace postrider::accounts {
namespace {

constexpr std::chrono::milliseconds LockPatience = 5s;
constexpr int Version = 1;
constexpr QFileDevice::Permissions OwnerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
constexpr QFileDevice::Permissions OwnerOnlyFolder = OwnerOnly | QFileDevice::ExeOwner;

[[nodiscard]] base::Unexpected<AccountError> failure(AccountError::Kind kind, const QString &path,
                                                     const QString &reason = {})
{
    return base::Unexpected(AccountError { kind, path, reason });
}

[[nodiscard]] QString fileIn(const QString &folder)
{
    return folder + "/accounts.json"_L1;
}

/// The whole file as it stands, with every field that a newer version may have written.
struct Document
{
    QJsonObject root {};
    QJsonArray accounts {};
};

/// Security is never guessed.
[[nodiscard]] std::optional<Server> serverFrom(const QJsonObject &object)
{
    Server server;
    server.host = object["host"_L1].toString();
    const int port = object["port"_L1].toInt();
    if (server.host.isEmpty() || port <= 0 || port > std::numeric_limits<quint16>::max()
        || !fromString(object["security"_L1].toString(), server.security)) {
        return std::nullopt;
    }
    server.port = static_cast<quint16>(port);
    return server;
}

/// Writes a server's fields over those of an object, whose other fields stay.
[[nodiscard]] QJsonObject written(const Server &server, QJsonObject object)
{
    object.insert("host"_L1, server.host);
    object.insert("port"_L1, server.port);
    object.insert("security"_L1, toString(server.security));
    return object;
}

[[nodiscard]] Identity identityFrom(const QJsonObject &object)
{
    return { object["id"_L1].toString(), object["email"_L1].toString(), object["displayName"_L1].toString(),
             object["replyTo"_L1].toString(), object["signature"_L1].toString() };
}

/// Writes an identity's fields over those that it had in the file before, whose other fields stay.
[[nodiscard]] QJsonObject written(const Identity &identity, const QJsonArray &before)
{
    QJsonObject object;
    for (const QJsonValue &known : before) {
        if (known["id"_L1].toString() == identity.id) {
            object = known.toObject();
        }
    }
    object.insert("id"_L1, identity.id);
    object.insert("email"_L1, identity.email);
    object.insert("displayName"_L1, identity.displayName);
    object.insert("replyTo"_L1, identity.replyTo);
    object.insert("signature"_L1, identity.signature);
    return object;
}

[[nodiscard]] OAuthSettings oauthFrom(const QJsonObject &object)
{
    return { object["provider"_L1].toString(), object["clientId"_L1].toString(),
             object["tenant"_L1].toString(), object["scope"_L1].toString(),
             object["clientSecret"_L1].toString() };
}

[[nodiscard]] QJsonObject written(const OAuthSettings &oauth)
{
    return { { u"provider"_s, oauth.provider },
             { u"clientId"_s, oauth.clientId },
             { u"tenant"_s, oauth.tenant },
             { u"scope"_s, oauth.scope },
             { u"clientSecret"_s, oauth.clientSecret } };
}

/// What is not known counts as the usual way.
[[nodiscard]] Route routeFrom(const QJsonObject &object)
{
    Route route;
    static_cast<void>(fromString(object["proxy"_L1].toString(), route.proxy));
    route.proxyHost = object["proxyHost"_L1].toString();
    const int port = object["proxyPort"_L1].toInt();
    if (port > 0 && port <= std::numeric_limits<quint16>::max()) {
        route.proxyPort = static_cast<quint16>(port);
    }
    route.localAddress = object["localAddress"_L1].toString();
    route.timeLimit = std::max(0, object["timeLimit"_L1].toInt());
    return route;
}

[[nodiscard]] QJsonObject written(const Route &route, QJsonObject object)
{
    object.insert("proxy"_L1, toString(route.proxy));
    object.insert("proxyHost"_L1, route.proxyHost);
    object.insert("proxyPort"_L1, route.proxyPort);
    object.insert("localAddress"_L1, route.localAddress);
    object.insert("timeLimit"_L1, route.timeLimit);
    return object;
}

[[nodiscard]] std::optional<Account> accountFrom(const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    const std::optional<Server> server = serverFrom(object["server"_L1].toObject());
    Account account;
    account.id = object["id"_L1].toString();
    account.name = object["name"_L1].toString();
    account.email = object["email"_L1].toString();
    account.displayName = object["displayName"_L1].toString();
    account.replyTo = object["replyTo"_L1].toString();
    account.signature = object["signature"_L1].toString();
    const QJsonArray identities = object["identities"_L1].toArray();
    for (const QJsonValue &identity : identities) {
        account.identities.append(identityFrom(identity.toObject()));
    }
    const QJsonArray command = object["command"_L1].toArray();
    for (const QJsonValue &word : command) {
        account.command.append(word.toString());
    }
    account.user = object["user"_L1].toString();
    if (object["oauth"_L1].isObject()) {
        account.oauth = oauthFrom(object["oauth"_L1].toObject());
    }
    account.auth = object["auth"_L1].toString().toLatin1();
    account.caFile = object["caFile"_L1].toString();
    account.pinnedKey = QByteArray::fromHex(object["pinnedKey"_L1].toString().toLatin1());
    account.clientName = object["clientName"_L1].toString().toUtf8();
    account.clientCertificate = object["clientCertificate"_L1].toString();
    account.clientKey = object["clientKey"_L1].toString();
    account.route = routeFrom(object["route"_L1].toObject());
    // Files of earlier versions have none; a word that is not known is answered with care, by asking.
    static_cast<void>(fromString(object["inDoubtRule"_L1].toString(), account.inDoubtRule));
    static_cast<void>(fromString(object["partialRecipients"_L1].toString(), account.partialRecipients));
    account.laterDelivery
        = object["useFutureRelease"_L1].toBool() ? LaterDelivery::HoldAtServer : LaterDelivery::HoldHere;
    const QJsonArray alternates = object["alternates"_L1].toArray();
    for (const QJsonValue &alternate : alternates) {
        if (const std::optional<Server> known = serverFrom(alternate.toObject())) {
            account.alternates.append(*known);
        }
    }
    // Without one of these nothing can be sent.
    if (account.id.isEmpty() || (!server && account.command.isEmpty())) {
        return std::nullopt;
    }
    account.server = server.value_or(Server());
    return account;
}

/// Writes the account's fields over those of an object, whose other fields stay.
[[nodiscard]] QJsonObject written(const Account &account, QJsonObject object)
{
    QJsonArray alternates;
    for (const Server &alternate : account.alternates) {
        alternates.append(written(alternate, QJsonObject()));
    }
    object.insert("id"_L1, account.id);
    object.insert("name"_L1, account.name);
    object.insert("email"_L1, account.email);
    object.insert("displayName"_L1, account.displayName);
    QJsonArray identities;
    for (const Identity &identity : account.identities) {
        identities.append(written(identity, object["identities"_L1].toArray()));
    }
    object.insert("replyTo"_L1, account.replyTo);
    object.insert("signature"_L1, account.signature);
    object.insert("identities"_L1, identities);
    object.insert("command"_L1, QJsonArray::fromStringList(account.command));
    object.insert("server"_L1, written(account.server, object["server"_L1].toObject()));
    object.insert("oauth"_L1, account.oauth ? QJsonValue(written(*account.oauth)) : QJsonValue());
    object.insert("alternates"_L1, alternates);
    object.insert("user"_L1, account.user);
    object.insert("auth"_L1, QString::fromLatin1(account.auth));
    object.insert("caFile"_L1, account.caFile);
    object.insert("pinnedKey"_L1, QString::fromLatin1(account.pinnedKey.toHex()));
    object.insert("clientName"_L1, QString::fromUtf8(account.clientName));
    object.insert("clientCertificate"_L1, account.clientCertificate);
    object.insert("clientKey"_L1, account.clientKey);
    object.insert("route"_L1, written(account.route, object["route"_L1].toObject()));
    object.insert("inDoubtRule"_L1, toString(account.inDoubtRule));
    object.insert("partialRecipients"_L1, toString(account.partialRecipients));
    object.insert("useFutureRelease"_L1, account.laterDelivery == LaterDelivery::HoldAtServer);
    return object;
}

/// Nothing when the text is not a file of ours.
[[nodiscard]] std::optional<Document> parsed(const QByteArray &text)
{
    QJsonParseError error;
    const QJsonDocument json = QJsonDocument::fromJson(text, &error);
    const QJsonObject root = json.object();
    if (error.error != QJsonParseError::NoError || !root["version"_L1].isDouble()
        || !root["accounts"_L1].isArray()) {
        return std::nullopt;
    }
    const QJsonArray accounts = root["accounts"_L1].toArray();
    // A newer version may know kinds of accounts that this one cannot read; they are kept and not shown.
    const bool isNewer = root["version"_L1].toInt() > Version;
    for (const QJsonValue &account : accounts) {
        if (!isNewer && !accountFrom(account)) {
            return std::nullopt;
        }
    }
    return Document { root, accounts };
}

enum class Reading { Good, Damaged };

[[nodiscard]] base::Expected<Reading, AccountError> read(const QString &folder, Document &document)
{
    QFile file(fileIn(folder));
    if (!file.exists()) {
        document = { { { u"version"_s, Version } }, {} };
        return Reading::Good;
    }
    if (!QFileInfo(file).isFile()) {
        return Reading::Damaged; // a folder or a pipe in its place; opening it could wait for ever
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(AccountError::Kind::Unreadable, file.fileName(), file.errorString());
    }
    const QByteArray text = file.readAll();
    if (file.error() != QFileDevice::NoError) {
        return failure(AccountError::Kind::Unreadable, file.fileName(), file.errorString());
    }
    auto found = parsed(text);
    if (!found) {
        return Reading::Damaged;
    }
    document = *std::move(found);
    return Reading::Good;
}

[[nodiscard]] base::Expected<void, AccountError> makeFolder(const QString &folder)
{
    if (QFileInfo(folder).isDir()) {
        return {};
    }
    if (!QDir().mkpath(folder)) {
        return failure(AccountError::Kind::ReadOnly, folder);
    }
    QFile::setPermissions(folder, OwnerOnlyFolder);
    return {};
}

[[nodiscard]] base::Expected<void, AccountError> acquire(base::ProcessLock &lock)
{
    if (lock.tryLock(LockPatience)) {
        QFile::setPermissions(lock.fileName(), OwnerOnly);
        return {};
    }
    const bool isHeld = lock.error() == QLockFile::LockFailedError;
    return failure(isHeld ? AccountError::Kind::Locked : AccountError::Kind::ReadOnly, lock.fileName());
}

/// Renames the damaged file; the new name.
[[nodiscard]] base::Expected<QString, AccountError> moveAside(const QString &folder)
{
    const QString path = fileIn(folder);
    const QString name
        = path + ".damaged-"_L1 + QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd'T'HHmmss'Z'"_s);
    QString candidate = name;
    for (int number = 2; QFileInfo::exists(candidate); ++number) {
        candidate = name + u'-' + QString::number(number);
    }
    QFile file(path);
    if (!file.rename(candidate)) {
        return failure(AccountError::Kind::ReadOnly, path, file.errorString());
    }
    return candidate;
}

[[nodiscard]] base::Expected<void, AccountError> write(const QString &folder, Document document)
{
    document.root.insert("accounts"_L1, document.accounts);
    QSaveFile file(fileIn(folder));
    const QByteArray text = QJsonDocument(document.root).toJson();
    const bool done = file.open(QIODevice::WriteOnly) && file.setPermissions(OwnerOnly)
        && file.write(text) == text.size() && file.commit();
    if (!done) {
        return failure(AccountError::Kind::ReadOnly, file.fileName(), file.errorString());
    }
    return {};
}

[[nodiscard]] qsizetype indexOf(const QJsonArray &accounts, const QString &id)
{
    for (qsizetype index = 0; index < accounts.size(); ++index) {
        if (accounts[index].toObject()["id"_L1].toString() == id) {
            return index;
        }
    }
    return -1;
}

/// Lock, read, change, replace. A damaged file is set aside first: its change begins an empty list.
[[nodiscard]] base::Expected<void, AccountError>
change(const QString &folder, const std::function<base::Expected<void, AccountError>(QJsonArray &)> &edit)
{
    if (const auto made = makeFolder(folder); !made) {
        return made;
    }
    base::ProcessLock lock(folder + "/accounts.lock"_L1);
    if (const auto acquired = acquire(lock); !acquired) {
        return acquired;
    }
    Document document { { { u"version"_s, Version } }, {} };
    const auto reading = read(folder, document);
    if (!reading) {
        return base::Unexpected(reading.error());
    }
    if (*reading == Reading::Damaged) {
        if (const auto moved = moveAside(folder); !moved) {
            return base::Unexpected(moved.error());
        }
    }
    if (const auto edited = edit(document.accounts); !edited) {
        return edited;
    }
    return write(folder, document);
}

} // namespace

AccountStore::AccountStore(QString profileFolder)
    : m_folder(std::move(profileFolder))
{ }

base::Expected<AccountList, AccountError> AccountStore::load() const
{
    AccountList list;
    Document document;
    auto reading = read(m_folder, document);
    if (!reading) {
        return base::Unexpected(reading.error());
    }
    if (*reading == Reading::Damaged) {
        base::ProcessLock lock(m_folder + "/accounts.lock"_L1);
        if (const auto acquired = acquire(lock); !acquired) {
            return base::Unexpected(acquired.error());
        }
        // Another process may have set it aside and begun a new one meanwhile.
        reading = read(m_folder, document);
        if (!reading) {
            return base::Unexpected(reading.error());
        }
        if (*reading == Reading::Damaged) {
            auto moved = moveAside(m_folder);
            if (!moved) {
                return base::Unexpected(moved.error());
            }
            list.setAside = *std::move(moved);
        }
    }
    for (const QJsonValue &value : std::as_const(document.accounts)) {
        if (auto account = accountFrom(value)) {
            list.accounts.append(*std::move(account));
        }
    }
    return list;
}

base::Expected<void, AccountError> AccountStore::add(const Account &account) const
{
    return change(m_folder, [&](QJsonArray &accounts) -> base::Expected<void, AccountError> {
        if (indexOf(accounts, account.id) >= 0) {
            return failure(AccountError::Kind::Duplicate, fileIn(m_folder), account.id);
        }
        accounts.append(written(account, {}));
        return {};
    });
}

base::Expected<void, AccountError> AccountStore::update(const Account &account) const
{
    return change(m_folder, [&](QJsonArray &accounts) -> base::Expected<void, AccountError> {
        const qsizetype index = indexOf(accounts, account.id);
        if (index < 0) {
            return failure(AccountError::Kind::NoSuchAccount, fileIn(m_folder), account.id);
        }
        accounts[index] = written(account, accounts[index].toObject());
        return {};
    });
}

base::Expected<void, AccountError> AccountStore::remove(const QString &id) const
{
    return change(m_folder, [&](QJsonArray &accounts) -> base::Expected<void, AccountError> {
        const qsizetype index = indexOf(accounts, id);
        if (index < 0) {
            return failure(AccountError::Kind::NoSuchAccount, fileIn(m_folder), id);
        }
        accounts.removeAt(index);
        return {};
    });
}

} // namespace postrider::accounts
