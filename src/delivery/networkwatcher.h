// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/clock.h"
#include "delivery/networksource.h"

#include <QDateTime>
#include <QObject>
#include <QTimer>

#include <chrono>

namespace postrider::delivery {

/**
 * Notices when servers that could not be reached may be reachable: the network reaches further than before, a
 * captive portal has let us through, or the computer was asleep.
 *
 * Where nobody tells of sleep, it shows in the clocks: the time of the calendar has gone on, the monotonic
 * one has stood still. A clock that is set forward looks the same, and then nothing is lost by a try.
 *
 * Belongs to its source's thread.
 */
class NetworkWatcher final : public QObject
{
    Q_OBJECT

public:
    /// How often the clocks are compared.
    static constexpr std::chrono::milliseconds Interval = std::chrono::seconds { 5 };
    /// A difference below is none: clocks are corrected all the time.
    static constexpr std::chrono::milliseconds ShortestSleep = std::chrono::seconds { 10 };

    /// Both outlive it.
    NetworkWatcher(const NetworkSource &source, const base::Clock &clock, QObject *parent = nullptr);
    ~NetworkWatcher() override;
    Q_DISABLE_COPY_MOVE(NetworkWatcher)

    /// As the timer does.
    void compareClocks();

Q_SIGNALS:
    void returned();

private:
    void look();
    void awake();

    const NetworkSource &m_source;
    const base::Clock &m_clock;
    Reach m_reach;
    bool m_isBehindPortal;
    QDateTime m_seen;
    base::MonotonicTime m_seenMonotonic;
    QTimer m_timer {};
};

} // namespace postrider::delivery
