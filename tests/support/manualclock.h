// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/clock.h"

#include <QDateTime>

#include <chrono>
#include <mutex>

namespace postrider::support {

/**
 * A clock that stands still until a test moves it. Both of its times move together. Thread-safe.
 */
class ManualClock final : public base::Clock
{
public:
    explicit ManualClock(const QDateTime &start = QDateTime({ 2026, 3, 2 }, { 9, 0 }, Qt::UTC))
        : m_now(start.toUTC())
    { }

    [[nodiscard]] QDateTime now() const override
    {
        const std::scoped_lock lock(m_mutex);
        return m_now;
    }

    [[nodiscard]] base::MonotonicTime monotonic() const override
    {
        const std::scoped_lock lock(m_mutex);
        return m_monotonic;
    }

    void advance(std::chrono::milliseconds by)
    {
        const std::scoped_lock lock(m_mutex);
        m_now = m_now.addMSecs(by.count());
        m_monotonic += by;
    }

    /// Moves to a later time of the calendar.
    void advanceTo(const QDateTime &time) { advance(std::chrono::milliseconds(now().msecsTo(time))); }

    /// The computer's time is set, as a person or NTP does it: monotonic time goes on undisturbed.
    void setWallClock(const QDateTime &time)
    {
        const std::scoped_lock lock(m_mutex);
        m_now = time.toUTC();
    }

private:
    mutable std::mutex m_mutex {};
    QDateTime m_now;
    base::MonotonicTime m_monotonic { std::chrono::hours(1) };
};

} // namespace postrider::support
