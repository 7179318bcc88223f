// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/signinproof.h"

#include "mime/address/mailbox.h"

#include <chrono>
#include <utility>

namespace postrider::delivery {

using outbox::Problem;
using namespace std::chrono_literals;

namespace {

HandoverTarget toTarget(SignInProof::Request &&request)
{
    HandoverTarget target;
    target.account = std::move(request.account);
    target.secret = std::move(request.secret);
    target.credentialKind = request.credentialKind;
    target.connectTimeout = request.connectTimeout;
    // A person is watching: shorter than for a message, which has all the time it needs.
    target.timeouts.greeting = 60s;
    target.timeouts.command = 60s;
    return target;
}

} // namespace

QByteArray toReversePath(const QString &address)
{
    const auto mailbox = mime::parseMailbox(address);
    const auto wire = mailbox ? mime::wireAddress(*mailbox) : base::Unexpected(mailbox.error());
    return wire ? *wire : address.toUtf8();
}

SignInProof::SignInProof(Request request, const base::Clock &clock, ProofWatcher watcher, Answer answer)
    : m_server(request.account.server)
    , m_senders(request.senders)
    , m_handover(toTarget(std::move(request)), clock)
    , m_watcher(std::move(watcher))
    , m_answer(std::move(answer))
{
    connect(&m_handover, &Handover::signingIn, this, [this] { tell(ProofNews::Step::Connected); });
    connect(&m_handover, &Handover::ready, this, [this] {
        if (!std::exchange(m_isLetIn, true))
            tell(ProofNews::Step::SignedIn);
        askNext();
    });
    connect(&m_handover, &Handover::senderVerified, this, [this] {
        tell(ProofNews::Step::SenderAccepted);
        m_sender.clear();
        if (m_senders.isEmpty())
            askNext(); // the answer to RSET changes nothing
    });
    connect(&m_handover, &Handover::senderRefused, this, [this](const Problem &problem) {
        tell(ProofNews::Step::SenderRefused);
        Problem refusal = problem;
        refusal.subject = std::exchange(m_sender, {});
        if (!m_refusal)
            m_refusal = refusal;
        if (m_senders.isEmpty())
            askNext();
    });
    connect(&m_handover, &Handover::failed, this, [this](const Problem &problem) {
        // A server may end the session because of an address; that is then what there is to know.
        conclude(m_refusal ? m_refusal : problem);
        deleteLater();
    });
    connect(&m_handover, &Handover::closed, this, &QObject::deleteLater);
}

void SignInProof::start()
{
    m_handover.open();
}

void SignInProof::askNext()
{
    if (!m_answer || !m_sender.isEmpty())
        return;
    if (m_senders.isEmpty()) {
        m_handover.close();
        conclude(m_refusal);
        return;
    }
    m_sender = m_senders.takeFirst();
    m_handover.verifySender(toReversePath(m_sender));
}

void SignInProof::tell(ProofNews::Step step)
{
    if (!m_watcher || !m_answer)
        return;
    ProofNews news {
        .step = step, .host = m_server.host, .port = m_server.port, .tls = {}, .sender = m_sender
    };
    if (const std::optional<net::TlsReport> tls = m_handover.tlsReport())
        news.tls = tls->version;
    m_watcher(news);
}

void SignInProof::conclude(std::optional<Problem> problem)
{
    if (m_answer)
        std::exchange(m_answer, {})(std::move(problem));
}

} // namespace postrider::delivery
