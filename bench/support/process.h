// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <chrono>
#include <cstdint>
#include <fstream>
#include <string>
#include <sys/resource.h>

namespace postrider::bench {

/// Nanoseconds of CLOCK_MONOTONIC, which every process of this computer reads alike.
[[nodiscard]] inline std::int64_t nanosecondsNow()
{
    using namespace std::chrono;
    return duration_cast<nanoseconds>(steady_clock::now().time_since_epoch()).count();
}

[[nodiscard]] inline double toSeconds(const timeval &time)
{
    constexpr double MicrosecondsInSecond = 1e6;
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / MicrosecondsInSecond;
}

/// User and system time of this process so far.
[[nodiscard]] inline double cpuSeconds()
{
    rusage usage {};
    getrusage(RUSAGE_SELF, &usage);
    return toSeconds(usage.ru_utime) + toSeconds(usage.ru_stime);
}

/// The most memory that was resident at any time, of this program alone: ru_maxrss would begin with that of
/// the process it was started from.
[[nodiscard]] inline long peakKilobytes()
{
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        long kilobytes = 0;
        if (word == "VmHWM:" && status >> kilobytes)
            return kilobytes;
    }
    return 0;
}

} // namespace postrider::bench
