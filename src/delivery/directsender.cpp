// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/directsender.h"

#include "delivery/handover.h"
#include "delivery/problems.h"

#include <algorithm>
#include <deque>
#include <utility>

namespace postrider::delivery {

using outbox::Problem;
using outbox::RecipientState;

namespace {

smtp::Timeouts atMost(std::optional<std::chrono::milliseconds> limit)
{
    smtp::Timeouts timeouts;
    if (limit) {
        for (std::chrono::milliseconds *timeout :
             { &timeouts.greeting, &timeouts.command, &timeouts.dataStart, &timeouts.dataBlock,
               &timeouts.dataEnd, &timeouts.quit })
            *timeout = std::min(*timeout, *limit);
    }
    return timeouts;
}

smtp::Envelope toEnvelope(const DirectMessage &message)
{
    using Envelope = smtp::Envelope;
    return { .reversePath = message.reversePath,
             .recipients = message.recipients,
             .size = message.size,
             .body = message.eightBit ? Envelope::Body::EightBitMime : Envelope::Body::SevenBit,
             .addresses = message.smtpUtf8 ? Envelope::Addresses::Utf8 : Envelope::Addresses::Ascii };
}

} // namespace

class DirectSender::Private
{
public:
    explicit Private(DirectSender *owner)
        : q(owner)
    { }

    void next();
    void report(const outbox::AttemptOutcome &outcome);
    void failRest(const Problem &problem);
    void finish();

    DirectSender *q;
    Handover *handover = nullptr;
    std::deque<DirectMessage> messages {}; ///< those without a result, the one on its way first
    qsizetype index = 0;                   ///< of that one
    bool isSending = false;
    bool isFinished = false;
};

DirectSender::DirectSender(accounts::Account server, std::optional<base::Secret> password,
                           std::optional<std::chrono::milliseconds> timeout, const base::Clock &clock,
                           QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
    HandoverTarget target { .account = std::move(server),
                            .password = password ? std::move(*password) : base::Secret(),
                            .timeouts = atMost(timeout),
                            .connectTimeout = timeout };
    d->handover = new Handover(std::move(target), clock, this);
    connect(d->handover, &Handover::ready, this, [this] {
        if (!d->isSending)
            d->next();
    });
    connect(d->handover, &Handover::finalOctetDue, d->handover, &Handover::releaseFinalOctet);
    connect(d->handover, &Handover::done, this,
            [this](const outbox::AttemptOutcome &outcome) { d->report(outcome); });
    connect(d->handover, &Handover::failed, this, [this](const Problem &problem) {
        d->failRest(problem);
        d->finish();
    });
    connect(d->handover, &Handover::closed, this, [this] { d->finish(); });
}

DirectSender::~DirectSender() = default;

void DirectSender::add(DirectMessage message)
{
    d->messages.push_back(std::move(message));
}

void DirectSender::start()
{
    d->handover->open();
}

void DirectSender::Private::next()
{
    if (messages.empty()) {
        handover->close();
        return;
    }
    isSending = true;
    DirectMessage &message = messages.front();
    handover->submit(toEnvelope(message), std::move(message.content));
}

void DirectSender::Private::report(const outbox::AttemptOutcome &outcome)
{
    isSending = false;
    DirectResult result;
    result.problem = outcome.problem;
    result.tls = outcome.tls;
    for (const outbox::RecipientOutcome &recipient : outcome.recipients) {
        result.recipients.append({ .address = recipient.address,
                                   .state = recipient.state,
                                   .code = recipient.code,
                                   .enhanced = recipient.enhanced,
                                   .text = recipient.text,
                                   .changed = {} });
    }
    messages.pop_front();
    Q_EMIT q->result(index++, result);
}

void DirectSender::Private::failRest(const Problem &problem)
{
    const RecipientState state
        = accountEffect(problem) == AccountEffect::Held ? RecipientState::Failed : RecipientState::Deferred;
    while (!messages.empty()) {
        DirectResult result;
        result.problem = problem;
        if (const std::optional<net::TlsReport> tls = handover->tlsReport())
            result.tls = tls->version;
        for (const QByteArray &address : std::as_const(messages.front().recipients)) {
            result.recipients.append(
                { .address = address, .state = state, .code = 0, .enhanced = {}, .text = {}, .changed = {} });
        }
        messages.pop_front();
        Q_EMIT q->result(index++, result);
    }
}

void DirectSender::Private::finish()
{
    if (!std::exchange(isFinished, true))
        Q_EMIT q->finished();
}

} // namespace postrider::delivery
