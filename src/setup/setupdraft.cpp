// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "setup/setupdraft.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace postrider::setup {

namespace {

QString toString(Way way)
{
    switch (way) {
    case Way::Address:
        return u"address"_s;
    case Way::Service:
        return u"service"_s;
    case Way::ByHand:
        return u"hand"_s;
    }
    Q_UNREACHABLE();
}

Way wayFromString(const QString &word)
{
    for (const Way way : { Way::Service, Way::ByHand }) {
        if (word == toString(way))
            return way;
    }
    return Way::Address;
}

} // namespace

bool SetupDraft::isEmpty() const
{
    return account.email.isEmpty() && account.displayName.isEmpty() && account.server.host.isEmpty()
        && account.user.isEmpty() && hosts.isEmpty();
}

QJsonObject toJson(const SetupDraft &draft)
{
    const accounts::Account &account = draft.account;
    return {
        { u"way"_s, toString(draft.way) },
        { u"service"_s, draft.service },
        { u"region"_s, draft.region },
        { u"hosts"_s, QJsonArray::fromStringList(draft.hosts) },
        { u"name"_s, account.displayName },
        { u"email"_s, account.email },
        { u"host"_s, account.server.host },
        { u"port"_s, account.server.port },
        { u"security"_s, accounts::toString(account.server.security) },
        { u"user"_s, account.user },
    };
}

SetupDraft draftFromJson(const QJsonObject &object)
{
    SetupDraft draft;
    draft.way = wayFromString(object.value("way"_L1).toString());
    draft.service = object.value("service"_L1).toString();
    draft.region = object.value("region"_L1).toString();
    const QJsonArray hosts = object.value("hosts"_L1).toArray();
    for (const QJsonValue &host : hosts)
        draft.hosts.append(host.toString());
    draft.account.displayName = object.value("name"_L1).toString();
    draft.account.email = object.value("email"_L1).toString();
    draft.account.server.host = object.value("host"_L1).toString();
    draft.account.server.port = static_cast<quint16>(object.value("port"_L1).toInt());
    accounts::Security security {};
    if (accounts::fromString(object.value("security"_L1).toString(), security))
        draft.account.server.security = security;
    draft.account.user = object.value("user"_L1).toString();
    return draft;
}

} // namespace postrider::setup
