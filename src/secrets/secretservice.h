// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "secrets/secretstore.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusVariant>
#include <QObject>

#include <functional>
#include <utility>

namespace postrider::secrets {

/**
 * What the Secret Service of this session is asked besides secrets: whether there is an entry, whether its
 * keyring is locked, and to open that (freedesktop.org Secret Service API 0.2, Service and Prompt).
 *
 * A person sees one question at a time, however many entries are waited for; once it was closed without an
 * answer, none comes by itself any more.
 *
 * Belongs to the main thread, which it does not block.
 */
class SecretService final : public QObject
{
    Q_OBJECT

public:
    enum class Presence {
        Readable,
        Locked, ///< there is one, in a locked keyring
        Absent,
    };
    using PresenceAnswer = std::function<void(base::Expected<Presence, SecretError>)>;
    using Done = std::function<void(base::Expected<void, SecretError>)>;
    /// Whether a person may be asked who has closed the question before.
    enum class Asking { UnlessDismissed, Again };

    explicit SecretService(QObject *parent = nullptr);

    /// Whether there is a bus on which a keychain could be.
    [[nodiscard]] static base::Expected<void, SecretError> checkBus();
    /// Never asks the person anything.
    void find(const QString &service, const QString &key, const PresenceAnswer &answer);
    /// Opens the keyring that an entry lies in.
    void unlock(const QString &service, const QString &key, Asking asking, const Done &answer);
    /// Opens the keyring that new entries go to; succeeds when there is none yet.
    void unlockDefault(Asking asking, const Done &answer);

private Q_SLOTS:
    void promptCompleted(bool dismissed, const QDBusVariant &result);

private:
    using Reply = std::function<void(const QDBusMessage &)>;

    /// What is found: unlocked items, locked ones.
    using Items = base::Expected<std::pair<QList<QDBusObjectPath>, QList<QDBusObjectPath>>, SecretError>;

    void search(const QString &service, const QString &key, const std::function<void(const Items &)> &answer);
    void call(const QDBusMessage &message, const Reply &reply);
    void unlockObject(const QDBusObjectPath &object, Asking asking, const Done &answer);
    void startPrompt(const QDBusObjectPath &prompt);
    void judgeDismissal();
    void conclude(const base::Expected<void, SecretError> &outcome);

    QList<Done> m_waiting {}; ///< for the question that is open
    QString m_prompt {};      ///< its path; empty: none is open
    bool m_isAsking = false;
    bool m_wasDismissed = false;
};

} // namespace postrider::secrets
