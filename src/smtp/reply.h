// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

#include <optional>

namespace postrider::smtp {

/// An enhanced mail system status code such as 5.1.1 (RFC 3463). All zero: none was given.
struct EnhancedStatusCode
{
    int classDigit = 0;
    int subject = 0;
    int detail = 0;

    [[nodiscard]] bool isNull() const noexcept { return classDigit == 0; }
    /// "5.1.1"; empty when null.
    [[nodiscard]] QByteArray toByteArray() const;
    friend bool operator==(const EnhancedStatusCode &, const EnhancedStatusCode &) = default;
};

/// One complete reply of a server (RFC 5321 section 4.2). Only its first digit decides what happens. Lines
/// that do not agree count as the worst of them: what is both accepted and refused is refused.
struct Reply
{
    int code = 0;
    EnhancedStatusCode
        enhanced {}; ///< null when absent or of another class than the code (RFC 2034 section 4)
    QList<QByteArray>
        lines {};            ///< the texts without code and separator, octets as received, within ReplyLimits
    QList<int> lineCodes {}; ///< as received, when the lines do not agree; else empty

    [[nodiscard]] bool isPositive() const noexcept { return code / 100 == 2; }
    [[nodiscard]] bool isIntermediate() const noexcept { return code / 100 == 3; }
    [[nodiscard]] bool isTransient() const noexcept { return code / 100 == 4; }
    [[nodiscard]] bool isPermanent() const noexcept { return code / 100 == 5; }

    /// The server's own words for a person: lossy UTF-8, lines joined by a space, enhanced code removed, and
    /// no control, bidi or other invisible formatting characters.
    [[nodiscard]] QString text() const;
    friend bool operator==(const Reply &, const Reply &) = default;
};

/// A line of a server as a transcript may show it: lossy UTF-8, with control, bidi and other invisible
/// characters written out as "\u{1B}".
[[nodiscard]] QByteArray inertLine(QByteArrayView line);

/// Bounds that no server can push a session beyond.
struct ReplyLimits
{
    qsizetype lineOctets = 8 * 1024;       ///< so much of a line is kept, without CRLF
    qsizetype challengeOctets = 12 * 1024; ///< of the text of a 334 line, which is kept whole or is an error
                                           ///< (RFC 4954 section 4)
    qsizetype lines = 128;                 ///< of one reply; more end the session
    qsizetype replyOctets = 64 * 1024;     ///< of one reply as received; more end the session
};

/**
 * Cuts a server's octets into replies.
 *
 * Lines end with CRLF and nothing else. The same octets give the same replies however they are cut. After an
 * error nothing more is parsed: the connection is beyond repair.
 */
class ReplyParser
{
public:
    enum class Error {
        NotAReply,   ///< no three digits between 2 and 5, or a wrong separator
        BareLineEnd, ///< CR or LF alone
        TooLong,     ///< a limit was passed
        ContainsNul,
    };

    explicit ReplyParser(ReplyLimits limits = {});

    void append(QByteArrayView octets);
    /// The next complete reply; nothing when more octets are needed.
    [[nodiscard]] base::Expected<std::optional<Reply>, Error> next();
    /// Octets received that belong to no reply yet handed out. STARTTLS demands that there are none.
    [[nodiscard]] qsizetype pendingOctets() const noexcept;
    /// After an error: the line in which it is, up to there and at most ReplyLimits::lineOctets of it.
    [[nodiscard]] const QByteArray &rejectedLine() const noexcept { return m_rejectedLine; }
    void clear();

private:
    enum class LineEnd { NotYet, Complete };
    [[nodiscard]] base::Expected<LineEnd, Error> scanLine();
    struct Flaw
    {
        qsizetype at = 0; ///< into m_buffer
        Error error = Error::NotAReply;
    };
    [[nodiscard]] std::optional<Flaw> firstFlaw(qsizetype end) const;
    [[nodiscard]] base::Expected<std::optional<Reply>, Error> takeLine(QByteArrayView line);

    ReplyLimits m_limits;
    QByteArray m_buffer {};
    qsizetype m_lineStart = 0; ///< into m_buffer: the octets before it belong to replies handed out
    qsizetype m_scanned = 0;   ///< into m_buffer: the octets before it broke no rule
    QList<QByteArray> m_lines {};
    QList<int> m_lineCodes {};
    qsizetype m_replyOctets = 0; ///< of the complete lines in m_lines, with CRLF
    std::optional<Error> m_error {};
    QByteArray m_rejectedLine {};
};

} // namespace postrider::smtp
