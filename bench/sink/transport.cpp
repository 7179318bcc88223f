// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "sink/transport.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace postrider::bench {

namespace {

constexpr std::size_t WireOctets = 256 * 1024;
constexpr std::size_t InputOctets = 128 * 1024;

} // namespace

Transport::Transport(int descriptor, std::chrono::milliseconds silence)
    : m_descriptor(descriptor)
    , m_silence(silence)
    , m_wireInput(WireOctets)
    , m_input(InputOctets)
{ }

Transport::~Transport()
{
    if (m_tls && SSL_is_init_finished(m_tls.get()))
        SSL_shutdown(m_tls.get());
    static_cast<void>(sendWire()); // the other side may be gone
    shutdown(m_descriptor, SHUT_RDWR);
    close(m_descriptor);
}

bool Transport::startTls(SSL_CTX *context)
{
    if (!flush())
        return false;
    m_tls.reset(SSL_new(context));
    BIO *const bio = BIO_new(bioMethod());
    BIO_set_data(bio, this);
    BIO_set_init(bio, 1);
    SSL_set_bio(m_tls.get(), bio, bio);
    SSL_set_accept_state(m_tls.get());
    while (true) {
        const int result = SSL_do_handshake(m_tls.get());
        if (result == 1)
            return true; // the session tickets leave with our next words
        if (SSL_get_error(m_tls.get(), result) != SSL_ERROR_WANT_READ || !receive())
            return false;
    }
}

bool Transport::fill()
{
    if (m_inputBegin == m_inputEnd) {
        m_inputBegin = m_inputEnd = 0;
    } else if (m_inputEnd == m_input.size()) {
        std::memmove(m_input.data(), m_input.data() + m_inputBegin, m_inputEnd - m_inputBegin);
        m_inputEnd -= m_inputBegin;
        m_inputBegin = 0;
        if (m_inputEnd == m_input.size())
            return false; // a line that is longer than all we keep
    }
    while (!fillFromWire()) {
        if (m_tls && SSL_get_shutdown(m_tls.get()) != 0)
            return false;
        if (!receive())
            return false;
    }
    return true;
}

/// Whether what was received already gave input.
bool Transport::fillFromWire()
{
    char *const to = m_input.data() + m_inputEnd;
    const std::size_t space = m_input.size() - m_inputEnd;
    std::size_t count = 0;
    if (m_tls) {
        if (SSL_read_ex(m_tls.get(), to, space, &count) != 1)
            count = 0;
    } else {
        count = std::min(space, m_wireEnd - m_wireBegin);
        std::memcpy(to, m_wireInput.data() + m_wireBegin, count);
        m_wireBegin += count;
    }
    m_inputEnd += count;
    return count > 0;
}

bool Transport::receive()
{
    const bool hasWords = !m_output.empty() || !m_wireOutput.empty();
    const bool isKeptBack = hasWords && m_silence.count() > 0 && !isSilent();
    if (hasWords && !isKeptBack && !flush())
        return false;
    if (m_wireBegin == m_wireEnd)
        m_wireBegin = m_wireEnd = 0;
    ssize_t count = 0;
    do {
        count = recv(m_descriptor, m_wireInput.data() + m_wireEnd, m_wireInput.size() - m_wireEnd, 0);
    } while (count < 0 && errno == EINTR);
    if (count <= 0)
        return false;
    m_wireEnd += static_cast<std::size_t>(count);
    if (m_hasSpoken)
        ++m_turns;
    m_hasSpoken = false;
    return true;
}

bool Transport::isSilent() const
{
    pollfd waiting { m_descriptor, POLLIN, 0 };
    return poll(&waiting, 1, static_cast<int>(m_silence.count())) == 0;
}

bool Transport::flush()
{
    if (!m_output.empty()) {
        if (m_tls) {
            std::size_t written = 0;
            if (SSL_write_ex(m_tls.get(), m_output.data(), m_output.size(), &written) != 1)
                return false;
        } else {
            m_wireOutput += m_output;
        }
        m_output.clear();
    }
    return sendWire();
}

bool Transport::sendWire()
{
    std::string_view left = m_wireOutput;
    while (!left.empty()) {
        const ssize_t count = send(m_descriptor, left.data(), left.size(), MSG_NOSIGNAL);
        if (count < 0 && errno != EINTR)
            return false;
        if (count > 0)
            left.remove_prefix(static_cast<std::size_t>(count));
        m_hasSpoken = true;
    }
    m_wireOutput.clear();
    return true;
}

int Transport::readWire(BIO *bio, char *data, int size)
{
    auto *const self = static_cast<Transport *>(BIO_get_data(bio));
    const std::size_t count = std::min(static_cast<std::size_t>(size), self->m_wireEnd - self->m_wireBegin);
    BIO_clear_retry_flags(bio);
    if (count == 0) {
        BIO_set_retry_read(bio);
        return -1;
    }
    std::memcpy(data, self->m_wireInput.data() + self->m_wireBegin, count);
    self->m_wireBegin += count;
    return static_cast<int>(count);
}

int Transport::writeWire(BIO *bio, const char *data, int size)
{
    auto *const self = static_cast<Transport *>(BIO_get_data(bio));
    self->m_wireOutput.append(data, static_cast<std::size_t>(size));
    BIO_clear_retry_flags(bio);
    return size;
}

long Transport::control(BIO *, int command, long, void *)
{
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

const BIO_METHOD *Transport::bioMethod()
{
    static BIO_METHOD *const method = [] {
        BIO_METHOD *made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "sink");
        BIO_meth_set_read(made, &Transport::readWire);
        BIO_meth_set_write(made, &Transport::writeWire);
        BIO_meth_set_ctrl(made, &Transport::control);
        return made;
    }();
    return method;
}

} // namespace postrider::bench
