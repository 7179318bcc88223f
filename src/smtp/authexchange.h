// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"
#include "sasl/mechanism.h"
#include "smtp/echoguard.h"
#include "smtp/reply.h"

#include <QByteArray>

#include <memory>
#include <optional>
#include <variant>

namespace postrider::smtp {

/**
 * The lines of one AUTH command and of what follows it until the server decides (RFC 4954 section 4): joins a
 * SASL mechanism to base64 and to the limits of a line. After an error the exchange is to be cancelled.
 */
class AuthExchange
{
public:
    struct Error
    {
        enum class Kind {
            MechanismFailed,
            MalformedChallenge, ///< no base64, or one challenge too many
            ServerNotVerified,  ///< no proof, or a wrong one, of what the mechanism demands
        };
        Kind kind = Kind::MechanismFailed;
        std::optional<sasl::Error> mechanism {}; ///< what the mechanism said, if it was asked
    };
    enum class InitialResponse {
        WhereItFits, ///< into a command line together with the command
        Never,       ///< the server has no room for it (500 5.5.6)
    };

    /// One line for the server, without CRLF.
    struct Line
    {
        QByteArray octets {};
        QByteArray shown {}; ///< the same with what is secret replaced by "***"
    };
    /// What follows a 334: a line, or work whose result resume() takes.
    using Answer = std::variant<Line, sasl::KeyDerivation>;

    explicit AuthExchange(std::unique_ptr<sasl::Mechanism> mechanism);

    /// In upper case.
    [[nodiscard]] QByteArray mechanismName() const;
    /// The AUTH command, with the initial response if that is wanted and both fit into a command line.
    [[nodiscard]] base::Expected<Line, Error> command(InitialResponse use);
    /// The answer to a 334.
    [[nodiscard]] base::Expected<Answer, Error> answer(const Reply &reply);
    [[nodiscard]] base::Expected<Line, Error> resume(base::Secret derivedKey);
    /// To be asked about a 2yz before it counts.
    [[nodiscard]] base::Expected<void, Error> verifySuccess() const;
    /// Whether the command carried an initial response.
    [[nodiscard]] bool hasSentInitialResponse() const noexcept { return m_hasSentInitialResponse; }
    /// What the server told about its refusal in a challenge.
    [[nodiscard]] std::optional<sasl::Refusal> refusal() const;
    /// Whether these words of the server are not to be shown: a challenge, which is for the mechanism alone;
    /// a secret that is quoted, as it is or in base64; or what shows that the server knows the password (RFC
    /// 5802 section 7, "v="), because a password can be guessed until it fits.
    [[nodiscard]] bool isConfidential(const Reply &reply) const;

private:
    [[nodiscard]] base::Expected<Line, Error> toLine(const base::Secret &response);

    std::unique_ptr<sasl::Mechanism> m_mechanism;
    EchoGuard m_guard {};
    std::optional<base::Secret> m_heldResponse {}; ///< an initial response that did not go with the command
    bool m_hasSentInitialResponse = false;
    int m_challenges = 0;
};

} // namespace postrider::smtp
