// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "sink/transport.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string_view>

namespace postrider::bench {

enum class Security { None, StartTls, ImplicitTls };

struct SinkOptions
{
    Security security = Security::ImplicitTls;
    bool wantsAuth = true;
    bool offersPipelining = true;
    bool offersChunking = true;
    std::chrono::microseconds think {};   ///< before each message is accepted
    std::chrono::milliseconds silence {}; ///< see Transport
};

/// Of all connections; times are nanoseconds of CLOCK_MONOTONIC, 0 when there was none.
struct Counters
{
    std::atomic<std::uint64_t> connections = 0;
    std::atomic<std::uint64_t> resumedTls = 0;
    std::atomic<std::uint64_t> messages = 0;
    std::atomic<std::uint64_t> recipients = 0;
    std::atomic<std::uint64_t> octets = 0; ///< of content, without the dot line
    std::atomic<std::uint64_t> refusals = 0;
    std::atomic<std::uint64_t> turns = 0;
    std::atomic<std::uint64_t> turnsToFirstAccept = 0; ///< on the connection that had it
    std::atomic<std::int64_t> firstMail = 0;
    std::atomic<std::int64_t> firstAccept = 0;
    std::atomic<std::int64_t> lastAccept = 0;
};

/**
 * The server's side of one SMTP connection: takes everything that is in order, and forgets it.
 *
 * It follows RFC 5321 with STARTTLS, AUTH PLAIN and LOGIN (any credentials), PIPELINING, CHUNKING, SIZE and
 * 8BITMIME as far as a benchmark needs, and refuses commands out of order, so that no client is fast by being
 * wrong.
 */
class ServerSession
{
public:
    ServerSession(int descriptor, const SinkOptions &options, SSL_CTX *tls, Counters &counters);

    void run();

private:
    enum class Mode { Command, Data, Chunk, Quit };

    [[nodiscard]] bool step();
    [[nodiscard]] bool takeCommand();
    [[nodiscard]] bool takeData();
    [[nodiscard]] bool takeChunk();
    [[nodiscard]] bool handle(std::string_view line);
    void sayEhlo();
    void startData();
    void startChunk(std::string_view arguments);
    [[nodiscard]] bool authenticate(std::string_view arguments);
    [[nodiscard]] bool takeLine(std::string_view &line);
    [[nodiscard]] bool accept();
    void refuse(std::string_view reply);
    void reset();

    Transport m_transport;
    const SinkOptions &m_options;
    SSL_CTX *m_tls;
    Counters &m_counters;
    Mode m_mode = Mode::Command;
    bool m_isSignedIn = false;
    bool m_hasMail = false;
    std::uint64_t m_recipients = 0;
    std::uint64_t m_octets = 0;    ///< of the open transaction's content
    std::uint64_t m_chunkLeft = 0; ///< octets
    bool m_isLastChunk = false;
    std::uint64_t m_countedTurns = 0;
};

} // namespace postrider::bench
