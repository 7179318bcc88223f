// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "sasl/login.h"

#include <utility>

namespace postrider::sasl {

using namespace Qt::StringLiterals;

Login::Login(Credentials credentials)
    : m_credentials(std::move(credentials))
{ }

QByteArray Login::name() const
{
    return "LOGIN"_ba;
}

base::Expected<std::optional<QByteArray>, Error> Login::initialResponse()
{
    // Checked before the first octet, so that a password that cannot be sent does not cost an attempt.
    if (preparedUser(m_credentials).contains('\0') || m_credentials.secret.reveal().contains('\0'))
        return base::Unexpected(Error::ForbiddenCharacter);
    return std::optional<QByteArray>();
}

base::Expected<QByteArray, Error> Login::respond(QByteArrayView)
{
    switch (m_next) {
    case Next::User:
        m_next = Next::Password;
        return preparedUser(m_credentials);
    case Next::Password:
        m_next = Next::Nothing;
        return preparedPassword(m_credentials).reveal().toByteArray();
    case Next::Nothing:
        break;
    }
    return base::Unexpected(Error::UnexpectedChallenge);
}

} // namespace postrider::sasl
