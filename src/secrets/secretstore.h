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
        Locked,      ///< it is locked, and the person did not open it (or could not be asked)
        Unavailable, ///< there is no keychain in this session
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
    /// Succeeds when there was nothing to remove.
    virtual void remove(const SecretKey &key, QObject *context, Answer answer) = 0;
};

} // namespace postrider::secrets
