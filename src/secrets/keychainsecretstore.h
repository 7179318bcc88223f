// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "secrets/secretstore.h"

#include <functional>
#include <memory>
#include <optional>

namespace QKeychain {
class Job;
}

namespace postrider::secrets {

class SecretService;

/**
 * QtKeychain, with the answers it gets wrong corrected.
 *
 * QtKeychain 0.13 says "not found" for a locked keyring and for a question that was closed, and reports
 * success for a deletion that did nothing. On systems with a Secret Service this class therefore asks the
 * service itself first, and lets it open the keyring: one question for all who wait, and after it was closed
 * none but on unlock(). KWallet asks by itself; its client gives up after 25 s while its window is still
 * open, which is reported as Slow.
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
    ~KeychainSecretStore() override;
    Q_DISABLE_COPY_MOVE(KeychainSecretStore)

    void read(const SecretKey &key, QObject *context, ReadAnswer answer) override;
    void write(const SecretKey &key, base::Secret secret, QObject *context, Answer answer) override;
    /// A locked keyring stays locked: forgetting is nothing to ask a person for.
    void remove(const SecretKey &key, QObject *context, Answer answer) override;
    void unlock(QObject *context, Answer answer) override;

    /// What is known of an entry before the keychain itself is asked for it.
    enum class Presence {
        Readable,
        Locked,  ///< there is one, in a locked keyring
        Absent,  ///< there is none
        Unknown, ///< this system's keychain cannot be asked without a prompt
    };

private:
    using PresenceAnswer = std::function<void(base::Expected<Presence, SecretError>)>;
    /// With the error of a job that failed.
    using JobAnswer = std::function<void(const QKeychain::Job &, const std::optional<SecretError> &)>;

    /// Never asks the person anything.
    void findEntry(const QString &key, const PresenceAnswer &answer);
    /// Opens its keyring if need be: Readable, Absent or Unknown.
    void findOpenEntry(const QString &key, const PresenceAnswer &answer);
    /// Opens the keyring that new entries go to if need be.
    void openDefaultKeyring(const Answer &answer);
    void run(QKeychain::Job *job, const QString &key, const JobAnswer &answer);

    std::unique_ptr<SecretService> m_service; ///< null: this system has no such thing
};

} // namespace postrider::secrets
