// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "secrets/secretstore.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::secrets {

QString SecretKey::toString() const
{
    const QLatin1StringView word = kind == Kind::Password ? "password"_L1 : "refresh-token"_L1;
    // Names of hosts have no case, so that the same server is found again however it was typed.
    return accountId + u'/' + word + u'/' + host.toLower();
}

void SecretStore::replace(const SecretKey &key, base::Secret secret, QObject *context, Answer answer)
{
    write(key, std::move(secret), context, std::move(answer));
}

void SecretStore::unlock(QObject *context, Answer answer)
{
    QMetaObject::invokeMethod(
        context, [answer = std::move(answer)] { answer({}); }, Qt::QueuedConnection);
}

} // namespace postrider::secrets
