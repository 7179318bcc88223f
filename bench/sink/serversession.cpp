// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "sink/serversession.h"

#include "support/process.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <string>
#include <strings.h>
#include <thread>

namespace postrider::bench {

namespace {

constexpr std::string_view EndOfData = "\r\n.\r\n";

bool startsWith(std::string_view line, std::string_view upperCase)
{
    return line.size() >= upperCase.size()
        && strncasecmp(line.data(), upperCase.data(), upperCase.size()) == 0;
}

/// Where the dot line that ends the content begins (its CRLF included), or npos. Content has few dots, and
/// memchr() is the fastest way from one to the next.
std::size_t findEndOfData(std::string_view text)
{
    std::size_t from = 2;
    while (from < text.size()) {
        const void *const found = std::memchr(text.data() + from, '.', text.size() - from);
        if (!found)
            break;
        const auto dot = static_cast<std::size_t>(static_cast<const char *>(found) - text.data());
        if (text.substr(dot - 2, EndOfData.size()) == EndOfData)
            return dot - 2;
        from = dot + 1;
    }
    return std::string_view::npos;
}

void setIfFirst(std::atomic<std::int64_t> &time, std::int64_t value)
{
    std::int64_t none = 0;
    time.compare_exchange_strong(none, value, std::memory_order_relaxed);
}

} // namespace

ServerSession::ServerSession(int descriptor, const SinkOptions &options, SSL_CTX *tls, Counters &counters)
    : m_transport(descriptor, options.silence)
    , m_options(options)
    , m_tls(tls)
    , m_counters(counters)
{ }

void ServerSession::run()
{
    ++m_counters.connections;
    if (m_options.security == Security::ImplicitTls && !m_transport.startTls(m_tls))
        return;
    m_transport.queue("220 sink.example.net ESMTP\r\n");
    while (m_mode != Mode::Quit && step())
        ;
    m_counters.turns += m_transport.turns() - m_countedTurns;
    if (m_transport.isResumed())
        ++m_counters.resumedTls;
    static_cast<void>(m_transport.flush()); // the client may be gone already
}

bool ServerSession::step()
{
    switch (m_mode) {
    case Mode::Command:
        return takeCommand();
    case Mode::Data:
        return takeData();
    case Mode::Chunk:
        return takeChunk();
    case Mode::Quit:
        break;
    }
    return false;
}

bool ServerSession::takeLine(std::string_view &line)
{
    std::size_t scanned = 0;
    while (true) {
        const std::string_view input = m_transport.input();
        const std::size_t end = input.find('\n', scanned);
        if (end != std::string_view::npos) {
            line = input.substr(0, end > 0 && input[end - 1] == '\r' ? end - 1 : end);
            m_transport.consume(end + 1);
            return true;
        }
        scanned = input.size();
        if (!m_transport.fill())
            return false;
    }
}

bool ServerSession::takeCommand()
{
    std::string_view line;
    return takeLine(line) && handle(line);
}

bool ServerSession::handle(std::string_view line)
{
    if (startsWith(line, "BDAT ") && m_options.offersChunking) {
        startChunk(line.substr(5));
    } else if (startsWith(line, "MAIL FROM:<")) {
        if (m_hasMail || (m_options.wantsAuth && !m_isSignedIn)) {
            refuse(m_hasMail ? "503 5.5.1 Nested MAIL\r\n" : "530 5.7.0 Sign in first\r\n");
            return true;
        }
        setIfFirst(m_counters.firstMail, nanosecondsNow());
        m_hasMail = true;
        m_transport.queue("250 2.1.0 Ok\r\n");
    } else if (startsWith(line, "RCPT TO:<")) {
        if (!m_hasMail) {
            refuse("503 5.5.1 MAIL first\r\n");
            return true;
        }
        ++m_recipients;
        m_transport.queue("250 2.1.5 Ok\r\n");
    } else if (startsWith(line, "DATA")) {
        startData();
    } else if (startsWith(line, "RSET")) {
        reset();
        m_transport.queue("250 2.0.0 Ok\r\n");
    } else if (startsWith(line, "EHLO ")) {
        reset();
        sayEhlo();
    } else if (startsWith(line, "STARTTLS") && m_options.security == Security::StartTls
               && !m_transport.isEncrypted()) {
        m_transport.queue("220 2.0.0 Go ahead\r\n");
        return m_transport.startTls(m_tls);
    } else if (startsWith(line, "AUTH ") && m_options.wantsAuth) {
        return authenticate(line.substr(5));
    } else if (startsWith(line, "QUIT")) {
        m_transport.queue("221 2.0.0 Bye\r\n");
        m_mode = Mode::Quit;
    } else if (startsWith(line, "NOOP")) {
        m_transport.queue("250 2.0.0 Ok\r\n");
    } else {
        refuse("500 5.5.2 What was that?\r\n");
    }
    return true;
}

void ServerSession::sayEhlo()
{
    m_transport.queue("250-sink.example.net\r\n");
    if (m_options.offersPipelining)
        m_transport.queue("250-PIPELINING\r\n");
    if (m_options.offersChunking)
        m_transport.queue("250-CHUNKING\r\n");
    if (m_options.security == Security::StartTls && !m_transport.isEncrypted())
        m_transport.queue("250-STARTTLS\r\n");
    else if (m_options.wantsAuth)
        m_transport.queue("250-AUTH PLAIN LOGIN\r\n");
    m_transport.queue("250-SIZE 4000000000\r\n"
                      "250-ENHANCEDSTATUSCODES\r\n"
                      "250 8BITMIME\r\n");
}

bool ServerSession::authenticate(std::string_view arguments)
{
    std::string_view line;
    if (startsWith(arguments, "LOGIN")) {
        if (!startsWith(arguments, "LOGIN ")) {
            m_transport.queue("334 VXNlcm5hbWU6\r\n");
            if (!takeLine(line))
                return false;
        }
        m_transport.queue("334 UGFzc3dvcmQ6\r\n");
        if (!takeLine(line))
            return false;
    } else if (!startsWith(arguments, "PLAIN ")) {
        m_transport.queue("334 \r\n");
        if (!takeLine(line))
            return false;
    }
    m_isSignedIn = true;
    m_transport.queue("235 2.7.0 Welcome\r\n");
    return true;
}

void ServerSession::startData()
{
    if (m_recipients == 0 || m_octets > 0) {
        refuse("503 5.5.1 MAIL and RCPT first\r\n");
        return;
    }
    m_transport.queue("354 Go ahead\r\n");
    m_mode = Mode::Data;
}

bool ServerSession::takeData()
{
    const std::string_view input = m_transport.input();
    if (m_octets == 0 && input.starts_with(".\r\n")) { // no content at all
        m_transport.consume(3);
        return accept();
    }
    const std::size_t end = findEndOfData(input);
    if (end != std::string_view::npos) {
        m_octets += end + 2;
        m_transport.consume(end + EndOfData.size());
        return accept();
    }
    // What may be the beginning of the end stays.
    const std::size_t count = input.size() - std::min(input.size(), EndOfData.size() - 1);
    m_octets += count;
    m_transport.consume(count);
    return m_transport.fill();
}

void ServerSession::startChunk(std::string_view arguments)
{
    const auto [end, error]
        = std::from_chars(arguments.data(), arguments.data() + arguments.size(), m_chunkLeft);
    const std::string_view rest = arguments.substr(static_cast<std::size_t>(end - arguments.data()));
    m_isLastChunk = startsWith(rest, " LAST");
    if (error != std::errc())
        refuse("501 5.5.4 No size\r\n");
    else
        m_mode = Mode::Chunk;
}

bool ServerSession::takeChunk()
{
    const std::size_t count = std::min<std::uint64_t>(m_chunkLeft, m_transport.input().size());
    m_transport.consume(count);
    m_chunkLeft -= count;
    m_octets += count;
    if (m_chunkLeft > 0)
        return m_transport.fill();
    m_mode = Mode::Command;
    if (m_recipients == 0) {
        refuse("503 5.5.1 MAIL and RCPT first\r\n");
        reset();
        return true;
    }
    if (m_isLastChunk)
        return accept();
    m_transport.queue("250 2.0.0 Ok\r\n");
    return true;
}

bool ServerSession::accept()
{
    if (m_options.think.count() > 0) {
        if (!m_transport.flush())
            return false;
        std::this_thread::sleep_for(m_options.think);
    }
    const std::int64_t now = nanosecondsNow();
    const std::uint64_t turns = m_transport.turns();
    if (m_counters.messages++ == 0) {
        m_counters.firstAccept = now;
        m_counters.turnsToFirstAccept = turns;
    }
    m_counters.turns += turns - m_countedTurns;
    m_countedTurns = turns;
    m_counters.lastAccept.store(now, std::memory_order_relaxed);
    m_counters.recipients += m_recipients;
    m_counters.octets += m_octets;
    m_transport.queue("250 2.0.0 Ok\r\n");
    m_mode = Mode::Command;
    reset();
    return true;
}

void ServerSession::refuse(std::string_view reply)
{
    ++m_counters.refusals;
    m_transport.queue(reply);
}

void ServerSession::reset()
{
    m_hasMail = false;
    m_recipients = 0;
    m_octets = 0;
}

} // namespace postrider::bench
