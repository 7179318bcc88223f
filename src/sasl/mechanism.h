// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"
#include "base/secret.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

#include <memory>
#include <optional>

namespace postrider::sasl {

/// Who signs in. The secret is a password or, for the OAuth mechanisms, an access token.
struct Credentials
{
    QString user {};
    base::Secret secret {};
};

/// Why a mechanism cannot go on; the session then cancels the exchange (RFC 4954 section 4).
enum class Error {
    UnexpectedChallenge, ///< the server asked for more than the mechanism has to say
    ForbiddenCharacter,  ///< NUL in user or secret (RFC 4616 section 2)
};

/**
 * One authentication exchange (RFC 4422), without transport and without base64.
 *
 * Made for one attempt and then thrown away. Holds the credentials until it is destroyed.
 */
class Mechanism
{
public:
    Mechanism() = default;
    virtual ~Mechanism() = default;
    Q_DISABLE_COPY_MOVE(Mechanism)

    /// The registered name in upper case, as it stands in the AUTH command.
    [[nodiscard]] virtual QByteArray name() const = 0;
    /// Called once, first. What may be sent together with the AUTH command; nothing when the server speaks
    /// first. An empty value is a zero-length response ("=" on the wire).
    [[nodiscard]] virtual base::Expected<std::optional<QByteArray>, Error> initialResponse() = 0;
    /// The answer to a decoded challenge.
    [[nodiscard]] virtual base::Expected<QByteArray, Error> respond(QByteArrayView challenge) = 0;
};

/// Whether the channel keeps a password from readers on the way.
enum class Channel { Encrypted, Plaintext };

/// The names of the mechanisms that Postrider can use, best first.
[[nodiscard]] QList<QByteArray> supportedMechanisms();

/**
 * The best mechanism that both sides know, or an empty name. A wanted mechanism (an account's own choice,
 * upper case) is the only one considered; an empty one means the best. Mechanisms that show the password to
 * the server are never chosen on a plain-text channel.
 */
[[nodiscard]] QByteArray chooseMechanism(const QList<QByteArray> &offered, const QByteArray &wanted,
                                         Channel channel);

/// The named mechanism with these credentials; null for a name that supportedMechanisms() does not have.
[[nodiscard]] std::unique_ptr<Mechanism> makeMechanism(const QByteArray &name, Credentials credentials);

/// For mechanisms: user and password as UTF-8 in normalisation form C, so that the same letters typed on two
/// systems give the same octets (RFC 4616 section 2). A password that is not UTF-8 stays as it is.
[[nodiscard]] QByteArray preparedUser(const Credentials &credentials);
[[nodiscard]] base::Secret preparedPassword(const Credentials &credentials);

} // namespace postrider::sasl
