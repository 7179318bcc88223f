// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QtGlobal>

#include <array>
#include <chrono>
#include <optional>

namespace postrider::delivery {

/**
 * How fast a server takes messages, as one connection sees it: the time from a message's last octet, or from
 * the reply before it, to its own reply.
 *
 * Several messages that are on their way at once are told apart by this, and a server that answers a whole
 * window of them at a time by the mean.
 */
class ServerSpeed
{
public:
    /// No connection of an account is opened beside so many.
    static constexpr qsizetype MostConnections = 4;
    /// So many messages are judged by: a whole window.
    static constexpr std::size_t Samples = 8;
    /// What is larger says more about the line than about the server.
    static constexpr qint64 LargestSample = 16 * 1024;

    void noteRoundTrip(std::chrono::microseconds time) { m_roundTrip = time; }
    void noteAcceptance(std::chrono::microseconds time);

    [[nodiscard]] std::optional<std::chrono::microseconds> roundTrip() const { return m_roundTrip; }
    /// The mean of the last ones; nothing before there are enough.
    [[nodiscard]] std::optional<std::chrono::microseconds> acceptance() const;

private:
    std::optional<std::chrono::microseconds> m_roundTrip {};
    std::array<std::chrono::microseconds, Samples> m_acceptances {};
    std::size_t m_seen = 0;
};

/**
 * Whether further connections would make it faster: the server takes well longer for a message than the way
 * to it and back does. Where the way is what takes long, a server is not to be pressed: it gets several
 * messages at once on one connection, as far as it can take them.
 */
[[nodiscard]] bool isSlow(const ServerSpeed &speed);

} // namespace postrider::delivery
