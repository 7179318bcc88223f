// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "sasl/external.h"

namespace postrider::sasl {

using namespace Qt::StringLiterals;

External::External(Credentials) { }

QByteArray External::name() const
{
    return "EXTERNAL"_ba;
}

base::Expected<std::optional<base::Secret>, Error> External::initialResponse()
{
    return std::optional(base::Secret());
}

base::Expected<Answer, Error> External::respond(QByteArrayView)
{
    return base::Unexpected(Error::UnexpectedChallenge);
}

} // namespace postrider::sasl
