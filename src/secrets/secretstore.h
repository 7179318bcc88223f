// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"
#include "base/secret.h"

#include <QObject>
#include <QString>

#include <functional>

namespace postrider::secrets {

/// Where a secret lies in the keychain: service "org.postrider.Postrider", key "<account>/<kind>/<host>".
struct SecretKey
{
    enum class Kind { Password, RefreshToken };
    QString accountId {};
    Kind kind = Kind::Password;
    QString host {}; ///< a secret is only ever sent to the host it was saved for

    [[nodiscard]] QString toString() const;
};

struct SecretError
{
    enum class Kind {
        NotFound,    ///< the keychain is open and has no such entry
        Locked,      ///< it is locked, and nobody could be asked to open it
        Dismissed,   ///< the person closed the keychain's question without opening it
        NoService,   ///< this session has a bus, on which no keychain answers
        NoBus,       ///< this session has no bus on which a keychain could be
        Slow,        ///< it did not answer in time; its own question may still be open
        Unavailable, ///< there is no keychain in this session, and nothing says why
        Failed,      ///< anything else: see reason
    };
    Kind kind = Kind::Failed;
    QString reason {}; ///< the keychain's own words, untranslated, for Details
};

/**
 * The operating system's keychain, or something that acts like it in a test.
 *
 * The functions may be called from any thread and return at once; the answer is called in the thread of
 * context, which must outlive the call (a store drops the answers to contexts that are gone in its own
 * thread).
 */
class SecretStore : public QObject
{
    Q_OBJECT

public:
    using ReadAnswer = std::function<void(base::Expected<base::Secret, SecretError>)>;
    using Answer = std::function<void(base::Expected<void, SecretError>)>;

    using QObject::QObject;

    virtual void read(const SecretKey &key, QObject *context, ReadAnswer answer) = 0;
    virtual void write(const SecretKey &key, base::Secret secret, QObject *context, Answer answer) = 0;
    /// Where the secret is that it takes the place of: one that is kept for this session only stays so.
    virtual void replace(const SecretKey &key, base::Secret secret, QObject *context, Answer answer);
    /// Succeeds when there was nothing to remove.
    virtual void remove(const SecretKey &key, QObject *context, Answer answer) = 0;
    /// Asks the person to open the keychain, once however many ask at the same time; read() and write() never
    /// do that by themselves where the system lets them choose. Succeeds when it is open.
    /// A store without locks is always open.
    virtual void unlock(QObject *context, Answer answer);
};

} // namespace postrider::secrets
