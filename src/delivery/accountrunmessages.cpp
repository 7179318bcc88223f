// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/accountrun.h"
#include "delivery/problems.h"
#include "delivery/services.h"

#include <algorithm>
#include <utility>

// The messages of a run: how each is handed over, and what came of it.

namespace postrider::delivery {

using outbox::AttemptOutcome;
using outbox::Job;
using outbox::Problem;
using outbox::RecipientOutcome;
using outbox::RecipientState;
using outbox::Result;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds ProgressInterval = 100ms;

Consignment toConsignment(const Job &job, const accounts::Account &account, int recipientsAtOnce)
{
    using Envelope = smtp::Envelope;
    Consignment consignment;
    consignment.envelope.reversePath = job.reversePath;
    consignment.envelope.recipients = job.recipients;
    consignment.envelope.size = job.size;
    consignment.envelope.body = job.eightBit ? Envelope::Body::EightBitMime : Envelope::Body::SevenBit;
    const Services services = servicesFromText(job.services);
    applyTo(consignment.envelope, services);
    if (account.partialRecipients == accounts::PartialRecipients::SendToNobodyAndAsk
        && services.refusedRecipients == Services::RefusedRecipients::AsTheAccountSays)
        consignment.envelope.partialRecipients = Envelope::PartialRecipients::SendToNobody;
    consignment.header = job.headerUtf8 ? Consignment::Header::Utf8 : Consignment::Header::Ascii;
    consignment.recipientsAtOnce = recipientsAtOnce;
    consignment.openContent = [job] { return outbox::openContent(job); };
    return consignment;
}

/// Whether the person must say what becomes of the others.
bool isForAPerson(const AttemptOutcome &outcome)
{
    return outcome.problem.detail == Problem::Detail::SentToNobody
        && std::any_of(
               outcome.recipients.begin(), outcome.recipients.end(),
               [](const RecipientOutcome &recipient) { return recipient.state == RecipientState::Failed; });
}

bool isAnyQueued(const AttemptOutcome &outcome)
{
    return std::any_of(
        outcome.recipients.begin(), outcome.recipients.end(),
        [](const RecipientOutcome &recipient) { return recipient.state == RecipientState::Queued; });
}

/// As if it had not been tried, but for those who may have it.
void putBackUntaken(AttemptOutcome &outcome)
{
    outcome.problem = {};
    outcome.reachedMail = false;
    for (RecipientOutcome &recipient : outcome.recipients) {
        if (recipient.state == RecipientState::Sent || recipient.state == RecipientState::InDoubt) {
            outcome.reachedMail = true;
            continue;
        }
        recipient = { .address = recipient.address,
                      .state = RecipientState::Queued,
                      .code = 0,
                      .enhanced = {},
                      .text = {} };
    }
}

} // namespace

void AccountRun::submit(const Job &job, int recipientsAtOnce)
{
    if (!m_handover || m_isStopping) {
        messageDone(job.attempt, outcomeForAll(job, RecipientState::Queued));
        return;
    }
    record(std::any_of(m_jobs.begin(), m_jobs.end(),
                       [](const auto &entry) { return entry.second.recording == outbox::Recording::On; }));
    if (job.eightBit && !m_handover->takesEightBit()) {
        makeSevenBit(job);
        return;
    }
    Consignment consignment = toConsignment(job, m_account, recipientsAtOnce);
    if (job.scheduled > m_means.clock.now()) {
        if (!isKeptByServer(job)) {
            messageDone(job.attempt, outcomeForAll(job, RecipientState::Queued));
            return;
        }
        consignment.envelope.futureRelease = job.scheduled;
        m_keptByServer.insert(job.attempt);
    }
    m_sinceProgress.invalidate();
    reportProgress(job.id, Progress::Phase::Sending, 0, job.size);
    m_handover->submit(job.attempt, std::move(consignment));
}

/// Whether the account wants it and the server offers to keep the message until its time.
bool AccountRun::isKeptByServer(const Job &job) const
{
    return m_account.laterDelivery == accounts::LaterDelivery::HoldAtServer && m_futureRelease
        && job.scheduled <= m_futureRelease->latest
        && m_means.clock.now().secsTo(job.scheduled) <= m_futureRelease->longest.count();
}

void AccountRun::learnFutureRelease(const std::optional<smtp::Capabilities::FutureReleaseLimits> &limits)
{
    m_futureRelease = limits;
    Q_EMIT futureReleaseLearnt(limits);
}

