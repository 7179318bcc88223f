// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"
#include "base/secret.h"
#include "sasl/keyderivation.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

#include <memory>
#include <optional>
#include <variant>

namespace postrider::sasl {

/// What shows the server that somebody is who they say. Decides which mechanisms can be used at all.
enum class CredentialKind {
    Password,
    AccessToken,       ///< of OAuth 2 (RFC 6749); only the mechanisms made for it
    ClientCertificate, ///< it is in the TLS handshake; only EXTERNAL
};

/// Who signs in, and where.
struct Credentials
{
    QString user {};
    base::Secret secret {}; ///< a password or an access token; empty with a client certificate
    CredentialKind kind = CredentialKind::Password;
    QString host {}; ///< as connected to; OAUTHBEARER repeats it to the server (RFC 7628 section 3.1)
    quint16 port = 0;
};

/// Why a mechanism cannot go on. The session then cancels the exchange with "*" (RFC 4954 section 4), or,
/// when the server has already said success, closes the connection.
enum class Error {
    UnusableCredentials, ///< an octet that the mechanism cannot carry, found before anything was sent
    UnexpectedChallenge, ///< the server asked for more than the mechanism has to say
    MalformedChallenge,  ///< not the form that the mechanism's RFC gives it
    NonceMismatch,       ///< SCRAM: the server does not answer this attempt
    TooFewIterations,    ///< SCRAM: below 4,096, a key that is guessed too easily
    TooManyIterations,   ///< SCRAM: above 1,000,000, which only wastes our time
    UnknownExtension,    ///< SCRAM: the server demands (m=) what we do not know
    DerivationFailed,    ///< the cryptographic library could not work: no memory, or a forbidden hash
    ServerNotVerified,   ///< SCRAM: no proof, or a wrong one, that the server knows the password
};

/// What the server told inside the exchange about its refusal. The reply that follows only says no.
struct Refusal
{
    /// "status" of an OAuth error (RFC 7628 section 3.2.2: "invalid_token", with some servers "400"), or the
    /// value of SCRAM's e= ("invalid-proof"). Printable ASCII, at most 200 octets; empty if it told none.
    QByteArray status {};
    QByteArray scope {}; ///< OAuth: what the token should have allowed; the same limits
};

/// What follows a challenge: octets for the server, or work to be done first.
using Answer = std::variant<base::Secret, KeyDerivation>;

/**
 * One authentication exchange (RFC 4422), without transport and without base64.
 *
 * The order of calls: initialResponse() once and first; respond() for each challenge; after an Answer that is
 * a KeyDerivation, its run() (on any thread, it takes up to a second) and resume() with the result before
 * anything else; verifySuccess() when the server says success. Each error ends the exchange. refusal() may be
 * asked at any time.
 *
 * Everything for the server is a base::Secret, since most of it is one or is made of one.
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
    /// What may be sent together with the AUTH command; nothing when the server speaks first. An empty value
    /// is a zero-length response ("=" on the wire).
    [[nodiscard]] virtual base::Expected<std::optional<base::Secret>, Error> initialResponse() = 0;
    /// The answer to a decoded challenge. An empty value is an empty line.
    [[nodiscard]] virtual base::Expected<Answer, Error> respond(QByteArrayView challenge) = 0;
    /// The answer to the last challenge, once the key that it asked for is there. Without a request before
    /// it: UnexpectedChallenge.
    [[nodiscard]] virtual base::Expected<base::Secret, Error> resume(base::Secret derivedKey);
    /// To be asked when the server accepts (235), before that counts. An error means that the other side may
    /// not be the server at all (RFC 5802 section 5), and that no mail may follow.
    [[nodiscard]] virtual base::Expected<void, Error> verifySuccess() const;
    /// Nothing as long as the server gave no reason.
    [[nodiscard]] virtual std::optional<Refusal> refusal() const;
    /// The password or token that it holds, so that it can be kept out of what is recorded; empty if none.
    /// Valid as long as the mechanism lives.
    [[nodiscard]] virtual QByteArrayView secret() const;
};

/// Who can read along, the best first.
enum class Channel {
    Encrypted, ///< TLS with a server that is known to be the right one
    Loopback,  ///< no encryption, but the server is on this computer and the account allows it
    Plaintext, ///< anybody on the way
};

/// The names of the mechanisms that Postrider can use, best first.
[[nodiscard]] QList<QByteArray> supportedMechanisms();

/**
 * The best mechanism that both sides know and that fits the credentials, or an empty name.
 *
 *  - An access token is used by OAUTHBEARER or XOAUTH2, a certificate by EXTERNAL, a password by none of
 * them.
 *  - A wanted mechanism (an account's own choice, case does not matter) is the only one considered; an empty
 *    one means the best.
 *  - Over Channel::Plaintext there is none. CRAM-MD5, from which a listener can guess the password, and
 *    EXTERNAL, which needs a handshake, are used over TLS only, also on this computer.
 */
[[nodiscard]] QByteArray chooseMechanism(const QList<QByteArray> &offered, const QByteArray &wanted,
                                         Channel channel, CredentialKind kind = CredentialKind::Password);

/**
 * Whether signing in with `now` shows the server more of the password than with `before`: SCRAM-SHA-256 is
 * stronger than SCRAM-SHA-1, and that than PLAIN, LOGIN and CRAM-MD5, which equal each other. A server whose
 * best mechanism has become weaker may not be the server any more (RFC 4422 section 6.1.2).
 *
 * An empty `now` (nothing fits any longer) is weaker than everything known. Mechanisms for other credentials
 * are never weaker: the account was changed. What Postrider does not know was never used, so nothing is
 * weaker than that.
 */
[[nodiscard]] bool isWeaker(const QByteArray &now, const QByteArray &before);

/// The named mechanism (case does not matter) with these credentials; null for a name that
/// supportedMechanisms() does not have.
[[nodiscard]] std::unique_ptr<Mechanism> makeMechanism(const QByteArray &name, Credentials credentials);

} // namespace postrider::sasl
