// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "sasl/mechanism.h"

#include <QCryptographicHash>

namespace postrider::sasl {

/**
 * SCRAM-SHA-1 (RFC 5802) and SCRAM-SHA-256 (RFC 7677): both sides prove that they know the password and show
 * neither it nor anything that would do in its place.
 *
 * Without channel binding ("n,,"): Qt shows nothing of a TLS connection that could be bound to.
 */
class Scram final : public Mechanism
{
public:
    static constexpr int FewestIterations = 4096; ///< RFC 7677 section 4
    static constexpr int MostIterations = 1'000'000;

    /// SHA-1 or SHA-256.
    Scram(QCryptographicHash::Algorithm hash, Credentials credentials);
    /// With a nonce that was chosen beforehand, to repeat a known exchange: printable ASCII without a comma.
    Scram(QCryptographicHash::Algorithm hash, Credentials credentials, QByteArray clientNonce);

    [[nodiscard]] QByteArray name() const override;
    [[nodiscard]] base::Expected<std::optional<base::Secret>, Error> initialResponse() override;
    /// First the server's nonce, salt and iteration count, then its signature.
    [[nodiscard]] base::Expected<Answer, Error> respond(QByteArrayView challenge) override;
    [[nodiscard]] base::Expected<base::Secret, Error> resume(base::Secret derivedKey) override;
    [[nodiscard]] base::Expected<void, Error> verifySuccess() const override;
    [[nodiscard]] std::optional<Refusal> refusal() const override;
    [[nodiscard]] QByteArrayView secret() const override { return m_credentials.secret.reveal(); }

private:
    /// An error leaves it Over, so that there is one attempt at everything.
    enum class Stage { ServerFirst, Derivation, ServerFinal, Verified, Over };

    [[nodiscard]] base::Expected<Answer, Error> takeServerFirst(QByteArrayView message);
    [[nodiscard]] base::Expected<Answer, Error> takeServerFinal(QByteArrayView message);

    QCryptographicHash::Algorithm m_hash;
    Credentials m_credentials;
    QByteArray m_clientNonce;
    Stage m_stage = Stage::ServerFirst;
    QByteArray m_clientFirstBare {};
    QByteArray m_serverFirst {};
    QByteArray m_clientFinalWithoutProof {};
    base::Secret m_serverSignature {}; ///< as it must be
    std::optional<Refusal> m_refusal {};
};

} // namespace postrider::sasl
