// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "sasl/mechanism.h"

namespace postrider::sasl {

/**
 * LOGIN, a mechanism that never became an RFC: the first challenge is answered with the user, the second with
 * the password. Servers word their prompts as they like, so nobody reads them.
 */
class Login final : public Mechanism
{
public:
    explicit Login(Credentials credentials);

    [[nodiscard]] QByteArray name() const override;
    [[nodiscard]] base::Expected<std::optional<base::Secret>, Error> initialResponse() override;
    [[nodiscard]] base::Expected<Answer, Error> respond(QByteArrayView challenge) override;
    [[nodiscard]] QByteArrayView secret() const override { return m_credentials.secret.reveal(); }

private:
    enum class Next { User, Password, Nothing };

    Credentials m_credentials;
    Next m_next = Next::User;
};

} // namespace postrider::sasl
