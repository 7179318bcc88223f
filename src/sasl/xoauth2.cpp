// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "sasl/xoauth2.h"

#include "sasl/preparation.h"

#include <utility>

namespace postrider::sasl {

using namespace Qt::StringLiterals;

XOAuth2::XOAuth2(Credentials credentials)
    : BearerMechanism(std::move(credentials))
{ }

QByteArray XOAuth2::name() const
{
    return "XOAUTH2"_ba;
}

QByteArray XOAuth2::leadingFields() const
{
    return "user=" + composedUser(credentials().user) + '\1';
}

QByteArray XOAuth2::acknowledgement() const
{
    return {};
}

} // namespace postrider::sasl
