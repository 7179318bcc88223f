// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "secrets/sessionsecretstore.h"

#include <memory>
#include <optional>
#include <utility>

namespace postrider::secrets {

SessionSecretStore::SessionSecretStore(SecretStore &keychain, QObject *parent)
    : SecretStore(parent)
    , m_keychain(keychain)
{ }

void SessionSecretStore::read(const SecretKey &key, QObject *context, ReadAnswer answer)
{
    std::optional<base::Secret> kept;
    {
        const std::scoped_lock lock(m_mutex);
        if (const auto found = m_kept.find(key.toString()); found != m_kept.end()) {
            kept = found->second.clone();
        }
    }
    if (!kept) {
        m_keychain.read(key, context, std::move(answer));
        return;
    }
    const auto secret = std::make_shared<base::Secret>(std::move(*kept));
    QMetaObject::invokeMethod(
        context, [answer = std::move(answer), secret] { answer(std::move(*secret)); }, Qt::QueuedConnection);
}

void SessionSecretStore::write(const SecretKey &key, base::Secret secret, QObject *context, Answer answer)
{
    m_keychain.write(key, std::move(secret), context,
                     [this, key, answer = std::move(answer)](const base::Expected<void, SecretError> &done) {
                         if (done) {
                             static_cast<void>(forget(key));
                         }
                         answer(done);
                     });
}

void SessionSecretStore::replace(const SecretKey &key, base::Secret secret, QObject *context, Answer answer)
{
    if (!isKept(key)) {
        m_keychain.write(key, std::move(secret), context, std::move(answer));
        return;
    }
    keep(key, std::move(secret));
    QMetaObject::invokeMethod(
        context, [answer = std::move(answer)] { answer({}); }, Qt::QueuedConnection);
}

void SessionSecretStore::remove(const SecretKey &key, QObject *context, Answer answer)
{
    const bool wasKept = forget(key);
    m_keychain.remove(key, context,
                      [wasKept, answer = std::move(answer)](const base::Expected<void, SecretError> &done) {
                          answer(wasKept ? base::Expected<void, SecretError>() : done);
                      });
}

void SessionSecretStore::unlock(QObject *context, Answer answer)
{
    m_keychain.unlock(context, std::move(answer));
}

void SessionSecretStore::keep(const SecretKey &key, base::Secret secret)
{
    const std::scoped_lock lock(m_mutex);
    m_kept.insert_or_assign(key.toString(), std::move(secret));
}

bool SessionSecretStore::isKept(const SecretKey &key) const
{
    const std::scoped_lock lock(m_mutex);
    return m_kept.contains(key.toString());
}

bool SessionSecretStore::forget(const SecretKey &key)
{
    const std::scoped_lock lock(m_mutex);
    return m_kept.erase(key.toString()) > 0;
}

} // namespace postrider::secrets
