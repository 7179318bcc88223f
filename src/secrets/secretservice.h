// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "secrets/keyring.h"

#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QList>

#include <chrono>
#include <functional>
#include <utility>

namespace postrider::secrets {

/**
 * The Secret Service of this session (freedesktop.org Secret Service API 0.2, Service, Collection and
 * Prompt).
 */
class SecretService final : public Keyring
{
    Q_OBJECT

public:
    explicit SecretService(std::chrono::milliseconds patience, QObject *parent = nullptr);

    void find(const QString &service, const QString &key, const PresenceAnswer &answer) override;
    void unlock(const QString &service, const QString &key, Asking asking, const Done &answer) override;
    void unlockDefault(const QString &service, Asking asking, const Done &answer) override;

private Q_SLOTS:
    void promptCompleted(bool dismissed, const QDBusVariant &result);

private:
    /// What is found: unlocked items, locked ones.
    using Items = base::Expected<std::pair<QList<QDBusObjectPath>, QList<QDBusObjectPath>>, SecretError>;

    void watch();
    void search(const QString &service, const QString &key, const std::function<void(const Items &)> &answer);
    void unlockObject(const QDBusObjectPath &object, Asking asking, const Done &answer);
    /// A call whose reply names a question to show, or none.
    void askWith(const QDBusMessage &message);
    void startPrompt(const QDBusObjectPath &prompt);
    void judgeDismissal();
    void end(const base::Expected<void, SecretError> &outcome);

    QString m_prompt {}; ///< its path; empty: none is open
    bool m_isWatching = false;
};

} // namespace postrider::secrets
