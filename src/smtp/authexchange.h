// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"
#include "sasl/mechanism.h"
#include "smtp/reply.h"

#include <QByteArray>

#include <memory>
#include <optional>

namespace postrider::smtp {

/**
 * The lines of one AUTH command and of what follows it until the server decides (RFC 4954 section 4): joins a
 * SASL mechanism to base64 and to the limits of a line. After an error the exchange is to be cancelled.
 */
class AuthExchange
{
public:
    enum class Error {
        MechanismFailed,
        MalformedChallenge, ///< no base64, or one challenge too many
    };

    /// One line for the server, without CRLF.
    struct Line
    {
        QByteArray octets {};
        QByteArray shown {}; ///< the same with what is secret replaced by "***"
    };

    explicit AuthExchange(std::unique_ptr<sasl::Mechanism> mechanism);

    /// In upper case.
    [[nodiscard]] QByteArray mechanismName() const;
    /// The AUTH command, with the initial response if both fit into a command line.
    [[nodiscard]] base::Expected<Line, Error> command();
    /// The answer to a 334.
    [[nodiscard]] base::Expected<Line, Error> answer(const Reply &reply);

private:
    std::unique_ptr<sasl::Mechanism> m_mechanism;
    std::optional<QByteArray> m_heldResponse {}; ///< an initial response that did not fit
    int m_challenges = 0;
};

} // namespace postrider::smtp
