// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <optional>
#include <variant>

namespace postrider::practice {

/// What a client said about a message before its content.
struct CaughtEnvelope
{
    QByteArray reversePath {}; ///< empty for a null reverse-path
    QList<QByteArray> recipients {};
    QByteArray user {};                  ///< who signed in
    QByteArray body = "7BIT";            ///< the BODY parameter (RFC 6152)
    bool internationalAddresses = false; ///< SMTPUTF8 was given (RFC 6531)
};

namespace action {
/// Send takeOutput() in the clear, start the handshake and answer with tlsEstablished().
struct BeginTls
{ };
/// A message's content follows.
struct BeginMessage
{
    CaughtEnvelope envelope {};
};
/// The next octets of the content, after dot-unstuffing.
struct AppendContent
{
    QByteArray octets {};
};
/// The content is complete: keep it for good, then answer with messageKept() or messageNotKept().
struct KeepMessage
{ };
/// The content begun is not to be kept.
struct DropMessage
{ };
/// Send takeOutput() and close the connection.
struct Close
{ };
} // namespace action

using Action = std::variant<action::BeginTls, action::BeginMessage, action::AppendContent,
                            action::KeepMessage, action::DropMessage, action::Close>;

/**
 * The server's side of one SMTP connection to the practice mailbox, without the connection.
 *
 * Turns the octets of a client into replies and actions. It opens no socket or file and reads no clock, so
 * that each reply can be tested with literal octets. It takes any recipient; it asks for TLS and for the one
 * user's password first, as a sending server does (RFC 6409).
 *
 * After each input the caller takes nextAction() until there is none and writes takeOutput(). Octets that
 * came while an action still waits for its answer stay inside and are worked on after it. The same octets
 * give the same replies however they are cut.
 *
 * Lines end with CRLF only. A content line that holds CR or LF alone is no end of anything, and such a
 * message is refused (RFC 5321 section 2.3.8).
 */
class ServerSession
{
public:
    struct Config
    {
        QByteArray user {};
        QByteArray password {};
        qint64 sizeLimit = 52'428'800; ///< octets of a message, the SIZE that is offered (RFC 1870)
    };

    explicit ServerSession(Config config);

    void receive(QByteArrayView octets);
    void tlsEstablished();
    void messageKept();
    void messageNotKept();
    /// Tells a client that said nothing for long, and closes.
    void handleIdle();

    [[nodiscard]] QByteArray takeOutput();
    [[nodiscard]] std::optional<Action> nextAction();

private:
    enum class State {
        Command,
        AuthPlain,
        AuthLoginUser,
        AuthLoginPassword,
        Content,
        AwaitingTls,
        AwaitingStore,
        Closed
    };
    enum class Tls { None, Established };
    enum class ContentPosition { LineStart, Line, Cr, Dot, DotCr };
    enum class ContentFault { None, TooLarge, BareLineEnd };

    void work();
    [[nodiscard]] bool takeLine(QByteArray &line);
    void handleLine(const QByteArray &line);
    void handleCommand(const QByteArray &line);
    void handleHello(const QByteArray &verb, const QByteArray &argument);
    void handleStartTls(const QByteArray &argument);
    void handleAuth(const QByteArray &argument);
    void handleMail(const QByteArray &argument);
    void handleRcpt(const QByteArray &argument);
    void handleData(const QByteArray &argument);
    void handleAuthLine(const QByteArray &line);
    void finishAuth(const QByteArray &user, const QByteArray &password);
    void handlePlainResponse(const QByteArray &decoded);
    [[nodiscard]] bool mayStartTransaction();
    [[nodiscard]] qsizetype readContent(QByteArrayView octets);
    void endContent();
    void resetTransaction();
    void reply(QByteArrayView line);
    void close();

    Config m_config;
    State m_state = State::Command;
    Tls m_tls = Tls::None;
    QByteArray m_input {};
    QByteArray m_output {};
    QList<Action> m_actions {};

    bool m_greeted = false; ///< EHLO or HELO came since the start or since TLS
    bool m_signedIn = false;
    bool m_lineTooLong = false; ///< the rest of an over-long line is being skipped
    QByteArray m_loginUser {};

    bool m_mailGiven = false;
    CaughtEnvelope m_envelope {};
    ContentPosition m_contentPosition = ContentPosition::LineStart;
    ContentFault m_contentFault = ContentFault::None;
    qint64 m_contentOctets = 0;
};

} // namespace postrider::practice
