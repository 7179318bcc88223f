// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "secrets/secretstore.h"

#include <functional>
#include <optional>

namespace QKeychain {
class Job;
}

namespace postrider::secrets {

/**
 * QtKeychain, with the answers it gets wrong corrected.
 *
 * QtKeychain 0.13 says "not found" for a locked keyring and reports success for a deletion that did nothing.
 * On systems with a Secret Service this class therefore asks the service itself first
 * (org.freedesktop.Secret.Service SearchItems, which never prompts). KWallet's client gives up after 25 s
 * while its password window is still open; that is reported as Locked.
 *
 * With no DBUS_SESSION_BUS_ADDRESS, the socket $XDG_RUNTIME_DIR/bus is tried.
 *
 * Make it in the main thread: QtKeychain's jobs run there, without blocking it.
 */
class KeychainSecretStore final : public SecretStore
{
    Q_OBJECT

public:
    explicit KeychainSecretStore(QObject *parent = nullptr);
    Q_DISABLE_COPY_MOVE(KeychainSecretStore)

    void read(const SecretKey &key, QObject *context, ReadAnswer answer) override;
    void write(const SecretKey &key, base::Secret secret, QObject *context, Answer answer) override;
    void remove(const SecretKey &key, QObject *context, Answer answer) override;

private:
    /// What is known of an entry before the keychain itself is asked for it.
    enum class Presence {
        Readable,
        Locked,  ///< there is one, in a locked keyring
        Absent,  ///< there is none
        Unknown, ///< this system's keychain cannot be asked without a prompt
    };
    using PresenceAnswer = std::function<void(base::Expected<Presence, SecretError>)>;
    /// With the error of a job that failed.
    using JobAnswer = std::function<void(const QKeychain::Job &, const std::optional<SecretError> &)>;

    void findEntry(const QString &key, const PresenceAnswer &answer);
    /// Whether new entries would go to a locked keyring.
    void findDefaultKeyringLocked(const std::function<void(bool)> &answer);
    void run(QKeychain::Job *job, const QString &key, const JobAnswer &answer);
};

} // namespace postrider::secrets
