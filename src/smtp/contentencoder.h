// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QIODevice>

#include <memory>

namespace postrider::smtp {

/**
 * Gives a message's content in the form that follows DATA, without the line that ends it.
 *
 * A dot at the start of a line is doubled (RFC 5321 section 4.5.2). A CR or LF alone becomes CRLF, and a last
 * line without CRLF gets one, because a server may take any other line end for the end of the message. Reads
 * the device as octets are taken and holds at most BlockOctets of it.
 */
class ContentEncoder
{
public:
    static constexpr qsizetype BlockOctets = 32 * 1024;

    /// The device is open. Content with fewer octets than expected counts as unreadable: half a message is
    /// none.
    ContentEncoder(std::unique_ptr<QIODevice> device, qint64 expectedOctets);

    enum class Status { More, AtEnd, Unreadable };
    /// Appends at most maxOctets to out.
    Status take(QByteArray &out, qsizetype maxOctets);

    /// Content taken so far, with CRLF line ends and before dots were doubled.
    [[nodiscard]] qint64 octets() const noexcept { return m_octets; }

private:
    [[nodiscard]] bool fill();
    void takeRun(QByteArray &out, qsizetype maxOctets);

    std::unique_ptr<QIODevice> m_device;
    qint64 m_expectedOctets;
    QByteArray m_block {};
    qsizetype m_position = 0;
    QByteArrayView m_pending {}; ///< what an octet of the block became, as far as it was not taken
    bool m_isAtLineStart = true;
    bool m_isAfterCr = false;
    bool m_isExhausted = false;
    bool m_isUnreadable = false;
    qint64 m_octets = 0;
};

} // namespace postrider::smtp
