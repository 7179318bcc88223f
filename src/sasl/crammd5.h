// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "sasl/mechanism.h"

namespace postrider::sasl {

/// CRAM-MD5 (RFC 2195): a keyed hash of the server's challenge. It proves nothing about the server.
class CramMd5 final : public Mechanism
{
public:
    explicit CramMd5(Credentials credentials);

    [[nodiscard]] QByteArray name() const override;
    [[nodiscard]] base::Expected<std::optional<base::Secret>, Error> initialResponse() override;
    [[nodiscard]] base::Expected<Answer, Error> respond(QByteArrayView challenge) override;
    [[nodiscard]] QByteArrayView secret() const override { return m_credentials.secret.reveal(); }

private:
    enum class Next { Digest, Nothing };

    Credentials m_credentials;
    Next m_next = Next::Digest;
};

} // namespace postrider::sasl
