// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "sasl/mechanism.h"

namespace postrider::sasl {

/**
 * EXTERNAL (RFC 4422 appendix A): the client certificate of the TLS handshake says who signs in. The
 * authorization identity stays empty, so that the server takes the one that the certificate stands for.
 */
class External final : public Mechanism
{
public:
    explicit External(Credentials credentials);

    [[nodiscard]] QByteArray name() const override;
    [[nodiscard]] base::Expected<std::optional<base::Secret>, Error> initialResponse() override;
    [[nodiscard]] base::Expected<Answer, Error> respond(QByteArrayView challenge) override;
};

} // namespace postrider::sasl
