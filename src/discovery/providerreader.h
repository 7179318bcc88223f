// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "discovery/providers.h"

#include <QJsonObject>

namespace postrider::discovery {

/**
 * Reads resources/providers.json, whose form is this:
 *
 *   { "providers": [ { "id", "name", "domains": [...], "mx": [...], "servers": [ { "host", "port", "security"
 * } ], "user", "signIn": ["password" "app-password" "oauth" "none"], "oauth", "preparation", "hint",
 *                      "hintUrl" } ],
 *     "services":  [ { "id", "name", "regions": [ { "id", "name", "host" } ], "servers", "user", "userHint",
 *                      "passwordHint", "senderRule", "perSecond", "perDay", "documentation" } ] }
 *
 * Everything else is a problem; the first one is kept, with where it is.
 */
class ProviderReader
{
public:
    explicit ProviderReader(const QByteArray &json);

    [[nodiscard]] QList<Provider> providers();
    [[nodiscard]] QList<SendingService> services();

    /// Only the first complaint counts.
    void complain(const QString &what);
    /// Empty: none.
    [[nodiscard]] const QString &problem() const { return m_problem; }

private:
    [[nodiscard]] Provider readProvider(const QJsonObject &object);
    [[nodiscard]] SendingService readService(const QJsonObject &object);
    [[nodiscard]] QList<Region> readRegions(const QJsonObject &object);
    [[nodiscard]] QList<accounts::Server> readServers(const QJsonObject &object);
    [[nodiscard]] QList<SignInKind> readSignIn(const QJsonObject &object);
    [[nodiscard]] Preparation readPreparation(const QJsonObject &object);
    [[nodiscard]] QStringList readNames(const QJsonObject &object, const QString &key);
    [[nodiscard]] QString readHost(const QJsonObject &object);
    [[nodiscard]] QString readUserPattern(const QJsonObject &object);
    [[nodiscard]] QUrl readUrl(const QJsonObject &object, const QString &key);
    [[nodiscard]] std::optional<int> readNumber(const QJsonObject &object, const QString &key);
    [[nodiscard]] QString readText(const QJsonObject &object, const QString &key);
    [[nodiscard]] QString readNeededText(const QJsonObject &object, const QString &key);
    void expectOnly(const QJsonObject &object, const QStringList &keys);

    QJsonObject m_root {};
    QString m_place {}; ///< the id of the entry that is being read
    QString m_problem {};
};

} // namespace postrider::discovery
