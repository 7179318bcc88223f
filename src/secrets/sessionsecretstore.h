// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "secrets/secretstore.h"

#include <map>
#include <mutex>

namespace postrider::secrets {

/**
 * A keychain in front of which some secrets are kept in this process's memory only, for people who want that
 * or whose session has no keychain. They are gone when the process ends, and are never written anywhere.
 *
 * What is kept here is found before what the keychain has. Functions may be called from any thread; the
 * keychain outlives this object.
 */
class SessionSecretStore final : public SecretStore
{
    Q_OBJECT

public:
    explicit SessionSecretStore(SecretStore &keychain, QObject *parent = nullptr);
    Q_DISABLE_COPY_MOVE(SessionSecretStore)

    void read(const SecretKey &key, QObject *context, ReadAnswer answer) override;
    /// Into the keychain; only when that took it is it forgotten here.
    void write(const SecretKey &key, base::Secret secret, QObject *context, Answer answer) override;
    void replace(const SecretKey &key, base::Secret secret, QObject *context, Answer answer) override;
    /// From both. That the keychain cannot be asked is no failure for what was only kept here.
    void remove(const SecretKey &key, QObject *context, Answer answer) override;
    void unlock(QObject *context, Answer answer) override;

    void keep(const SecretKey &key, base::Secret secret);
    [[nodiscard]] bool isKept(const SecretKey &key) const;

private:
    [[nodiscard]] bool forget(const SecretKey &key);

    SecretStore &m_keychain;
    mutable std::mutex m_mutex {};
    std::map<QString, base::Secret> m_kept {};
};

} // namespace postrider::secrets
