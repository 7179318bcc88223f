// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "setup/accountproof.h"

#include <utility>

namespace postrider::setup {

using delivery::ProofNews;
using outbox::Problem;

AccountProof::AccountProof(const Services &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
{ }

AccountProof::~AccountProof() = default;

void AccountProof::start(const accounts::Account &account, Credentials credentials)
{
    m_context = std::make_unique<QObject>();
    m_account = account;
    m_news.clear();
    m_trouble.reset();
    m_state = State::Running;
    Q_EMIT changed();
    m_services.prove(
        account, std::move(credentials), m_context.get(),
        [this](const ProofNews &news) {
            m_news.append(news);
            Q_EMIT changed();
        },
        [this](const base::Expected<void, delivery::Trouble> &answer) { conclude(answer); });
}

void AccountProof::conclude(const base::Expected<void, delivery::Trouble> &answer)
{
    // Later, since this is called on the context's behalf.
    if (m_context)
        m_context.release()->deleteLater();
    if (answer) {
        m_state = State::Proved;
        m_refusals = 0;
    } else {
        m_state = State::Failed;
        m_trouble = answer.error();
        if (isSignInRefused())
            ++m_refusals;
    }
    Q_EMIT changed();
    Q_EMIT finished();
}

void AccountProof::cancel()
{
    m_context.reset();
    if (m_state != State::Running)
        return;
    m_state = State::NotStarted;
    m_news.clear();
    Q_EMIT changed();
}

void AccountProof::reset()
{
    m_context.reset();
    m_state = State::NotStarted;
    m_news.clear();
    m_trouble.reset();
    m_refusals = 0;
}

bool AccountProof::isAbout(const accounts::Account &account) const
{
    return m_account.email == account.email && m_account.server == account.server
        && m_account.command == account.command && m_account.user == account.user
        && m_account.auth == account.auth && m_account.caFile == account.caFile
        && m_account.clientName == account.clientName;
}

std::optional<ProofNews> AccountProof::newsOf(ProofNews::Step step) const
{
    for (const ProofNews &news : m_news) {
        if (news.step == step)
            return news;
    }
    return {};
}

bool AccountProof::isSignInRefused() const
{
    if (!m_trouble)
        return false;
    const auto *problem = std::get_if<Problem>(&*m_trouble);
    return problem
        && (problem->kind == Problem::Kind::SignInRefused || problem->kind == Problem::Kind::PasswordMissing);
}

} // namespace postrider::setup
