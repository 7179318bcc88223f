// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "sasl/bearermechanism.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QVariant>

#include <algorithm>
#include <utility>

namespace postrider::sasl {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype LongestStatus = 200;

/// RFC 6750 section 2.1 is narrower, but tokens of other characters exist. Those left out here would end the
/// field or the line.
bool isToken(QByteArrayView token)
{
    return !token.isEmpty()
        && std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

QByteArray shortText(const QJsonValue &value)
{
    QByteArray text = value.toVariant().toString().toUtf8();
    text.removeIf([](char c) { return c < ' ' || c > '~'; });
    return text.first(std::min(text.size(), LongestStatus));
}

} // namespace

BearerMechanism::BearerMechanism(Credentials credentials)
    : m_credentials(std::move(credentials))
{ }

base::Expected<std::optional<base::Secret>, Error> BearerMechanism::initialResponse()
{
    const auto isControl = [](QChar c) { return c < u' ' || c == u'\x7f'; };
    const QByteArrayView token = m_credentials.secret.reveal();
    if (!isToken(token) || std::any_of(m_credentials.user.cbegin(), m_credentials.user.cend(), isControl))
        return base::Unexpected(Error::UnusableCredentials);

    const QByteArray fields = leadingFields();
    const QByteArrayView scheme = "auth=Bearer ";
    const QByteArrayView end = "\1\1";
    QByteArray message;
    message.reserve(fields.size() + scheme.size() + token.size()
                    + end.size()); // growing leaves copies behind
    message.append(fields).append(scheme).append(token).append(end);
    return std::optional(base::Secret(std::move(message)));
}

base::Expected<Answer, Error> BearerMechanism::respond(QByteArrayView challenge)
{
    if (m_refusal)
        return base::Unexpected(Error::UnexpectedChallenge);
    // What is no JSON is an error all the same, only one without a reason.
    const QJsonObject told = QJsonDocument::fromJson(challenge.toByteArray()).object();
    m_refusal = Refusal { shortText(told.value("status"_L1)), shortText(told.value("scope"_L1)) };
    return Answer(base::Secret(acknowledgement()));
}

std::optional<Refusal> BearerMechanism::refusal() const
{
    return m_refusal;
}

} // namespace postrider::sasl
