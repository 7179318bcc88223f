// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>

#include <utility>

namespace postrider::net {

/**
 * What the next connection of the same account needs to resume a TLS session instead of making a new one (RFC
 * 8446 section 2.2, RFC 5077). Made by a Connection whose server was accepted.
 *
 * As good as the keys of that session: it stays in memory, is never stored, and cannot be looked into. It
 * remembers host, port, trusted authorities, pin and client certificate, and a connection with any other of
 * them does not use it.
 */
class TlsTicket
{
public:
    TlsTicket() = default;

    [[nodiscard]] bool isNull() const { return m_session.isEmpty(); }

private:
    friend class TlsHandshake;
    TlsTicket(QByteArray session, QByteArray purpose)
        : m_session(std::move(session))
        , m_purpose(std::move(purpose))
    { }

    QByteArray m_session {};
    QByteArray m_purpose {}; ///< a hash of all that it must be used with
};

} // namespace postrider::net
