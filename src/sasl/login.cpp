// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "sasl/login.h"

#include "sasl/preparation.h"

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

base::Expected<std::optional<base::Secret>, Error> Login::initialResponse()
{
    // Checked before the first octet, so that a password that cannot be sent does not cost an attempt.
    if (m_credentials.user.contains(QChar::Null) || m_credentials.secret.reveal().contains('\0'))
        return base::Unexpected(Error::UnusableCredentials);
    return std::optional<base::Secret>();
}

base::Expected<Answer, Error> Login::respond(QByteArrayView)
{
    switch (m_next) {
    case Next::User:
        m_next = Next::Password;
        return Answer(base::Secret(composedUser(m_credentials.user)));
    case Next::Password:
        m_next = Next::Nothing;
        return Answer(composed(m_credentials.secret.reveal()));
    case Next::Nothing:
        break;
    }
    return base::Unexpected(Error::UnexpectedChallenge);
}

} // namespace postrider::sasl
