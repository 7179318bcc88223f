// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "discovery/dialing.h"
#include "discovery/probesession.h"

#include <QObject>

#include <memory>
#include <optional>

namespace postrider::discovery {

/**
 * One connection of a probe from dialing to its end: drives a ProbeSession over a Wire.
 *
 * finished() comes once, never from within start(); destroying it before that closes the connection and ends
 * it without a signal. changed() says that something shows that did not before: connected, silent for 3 s,
 * an address's outcome.
 */
class ProbeLeg final : public QObject
{
    Q_OBJECT

public:
    struct Setup
    {
        Destination destination {};
        ProbeSession::Config session {};
        WireTls tls {};
    };

    ProbeLeg(Setup setup, Traffic &traffic, Surroundings &surroundings, QObject *parent = nullptr);
    ~ProbeLeg() override;
    Q_DISABLE_COPY_MOVE(ProbeLeg)

    void start();
    /// Ends it at once, and deletes it when control returns to the event loop.
    void abandon();

    /// Dialing's failures too.
    [[nodiscard]] Verdict verdict() const;
    [[nodiscard]] ProbeFindings findings() const;
    [[nodiscard]] QList<AddressAttempt> attempts() const { return m_dialing.attempts(); }
    [[nodiscard]] QHostAddress address() const { return m_address; }
    [[nodiscard]] std::optional<std::chrono::milliseconds> connectTime() const { return m_connectTime; }
    /// From start() to the verdict, or to now.
    [[nodiscard]] std::chrono::milliseconds elapsed() const;
    [[nodiscard]] bool isConnected() const { return m_session != nullptr; }
    [[nodiscard]] bool hasHeard() const { return m_session && m_session->hasHeard(); }
    [[nodiscard]] bool hasWaitedLong() const { return !m_session && m_dialing.hasWaitedLong(); }
    /// Connected for 3 s, and no greeting.
    [[nodiscard]] bool isSlow() const { return m_isSlow; }

Q_SIGNALS:
    void connected();
    void changed();
    void finished();

private:
    void begin();
    void pump();
    void armDeadline();
    void end(Verdict verdict);

    Setup m_setup;
    Surroundings *m_surroundings;
    Dialing m_dialing;
    std::unique_ptr<ProbeSession> m_session {};
    base::MonotonicTime m_startedAt {};
    QHostAddress m_address {};
    std::optional<std::chrono::milliseconds> m_connectTime {};
    std::optional<std::chrono::milliseconds> m_took {};
    Verdict m_verdict = Verdict::NotTried;
    std::optional<MonotonicTime> m_armedFor {};
    bool m_isSlow = false;
};

} // namespace postrider::discovery
