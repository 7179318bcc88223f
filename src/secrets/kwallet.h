// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "secrets/keyring.h"

#include <QDBusMessage>
#include <QString>
#include <QVariantList>

#include <chrono>
#include <functional>

namespace postrider::secrets {

/**
 * KDE's keychain, over its own interface (org.kde.KWallet of kwalletd 5 and 6).
 *
 * It is opened here before QtKeychain reads from it: QtKeychain 0.13 gives up after 25 s, while the wallet
 * still shows its question, and shows another one for the next entry. Entries lie in a folder that is named
 * like the service, as QtKeychain puts them there.
 */
class KWallet final : public Keyring
{
    Q_OBJECT

public:
    /// The bus name of the wallet that QtKeychain uses on this desktop; empty: it uses the Secret Service.
    [[nodiscard]] static QString nameOnThisDesktop();

    KWallet(const QString &busName, std::chrono::milliseconds patience, QObject *parent = nullptr);

    /// Whether it runs or could be started; NoService: neither.
    void check(const Done &answer);
    void find(const QString &service, const QString &key, const PresenceAnswer &answer) override;
    void unlock(const QString &service, const QString &key, Asking asking, const Done &answer) override;
    void unlockDefault(const QString &service, Asking asking, const Done &answer) override;

private:
    [[nodiscard]] QDBusMessage walletCall(const QString &method, const QVariantList &arguments) const;
    void findWallet(const std::function<void(base::Expected<QString, SecretError>)> &answer);
    void findIn(const QString &wallet, const QString &service, const QString &key,
                const PresenceAnswer &answer);

    QString m_busName;
};

} // namespace postrider::secrets
