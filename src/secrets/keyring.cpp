// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "secrets/keyring.h"

#include <utility>

namespace postrider::secrets {

Keyring::Keyring(std::chrono::milliseconds patience, QObject *parent)
    : QObject(parent)
    , m_patience(patience)
{ }

bool Keyring::beginAsking(Asking asking, const Done &answer)
{
    if (asking == Asking::UnlessDismissed && m_wasDismissed && !m_isAsking) {
        answer(base::Unexpected(SecretError { SecretError::Kind::Dismissed, {} }));
        return false;
    }
    m_waiting.append(answer);
    return !std::exchange(m_isAsking, true); // the answer to the open question is everybody's
}

void Keyring::conclude(const base::Expected<void, SecretError> &outcome)
{
    m_isAsking = false;
    if (outcome) {
        m_wasDismissed = false;
    } else if (outcome.error().kind == SecretError::Kind::Dismissed) {
        m_wasDismissed = true;
    }
    const QList<Done> waiting = std::exchange(m_waiting, {});
    for (const Done &answer : waiting) {
        answer(outcome);
    }
}

} // namespace postrider::secrets
