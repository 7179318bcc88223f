// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "secrets/secretstore.h"

#include <QList>
#include <QObject>
#include <QString>

#include <chrono>
#include <functional>

namespace postrider::secrets {

/**
 * What a keychain of this session is asked besides secrets: whether there is an entry, whether it is locked,
 * and to let the person open it.
 *
 * A person sees one question at a time, however many entries are waited for; once it was closed without an
 * answer, none comes by itself any more.
 *
 * Belongs to the main thread, which it does not block.
 */
class Keyring : public QObject
{
    Q_OBJECT

public:
    enum class Presence {
        Readable,
        Locked, ///< there is one, in a locked keyring
        Absent,
        Unknown, ///< it is open, but reading may take the person's leave
    };
    using PresenceAnswer = std::function<void(base::Expected<Presence, SecretError>)>;
    using Done = std::function<void(base::Expected<void, SecretError>)>;
    /// Whether a person may be asked who has closed the question before.
    enum class Asking { UnlessDismissed, Again };

    /// patience: how long it has for an answer that takes no person; after that it is Slow.
    explicit Keyring(std::chrono::milliseconds patience, QObject *parent = nullptr);

    /// Never asks the person anything.
    virtual void find(const QString &service, const QString &key, const PresenceAnswer &answer) = 0;
    /// Opens where an entry lies.
    virtual void unlock(const QString &service, const QString &key, Asking asking, const Done &answer) = 0;
    /// Opens where new entries of this service go, and makes that where there is none yet.
    virtual void unlockDefault(const QString &service, Asking asking, const Done &answer) = 0;

protected:
    [[nodiscard]] std::chrono::milliseconds patience() const { return m_patience; }
    /// Puts the answer with those who wait. True: the caller asks the person now, and concludes later. False:
    /// that is under way, or the person wants no question.
    [[nodiscard]] bool beginAsking(Asking asking, const Done &answer);
    /// Answers all who wait.
    void conclude(const base::Expected<void, SecretError> &outcome);

private:
    std::chrono::milliseconds m_patience;
    QList<Done> m_waiting {}; ///< for the question that is open
    bool m_isAsking = false;
    bool m_wasDismissed = false;
};

} // namespace postrider::secrets
