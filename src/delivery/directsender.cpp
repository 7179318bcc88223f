// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/directsender.h"

#include "delivery/fileslice.h"
#include "delivery/problems.h"
#include "mime/encoding/sevenbit.h"

#include <QFile>
#include <QTemporaryFile>

#include <algorithm>
#include <deque>
#include <optional>
#include <utility>

namespace postrider::delivery {

using outbox::AttemptOutcome;
using outbox::Problem;
using outbox::RecipientState;

class DirectSender::Private
{
public:
    explicit Private(DirectSender *owner)
        : q(owner)
    { }

    /// A message with its place and, when there is one, its outcome.
    struct Entry
    {
        Consignment message {};
        std::optional<DirectResult> result {};
        Wishes leftOut {};
    };

    void fill();
    [[nodiscard]] bool prepare(Consignment &message, Problem &problem);
    void report(qsizetype index, const AttemptOutcome &outcome);
    void report(qsizetype index, const Problem &problem, RecipientState state);
    void reportRest(const Problem &problem, RecipientState state);
    void tell();
    void finish();

    DirectSender *q;
    Handover *handover = nullptr;
    std::deque<Entry> entries {};
    qsizetype next = 0;                           ///< to be submitted
    qsizetype told = 0;                           ///< how many results have been
    std::unique_ptr<QTemporaryFile> converted {}; ///< 7-bit forms of messages, one behind the other
    bool isFilling = false;
    bool isClosing = false;
    bool isFinished = false;
};

/// Nothing is remembered between two calls, so a group of a usual size is trusted to be one that any server
/// takes at once; content leaves together with it.
constexpr int FewRecipients = 20;

DirectSender::DirectSender(HandoverTarget target, const base::Clock &clock, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
    target.recipientsAtOnce = std::max(target.recipientsAtOnce, FewRecipients);
    d->handover = new Handover(std::move(target), clock, this);
    connect(d->handover, &Handover::ready, this, [this] { d->fill(); });
    connect(d->handover, &Handover::finalOctetsDue, d->handover, &Handover::releaseFinalOctets);
    connect(d->handover, &Handover::done, this,
            [this](HandoverId id, const AttemptOutcome &outcome) { d->report(id, outcome); });
    connect(d->handover, &Handover::wishesLeftOut, this, [this](HandoverId id, Wishes wishes) {
        d->entries[static_cast<std::size_t>(id)].leftOut |= wishes;
    });
    connect(d->handover, &Handover::failed, this, [this](const Problem &problem) {
        const bool isForAPerson = accountEffect(problem) == AccountEffect::Held;
        d->reportRest(problem, isForAPerson ? RecipientState::Failed : RecipientState::Deferred);
        d->finish();
    });
    connect(d->handover, &Handover::closed, this, [this] { d->finish(); });
}

DirectSender::~DirectSender() = default;

void DirectSender::add(Consignment message)
{
    d->entries.push_back({ .message = std::move(message) });
}

void DirectSender::start()
{
    d->handover->open();
}

void DirectSender::cancel()
{
    if (d->isFinished)
        return;
    d->handover->cancel();
    Problem problem;
    problem.kind = Problem::Kind::Interrupted;
    d->reportRest(problem, RecipientState::Deferred);
    d->finish();
}

/// As many messages as the connection takes; QUIT when all have their results.
void DirectSender::Private::fill()
{
    if (isFilling)
        return; // a message ended while it was submitted; the loop goes on
    isFilling = true;
    const auto count = static_cast<qsizetype>(entries.size());
    while (next < count && handover->freeSlots() > 0) {
        const qsizetype index = next++;
        Consignment message = std::move(entries[static_cast<std::size_t>(index)].message);
        entries[static_cast<std::size_t>(index)].message.envelope = message.envelope;
        Problem problem;
        if (prepare(message, problem))
            handover->submit(index, std::move(message));
        else
            report(index, problem, RecipientState::Failed);
    }
    isFilling = false;
    if (told == count && !isFinished && !std::exchange(isClosing, true))
        handover->close();
}

/// Gives the message a form that this server takes.
bool DirectSender::Private::prepare(Consignment &message, Problem &problem)
{
    if (message.envelope.body == smtp::Envelope::Body::SevenBit || handover->takesEightBit())
        return true;
    problem.kind = Problem::Kind::ContentNeedsEightBit;
    if (!converted) {
        converted = std::make_unique<QTemporaryFile>();
        if (!converted->open()) {
            problem.text = converted->errorString();
            return false;
        }
    }
    const std::unique_ptr<QIODevice> content = message.openContent();
    const qint64 offset = converted->size();
    if (!content || !converted->seek(offset)) {
        problem.kind = Problem::Kind::ContentMissing;
        return false;
    }
    const auto written = mime::toSevenBit(*content, *converted);
    if (!written || !converted->flush()) {
        problem.text = written ? converted->errorString() : written.error().reason;
        return false;
    }
    message.envelope.body = smtp::Envelope::Body::SevenBit;
    message.envelope.size = written->size;
    message.openContent
        = [file = converted.get(), offset, size = written->size]() -> std::unique_ptr<QIODevice> {
        return std::make_unique<FileSlice>(*file, offset, size);
    };
    return true;
}

void DirectSender::Private::report(qsizetype index, const AttemptOutcome &outcome)
{
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
    Entry &entry = entries[static_cast<std::size_t>(index)];
    result.leftOut = entry.leftOut;
    entry.result = std::move(result);
    tell();
    if (handover->freeSlots() > 0)
        fill();
}

void DirectSender::Private::report(qsizetype index, const Problem &problem, RecipientState state)
{
    Entry &entry = entries[static_cast<std::size_t>(index)];
    DirectResult result;
    result.problem = problem;
    if (const std::optional<net::TlsReport> tls = handover->tlsReport())
        result.tls = tls->version;
    for (const QByteArray &address : std::as_const(entry.message.envelope.recipients)) {
        result.recipients.append(
            { .address = address, .state = state, .code = 0, .enhanced = {}, .text = {}, .changed = {} });
    }
    entry.result = std::move(result);
    tell();
}

void DirectSender::Private::reportRest(const Problem &problem, RecipientState state)
{
    for (qsizetype index = next; index < static_cast<qsizetype>(entries.size()); ++index)
        report(index, problem, state);
    next = static_cast<qsizetype>(entries.size());
}

/// A message with several transactions may end after those behind it.
void DirectSender::Private::tell()
{
    while (told < static_cast<qsizetype>(entries.size())) {
        const std::optional<DirectResult> &result = entries[static_cast<std::size_t>(told)].result;
        if (!result)
            return;
        const qsizetype index = told++;
        Q_EMIT q->result(index, *result);
    }
}

void DirectSender::Private::finish()
{
    if (!std::exchange(isFinished, true))
        Q_EMIT q->finished();
}

void limitWaits(HandoverTarget &target, std::chrono::milliseconds longest)
{
    smtp::Timeouts &timeouts = target.timeouts;
    for (std::chrono::milliseconds *timeout : { &timeouts.greeting, &timeouts.command, &timeouts.dataStart,
                                                &timeouts.dataBlock, &timeouts.dataEnd, &timeouts.quit })
        *timeout = std::min(*timeout, longest);
    target.connectTimeout = longest;
}

} // namespace postrider::delivery
