// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "sasl/crammd5.h"

#include "sasl/cryptography.h"
#include "sasl/preparation.h"

#include <utility>

namespace postrider::sasl {

using namespace Qt::StringLiterals;

CramMd5::CramMd5(Credentials credentials)
    : m_credentials(std::move(credentials))
{ }

QByteArray CramMd5::name() const
{
    return "CRAM-MD5"_ba;
}

base::Expected<std::optional<base::Secret>, Error> CramMd5::initialResponse()
{
    if (m_credentials.user.contains(QChar::Null))
        return base::Unexpected(Error::UnusableCredentials);
    return std::optional<base::Secret>();
}

base::Expected<Answer, Error> CramMd5::respond(QByteArrayView challenge)
{
    if (std::exchange(m_next, Next::Nothing) == Next::Nothing)
        return base::Unexpected(Error::UnexpectedChallenge);
    // The digest of nothing would be the same every time, and good for whoever asks next.
    if (challenge.isEmpty())
        return base::Unexpected(Error::MalformedChallenge);

    const base::Secret password = composed(m_credentials.secret.reveal());
    const base::Secret digest = hmac(QCryptographicHash::Md5, password.reveal(), challenge);
    if (digest.isEmpty())
        return base::Unexpected(Error::DerivationFailed);
    return Answer(
        base::Secret(composedUser(m_credentials.user) + ' ' + digest.reveal().toByteArray().toHex()));
}

} // namespace postrider::sasl
