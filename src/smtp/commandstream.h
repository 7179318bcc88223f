// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "smtp/sessionevent.h"

#include <QByteArray>
#include <QByteArrayView>

#include <deque>
#include <optional>

namespace postrider::smtp {

/// What a reply is awaited for.
enum class Step {
    Greeting,
    Ehlo,
    Helo,
    StartTls,
    Auth,
    AuthCancel,
    Mail,
    Recipient,
    Data,
    Chunk,      ///< BDAT without LAST
    ContentEnd, ///< the line with a dot, or BDAT with LAST
    SenderMail, ///< verifySender()
    Reset,
    WindowReset, ///< in front of a transaction whose predecessor has no answer yet
    Quit,
};

/**
 * The octets on their way to the server, and what replies they will bring: one for each command, in order
 * (RFC 2920 section 3.1). Replies belong to commands by counting alone.
 *
 * A reply can only be genuine when the last octet of its command was taken. The stream knows which are.
 */
class CommandStream
{
public:
    struct Awaited
    {
        Step step = Step::Greeting;
        std::optional<TransactionId> transaction {};
        qsizetype recipient = 0;
        qint64 end = 0; ///< how many octets are taken when it is; set by await()
    };

    void append(QByteArrayView octets);
    /// Shares the octets with `block` when nothing else is waiting to be taken.
    void appendBlock(const QByteArray &block);
    /// A reply will come to what was appended so far.
    void await(Awaited awaited);
    void appendLine(QByteArrayView line, const Awaited &awaited);

    /// At most maxOctets of what was appended.
    [[nodiscard]] QByteArray take(qsizetype maxOctets);
    /// Octets that leave past this stream: only when nothing is waiting in it.
    void notePassed(qsizetype octets);
    [[nodiscard]] qsizetype waitingOctets() const noexcept { return m_octets.size() - m_taken; }

    [[nodiscard]] bool isAwaiting() const noexcept { return !m_awaited.empty(); }
    [[nodiscard]] const Awaited &front() const { return m_awaited.front(); }
    [[nodiscard]] const std::deque<Awaited> &awaited() const noexcept { return m_awaited; }
    /// Whether the command's last octet was taken.
    [[nodiscard]] bool isTaken(const Awaited &awaited) const noexcept { return awaited.end <= m_totalTaken; }
    /// Whether a reply can come now.
    [[nodiscard]] bool isReplyDue() const { return isAwaiting() && isTaken(front()); }
    Awaited takeFront();

    void clear();

private:
    QByteArray m_octets {};
    qsizetype m_taken = 0; ///< of m_octets
    qint64 m_totalTaken = 0;
    std::deque<Awaited> m_awaited {};
};

} // namespace postrider::smtp
