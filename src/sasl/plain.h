// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "sasl/mechanism.h"

namespace postrider::sasl {

/**
 * PLAIN (RFC 4616): user and password in one message. The authorization identity stays empty.
 *
 * Preparing both for comparison is the server's part there (section 2). They are sent as typed, composed,
 * which suits a server that prepares as well as one that compares octets.
 */
class Plain final : public Mechanism
{
public:
    explicit Plain(Credentials credentials);

    [[nodiscard]] QByteArray name() const override;
    [[nodiscard]] base::Expected<std::optional<base::Secret>, Error> initialResponse() override;
    [[nodiscard]] base::Expected<Answer, Error> respond(QByteArrayView challenge) override;
    [[nodiscard]] QByteArrayView secret() const override { return m_credentials.secret.reveal(); }

private:
    Credentials m_credentials;
};

} // namespace postrider::sasl
