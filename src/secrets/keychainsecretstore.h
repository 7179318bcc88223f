// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "secrets/keyring.h"
#include "secrets/secretstore.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace QKeychain {
class Job;
}

namespace postrider::secrets {

class KWallet;

/**
 * QtKeychain, with the answers it gets wrong corrected.
 *
 * QtKeychain 0.13 says "not found" for a locked keyring and for a question that was closed, and reports
 * success for a deletion that did nothing. It waits for KWallet's question only 25 s, and for the Secret
 * Service for ever. On systems with one of these this class therefore asks that itself first, and lets it
 * open the keyring: one question for all who wait, for which a person may take any time, and after it was
 * closed none but on unlock(). What takes no person has a limit, after which it is Slow.
 *
 * With no DBUS_SESSION_BUS_ADDRESS, the socket $XDG_RUNTIME_DIR/bus is tried.
 *
 * Make it in the main thread: QtKeychain's jobs run there, without blocking it.
 */
class KeychainSecretStore final : public SecretStore
{
    Q_OBJECT

public:
    /// How long the keychain has for an answer that takes no person: as long as one that the bus must start
    /// may take on a busy computer.
    static constexpr std::chrono::milliseconds UsualPatience = std::chrono::seconds { 25 };

    explicit KeychainSecretStore(QObject *parent = nullptr);
    KeychainSecretStore(std::chrono::milliseconds patience, QObject *parent);
    ~KeychainSecretStore() override;
    Q_DISABLE_COPY_MOVE(KeychainSecretStore)

    void read(const SecretKey &key, QObject *context, ReadAnswer answer) override;
    void write(const SecretKey &key, base::Secret secret, QObject *context, Answer answer) override;
    /// A locked keyring stays locked: forgetting is nothing to ask a person for.
    void remove(const SecretKey &key, QObject *context, Answer answer) override;
    void unlock(QObject *context, Answer answer) override;

private:
    using Presence = Keyring::Presence;
    using PresenceAnswer = Keyring::PresenceAnswer;
    /// With the error of a job that failed.
    using JobAnswer = std::function<void(const QKeychain::Job &, const std::optional<SecretError> &)>;

    /// Null: this system's keychain cannot be asked without a prompt.
    void withKeyring(const std::function<void(base::Expected<Keyring *, SecretError>)> &answer);
    /// Never asks the person anything.
    void findEntry(const QString &key, const PresenceAnswer &answer);
    /// Opens its keyring if need be: Readable, Absent or Unknown.
    void findOpenEntry(const QString &key, const PresenceAnswer &answer);
    /// Opens the keyring that new entries go to if need be.
    void openDefaultKeyring(Keyring::Asking asking, const Answer &answer);
    void run(QKeychain::Job *job, const QString &key, const JobAnswer &answer);

    std::chrono::milliseconds m_patience;
    std::unique_ptr<KWallet> m_wallet;  ///< null: it is not this desktop's
    std::unique_ptr<Keyring> m_service; ///< the Secret Service; null: this system has no such thing
    Keyring *m_keyring = nullptr;       ///< of the two the one that QtKeychain uses; null: not known yet
};

} // namespace postrider::secrets
