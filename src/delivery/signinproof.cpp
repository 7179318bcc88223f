// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/signinproof.h"

#include <chrono>
#include <utility>

namespace postrider::delivery {

using outbox::Problem;
using namespace std::chrono_literals;

namespace {

HandoverTarget toTarget(accounts::Account account, base::Secret password)
{
    HandoverTarget target;
    target.account = std::move(account);
    target.secret = std::move(password);
    // A person is watching: shorter than for a message, which has all the time it needs.
    target.timeouts.greeting = 60s;
    target.timeouts.command = 60s;
    return target;
}

} // namespace

SignInProof::SignInProof(accounts::Account account, QByteArray reversePath, base::Secret password,
                         const base::Clock &clock, Answer answer)
    : m_reversePath(std::move(reversePath))
    , m_handover(toTarget(std::move(account), std::move(password)), clock)
    , m_answer(std::move(answer))
{
    connect(&m_handover, &Handover::ready, this, [this] {
        if (!std::exchange(m_asked, true))
            m_handover.verifySender(m_reversePath);
    });
    connect(&m_handover, &Handover::senderVerified, this, [this] {
        m_handover.close();
        conclude({});
    });
    connect(&m_handover, &Handover::senderRefused, this, [this](const Problem &problem) {
        m_handover.close();
        conclude(problem);
    });
    connect(&m_handover, &Handover::failed, this, [this](const Problem &problem) {
        conclude(problem);
        deleteLater();
    });
    connect(&m_handover, &Handover::closed, this, &QObject::deleteLater);
}

void SignInProof::start()
{
    m_handover.open();
}

void SignInProof::conclude(std::optional<Problem> problem)
{
    if (m_answer)
        std::exchange(m_answer, {})(std::move(problem));
}

} // namespace postrider::delivery
