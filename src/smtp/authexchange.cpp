// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "smtp/authexchange.h"

#include <algorithm>
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

QByteArray toBase64(const base::Secret &secret)
{
    const QByteArrayView octets = secret.reveal();
    return QByteArray::fromRawData(octets.data(), octets.size()).toBase64();
}

/// Wherever it stands and however it is written: some servers have it behind the code of a success.
bool hasServerSignature(const QByteArray &line)
{
    const QList<QByteArray> words = line.split(' ');
    return std::any_of(words.begin(), words.end(), [](const QByteArray &word) {
        return word.startsWith("v=") || QByteArray::fromBase64(word).startsWith("v=");
    });
}

using Kind = AuthExchange::Error::Kind;

AuthExchange::Error toError(sasl::Error error)
{
    return { error == sasl::Error::ServerNotVerified ? Kind::ServerNotVerified : Kind::MechanismFailed,
             error };
}

} // namespace

AuthExchange::AuthExchange(std::unique_ptr<sasl::Mechanism> mechanism)
    : m_mechanism(std::move(mechanism))
{
    m_guard.rememberPlain(m_mechanism->secret());
}

QByteArray AuthExchange::mechanismName() const
{
    return m_mechanism->name().toUpper();
}

base::Expected<AuthExchange::Line, AuthExchange::Error> AuthExchange::command(InitialResponse use)
{
    auto response = m_mechanism->initialResponse();
    if (!response)
        return base::Unexpected(toError(response.error()));
    const QByteArray command = "AUTH " + mechanismName();
    if (!*response)
        return Line { command, command };
    const QByteArray encoded = (*response)->isEmpty() ? "="_ba : toBase64(**response);
    QByteArray line = command + ' ' + encoded;
    if (use == InitialResponse::WhereItFits && line.size() + 2 <= CommandLineOctets) {
        m_hasSentInitialResponse = true;
        m_guard.rememberEncoded(encoded);
        return Line { std::move(line), command + " ***" };
    }
    m_heldResponse = std::move(**response);
    return Line { command, command };
}

base::Expected<AuthExchange::Answer, AuthExchange::Error> AuthExchange::answer(const Reply &reply)
{
    const std::optional<QByteArray> challenge = decodedChallenge(reply);
    if (!challenge || ++m_challenges > MostChallenges)
        return base::Unexpected(Error { Kind::MalformedChallenge });

    base::Secret response;
    if (m_heldResponse) {
        // This challenge only says that the server is ready for what did not go with the command.
        if (!challenge->isEmpty())
            return base::Unexpected(Error { Kind::MalformedChallenge });
        response = std::move(*m_heldResponse);
        m_heldResponse.reset();
    } else {
        auto answer = m_mechanism->respond(*challenge);
        if (!answer)
            return base::Unexpected(toError(answer.error()));
        if (auto *derivation = std::get_if<sasl::KeyDerivation>(&*answer))
            return Answer(std::move(*derivation));
        response = std::move(std::get<base::Secret>(*answer));
    }
    auto line = toLine(response);
    if (!line)
        return base::Unexpected(line.error());
    return Answer(std::move(*line));
}

base::Expected<AuthExchange::Line, AuthExchange::Error> AuthExchange::resume(base::Secret derivedKey)
{
    const auto response = m_mechanism->resume(std::move(derivedKey));
    if (!response)
        return base::Unexpected(toError(response.error()));
    return toLine(*response);
}

base::Expected<void, AuthExchange::Error> AuthExchange::verifySuccess() const
{
    if (m_heldResponse)
        return base::Unexpected(Error { Kind::ServerNotVerified });
    if (const auto verified = m_mechanism->verifySuccess(); !verified)
        return base::Unexpected(Error { Kind::ServerNotVerified, verified.error() });
    return {};
}

std::optional<sasl::Refusal> AuthExchange::refusal() const
{
    std::optional<sasl::Refusal> refusal = m_mechanism->refusal();
    if (refusal && m_guard.isEcho({ refusal->status, refusal->scope }))
        refusal = sasl::Refusal {};
    return refusal;
}

bool AuthExchange::isConfidential(const Reply &reply) const
{
    const auto &lines = reply.lines;
    if (reply.isIntermediate())
        return std::any_of(lines.begin(), lines.end(),
                           [](const QByteArray &text) { return !text.isEmpty(); });
    return m_guard.isEcho(lines) || std::any_of(lines.begin(), lines.end(), hasServerSignature);
}

base::Expected<AuthExchange::Line, AuthExchange::Error> AuthExchange::toLine(const base::Secret &response)
{
    QByteArray line = toBase64(response);
    if (line.size() > AuthLineOctets)
        return base::Unexpected(Error { Kind::MechanismFailed });
    m_guard.rememberEncoded(line);
    return Line { std::move(line), "***"_ba };
}

} // namespace postrider::smtp
