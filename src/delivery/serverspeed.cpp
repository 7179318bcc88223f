// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/serverspeed.h"

#include <numeric>

namespace postrider::delivery {

using namespace std::chrono_literals;
using std::chrono::microseconds;

namespace {

/// A server that is faster is no trouble, however near it is: 200 messages leave in a second.
constexpr microseconds QuickEnough = 5ms;
/// What "well longer" is.
constexpr int RoundTrips = 3;

} // namespace

void ServerSpeed::noteAcceptance(microseconds time)
{
    m_acceptances[m_seen % Samples] = time;
    ++m_seen;
}

std::optional<microseconds> ServerSpeed::acceptance() const
{
    if (m_seen < Samples)
        return std::nullopt;
    return std::accumulate(m_acceptances.begin(), m_acceptances.end(), microseconds(0))
        / static_cast<microseconds::rep>(Samples);
}

bool isSlow(const ServerSpeed &speed)
{
    const std::optional<microseconds> acceptance = speed.acceptance();
    return acceptance && speed.roundTrip() && *acceptance > QuickEnough + RoundTrips * *speed.roundTrip();
}

} // namespace postrider::delivery
