// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "smtp/authexchange.h"

#include <utility>

namespace postrider::smtp {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype CommandLineOctets = 512;    // with CRLF: RFC 5321 section 4.5.3.1.4
constexpr qsizetype AuthLineOctets = 12 * 1024; // of base64: RFC 4954 section 4
constexpr int MostChallenges = 20;              // more is a server that plays with us

/// Nothing when it is not exactly base64 (RFC 4648 section 3.3): Qt alone would let padding be left out.
std::optional<QByteArray> decodedChallenge(const Reply &reply)
{
    if (reply.lines.size() != 1)
        return std::nullopt;
    const QByteArray &text = reply.lines.constFirst();
    if (text.size() % 4 != 0 || text.size() > AuthLineOctets)
        return std::nullopt;
    auto result = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    if (!result)
        return std::nullopt;
    return std::move(result.decoded);
}

} // namespace

AuthExchange::AuthExchange(std::unique_ptr<sasl::Mechanism> mechanism)
    : m_mechanism(std::move(mechanism))
{ }

QByteArray AuthExchange::mechanismName() const
{
    return m_mechanism->name().toUpper();
}

base::Expected<AuthExchange::Line, AuthExchange::Error> AuthExchange::command()
{
    const auto response = m_mechanism->initialResponse();
    if (!response)
        return base::Unexpected(Error::MechanismFailed);
    const QByteArray command = "AUTH " + mechanismName();
    if (!*response)
        return Line { command, command };
    const QByteArray encoded = (*response)->isEmpty() ? "="_ba : (*response)->toBase64();
    const QByteArray line = command + ' ' + encoded;
    if (line.size() + 2 <= CommandLineOctets)
        return Line { line, command + " ***" };
    m_heldResponse = **response;
    return Line { command, command };
}

base::Expected<AuthExchange::Line, AuthExchange::Error> AuthExchange::answer(const Reply &reply)
{
    const std::optional<QByteArray> challenge = decodedChallenge(reply);
    if (!challenge || ++m_challenges > MostChallenges)
        return base::Unexpected(Error::MalformedChallenge);

    QByteArray response;
    if (m_heldResponse) {
        // This challenge only says that the server is ready for what did not fit into the command.
        if (!challenge->isEmpty())
            return base::Unexpected(Error::MalformedChallenge);
        response = *std::exchange(m_heldResponse, std::nullopt);
    } else {
        const auto answer = m_mechanism->respond(*challenge);
        if (!answer)
            return base::Unexpected(Error::MechanismFailed);
        response = *answer;
    }
    const QByteArray line = response.toBase64();
    if (line.size() > AuthLineOctets)
        return base::Unexpected(Error::MechanismFailed);
    return Line { line, "***"_ba };
}

} // namespace postrider::smtp
