// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "sasl/bearermechanism.h"

namespace postrider::sasl {

/// OAUTHBEARER (RFC 7628). Names the server that the token is meant for, when the credentials tell it.
class OAuthBearer final : public BearerMechanism
{
public:
    explicit OAuthBearer(Credentials credentials);

    [[nodiscard]] QByteArray name() const override;

private:
    [[nodiscard]] QByteArray leadingFields() const override;
    [[nodiscard]] QByteArray acknowledgement() const override;
};

} // namespace postrider::sasl
