// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QDateTime>

#include <chrono>

namespace postrider::base {

using MonotonicTime = std::chrono::steady_clock::time_point;

/**
 * Where the parts of Postrider that act by themselves ask for the time, so that tests can set it.
 *
 * Wall-clock time is for what people see and what is stored; monotonic time is for waits. Thread-safe.
 */
class Clock
{
public:
    Clock() = default;
    virtual ~Clock() = default;
    Q_DISABLE_COPY_MOVE(Clock)

    /// UTC, in milliseconds.
    [[nodiscard]] virtual QDateTime now() const = 0;
    [[nodiscard]] virtual MonotonicTime monotonic() const = 0;
};

/// The computer's own clocks.
class SystemClock final : public Clock
{
public:
    [[nodiscard]] QDateTime now() const override { return QDateTime::currentDateTimeUtc(); }
    [[nodiscard]] MonotonicTime monotonic() const override { return std::chrono::steady_clock::now(); }
};

} // namespace postrider::base
