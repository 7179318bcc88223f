// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "secrets/secretstore.h"

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

    void read(const SecretKey &key, QObject *context, ReadAnswer answer) override;
    void write(const SecretKey &key, base::Secret secret, QObject *context, Answer answer) override;
    void remove(const SecretKey &key, QObject *context, Answer answer) override;
};

} // namespace postrider::secrets
