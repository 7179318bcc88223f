// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "outbox/retrypolicy.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace postrider::outbox {
namespace {

using namespace std::chrono_literals;

constexpr std::array<std::chrono::seconds, 5> Steps { 1min, 5min, 15min, 30min, 2h };
constexpr std::chrono::seconds GiveUpAfter = std::chrono::hours(5 * 24);
constexpr double JitterShare = 0.2;

} // namespace

std::chrono::seconds serverBackoff(int failures, double jitter)
{
    const int index = std::clamp(failures, 1, static_cast<int>(Steps.size())) - 1;
    const auto step = static_cast<double>(Steps[static_cast<std::size_t>(index)].count());
    const double stretched = step * (1 + JitterShare * std::clamp(jitter, -1.0, 1.0));
    return std::chrono::seconds(std::lround(stretched));
}

std::chrono::seconds longestBackoff()
{
    return serverBackoff(static_cast<int>(Steps.size()), 1);
}

std::optional<QDateTime> nextAttempt(int failures, const QDateTime &queued, const QDateTime &now,
                                     double jitter)
{
    const QDateTime end = queued.addSecs(GiveUpAfter.count());
    if (now >= end) {
        return std::nullopt;
    }
    // The last try is made right at the end rather than given up up to two hours early.
    return std::min(now.addSecs(serverBackoff(failures, jitter).count()), end);
}

} // namespace postrider::outbox
