// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/networkwatcher.h"

#include <utility>

namespace postrider::delivery {

NetworkWatcher::NetworkWatcher(const NetworkSource &source, const base::Clock &clock, QObject *parent)
    : QObject(parent)
    , m_source(source)
    , m_clock(clock)
    , m_reach(source.reach())
    , m_isBehindPortal(source.isBehindPortal())
    , m_seen(clock.now())
    , m_seenMonotonic(clock.monotonic())
{
    connect(&source, &NetworkSource::changed, this, &NetworkWatcher::look);
    connect(&source, &NetworkSource::awoken, this, &NetworkWatcher::awake);
    connect(&m_timer, &QTimer::timeout, this, &NetworkWatcher::compareClocks);
    m_timer.start(Interval);
}

NetworkWatcher::~NetworkWatcher() = default;

void NetworkWatcher::look()
{
    const Reach before = std::exchange(m_reach, m_source.reach());
    const bool wasBehindPortal = std::exchange(m_isBehindPortal, m_source.isBehindPortal());
    const bool reachesFurther = before != Reach::Unknown && m_reach > before;
    const bool isLetThrough = wasBehindPortal && !m_isBehindPortal;
    if ((reachesFurther && !m_isBehindPortal) || isLetThrough)
        Q_EMIT returned();
}

/// What the clocks show of it is told with this.
void NetworkWatcher::awake()
{
    m_seen = m_clock.now();
    m_seenMonotonic = m_clock.monotonic();
    Q_EMIT returned();
}

void NetworkWatcher::compareClocks()
{
    using std::chrono::milliseconds;
    const QDateTime before = std::exchange(m_seen, m_clock.now());
    const base::MonotonicTime beforeMonotonic = std::exchange(m_seenMonotonic, m_clock.monotonic());
    const milliseconds passed { before.msecsTo(m_seen) };
    const auto awake = std::chrono::duration_cast<milliseconds>(m_seenMonotonic - beforeMonotonic);
    if (passed - awake >= ShortestSleep)
        Q_EMIT returned();
}

} // namespace postrider::delivery
