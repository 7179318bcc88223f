// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "sasl/bearermechanism.h"

namespace postrider::sasl {

/// XOAUTH2, as Google defined it before there was an RFC, and as Microsoft and Yahoo took it over.
class XOAuth2 final : public BearerMechanism
{
public:
    explicit XOAuth2(Credentials credentials);

    [[nodiscard]] QByteArray name() const override;

private:
    [[nodiscard]] QByteArray leadingFields() const override;
    [[nodiscard]] QByteArray acknowledgement() const override;
};

} // namespace postrider::sasl
