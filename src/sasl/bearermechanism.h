// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "sasl/mechanism.h"

namespace postrider::sasl {

/**
 * What XOAUTH2 and OAUTHBEARER share: an access token in one message. A server that does not like it says why
 * in a challenge, and refuses only after that was answered (RFC 7628 section 3.2.3).
 */
class BearerMechanism : public Mechanism
{
public:
    [[nodiscard]] base::Expected<std::optional<base::Secret>, Error> initialResponse() final;
    [[nodiscard]] base::Expected<Answer, Error> respond(QByteArrayView challenge) final;
    [[nodiscard]] std::optional<Refusal> refusal() const final;
    [[nodiscard]] QByteArrayView secret() const final { return m_credentials.secret.reveal(); }

protected:
    explicit BearerMechanism(Credentials credentials);

    [[nodiscard]] const Credentials &credentials() const noexcept { return m_credentials; }

private:
    /// What stands before the "auth" field.
    [[nodiscard]] virtual QByteArray leadingFields() const = 0;
    /// The answer to a challenge that tells an error; it means nothing.
    [[nodiscard]] virtual QByteArray acknowledgement() const = 0;

    Credentials m_credentials;
    std::optional<Refusal> m_refusal {};
};

} // namespace postrider::sasl
