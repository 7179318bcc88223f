// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "secrets/secretstore.h"

#include <QHash>

#include <mutex>
#include <optional>
#include <utility>

namespace postrider::support {

/**
 * A keychain in memory that answers like the real one: later, in the thread of the context, and with an
 * error when a test says so. Its functions may be called from any thread.
 */
class MemorySecretStore final : public secrets::SecretStore
{
public:
    using SecretStore::SecretStore;

    void read(const secrets::SecretKey &key, QObject *context, ReadAnswer answer) override
    {
        const std::scoped_lock lock(m_mutex);
        ++m_reads;
        const auto found = m_secrets.constFind(key.toString());
        if (m_error) {
            post(context,
                 [answer = std::move(answer), error = *m_error] { answer(base::Unexpected(error)); });
        } else if (found == m_secrets.constEnd()) {
            post(context, [answer = std::move(answer)] {
                answer(base::Unexpected(secrets::SecretError { secrets::SecretError::Kind::NotFound }));
            });
        } else {
            post(context, [answer = std::move(answer), octets = *found] { answer(base::Secret(octets)); });
        }
    }

    void write(const secrets::SecretKey &key, base::Secret secret, QObject *context, Answer answer) override
    {
        const std::scoped_lock lock(m_mutex);
        const std::optional<secrets::SecretError> error = m_error ? m_error : m_writeError;
        if (!error) {
            m_secrets.insert(key.toString(), secret.reveal().toByteArray());
        }
        post(context, answerOf(std::move(answer), error));
    }

    void remove(const secrets::SecretKey &key, QObject *context, Answer answer) override
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_error) {
            m_secrets.remove(key.toString());
        }
        post(context, answerOf(std::move(answer), m_error));
    }

    /// Every call fails like this until it is set to nothing.
    void setError(std::optional<secrets::SecretError> error)
    {
        const std::scoped_lock lock(m_mutex);
        m_error = std::move(error);
    }

    /// The same for writing alone.
    void setWriteError(std::optional<secrets::SecretError> error)
    {
        const std::scoped_lock lock(m_mutex);
        m_writeError = std::move(error);
    }

    /// What lies under a key, for a test to look at; empty when there is nothing.
    [[nodiscard]] QByteArray stored(const secrets::SecretKey &key) const
    {
        const std::scoped_lock lock(m_mutex);
        return m_secrets.value(key.toString());
    }

    [[nodiscard]] int readCount() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_reads;
    }

private:
    [[nodiscard]] static std::function<void()> answerOf(Answer answer,
                                                        const std::optional<secrets::SecretError> &error)
    {
        return [answer = std::move(answer), error] {
            if (error) {
                answer(base::Unexpected(*error));
            } else {
                answer({});
            }
        };
    }

    static void post(QObject *context, std::function<void()> call)
    {
        QMetaObject::invokeMethod(context, std::move(call), Qt::QueuedConnection);
    }

    mutable std::mutex m_mutex {};
    QHash<QString, QByteArray> m_secrets {};
    std::optional<secrets::SecretError> m_error {};
    std::optional<secrets::SecretError> m_writeError {};
    int m_reads = 0;
};

} // namespace postrider::support
