// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "sasl/plain.h"

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

base::Expected<std::optional<QByteArray>, Error> Plain::initialResponse()
{
    const QByteArray user = preparedUser(m_credentials);
    const base::Secret password = preparedPassword(m_credentials);
    if (user.contains('\0') || password.reveal().contains('\0'))
        return base::Unexpected(Error::ForbiddenCharacter);

    QByteArray message;
    message.reserve(user.size() + password.reveal().size() + 2);
    message.append('\0').append(user).append('\0').append(password.reveal());
    return std::optional(message);
}

base::Expected<QByteArray, Error> Plain::respond(QByteArrayView)
{
    return base::Unexpected(Error::UnexpectedChallenge);
}

} // namespace postrider::sasl
