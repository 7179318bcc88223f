// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/account.h"
#include "base/clock.h"
#include "base/secret.h"
#include "delivery/handover.h"
#include "outbox/problem.h"

#include <QObject>

#include <functional>
#include <optional>

namespace postrider::delivery {

/**
 * Asks an account's server whether it lets us in and takes mail from an address of the account. Nothing is
 * sent to anybody.
 *
 * start() once; the answer comes in the thread that the object lives in. Deletes itself afterwards.
 */
class SignInProof final : public QObject
{
    Q_OBJECT

public:
    /// Nothing: the server agreed.
    using Answer = std::function<void(std::optional<outbox::Problem>)>;

    SignInProof(accounts::Account account, QByteArray reversePath, base::Secret password,
                const base::Clock &clock, Answer answer);
    Q_DISABLE_COPY_MOVE(SignInProof)

    void start();

private:
    void conclude(std::optional<outbox::Problem> problem);

    QByteArray m_reversePath;
    Handover m_handover;
    Answer m_answer;
    bool m_asked = false;
};

} // namespace postrider::delivery
