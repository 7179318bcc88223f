// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QIODevice>

#include <memory>

namespace postrider::smtp {

/**
 * Gives a message's content in the form that DATA or BDAT carries, without what ends or announces it.
 *
 * The device is read straight into the block that is handed out. Octets are copied once more only from the
 * first one on that has to change: a dot to be doubled, or a CR or LF alone.
 */
class ContentEncoder
{
public:
    /// Of the device at once, at most.
    static constexpr qsizetype BlockOctets = 64 * 1024;

    enum class Form {
        /// A dot at the start of a line is doubled (RFC 5321 section 4.5.2). A CR or LF alone becomes CRLF,
        /// and a last line without CRLF gets one, because a server may take any other line end for the end
        /// of the message.
        DotStuffed,
        Lines,  ///< the same without doubled dots (RFC 3030 section 2)
        Binary, ///< octet for octet (RFC 3030 section 3)
    };

    /// The device is open. Content with fewer octets than expected counts as unreadable: half a message is
    /// none.
    ContentEncoder(std::unique_ptr<QIODevice> device, qint64 expectedOctets);

    enum class Start { Done, Impossible };
    /// To be called first; again, to give the content once more. That is impossible when octets were taken
    /// from a device that cannot go back.
    [[nodiscard]] Start start(Form form);

    enum class Status { More, AtEnd, Unreadable };
    /// Appends at most maxOctets to out. Less only at the end, or when the device cannot be read.
    Status take(QByteArray &out, qsizetype maxOctets);

    /// Content taken so far, with CRLF line ends and before dots were doubled.
    [[nodiscard]] qint64 octets() const noexcept { return m_octets; }

private:
    [[nodiscard]] bool takeHeld(QByteArray &out, qsizetype end);
    void takeRun(QByteArray &out, qsizetype maxOctets);
    [[nodiscard]] bool read(QByteArray &out, qsizetype end);
    [[nodiscard]] qint64 readDevice(char *data, qsizetype maxOctets);
    [[nodiscard]] qsizetype unchangedOctets(QByteArrayView octets);

    std::unique_ptr<QIODevice> m_device;
    qint64 m_expectedOctets;
    qint64 m_startPosition = 0;
    Form m_form = Form::DotStuffed;
    QByteArray m_held {}; ///< read, and not as it has to leave
    qsizetype m_position = 0;
    QByteArrayView m_pending {}; ///< what an octet of m_held became, as far as it was not taken
    bool m_isAtLineStart = true;
    bool m_isAfterCr = false;
    bool m_isStarted = false;
    bool m_isExhausted = false;
    bool m_isUnreadable = false;
    qint64 m_octets = 0;
};

} // namespace postrider::smtp
