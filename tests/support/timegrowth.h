// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QString>

#include <algorithm>
#include <ctime>

namespace postrider::support {

/// How the processor time of some work grows with the size of what it works on. A limit in milliseconds would
/// fail on a slow or busy computer and pass bad code on a fast one; the ratio of two sizes does neither.
/// Processor time is that of this process alone, and the least of three runs counts.
struct TimeGrowth
{
    static constexpr int Factor = 8; ///< the large size in small ones
    /// Below it nothing is measured.
    static constexpr std::clock_t Floor = CLOCKS_PER_SEC / 20;

    /// Work that takes at most 3 times what is in proportion; work whose time grows with the square takes 8
    /// times. What is done sooner than a clock can tell is in proportion as well.
    bool isInProportion() const { return large < Floor || large <= 3 * Factor * small; }
    /// "12 and 96 ms", for the message of a test that fails.
    QString toString() const
    {
        return QStringLiteral("%1 and %2 ms")
            .arg(small * 1000 / CLOCKS_PER_SEC)
            .arg(large * 1000 / CLOCKS_PER_SEC);
    }

    std::clock_t small = 0;
    std::clock_t large = 0;
};

/// \p make gives the matter for a size; \p work is measured with that for \p size and for an eighth of it.
template <typename Make, typename Work>
TimeGrowth timeGrowth(qsizetype size, Make make, Work work)
{
    const auto leastTime = [&work](const auto &matter, std::clock_t floor) {
        std::clock_t least = 0;
        // What took no time that counts is not tried again.
        for (int run = 0; run < 3 && (run == 0 || least >= floor); ++run) {
            const std::clock_t begin = std::clock();
            work(matter);
            const std::clock_t taken = std::clock() - begin;
            least = run == 0 ? taken : std::min(least, taken);
        }
        return least;
    };
    const auto small = make(size / TimeGrowth::Factor);
    const auto large = make(size);
    const std::clock_t largeTime = leastTime(large, TimeGrowth::Floor);
    if (largeTime < TimeGrowth::Floor)
        return { .small = 0, .large = largeTime };
    return { .small = leastTime(small, 0), .large = largeTime };
}

} // namespace postrider::support
