// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "sasl/plain.h"

#include "sasl/preparation.h"

#include <utility>

namespace postrider::sasl {

using namespace Qt::StringLiterals;

Plain::Plain(Credentials credentials)
    : m_credentials(std::move(credentials))
{ }

QByteArray Plain::name() const
{
    return "PLAIN"_ba;
}

base::Expected<std::optional<base::Secret>, Error> Plain::initialResponse()
{
    const QByteArray user = composedUser(m_credentials.user);
    const base::Secret password = composed(m_credentials.secret.reveal());
    if (user.contains('\0') || password.reveal().contains('\0'))
        return base::Unexpected(Error::UnusableCredentials);

    QByteArray message;
    message.reserve(user.size() + password.reveal().size() + 2); // growing would leave copies behind
    message.append('\0').append(user).append('\0').append(password.reveal());
    return std::optional(base::Secret(std::move(message)));
}

base::Expected<Answer, Error> Plain::respond(QByteArrayView)
{
    return base::Unexpected(Error::UnexpectedChallenge);
}

} // namespace postrider::sasl
