// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "sasl/mechanism.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <variant>

namespace postrider::sasl {

// What a mechanism says, in a form that tests can compare. Nothing stands for an error, and for silence.

inline std::optional<QByteArray> said(const base::Expected<std::optional<base::Secret>, Error> &initial)
{
    return initial && *initial ? std::optional((*initial)->reveal().toByteArray()) : std::nullopt;
}

inline std::optional<QByteArray> said(const base::Expected<base::Secret, Error> &response)
{
    return response ? std::optional(response->reveal().toByteArray()) : std::nullopt;
}

inline std::optional<QByteArray> said(const base::Expected<Answer, Error> &answer)
{
    const auto *octets = answer ? std::get_if<base::Secret>(&*answer) : nullptr;
    return octets ? std::optional(octets->reveal().toByteArray()) : std::nullopt;
}

/// The answer to a challenge, with the derivation made on the way if one is wanted.
inline base::Expected<base::Secret, Error> answerTo(Mechanism &mechanism, QByteArrayView challenge)
{
    auto answer = mechanism.respond(challenge);
    if (!answer)
        return base::Unexpected(answer.error());
    if (const auto *derivation = std::get_if<KeyDerivation>(&*answer))
        return mechanism.resume(derivation->run());
    return std::move(*std::get_if<base::Secret>(&*answer));
}

/// The error of an outcome, or nothing; QCOMPARE prints its number.
template <typename T>
std::optional<Error> errorOf(const base::Expected<T, Error> &outcome)
{
    return outcome ? std::nullopt : std::optional(outcome.error());
}

} // namespace postrider::sasl
