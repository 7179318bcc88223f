// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "practice/serversession.h"

#include <QtAlgorithms>

#include <algorithm>
#include <cstring>
#include <utility>

namespace postrider::practice {

namespace {

/// The longest line taken; AUTH needs the most (RFC 4954 section 4).
constexpr qsizetype MaximumLineOctets = 12'288;
/// RFC 5321 section 4.5.3.1.8 asks for at least 100.
constexpr qsizetype MaximumRecipients = 1'000;

/// An address between angle brackets and what follows it.
struct Path
{
    QByteArray address {};
    QList<QByteArray> parameters {};
};

/// "FROM:<a@b> SIZE=1" with the keyword "FROM:"; nothing when the syntax is wrong.
std::optional<Path> parsePath(const QByteArray &argument, QByteArrayView keyword)
{
    if (argument.size() < keyword.size() + 2
        || argument.left(keyword.size()).compare(keyword, Qt::CaseInsensitive) != 0
        || argument.at(keyword.size()) != '<')
        return {};

    const qsizetype begin = keyword.size() + 1;
    bool quoted = false;
    qsizetype end = begin;
    for (; end < argument.size(); ++end) {
        const char octet = argument.at(end);
        if (quoted && octet == '\\')
            ++end;
        else if (octet == '"')
            quoted = !quoted;
        else if (!quoted && octet == '>')
            break;
        else if (octet == '<' || (!quoted && octet == ' '))
            return {};
    }
    if (end >= argument.size())
        return {};

    Path path;
    path.address = argument.mid(begin, end - begin);
    const QByteArray rest = argument.mid(end + 1);
    if (!rest.isEmpty() && !rest.startsWith(' '))
        return {};
    const QList<QByteArray> words = rest.split(' ');
    for (const QByteArray &word : words) {
        if (!word.isEmpty())
            path.parameters.append(word);
    }
    return path;
}

bool isAscii(const QByteArray &text)
{
    return std::all_of(text.cbegin(), text.cend(),
                       [](char c) { return (static_cast<uchar>(c) & 0x80) == 0; });
}

std::optional<QByteArray> fromBase64(const QByteArray &text)
{
    auto result = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    if (!result)
        return {};
    return std::move(result.decoded);
}

} // namespace

ServerSession::ServerSession(Config config)
    : m_config(std::move(config))
{
    reply("220 localhost ESMTP Postrider practice mailbox");
}

void ServerSession::receive(QByteArrayView octets)
{
    if (m_state == State::Closed || octets.isEmpty())
        return;
    if (m_state == State::AwaitingTls) {
        // Plain text where the handshake must begin: somebody tries to be read as part of what follows it.
        close();
        return;
    }
    m_input.append(octets);
    work();
}

void ServerSession::tlsEstablished()
{
    if (m_state != State::AwaitingTls)
        return;
    // RFC 3207 section 4.2: what was said before does not count any more.
    m_state = State::Command;
    m_tls = Tls::Established;
    m_greeted = false;
    m_signedIn = false;
    resetTransaction();
}

void ServerSession::messageKept()
{
    if (m_state != State::AwaitingStore)
        return;
    m_state = State::Command;
    reply("250 2.0.0 Caught here, not sent");
    work();
}

void ServerSession::messageNotKept()
{
    if (m_state != State::AwaitingStore)
        return;
    m_state = State::Command;
    reply("452 4.3.1 The message could not be written to disk");
    work();
}

void ServerSession::handleIdle()
{
    if (m_state == State::Closed)
        return;
    if (m_state == State::Content)
        m_actions.append(action::DropMessage {});
    if (m_state != State::AwaitingTls)
        reply("421 4.4.2 Idle for too long");
    close();
}

QByteArray ServerSession::takeOutput()
{
    return std::exchange(m_output, {});
}

std::optional<Action> ServerSession::nextAction()
{
    if (m_actions.isEmpty())
        return {};
    return m_actions.takeFirst();
}

void ServerSession::work()
{
    QByteArray line;
    for (;;) {
        switch (m_state) {
        case State::AwaitingTls:
        case State::AwaitingStore:
        case State::Closed:
            return;
        case State::Content: {
            const qsizetype read = readContent(m_input);
            m_input.remove(0, read);
            if (m_state == State::Content)
                return;
            break;
        }
        case State::Command:
        case State::AuthPlain:
        case State::AuthLoginUser:
        case State::AuthLoginPassword:
            if (!takeLine(line))
                return;
            handleLine(line);
            break;
        }
    }
}

bool ServerSession::takeLine(QByteArray &line)
{
    const qsizetype end = m_input.indexOf("\r\n");
    if (end < 0) {
        if (m_input.size() > MaximumLineOctets) {
            // The CR that may be half of the line's end stays.
            m_input = m_input.endsWith('\r') ? QByteArray("\r") : QByteArray();
            m_lineTooLong = true;
        }
        return false;
    }
    line = m_input.left(end);
    m_input.remove(0, end + 2);
    if (line.size() > MaximumLineOctets)
        m_lineTooLong = true;
    return true;
}

void ServerSession::handleLine(const QByteArray &line)
{
    if (std::exchange(m_lineTooLong, false)) {
        m_state = State::Command;
        reply("500 5.5.6 Line too long");
        return;
    }
    if (line.contains('\r') || line.contains('\n') || line.contains('\0')) {
        m_state = State::Command;
        reply("500 5.5.2 A line ends with CR and LF together");
        return;
    }
    if (m_state == State::Command)
        handleCommand(line);
    else
        handleAuthLine(line);
}

void ServerSession::handleCommand(const QByteArray &line)
{
    const qsizetype space = line.indexOf(' ');
    const QByteArray verb = line.left(space < 0 ? line.size() : space).toUpper();
    const QByteArray argument = space < 0 ? QByteArray() : line.mid(space + 1).trimmed();

    if (verb == "EHLO" || verb == "HELO") {
        handleHello(verb, argument);
    } else if (verb == "STARTTLS") {
        handleStartTls(argument);
    } else if (verb == "AUTH") {
        handleAuth(argument);
    } else if (verb == "MAIL") {
        handleMail(argument);
    } else if (verb == "RCPT") {
        handleRcpt(argument);
    } else if (verb == "DATA") {
        handleData(argument);
    } else if (verb == "RSET") {
        resetTransaction();
        reply("250 2.0.0 OK");
    } else if (verb == "NOOP") {
        reply("250 2.0.0 OK");
    } else if (verb == "VRFY") {
        reply("252 2.1.5 Any recipient is taken");
    } else if (verb == "QUIT") {
        reply("221 2.0.0 Goodbye");
        close();
    } else {
        reply("500 5.5.1 Unknown command");
    }
}

void ServerSession::handleHello(const QByteArray &verb, const QByteArray &argument)
{
    if (argument.isEmpty()) {
        reply("501 5.5.4 Name yourself");
        return;
    }
    resetTransaction();
    m_greeted = true;
    if (verb == "HELO") {
        reply("250 localhost");
        return;
    }
    reply("250-localhost");
    reply(QByteArray("250-SIZE " + QByteArray::number(m_config.sizeLimit)));
    reply("250-8BITMIME");
    reply("250-SMTPUTF8");
    reply("250-ENHANCEDSTATUSCODES");
    reply("250-PIPELINING");
    reply(m_tls == Tls::Established ? QByteArrayView("250 AUTH PLAIN LOGIN")
                                    : QByteArrayView("250 STARTTLS"));
}

void ServerSession::handleStartTls(const QByteArray &argument)
{
    if (m_tls == Tls::Established) {
        reply("503 5.5.1 TLS is on already");
        return;
    }
    if (!argument.isEmpty()) {
        reply("501 5.5.4 STARTTLS takes no parameter");
        return;
    }
    if (!m_input.isEmpty()) {
        close();
        return;
    }
    reply("220 2.0.0 Ready to start TLS");
    m_state = State::AwaitingTls;
    m_actions.append(action::BeginTls {});
}

void ServerSession::handleAuth(const QByteArray &argument)
{
    if (!m_greeted || m_mailGiven) {
        reply("503 5.5.1 Not now");
        return;
    }
    if (m_signedIn) {
        reply("503 5.5.1 Signed in already");
        return;
    }
    if (m_tls == Tls::None) {
        reply("538 5.7.11 Sign-in needs encryption first");
        return;
    }
    const qsizetype space = argument.indexOf(' ');
    const QByteArray mechanism = argument.left(space < 0 ? argument.size() : space).toUpper();
    std::optional<QByteArray> initial;
    if (space >= 0)
        initial = argument.mid(space + 1);

    if (mechanism == "PLAIN")
        m_state = State::AuthPlain;
    else if (mechanism == "LOGIN")
        m_state = State::AuthLoginUser;
    else {
        reply("504 5.5.4 Unknown mechanism");
        return;
    }
    if (initial)
        handleAuthLine(*initial == "=" ? QByteArray() : *initial);
    else
        reply(mechanism == "PLAIN" ? QByteArrayView("334 ") : QByteArrayView("334 VXNlcm5hbWU6"));
}

void ServerSession::handleAuthLine(const QByteArray &line)
{
    const State state = std::exchange(m_state, State::Command);
    if (line == "*") {
        reply("501 5.7.0 Sign-in was cancelled");
        return;
    }
    const std::optional<QByteArray> decoded = fromBase64(line);
    if (!decoded) {
        reply("501 5.5.2 Not base64");
        return;
    }
    switch (state) {
    case State::AuthPlain:
        handlePlainResponse(*decoded);
        break;
    case State::AuthLoginUser:
        m_loginUser = *decoded;
        m_state = State::AuthLoginPassword;
        reply("334 UGFzc3dvcmQ6");
        break;
    default:
        finishAuth(m_loginUser, *decoded);
        break;
    }
}

void ServerSession::handlePlainResponse(const QByteArray &decoded)
{
    // RFC 4616: [authzid] NUL authcid NUL passwd
    const QList<QByteArray> parts = decoded.split('\0');
    if (parts.size() != 3) {
        reply("501 5.5.2 Not a PLAIN response");
        return;
    }
    if (!parts.at(0).isEmpty() && parts.at(0) != parts.at(1)) {
        reply("535 5.7.8 Nobody may act for another here");
        return;
    }
    finishAuth(parts.at(1), parts.at(2));
}

void ServerSession::finishAuth(const QByteArray &user, const QByteArray &password)
{
    if (user != m_config.user || password != m_config.password) {
        reply("535 5.7.8 User name or password is wrong");
        return;
    }
    m_signedIn = true;
    reply("235 2.7.0 Signed in");
}

bool ServerSession::mayStartTransaction()
{
    if (!m_greeted)
        reply("503 5.5.1 EHLO first");
    else if (m_tls == Tls::None)
        reply("530 5.7.0 STARTTLS first");
    else if (!m_signedIn)
        reply("530 5.7.0 Sign in first");
    else
        return true;
    return false;
}

void ServerSession::handleMail(const QByteArray &argument)
{
    if (!mayStartTransaction())
        return;
    if (m_mailGiven) {
        reply("503 5.5.1 MAIL was given already");
        return;
    }
    const std::optional<Path> path = parsePath(argument, "FROM:");
    if (!path) {
        reply("501 5.5.2 Say MAIL FROM:<address>");
        return;
    }

    CaughtEnvelope envelope;
    envelope.user = m_config.user;
    envelope.reversePath = path->address;
    for (const QByteArray &parameter : path->parameters) {
        const qsizetype equals = parameter.indexOf('=');
        const QByteArray keyword = parameter.left(equals < 0 ? parameter.size() : equals).toUpper();
        const QByteArray value = equals < 0 ? QByteArray() : parameter.mid(equals + 1);
        if (keyword == "SIZE") {
            bool isNumber = false;
            const qint64 size = value.toLongLong(&isNumber);
            if (!isNumber || size < 0) {
                reply("501 5.5.4 SIZE takes a number");
                return;
            }
            if (size > m_config.sizeLimit) {
                reply("552 5.3.4 The message is too large");
                return;
            }
        } else if (keyword == "BODY") {
            envelope.body = value.toUpper();
            if (envelope.body != "7BIT" && envelope.body != "8BITMIME") {
                reply("501 5.5.4 BODY is 7BIT or 8BITMIME");
                return;
            }
        } else if (keyword == "SMTPUTF8" && equals < 0) {
            envelope.internationalAddresses = true;
        } else if (keyword != "AUTH") { // RFC 4954 section 5: who first submitted it; of no use here
            reply("555 5.5.4 Unknown parameter");
            return;
        }
    }
    if (!isAscii(envelope.reversePath)
        && (!envelope.internationalAddresses || !envelope.reversePath.isValidUtf8())) {
        reply("553 5.6.7 This address needs SMTPUTF8");
        return;
    }
    m_envelope = envelope;
    m_mailGiven = true;
    reply("250 2.1.0 OK");
}

void ServerSession::handleRcpt(const QByteArray &argument)
{
    if (!m_mailGiven) {
        reply("503 5.5.1 MAIL first");
        return;
    }
    const std::optional<Path> path = parsePath(argument, "TO:");
    if (!path || path->address.isEmpty()) {
        reply("501 5.5.2 Say RCPT TO:<address>");
        return;
    }
    if (!path->parameters.isEmpty()) {
        reply("555 5.5.4 Unknown parameter");
        return;
    }
    if (!isAscii(path->address) && (!m_envelope.internationalAddresses || !path->address.isValidUtf8())) {
        reply("553 5.6.7 This address needs SMTPUTF8");
        return;
    }
    if (m_envelope.recipients.size() >= MaximumRecipients) {
        reply("452 4.5.3 Too many recipients");
        return;
    }
    m_envelope.recipients.append(path->address);
    reply("250 2.1.5 OK");
}

void ServerSession::handleData(const QByteArray &argument)
{
    if (!argument.isEmpty()) {
        reply("501 5.5.4 DATA takes no parameter");
        return;
    }
    if (!m_mailGiven) {
        reply("503 5.5.1 MAIL first");
        return;
    }
    if (m_envelope.recipients.isEmpty()) {
        reply("554 5.5.1 No recipients");
        return;
    }
    m_state = State::Content;
    m_contentPosition = ContentPosition::LineStart;
    m_contentFault = ContentFault::None;
    m_contentOctets = 0;
    m_actions.append(action::BeginMessage { m_envelope });
    reply("354 End with a line that holds a dot alone");
}

qsizetype ServerSession::readContent(QByteArrayView octets)
{
    QByteArray content;
    content.reserve(octets.size() + 2);
    const auto bareLineEnd = [this] {
        if (m_contentFault == ContentFault::None)
            m_contentFault = ContentFault::BareLineEnd;
    };

    qsizetype at = 0;
    bool ended = false;
    while (at < octets.size() && !ended) {
        const char octet = octets.at(at);
        switch (m_contentPosition) {
        case ContentPosition::LineStart:
            m_contentPosition = octet == '.' ? ContentPosition::Dot : ContentPosition::Line;
            if (octet == '.')
                ++at;
            break;
        case ContentPosition::Line: {
            const char *begin = octets.data() + at;
            const auto left = static_cast<std::size_t>(octets.size() - at);
            const auto *carriageReturn = static_cast<const char *>(std::memchr(begin, '\r', left));
            const char *end = carriageReturn ? carriageReturn : begin + left;
            if (std::memchr(begin, '\n', static_cast<std::size_t>(end - begin)))
                bareLineEnd();
            content.append(begin, end - begin);
            at += end - begin;
            if (carriageReturn) {
                m_contentPosition = ContentPosition::Cr;
                ++at;
            }
            break;
        }
        case ContentPosition::Cr:
        case ContentPosition::DotCr:
            if (octet == '\n') {
                ended = m_contentPosition == ContentPosition::DotCr;
                if (!ended)
                    content.append("\r\n");
                m_contentPosition = ContentPosition::LineStart;
                ++at;
            } else {
                bareLineEnd();
                content.append('\r');
                m_contentPosition = ContentPosition::Line;
            }
            break;
        case ContentPosition::Dot:
            m_contentPosition = octet == '\r' ? ContentPosition::DotCr : ContentPosition::Line;
            if (octet == '\r')
                ++at;
            break;
        }
    }

    m_contentOctets += content.size();
    if (m_contentOctets > m_config.sizeLimit && m_contentFault != ContentFault::TooLarge)
        m_contentFault = ContentFault::TooLarge;
    if (m_contentFault == ContentFault::None && !content.isEmpty())
        m_actions.append(action::AppendContent { content });
    if (ended)
        endContent();
    return at;
}

void ServerSession::endContent()
{
    resetTransaction();
    switch (m_contentFault) {
    case ContentFault::None:
        m_state = State::AwaitingStore;
        m_actions.append(action::KeepMessage {});
        return;
    case ContentFault::TooLarge:
        reply("552 5.3.4 The message is too large");
        break;
    case ContentFault::BareLineEnd:
        reply("550 5.6.0 A line of the message ends with CR or LF alone");
        break;
    }
    m_state = State::Command;
    m_actions.append(action::DropMessage {});
}

void ServerSession::resetTransaction()
{
    m_mailGiven = false;
    m_envelope = {};
}

void ServerSession::reply(QByteArrayView line)
{
    m_output.append(line).append("\r\n");
}

void ServerSession::close()
{
    m_state = State::Closed;
    m_input.clear();
    m_actions.append(action::Close {});
}

} // namespace postrider::practice