/// The message's other form takes its place, and is then due like any other.
void AccountRun::makeSevenBit(const Job &job)
{
    m_converting.insert(job.attempt);
    m_means.storeThread.change(
        this, [id = job.id](Disk &disk) { return disk.store->makeSevenBit(id); },
        [this, job](const Result<void> &made) {
            if (!m_converting.remove(job.attempt))
                return; // taken back meanwhile
            const bool isHopeless = !made && made.error().kind == outbox::StoreError::Kind::NotConvertible;
            AttemptOutcome outcome
                = outcomeForAll(job, isHopeless ? RecipientState::Failed : RecipientState::Queued);
            if (isHopeless) {
                outcome.problem.kind = Problem::Kind::ContentNeedsEightBit;
                outcome.problem.host = m_account.server.host;
                outcome.problem.port = m_account.server.port;
                outcome.problem.text = made.error().reason;
            }
            if (!made && !isHopeless)
                diskFailed(made.error());
            m_mayBeMore = true;
            messageDone(job.attempt, outcome);
        });
}

void AccountRun::markFinalOctets(const FinalOctets &due)
{
    m_means.storeThread.change(
        this, [attempts = due.messages](Disk &disk) { return disk.store->markFinalOctet(attempts); },
        [this, due](const Result<void> &marked) {
            if (!m_handover)
                return;
            if (!marked || m_isStopping) {
                // Without the mark on disk the last octets must not leave; the server has not taken anything
                // of these messages yet.
                if (!marked)
                    diskFailed(marked.error());
                takeBack();
                return;
            }
            m_sinceProgress.invalidate();
            for (const HandoverId attempt : due.messages) {
                if (const auto job = m_jobs.find(attempt); job != m_jobs.end())
                    reportProgress(job->second.id, Progress::Phase::WaitingForAnswer, job->second.size,
                                   job->second.size);
            }
            m_handover->releaseFinalOctets(due);
        });
}

void AccountRun::messageDone(HandoverId attempt, AttemptOutcome outcome)
{
    const auto node = m_jobs.extract(attempt);
    if (node.empty())
        return;
    const Job &job = node.mapped();
    if (m_isTakingBack && outcome.problem.kind == Problem::Kind::Interrupted) {
        outcome.problem = {}; // nothing happened: it waits as before
        outcome.reachedMail = false;
    }
    if (job.recording == outbox::Recording::On)
        outcome.transcript = m_transcript->text();
    if (const std::optional<PaceLesson> lesson = takePaceLesson(outcome))
        learn(*lesson, outcome.problem);
    if (isForAPerson(outcome))
        outcome.hold = outbox::HoldReason::RecipientsRefused;
    const bool endsSession = outcome.problem.kind == Problem::Kind::ServerBusy
        || outcome.problem.kind == Problem::Kind::CommandFailed;
    if (endsSession && isUnproven()) {
        m_isTurnedAway = true;
        m_isRetiring = true;
        putBackUntaken(outcome); // another connection takes it
    } else {
        ++m_done;
    }
    // For example 530 to MAIL: the next message would meet the same.
    if ((endsSession && !m_isTurnedAway) || accountEffect(outcome.problem) == AccountEffect::Held)
        m_trouble = outcome.problem;
    // The server dislikes what it offers. That costs no more than that the message waits here.
    const bool isKeepingRefused
        = m_keptByServer.remove(attempt) && outcome.problem.code >= 500 && outcome.problem.stage == u"mail";
    if (isKeepingRefused) {
        learnFutureRelease({});
        putBackUntaken(outcome);
    }
    const bool isTooEarly = job.scheduled > m_means.clock.now() && isAnyQueued(outcome);
    m_endings.append({ job.id, { attempt, std::move(outcome) }, isTooEarly ? job.scheduled : QDateTime() });
    advanceSoon();
    if (m_isStopping || m_diskFailed || m_trouble)
        takeBack();
}

/// Keeps the one that says to wait longest.
void AccountRun::learn(const PaceLesson &lesson, const Problem &refusal)
{
    if (!m_lesson || lesson.closed > m_lesson->lesson.closed)
        m_lesson = LearntLesson { .lesson = lesson, .problem = paceProblem(refusal, lesson) };
}

/// The outcome of an attempt that ended with the same for all its recipients.
AttemptOutcome AccountRun::outcomeForAll(const Job &job, RecipientState state)
{
    AttemptOutcome outcome;
    for (const QByteArray &address : job.recipients) {
        outcome.recipients.append(
            { .address = address, .state = state, .code = 0, .enhanced = {}, .text = {} });
    }
    return outcome;
}

void AccountRun::reportProgress(const outbox::MessageId &message, Progress::Phase phase, qint64 octets,
                                qint64 total)
{
    const bool isOften = m_sinceProgress.isValid() && m_sinceProgress.elapsed() < ProgressInterval.count();
    if (message.isEmpty() || (isOften && phase == Progress::Phase::Sending && octets < total))
        return;
    m_sinceProgress.start();
    Q_EMIT progressed({ .id = message, .phase = phase, .octets = octets, .total = total });
}

void AccountRun::record(bool wanted)
{
    TranscriptSink sink;
    if (wanted) {
        sink = [transcript = m_transcript](smtp::Session::Direction direction, QByteArrayView line) {
            transcript->add(direction, line);
        };
    }
    m_handover->setTranscript(std::move(sink));
}

} // namespace postrider::delivery
