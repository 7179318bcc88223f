// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "support/openssl.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::bench {

/**
 * One accepted connection, blocking, first in the clear and then perhaps under TLS.
 *
 * What is queued leaves when everything received has been looked at and more is asked for, in one write. A
 * turn is counted whenever the other side speaks after we have: it may have waited for us. With a silence
 * above zero our words are kept back until the other side has said nothing for so long; it then had nothing
 * more to say without our answer, and the turns are exactly the times it waited.
 */
class Transport
{
public:
    /// Takes the descriptor over.
    Transport(int descriptor, std::chrono::milliseconds silence);
    ~Transport();
    Transport(const Transport &) = delete;
    Transport &operator=(const Transport &) = delete;

    [[nodiscard]] bool startTls(SSL_CTX *context);
    [[nodiscard]] bool isEncrypted() const { return m_tls != nullptr; }
    [[nodiscard]] bool isResumed() const { return m_tls && SSL_session_reused(m_tls.get()) == 1; }

    /// Octets received and not yet consumed; valid until the next call that is not const.
    [[nodiscard]] std::string_view input() const
    {
        return { m_input.data() + m_inputBegin, m_inputEnd - m_inputBegin };
    }
    void consume(std::size_t octets) { m_inputBegin += octets; }
    /// Waits for more input. False: the connection is over.
    [[nodiscard]] bool fill();

    void queue(std::string_view octets) { m_output += octets; }
    [[nodiscard]] bool flush();

    [[nodiscard]] std::uint64_t turns() const { return m_turns; }

private:
    [[nodiscard]] bool receive();
    [[nodiscard]] bool fillFromWire();
    [[nodiscard]] bool sendWire();
    [[nodiscard]] bool isSilent() const;

    static int readWire(BIO *bio, char *data, int size);
    static int writeWire(BIO *bio, const char *data, int size);
    static long control(BIO *bio, int command, long number, void *pointer);
    static const BIO_METHOD *bioMethod();

    int m_descriptor;
    std::chrono::milliseconds m_silence;
    TlsStream m_tls {};
    std::vector<char> m_wireInput; ///< as received
    std::size_t m_wireBegin = 0;
    std::size_t m_wireEnd = 0;
    std::string m_wireOutput {}; ///< to be sent as it is
    std::vector<char> m_input;   ///< decrypted
    std::size_t m_inputBegin = 0;
    std::size_t m_inputEnd = 0;
    std::string m_output {}; ///< not yet encrypted
    bool m_hasSpoken = false;
    std::uint64_t m_turns = 0;
};

} // namespace postrider::bench
